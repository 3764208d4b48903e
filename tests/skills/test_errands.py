"""Errands in three languages: what is asked for, when it runs, and how it ends."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from tests.skills.memory import NOON, Talk

from lorgnette.core.errors import NotFound
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.sdk.errands import Errand, Errands


class MemoryErrands:
    """`Errands` in a list."""

    def __init__(self) -> None:
        self.kept: list[Errand] = []
        self.taints: list[Taint] = []

    def _add(self, taint: Taint, **values: Any) -> Errand:
        errand = Errand(id=f"e{len(self.kept)}", **values)
        self.kept.append(errand)
        self.taints.append(taint)
        return errand

    async def watch(self, what: str, language: str, *, taint: Taint = CLEAN) -> Errand:
        return self._add(taint, kind="watch", what=what, language=language, due=NOON.timestamp())

    async def routine(
        self, what: str, language: str, at: datetime, rule: str, *, taint: Taint = CLEAN
    ) -> Errand:
        return self._add(taint, kind="routine", what=what, language=language, rule=rule, due=at.timestamp())

    async def later(self, what: str, language: str, at: datetime, *, taint: Taint = CLEAN) -> Errand:
        return self._add(taint, kind="task", what=what, language=language, due=at.timestamp())

    async def live(self) -> list[Errand]:
        return [errand for errand in self.kept if errand.status == "active"]

    async def find(self, what: str) -> Errand:
        for errand in reversed(await self.live()):
            if what.casefold() in errand.what.casefold():
                return errand
        raise NotFound("none", phrase="error-errand-unknown")

    async def cancel(self, id: str) -> Errand:
        return self._set(id, "cancelled")

    async def restore(self, id: str) -> Errand:
        return self._set(id, "active")

    def _set(self, id: str, status: Any) -> Errand:
        self.kept = [
            msgspec.structs.replace(one, status=status) if one.id == id else one for one in self.kept
        ]
        return next(one for one in self.kept if one.id == id)


def talk(language: str) -> tuple[Talk, MemoryErrands]:
    speaking, errands = Talk(language), MemoryErrands()
    speaking.services[Errands] = errands
    return speaking, errands


WATCH = {
    "en": (
        "tell me when the rain stops",
        "the rain stops",
        "I'll tell you when the rain stops.",
        "No longer: the rain stops.",
    ),
    "de": (
        "sag mir Bescheid wenn der Regen aufhört",
        "der Regen aufhört",
        "Ich sage Bescheid, wenn der Regen aufhört.",
        "Nicht mehr: der Regen aufhört.",
    ),
    "zh": ("雨停了告诉我", "雨停了", "雨停了的时候我告诉你。", "不再管了：雨停了。"),
}


@pytest.mark.parametrize("language", WATCH)
def test_a_watch_is_set_and_taken_back(language: str) -> None:
    speaking, errands = talk(language)
    said, what, answer, undone = WATCH[language]
    assert speaking.say(said) == answer
    assert [(one.kind, one.what, one.language) for one in errands.kept] == [("watch", what, language)]
    assert speaking.undo() == undone
    assert errands.kept[0].status == "cancelled"


ROUTINE = {
    "en": ("every weekday at seven read me the headlines", "read me the headlines"),
    "de": ("jeden Werktag um sieben lies mir die Schlagzeilen vor", "lies mir die Schlagzeilen vor"),
    "zh": ("每个工作日早上七点念新闻", "念新闻"),
}


@pytest.mark.parametrize("language", ROUTINE)
def test_a_routine_has_its_days_and_its_time(language: str) -> None:
    speaking, errands = talk(language)
    said, what = ROUTINE[language]
    answer = speaking.say(said)
    (errand,) = errands.kept
    assert what in answer
    assert (errand.kind, errand.what) == ("routine", what)
    assert errand.rule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert datetime.fromtimestamp(errand.due, NOON.tzinfo).hour == 7


def test_a_task_waits_for_its_time() -> None:
    speaking, errands = talk("en")
    speaking.say("find three flights to Lisbon and read them to me at eight pm")
    (errand,) = errands.kept
    assert (errand.kind, errand.what) == ("task", "three flights to Lisbon")
    assert errand.due == (NOON + timedelta(hours=5)).timestamp()


def test_errands_are_listed_and_ended_by_what_they_are_about() -> None:
    speaking, errands = talk("en")
    assert speaking.say("my errands") == "Nothing runs on its own."
    speaking.say("tell me when the rain stops")
    speaking.say("every day at seven read me the headlines")
    listed = speaking.say("what errands do I have")
    assert listed.startswith("2 errands: I watch whether the rain stops")
    assert speaking.say("stop watching whether the rain stops") == "No longer: the rain stops."
    assert speaking.undo() == "It's back: the rain stops."
    assert (
        speaking.say("cancel the errand about pigs") == "There's no such errand; ask me which ones there are."
    )
    assert len(errands.kept) == 2
