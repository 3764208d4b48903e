"""What a request's body says, checked against a struct; and names as they may be printed and shown."""

from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from lorgnette.core.lines import one_line

MAX_NAME: Final = 80


async def body[T](request: Request, kind: type[T]) -> T:
    """Decoded JSON; what doesn't fit is a 400 with the reason."""
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(400, str(error)) from None


def named(text: str) -> str:
    """A name of at least one letter, else a 400."""
    name = one_line(text)
    if not name:
        raise HTTPException(400, "a name has at least one letter")
    return name
