"""A server that does everything wrong at random: what stands under its own name in the end is right."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from tests.models.shop import QUICK, Shop, data_of, left, model_of, open_shop

from lorgnette.models import ModelError, Shelf, pull

DATA = data_of(1_200_007)


def plenty(_: Path) -> tuple[int, int]:
    return 1 << 50, 1 << 49


def mood(shop: Shop, dice: random.Random, request: Request) -> Response | None:
    shop.ranges = dice.random() < 0.9
    match dice.randrange(10):
        case 0:
            return shop.give(request, cut=dice.randrange(200_000))
        case 1:
            return shop.code(dice.choice([429, 500, 503]))(request)
        case 2:
            return shop.give(request, lie=dice.randrange(1, 5000))
        case 3:
            return RedirectResponse(request.url.path)
        case 4 if "range" in request.headers:
            headers = {"content-range": shop.give(request).headers.get("content-range", "bytes 0-1/2")}
            return StreamingResponse(shop.stream(b"x" * dice.randrange(1, 150_000)), 206, headers)
        case _:
            return None


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_server_does_only_the_right_bytes_get_the_name(
    loop_run, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    manners = replace(QUICK, piece=100_000, tries=3)

    async def work() -> None:
        async with open_shop() as shop:
            model, shelf = model_of(shop.file("a.onnx", DATA)), Shelf(tmp_path)
            told: list[int] = []
            for _ in range(40):
                shop.faults, shop.stuck = [lambda request: mood(shop, dice, request)], True
                before, told = shelf.here(model), []
                try:
                    await pull([model], shelf, manners, told.append, space=plenty, step=50_000)
                except ModelError:
                    assert "a.onnx" not in left(tmp_path)
                    if left(tmp_path):
                        assert shelf.here(model) == before + sum(told)
                    continue
                break
            else:  # nothing but bad luck: an honest server ends it
                shop.faults, shop.ranges = [], True
                await pull([model], shelf, manners, told.append, space=plenty)
            assert shelf.place(model, model.files[0]).read_bytes() == DATA
            assert left(tmp_path) == ["a.onnx"]

    loop_run(work())
