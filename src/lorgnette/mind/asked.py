"""What the hub asked and a later sentence answers: a missing argument, or "did you mean …?"."""

from collections import OrderedDict, deque
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from lorgnette.mind.match import Match
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Request, Say
from lorgnette.mind.yesno import yes_or_no
from lorgnette.sdk.kinds import PersonName, PlaceName
from lorgnette.sdk.registry import SkillRegistry

ANSWER_WITHIN: Final = timedelta(seconds=30)
"""From the request on; it takes a while until the question was said."""
MOST_WEARERS: Final = 10_000
MOST_QUESTIONS: Final = 3
"""Of one sentence with several requests; they are put one after the other."""
COMMAND: Final = 0.7
"""Share of a command's words that are its own, from which it is no name of a place or a person."""


@dataclass(frozen=True, slots=True)
class Question:
    """`slot`: the argument that is missing; empty: whether `match` was meant."""

    match: Match
    slot: str
    say: Say


@dataclass(frozen=True, slots=True)
class Answer:
    """`match`: what is to be done now, None: the wearer said no. `next`: what is to be asked then."""

    match: Match | None
    next: Say | None = None


@dataclass(slots=True)
class _Open:
    questions: deque[Question]
    until: datetime


class Asked:
    """Every wearer's open questions."""

    def __init__(self, registry: SkillRegistry, reflexes: Reflexes) -> None:
        self._registry = registry
        self._reflexes = reflexes
        self._open: OrderedDict[str, _Open] = OrderedDict()

    def put(self, request: Request, questions: list[Question]) -> Say | None:
        """Ask these from now on; gives the first, which is to be said."""
        if not questions:
            return None
        wearer = request.wearer.id
        self._open[wearer] = _Open(deque(questions[:MOST_QUESTIONS]), request.now + ANSWER_WITHIN)
        self._open.move_to_end(wearer)
        while len(self._open) > MOST_WEARERS:
            self._open.popitem(last=False)
        return questions[0].say

    def forget(self, wearer: str) -> None:
        """Nobody has to answer any more."""
        self._open.pop(wearer, None)

    def drop(self, skills: Collection[str]) -> None:
        """Nobody is asked any more for what these skills would do."""
        for wearer, waiting in list(self._open.items()):
            if any(question.match.skill in skills for question in waiting.questions):
                del self._open[wearer]

    def answered(self, request: Request) -> Answer | None:
        """What this says to the open question; None where none is, or it is dropped for something else."""
        waiting = self._open.pop(request.wearer.id, None)
        if waiting is None or waiting.until < request.now:
            return None
        question = waiting.questions.popleft()
        answer = self._filled(request, question) if question.slot else self._agreed(request, question)
        if answer is None or not waiting.questions:
            return answer
        return replace(answer, next=self.put(request, list(waiting.questions)))

    def _agreed(self, request: Request, question: Question) -> Answer | None:
        answer = yes_or_no(request.text, request.language)
        if answer is None:
            return None
        return Answer(question.match if answer else None)

    def _filled(self, request: Request, question: Question) -> Answer | None:
        """The call with what the wearer says now as its argument."""
        match, slot = question.match, question.slot
        other = self._reflexes.match(request.text, request.language, now=request.now)
        registered = self._registry.find(match.skill, match.tool)
        value = self._reflexes.fill(registered, slot, request.text, request.language, now=request.now)
        clear = COMMAND if isinstance(value, PlaceName | PersonName) else 1.0
        if value is None or (
            other is not None and other.confidence >= clear and not isinstance(value, bool)
        ):  # a yes or no means this question, although one may say it to nothing, too
            return None
        return Answer(replace(match, arguments={**match.arguments, slot: value}))
