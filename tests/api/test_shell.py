"""The page's service worker as the hub writes it, and what the page asks the hub."""

import asyncio
import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

from tests.api.test_app import client, paired
from tests.hubs import running

from lorgnette.api.app import WEB
from lorgnette.api.shell import Shell
from lorgnette.core.events import Earcon


def shell(source: bytes) -> tuple[str, dict[str, str]]:
    match = re.match(rb'self\.SHELL = \{ version: "(\w+)", files: (\{.*?\}) \};\n', source, re.DOTALL)
    assert match, source[:200]
    return match[1].decode(), json.loads(match[2])


def test_every_file_of_the_page_is_in_the_shell_under_its_own_hash(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            answer = await http.get("/sw.js")
            assert answer.headers["cache-control"] == "no-cache"
            assert answer.headers["content-type"].startswith("text/javascript")
            _, files = shell(answer.content)
            for address, integrity in files.items():
                file = (await http.get(f"/{address.removeprefix('./')}")).content
                assert integrity == f"sha256-{base64.b64encode(hashlib.sha256(file).digest()).decode()}"
            page = (await http.get("/")).text
            for named in re.findall(r'(?:src|href)="((?:css|js)/[^"]+)"', page):
                assert f"./{named}" in files
            assert "./js/mic-worklet.js" in files
            assert "./sw.js" not in files, "the worker is asked for afresh, always"

    loop_run(work())


def test_a_changed_file_is_another_version_and_an_untouched_folder_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "web"
    shutil.copytree(WEB, folder)
    one = Shell(folder)
    first = one.worker()
    assert one.worker() is first
    style = folder / "css" / "tokens.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    second = one.worker()
    assert shell(first)[0] != shell(second)[0]
    different = {k for k, v in shell(second)[1].items() if shell(first)[1][k] != v}
    assert different == {"./css/tokens.css"}


def test_the_manifests_tell_the_same_in_three_languages_and_name_files_that_are_there() -> None:
    found = {
        code: json.loads((WEB / name).read_text(encoding="utf-8"))
        for code, name in (
            ("en", "manifest.webmanifest"),
            ("de", "manifest.de.webmanifest"),
            ("zh-Hans", "manifest.zh.webmanifest"),
        )
    }
    words = {"lang", "description", "shortcuts", "screenshots"}
    for code, manifest in found.items():
        assert manifest["lang"] == code
        assert {k: v for k, v in manifest.items() if k not in words} == {
            k: v for k, v in found["en"].items() if k not in words
        }
        assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
        for image in [*manifest["icons"], *manifest["screenshots"]]:
            file = (WEB / image["src"]).read_bytes()
            if image["type"] == "image/png":
                width, height = (int.from_bytes(file[at : at + 4]) for at in (16, 20))
                assert image["sizes"] == f"{width}x{height}"
                assert len(file) < 150_000


def test_a_page_hears_what_it_can_say_and_a_sound_on_its_own_device(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            async with client(here, await paired(here)) as http:
                english = (await http.get("/v1/examples?language=en")).json()
                assert {"timers", "clock", "notes"} <= {one["skill"] for one in english}
                assert all(one["example"] and one["does"] for one in english)
                german = (await http.get("/v1/examples?language=de")).json()
                assert german != english
                assert (await http.get("/v1/examples?language=tlh")).json() == english
                assert (await http.post("/v1/chime")).json() == {"sounded": False}, "it isn't on"
                code = (await http.post("/v1/pairing", json={})).json()
                assert len(code["qr"]) == len(code["qr"][0]) >= 21
            heard: list[bytes] = []
            loud = asyncio.Event()

            def listen(payload: bytes, _at: int) -> None:
                heard.append(payload)
                if any(payload):
                    loud.set()

            told: list[object] = []
            device = await here.device(on_event=told.append, on_audio=listen)
            await device.connect(here.url)
            async with client(here, device.token) as http:
                assert (await http.post("/v1/chime")).json() == {"sounded": True}
            await asyncio.wait_for(loud.wait(), 5)
            assert Earcon("connect") in told
            await device.close()

    loop_run(work())
