"""Remembering, recalling, correcting and forgetting, in three languages, on the real memory."""

import asyncio
from contextlib import nullcontext
from typing import Any

import pytest
from tests.skills.memory import Talk
from tests.store.databases import Place

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import SkillError
from lorgnette.core.taint import Source
from lorgnette.sdk import Facts
from lorgnette.sdk.places import Places, Whereabouts
from lorgnette.services.memory import MemorySection, MemoryService, Wish
from lorgnette.store import Journal, Store

UNDO = "<undo>"
Row = tuple[str, str, dict[str, Any], str] | tuple[str, str]

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("what's my locker code?", "recall_mine", {"about": "locker code"},
         "You haven't told me anything about locker code. Say “remember that …”."),
        ("remember that my locker code is 4711", "remember", {"text": "my locker code is 4711"},
         "I'll remember: my locker code is 4711."),
        ("what's my locker code?", "recall_mine", {"about": "locker code"},
         "You told me: my locker code is 4711."),
        ("no, it's 4712", "correct_fact", {"value": "4712"},
         "Now: my locker code is 4712. Before: my locker code is 4711."),
        ("what's my locker code?", "recall_mine", {"about": "locker code"},
         "You told me: my locker code is 4712."),
        (UNDO, "I've forgotten that again."),
        ("what's my locker code?", "recall_mine", {"about": "locker code"},
         "You told me: my locker code is 4711."),
        ("remember that", "remember", {}, "What shall I remember?"),
        ("the keys are in the blue bowl", "remember", {"text": "the keys are in the blue bowl"},
         "I'll remember: the keys are in the blue bowl."),
        ("where did I put my keys?", "recall_where", {"about": "keys"},
         "You told me: the keys are in the blue bowl."),
        ("remember that the keys are in the blue bowl", "remember", {"text": "the keys are in the blue bowl"},
         "I know that already: the keys are in the blue bowl."),
        ("remember that I don't eat meat", "remember", {"text": "I don't eat meat"},
         "I'll remember: I don't eat meat."),
        ("do I eat meat", "recall", {"about": "meat"}, "You told me: I don't eat meat."),
        ("remember that Tom is my boss", "remember", {"text": "Tom is my boss"},
         "I'll remember: Tom is my boss."),
        ("who is my boss", "recall", {"about": "boss"}, "You told me: Tom is my boss."),
        ("forget my locker code", "forget_fact", {"about": "locker code"},
         "Forgotten: my locker code is 4711."),
        ("forget my locker code", "forget_fact", {"about": "locker code"},
         "I remember nothing about locker code."),
        ("where is my passport", "recall_where", {"about": "passport"},
         "You haven't told me anything about passport. Say “remember that …”."),
    ],
    "de": [
        ("merk dir, dass mein Spindcode 4711 ist", "remember", {"text": "dass mein Spindcode 4711 ist"},
         "Gemerkt: mein Spindcode ist 4711."),
        ("wie ist mein Spindcode?", "recall_mine", {"about": "Spindcode"},
         "Du hast mir gesagt: mein Spindcode ist 4711."),
        ("nein, es ist 4712", "correct_fact", {"value": "4712"},
         "Jetzt: mein Spindcode ist 4712. Vorher: mein Spindcode ist 4711."),
        ("merk dir, dass die Schlüssel in der blauen Schale liegen", "remember",
         {"text": "dass die Schlüssel in der blauen Schale liegen"},
         "Gemerkt: die Schlüssel liegen in der blauen Schale."),
        ("wo ist mein Schlüssel?", "recall_where", {"about": "Schlüssel"},
         "Du hast mir gesagt: die Schlüssel liegen in der blauen Schale."),
        ("merk dir, dass ich kein Fleisch esse", "remember", {"text": "dass ich kein Fleisch esse"},
         "Gemerkt: ich esse kein Fleisch."),
        ("esse ich Fleisch", "recall", {"about": "Fleisch"}, "Du hast mir gesagt: ich esse kein Fleisch."),
        ("vergiss meinen Spindcode", "forget_fact", {"about": "Spindcode"},
         "Vergessen: mein Spindcode ist 4712."),
        (UNDO, "Ich weiß es wieder: mein Spindcode ist 4712."),
        ("was ist mein Spindcode", "recall_mine", {"about": "Spindcode"},
         "Du hast mir gesagt: mein Spindcode ist 4712."),
        ("wo ist mein Pass", "recall_where", {"about": "Pass"},
         "Zu Pass hast du mir nichts gesagt. Sag „merk dir, dass …“."),
    ],
    "zh": [
        ("记住我的储物柜密码是4711", "remember", {"text": "我的储物柜密码是4711"},
         "记住了：我的储物柜密码是4711。"),
        ("我的储物柜密码是多少", "recall", {"about": "储物柜"}, "你跟我说过：我的储物柜密码是4711。"),
        ("不对，是4712", "correct_fact", {"value": "4712"},
         "现在是：我的储物柜密码是4712。之前是：我的储物柜密码是4711。"),
        ("记住钥匙在蓝色的碗里", "remember", {"text": "钥匙在蓝色的碗里"}, "记住了：钥匙在蓝色的碗里。"),
        ("我的钥匙在哪", "recall_where", {"about": "钥匙"}, "你跟我说过：钥匙在蓝色的碗里。"),
        ("记住我不吃肉", "remember", {"text": "我不吃肉"}, "记住了：我不吃肉。"),
        ("我吃肉吗", "recall", {"about": "肉"}, "你跟我说过：我不吃肉。"),
        ("忘掉我的储物柜密码", "forget_fact", {"about": "储物柜密码"}, "忘掉了：我的储物柜密码是4712。"),
        (UNDO, "又记起来了：我的储物柜密码是4712。"),
        ("我的护照在哪", "recall_where", {"about": "护照"}, "你没跟我说过护照。可以说“记住……”。"),
    ],
}  # fmt: skip


