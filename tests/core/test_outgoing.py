"""What leaves is told once, with how it ended and for whom; nobody is told of anything without a behalf."""

import asyncio

import pytest

from lorgnette.core.errors import EngineError
from lorgnette.core.outgoing import Behalf, Parcel, context_of, leaving, on


def _refused(parcel: Parcel) -> None:
    parcel.how = "refused"
    raise EngineError("429")


def test_an_end_is_told_with_its_outcome() -> None:
    told: list[Parcel] = []
    with on(Behalf("ada", told.append)):
        with leaving("one.example", "speech", 10) as parcel:
            parcel.size += 5
        with pytest.raises(EngineError), leaving("two.example", "conversation"):
            raise EngineError("broke off")
        with pytest.raises(asyncio.CancelledError), leaving("three.example", "sentences"):
            raise asyncio.CancelledError
        with pytest.raises(EngineError), leaving("four.example", "speech") as parcel:
            _refused(parcel)
    assert told == [
        Parcel("one.example", "speech", 15, "ok", "ada"),
        Parcel("two.example", "conversation", 0, "failed", "ada"),
        Parcel("three.example", "sentences", 0, "stopped", "ada"),
        Parcel("four.example", "speech", 0, "refused", "ada"),
    ]


def test_without_an_errand_nobody_is_told() -> None:
    told: list[Parcel] = []
    with on(Behalf("ada", told.append)), on(None), leaving("one.example", "speech"):
        pass
    assert told == []


def test_tasks_work_for_whom_they_were_begun(loop_run) -> None:
    told: list[Parcel] = []

    async def send(host: str) -> None:
        with leaving(host, "speech"):
            await asyncio.sleep(0)

    async def work() -> None:
        contexts = {name: context_of(Behalf(name, told.append)) for name in ("ada", "bob")}
        tasks = [
            asyncio.create_task(send(f"{name}{number}"), context=context)
            for number in range(3)
            for name, context in contexts.items()
        ]
        await asyncio.gather(*tasks)

    loop_run(work())
    assert sorted((one.host, one.wearer) for one in told) == sorted(
        (f"{name}{number}", name) for number in range(3) for name in ("ada", "bob")
    )
