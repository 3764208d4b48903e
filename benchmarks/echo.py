"""Echo: does the hub interrupt itself, and does it still hear the wearer who does?

    python benchmarks/echo.py [--minutes 10] [--devices 12] [--aec hub device none]

Every device hears its own speaker at −20 dB, 120 ms later. The hub reads a story in its own (eSpeak) voice
whenever it is silent. *listening*: nobody speaks; each stop, and each utterance that is recognised, is a
self-interruption. *talking*: each wearer speaks a recorded command over each story, at its own level; a
barge-in is found when the story stops while it is said or within half a second. The recogniser is canned and
understands everything, so nothing is forgiven by words that make no sense.
"""

import argparse
from typing import Any

import field

from lorgnette.simulation import Crowd, EchoPath, Figures, Plan

STORY = (
    "A traveller came to the edge of a wide river just before sunset. There was no bridge, only an old boat "
    "and a rope. She asked the ferryman how long the crossing would take. He looked at the sky and said that "
    "the wind decides, not the oars. So they sat down together, shared some bread, and waited for the wind. "
    "When the moon was up, the water lay flat like glass, and the boat slid over as if it knew the way."
)
SHORT = "It's five minutes past seven."
ECHO = EchoPath(-20.0, 120.0)


async def measure(
    aec: str, barge_in: float, speech_s: float, devices: int, reply: str = STORY
) -> dict[str, Any]:
    """Devices talk until the hub has spoken for `speech_s` seconds, all of them together."""
    clips, _ = field.speech()
    plan = Plan(share=0.0, echo=ECHO, aec=aec, ask="tell me a story", barge_in=barge_in)  # type: ignore[arg-type]
    async with field.field_of(clips, tts=["espeak"], reply=reply) as here:
        figures = Figures()
        async with Crowd(await here.glasses(devices, plan, figures), figures) as crowd:
            spoken = 0.0
            while spoken < speech_s:
                await crowd.run(5.0)
                spoken = figures.counts["frames_heard"] / 50
        counts = figures.counts
        done = counts["barge_ins_found"] + counts["barge_ins_missed"]
        return {
            "aec": aec,
            "wearers": "talking" if barge_in else "listening",
            "replies": "short" if reply is SHORT else "long",
            "hub spoke s": round(spoken),
            "self-interruptions": counts["self_interruptions"] + counts["ghosts"],
            "barge-ins": done or None,
            "found %": round(100 * counts["barge_ins_found"] / done, 1) if done else None,
            "stop p50 ms": figures.of("stop", 0.5),
            "stop p95 ms": figures.of("stop", 0.95),
            "devices late p95 ms": figures.of("late", 0.95),
            "errors": counts["errors"],
        }


async def main(minutes: float, devices: int, modes: list[str]) -> None:
    rows = []
    for aec in modes:
        for barge_in in (0.0, 1.0):
            # The other modes are there for comparison: a fifth of the time is enough.
            seconds = minutes * 60 * (1.0 if aec == "hub" else 0.2) * (1.0 if not barge_in else 0.5)
            rows.append(await measure(aec, barge_in, seconds, devices))
            field.say(str(rows[-1]))
        if aec == "hub":
            # The canceller starts anew with every reply: many begins tell more than one long story.
            rows.append(await measure(aec, 0.0, minutes * 12, devices, SHORT))
            field.say(str(rows[-1]))
    notes = [
        f"echo {ECHO.db:g} dB after {ECHO.delay_ms:g} ms; {devices} devices at once",
        "device: the device's own canceller leaves −40 dB of the echo; none: half duplex, so nobody is heard",
        *field.speech()[1],
    ]
    field.finish(rows, ["aec", "wearers", "replies"], notes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="how long the hub speaks in all")
    parser.add_argument("--devices", type=int, default=12)
    parser.add_argument("--aec", nargs="*", default=["hub", "device", "none"])
    given = parser.parse_args()
    field.run(lambda: main(given.minutes, given.devices, given.aec))