class Here:
    """`Places` of which only one thing is asked."""

    def __init__(self) -> None:
        self.at: tuple[float, float] | None = None

    async def here(self) -> Whereabouts:
        if self.at is None:
            raise SkillError("nobody knows")
        return Whereabouts(latitude=self.at[0], longitude=self.at[1])


class Remembering(Talk):
    """A wearer with a memory."""

    def __init__(self, store: Store, language: str) -> None:
        super().__init__(language)
        self.clock = store.clock  # type: ignore[assignment]
        self.memory_service = MemoryService(store, Journal(store), MemorySection(), lambda _: nullcontext())
        self.facts = self.memory_service.facts_of("w")
        self.here = Here()
        self.services[Facts] = self.facts
        self.services[Places] = self.here

    async def hold(self, rows: list[Row]) -> None:
        for row in rows:
            if len(row) == 2:
                say = await self.mind.undo("w")
                assert say is not None
                assert say.text == row[1], row
            else:
                text, tool, arguments, answer = row
                assert await self.say_in_loop(text) == answer, text
                assert self.call == (f"facts.{tool}", arguments), text


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_memory_holds(sqlite_place: Place, language: str) -> None:
    async def work(store: Store) -> None:
        await Remembering(store, language).hold(DIALOGUES[language])

    sqlite_place.run(work)


