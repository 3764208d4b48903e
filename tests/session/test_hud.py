"""Scenes on raster displays: drawn aside, the newest wins, none is forgotten."""

import asyncio

from lorgnette.core.events import Show
from lorgnette.core.forms import Capabilities, Display
from lorgnette.core.scenes import Card, Scene
from lorgnette.session.hud import Hud

PNG = Capabilities(form="text-hud", display=Display(kind="png", width=64, height=64, depth=1))


class Screen:
    def __init__(self) -> None:
        self.shown: dict[str, Scene] = {}

    def send(self, event) -> None:
        if isinstance(event, Show):
            self.shown[event.id] = event.scene
        else:
            self.shown.pop(event.id, None)

    def audio(self, pcm: bytes, time_us: int) -> None:
        """Nothing sounds here."""


def plain(id, scene, capabilities, now, language) -> Show:
    return Show(id, scene)


def hud(tasks: list, rendered=None) -> Hud:
    return Hud(
        rendered or plain, lambda: 0.0, lambda: "en", lambda work: tasks.append(asyncio.create_task(work))
    )


def test_a_display_that_comes_late_gets_every_scene(loop_run) -> None:
    async def work() -> None:
        tasks: list = []
        subject, screen = hud(tasks), Screen()
        for number in range(20):
            subject.show(str(number), Card(title=str(number)), [])
        subject.replay((PNG, screen))
        await asyncio.gather(*tasks)
        assert len(screen.shown) == 20
        subject.show("19", Card(title="new"), [(PNG, screen)])
        await asyncio.gather(*tasks)
        assert screen.shown["19"] == Card(title="new")

    loop_run(work())


def test_a_picture_that_cannot_be_drawn_does_not_hold_up_the_next(loop_run) -> None:
    async def work() -> None:
        def draw(id, scene, capabilities, now, language):
            if scene.title == "bad":
                raise RuntimeError("no font")
            return Show(id, scene)

        tasks: list = []
        subject, screen = hud(tasks, draw), Screen()
        subject.show("a", Card(title="bad"), [(PNG, screen)])
        subject.show("b", Card(title="good"), [(PNG, screen)])
        subject.show("c", Card(title="gone"), [(PNG, screen)])
        subject.hide("c", [(PNG, screen)])
        await asyncio.gather(*tasks)
        assert list(screen.shown) == ["b"]

    loop_run(work())
