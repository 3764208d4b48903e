"""Consents as they are asked for: what is held runs once after a yes, or never."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.agent.models import ScriptedModel, call
from tests.mind.injection.world import ANNA, MALLORY, World, registry

from lorgnette.core.errors import Busy
from lorgnette.core.forms import Capabilities
from lorgnette.core.people import Wearer
from lorgnette.core.taint import CLEAN, Source, Taint
from lorgnette.mind.deeds import Deed
from lorgnette.mind.mind import Mind
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Done, Piece, Request, Say

SIGN: Taint = frozenset({Source("picture")})
SEND = "send_message", {"who": "Anna", "text": "I come later"}
REFLEXES = Reflexes(registry())


class Pins:
    """Knows one; three tries."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    async def fits(self, wearer: str, pin: str) -> bool:
        self.tried.append(pin)
        if len(self.tried) > 3:
            raise Busy("too many")
        return pin == "2580"


class Desk:
    """One wearer at a mind whose model calls what it is told."""

    def __init__(self, *answers: Any, **more: Any) -> None:
        self.world = World("ocr", "")
        self.pins = Pins()
        chat = ScriptedModel(*answers) if answers else None
        services: Mapping[type, object] = self.world.services
        self.mind = Mind(
            registry(), lambda kind, _: services[kind], chat=chat, reflexes=REFLEXES, pins=self.pins
        )
        self.mind.offer = lambda _: [one for one in registry().tools.values() if one.tool.offered]
        self.model = chat
        self.more: dict[str, Any] = {"inputs": ("touch",)} | more
        self.turns = 0
        self.pieces: list[Piece] = []

    def request(self, text: str, **more: Any) -> Request:
        self.turns += 1
        request = Request(
            turn=f"t{self.turns}",
            text=text,
            language=self.more.get("language", "en"),
            wearer=Wearer(
                id="w", name="Ada", role=self.more.get("role", "owner"), pin=self.more.get("pin", False)
            ),
            now=self.world.clock.now(),
            capabilities=Capabilities(inputs=self.more["inputs"]),
            control=self.world.control,
            shared=self.more.get("shared", False),
            taint=self.more.get("taint", CLEAN),
        )
        return replace(request, **more)

    def say(self, text: str, answer: Any = "", **more: Any) -> str:
        async def work() -> list[Piece]:
            return [piece async for piece in self.mind.respond(self.request(text, answer=answer, **more))]

        self.pieces = asyncio.run(work())
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Say)).strip()

    @property
    def done(self) -> list[str]:
        return [piece.tool for piece in self.pieces if isinstance(piece, Done) and not piece.held]

    @property
    def log(self) -> list[tuple[str, str]]:
        return [(one.answer, one.how) for one in asyncio.run(self.world.consents.log())]


def model(*calls: tuple[str, Mapping[str, Any]], **more: Any) -> Desk:
    """A desk at which the model makes these calls and then says so."""
    import json

    requests = [call(name, json.dumps(arguments), f"c{at}") for at, (name, arguments) in enumerate(calls)]
    return Desk(requests, ["Well."], **more)


def test_a_message_is_read_back_from_the_order_and_sent_once_after_a_yes() -> None:
    desk = model(SEND)
    assert desk.say("she ought to hear of my delay somehow") == "Well. Send Anna: “I come later”?"
    assert not desk.world.sent
    assert "waits for the wearer's consent" in desk.model.asked[1][-1]["content"]
    assert desk.say("yes", "voice") == "Sent to Anna."
    assert desk.say("yes", "voice") != "Sent to Anna."
    assert desk.say("yes", "touch") != "Sent to Anna."
    assert desk.world.sent == [(ANNA.address, "I come later")]
    assert desk.log == [("yes", "voice")]


@pytest.mark.parametrize(
    ("text", "answer", "kept"),
    [("no", "voice", "no"), ("yes", "", "dropped"), ("what time is it", "voice", "dropped")],
)
def test_a_no_a_yes_to_nothing_and_another_sentence_drop_it_for_good(
    text: str, answer: Any, kept: str
) -> None:
    desk = model(SEND)
    desk.say("she ought to hear of my delay somehow")
    desk.say(text, answer)
    desk.say("yes", "voice")
    desk.say("yes", "touch")
    assert not desk.world.sent
    assert desk.log[0][0] == kept


