"""What a session hears: utterances become words, words a turn; speech over playback is a barge-in."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final, Protocol

from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError
from lorgnette.core.outgoing import Behalf, on
from lorgnette.engines.protocols import Recognition, TurnJudge
from lorgnette.media.selfecho import is_echo_of
from lorgnette.session.attachment import Attachment
from lorgnette.session.bargein import BargeIn, is_backchannel
from lorgnette.session.completion import Pause, verdict
from lorgnette.session.ears import WINDOW_SECONDS, Ears, Utterance
from lorgnette.session.expectation import expected
from lorgnette.session.openness import is_open
from lorgnette.session.speaking import Speaking
from lorgnette.session.trace import Trace
from lorgnette.session.wiring import Wiring

log = logging.getLogger(__name__)

HANGOVER_SECONDS: Final = 0.4
"""Half duplex: the device still plays what was sent ahead, and its room sounds on after that."""


class Hearer(Protocol):
    """The session: it makes turns of what was understood."""

    recognising: int
    behalf: Behalf

    @property
    def language(self) -> str: ...

    def understood(
        self, attachment: Attachment, recognition: Recognition, utterance: Utterance, trace: Trace
    ) -> None: ...

    def not_understood(
        self, attachment: Attachment, utterance: Utterance, recognition: Recognition
    ) -> None: ...

    def saying(self, text: str) -> None:
        """What the wearer has said so far, for the displays; empty: nothing came of it."""
        ...

    def mark(self, stage: str) -> None:
        """A point in the running turn's trace."""
        ...

    def interrupt(self) -> None:
        """The wearer talks over the hub: silence it, cancel what may be cancelled."""
        ...

    def state_changed(self) -> None: ...


