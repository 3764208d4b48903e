"""A hub follows its folder of skills: new, changed, broken, gone, switched off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.hubs import CANNED, Running, running

from lorgnette.api.skills import rows
from lorgnette.app import HubSettings
from lorgnette.config import Section, SkillsSection
from lorgnette.core import events
from lorgnette.kit.new import write_skill

SETTINGS = """
    class Settings(msgspec.Struct):
        often: Annotated[int, msgspec.Meta(description="How often.")] = 1
"""


@asynccontextmanager
async def hub_of(folder: Path, off: set[str]) -> AsyncIterator[Running]:
    def read(name: str, kind: type[Section]) -> Section:
        if kind is SkillsSection:
            return SkillsSection(off=tuple(off))
        return kind(often=4)  # type: ignore[call-arg]

    async with running(replace(HubSettings(engines=CANNED), skills=folder, read=read)) as one:
        yield one


def test_skills_are_taken_as_their_files_change_while_the_hub_runs(tmp_path: Path, loop_run: Any) -> None:
    folder, off = tmp_path / "skills", set[str]()

    async def work() -> None:
        async with hub_of(folder, off) as one:
            hub = one.hub
            owner = (await hub.people.owner()).id
            look = next(served for served in hub.served if served.api.__class__.__name__ == "SkillsApi")
            refresh = look.api._look  # type: ignore[union-attr]

            async def say(text: str) -> str:
                (turn,) = await hub.front.turn(owner, {"text": text})
                return str(turn["reply"])

            def row(name: str = "tea") -> dict[str, Any]:
                return next(found for found in rows(hub.registry) if found["name"] == name)

            assert not await refresh()
            write_skill("tea", folder)
            assert await refresh()
            assert await say("say hello from tea") == "Hello from tea!"
            assert hub.registry.tools["greet"].schema()["function"]["name"] == "greet"

            source = folder / "tea" / "tea.py"
            good = source.read_text()
            source.write_text(good.replace("say hello from tea", "put the kettle on"))
            assert await refresh()
            assert await say("put the kettle on two times") == "2 hellos from tea!"

            seen: list[events.ToDevice] = []
            device = await one.device(on_event=seen.append)
            await device.connect(one.url)
            source.write_text("class Tea(Skill: pass")
            assert await refresh()
            assert await say("put the kettle on") == "Hello from tea!"
            assert row()["state"] == "on"
            assert "SyntaxError" in row()["why"]
            for _ in range(100):
                if any(isinstance(event, events.Notice) and "tea" in event.text for event in seen):
                    break
                await asyncio.sleep(0.01)
            assert any(isinstance(event, events.Notice) and "tea" in event.text for event in seen)
            await device.close()

            source.write_text(
                good.replace("from lorg", "import msgspec\nfrom typing import Annotated\nfrom lorg", 1)
                .replace('    version = "0.1.0"\n', SETTINGS)
                .replace("min(count, 5)", "ctx.settings.often")
            )
            assert await refresh()
            assert row()["why"] == ""
            assert await say("say hello from tea") == "4 hellos from tea!"

            source.write_text(good.replace('version = "0.1.0"', "needs = (str,)"))
            assert await refresh()
            assert row()["why"] == "it needs str, which this hub hasn't got"
            source.write_text(good)

            off.add("tea")
            assert await refresh()
            assert row()["state"] == "off"
            off.clear()
            assert await refresh()
            assert row()["state"] == "on"

            for file in (folder / "tea").rglob("*.*"):
                if file.is_file():
                    file.unlink()
            (folder / "tea" / "phrases" / "tea").rmdir()
            (folder / "tea" / "phrases").rmdir()
            (folder / "tea").rmdir()
            assert await refresh()
            assert "tea" not in hub.registry.skills
            assert hub.mind.reflex("say hello from tea", "en") is None

    loop_run(work())