def test_a_yes_before_the_question_was_over_has_it_asked_again() -> None:
    desk = model(SEND)
    desk.say("she ought to hear of my delay somehow")
    assert desk.say("yes", "early") == "Send Anna: “I come later”?"
    assert not desk.world.sent
    desk.say("yes", "nod")
    assert desk.world.sent
    assert desk.log == [("yes", "nod")]


def test_the_order_is_frozen_when_it_is_asked_about() -> None:
    desk = model(SEND)
    desk.say("she ought to hear of my delay somehow")
    held = desk.mind._desk._held["w"][0]
    assert dict(held.order)["address"] == ANNA.address
    desk.world.services[World].text = "another"  # type: ignore[attr-defined]
    desk.say("yes", "typed")
    assert desk.world.sent == [(ANNA.address, "I come later")]


def test_others_words_behind_a_message_are_named_and_no_rule_holds() -> None:
    desk = model(SEND, taint=SIGN)
    asyncio.run(desk.world.consents.allow("messages.send_message", ANNA.address, "Anna"))
    question = desk.say("she ought to hear of my delay somehow")
    assert question.endswith("Text in the picture is behind this. Send Anna: “I come later”?")
    assert not desk.world.sent


def test_a_rule_sends_unasked_and_the_log_says_so() -> None:
    desk = model(SEND)
    asyncio.run(desk.world.consents.allow("messages.send_message", ANNA.address, "Anna"))
    desk.say("she ought to hear of my delay somehow")
    assert desk.world.sent == [(ANNA.address, "I come later")]
    assert desk.log == [("rule", "rule")]


def test_yes_always_makes_a_rule_and_never_out_of_others_words() -> None:
    desk = model(SEND)
    desk.say("she ought to hear of my delay somehow")
    assert desk.say("yes, always", "voice").endswith("for Anna.")
    assert [rule.to for rule in asyncio.run(desk.world.consents.rules())] == [ANNA.address]
    tainted = model(SEND, taint=SIGN)
    tainted.say("she ought to hear of my delay somehow")
    assert "can't make a rule" in tainted.say("yes, always", "voice")
    assert not asyncio.run(tainted.world.consents.rules())
    assert tainted.world.sent


def test_an_act_that_others_suggest_is_asked_about_in_the_wearers_words() -> None:
    desk = model(("set_timer", {"duration": "PT5M", "label": "tea"}), taint=SIGN)
    question = desk.say("have a look at that thing there")
    assert question.startswith("Well. Text in the picture is behind this. I would do: “")
    assert "tea" in question
    assert "5 minutes" in question
    assert not asyncio.run(desk.world.schedule.items())
    desk.say("yes", "voice")
    assert asyncio.run(desk.world.schedule.items())
    assert desk.done == ["set_timer"]


def test_what_is_kept_of_others_words_keeps_its_sources() -> None:
    desk = model(("remember", {"text": "the museum opens at ten"}), taint=SIGN)
    desk.say("have a look at that thing there")
    desk.say("yes", "voice")
    assert desk.world.facts.kept["f3"].taint == SIGN


def test_a_payment_takes_a_touch_or_the_pin_and_a_yes_is_not_enough() -> None:
    desk = model(("pay", {"payee": "Kiosk", "amount": "3 EUR"}), pin=True)
    assert desk.say("they ought to get their three euros somehow").endswith("Pay Kiosk 3 EUR?")
    assert "long press" in desk.say("yes", "voice")
    assert "PIN is wrong" in desk.say("••••", "pin", pin="1111")
    assert not desk.world.paid
    assert desk.say("••••", "pin", pin="2580") == "Paid"
    assert desk.world.paid == [("Kiosk", "3 EUR")]
    assert desk.log == [("yes", "pin")]
    desk = model(("pay", {"payee": "Kiosk", "amount": "3 EUR"}))
    desk.say("they ought to get their three euros somehow")
    desk.say("yes", "touch")
    assert desk.world.paid


