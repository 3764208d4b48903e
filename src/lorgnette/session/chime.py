"""A short sound on one device: to try whether it can be heard, or to say that somebody listens."""

from typing import Final

from lorgnette.core import events
from lorgnette.core.ids import new_id
from lorgnette.engines.protocols import Synthesizer
from lorgnette.media.earcons import earcon
from lorgnette.session.attachment import Attachment
from lorgnette.session.said import Said
from lorgnette.session.speaking import Speaking
from lorgnette.session.speech import Speech

SOUND: Final = "connect"


def chime(
    attachment: Attachment, speaking: Speaking, synthesizer: Synthesizer, language: str, name: str = SOUND
) -> None:
    """By the way of every other sound: floor, mixer, wire; never into what is being said."""
    attachment.outlet.send(events.Earcon(name))
    sound = Said("", new_id("e-"), language, complete=True)
    speech = Speech(sound, "earcon", synthesizer, lead_in=earcon(name))
    speaking.say(speech, lambda _: None, when_busy="drop")
