"""Pages of strangers: no name and no redirect leads home."""

import asyncio
import gzip
from ipaddress import ip_address

import pytest
from tests.engines.server import nobody, serving
from tests.services.web.server import Web

from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.services.web import Forbidden, Refused, Strangers, Unanswered
from lorgnette.services.web.addresses import Address

HOME = ip_address("127.0.0.1")


class Names:
    """A resolver whose answers are given in turn."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [ip_address(text) for text in answer]


def strangers(*answers: list[str], **more) -> tuple[Strangers, Names]:
    """Only 127.0.0.1 counts as the internet here; every other address is forbidden."""
    names = Names(*answers or (["127.0.0.1"],))
    return Strangers(resolve=names, allowed=lambda address: address == HOME, **more), names


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://127.1:1/",
        "http://2130706433:1/",
        "http://0x7f000001:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://0.0.0.0:1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "//example.org",
        "http://",
        "http://user:word@93.184.216.34/",
        "http://93.184.216.34:99999/",
        "javascript:alert(1)",
        "http://93.184.216.34/" + "a" * 3000,
    ],
    ids=lambda url: url[:48],
)
def test_what_leads_home_or_is_no_web_address_is_forbidden(url: str, loop_run) -> None:
    with pytest.raises(Forbidden):
        loop_run(Strangers().get(url))


def test_a_page_is_fetched_by_its_name_from_the_address_that_was_judged(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.page("/a", "<p>hello")
            port = web.root.rpartition(":")[2]
            get, names = strangers()
            told: list[Parcel] = []
            with on(Behalf("w", told.append)):
                page = await get.get(f"http://news.example:{port}/a?b=ü#c")
            assert page.body == b"<p>hello"
            assert (page.host, page.type) == ("news.example", "text/html")
            assert names.asked == ["news.example"]
            assert web.headers[0]["host"] == f"news.example:{port}"
            assert web.requests == [{"path": "/a", "query": {"b": "ü"}}]
            assert [(one.host, one.what, one.how) for one in told] == [("news.example", "question", "ok")]

    loop_run(work())


def test_a_name_that_changes_its_mind_is_asked_once_so_rebinding_leads_nowhere(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.page("/", "here")
            port = web.root.rpartition(":")[2]
            get, names = strangers(["127.0.0.1"], ["127.0.0.2"])
            assert (await get.get(f"http://rebind.example:{port}/")).body == b"here"
            assert len(names.asked) == 1  # nobody asked again between judging and connecting
            with pytest.raises(Forbidden):
                await get.get(f"http://rebind.example:{port}/")
            assert len(web.requests) == 1

    loop_run(work())


def test_one_address_at_home_among_several_spoils_the_name(loop_run) -> None:
    get, _ = strangers(["127.0.0.1", "10.0.0.7"])
    with pytest.raises(Forbidden):
        loop_run(get.get("http://both.example/"))


def test_a_redirect_home_is_forbidden_and_one_to_elsewhere_followed(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            port = web.root.rpartition(":")[2]
            web.then(status=302, location=f"http://inside.example:{port}/secret")
            get, _ = strangers(["127.0.0.1"], ["192.168.0.1"])
            with pytest.raises(Forbidden):
                await get.get(f"http://out.example:{port}/")
            assert web.paths == ["/"]
            web.scripts.clear()
            web.then(status=301, location="/next")
            web.page("/next", "there")
            get, names = strangers()
            page = await get.get(f"http://out.example:{port}/x")
            assert (page.body, page.url) == (b"there", f"http://out.example:{port}/next")
            assert names.asked == ["out.example"] * 2  # each hop is judged

    loop_run(work())


@pytest.mark.parametrize("there", ["file:///etc/passwd", "http://127.0.0.1:1/", "http://[", "ftp://x/"])
def test_a_redirect_to_something_else_than_the_web_is_an_error(there: str, loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.then(status=302, location=there)
            get = Strangers(resolve=Names(["127.0.0.1"], ["127.0.0.1"]), allowed=lambda _: False)
            get._trusted = frozenset({"out.example"})
            with pytest.raises((Forbidden, Unanswered)):
                await get.get(f"http://out.example:{web.root.rpartition(':')[2]}/")

    loop_run(work())


def test_redirects_end_sometime(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            web.then(status=302, location="/again")
            get, _ = strangers()
            with pytest.raises(Unanswered):
                await get.get(f"http://out.example:{web.root.rpartition(':')[2]}/")
            assert len(web.requests) == 5

    loop_run(work())


def test_too_much_too_slow_and_nobody_there_are_each_one_error(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            port = web.root.rpartition(":")[2]
            get, _ = strangers(longest=1000, seconds=0.3)
            web.page("/long", b"x" * 1001)
            with pytest.raises(Unanswered):
                await get.get(f"http://out.example:{port}/long")
            web.then(gzip.compress(b"x" * 5_000_000), content_encoding="gzip")
            with pytest.raises(Unanswered):
                await get.get(f"http://out.example:{port}/bomb")
            web.scripts.clear()
            web.stream([b"a"] * 100, "text/html", pause=0.05)
            with pytest.raises(Unanswered):
                await get.get(f"http://out.example:{port}/slow")
            await asyncio.wait_for(web.gone.wait(), 5)
            with pytest.raises(Unanswered):
                await get.get(f"http://out.example:{nobody()}/")
            web.scripts.clear()
            web.then("no", 404)
            with pytest.raises(Refused) as refused:
                await get.get(f"http://out.example:{port}/none")
            assert refused.value.status == 404

    loop_run(work())


def test_a_small_packed_page_is_unpacked_and_a_broken_one_an_error(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            port = web.root.rpartition(":")[2]
            get, _ = strangers()
            web.then(gzip.compress(b"hello"), content_encoding="gzip")
            assert (await get.get(f"http://out.example:{port}/")).body == b"hello"
            for body, kind in (
                (b"nonsense", "gzip"),
                (gzip.compress(b"hello" * 99)[:20], "gzip"),
                (b"x", "br"),
            ):
                web.scripts.clear()
                web.then(body, content_encoding=kind)
                with pytest.raises(Unanswered):
                    await get.get(f"http://out.example:{port}/")

    loop_run(work())