class Listening:
    """The listener behind one attachment's ears."""

    def __init__(
        self,
        attachment: Attachment,
        hearer: Hearer,
        speaking: Speaking,
        wiring: Wiring,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._attachment = attachment
        self._hearer = hearer
        self._speaking = speaking
        self._wiring = wiring
        self._spawn = spawn
        self._barge = BargeIn()
        self._hearing_again: asyncio.TimerHandle | None = None
        self._overlap = False
        self._spoken_over = ""

    @property
    def _language(self) -> str:
        return self._attachment.language or self._hearer.language

    # ── while the hub speaks ───────────────────────────────────────────────────────────────────────────

    def playback(self, *, sounding: bool) -> None:
        """Playback starts or ends: watch every window, or none; half duplex devices go deaf."""
        ears = self._attachment.ears
        if ears is None or ears.watching == sounding:
            return
        ears.watching = sounding
        self._barge.reset()
        microphone = self._attachment.capabilities.microphone
        if microphone is not None and (microphone.aec == "none" or self._needs_half_duplex()):
            self._deafen(ears, sounding=sounding)

    def _deafen(self, ears: Ears, *, sounding: bool) -> None:
        if self._hearing_again is not None:
            self._hearing_again.cancel()
            self._hearing_again = None
        if sounding:
            ears.deaf = True
            ears.cancel()
        else:
            self._hearing_again = asyncio.get_running_loop().call_later(HANGOVER_SECONDS, ears.hear)

    def _needs_half_duplex(self) -> bool:
        microphone = self._attachment.capabilities.microphone
        return microphone is not None and microphone.aec == "hub" and self._attachment.echo is None

    def on_window(self, ears: Ears, probability: float) -> None:
        move = self._barge.step(WINDOW_SECONDS, probability)
        if move == "duck":
            self._speaking.duck()
            self._hearer.mark("duck")
        elif move == "restore":
            self._speaking.restore()
        elif move == "stop":
            self._stop_playback(ears)

    def _stop_playback(self, ears: Ears) -> None:
        current = self._speaking.current
        self._spoken_over = current.said.text if current is not None else ""
        self._overlap = True
        if ears.utterance is not None:
            ears.utterance.over_playback = True
        self._barge.reset()
        self._hearer.mark("barge_in")
        self._hearer.interrupt()

    # ── utterances ─────────────────────────────────────────────────────────────────────────────────────

    def on_start(self, ears: Ears, utterance: Utterance) -> None:
        utterance.over_playback = ears.watching
        with on(self._hearer.behalf):
            utterance.stream = self._wiring.recognizer.open(self._language)
        self._hearer.state_changed()

    def on_pause(self, ears: Ears, utterance: Utterance) -> None:
        pause = utterance.pause = Pause()
        self._spawn(self._ask(ears, utterance, pause))
        if self._wiring.turn is not None:
            self._spawn(self._judge(ears, utterance, pause, self._wiring.turn))

    async def _judge(self, ears: Ears, utterance: Utterance, pause: Pause, judge: TurnJudge) -> None:
        """Does it sound as if more will come? The words are asked at the same time."""
        pause.verdict = await verdict(judge, utterance.audio)
        if pause.verdict != "unknown" and _goes_on(ears, utterance, pause):
            ears.endpointer.limit(pause.seconds(ears.endpointer.patience))

    async def _ask(self, ears: Ears, utterance: Utterance, pause: Pause) -> None:
        """In the first short silence: are these words a whole sentence already?"""
        stream = utterance.stream
        if stream is None:
            return
        self._hearer.recognising += 1
        try:
            guess = await stream.peek()
        except LorgnetteError as error:
            log.warning("peek failed: %s", error.detail)
            return
        finally:
            self._hearer.recognising -= 1
        if guess is None or not _goes_on(ears, utterance, pause):
            return
        if utterance.pushed:
            guess = expected(guess)
        language = self._language
        whole = guess.decision == "accept" and (
            guess.complete or self._wiring.mind.whole(guess.text, language)
        )
        if whole:
            pause.words = "whole"
        elif guess.text:
            pause.words = "open" if is_open(guess.text, language) else "some"
        else:
            pause.words = "nothing"
        ears.endpointer.limit(pause.seconds(ears.endpointer.patience))
        if guess.text and guess.decision == "accept":
            self._said_so_far(ears, utterance, guess.text)

    def on_words(self, ears: Ears, utterance: Utterance) -> None:
        stream = utterance.stream
        if stream is not None and stream.partial:
            self._said_so_far(ears, utterance, stream.partial)

    def on_drop(self, ears: Ears, utterance: Utterance) -> None:  # noqa: ARG002
        self._take_back(utterance)

    def _said_so_far(self, ears: Ears, utterance: Utterance, text: str) -> None:
        """Show it, and stop what sounds if it is no assent to it; the hub's own words are neither."""
        if text == utterance.shown:
            return
        if ears.watching:
            current = self._speaking.current
            if current is not None and is_echo_of(text, current.said.text):
                return
            if self._barge.words(text, self._language) == "stop":
                self._stop_playback(ears)
            if ears.watching and is_backchannel(text, self._language):
                return
        utterance.shown = text
        self._hearer.saying(text)

    def _take_back(self, utterance: Utterance) -> None:
        if utterance.shown:
            utterance.shown = ""
            self._hearer.saying("")

    def on_end(self, ears: Ears, utterance: Utterance) -> None:
        if ears.mode == "push" and not ears.rest():
            ears.mode = "closed"
            self._attachment.outlet.send(events.MicClose("endpoint"))
        self._spawn(self._recognise(utterance))
        self._hearer.state_changed()

    async def _recognise(self, utterance: Utterance) -> None:
        stream = utterance.stream
        if stream is None:
            return
        trace = Trace(self._wiring.clock.steady, origin=utterance.last_speech)
        trace.add("endpoint", utterance.last_speech, utterance.decided)
        trace.add("hub.ears", utterance.decided, self._wiring.clock.steady())
        trace.begin("asr")
        self._hearer.recognising += 1
        try:
            recognition = await stream.finish()
        except LorgnetteError as error:
            log.warning("recognition failed: %s", error.detail)
            recognition = Recognition("", self._language, 0.0, "reject", engine="failed")
        finally:
            self._hearer.recognising -= 1
        if utterance.pushed:
            recognition = expected(recognition)
        trace.end("asr")
        if self._is_nothing(utterance, recognition):
            self._take_back(utterance)
            self._hearer.state_changed()
        elif recognition.decision == "reject" or not recognition.text:
            self._take_back(utterance)
            self._hearer.not_understood(self._attachment, utterance, recognition)
        else:
            self._hearer.understood(self._attachment, recognition, utterance, trace)

    def _is_nothing(self, utterance: Utterance, recognition: Recognition) -> bool:
        """The hub's own voice, or a sound of assent over it."""
        if not utterance.over_playback:
            return False
        text, spoken = recognition.text, self._spoken_over
        current = self._speaking.current
        if current is not None:
            spoken = current.said.text
        if text and spoken and is_echo_of(text, spoken):
            return True
        return is_backchannel(text, self._language) and self._speaking.current is not None

    def on_nobody(self, ears: Ears) -> None:
        if not ears.rest():
            ears.mode = "closed"
            self._attachment.outlet.send(events.MicClose("timeout"))
        self._hearer.state_changed()


def _goes_on(ears: Ears, utterance: Utterance, pause: Pause) -> bool:
    """Whether this very silence still lasts."""
    return ears.utterance is utterance and utterance.pause is pause and ears.endpointer.silence > 0
