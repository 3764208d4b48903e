"""A server that the settings name is asked with patience, and never with too much of it."""

import msgspec
import pytest
from tests.engines.server import nobody, serving
from tests.services.web.server import Web

from lorgnette.core.clock import ManualClock
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.services.web import Kept, Refused, Unanswered, WebClient


class Answer(msgspec.Struct):
    """What some server says."""

    n: int


def test_an_answer_is_read_and_told_of_without_words(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            client = WebClient(headers={"authorization": "Bearer s3cret"})
            web.then('{"n": 3, "more": []}')
            told: list[Parcel] = []
            with on(Behalf("w", told.append)):
                got = await client.get(f"{web.root}/v1/x", {"q": "where am i"})
            assert got.json(Answer).n == 3
            assert got.url == "http://127.0.0.1/v1/x"
            assert web.requests[0]["query"] == {"q": "where am i"}
            assert web.headers[0]["authorization"] == "Bearer s3cret"
            assert [(one.host, one.how, one.wearer) for one in told] == [("127.0.0.1", "ok", "w")]
            await client.aclose()

    loop_run(work())


def test_a_busy_server_is_asked_twice_and_then_said_to_be_busy(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            client = WebClient()
            web.then("", 503)
            web.then('{"n": 1}')
            assert (await client.get(web.root)).json(Answer).n == 1
            web.scripts.clear()
            web.then("", 429)
            with pytest.raises(Refused) as refused:
                await client.get(web.root)
            assert refused.value.phrase == "error-service-busy"
            assert len(web.requests) == 4
            web.scripts.clear()
            web.then("", 429, retry_after="3600")
            with pytest.raises(Refused):
                await client.get(web.root)
            assert len(web.requests) == 5  # nobody waits an hour
            web.scripts.clear()
            web.then("", 500)
            with pytest.raises(Unanswered):
                await client.get(web.root)
            web.scripts.clear()
            web.then("", 403)
            with pytest.raises(Refused) as refused:
                await client.get(web.root)
            assert refused.value.phrase == "error-service-refused"
            assert len(web.requests) == 8
            await client.aclose()

    loop_run(work())


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", '{"n": "x"}', "null", '{"n": 1', "\x00\x01", "[" * 5000], ids=range(8)
)
def test_garbage_is_an_error_that_speaks(body: str, loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            client = WebClient()
            web.then(body)
            with pytest.raises(Unanswered) as wrong:
                (await client.get(web.root)).json(Answer)
            assert wrong.value.phrase == "error-service"
            await client.aclose()

    loop_run(work())


def test_too_long_too_slow_and_nobody_there_are_each_one_error(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            client = WebClient(seconds=0.3, longest=100)
            web.then(b"x" * 101)
            with pytest.raises(Unanswered):
                await client.get(web.root)
            web.scripts.clear()
            web.then_json({}, pause=5)
            with pytest.raises(Unanswered):
                await client.get(web.root)
            with pytest.raises(Unanswered):
                await client.get(f"http://127.0.0.1:{nobody()}/?q=secret")
            await client.aclose()

    loop_run(work())


def test_what_is_kept_is_bounded_in_number_and_age() -> None:
    clock = ManualClock()
    kept: Kept[str, int] = Kept(10.0, 2, clock.steady)
    kept.put("a", 1)
    kept.put("b", 2)
    kept.put("a", 3)
    kept.put("c", 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c"), len(kept)) == (3, None, 4, 2)
    clock.advance(10.0)
    assert kept.get("a") is None
    assert len(kept) == 1
