"""A server that asks who somebody is: logged in by a browser, remembered, and refused without."""

import asyncio

import httpx
import pytest

pytest.importorskip("mcp")

from tests.services.mcp.doorman import Doorman, guarded
from tests.services.mcp.stage import outside

from lorgnette.services.mcp.login import NotLoggedIn, Redirect
from lorgnette.services.mcp.place import Place


def test_somebody_logs_in_once_and_is_known_from_then_on(loop_run) -> None:
    async def work() -> None:
        doorman = Doorman()
        async with guarded(doorman) as port, outside() as service:
            place = Place(url=f"http://127.0.0.1:{port}/mcp", login=True)
            view = await service.add("w1", "peer", place, everyone=False)
            assert view.tools == ()
            with pytest.raises(NotLoggedIn):
                await service.test("w1", "peer")

            redirect = Redirect()
            await redirect.open()
            opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()

            async def browser(url: str) -> None:
                async def visit() -> None:
                    async with httpx.AsyncClient(follow_redirects=True) as client:
                        answer = await client.get(url)
                    opened.set_result(answer.status_code)

                visits.append(asyncio.create_task(visit()))

            visits: list[asyncio.Task[None]] = []
            try:
                await service.login("w1", "peer", redirect, browser)
            finally:
                await redirect.close()
            assert await opened == 200
            await asyncio.gather(*visits)
            view = await service.test("w1", "peer")
            assert view.state == "open"
            await service.approve("w1", "peer", {"add": "query"})
            assert (await service.of("w1").call("peer", "add", {"a": 1, "b": 2})).ok

    loop_run(work())


def test_a_browser_that_brings_no_code_is_sent_away(loop_run) -> None:
    async def work() -> None:
        redirect = Redirect()
        await redirect.open()
        try:
            async with httpx.AsyncClient() as client:
                assert (await client.get(redirect.url)).status_code == 404
                there = await client.get(redirect.url, params={"code": "c", "state": "s"})
                assert there.status_code == 200
            found = await redirect.code()
            assert (found.code, found.state) == ("c", "s")
        finally:
            await redirect.close()

    loop_run(work())
