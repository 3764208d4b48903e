"""The Saturday test: one story across services, in three languages and two forms, spoken and shown.

A notice comes in, is asked about, becomes a calendar entry and a reminder at a place; both are undone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from tests.hubs import CANNED, Running, running
from tests.talking import Talker, talker

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.core.clock import ManualClock
from lorgnette.core.forms import Capabilities, Display, Microphone, Speaker

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOME, AWAY = (52.5200, 13.4050), (52.5300, 13.4050)
EVERYDAY = Capabilities(
    form="everyday", microphone=Microphone(listen="push"), speaker=Speaker(), inputs=("touch",), location=True
)
AR = Capabilities(
    form="ar",
    microphone=Microphone(listen="push"),
    speaker=Speaker(),
    display=Display(),
    inputs=("touch",),
    location=True,
)


@dataclass(frozen=True)
class Script:
    """What is said, and what must be heard in the answers."""

    sender: str
    notice: str
    asked: str
    entry: tuple[str, str]
    agenda: tuple[str, str, str]
    home: str
    reminder: tuple[str, str]
    undo: tuple[str, str, str]
    time: str


SCRIPTS = {
    "en": Script(
        "Anna",
        "Concert on Saturday at eight in the Philharmonie?",
        "what did Anna write",
        ("add a concert on Saturday at eight pm to my calendar", "Concert, Saturday at 8 PM"),
        ("what is on my calendar on Saturday", "8 PM concert", "Nothing is on Saturday."),
        "this is home",
        ("remind me to take the tickets when I leave home", "take the tickets"),
        ("undo", "That reminder is gone again.", "Concert is out of the calendar again."),
        "what time is it",
    ),
    "de": Script(
        "Anna",
        "Am Samstag um acht ins Konzert?",
        "was hat Anna geschrieben",
        ("trag am Samstag um 20 Uhr ein Konzert in den Kalender ein", "Konzert, Samstag um 20 Uhr"),
        ("was steht am Samstag im Kalender", "20 Uhr Konzert", "Samstag steht nichts an."),
        "das hier ist mein Zuhause",
        ("erinnere mich an die Karten wenn ich das Haus verlasse", "Karten"),
        ("mach das rückgängig", "Die Erinnerung ist wieder weg.", "Konzert ist wieder aus dem Kalender."),
        "wie spät ist es",
    ),
    "zh": Script(
        "安娜",
        "周六晚上八点去听音乐会吗？",
        "安娜说了什么",
        ("周六晚上八点加一个音乐会到日历", "星期六晚上8点音乐会"),
        ("周六有什么安排", "晚上8点音乐会", "星期六没有安排"),
        "这里是我家",
        ("出门的时候提醒我带票", "带票"),
        ("撤销", "提醒", "音乐会又从日历里删掉了。"),
        "现在几点",
    ),
}


async def comes(hub: Running, ada: Talker, script: Script, key: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            f"http://127.0.0.1:{hub.port}/v1/notify",
            json={"app": "Signal", "sender": script.sender, "text": script.notice, "key": key},
            headers={"authorization": f"Bearer {ada.device.token}"},
        )
        assert answer.status_code == 200, answer.text


async def moves(ada: Talker, clock: ManualClock, place: tuple[float, float], said: str) -> None:
    """Long enough that nobody doubts it."""
    for _ in range(3):
        ada.device.event(events.Location(*place, accuracy=8.0))
        await ada.say(said)  # the event before it has arrived
        clock.advance(25)


async def story(hub: Running, clock: ManualClock, script: Script, form: Capabilities, key: str) -> None:
    async with talker(hub, capabilities=form) as ada:
        await moves(ada, clock, HOME, script.time)
        await comes(hub, ada, script, key)
        await ada.until(lambda: any(script.notice in text for text in ada.sentences))
        if form.display is not None:
            assert script.sender in ada.titles
        assert script.notice in await ada.say(script.asked)
        assert script.entry[1] in await ada.say(script.entry[0])
        assert script.agenda[1] in await ada.say(script.agenda[0])
        await ada.say(script.home)
        assert script.reminder[1] in await ada.say(script.reminder[0])
        undo, reminder_gone, entry_gone = script.undo
        assert reminder_gone in await ada.say(undo)
        await ada.say(script.reminder[0])
        told = len(ada.sentences)
        await moves(ada, clock, AWAY, script.time)
        await ada.until(lambda: any(script.reminder[1] in text for text in ada.sentences[told:]))
        said = [text for text in ada.sentences[told:] if script.reminder[1] in text]
        assert len(said) == 1
        answers = [await ada.say(undo) for _ in range(3)]
        assert any(entry_gone in text for text in answers), answers
        assert script.agenda[2] in await ada.say(script.agenda[0])


@pytest.mark.parametrize("language", SCRIPTS)
def test_the_saturday_story(language: str, loop_run: Any) -> None:
    async def work() -> None:
        clock = ManualClock(TUESDAY)
        settings = HubSettings(
            engines=CANNED, realtime=False, language=language, zone="Europe/Berlin", languages=(language,)
        )
        async with running(settings, clock) as hub:
            for key, form in (("1", EVERYDAY), ("2", AR)):
                await story(hub, clock, SCRIPTS[language], form, key)

    loop_run(work())
