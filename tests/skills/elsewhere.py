"""Dialogues with skills that ask servers: the real service, a server on a real port."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.engines.server import serving
from tests.services.web.server import Web
from tests.skills.memory import Talk

type Step = tuple[str, str, dict[str, Any], str]


def hold_elsewhere(
    talk: Talk,
    skill: str,
    prepare: Callable[[Web], Callable[[], Awaitable[None]]],
    rows: list[Step],
) -> None:
    """`prepare` scripts the server, binds services to the talk, and gives what closes them."""

    async def work() -> None:
        async with serving(Web()) as web:
            close = prepare(web)
            try:
                for text, tool, arguments, answer in rows:
                    assert await talk.say_in_loop(text) == answer, text
                    assert talk.call == (f"{skill}.{tool}", arguments), text
            finally:
                await close()

    asyncio.run(work())
