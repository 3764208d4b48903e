"""Finds and declares libopus (RFC 6716) by ctypes: eight functions of an interface unchanged since 2012.

The system's library comes first, since the distribution patches it (Debian: `apt install libopus0`, macOS:
`brew install opus`); else the one in the wheel `opuslib-next-bundled`, which the base install brings, is
opened by its path: its Python part would cost more per frame than the codec and isn't imported.
ctypes releases the GIL during a call and takes about 1 µs.
"""

import ctypes
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lorgnette.core.errors import MediaError

_SYSTEM = {
    "darwin": ("libopus.0.dylib", "/opt/homebrew/lib/libopus.0.dylib", "/usr/local/lib/libopus.0.dylib"),
    "win32": ("opus.dll", "libopus-0.dll"),
}

MISSING = (
    "libopus is not on this machine, so the hub offers pcm16 only; "
    "install libopus0 (Debian, Ubuntu), opus (Fedora, Arch, Homebrew) or the wheel opuslib-next-bundled"
)


def candidates() -> Iterator[str]:
    """Names and paths to try, in order. `ctypes.util.find_library` isn't used: it starts processes."""
    yield from _SYSTEM.get(sys.platform, ("libopus.so.0",))
    wheel = find_spec("opuslib_next")  # finds the folder and runs none of its code
    for folder in (wheel.submodule_search_locations if wheel else None) or ():
        for name in ("libopus.so", "libopus.dylib", "opus.dll"):
            path = Path(folder, "_native", name)
            if path.is_file():
                yield str(path)


def load(names: Sequence[str]) -> ctypes.CDLL:
    """The first of `names` that opens, with its functions declared; `MediaError` where none does."""
    for name in names:
        try:
            return _declare(ctypes.CDLL(name))
        except (OSError, AttributeError):  # absent, of another machine, or not libopus at all
            continue
    raise MediaError(MISSING)


@lru_cache(maxsize=1)
def libopus() -> ctypes.CDLL:
    """The libopus of this machine, opened once; a failure is tried again, it may be installed by then."""
    return load(tuple(candidates()))


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    pointer, number, size = ctypes.c_void_p, ctypes.c_int, ctypes.c_int32
    status = ctypes.POINTER(number)
    shapes = {
        "opus_get_version_string": (ctypes.c_char_p, ()),
        "opus_decoder_create": (pointer, (size, number, status)),
        "opus_decoder_destroy": (None, (pointer,)),
        "opus_decode": (number, (pointer, ctypes.c_char_p, size, pointer, number, number)),
        "opus_encoder_create": (pointer, (size, number, number, status)),
        "opus_encoder_destroy": (None, (pointer,)),
        "opus_encode": (size, (pointer, ctypes.c_char_p, number, pointer, size)),
    }
    for name, (result, arguments) in shapes.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.opus_encoder_ctl.restype = number  # variadic: arguments are wrapped at each call
    return library
