"""A short sound on one device, for whoever wants to know whether it can be heard."""

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


def chime(attachment: Attachment, speaking: Speaking, synthesizer: Synthesizer, language: str) -> None:
    """By the way of every other sound: floor, mixer, wire; never into what is being said."""
    attachment.outlet.send(events.Earcon(SOUND))
    sound = Said("", new_id("e-"), language, complete=True)
    speech = Speech(sound, "earcon", synthesizer, lead_in=earcon(SOUND))
    speaking.say(speech, lambda _: None, when_busy="drop")
