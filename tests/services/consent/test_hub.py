"""A whole hub asks for consent, and does what was allowed, once, at the device that asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.agent.models import ScriptedModel, call
from tests.hubs import running

from lorgnette.core.errors import NotFound
from lorgnette.sdk import Messages, Recipient
from lorgnette.services.consent import WearerConsents
from lorgnette.session.local import LocalDevice

ANNA = Recipient(name="Anna", address="mailto:anna@example.org")


class Post:
    """`Messages` that remembers what went out."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def recipients(self, who: str) -> list[Recipient]:
        if who != "Anna":
            raise NotFound(who)
        return [ANNA]

    async def send(self, to: Recipient, text: str, key: str) -> None:
        self.sent.append(text)


def test_a_message_is_asked_for_sent_once_and_logged(home: Path, loop_run: Callable[..., Any]) -> None:
    del home

    async def work() -> None:
        async with running() as hub:
            post = Post()
            hub.hub._bound = {**hub.hub._bound, Messages: lambda _: post}
            owner = (await hub.hub.people.owner()).id
            send = [call("send_message", '{"who": "Anna", "text": "I come later"}')]
            hub.hub.mind.chat = ScriptedModel(send, ["Well."], send, ["Well."])
            results, sessions = [], hub.hub.sessions
            async with LocalDevice(sessions, owner) as glasses, LocalDevice(sessions, owner) as phone:
                asked = await glasses.typed("she ought to hear of my delay somehow")
                assert asked["reply"].endswith("Send Anna: “I come later”?")
                results.append(await phone.typed("yes"))
                assert not post.sent
                await glasses.typed("she ought to hear of my delay somehow")
                results.append(await glasses.typed("yes"))
                results.append(await glasses.typed("yes"))
            assert post.sent == ["I come later"]
            assert results[1]["reply"] == "Sent to Anna."
            log = await WearerConsents(hub.hub.store, owner).log()
            assert [(entry.answer, entry.how) for entry in log] == [("yes", "typed"), ("dropped", "")]

    loop_run(work())
