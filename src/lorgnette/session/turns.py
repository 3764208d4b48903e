"""Turns: what the wearer said goes to the mind, and its pieces become speech, scenes and a record."""

import asyncio
import logging
from collections import deque
from contextvars import Context
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError
from lorgnette.core.ids import new_id
from lorgnette.core.people import Wearer
from lorgnette.core.scenes import Scene
from lorgnette.core.taint import CLEAN, Taint
from lorgnette.media.earcons import earcon
from lorgnette.mind.request import Await, Display, Done, Outcome, Piece, Request, Say
from lorgnette.render.sentences import SentenceSplitter
from lorgnette.session.questions import Consent
from lorgnette.session.said import Said, joined
from lorgnette.session.speaking import End, Speaking
from lorgnette.session.speech import Speech
from lorgnette.session.trace import Trace
from lorgnette.session.wiring import Wiring

log = logging.getLogger(__name__)

HISTORY: Final = 12
HISTORY_SECONDS: Final = 1800.0
"""After so long a silence another conversation begins: what was said before isn't part of it."""
MOST_SOURCES: Final = 16
"""Of one exchange. More than that say no more: one is enough for a context to be tainted."""
TurnOutcome = Literal["done", "interrupted", "cancelled", "failed", "not_understood", "proposed"]


@dataclass(slots=True)
class Turn:
    """One exchange, from the words to the last heard sentence."""

    id: str
    text: str
    language: str
    device: str
    trace: Trace
    said: Said
    typed: bool = False
    tools: list[Done] = field(default_factory=list)
    scenes: dict[str, Scene] = field(default_factory=dict)
    outcome: TurnOutcome = "done"
    task: asyncio.Task[None] | None = None
    speech: Speech | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    ask: bool = False
    consent: Consent = ""
    """It ends with a question for consent."""
    taint: Taint = CLEAN
    """Whose words the answer came from beside the wearer's."""
    before: list[Said] = field(default_factory=list)
    """What was said before a tool waited for an answer; `said` is what follows it."""
    waits: Await | None = None
    """A tool wants to know something; the wearer's next words are for it."""
    answers: list[str] = field(default_factory=list)
    forgotten: bool = False
    """Deleted while it ran: it is answered and leaves nothing behind."""

    @property
    def reply(self) -> str:
        """All that was said."""
        return joined(said.text for said in (*self.before, self.said) if said.sentences)

    @property
    def heard(self) -> str:
        """What reached the ear."""
        return joined(said.heard_text for said in (*self.before, self.said) if said.heard)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was said, what was heard of the answer, and whose words were in it; `at`: steady seconds."""

    said: str
    heard: str
    taint: Taint
    at: float


class Stage(Protocol):
    """The session around a turn."""

    wearer: Wearer
    context: Context

    @property
    def rate(self) -> float: ...

    def caption(self, text: str) -> None: ...

    def broadcast(self, event: events.ToDevice) -> None: ...

    def show(self, id: str, scene: Scene | None) -> None: ...

    def asked(self, turn: Turn, *, listen: bool) -> None:
        """A question was put; `listen`: it was heard to its end, open the microphone for the answer."""
        ...

    def asking(self, consent: Consent) -> None:
        """A question for consent is about to be said."""
        ...

    def asks(self, turn: Turn, device: str) -> bool:
        """Whether a tool's question was put at this device."""
        ...

    def awaiting(self, turn: Turn) -> float:
        """A tool's question was heard: open the microphone; seconds in which an answer may come."""
        ...

    @property
    def hearing(self) -> bool:
        """Somebody speaks, or is being understood."""
        ...

    def turn_over(self) -> None: ...


