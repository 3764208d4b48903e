"""Which engine a language gets by what was measured, and in which order engines have to stand for that."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lorgnette.gauge.candidate import Candidate
from lorgnette.gauge.figure import Figure

LIMIT = 0.5
"""× real time: half of the machine stays for the hub, another wearer, and a hot summer."""
BOUND = 0.05
"""Share of words (or characters) that a faster recogniser may get wrong more than the best one."""
_USUAL_S = 3.0
"""Length of an utterance where only the real-time factor is known."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A candidate and what holds of it in one language."""

    candidate: Candidate
    figure: Figure

    @property
    def waits(self) -> float:
        """Seconds that a wearer waits for it: for the words, for the first sound."""
        figure = self.figure
        known = figure.answer_s if figure.kind == "asr" else figure.first_s
        return known if known is not None else (figure.rtf or 0.0) * _USUAL_S


@dataclass(frozen=True, slots=True)
class Pick:
    """`picked` None: nobody will do. `why`: a sentence for a person."""

    language: str
    picked: Measured | None
    why: str
    passed: tuple[tuple[Measured, str], ...] = ()


def fastest(language: str, measured: Iterable[Measured]) -> Pick:
    """Fast enough; of those as accurate as the best, within `BOUND`; of those the one that waits least.

    Where recordings were heard by all of them, these count, else what a voice said.
    """
    rows = _comparable(list(measured))
    passed: list[tuple[Measured, str]] = []
    able: list[Measured] = []
    for one in rows:
        if one.figure.rtf is None:
            continue
        if one.figure.rtf > LIMIT:
            passed.append((one, f"{one.figure.rtf:.2g} × real time, over {LIMIT:g}"))
        elif (one.figure.error or 0.0) > 1.0:
            passed.append((one, "makes up more than was said"))
        else:
            able.append(one)
    if not able:
        why = "nobody here does it well enough" if passed else "nobody here knows it"
        return Pick(language, None, why, tuple(passed))
    rates = [one.figure.error for one in able if one.figure.error is not None]
    good = able
    if rates:
        best = min(rates)
        good = [one for one in able if one.figure.error is not None and one.figure.error <= best + BOUND]
        for one in able:
            if one not in good:
                error = one.figure.error
                wrong = "unknown how much it gets wrong" if error is None else f"{error:.0%} wrong"
                passed.append((one, f"{wrong}, the best gets {best:.0%} wrong"))
    picked = min(good, key=lambda one: (one.waits, one.figure.rtf or 0.0))
    passed += [(one, f"slower: {seconds(one.waits)}") for one in good if one is not picked]
    return Pick(language, picked, _said(picked), tuple(passed))


def in_order(
    picks: Sequence[tuple[str, str]], knows: Mapping[str, Collection[str]], now: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Engines such that the first one that knows a language is its pick; and the languages that lose.

    `picks`: language and engine, the most important language first. `knows`: an engine's languages; one that
    isn't there may know any. `now`: the present order, which holds where nothing else asks.
    """
    names = list(dict.fromkeys([*(engine for _, engine in picks), *now]))
    after: dict[str, set[str]] = {name: set() for name in names}
    lost: list[str] = []
    for language, engine in picks:
        behind = [one for one in names if one != engine and language in knows.get(one, (language,))]
        if any(engine in _reach(after, one) for one in behind):
            lost.append(language)
            continue
        after[engine].update(behind)
    place = {name: at for at, name in enumerate(names)}
    order: list[str] = []
    while len(order) < len(names):
        free = [one for one in names if one not in order and not _waits_for(one, order, after)]
        order.append(min(free, key=place.__getitem__))
    return order, lost


def seconds(value: float) -> str:
    """For people."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def _comparable(rows: list[Measured]) -> list[Measured]:
    names = {(one.candidate.name, one.candidate.provider) for one in rows}
    recorded = [one for one in rows if not one.figure.synthetic]
    made = [one for one in rows if one.figure.synthetic]
    for group in (recorded, made):
        if {(one.candidate.name, one.candidate.provider) for one in group} == names:
            return group
    return max((recorded, made), key=len)


def _said(one: Measured) -> str:
    figure = one.figure
    first = "words" if figure.kind == "asr" else "first sound"
    text = f"{figure.rtf:.2g} × real time, {first} after {seconds(one.waits)}"
    if figure.error is not None:
        of = "characters" if figure.measure == "CER" else "words"
        text += f", {figure.error:.0%} of {of} wrong" + (
            " (of a synthetic voice)" if figure.synthetic else ""
        )
    return text


def _reach(after: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for one in after[todo.pop()] - found:
            found.add(one)
            todo.append(one)
    return found


def _waits_for(name: str, done: Collection[str], after: Mapping[str, set[str]]) -> bool:
    return any(name in behind for other, behind in after.items() if other not in done)