PARKING: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("where did I park?", "You haven't told me where you parked. Next time say “I parked here”."),
        ("I parked on level 3", "Parked: on level 3. I'll remember."),
        ("where is my car", "You said 25 minutes ago: on level 3."),
    ],
    "de": [
        ("wo habe ich geparkt",
         "Wo geparkt ist, hast du mir nicht gesagt. Sag nächstes Mal „ich habe hier geparkt“."),
        ("ich habe auf Ebene 3 geparkt", "Geparkt, gemerkt: auf Ebene 3."),
        ("wo steht mein Auto", "Vor 25 Minuten hast du gesagt: auf Ebene 3."),
    ],
    "zh": [
        ("我的车停在哪", "你没跟我说过车停在哪里。下次可以说“我把车停在这里了”。"),
        ("我把车停在三楼了", "停车位置记住了：三楼。"),
        ("我的车在哪里", "25分钟前你说过：三楼。"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", PARKING)
def test_where_the_car_stands_is_said_in_the_words_it_was_told(sqlite_place: Place, language: str) -> None:
    clock = ManualClock()

    async def work(store: Store) -> None:
        talk = Remembering(store, language)
        for text, answer in PARKING[language]:
            assert await talk.say_in_loop(text) == answer, text
            clock.advance(1500)

    sqlite_place.run(work, clock)


def test_from_here_the_way_back_to_the_car_is_known(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        talk = Remembering(store, "en")
        assert await talk.say_in_loop("I parked here") == "Where is it parked? I don't know where you are."
        assert await talk.say_in_loop("behind the station") == "Parked: behind the station. I'll remember."
        talk.here.at = (52.5200, 13.4050)
        assert await talk.say_in_loop("I parked here") == "Parked here. I'll remember."
        assert await talk.say_in_loop("where did I park") == "You're almost there."
        talk.here.at = (52.5165, 13.4050)
        assert await talk.say_in_loop("where did I park") == "About 390 metres north, as the crow flies."
        assert "390 m north" in str(talk.displays)
        talk.here.at = (52.5200, 13.3900)
        assert await talk.say_in_loop("where's my car") == "About 1,000 metres east, as the crow flies."
        talk.here.at = None
        assert (await talk.say_in_loop("where's my car")).startswith("You parked")

    sqlite_place.run(work)


def test_words_of_others_are_given_back_as_theirs(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        talk = Remembering(store, "en")
        signal = frozenset({Source("message", "Signal")})
        await talk.facts.remember("the party is at Ben's", "en", taint=signal)
        answer = await talk.say_in_loop("what did I tell you about the party")
        assert answer == "Signal said: the party is at Ben's."
        assert talk.done.taint == {Source("memory", "Signal")}
        await talk.say_in_loop("forget that the party")
        assert talk.done.taint == {Source("memory", "Signal")}

    sqlite_place.run(work)


def test_who_switched_memory_off_is_told_so(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        talk = Remembering(store, "en")
        await talk.memory_service.choose("w", Wish(facts=False))
        answer = await talk.say_in_loop("remember that Tom is my boss")
        assert answer == "Remembering is switched off. You can switch it on on the memory page."
        assert not talk.done.ok

    sqlite_place.run(work)


def test_one_of_several_is_asked_for_before_anything_is_forgotten(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        talk = Remembering(store, "en")
        await talk.facts.remember("Tom is my boss", "en")
        await talk.facts.remember("Tom is from Leeds", "en")
        answer = await talk.say_in_loop("forget what I said about Tom")
        assert answer.startswith("Which one: Tom is")
        assert await talk.say_in_loop("Tom is my boss") == "Forgotten: Tom is my boss."

    sqlite_place.run(work)


@pytest.mark.parametrize(
    "text",
    ["no it's Paris", "no, ten minutes", "what is my name", "where is the station",
     "what do you know about me", "forget what I said", "remind me to call Anna",
     "note the key is under the pot"],
)  # fmt: skip
def test_what_is_somebody_elses_business_is_left_to_them(text: str) -> None:
    match = Talk("en").mind.reflex(text, "en")
    assert match is None or match.skill != "facts"


def test_a_memory_of_two_wearers_knows_who_speaks(sqlite_place: Place) -> None:
    async def work(store: Store) -> None:
        talk = Remembering(store, "en")
        await talk.memory_service.facts_of("other").remember("my locker code is 1", "en")
        await asyncio.sleep(0)
        assert (await talk.say_in_loop("what's my locker code")).startswith("You haven't told me")

    sqlite_place.run(work)
