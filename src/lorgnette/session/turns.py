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
from lorgnette.mind.request import Display, Done, Outcome, Piece, Request, Say
from lorgnette.render.sentences import SentenceSplitter
from lorgnette.session.questions import Consent
from lorgnette.session.said import Said
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
    forgotten: bool = False
    """Deleted while it ran: it is answered and leaves nothing behind."""


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
        return self.current is not None and not self.current.said.sentences

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
        if turn.task is not None:
            turn.task.cancel()
        if turn.speech is not None:
            turn.speech.complete()
        self._speaking.stop(frozenset({"answer"}))
        self._finish(turn)  # what was stopped may have been another answer than this turn's
        return True

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
            case Say(text=text, whole=whole, ask=ask, consent=consent):
                turn.ask = turn.ask or ask
                turn.consent = consent or turn.consent
                if consent:
                    self._stage.asking(consent)
                for sentence in splitter.feed(text + "\n" if whole else text):
                    self._sentence(turn, sentence)
            case Display(id=id, scene=scene):
                if scene is not None:
                    turn.scenes[id] = scene
                self._stage.show(id, scene)
            case Done():
                turn.tools.append(piece)
                turn.taint |= piece.taint
            case Outcome(kind=kind, by=by, taint=taint):
                turn.outcome = kind
                turn.taint |= taint
                if by != "model":  # a model answers out of all that was said before
                    turn.taint = CLEAN.union(*(done.taint for done in turn.tools))

    def _fail(self, turn: Turn, detail: str) -> None:
        log.warning("turn %s failed: %s", turn.id, detail)
        turn.outcome = "failed"
        if not turn.said.sentences:
            formal = self._stage.wearer.formal
            self._sentence(turn, self._wiring.words.say("failed", turn.language, formal=formal))

    def _sentence(self, turn: Turn, sentence: str) -> None:
        if not turn.said.sentences:
            turn.trace.end("mind.first")
        self._speech(turn).add(sentence)
        self._note(turn)

    def _note(self, turn: Turn) -> None:
        index = len(turn.said.sentences) - 1
        self._wiring.journal.sentence(turn.id, index, turn.said.sentences[index])

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
            self._speaking.say(turn.speech, lambda how: self._spoken(turn, how))
        return turn.speech

    def _close_speech(self, turn: Turn) -> None:
        if turn.speech is not None:
            turn.speech.complete()

    def _spoken(self, turn: Turn, how: End) -> None:
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
        said = turn.said
        heard = said.text if turn.outcome != "interrupted" else said.heard_text
        if turn.text and said.sentences and not turn.forgotten:
            taint = frozenset(sorted(turn.taint, key=lambda one: (one.kind, one.name))[:MOST_SOURCES])
            self._history.append(Exchange(turn.text, heard, taint, self._wiring.clock.steady()))
        if said.sentences and not turn.forgotten:
            self.last_reply = said.text
        stages = turn.trace.milliseconds()
        self._wiring.meter.turn(turn.outcome, stages, typed=turn.typed)
        if turn.outcome != "cancelled" or said.over:
            self._wiring.journal.end(turn.id, turn.outcome, {"stages": stages})
        self._stage.broadcast(
            events.TurnDone(
                turn=turn.id,
                transcript=turn.text,
                reply=said.text,
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
