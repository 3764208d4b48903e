"""`lorgnette models` as it is typed: some in a real process that is killed in the middle."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.models.shop import Shop, data_of, left, open_shop
from typer.testing import CliRunner

from lorgnette.cli.models import app
from lorgnette.core.errors import LorgnetteError
from lorgnette.models import ModelFile

TEXT = '# mine\n[speech]\nasr = ["pocketsphinx"]  # for now\n'


async def started(*words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "lorgnette.cli",
        "models",
        *words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )


async def command(*words: str, code: int = 0) -> str:
    """In this process, beside the server's loop; for a failure what it is about."""
    done = await asyncio.to_thread(CliRunner().invoke, app, list(words))
    if code:
        assert isinstance(done.exception, LorgnetteError), done.output
        return done.exception.detail
    assert done.exit_code == 0, done.output + repr(done.exception)
    return done.output


def entry(*files: ModelFile, id: str = "tiny", engine: str = "canned") -> str:
    listed = ",\n".join(
        f'{{ path = "{one.path}", url = "{one.url}", bytes = {one.bytes}, sha256 = "{one.sha256}" }}'
        for one in files
    )
    return (
        f'[[model]]\nid = "{id}"\nkind = "asr"\nengine = "{engine}"\nlanguages = ["de", "zh"]\n'
        f'licence = "CC0-1.0"\nsource = "https://example.org/sums"\nfiles = [\n{listed},\n]\n'
        'use = { "asr_openai.prompt" = "{folder}/a.onnx" }\n'
    )


@pytest.fixture
def settings(home: Path) -> Path:
    folder = home / "config" / "lorgnette"
    (folder / "models.d").mkdir(parents=True)
    (folder / "lorgnette.toml").write_text(TEXT)
    return folder / "lorgnette.toml"


def test_from_the_list_to_the_settings_and_away_again(loop_run, home: Path, settings: Path) -> None:
    text_of = settings.read_text
    (home / "stick").mkdir()
    (home / "stick" / "x").write_bytes(b"tokens")

    own = settings.parent / "models.d"
    folder = home / "data" / "lorgnette" / "models" / "tiny"

    async def work() -> None:
        async with open_shop() as shop:
            model = entry(shop.file("a.onnx", data_of(700_000)), shop.file("t.txt", b"tokens"))
            other = entry(shop.file("b.onnx", b"b"), id="strange", engine="nobody")
            huge = entry(shop.file("c.onnx", b"c", bytes=190 << 30), id="huge")
            (own / "mine.toml").write_text(model + other + huge)
            rows = {row["id"]: row for row in map(json.loads, (await command("list", "--json")).splitlines())}
            assert rows["tiny"]["fit"] == "fits"
            assert rows["tiny"]["installed"] is False
            assert "huge" not in rows
            assert rows["tiny"]["runnable"]
            assert not rows["strange"]["runnable"]
            assert "isn't here yet" in await command("use", "tiny", code=1)
            text = await command("pull", "tiny", "strange")
            assert str(folder) in text.replace("\n", "")
            assert "no engine nobody is installed" in text
            assert left(folder) == ["a.onnx", "t.txt"]
            assert "here" in await command("list", "--all")
            assert "isn't installed" in await command("use", "strange", code=1)
            assert text_of() == TEXT
            assert "next start" in await command("use", "tiny")
            written = text_of()
            assert "# mine" in written
            assert '["canned", "pocketsphinx"]' in written
            assert f'prompt = "{folder}/a.onnx"' in written
            assert "is gone" in await command("rm", "tiny")
            assert left(folder.parent) == ["b.onnx"]
            assert "isn't on this machine" in await command("rm", "tiny", code=1)
            assert "lacks a.onnx" in await command("import", str(home / "stick"))
            assert "no model 'tinny'" in await command("pull", "tinny", code=1)

    loop_run(work())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_pull_that_dies_goes_on_from_there(
    loop_run, home: Path, settings: Path, how: signal.Signals
) -> None:
    data = data_of(32 << 20)

    async def work() -> None:
        async with open_shop() as shop:
            (settings.parent / "models.d" / "mine.toml").write_text(entry(shop.file("a.onnx", data)))
            process = await _until(shop, 20 << 20)
            process.send_signal(how)
            _, errors = await asyncio.wait_for(process.communicate(), 20)
            assert b"Traceback" not in errors
            if how == signal.SIGINT:
                assert process.returncode == 130
                assert b"goes on from there" in errors
            folder = home / "data" / "lorgnette" / "models" / "tiny"
            assert left(folder) == ["a.onnx.journal", "a.onnx.part"]
            shop.pause, shop.sent = 0.0, 0
            await command("pull", "tiny")
            assert left(folder) == ["a.onnx"]
            assert (folder / "a.onnx").read_bytes() == data
            assert shop.sent <= len(data) - (8 << 20)

    async def _until(shop: Shop, sent: int) -> asyncio.subprocess.Process:
        shop.pause = 0.005
        process = await started("pull", "tiny")
        while shop.sent < sent:
            assert process.returncode is None
            await asyncio.sleep(0.01)
        shop.pause = 0.5  # else a busy machine may have it all before the signal arrives
        return process

    loop_run(work())
