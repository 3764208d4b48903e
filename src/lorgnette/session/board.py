"""The wearer's running timers and alarms as scenes: after a restart they are on the HUD again."""

from collections.abc import Callable, Iterable

from lorgnette.core.scenes import Card, Progress, Scene
from lorgnette.sdk.schedule import Item
from lorgnette.session.wiring import Words

ALARM_AHEAD_SECONDS = 12 * 3600
"""An alarm further away than this isn't shown: the HUD is a whisper."""


def scene_of(item: Item, words: Words, language: str, now: float) -> Scene | None:
    """What is shown of an entry; None if nothing is."""
    if item.kind == "reminder":
        return None  # shown when it is said
    title = item.label or words.say(f"{item.kind}-title", language)
    if item.status == "ringing":
        return Card(title=title, value="0:00" if item.kind == "timer" else "", tone="ask")
    if item.kind != "timer":
        return (
            Progress(title=title, start=now, due=item.due) if item.due - now < ALARM_AHEAD_SECONDS else None
        )
    paused = item.status == "paused"
    return Progress(
        title=item.label,
        start=item.due - item.total,
        due=0.0 if paused else item.due,
        left=item.left if paused else 0.0,
        total=item.total,
    )


class Board:
    """Keeps a HUD in step with the schedule."""

    def __init__(self, words: Words, show: Callable[[str, Scene | None], None]) -> None:
        self._words = words
        self._show = show
        self._shown: dict[str, Scene] = {}

    @property
    def ids(self) -> frozenset[str]:
        """Of the scenes that it keeps."""
        return frozenset(self._shown)

    def sync(self, items: Iterable[Item], language: str, now: float) -> None:
        """Show what is live, hide what ended, touch nothing else."""
        live: dict[str, Scene] = {}
        for item in items:
            scene = scene_of(item, self._words, language, now)
            if scene is not None:
                live[f"{item.kind}:{item.id}"] = scene
        for id in self._shown.keys() - live.keys():
            self._show(id, None)
        for id, scene in live.items():
            if self._shown.get(id) != scene:
                self._show(id, scene)
        self._shown = live