class Turns:
    """One session's turns: at most one is being worked on."""

    def __init__(self, stage: Stage, speaking: Speaking, wiring: Wiring) -> None:
        self._stage = stage
        self._speaking = speaking
        self._wiring = wiring
        self._history: deque[Exchange] = deque(maxlen=HISTORY)
        self.current: Turn | None = None
        self.last_reply = ""

    @property
    def history(self) -> tuple[Exchange, ...]:
        """The conversation so far, oldest first."""
        if self._history and self._wiring.clock.steady() - self._history[-1].at > HISTORY_SECONDS:
            self._history.clear()
        return tuple(self._history)

    @property
    def thinking(self) -> bool:
        """A turn runs that hasn't said anything yet."""
        turn = self.current
        return turn is not None and turn.waits is None and not turn.said.sentences

    def begin(self, turn: Turn, request: Request) -> Turn:
        """Start working; a turn still running is superseded."""
        self.cancel("interrupted")
        self.current = turn
        turn.taint = request.taint
        wiring = self._wiring
        wiring.journal.begin(
            turn.id, request.wearer.id, turn.device, turn.language, turn.text, typed=turn.typed
        )
        self._stage.broadcast(events.Transcript(turn.id, turn.text, turn.language, turn.typed))
        turn.task = asyncio.create_task(self._run(turn, request), context=self._stage.context)
        return turn

    def say(self, turn: Turn, text: str, outcome: TurnOutcome, *, ask: bool = False) -> Turn:
        """A turn that the session itself answers: "did you say …?", "I didn't get that"."""
        self.cancel("interrupted")
        self.current = turn
        turn.outcome = outcome
        turn.ask = ask
        self._wiring.journal.begin(
            turn.id, self._stage.wearer.id, turn.device, turn.language, turn.text, typed=turn.typed
        )
        self._speech(turn).add(text)
        self._note(turn)
        self._close_speech(turn)
        return turn

    def say_also(self, text: str) -> None:
        """One more sentence in the running turn, e.g. what an undo took back."""
        if self.current is not None and text:
            self._sentence(self.current, text)

    def cancel(self, outcome: TurnOutcome) -> bool:
        """Stop the running turn; what acts runs to its end on its own. False if none ran."""
        turn, self.current = self.current, None
        if turn is None:
            return False
        turn.outcome = outcome
        self._answer(turn, None, give_up=True)
        if turn.task is not None:
            turn.task.cancel()
        if turn.speech is not None:
            turn.speech.complete()
        self._speaking.stop(frozenset({"answer"}))
        self._finish(turn)  # what was stopped may have been another answer than this turn's
        return True

    # ── a tool that waits for an answer ────────────────────────────────────────────────────────────────

    @property
    def awaiting(self) -> bool:
        """The wearer's next words are an answer to a tool that runs."""
        return self.current is not None and self.current.waits is not None

    def answered(self, text: str, language: str, device: str, *, early: bool = False) -> Turn | None:
        """The turn whose tool takes these words as its answer; None if they are something else.

        `early`: said while its question still sounded, so that a yes agrees to nothing and it is asked again.
        """
        turn = self.current
        if turn is None or turn.waits is None or not self._stage.asks(turn, device):
            return None
        if turn.waits.judge(text, language) == "command":
            return None
        if early and self._wiring.words.answer(text, language) is True:
            text = ""
        if text:
            turn.answers.append(text)
            self._stage.broadcast(events.Transcript(turn.id, text, language, turn.typed))
        self._answer(turn, text)
        return turn

    def unclear(self) -> bool:
        """Nothing of the answer was understood: the tool may ask again. False if none waits."""
        if not self.awaiting or self.current is None:
            return False
        self._answer(self.current, "")
        return True

    def hold(self) -> bool:
        """The wearer talks over a tool's question: it falls silent, and the words are its answer."""
        if not self.awaiting:
            return False
        self._speaking.stop(frozenset({"answer"}))
        return True

    def _await(self, turn: Turn, wait: Await) -> None:
        """Say what there is to its end, then listen. What the tool says afterwards is another utterance."""
        turn.waits = wait
        speech, said = turn.speech, turn.said
        turn.before.append(said)
        base = said.base + len(said.sentences)
        turn.said = Said(turn.id, new_id("u-"), turn.language, base=base)
        turn.speech = None
        if speech is None:
            self._listen(turn)
        else:
            speech.complete()

    def _listen(self, turn: Turn) -> None:
        wait = turn.waits
        if wait is not None and self.current is turn:
            seconds = self._stage.awaiting(turn)
            asyncio.get_running_loop().call_later(seconds, self._silence, turn, wait)

    def _silence(self, turn: Turn, wait: Await) -> None:
        if turn.waits is not wait:
            return
        if self._stage.hearing:
            asyncio.get_running_loop().call_later(1.0, self._silence, turn, wait)
        else:
            self._answer(turn, None)

    @staticmethod
    def _answer(turn: Turn, text: str | None, *, give_up: bool = False) -> None:
        wait, turn.waits = turn.waits, None
        if wait is not None and not wait.answer.done():
            if give_up:
                wait.answer.cancel()
            else:
                wait.answer.set_result(text)

    def forget(self) -> None:
        """Nothing of what was said so far is remembered; a running turn goes on and is forgotten with it."""
        self._history.clear()
        self.last_reply = ""
        if self.current is not None:
            self.current.forgotten = True

    async def close(self) -> None:
        """The session ends. A reply that wasn't heard to its end stays open in the journal."""
        turn = self.current
        self.cancel("cancelled")
        if turn is not None and turn.task is not None:
            await asyncio.wait([turn.task], timeout=2)

    # ── one turn ───────────────────────────────────────────────────────────────────────────────────────

    async def _run(self, turn: Turn, request: Request) -> None:
        splitter = SentenceSplitter(turn.language)
        mark = asyncio.get_running_loop().call_later(self._wiring.thinking_after, self._still_thinking, turn)
        turn.trace.begin("mind")
        try:
            async for piece in self._wiring.mind.respond(request):
                self._take(turn, piece, splitter)
        except asyncio.CancelledError:
            if self.current is turn:  # the loop is ending, nobody superseded it
                raise
            return
        except LorgnetteError as error:
            self._fail(turn, error.detail)
        except Exception:
            log.exception("turn %s broke", turn.id)
            self._fail(turn, "unexpected")
        finally:
            mark.cancel()
        for sentence in splitter.flush():
            self._sentence(turn, sentence)
        turn.trace.end("mind")
        if turn.speech is None:
            self._finish(turn)
        else:
            self._close_speech(turn)

    def _take(self, turn: Turn, piece: Piece, splitter: SentenceSplitter) -> None:
        match piece:
            case Say():
                self._say(turn, piece, splitter)
            case Display(id=id, scene=scene):
                if scene is not None:
                    turn.scenes[id] = scene
                self._stage.show(id, scene)
            case Await():
                for sentence in splitter.flush():
                    self._sentence(turn, sentence)
                self._await(turn, piece)
            case Done():
                turn.tools.append(piece)
                turn.taint |= piece.taint
            case Outcome(kind=kind, by=by, taint=taint):
                turn.outcome = kind
                turn.taint |= taint
                if by != "model":  # a model answers out of all that was said before
                    turn.taint = CLEAN.union(*(done.taint for done in turn.tools))

    def _say(self, turn: Turn, piece: Say, splitter: SentenceSplitter) -> None:
        turn.ask = turn.ask or piece.ask
        turn.taint |= piece.taint
        turn.consent = piece.consent or turn.consent
        if piece.consent:
            self._stage.asking(piece.consent)
        for sentence in splitter.feed(piece.text + "\n" if piece.whole else piece.text):
            self._sentence(turn, sentence)

    def _fail(self, turn: Turn, detail: str) -> None:
        log.warning("turn %s failed: %s", turn.id, detail)
        turn.outcome = "failed"
        if not turn.reply:
            formal = self._stage.wearer.formal
            self._sentence(turn, self._wiring.words.say("failed", turn.language, formal=formal))

    def _sentence(self, turn: Turn, sentence: str) -> None:
        if not turn.reply:
            turn.trace.end("mind.first")
        self._speech(turn).add(sentence)
        self._note(turn)

    def _note(self, turn: Turn) -> None:
        said = turn.said
        index = len(said.sentences) - 1
        self._wiring.journal.sentence(turn.id, said.base + index, said.sentences[index])

    def _speech(self, turn: Turn) -> Speech:
        if turn.speech is None:
            turn.trace.begin("tts")
            turn.trace.begin("first_sound")
            turn.speech = Speech(
                turn.said,
                "answer",
                self._wiring.synthesizer,
                rate=self._stage.rate,
                on_chunk=lambda: turn.trace.end("tts"),
                on_first=lambda: turn.trace.end("first_sound"),
                on_error=lambda error: log.warning("voice failed: %s", error.detail),
                on_sentence=self._stage.caption,
            )
            said = turn.said
            self._speaking.say(turn.speech, lambda how: self._spoken(turn, said, how))
        return turn.speech

    def _close_speech(self, turn: Turn) -> None:
        if turn.speech is not None:
            turn.speech.complete()

    def _spoken(self, turn: Turn, said: Said, how: End) -> None:
        if said is not turn.said:  # a tool's question; whoever stops the turn itself does so
            self._listen(turn)
            return
        if how != "heard":
            if turn.outcome == "done":
                turn.outcome = "interrupted"
            if turn.task is not None:
                turn.task.cancel()
        self._finish(turn)

    def _still_thinking(self, turn: Turn) -> None:
        if self.current is turn and not turn.said.sentences:
            self._stage.broadcast(events.Earcon("thinking"))
            sound = Said(turn.id, new_id("e-"), turn.language, complete=True)
            self._speaking.say(
                Speech(sound, "earcon", self._wiring.synthesizer, lead_in=earcon("thinking")),
                lambda _: None,
                when_busy="drop",
            )

    def _finish(self, turn: Turn) -> None:
        if turn.over.is_set():
            return
        turn.over.set()
        if self.current is turn:
            self.current = None
        said, reply = turn.said, turn.reply
        heard = reply if turn.outcome != "interrupted" else turn.heard
        if turn.text and reply and not turn.forgotten:
            taint = frozenset(sorted(turn.taint, key=lambda one: (one.kind, one.name))[:MOST_SOURCES])
            words = "\n".join((turn.text, *turn.answers))
            self._history.append(Exchange(words, heard, taint, self._wiring.clock.steady()))
        if reply and not turn.forgotten:
            self.last_reply = reply
        stages = turn.trace.milliseconds()
        self._wiring.meter.turn(turn.outcome, stages, typed=turn.typed)
        if turn.outcome != "cancelled" or said.over:
            self._wiring.journal.end(turn.id, turn.outcome, {"stages": stages})
        self._stage.broadcast(
            events.TurnDone(
                turn=turn.id,
                transcript=turn.text,
                reply=reply,
                outcome=turn.outcome,
                tools=tuple(
                    {
                        "skill": done.skill,
                        "tool": done.tool,
                        "arguments": dict(done.arguments),
                        "result": done.result,
                        "ok": done.ok,
                    }
                    | ({"held": True} if done.held else {})
                    for done in turn.tools
                ),
                stages=stages,
                undo=any(done.undo is not None for done in turn.tools),
            )
        )
        if turn.ask:
            self._stage.asked(turn, listen=turn.outcome in ("done", "proposed"))
        self._stage.turn_over()
