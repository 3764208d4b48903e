"""A shared device: somebody takes it, it is theirs, and nothing of theirs stays when they go."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest
from tests.hubs import CANNED, Running, running
from tests.session.stage import until

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.core.errors import Busy
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.session.introductions import farewell, introduced
from lorgnette.store.pins import Pins


@dataclass
class Kitchen:
    """A shared device, and everything that it ever got."""

    hub: Running
    device: SoftDevice
    id: str
    got: list[Any] = field(default_factory=list)
    sound: bytearray = field(default_factory=bytearray)

    def of(self, kind):
        return [event for event in self.got if isinstance(event, kind)]

    @property
    def who(self) -> events.Profile:
        return self.of(events.Profile)[-1]

    @property
    def text(self) -> str:
        return b" ".join(msgspec.json.encode(event) for event in self.got).decode()

    async def say(self, text: str) -> str:
        """A typed turn, to its end."""
        before = len(self.of(events.TurnDone))
        self.device.event(events.Typed(text))
        await until(lambda: len(self.of(events.TurnDone)) > before)
        return self.of(events.TurnDone)[-1].reply

    async def becomes(self, wearer: str) -> None:
        await until(lambda: self.of(events.Profile) and self.who.wearer == wearer)


async def kitchen(hub: Running, name: str = "Kitchen") -> Kitchen:
    owner = await hub.hub.people.owner()
    device, token = await hub.hub.household.pair_shared(owner.id, name)
    found = Kitchen(hub, SoftDevice(token), device.id)
    found.device._on_event = found.got.append
    found.device._on_audio = lambda pcm, _: found.sound.extend(pcm)
    await found.device.connect(hub.url)
    await until(lambda: found.of(events.Wearers))
    return found


async def anna(hub: Running, *, pin: str = "", **settings: Any) -> str:
    person = await hub.hub.people.add("Anna", language="de", zone="Europe/Berlin")
    await hub.hub.household.change(person.id, shareable=True, **settings)
    if pin:
        await hub.hub.household.set_pin(person.id, pin)
    return person.id


def test_by_name_it_is_theirs_and_by_a_farewell_nobodys(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            await until(lambda: shared.of(events.Wearers)[-1].people)
            nobody = shared.who
            assert (nobody.shared, nobody.nobody) == (True, True)
            await shared.say("set a timer for nine minutes")
            shared.device.event(events.Typed("this is Anna"))
            await shared.becomes(her)
            assert shared.who.language == "de"
            kinds = [type(event) for event in shared.got]
            assert kinds[kinds.index(events.Profile, 2) + 1] is events.Forgotten
            await until(lambda: "Hallo Anna." in shared.text)
            hidden = {event.id for event in shared.of(events.Hide)}
            assert {event.id for event in shared.of(events.Show) if event.id.startswith("timer")} <= hidden
            assert "9 Minuten" not in await shared.say("welche Timer laufen")
            await shared.say("neue Notiz Elefantenfutter kaufen")
            shared.got.clear()
            shared.device.event(events.Typed("das war's"))
            await until(lambda: shared.of(events.Profile))
            await shared.becomes(nobody.wearer)
            await until(lambda: shared.of(events.Wearers))
            assert shared.of(events.Wearers)[-1].worn == ""
            shared.got.clear()
            await shared.say("read my notes")
            assert "lefant" not in shared.text

    loop_run(work())


def test_on_the_display_it_takes_the_pin_where_there_is_one(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub, pin="2718")
            choice = (events.Choice(her, "Anna", pin=True),)
            await until(lambda: shared.of(events.Wearers)[-1].people == choice)
            for pin in ("", "2717"):
                shared.got.clear()
                shared.device.event(events.Wear(her, pin))
                await until(lambda: shared.of(events.Notice))
                assert not shared.of(events.Profile)
            shared.got.clear()
            shared.device.event(events.Typed("this is Anna"))
            await until(lambda: "Anna has a PIN" in shared.text)
            assert not shared.of(events.Profile)
            shared.device.event(events.Wear(her, "2718"))
            await until(lambda: shared.of(events.Profile))
            assert shared.who.wearer == her
            assert "2718" not in shared.text

    loop_run(work())


def test_who_does_not_want_that_or_is_not_there_cannot_be_taken(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            owner = await hub.hub.people.owner()
            guest = await hub.hub.people.add("Gast", "guest")
            own = await hub.device(her)
            heard: list[Any] = []
            own._on_event = heard.append
            await own.connect(hub.url)
            for wearer in (owner.id, guest.id, "w-nobody", "w-shared-x"):
                shared.got.clear()
                shared.device.event(events.Wear(wearer))
                await until(lambda: shared.of(events.Notice))
                assert not shared.of(events.Profile)
            own.event(events.Wear(owner.id))  # a device of one's own is nobody else's
            own.event(events.Typed("wie spät ist es"))
            await until(lambda: [event for event in heard if isinstance(event, events.TurnDone)])
            profiles = [event for event in heard if isinstance(event, events.Profile)]
            assert {event.wearer for event in profiles} == {her}
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            await hub.hub.household.change(her, shareable=False)
            await until(lambda: shared.who.nobody)

    loop_run(work())


def test_an_owner_does_not_hand_it_to_somebody_past_their_pin(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub, pin="2718")
            _, token = await hub.hub.devices.pair((await hub.hub.people.owner()).id, "page")
            headers = {"authorization": f"Bearer {token}"}
            base = f"http://127.0.0.1:{hub.port}"
            async with httpx.AsyncClient(base_url=base, headers=headers, trust_env=False) as http:
                path = f"/v1/shared/{shared.id}/wear"
                assert (await http.post(path, json={"wearer": her})).status_code == 403
                assert hub.hub.household.worn(shared.id) == ""
                await hub.hub.household.set_pin(her, "")
                assert (await http.post(path, json={"wearer": her})).status_code == 200
            await shared.becomes(her)

    loop_run(work())


def test_who_has_left_it_does_not_lose_their_words_to_a_yes_of_somebody_else(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            await shared.say("wie spät ist es")
            said = await shared.say("vergiss alles, was ich je gesagt habe")
            assert said.startswith("Nicht an einem Gerät, das mehrere nutzen.")
            await shared.say("ja")
            assert len(await hub.hub.journal.turns(her)) >= 3
            assert await shared.say("vergiss, was ich zuletzt gesagt habe") == "Vergessen."
            await hub.hub.household.give_back(shared.id)
            await until(lambda: shared.who.nobody)
            await shared.say("what time is it")
            assert "Forget" in await shared.say("forget everything I said"), "nobody's words are nobody's"

    loop_run(work())


def test_unused_it_goes_back_but_not_before_a_timer_rang(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            item = await hub.hub.schedule.for_wearer(her).start(timedelta(minutes=12))
            hub.hub.sharing._used[shared.id] -= 700
            await hub.hub.sharing.look()
            assert hub.hub.sharing.worn(shared.id) == her
            await hub.hub.schedule.for_wearer(her).cancel(item.id)
            await hub.hub.sharing.look()
            await until(lambda: shared.who.nobody)
            assert hub.hub.sharing.worn(shared.id) == ""

    loop_run(work())


def test_what_nobody_set_rings_there_whoever_has_it(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            nobody = shared.who.wearer
            await hub.hub.schedule.for_wearer(nobody).start(timedelta(seconds=1), "rice")
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            await until(lambda: shared.who.nobody)
            await until(lambda: "rice timer is done" in shared.text)

    loop_run(work())


def test_a_line_that_breaks_keeps_it_and_a_new_start_does_not(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            await asyncio.sleep(0.15)  # until the device has acknowledged
            shared.device.drop()
            await shared.device.closed.wait()
            welcome = await shared.device.connect(hub.url)
            assert welcome.resumed
            assert hub.hub.sharing.worn(shared.id) == her
            shared.device.welcome = None
            await shared.device.close()
            shared.got.clear()
            await shared.device.connect(hub.url)
            await until(lambda: shared.of(events.Profile))
            assert shared.who.nobody
            assert hub.hub.sharing.worn(shared.id) == ""

    loop_run(work())


def test_what_was_not_received_of_one_never_comes_to_the_next(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            await asyncio.sleep(0.15)
            shared.device.drop()
            await shared.device.closed.wait()
            session = hub.hub.sessions.of(her)
            assert session is not None
            session.broadcast(events.Notice("Elefantenfutter"))
            await hub.hub.household.give_back(shared.id)
            shared.got.clear()
            welcome = await shared.device.connect(hub.url)
            assert not welcome.resumed
            await until(lambda: shared.of(events.Profile))
            assert shared.who.nobody
            assert "lefant" not in shared.text

    loop_run(work())


def test_a_speech_that_is_cut_by_a_change_of_hands_is_not_heard_to_its_end(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            shared, her = await kitchen(hub), await anna(hub)
            await hub.hub.household.take(shared.id, her)
            await shared.becomes(her)
            session = hub.hub.sessions.of(her)
            assert session is not None
            session.aside("Elefanten " * 40, shared.id)
            await until(lambda: len(shared.sound) > 20_000)
            await hub.hub.household.give_back(shared.id)
            await until(lambda: shared.who.nobody)
            assert shared.of(events.SpeechEnd)[-1].reason == "stopped"
            at = len(shared.sound)
            await asyncio.sleep(0.1)
            assert len(shared.sound) == at

    loop_run(work())


def test_when_the_hub_is_full_it_stays_nobodys(loop_run) -> None:
    async def work() -> None:
        async with running(HubSettings(engines=CANNED, max_sessions=1)) as hub:
            shared, her = await kitchen(hub), await anna(hub)
            with pytest.raises(Busy):
                await hub.hub.household.take(shared.id, her)
            assert hub.hub.sharing.worn(shared.id) == ""
            assert await shared.say("what time is it")

    loop_run(work())


def test_a_device_paired_as_shared_before_there_was_this_becomes_nobodys(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            owner = await hub.hub.people.owner()
            old, token = await hub.hub.devices.pair(owner.id, "old", shared=True)
            await hub.hub.household.adopt()
            await hub.hub.household.adopt()
            found = await hub.hub.devices.verify(token)
            assert found is not None
            assert found.wearer.startswith("w-shared-")
            assert [one.id for one in await hub.hub.household.shared()] == [old.id]

    loop_run(work())


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("en", "This is Anna.", "a"),
        ("en", "it's me, jo\u00e9", "j"),
        ("en", "this is anna and ben", ""),
        ("en", "this is nice", ""),
        ("de", "Hier ist Anna!", "a"),
        ("de", "ich bin's, Anna", "a"),
        ("zh", "我是小王", "x"),
        ("zh", "我是小王子", ""),
        ("xx", "this is Anna", "a"),
    ],
)
def test_only_names_that_are_known_introduce_somebody(language, text, who) -> None:
    assert introduced(text, language, {"Anna": "a", "Joe\u0301": "j", "小王": "x"}) == who


def test_a_farewell_is_the_whole_sentence() -> None:
    assert farewell("That's all.", "en")
    assert farewell("Das war's!", "de")
    assert farewell("再见。", "zh")
    assert not farewell("that's all I know", "en")


def test_after_five_wrong_pins_the_right_one_waits(loop_run) -> None:
    async def work() -> None:
        async with running() as hub:
            now = 0.0
            her, pins = await anna(hub), Pins(hub.hub.people, lambda: now)
            await pins.set(her, "2718")
            assert [await pins.fits(her, "0000") for _ in range(5)] == [False] * 5
            with pytest.raises(Busy):
                await pins.fits(her, "2718")
            now = 301.0
            assert await pins.fits(her, "2718")
            await pins.set(her, "")
            assert not await pins.fits(her, "")

    loop_run(work())
