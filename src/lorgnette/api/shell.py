"""The page's service worker, written from the page's files: their hashes are its version."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

WORKER: Final = "sw.js"
PARTS: Final = ("*.html", "icon.svg", "css/**/*.css", "js/**/*.js")
"""What the pages need to open without the hub; icons and screenshots are the system's business."""


@dataclass(slots=True)
class Shell:
    """The files of one folder. They are hashed again when one of them has changed, and only then."""

    folder: Path
    _known: tuple[tuple[tuple[str, int, int], ...], bytes] | None = field(default=None, repr=False)

    def worker(self) -> bytes:
        """The worker's source: a line with version and hashes, then `sw.js` as it lies in the folder.

        A browser compares these bytes with those it has; any changed file makes them differ.
        """
        found = sorted({file for part in PARTS for file in self.folder.glob(part)} | {self.folder / WORKER})
        stats = ((file, file.stat()) for file in found)
        state = tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats)
        if self._known is None or self._known[0] != state:
            self._known = (state, self._written(found))
        return self._known[1]

    def _written(self, found: Sequence[Path]) -> bytes:
        source = (self.folder / WORKER).read_bytes()
        files = {
            _address(file.relative_to(self.folder)): _integrity(file.read_bytes())
            for file in found
            if file.name != WORKER
        }
        listed = json.dumps(files, indent=0).encode()
        version = hashlib.sha256(listed + source).hexdigest()[:16]
        return b'self.SHELL = { version: "%s", files: %s };\n' % (version.encode(), listed) + source

    def routes(self) -> Sequence[BaseRoute]:
        """`/sw.js`, never taken from a cache without asking."""

        async def worker(request: Request) -> Response:
            del request
            source = await asyncio.to_thread(self.worker)
            return Response(source, media_type="text/javascript", headers={"cache-control": "no-cache"})

        return (Route(f"/{WORKER}", worker),)


def _address(file: Path) -> str:
    return "./" if file.name == "index.html" else f"./{file.as_posix()}"


def _integrity(data: bytes) -> str:
    """As a browser checks it while it fetches."""
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
