"""What was understood becomes the answer to a question, a question back, or a turn."""

import asyncio
from typing import Protocol
from zoneinfo import ZoneInfo

from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.engines.protocols import Recognition
from lorgnette.mind.request import Request
from lorgnette.sdk.context import Control
from lorgnette.sdk.language import language_of
from lorgnette.session.attachment import Attachment
from lorgnette.session.company import Company
from lorgnette.session.ears import Utterance
from lorgnette.session.questions import ANSWER_SECONDS, Question, Questions
from lorgnette.session.said import Said
from lorgnette.session.trace import Trace
from lorgnette.session.turns import Turn, Turns
from lorgnette.session.wiring import Wiring


class Room(Protocol):
    """The session around it."""

    wearer: Wearer

    @property
    def control(self) -> Control: ...

    def state_changed(self) -> None: ...

    def heard(self, text: str) -> None:
        """The wearer's whole words, for the displays."""
        ...

    def listen(self, attachment: Attachment, seconds: float) -> None: ...


class Hearing:
    """One session's."""

    def __init__(
        self, room: Room, company: Company, turns: Turns, questions: Questions, wiring: Wiring
    ) -> None:
        self._room = room
        self._company = company
        self._turns = turns
        self._questions = questions
        self._wiring = wiring
        self._said_once: set[str] = set()

    def understood(
        self, attachment: Attachment, recognition: Recognition, utterance: Utterance, trace: Trace
    ) -> None:
        """The recogniser's words of one utterance."""
        device = attachment.device.id
        if attachment.sink is not None:
            self._company.use(device)
        audio = bytes(utterance.audio)
        language = recognition.language or self._language(attachment)
        sharing = self._wiring.sharing
        if attachment.device.shared and sharing is not None:
            sharing.used(device)
            if not utterance.over_playback and sharing.heard(attachment, recognition.text, language):
                self._room.state_changed()
                return
        answer = None
        if self._questions.pending:
            answer = self._wiring.words.answer(recognition.text, language)
        if answer is True and utterance.over_playback:
            self.asked(listen=True)  # a yes before the question was heard agrees to nothing
            return
        if recognition.decision == "confirm" and answer is None:
            self._propose(device, recognition.text, language, audio, trace)
            return
        self.hear(recognition.text, language, device, audio=audio, recognition=recognition, trace=trace)

    def not_understood(self, attachment: Attachment, utterance: Utterance, recognition: Recognition) -> None:
        """Noise in an open room is ignored; somebody who pressed a button is told."""
        self._room.state_changed()
        if recognition.engine == "none":
            self.say_once("no-recogniser", attachment.device.id)
        elif recognition.engine == "failed" or utterance.pushed or self._questions.pending:
            turn = self._turn("", self._language(attachment), attachment.device.id)
            failed = recognition.engine == "failed"
            said = self._words("ears-failed" if failed else "not-heard", turn.language)
            self._turns.say(turn, said, "failed" if failed else "not_understood")

    def hear(
        self,
        text: str,
        language: str,
        device: str,
        *,
        typed: bool = False,
        audio: bytes | None = None,
        recognition: Recognition | None = None,
        trace: Trace | None = None,
    ) -> Turn:
        """Words arrived: answer the open question, or begin a turn."""
        question = self._questions.take(device)
        if question is not None:
            answer = self._wiring.words.answer(text, language)
            if answer is True:
                text, language, audio = question.text, question.language, question.audio
            elif answer is False:
                turn = self._turn(text, language, device, typed=typed, trace=trace)
                return self._turns.say(turn, self._words("all-right", language), "done")
        turn = self._turn(text, language, device, typed=typed, trace=trace)
        wearer = self._room.wearer
        attachment = self._company.attachments.get(device)
        request = Request(
            turn=turn.id,
            text=text,
            language=language,
            wearer=wearer,
            now=self._wiring.clock.now().astimezone(ZoneInfo(wearer.zone)),
            capabilities=self._company.capabilities,
            control=self._room.control,
            device=device,
            shared=attachment is not None and attachment.device.shared,
            audio=audio,
            slots=recognition.slots if recognition is not None else {},
            history=tuple(self._turns.history),
        )
        if not typed:
            self._room.heard(text)
        self._turns.begin(turn, request)
        self._room.state_changed()
        return turn

    def nodded(self, *, yes: bool, device: str) -> None:
        """It answers an open question; heads move all day, without one it means nothing."""
        language = self._room.wearer.language
        if self._questions.pending:
            words = language_of(language).conversation.get("yes" if yes else "no", ())
            if words:
                self.hear(words[0], language, device, typed=True)

    def asked(self, *, listen: bool) -> None:
        """A question was put; `listen`: it was heard to its end, so the microphone opens for the answer."""
        if not listen and not self._questions.pending:
            return
        self._questions.asked()
        asyncio.get_running_loop().call_later(ANSWER_SECONDS, self._room.state_changed)
        attachment = self._company.voice()
        if listen and attachment is not None:
            self._room.listen(attachment, ANSWER_SECONDS)

    def aside(self, text: str, device: str) -> None:
        """Say something that is no answer."""
        self._company.use(device)
        self._turns.say(self._turn("", self._room.wearer.language, device), text, "done")

    def say_once(self, key: str, device: str) -> None:
        """A sentence about the hub itself, in the language spoken there; at most once a session."""
        if key not in self._said_once:
            self._said_once.add(key)
            turn = self._turn("", self._language(self._company.attachments.get(device)), device)
            self._turns.say(turn, self._words(key, turn.language), "not_understood")

    def _propose(self, device: str, text: str, language: str, audio: bytes, trace: Trace) -> None:
        spoken = self._room.wearer.language
        turn = self._turn("", spoken, device, trace=trace)
        self._turns.say(turn, self._words("did-you-say", spoken, text=text), "proposed", ask=True)
        voice = self._company.voice()
        asking = device if voice is None else voice.device.id
        self._questions.ask(Question(text, language, audio, frozenset({device, asking})))

    def _language(self, attachment: Attachment | None) -> str:
        """What is spoken there."""
        return (attachment.language if attachment is not None else "") or self._room.wearer.language

    def _words(self, key: str, language: str, **values: object) -> str:
        return self._wiring.words.say(key, language, formal=self._room.wearer.formal, **values)

    def _turn(
        self, text: str, language: str, device: str, *, typed: bool = False, trace: Trace | None = None
    ) -> Turn:
        id = new_id("t-")
        return Turn(
            id=id,
            text=text,
            language=language,
            device=device,
            typed=typed,
            trace=trace or Trace(self._wiring.clock.steady),
            said=Said(id, new_id("u-"), language),
        )
