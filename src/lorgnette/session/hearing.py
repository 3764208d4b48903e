"""What was understood becomes the answer to a question, a question back, or a turn."""

import asyncio
from typing import Protocol
from zoneinfo import ZoneInfo

from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.taint import CLEAN
from lorgnette.engines.protocols import Recognition
from lorgnette.mind.pin import LONGEST, MASK, SHORTEST, pin_in
from lorgnette.mind.request import Answer, Request
from lorgnette.sdk.context import Control
from lorgnette.sdk.language import language_of
from lorgnette.session.attachment import Attachment
from lorgnette.session.company import Company
from lorgnette.session.ears import Utterance
from lorgnette.session.questions import ANSWER_SECONDS, TYPING_SECONDS, Consent, Question, Questions
from lorgnette.session.said import Said
from lorgnette.session.trace import Trace
from lorgnette.session.turns import Turn, Turns
from lorgnette.session.visitors import Visitors
from lorgnette.session.wiring import Wiring


class Room(Protocol):
    """The session around it."""

    wearer: Wearer
    visitors: Visitors

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
        early, answer = utterance.over_playback, None
        if self._questions.pending or early:
            answer = self._wiring.words.answer(recognition.text, language)
        if answer is True and early and self._questions.pending and not self._questions.for_consent:
            self.asked(listen=True)  # a yes before the question was heard agrees to nothing
            return
        unsure = recognition.decision == "confirm" and answer is None and not self._turns.awaiting
        if unsure and not self._pin(recognition.text, language):
            self._propose(device, recognition.text, language, audio, trace)
            return
        by: Answer = "early" if early else "voice"
        self.hear(recognition.text, language, device, by, audio=audio, recognition=recognition, trace=trace)

    def not_understood(self, attachment: Attachment, utterance: Utterance, recognition: Recognition) -> None:
        """Noise in an open room is ignored; somebody who pressed a button is told."""
        self._room.state_changed()
        if recognition.engine not in {"none", "failed"} and self._turns.unclear():
            return
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
        by: Answer,
        *,
        audio: bytes | None = None,
        recognition: Recognition | None = None,
        trace: Trace | None = None,
    ) -> Turn:
        """Words arrived, or what stands for them: answer the open question, or begin a turn."""
        typed = by not in {"voice", "early"}
        # what began over the question was meant for it, and agrees to nothing
        answers = self._questions.consents(device) or by == "early"
        pin = self._pin(text, language)
        if pin:
            text, audio, recognition = MASK, None, None  # from here on nobody knows it but who checks it
        answered = self._turns.answered(text, language, device, early=by == "early") if not pin else None
        if answered is not None:
            self._questions.drop()
            self._room.heard(text)
            self._room.state_changed()
            return answered
        question = self._questions.take(device)
        if question is not None:
            answer = self._wiring.words.answer(text, language)
            if answer is True:
                text, language, audio = question.text, question.language, question.audio
            elif answer is False:
                turn = self._turn(text, language, device, typed=typed, trace=trace)
                return self._turns.say(turn, self._words("all-right", language), "done")
        turn = self._turn(text, language, device, typed=typed, trace=trace)
        if pin and not answers:
            return self._turns.say(turn, self._words("pin-late", language), "not_understood")
        agent = "" if pin or by == "early" else self._room.visitors.take(text)
        if agent:
            return self._turns.say(turn, self._words("agent-told", language, agent=agent), "done")
        wearer = self._room.wearer
        history = self._turns.history
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
            history=tuple((one.said, one.heard) for one in history),
            taint=CLEAN.union(*(one.taint for one in history)),
            answers=True,
            answer=("pin" if pin and by != "early" else by) if answers else "",
            pin=pin if answers else "",
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
                self.hear(words[0], language, device, "nod")

    def touched(self, device: str) -> bool:
        """A long press is a yes to what was asked; False where nothing was, or consent at another device."""
        if not self._questions.pending or (
            self._questions.for_consent and not self._questions.consents(device)
        ):
            return False
        language = self._room.wearer.language
        self.hear(language_of(language).conversation["yes"][0], language, device, "touch")
        return True

    def asking(self, consent: Consent) -> None:
        """A question for consent is about to be said."""
        self._questions.saying(consent)

    def shown(self, text: str) -> str:
        """Words that are still coming, as displays may have them: without what may be a PIN."""
        if self._questions.takes_pin and pin_in(text, self._room.wearer.language).digits:
            return MASK
        return text

    def asked(self, turn: Turn | None = None, *, listen: bool) -> None:
        """A question was put; `listen`: it was heard to its end, so the microphone opens for the answer."""
        if not listen:
            self._questions.unasked()
        if not listen and not self._questions.pending:
            return
        self._questions.asked(*self._of(turn))
        asyncio.get_running_loop().call_later(ANSWER_SECONDS, self._room.state_changed)
        attachment = self._company.voice()
        if listen and attachment is not None:
            self._room.listen(attachment, ANSWER_SECONDS)

    def asks(self, turn: Turn, device: str) -> bool:
        """Whether a tool's question was put at this device."""
        return device in self._of(turn)[1]

    def awaiting(self, turn: Turn) -> float:
        """A tool's question was heard; seconds in which an answer may come."""
        self.asked(turn, listen=True)
        self._room.state_changed()
        return TYPING_SECONDS if turn.typed else ANSWER_SECONDS

    def _of(self, turn: Turn | None) -> tuple[Consent, frozenset[str]]:
        """What a turn asked for, and of which devices: the one it was said at, and the one that speaks."""
        if turn is None:
            return "", frozenset()
        voice = self._company.voice()
        return turn.consent, frozenset({turn.device, turn.device if voice is None else voice.device.id})

    def _pin(self, text: str, language: str) -> str:
        """The PIN in these words, if one may be among them. What was asked for is expected, wrong or not."""
        if not self._questions.takes_pin:
            return ""
        found = pin_in(text, language)
        whole = found.alone or (self._questions.for_consent and len(found.digits) >= SHORTEST)
        return found.digits[: LONGEST + 1] if whole else ""

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
