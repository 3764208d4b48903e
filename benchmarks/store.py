"""The store: what a write, a journalled turn and a start cost, and what grouping is worth.

    python benchmarks/store.py [--folder DIR] [--runs 3]

*writes*: 2,000 note-sized inserts, from one caller and from 500 at once, with and without grouping.
*journal*: 500 conversations with a turn of four sentences every 8 s for 6 s; CPU of the whole process and of
the loop's thread, and how late the loop comes to a 5 ms timer meanwhile, beside a journal that does nothing.
*schedule*: 10,000 timers loaded, then 9,900 rung. Medians of the runs.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from lorgnette.core.clock import ManualClock, SystemClock
from lorgnette.services import notes, schedule
from lorgnette.services.schedule.tables import schedule as entries
from lorgnette.store import Journal, Store, writer
from lorgnette.store.tables import inbox

DOMAINS = (notes.DOMAIN, schedule.DOMAIN)
SENTENCE = "It is a quarter past four in the afternoon, and the sun sets at half past five."


def insert(number: int) -> Callable[[Connection], None]:
    row = {
        "id": f"m{number}",
        "wearer": f"w{number % 500}",
        "text": SENTENCE,
        "language": "en",
        "kind": "notification",
        "expires": 0.0,
        "urgent": False,
        "created": float(number),
    }

    def work(connection: Connection) -> None:
        connection.execute(inbox.insert().values(row))

    return work


async def writes(store: Store, callers: int, count: int = 2000) -> dict[str, Any]:
    numbers = iter(range(count))
    delays: list[float] = []

    async def caller() -> None:
        for number in numbers:
            begin = time.perf_counter()
            await store.write(insert(number))
            delays.append(time.perf_counter() - begin)

    begin, cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(caller())
    wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    await store.write(lambda connection: connection.execute(inbox.delete()) and None)
    return {
        "callers": callers,
        "per_second": round(count / wall),
        "cpu_us": round(cpu / count * 1e6),
        "p50_ms": round(statistics.median(delays) * 1e3, 2),
        "p99_ms": round(sorted(delays)[int(len(delays) * 0.99)] * 1e3, 2),
    }


class Nothing:
    """A journal that keeps nothing: what the conversations themselves cost."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_given, **_named: None


async def journal(
    journal: Any, sessions: int = 500, seconds: float = 6.0, every: float = 8.0
) -> dict[str, Any]:
    late: list[float] = []
    turns = 0

    async def conversation(number: int) -> None:
        nonlocal turns
        await asyncio.sleep(number / sessions * every)
        while True:
            turn = f"{number}-{time.monotonic_ns()}"
            journal.begin(turn, f"w{number}", "d", "en", "what time is it", False)
            for index in range(4):
                journal.sentence(turn, index, SENTENCE)
                await asyncio.sleep(0.3)
                journal.heard(turn, index)
            journal.end(turn, "done", {"stages": [["asr", 0.0, 12.5], ["tts", 12.5, 40.0]]})
            turns += 1
            await asyncio.sleep(every - 1.2)

    async def gauge() -> None:
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append(time.perf_counter() - begin - 0.005)

    cpu, loop = time.process_time(), time.thread_time()
    tasks = [asyncio.create_task(conversation(number)) for number in range(sessions)]
    tasks.append(asyncio.create_task(gauge()))
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    late.sort()
    return {
        "turns": turns,
        "cpu_us_a_turn": round((time.process_time() - cpu) / turns * 1e6),
        "loop_cpu_us_a_turn": round((time.thread_time() - loop) / turns * 1e6),
        "loop_late_p99_ms": round(late[int(len(late) * 0.99)] * 1e3, 2),
        "loop_late_max_ms": round(late[-1] * 1e3, 2),
    }


async def alarms(folder: Path, url: str) -> dict[str, Any]:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    store = await Store.open(url, clock, folder=folder, domains=DOMAINS)
    now = clock.now().timestamp()
    blank = {
        "label": "tea",
        "zone": "UTC",
        "rule": "",
        "start": "",
        "total": 1.0,
        "remaining": 0.0,
        "was": "",
    }
    zero = {"rung": 0.0, "lease": "", "leased": 0.0, "created": 0.0, "changed": 0.0, "kind": "timer"}
    rows = [
        {
            "id": f"s{number}",
            "wearer": f"w{number % 1000}",
            "due": now + 10 + number % 100,
            "status": "running",
        }
        | blank
        | zero
        for number in range(10_000)
    ]
    await store.write(lambda connection: connection.execute(entries.insert(), rows) and None)
    service = schedule.ScheduleService(store, clock)
    told = 0

    async def due(_wearer: str, _item: Any, _missed: bool) -> None:
        nonlocal told
        told += 1

    service.on_due(due)
    begin = time.perf_counter()
    await service.tick()
    loaded = time.perf_counter() - begin
    clock.advance(10)
    await service.tick()
    clock.advance(100)
    begin = time.perf_counter()
    await service.tick()
    rung = time.perf_counter() - begin
    await store.close()
    return {"load_10000_ms": round(loaded * 1e3), "ring_9900_ms": round(rung * 1e3), "told": told}


async def run(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    begin = time.perf_counter()
    store = await Store.open(f"sqlite:///{folder}/a.db", SystemClock(), domains=DOMAINS)
    found["first_open_ms"] = round((time.perf_counter() - begin) * 1e3)
    await store.close()
    begin = time.perf_counter()
    store = await Store.open(f"sqlite:///{folder}/a.db", SystemClock(), domains=DOMAINS)
    found["open_ms"] = round((time.perf_counter() - begin) * 1e3, 1)
    found["writes"] = [await writes(store, callers) for callers in (1, 500)]
    group, writer.GROUP = writer.GROUP, 1
    found["writes_ungrouped"] = [await writes(store, callers) for callers in (500,)]
    writer.GROUP = group
    found["journal"] = await journal(Journal(store))
    found["no_journal"] = await journal(Nothing())
    found["failed"], found["dropped"] = store.failed, store.dropped
    await store.close()
    found["schedule"] = await alarms(folder, f"sqlite:///{folder}/b.db")
    return found


def median(values: list[Any]) -> Any:
    if isinstance(values[0], dict):
        return {key: median([value[key] for value in values]) for key in values[0]}
    if isinstance(values[0], list):
        return [median(list(column)) for column in zip(*values, strict=True)]
    return statistics.median(values)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--folder", type=Path, help="where the databases are made; a temporary folder if not given"
    )
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    results = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            work: Coroutine[Any, Any, dict[str, Any]] = run(Path(folder))
            results.append(asyncio.run(work))
    print(json.dumps(median(results), indent=2))


if __name__ == "__main__":
    main()
