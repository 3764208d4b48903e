"""Outside tools: real servers of the official SDK, added, approved, called, changed and broken."""

import asyncio

import pytest

pytest.importorskip("mcp")

from tests.services.mcp import peer
from tests.services.mcp.stage import at, elsewhere, outside, program

from lorgnette.core.errors import Busy, ConfigError, LorgnetteError, NotFound
from lorgnette.core.outgoing import Behalf, on
from lorgnette.core.taint import Source
from lorgnette.sdk.schema import ArgumentError
from lorgnette.services.mcp.connection import MOST_CALLS, Faulty, Unreached
from lorgnette.services.mcp.pinned import Unusable
from lorgnette.services.mcp.results import LONGEST

EVERY = dict.fromkeys(("add", "post", "slow", "picture", "die", "asks", "liar", "wordy"), "query")


def test_a_server_elsewhere_is_asked_and_answers_in_words_that_are_its_own(loop_run) -> None:
    async def work() -> None:
        parcels = []
        async with elsewhere() as port, outside(seconds=0.3, longest_seconds=0.8) as service:
            view = await service.add("w1", "peer", at(port), everyone=True)
            assert {one.name: (one.state, one.effect) for one in view.tools}["add"] == ("new", "query")
            assert {one.name: one.effect for one in view.tools}["post"] == "reach_out"
            mine = service.of("w2")  # the whole household's
            with pytest.raises(NotFound, match="isn't approved"):
                await mine.call("peer", "add", {"a": 1, "b": 2})
            await service.approve("w1", "peer", EVERY)
            with on(Behalf("w2", parcels.append)):
                found = await mine.call("peer", "add", {"a": 1, "b": 2})
            assert (found.text, found.source, found.ok) == ('{"sum": 3}', Source("tool", "peer"), True)
            assert [(one.host, one.what, one.wearer) for one in parcels] == [("127.0.0.1", "question", "w2")]
            with pytest.raises(ArgumentError, match="required"):
                await mine.call("peer", "add", {"a": 1})
            with pytest.raises(ArgumentError, match="not of type"):
                await mine.call("peer", "add", {"a": 1, "b": "x"})
            picture = await mine.call("peer", "picture", {})
            assert len(picture.pictures) == 1  # the other is none, whatever it says
            assert picture.text.endswith("[report: file:///report.pdf]")
            wordy = await mine.call("peer", "wordy", {})
            assert len(wordy.text) == LONGEST
            liar = await mine.call("peer", "liar", {})  # its own schema is not believed, nor checked
            assert "five" in liar.text
            assert (await mine.call("peer", "slow", {"seconds": 0.5, "progress": True})).text == "slept"
            for seconds, progress in ((0.5, False), (1.5, True)):
                with pytest.raises(Unreached, match="in time"):
                    await mine.call("peer", "slow", {"seconds": seconds, "progress": progress})
            with pytest.raises(LorgnetteError):
                await mine.call("peer", "asks", {})  # nobody is asked for a PIN by a server
            uses = await service.uses.of("w2")
            assert [(one.what, one.how) for one in uses][-1] == ("add", "ok")
            assert {one.how for one in uses} == {"ok", "failed"}
            assert await service.uses.of("w1") == []

    loop_run(work())


def test_a_description_that_changed_switches_the_tool_off_until_it_is_looked_at(loop_run) -> None:
    async def work() -> None:
        async with outside() as service:
            async with elsewhere() as port:
                await service.add("w1", "peer", at(port), everyone=True)
                await service.approve("w1", "peer", {"add": "read", "post": "act"})
            async with elsewhere("changed", port):
                view = await service.test("w1", "peer")
                add = next(one for one in view.tools if one.name == "add")
                assert add.state == "changed"
                assert any("mallory" in line for line in add.difference)
                before = len(peer.CALLS)
                with pytest.raises(LorgnetteError, match="something else"):
                    await service.of("w1").call("peer", "add", {"a": 1, "b": 2})
                assert len(peer.CALLS) == before
                await service.of("w1").call("peer", "post", {"text": "hello"})
                seen = {**(await service.digests("w1", "peer")), "add": "of another one"}
                with pytest.raises(Unusable):
                    await service.approve("w1", "peer", {"add": "read"}, digests=seen)
                await service.approve("w1", "peer", {"add": "read"})
                assert (await service.of("w1").call("peer", "add", {"a": 1, "b": 2})).ok

    loop_run(work())


def test_a_change_is_seen_before_the_first_call_after_a_pause(loop_run) -> None:
    async def work() -> None:
        async with outside() as service:
            async with elsewhere() as port:
                await service.add("w1", "peer", at(port), everyone=True)
                await service.approve("w1", "peer", {"add": "read"})
            await service.close()
            async with elsewhere("changed", port):
                before = len(peer.CALLS)
                with pytest.raises(LorgnetteError, match="something else"):
                    await service.of("w1").call("peer", "add", {"a": 1, "b": 2})
                assert len(peer.CALLS) == before

    loop_run(work())


