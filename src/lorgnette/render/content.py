"""A scene's words and figures at a moment, before any layout: what text pages and pictures share."""

from dataclasses import dataclass
from math import isfinite

from lorgnette.core.scenes import Arrow, Caption, Card, Label, ListScene, Picture, Progress, QRCode, Scene
from lorgnette.render.characters import showable
from lorgnette.render.figures import distance, percent, time_left

_MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A line: `struck` is done, `chosen` is highlighted, `quiet` matters less."""

    text: str
    struck: bool = False
    chosen: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """`value` is the number or word that matters; `share`: 0–1 of a ring or bar; `turn`: degrees of an arrow.

    `paused`: the time doesn't run; `tail`: the end matters more than the beginning (words still being
    spoken); `listed`: items, not prose.
    """

    title: str = ""
    value: str = ""
    items: tuple[Item, ...] = ()
    actions: tuple[str, ...] = ()
    share: float | None = None
    turn: float | None = None
    code: str = ""
    picture: str = ""
    paused: bool = False
    tail: bool = False
    listed: bool = False


def content(scene: Scene, now: float, language: str) -> Content:  # noqa: PLR0911  one return a kind
    """What `scene` says at `now` (epoch seconds)."""
    match scene:
        case Caption():
            return _caption(scene)
        case Card():
            lines = tuple(Item(showable(line)) for line in scene.lines[:8])
            actions = tuple(showable(action, 40) for action in scene.actions[:4])
            return Content(showable(scene.title), showable(scene.value), lines, actions)
        case ListScene():
            return _list(scene)
        case Progress():
            return _progress(scene, now, language)
        case Arrow():
            turn = scene.turn % 360 if isfinite(scene.turn) else 0.0
            street = (Item(showable(scene.street)),) if scene.street else ()
            return Content(value=distance(scene.distance, language), items=street, turn=turn)
        case QRCode():
            return Content(showable(scene.title), code=scene.data)
        case Picture():
            return Content(items=(Item(showable(scene.alt)),) if scene.alt else (), picture=scene.source)
        case Label():
            detail = (Item(showable(scene.detail), quiet=True),) if scene.detail else ()
            return Content(items=(Item(showable(scene.text)), *detail))


def _caption(scene: Caption) -> Content:
    text, who = showable(scene.text), showable(scene.who, 24)
    if who in {"wearer", "hub", ""}:
        return Content(items=(Item(text, quiet=who == "wearer" or not scene.final),), tail=not scene.final)
    return Content(items=(Item(f"{who}: {text}", quiet=not scene.final),), tail=not scene.final)


def _list(scene: ListScene) -> Content:
    done = frozenset(scene.done)
    items = tuple(
        Item(showable(item), index in done, index == scene.selected, quiet=index in done)
        for index, item in enumerate(scene.items[:_MOST_ITEMS])
    )
    return Content(showable(scene.title), items=items, listed=True)


def _progress(scene: Progress, now: float, language: str) -> Content:
    title = showable(scene.title)
    if scene.fraction >= 0:
        return Content(title, percent(scene.fraction, language), share=_share(scene.fraction))
    left = scene.due - now if scene.due > 0 else scene.left
    total = scene.total or (scene.due - scene.start if scene.due > 0 and scene.start > 0 else 0.0)
    share = _share(left / total) if total > 0 else None
    return Content(title, time_left(left), share=share, paused=scene.due <= 0)


def _share(fraction: float) -> float:
    return min(max(fraction, 0.0), 1.0) if isfinite(fraction) else 0.0
