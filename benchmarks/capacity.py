"""Capacity: live sessions on one hub process until the reply comes 40 ms later than at one session.

    python benchmarks/capacity.py [--seconds 15] [--peer-seconds 12] [--sessions 1 10 …] [--no-peer]

Paced devices send 20 ms frames, a quarter of them real speech; recogniser and voice are canned, all else is
real: sockets, energy gate, Silero, endpointing, reflexes, the clock skill, journal, floor, paced sound. Then
the leanest Pipecat pipeline (WebSocket transport, Silero, canned reply) with the same devices. The devices
keep to one processor, which the server may use beside the others.
`reply`: from sending the last frame with speech to the first sound back. `waited for it`: how long the
server's main thread was ready to run while other programs had its processor.
"""

import argparse
import subprocess
from typing import Any

import field
from peer import PeerDevice

from lorgnette.simulation import Clip, Crowd, Figures, Plan, background, memory_kb, own_hub, some

LATER_MS = 40.0
SESSIONS = (1, 100, 300, 500, 600, 700, 850, 1000)
PEER_SESSIONS = (1, 10, 20, 30, 40, 60)
SETTLE = 5.0


def row(who: str, count: int, share: float, figures: Figures, cost: field.Cost, kb: float) -> dict[str, Any]:
    return {
        "who": who,
        "sessions": count,
        "speech %": round(share * 100),
        "reply p50 ms": figures.of("first_sound", 0.5),
        "reply p95 ms": figures.of("first_sound", 0.95),
        "replies": len(figures.times.get("first_sound", ())),
        "CPU ms a session-second": round(cost.hub * 1000 / count / cost.seconds, 2),
        "CPU of one core %": round(cost.hub_share * 100),
        "waited for it %": round(100 * cost.waited / cost.seconds),
        "KB a session": round(kb),
        "devices late p95 ms": figures.of("late", 0.95),
        "errors": figures.counts["errors"],
    }


async def measured(crowd: Crowd, figures: Figures, cost: field.Cost, seconds: float) -> None:
    """Let it settle, forget that, then measure."""
    await crowd.run(SETTLE)
    figures.times.clear()
    cost.start()
    await crowd.run(seconds)
    cost.stop()


def the_speech() -> tuple[list[Clip], list[str]]:
    """The same few utterances for one session and for many: each clip has an end of its own kind."""
    clips, notes = field.everyday_speech()
    chosen = some([clip for clip in clips if 60 <= len(clip.frames) <= 160], 6, seed=3)
    return chosen, [*notes, f"of these {', '.join(clip.name for clip in chosen)}"]


async def hub_row(count: int, share: float, seconds: float) -> dict[str, Any]:
    clips, _ = the_speech()
    async with field.field_of(clips) as here:
        await here.warm()
        before, figures, cost = field.memory(here), Figures(), field.Cost(here.hub.pid)
        # One alone speaks more often: the share changes how many replies there are, not how they come.
        plan = Plan(share=0.6 if count == 1 and share < 0.6 else share)
        async with Crowd(await here.glasses(count, plan, figures), figures) as crowd:
            await measured(crowd, figures, cost, seconds * (6 if count == 1 else 1))
            status = await here.status()
            found = row("Lorgnette", count, plan.share, figures, cost, (field.memory(here) - before) / count)
    return found | {"loop lag ms": status["loop_lag_ms"], "refused": status["refused"]}


async def peer_row(python: str, count: int, seconds: float) -> dict[str, Any]:
    clips, _ = the_speech()
    noise, figures = background(), Figures()
    script = str(field.HOME / "benchmarks/pipecat_process.py")
    async with own_hub([script, str(count)], python=python) as process:
        first = int(process.url.rpartition(":")[2])
        before, cost = memory_kb(process.pid), field.Cost(process.pid)
        share = 0.6 if count == 1 else 0.25
        members = [
            PeerDevice(f"ws://127.0.0.1:{first + number}/", clips, noise, share, figures, number)
            for number in range(count)
        ]
        with field.on_own_core():
            async with Crowd(members, figures) as crowd:
                await measured(crowd, figures, cost, seconds * (6 if count == 1 else 1))
            return row("Pipecat 1.14", count, share, figures, cost, before / count)


def good(found: dict[str, Any], alone: dict[str, Any]) -> bool:
    """Whether the reply comes at most 40 ms later than at one session, and everybody gets one."""
    found["later p95 ms"] = None
    if found["reply p95 ms"] is None or alone["reply p95 ms"] is None:
        return False
    found["later p95 ms"] = round(found["reply p95 ms"] - alone["reply p95 ms"], 1)
    wanted = 0.5 * found["sessions"] * found["speech %"] / 100 * 3  # half of the replies that are due
    return bool(
        found["later p95 ms"] <= LATER_MS and not found["errors"] and found["replies"] >= min(wanted, 3)
    )


async def climb(rows: list[dict[str, Any]], counts: list[int], measure: Any) -> int:
    """Measure one count after the other until it is too much; the most that were good."""
    most, alone = 0, None
    for count in counts:
        found = await measure(count)
        alone = alone or found
        fine = good(found, alone)
        rows.append(found)
        field.say(str(found))
        if not fine:
            break
        most = count
    return most


def peer_python() -> str:
    """Pipecat's own environment, built where it is missing; empty where that fails."""
    made = subprocess.run(
        [str(field.HOME / "scripts/peer"), "pipecat"], stdout=subprocess.PIPE, text=True, check=False
    )
    return made.stdout.strip().splitlines()[-1] if made.returncode == 0 else ""


async def main(arguments: argparse.Namespace) -> None:
    rows: list[dict[str, Any]] = []
    most = await climb(rows, arguments.sessions, lambda count: hub_row(count, 0.25, arguments.seconds))
    rows.append(await hub_row(100, 1.0, arguments.seconds))
    field.say(str(rows[-1]))
    notes = [
        f"most sessions with the reply at most {LATER_MS:g} ms later (p95) than at one: {most}",
        "at one session there is more speech, for enough replies",
        "100 % speech is one interruption after another: its replies aren't compared",
        "the devices keep to one processor, which the server may use too",
        *the_speech()[1],
    ]
    if arguments.peer:
        python = peer_python()
        if python:
            peers = await climb(
                rows, arguments.peer_sessions, lambda count: peer_row(python, count, arguments.peer_seconds)
            )
            notes.append(f"Pipecat by the same measure: {peers}; ratio {most / max(peers, 1):.1f}")
            notes.append("Pipecat's KB a session: its process with all pipelines made, by their number")
        else:
            notes.append("Pipecat's environment could not be built, so it is not in the table")
    field.finish(rows, ["who", "sessions", "speech %"], notes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--peer-seconds", type=float, default=12.0)
    parser.add_argument("--sessions", type=int, nargs="*", default=list(SESSIONS))
    parser.add_argument("--peer-sessions", type=int, nargs="*", default=list(PEER_SESSIONS))
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args()
    field.run(lambda: main(given))
