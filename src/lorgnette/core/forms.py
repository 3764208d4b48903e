"""What a device has and how it shows and sounds; skills never ask which device it is."""

from typing import Literal

import msgspec

from lorgnette.core.audio import Codec

Form = Literal["everyday", "ar", "text-hud", "phone", "audio"]
Listen = Literal["push", "wake", "gate", "always"]
EchoControl = Literal["device", "hub", "none"]


class Microphone(msgspec.Struct, frozen=True):
    """codecs in order of preference; rate in Hz; `listen`: who opens it; `aec`: who removes the echo."""

    codecs: tuple[Codec, ...] = ("pcm16",)
    rate: int = 16_000
    listen: Listen = "push"
    aec: EchoControl = "device"


class Speaker(msgspec.Struct, frozen=True):
    """codecs in order of preference, rate in Hz, channels 1 or 2 (panned earcons)."""

    codecs: tuple[Codec, ...] = ("pcm16",)
    rate: int = 16_000
    channels: int = 1


class Camera(msgspec.Struct, frozen=True):
    """Largest still picture in pixels; `light`: has a capture light."""

    width: int = 640
    height: int = 480
    light: bool = True


class Display(msgspec.Struct, frozen=True):
    """`kind`: how scenes reach it; width/height in pixels (raster, json) ; lines/columns of text (text).

    `depth`: 1 = one bit, 8 = grey, 24 = colour; `fov`: degrees across.
    """

    kind: Literal["json", "png", "text"] = "json"
    width: int = 640
    height: int = 400
    depth: Literal[1, 8, 24] = 24
    lines: int = 4
    columns: int = 28
    fov: float = 30.0


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a device says of itself in its `hello`."""

    form: Form = "everyday"
    microphone: Microphone | None = None
    speaker: Speaker | None = None
    camera: Camera | None = None
    display: Display | None = None
    inputs: tuple[Literal["touch", "button", "nod", "text"], ...] = ()
    led: bool = False
    location: bool = False
    heading: bool = False
    pose: bool = False
    battery: bool = False
    companion: bool = False
    """Shows the conversation, cards and turn traces: a phone or a page beside the glasses."""
