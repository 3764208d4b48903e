"""The sound of something noted, beside the store as a blob."""

from lorgnette.core.audio import seconds_of
from lorgnette.core.errors import SkillError
from lorgnette.store import Store, clean

LONGEST_S = 300.0
"""Ten megabytes: longer dictations are a meeting's business."""

TEXT = 4000


def checked(text: str, audio: bytes | None) -> str:
    """The text as it is kept. Neither words nor sound, or too much of them, is a `SkillError`."""
    text = clean(text).strip()
    if not text and not audio:
        raise SkillError("nothing to note", phrase="error-note-empty")
    if len(text) > TEXT or (audio is not None and seconds_of(audio) > LONGEST_S):
        raise SkillError("too long to note", phrase="error-note-long")
    return text


async def keep(store: Store, wearer: str, audio: bytes | None) -> tuple[str, float]:
    """The blob's name and its length in seconds, empty and 0 without sound."""
    if not audio:
        return "", 0.0
    return await store.blobs.put(wearer, audio), seconds_of(audio)
