import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.runner import ProcessPool, cores

TESTS = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def toys(settings=None, **bounds):
    pool = ProcessPool(
        "toy", "engines.runner.toys:Toy", settings, environment={"PYTHONPATH": str(TESTS)}, **bounds
    )
    try:
        yield pool
    finally:
        await pool.aclose()


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def numbers(chunks) -> list[int]:
    return [int.from_bytes(chunk, "little") for chunk in chunks]


def test_bytes_and_json_go_both_ways(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            audio = os.urandom(480_000)
            assert await pool.call("echo", audio, times=2) == audio * 2
            assert await pool.call("measure", b"") == {"bytes": 0, "words": ["grüß", "你好"]}
            assert await pool.call("chatter") == "clean"
            assert pool.health().done == 3

    loop_run(run())


def test_two_workers_work_at_the_same_time(loop_run, tmp_path):
    if cores() < 2:
        pytest.skip("one core")

    async def run():
        async with toys(workers=2) as pool:
            flag = tmp_path / "go"
            first = asyncio.create_task(pool.call("wait_for", path=str(flag)))
            await until(lambda: pool.health().workers == 2)
            flag.write_text(str(await pool.call("pid")))
            assert await first

    loop_run(run())


def test_an_engines_own_error_fails_the_request_and_not_the_worker(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            pid = await pool.call("pid")
            with pytest.raises(EngineError, match="not a sentence") as caught:
                await pool.call("fail")
            assert not caught.value.retryable
            assert await pool.call("pid") == pid

    loop_run(run())


def test_a_killed_worker_fails_only_its_utterance(loop_run, tmp_path):
    async def run():
        async with toys(workers=1) as pool:
            pid = await pool.call("pid")
            struck = asyncio.create_task(pool.call("wait_for", path=str(tmp_path / "never")))
            spared = asyncio.create_task(pool.call("pid"))
            await until(lambda: pool.health().running == 1)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(EngineError) as caught:
                await struck
            assert caught.value.retryable
            assert await spared != pid
            health = pool.health()
            assert (health.restarts, health.failed, health.state) == (1, 1, "ready")

    loop_run(run())


@pytest.mark.parametrize("method", ["die", "leave"])
def test_a_worker_that_ends_itself_is_replaced(loop_run, method):
    async def run():
        async with toys(workers=1) as pool:
            with pytest.raises(EngineError) as caught:
                await pool.call(method)
            assert caught.value.retryable
            assert await pool.call("echo", b"x") == b"x"

    loop_run(run())


def test_a_hung_worker_is_replaced_after_the_deadline(loop_run):
    async def run():
        async with toys(workers=1, deadline=0.3) as pool:
            pid = await pool.call("pid")
            with pytest.raises(EngineError, match=r"did nothing for 0\.3 s") as caught:
                await pool.call("hang")
            assert caught.value.retryable
            assert await pool.call("pid") != pid
            assert not alive(pid)

    loop_run(run())


def test_a_full_queue_is_busy(loop_run, tmp_path):
    async def run():
        async with toys(workers=1, queue=2) as pool:
            await pool.ready()
            flag = tmp_path / "go"
            running = [asyncio.create_task(pool.call("wait_for", path=str(flag))) for _ in range(3)]
            await until(lambda: pool.health().queued == 2)
            with pytest.raises(Busy):
                await pool.call("pid")
            assert pool.health().refused == 1
            running[2].cancel()
            await until(running[2].done)
            extra = asyncio.create_task(pool.call("pid"))  # the cancelled one's place is free again
            await until(lambda: pool.health().queued == 2)
            flag.touch()
            assert await running[0]
            assert await extra

    loop_run(run())


def test_a_request_that_nobody_waits_for_is_never_run(loop_run, tmp_path):
    async def run():
        log, flag = tmp_path / "log", tmp_path / "go"
        async with toys({"log": str(log)}, workers=1) as pool:
            first = asyncio.create_task(pool.call("wait_for", path=str(flag)))
            dead = asyncio.create_task(pool.call("note", text="dead"))
            live = asyncio.create_task(pool.call("note", text="live"))
            await until(lambda: pool.health().running == 1)
            dead.cancel()
            await until(dead.done)
            flag.touch()
            await asyncio.gather(first, live)
            assert pool.health().skipped == 1
        assert log.read_text() == "live\n"

    loop_run(run())


def test_requests_run_in_the_order_they_came(loop_run, tmp_path):
    async def run():
        log = tmp_path / "log"
        async with toys({"log": str(log)}, workers=1, queue=100) as pool:
            await asyncio.gather(*(pool.call("note", text=str(n)) for n in range(50)))
        assert log.read_text().split() == [str(n) for n in range(50)]

    loop_run(run())


def test_a_request_that_finds_no_free_worker_in_time_fails(loop_run, tmp_path):
    async def run():
        async with toys(workers=1, patience=0.1) as pool:
            await pool.ready()
            running = asyncio.create_task(pool.call("wait_for", path=str(tmp_path / "never")))
            await until(lambda: pool.health().running == 1)
            with pytest.raises(EngineError, match="no worker was free") as caught:
                await pool.call("pid")
            assert caught.value.retryable
            running.cancel()

    loop_run(run())


def test_nobody_waits_long_for_workers_that_were_lost(loop_run, tmp_path):
    async def run():
        async with toys({"slow_start": 1.0}, workers=1, return_patience=0.1) as pool:
            await pool.ready()
            running = asyncio.create_task(pool.call("wait_for", path=str(tmp_path / "never")))
            await until(lambda: pool.health().running == 1)
            waiting = asyncio.create_task(pool.call("pid"))
            await until(lambda: pool.health().queued == 1)
            os.kill(pool.pids()[0], signal.SIGKILL)
            for lost, why in ((running, "ended"), (waiting, "no worker was free")):
                with pytest.raises(EngineError, match=why) as caught:
                    await lost
                assert caught.value.retryable
            with pytest.raises(EngineError, match="no worker was free"):
                await pool.call("pid")
            await pool.ready()
            assert await pool.call("pid") == pool.pids()[0]

    loop_run(run())


def test_chunks_stream_while_the_worker_goes_on(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            await pool.ready()
            begin = time.monotonic()
            got, first = [], 0.0
            async for chunk in pool.stream("count", to=20, pause=0.02):
                first = first or time.monotonic() - begin
                got.append(chunk)
            assert numbers(got) == list(range(20))
            assert first < (time.monotonic() - begin) / 2

    loop_run(run())


def test_closing_a_stream_stops_the_worker_and_frees_it(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            pid = await pool.call("pid")
            async with aclosing(pool.stream("count", to=10_000, pause=0.005)) as chunks:
                async for _ in chunks:
                    break
            assert await pool.call("pid") == pid
            assert pool.health().restarts == 0

    loop_run(run())


def test_a_stream_that_does_not_listen_to_the_end_is_killed(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            pid = await pool.call("pid")
            async with aclosing(pool.stream("deaf")) as chunks:
                assert await anext(chunks) == b"first"
            assert await pool.call("pid") != pid

    loop_run(run())


def test_a_crash_within_a_stream_gives_what_came_and_then_the_error(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            got = []
            with pytest.raises(EngineError) as caught:  # noqa: PT012
                async for chunk in pool.stream("count", to=10, die_at=4):
                    got.append(chunk)  # noqa: PERF401
            assert caught.value.retryable
            assert numbers(got) == [0, 1, 2, 3]

    loop_run(run())


def test_a_slow_listener_holds_the_worker_back_and_loses_nothing(loop_run):
    async def run():
        async with toys(workers=1, deadline=0.5) as pool:
            size = 0
            async with aclosing(pool.stream("pour", size=6_000_000)) as chunks:
                size += len(await anext(chunks))
                await asyncio.sleep(0.8)  # longer than the deadline: waiting for us isn't hanging
                (request,) = pool._running.values()
                assert request.held
                assert request.waiting_bytes < 3_000_000
                async for chunk in chunks:
                    size += len(chunk)
            assert size == 6_000_000
            assert pool.health().restarts == 0

    loop_run(run())


def test_an_engine_that_cannot_be_made_says_why_and_fails_fast(loop_run):
    async def run():
        async with toys({"broken": True}, workers=2) as pool:
            with pytest.raises(EngineError, match="no such model"):
                await pool.ready()
            with pytest.raises(EngineError, match="no such model"):
                await pool.call("pid")
            health = pool.health()
            assert (health.state, health.workers, health.usable) == ("failing", 0, False)

    loop_run(run())


def test_a_factory_that_does_not_exist_says_so(loop_run):
    async def run():
        pool = ProcessPool("toy", "lorgnette.nowhere:Nothing", workers=1)
        with pytest.raises(EngineError, match=r"lorgnette\.nowhere"):
            await pool.ready()
        await pool.aclose()

    loop_run(run())


def test_a_worker_that_is_not_ready_in_time_is_given_up(loop_run):
    async def run():
        async with toys({"slow_start": 60}, workers=1, start_deadline=0.2) as pool:
            with pytest.raises(EngineError, match="not ready within"):
                await pool.ready()

    loop_run(run())


def test_the_first_request_waits_while_workers_start(loop_run):
    async def run():
        async with toys({"slow_start": 0.3}, workers=1) as pool:
            pool.start()
            assert pool.health().state == "starting"
            assert await pool.call("echo", b"x") == b"x"

    loop_run(run())


def test_closing_ends_the_processes_and_fails_what_waits(loop_run, tmp_path):
    async def run():
        async with toys(workers=1) as pool:
            pid = await pool.call("pid")
            busy = asyncio.create_task(pool.call("wait_for", path=str(tmp_path / "never")))
            waiting = asyncio.create_task(pool.call("pid"))
            await until(lambda: pool.health().running == 1)
            await pool.aclose()
            for task in (busy, waiting):
                with pytest.raises(EngineError):
                    await task
            assert not alive(pid)
            assert pool.health().state == "closed"
            with pytest.raises(EngineError):
                await pool.call("pid")

    loop_run(run())


def test_nothing_is_left_open_after_many_lives(loop_run):
    async def run():
        async with toys(workers=1) as pool:
            await pool.call("pid")
        before = descriptors()
        for _ in range(3):
            async with toys(workers=2) as pool:
                await pool.call("pid")
                with pytest.raises(EngineError):
                    await pool.call("die")
        assert descriptors() == before

    loop_run(run())


HUB = """
import asyncio, sys
from lorgnette.engines.runner import ProcessPool
async def main():
    pool = ProcessPool("toy", "engines.runner.toys:Toy", workers=1, environment={"PYTHONPATH": sys.argv[1]})
    print(await pool.call("pid"), flush=True)
    await pool.call("hang")
asyncio.run(main())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PR_SET_PDEATHSIG is Linux's")
def test_workers_die_with_a_hub_that_is_killed_even_while_they_hang(loop_run):
    with subprocess.Popen([sys.executable, "-c", HUB, str(TESTS)], stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout is not None
        worker = int(hub.stdout.readline())
        assert alive(worker)
        hub.kill()
    loop_run(until(lambda: not alive(worker)))
