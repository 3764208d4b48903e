"""Well-known servers with OpenAI's chat API by name: `[model] preset`. The data is `model_presets.toml`."""

import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import msgspec

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One server. `key`: the environment variable of its key. `quiet`: fields that keep it from thinking.

    `page`, `quiet_page`: the vendor's pages from which address and fields were read; `quirk_pages`: those for
    what differs from OpenAI's own, which the file explains.
    """

    title: str
    url: str
    page: str
    key: str = ""
    model: str = ""
    quiet: dict[str, Any] = {}
    quiet_page: str = ""
    with_tools: dict[str, Any] = {}
    length: str = "max_tokens"
    counts: bool = True
    window: int = 0
    forced: bool = True
    quirk_pages: tuple[str, ...] = ()

    @property
    def inside(self) -> bool:
        """Whether it is no server at all: the model runs in the hub."""
        return not self.url

    @property
    def local(self) -> bool:
        """Whether it runs on this machine; `port` is where."""
        return urlsplit(self.url).hostname in _LOOPBACK

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 443


@cache
def presets() -> Mapping[str, Preset]:
    """By name, in the file's order. Read once."""
    text = files(__package__).joinpath("model_presets.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Preset])


def preset(name: str) -> Preset:
    """ValueError with the nearest names where there is none."""
    known = presets()
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name, known, n=2)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(known)}"
    raise ValueError(f"preset: there is no {name!r}; {hint}")


def preset_of(url: str) -> str:
    """The preset with this address, empty if none."""
    asked = _same(url)
    return "" if not asked else next((name for name, one in presets().items() if _same(one.url) == asked), "")


def _same(url: str) -> str:
    return url.rstrip("/").replace("//localhost", "//127.0.0.1")
