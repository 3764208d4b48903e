"""Who is chosen: fast enough, then accurate, then quick; and the order that gives each language its own."""

from typing import Any

import pytest

from lorgnette.gauge import Candidate, Figure, Measured, fastest, in_order


def row(engine: str, rtf: float, error: float | None = None, **more: Any) -> Measured:
    kind = more.pop("kind", "asr")
    model = more.pop("model", "")
    figure = Figure(kind=kind, engine=engine, rtf=rtf, error=error, measure="WER" if error else "", **more)
    return Measured(Candidate(kind, engine, model=model), figure)


def name(pick: Any) -> str:
    return pick.picked.candidate.engine if pick.picked else ""


def test_the_fastest_of_those_that_are_as_accurate_as_the_best() -> None:
    rows = [
        row("grammar", 0.02, 0.9),
        row("small", 0.1, 0.14),
        row("large", 0.4, 0.1),
        row("huge", 0.9, 0.05),
    ]
    pick = fastest("en", rows)
    assert name(pick) == "small"
    reasons = {one.candidate.engine: why for one, why in pick.passed}
    assert "over 0.5" in reasons["huge"]
    assert "90% wrong, the best gets 10% wrong" in reasons["grammar"]
    assert "slower" in reasons["large"]


def test_the_wait_counts_and_not_the_work() -> None:
    rows = [row("offline", 0.05, answer_s=0.3), row("streaming", 0.3, answer_s=0.08)]
    assert name(fastest("en", rows)) == "streaming"
    voices = [row("a", 0.001, kind="tts", first_s=0.2), row("b", 0.1, kind="tts", first_s=0.05)]
    assert name(fastest("en", voices)) == "b"


def test_nobody_is_chosen_where_nobody_will_do() -> None:
    assert fastest("zh", []).why == "nobody here knows it"
    pick = fastest("zh", [row("slow", 1.2)])
    assert (name(pick), pick.why) == ("", "nobody here does it well enough")


def test_who_makes_things_up_is_not_chosen() -> None:
    assert name(fastest("de", [row("random", 0.01, 2.23)])) == ""
    assert (
        name(fastest("de", [row("deaf", 0.01, 1.0)])) == "deaf"
    )  # a grammar that rejects what is no command


def test_who_has_no_error_rate_loses_to_who_has_one() -> None:
    pick = fastest("en", [row("unknown", 0.01), row("known", 0.2, 0.3)])
    assert name(pick) == "known"
    assert "unknown how much" in pick.passed[0][1]
    assert name(fastest("en", [row("a", 0.2), row("b", 0.1)])) == "b"


def test_recordings_count_where_all_heard_them() -> None:
    rows = [
        row("a", 0.1, 0.5, synthetic=True),
        row("a", 0.1, 0.1),
        row("b", 0.2, 0.1, synthetic=True),
        row("b", 0.2, 0.3),
    ]
    assert name(fastest("en", rows)) == "a"
    assert name(fastest("en", rows[:3])) == "b"  # b heard only the voice, so only that is comparable


@pytest.mark.parametrize(
    ("picks", "knows", "now", "order", "lost"),
    [
        ([("en", "a")], {"a": {"en"}}, ["b"], ["a", "b"], []),
        ([("de", "v"), ("en", "p")], {"v": {"de", "en"}, "p": {"en"}}, ["v"], ["p", "v"], []),
        ([("de", "x"), ("en", "y")], {"x": {"de", "en"}, "y": {"de", "en"}}, [], ["x", "y"], ["en"]),
        ([("zh", "s")], {"s": {"zh"}, "p": {"en"}}, ["p", "remote"], ["p", "s", "remote"], []),
        ([], {}, ["a", "b"], ["a", "b"], []),
    ],
)
def test_the_order_gives_each_language_its_engine(picks, knows, now, order, lost) -> None:
    found, gave_up = in_order(picks, knows, now)
    assert gave_up == lost
    assert found == order or (set(found) == set(order) and _holds(found, picks, knows, lost))


def _holds(order: list[str], picks: Any, knows: Any, lost: list[str]) -> bool:
    return all(
        next(one for one in order if language in knows.get(one, (language,))) == engine
        for language, engine in picks
        if language not in lost
    )
