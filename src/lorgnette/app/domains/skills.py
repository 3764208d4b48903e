"""Skills: listed, and followed as the files of their folder change."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lorgnette.api.skills import SkillsApi
from lorgnette.app.served import Served
from lorgnette.app.skills import Following
from lorgnette.core.events import Notice
from lorgnette.sdk.registry import SkillRegistry

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

LONGEST = 200
"""Characters of a reason that the page shows; all of it is in the log and in `skill list`."""


def skills(hub: "Hub") -> Served:
    """The mind's, and the folder that the settings name."""

    def learn(registry: SkillRegistry) -> Sequence[Callable[[], None]]:
        hold = hub.mind.reflexes.learn(registry)
        before = {key: one for key, one in hub.registry.skills.items() if one.origin.kind != "folder"}
        after = {key: one for key, one in registry.skills.items() if one.origin.kind != "folder"}
        return (hold,) if before == after else (hold, hub.guessing.learn(registry))

    def told(name: str, why: str) -> None:
        for session in hub.sessions.live:
            if session.wearer.role == "owner":
                text = hub.words.say("skill-broken", session.language, name=name, why=why[:LONGEST])
                session.broadcast(Notice(text, "warning"))

    following = Following(hub.skills, learn, hub.mind.become, hub.serves, told)

    async def start() -> None:
        ready = following.begin(hub.registry)
        if ready is not hub.registry:
            hub.mind.become(ready)

    return Served(api=SkillsApi(hub.registry, following.look), start=start, run=following.run)
