"""Fixtures for every test: the shared data, an event loop, a private home."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["tests.store.databases"]


@pytest.fixture
def shared() -> Path:
    """The folder of test data beside the checkout; skips where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("../shared/data is not here")
    return folder


@pytest.fixture
def loop_run() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Runs a coroutine to its end on a fresh loop, at most 60 seconds."""

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        async def bounded() -> Any:
            async with asyncio.timeout(60):
                return await work

        return asyncio.run(bounded())

    return run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for configuration, data and cache of one test."""
    for name in ("CONFIG", "DATA", "CACHE", "STATE", "RUNTIME"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}", str(folder))
    return tmp_path


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """A command that sets the log up, as each does, leaves the tests after it as loud as before."""
    root = logging.getLogger()
    own = [logging.getLogger(name) for name in ("lorgnette", "lorgnette.sdk.registry")]
    before = [(one, one.level) for one in (root, *own)]
    yield
    for one, level in before:
        one.setLevel(level)
