"""Latency: what a wearer feels, and what of it is the hub's own, at 1, 10 and 100 sessions.

    python benchmarks/latency.py [--sessions 1 10 100] [--seconds 30]

*first sound*: last frame of speech sent → first frame of the answer received, on the device's clock; it
holds the endpoint's silence (0.3 s after a whole sentence). *hub*: from the turn's trace, the deciding frame
read → first reply byte written; with real engines less the stages in which they ran (canned ones take no
time, so nothing is taken off). *duck*, *stop*: the first frame of a command's first word (onset.py) over a
long reply is sent → the reply sounds lower, and its end arrives. *resume*: reconnecting → `welcome`, resumed.
Recogniser and voice are canned but in the row "real": PocketSphinx and eSpeak.
"""

import argparse
from typing import Any

import command_audio
import field
import onset

from lorgnette.simulation import Crowd, Figures, Plan

TIMERS = ("en_008", "en_042", "en_044", "en_048", "en_052", "en_064", "en_090", "en_102")
"""Commands that the product's grammar holds."""
STORY = " ".join(f"This is sentence number {number} of a long reply." for number in range(1, 30))


async def answers(sessions: int, seconds: float, *, real: bool) -> dict[str, Any]:
    """Commands and their answers."""
    clips, _ = field.speech("en_*")
    if real:
        clips = [clip for clip in clips if any(name in clip.name for name in TIMERS)] or clips
    engines = {"asr": ["pocketsphinx"], "tts": ["espeak"]} if real else {}
    async with field.field_of(clips, **engines) as here:
        if not real:
            await here.warm()
        figures = Figures()
        plan = Plan(share=0.4 if real else 0.25)
        async with Crowd(await here.glasses(sessions, plan, figures), figures) as crowd:
            await crowd.run(seconds)
        for message in figures.summary().get("messages", ()):
            field.say(message)
        return {
            "sessions": sessions,
            "engines": "real" if real else "canned",
            "turns": figures.counts["turns"],
            "first sound p50": figures.of("first_sound", 0.5),
            "first sound p95": figures.of("first_sound", 0.95),
            "hub p50": figures.of("own" if real else "hub", 0.5),
            "hub p95": figures.of("own" if real else "hub", 0.95),
            "errors": figures.counts["errors"],
        }


async def interruptions(sessions: int, seconds: float) -> dict[str, Any]:
    """Speech over long replies, and lines that drop."""
    recorded = command_audio.commands() if field.SPEECH.is_dir() else []
    clips = onset.from_first_word(recorded) or field.speech()[0]
    canned = {"tts.canned": {"seconds": 2.0}}
    async with field.field_of(clips, reply=STORY, settings=canned) as here:
        await here.warm()
        figures = Figures()
        plan = Plan(share=0.0, ask="tell me a story", barge_in=1.0)
        async with Crowd(await here.glasses(sessions, plan, figures), figures) as crowd:
            await crowd.run(seconds)
        lines = Figures()
        async with Crowd(await here.glasses(sessions, Plan(reconnect=4.0), lines), lines) as crowd:
            await crowd.run(min(seconds, 15.0))
        found, missed = figures.counts["barge_ins_found"], figures.counts["barge_ins_missed"]
        return {
            "barge-ins": found + missed,
            "found %": round(100 * found / max(1, found + missed), 1),
            "duck p50": figures.of("duck", 0.5),
            "duck p95": figures.of("duck", 0.95),
            "stop p50": figures.of("stop", 0.5),
            "stop p95": figures.of("stop", 0.95),
            "resume p50": lines.of("resume", 0.5),
            "resume p95": lines.of("resume", 0.95),
            "more errors": figures.counts["errors"] + lines.counts["errors"],
        }


async def main(sessions: list[int], seconds: float) -> None:
    rows = []
    for count in sessions:
        row = await answers(count, seconds, real=False) | await interruptions(count, seconds)
        rows.append(row)
        field.say(str(row))
    rows.append(await answers(1, 4 * seconds, real=True))
    field.say(str(rows[-1]))
    field.finish(rows, ["sessions", "engines"], ["times in ms", *field.speech()[1]])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sessions", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    field.run(lambda: main(given.sessions, given.seconds))
