"""Scenes: what is shown, as data; how it looks is `render`'s business.

A scene has one kind, one anchor and a `tone`. Times are UTC epoch seconds. Text is plain, already in the
wearer's language, at most a few lines: the HUD is a whisper.
"""

from typing import Annotated, Literal

import msgspec

Tone = Literal["calm", "ask", "alert"]
"""calm: white; ask: amber, an answer is needed; alert: red, for money, recording and danger only."""

Line = Annotated[str, msgspec.Meta(max_length=400)]


class Head(msgspec.Struct, frozen=True, tag="head", tag_field="at"):
    """Fixed to the wearer's view. `zone`: where in the view it may stand."""

    zone: Literal["top", "side", "bottom"] = "side"


class Bearing(msgspec.Struct, frozen=True, tag="bearing", tag_field="at"):
    """In a compass direction. `degrees`: clockwise from true north, 0–360."""

    degrees: float
    elevation: float = 0.0


class Box(msgspec.Struct, frozen=True, tag="box", tag_field="at"):
    """Around something in the camera image; 0–1 of its width and height, origin top left."""

    x: float
    y: float
    width: float
    height: float


class World(msgspec.Struct, frozen=True, tag="world", tag_field="at"):
    """At a pose in the session's world frame. metres, right-handed, y up."""

    x: float
    y: float
    z: float


class Plane(msgspec.Struct, frozen=True, tag="plane", tag_field="at"):
    """On a detected plane."""

    kind: Literal["floor", "wall", "table"] = "table"


Anchor = Head | Bearing | Box | World | Plane


class _Scene(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every scene has. `ttl`: seconds after which it leaves by itself, 0 = stays until it is hidden."""

    anchor: Anchor = Head()
    tone: Tone = "calm"
    ttl: float = 0.0


class Caption(_Scene, frozen=True, kw_only=True, tag="caption"):
    """Words as they are spoken. `who`: wearer, hub, or another speaker's name; `final`: won't change."""

    text: Line
    who: str = "hub"
    final: bool = True


class Card(_Scene, frozen=True, kw_only=True, tag="card"):
    """A title, one large value and up to three lines."""

    title: Line = ""
    value: Line = ""
    lines: tuple[Line, ...] = ()
    actions: tuple[str, ...] = ()


class ListScene(_Scene, frozen=True, kw_only=True, tag="list"):
    """Items under a title; `done` holds the indexes of struck ones, `selected` the highlighted one."""

    title: Line = ""
    items: tuple[Line, ...] = ()
    done: tuple[int, ...] = ()
    selected: int = -1


class Progress(_Scene, frozen=True, kw_only=True, tag="progress"):
    """Time running to `due`, or a fraction. Paused: `due` is 0 and `left` holds the seconds left."""

    title: Line = ""
    start: float = 0.0
    due: float = 0.0
    left: float = 0.0
    total: float = 0.0
    fraction: float = -1.0


class Arrow(_Scene, frozen=True, kw_only=True, tag="arrow"):
    """Where to go. `turn`: degrees clockwise from straight ahead; `distance` in metres."""

    turn: float = 0.0
    distance: float = 0.0
    street: Line = ""


class QRCode(_Scene, frozen=True, kw_only=True, tag="qr"):
    """A QR code and what it is for."""

    data: Annotated[str, msgspec.Meta(max_length=2000)]
    title: Line = ""


class Picture(_Scene, frozen=True, kw_only=True, tag="picture"):
    """An image by the id of its blob or a data URI; `alt` is what is said of it."""

    source: str
    alt: Line = ""


class Label(_Scene, frozen=True, kw_only=True, tag="label"):
    """A few words at an anchor, e.g. around a box in the camera image."""

    text: Line
    detail: Line = ""


Scene = Caption | Card | ListScene | Progress | Arrow | QRCode | Picture | Label