def test_a_question_is_put_three_times_and_then_given_up() -> None:
    desk = model(("pay", {"payee": "Kiosk", "amount": "3 EUR"}), pin=True)
    desk.say("they ought to get their three euros somehow")
    for _ in range(2):
        desk.say("yes", "voice")
    assert desk.say("yes", "voice") == "Then I'll leave it."
    desk.say("••••", "pin", pin="2580")
    assert not desk.world.paid


@pytest.mark.parametrize("who", [{"role": "guest"}, {"shared": True}])
def test_guests_and_shared_devices_send_and_pay_nothing(who: dict[str, Any]) -> None:
    desk = model(SEND, ("pay", {"payee": "Kiosk", "amount": "3 EUR"}), **who)
    desk.say("she ought to hear of my delay somehow")
    desk.say("yes", "touch")
    assert not desk.world.sent
    assert not desk.world.paid
    assert "Guests and shared devices" in desk.model.asked[1][-1]["content"]


def test_several_questions_are_asked_one_after_the_other() -> None:
    desk = model(SEND, ("send_message", {"who": "Mallory", "text": "hello"}))
    assert desk.say("they ought to hear of my delay somehow").endswith("Send Anna: “I come later”?")
    assert desk.say("no", "voice") == "All right, I won't.Send Mallory: “hello”?"
    assert desk.say("yes", "voice") == "Sent to Mallory."
    assert [text for _, text in desk.world.sent] == ["hello"]


def test_nobody_asks_while_nobody_is_there() -> None:
    desk = Desk()
    tool = registry().tools["send_message"]

    async def errand(taint: Taint, agreed: Taint | None) -> Deed:
        request = desk.request("tell Anna when the rain stops")
        arguments = {"who": "Anna", "text": "it stopped"}
        return await desk.mind._deeds.do(
            request, tool, arguments, "errand", lambda _: None, taint=taint, agreed=agreed
        )

    weather: Taint = frozenset({Source("tool", "weather")})
    assert asyncio.run(errand(CLEAN, None)).error is not None
    assert asyncio.run(errand(SIGN, weather)).error is not None
    assert not desk.world.sent
    assert asyncio.run(errand(weather, weather)).error is None
    assert desk.world.sent == [(ANNA.address, "it stopped")]


def test_what_is_forgotten_is_not_done() -> None:
    desk = model(SEND)
    desk.say("she ought to hear of my delay somehow")
    desk.mind.forget("w")
    desk.say("yes", "voice")
    assert not desk.world.sent


def test_an_errand_made_of_others_words_is_nobodys_wish_though_a_sentence_fits() -> None:
    desk = Desk()
    asyncio.run(desk.world.furnish())
    text = "send a message to Anna saying hello"
    desk.say(text, alone=True, taint=SIGN)
    assert not desk.world.sent
    desk.say(text, alone=True)
    assert desk.world.sent == [(ANNA.address, "hello")]


def test_an_errand_makes_no_rule() -> None:
    desk = model(SEND)
    desk.say("she ought to hear of my delay somehow")
    desk.say("yes", "voice")
    desk.say("always allow messages to Anna", alone=True)
    assert not asyncio.run(desk.world.consents.rules())
    desk.say("always allow messages to Anna")
    assert asyncio.run(desk.world.consents.rules())


def test_a_models_words_say_whose_they_are_as_they_come() -> None:
    desk = Desk([call("read_sign")], ["It is", " closed."])
    desk.say("what stands there, I can hardly read such letters")
    said = [piece for piece in desk.pieces if isinstance(piece, Say)]
    assert said
    assert all(piece.taint == SIGN for piece in said)


def test_a_rule_is_for_somebody_by_the_name_that_they_had_then() -> None:
    desk = Desk()
    asyncio.run(desk.world.furnish())
    asyncio.run(desk.world.consents.allow("messages.send_message", MALLORY.address, "Tom"))
    assert desk.say("send a message to Mallory saying hello") == "Send Mallory: “hello”?"
    assert not desk.world.sent
    desk.say("send a message to Anna saying hello")
    assert desk.world.sent == [(ANNA.address, "hello")]
