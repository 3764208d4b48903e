"""Speech for simulated wearers where nobody brings recordings: the hub's own eSpeak voice asks."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lorgnette.simulation import Clip

PHRASES: Final = (
    "what time is it",
    "what's the date",
    "set a timer for five minutes",
    "what's on my shopping list",
    "cancel all timers",
)


async def spoken(phrases: tuple[str, ...] = PHRASES, language: str = "en") -> "list[Clip]":
    """One clip a phrase."""
    from lorgnette.core.errors import EngineError
    from lorgnette.engines.tts.espeak import EspeakSynthesizer
    from lorgnette.simulation import cut

    voice = EspeakSynthesizer(workers=1)
    voice.start()
    try:
        clips: list[Clip] = []
        for phrase in phrases:
            pcm = b"".join([chunk async for chunk in voice.speak(phrase, language)])
            clips += cut(pcm, phrase)
    finally:
        await voice.aclose()
    if not clips:
        raise EngineError("eSpeak said nothing; give recordings with --speech")
    return clips