def test_what_nobody_could_approve_is_left_out_and_the_rest_is_shown_harmless(loop_run) -> None:
    async def work() -> None:
        async with elsewhere("hostile") as port, outside() as service:
            view = await service.add("w1", "bad", at(port), everyone=True)
            tools = {one.name: one for one in view.tools}
            assert {"deep", "huge", "bad name!\u202e"}.isdisjoint(tools)
            bidi = tools["bidi"].description
            assert len(bidi) <= 1_000
            assert all(letter.isprintable() or letter == "\n" for letter in bidi)
            for name in ("bomb", "loop"):
                with pytest.raises(Unusable):
                    await service.approve("w1", "bad", {name: "read"})
            await service.approve("w1", "bad", {"regex": "read"})
            async with asyncio.timeout(5):  # its pattern alone would take hours
                await service.of("w1").call("bad", "regex", {"x": "a" * 40 + "!"})

    loop_run(work())


def test_a_program_is_started_dies_and_is_there_again(loop_run) -> None:
    async def work() -> None:
        async with outside() as service:
            view = await service.add("w1", "peer", program(), everyone=False)
            assert (view.kind, view.state) == ("program", "open")
            await service.approve("w1", "peer", EVERY)
            with pytest.raises(Unreached, match="ended"):
                await service.of("w1").call("peer", "die", {})
            assert (await service.of("w1").call("peer", "add", {"a": 20, "b": 22})).text == '{"sum": 42}'
            with pytest.raises(NotFound):
                await service.of("w2").call("peer", "add", {"a": 1, "b": 2})

    loop_run(work())


def test_one_that_cannot_be_opened_is_not_kept(loop_run) -> None:
    async def work() -> None:
        async with outside() as service:
            with pytest.raises(ConfigError, match="isn't found"):
                await service.add(
                    "w1", "gone", program().__class__(command=("/nowhere/at-all",)), everyone=True
                )
            with pytest.raises(Unreached):
                await service.add("w1", "web", at(1), everyone=True)
            with pytest.raises(ConfigError, match="lower case"):
                await service.add("w1", "Not a name", at(1), everyone=True)
            assert await service.views("w1") == []

    loop_run(work())


def test_a_server_works_on_a_few_calls_at_once(loop_run) -> None:
    async def work() -> None:
        async with elsewhere() as port, outside() as service:
            await service.add("w1", "peer", at(port), everyone=True)
            await service.approve("w1", "peer", {"slow": "query"})
            call = service.of("w1").call
            slow = [
                asyncio.create_task(call("peer", "slow", {"seconds": 0.3, "progress": False}))
                for _ in range(MOST_CALLS + 1)
            ]
            done = await asyncio.gather(*slow, return_exceptions=True)
            assert sum(isinstance(one, Busy) for one in done) == 1

    loop_run(work())


def test_what_is_switched_off_or_removed_is_not_called(loop_run) -> None:
    async def work() -> None:
        async with elsewhere() as port, outside() as service:
            await service.add("w1", "peer", at(port), everyone=True)
            await service.approve("w1", "peer", {"add": "read"})
            await service.switch("w1", "peer", working=False, tool="add")
            with pytest.raises(NotFound):
                await service.of("w1").call("peer", "add", {"a": 1, "b": 2})
            await service.switch("w1", "peer", working=True, tool="add")
            await service.switch("w1", "peer", working=False)
            assert await service.of("w1").tools() == []
            await service.switch("w1", "peer", working=True)
            assert (await service.of("w1").call("peer", "add", {"a": 1, "b": 2})).ok
            await service.remove("w1", "peer")
            with pytest.raises(NotFound):
                await service.of("w1").call("peer", "add", {"a": 1, "b": 2})

    loop_run(work())


def test_a_call_that_nobody_waits_for_is_taken_back(loop_run) -> None:
    async def work() -> None:
        async with elsewhere() as port, outside() as service:
            await service.add("w1", "peer", at(port), everyone=True)
            await service.approve("w1", "peer", {"slow": "query", "add": "query"})
            task = asyncio.create_task(
                service.of("w1").call("peer", "slow", {"seconds": 9.0, "progress": False})
            )
            while not peer.CALLS or peer.CALLS[-1][1].get("seconds") != 9.0:
                await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert (await service.of("w1").call("peer", "add", {"a": 1, "b": 1})).ok
            assert (await service.uses.of("w1"))[-1].how == "stopped"

    loop_run(work())


def test_an_endless_line_ends_the_program_and_nothing_else(loop_run) -> None:
    endless = program().__class__(command=("/bin/sh", "-c", "yes | tr -d '\\n'"))

    async def work() -> None:
        async with outside() as service:
            async with asyncio.timeout(15):
                with pytest.raises(Unreached):
                    await service.add("w1", "endless", endless, everyone=True)

    loop_run(work())


def test_a_refusal_is_a_fault_of_the_server(loop_run) -> None:
    async def work() -> None:
        async with elsewhere() as port, outside() as service:
            await service.add("w1", "peer", at(port), everyone=True)
            await service.approve("w1", "peer", {"asks": "query"})
            with pytest.raises((Faulty, Unreached)):
                await service.of("w1").call("peer", "asks", {})

    loop_run(work())
