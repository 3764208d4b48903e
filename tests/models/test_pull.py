"""Pulling from a server that behaves, and from all those that don't."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from tests.models.shop import QUICK, Shop, data_of, left, model_of, open_shop

from lorgnette.core.errors import Busy
from lorgnette.models import Manners, Mismatch, Model, ModelError, Shelf, pull

DATA = data_of(3_000_001)


def plenty(_: Path) -> tuple[int, int]:
    return 1 << 50, 1 << 49


async def fetched(model: Model, folder: Path, manners: Manners = QUICK) -> int:
    """Pull; the bytes that were told of."""
    told: list[int] = []
    await pull([model], Shelf(folder), manners, told.append, space=plenty, step=100_000)
    return sum(told)


def check(folder: Path, data: bytes = DATA) -> None:
    assert (folder / "tiny" / "a.onnx").read_bytes() == data
    assert left(folder) == ["a.onnx"]


def in_shop(loop_run: Callable, work: Callable) -> None:
    async def inside() -> None:
        async with open_shop() as shop:
            await work(shop)

    loop_run(inside())


def test_stretches_come_side_by_side(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        shop.pause = 0.002
        assert await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path) == len(DATA)
        assert shop.busiest > 1
        assert len(shop.asked) == 12

    in_shop(loop_run, work)
    check(tmp_path)


@pytest.mark.parametrize("connections", [1, 4])
def test_a_server_without_ranges_gives_it_whole(loop_run, tmp_path: Path, connections: int) -> None:
    async def work(shop: Shop) -> None:
        shop.ranges = False
        manners = replace(QUICK, connections=connections)
        assert await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path, manners) == len(DATA)

    in_shop(loop_run, work)
    check(tmp_path)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_line_is_taken_up_again(loop_run, tmp_path: Path, ranges: bool) -> None:
    async def work(shop: Shop) -> None:
        shop.ranges = ranges
        shop.faults = [shop.cut(100_000), shop.cut(70_000), shop.cut(0)]
        assert await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path) == len(DATA)

    in_shop(loop_run, work)
    check(tmp_path)


def test_what_was_given_up_goes_on_from_where_it_was(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        model = model_of(shop.file("a.onnx", DATA))
        ok: list[Callable[[Request], None]] = [lambda _: None] * 5
        shop.faults = [*ok, shop.code(500)]
        shop.stuck = True
        with pytest.raises(ModelError, match=r"500.*goes on from there"):
            await fetched(model, tmp_path)
        here = Shelf(tmp_path).here(model)
        assert 0 < here < len(DATA)
        assert left(tmp_path) == ["a.onnx.journal", "a.onnx.part"]
        shop.faults, shop.sent = [], 0
        assert await fetched(model, tmp_path) == len(DATA) - here
        assert shop.sent == len(DATA) - here

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_journal_of_another_file_is_not_believed(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        folder = tmp_path / "tiny"
        folder.mkdir()
        (folder / "a.onnx.part").write_bytes(b"x" * len(DATA))
        for journal in (b"{", b'{"sha256":"0","bytes":3000001,"done":[[0,3000001]]}'):
            (folder / "a.onnx.journal").write_bytes(journal)
            assert Shelf(tmp_path).here(model_of(shop.file("a.onnx", DATA))) == 0
        await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_wrong_hash_deletes_the_part_and_nothing_else(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        other = shop.file("b.txt", b"tokens")
        model = model_of(other, shop.file("a.onnx", DATA, sha256="0" * 64))
        with pytest.raises(Mismatch, match="another hash"):
            await fetched(model, tmp_path)
        assert left(tmp_path) == ["b.txt"]
        assert not Shelf(tmp_path).installed(model)

    in_shop(loop_run, work)


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("off", [-1, 1])
def test_a_wrong_length_is_noticed_before_it_is_fetched(
    loop_run, tmp_path: Path, ranges: bool, off: int
) -> None:
    async def work(shop: Shop) -> None:
        shop.ranges = ranges
        with pytest.raises(Mismatch, match="the catalogue names"):
            await fetched(model_of(shop.file("a.onnx", DATA, bytes=len(DATA) + off)), tmp_path)
        assert not ranges or shop.sent < len(DATA) / 2
        assert left(tmp_path) == []

    in_shop(loop_run, work)


@pytest.mark.parametrize("off", [-1, 1])
def test_a_wrong_length_without_a_header_is_noticed_too(loop_run, tmp_path: Path, off: int) -> None:
    async def work(shop: Shop) -> None:
        shop.faults = [lambda _: StreamingResponse(shop.stream(DATA))]
        shop.stuck = True
        with pytest.raises(Mismatch, match="the catalogue names"):
            await fetched(model_of(shop.file("a.onnx", DATA, bytes=len(DATA) + off)), tmp_path)

    in_shop(loop_run, work)


def test_a_file_that_is_gone_is_asked_for_once(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        model = model_of(shop.file("a.onnx", DATA))
        shop.goods.clear()
        with pytest.raises(ModelError, match="404"):
            await fetched(model, tmp_path)
        assert len(shop.asked) == 1

    in_shop(loop_run, work)


def test_a_busy_server_is_asked_again_when_it_said(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        shop.faults = [shop.code(429, retry_after="0"), shop.code(503), shop.code(500)]
        await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_broken_server_is_given_up_after_a_few_tries(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        shop.faults, shop.stuck = [shop.code(502)], True
        with pytest.raises(ModelError, match="given up after 4 tries"):
            await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path)
        assert len(shop.asked) == 4

    in_shop(loop_run, work)


def test_a_server_that_trickles_or_is_silent_is_given_up(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        model = model_of(shop.file("a.onnx", DATA))
        shop.pause = 0.05
        trickle = replace(QUICK, patience=0.1, slowest=1e8, tries=2)
        with pytest.raises(ModelError, match="too slow"):
            await fetched(model, tmp_path, trickle)
        shop.pause = 3.0
        with pytest.raises(ModelError, match="given up after 2 tries"):
            await fetched(model, tmp_path, replace(QUICK, silence=0.1, tries=2))

    in_shop(loop_run, work)


def test_nobody_there_is_said_in_a_sentence(loop_run, tmp_path: Path) -> None:
    async def work() -> None:
        async with open_shop() as shop:
            model = model_of(shop.file("a.onnx", DATA))
        with pytest.raises(ModelError, match=r"127\.0\.0\.1:\d+: .+; given up"):
            await fetched(model, tmp_path)

    loop_run(work())


def test_redirects_are_followed_and_a_loop_is_not(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        def moved(request: Request) -> Response | None:
            return RedirectResponse("/a.onnx") if request.url.path == "/old" else None

        shop.faults, shop.stuck = [moved], True
        file = shop.file("a.onnx", DATA, url=f"{shop.url}/old")
        await fetched(model_of(file), tmp_path)
        shop.faults = [lambda request: RedirectResponse(request.url.path)]
        with pytest.raises(ModelError, match="redirects more than 5"):
            await fetched(model_of(file, id="other"), tmp_path)
        for target in (
            "http://example.org/a.onnx",
            "ftp://127.0.0.1/a",
            "file:///etc/passwd",
            "http://[::1",
            "https://",
        ):
            shop.faults = [lambda _, target=target: RedirectResponse(target)]
            with pytest.raises(
                ModelError, match=r"redirected to where models don't come from|Invalid URL in location"
            ):
                await fetched(model_of(file, id="other"), tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def lies(shop: Shop) -> dict[str, Callable[[Request], Response]]:
    def longer(request: Request) -> Response:
        answer = shop.give(request)
        return StreamingResponse(
            shop.stream(DATA), answer.status_code, {"content-range": answer.headers.get("content-range", "")}
        )

    def nonsense(request: Request) -> Response:
        return StreamingResponse(shop.stream(DATA), 206, {"content-range": "bytes */*"})

    return {
        "another stretch": lambda request: shop.give(request, lie=1000),
        "more than asked": longer,
        "nonsense": nonsense,
        "packed": lambda request: StreamingResponse(
            shop.stream(b"x"), 206, {**shop.give(request).headers, "content-encoding": "gzip"}
        ),
    }


@pytest.mark.parametrize("lie", ["another stretch", "more than asked", "nonsense", "packed"])
def test_ranges_that_lie_are_not_believed(loop_run, tmp_path: Path, lie: str) -> None:
    async def work(shop: Shop) -> None:
        told = lies(shop)[lie]
        shop.faults = [lambda request: told(request) if "range" in request.headers else None]
        shop.stuck = True
        assert await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path) == len(DATA)

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_range_with_other_bytes_fails_at_the_hash(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        def swapped(request: Request) -> Response:
            headers = {"content-range": shop.give(request).headers["content-range"]}
            return StreamingResponse(shop.stream(b"x" * (256 << 10)), 206, headers)

        shop.faults = [swapped]
        with pytest.raises(Mismatch, match="another hash"):
            await fetched(model_of(shop.file("a.onnx", DATA)), tmp_path)
        assert left(tmp_path) == []

    in_shop(loop_run, work)


def test_a_full_disk_is_said_before_anything_is_fetched(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        model = model_of(shop.file("a.onnx", DATA))
        total = 100_000_000
        for free, enough in ((total // 20 + len(DATA) - 1, False), (total // 20 + len(DATA), True)):
            work = pull(
                [model], Shelf(tmp_path), QUICK, lambda _: None, space=lambda _, free=free: (total, free)
            )
            if enough:
                await work
                continue
            with pytest.raises(ModelError, match="no room"):
                await work
            assert shop.asked == []

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_file_that_the_disk_does_not_take_is_said(loop_run, tmp_path: Path) -> None:
    import resource
    import signal

    async def work(shop: Shop) -> None:
        model = model_of(shop.file("a.onnx", DATA))
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
        try:
            with pytest.raises(ModelError, match=r"File too large"):
                await fetched(model, tmp_path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, before)
        await fetched(model, tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def test_two_pulls_of_a_model_do_not_fight(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        shop.pause = 0.01
        model = model_of(shop.file("a.onnx", DATA))
        first = asyncio.create_task(fetched(model, tmp_path))
        while not shop.sent:
            await asyncio.sleep(0)
        with pytest.raises(Busy, match="another command"):
            await fetched(model, tmp_path)
        with pytest.raises(Busy, match="another command"):
            Shelf(tmp_path).remove(model.id)
        await first

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_damaged_file_is_fetched_anew_and_a_sound_one_is_left(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        model = model_of(shop.file("a.onnx", DATA))
        await fetched(model, tmp_path)
        shop.asked.clear()
        assert await fetched(model, tmp_path) == 0
        assert shop.asked == []
        (tmp_path / "tiny" / "a.onnx").write_bytes(b"x" * len(DATA))
        await fetched(model, tmp_path)

    in_shop(loop_run, work)
    check(tmp_path)


def test_a_mirror_takes_the_place_of_scheme_and_host(loop_run, tmp_path: Path) -> None:
    async def work(shop: Shop) -> None:
        file = shop.file("a.onnx", DATA, url="https://example.org/a.onnx?download=true")
        shop.goods["mirror/a.onnx"] = DATA
        await fetched(model_of(file), tmp_path, replace(QUICK, mirror=f"{shop.url}/mirror/"))
        assert {path for path, _ in shop.asked} == {"/mirror/a.onnx"}

    in_shop(loop_run, work)
    check(tmp_path)
