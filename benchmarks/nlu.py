"""How people's utterances are understood: done or proposed rightly, done wrongly, and what that costs.

    python benchmarks/nlu.py [--rows FILE]

*en* is the part of SLURP, CLINC150 and Snips (`../shared/data/nlu`) that `scripts/train.py` never saw; *de*
and *zh* are `tests/mind/utterances`, written by hand without sight of grammar and training data; *xsid* is
xSID's validation set, which nothing of ours was made from. Of utterances in the domains of installed tools:
`met` (done or proposed with the right tool), `done`; of all: `precision` of what was done, of those out of
scope `oos_done` and `oos_proposed`. `slots`: of those done or proposed rightly, how many arguments agree.
`ece`: mean gap between confidence and truth, in ten bins, of the parser's guesses.
"""

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME / "scripts"))

from train_corpus import NLU, SAME, natural, split_of  # noqa: E402

from lorgnette.mind.guessing import Guessing, Understood  # noqa: E402
from lorgnette.mind.reflexes import Reflexes  # noqa: E402
from lorgnette.sdk.registry import SkillRegistry, load_skills  # noqa: E402

UTTERANCES = HOME / "tests" / "mind" / "utterances"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
XSID = {
    "alarm/set_alarm": ("set_alarm", "wake_in"),
    "alarm/cancel_alarm": ("cancel_alarm", "cancel_all_alarms"),
    "alarm/show_alarms": ("list_alarms", "next_alarm"),
    "alarm/snooze_alarm": ("snooze",),
    "reminder/set_reminder": ("remind_me", "remind_at_place"),
    "reminder/cancel_reminder": ("cancel_reminder",),
    "reminder/show_reminders": ("list_reminders",),
    "weather/find": ("weather", "will_it_rain", "temperature"),
}
NEAR = {  # what a listener would count as the same deed; docs/reflexes.md says why. `strict` is without it
    "remember": {"park_here"},
    "cancel_alarm": {"cancel_all_alarms"},
    "cancel_timer": {"cancel_all_timers"},
    "weather": {"will_it_rain", "temperature"},
    "will_it_rain": {"weather"},
    "recall": {"recall_mine", "recall_where", "birthday_of", "contact_of", "where_parked"},
    "set_volume": {"loudest"},
    "read_list": {"is_on_list"},
    "agenda": {"next_event", "is_free"},
    "mute": {"stop"},
    "tell_date": {"tell_weekday"},
    "calculate": {"percent_of"},
}


@dataclass(frozen=True, slots=True)
class Utterance:
    """`right`: the tools that would do; empty: out of scope. `strict`: without neighbours."""

    language: str
    text: str
    right: frozenset[str]
    strict: frozenset[str]
    arguments: Mapping[str, Any] | None = None


def english() -> Iterator[Utterance]:
    for sample in natural():
        if split_of(sample.group, natural=True) == "measure":
            right = frozenset() if sample.label.startswith("~") else frozenset({sample.label, *sample.also})
            near = {other for tool in right for other in NEAR.get(tool, ())}
            yield Utterance("en", sample.text, right | near, right)


def written(language: str) -> Iterator[Utterance]:
    for line in (UTTERANCES / f"{language}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        right = {row["tool"], *NEAR.get(row["tool"], ())} if row["tool"] else set()
        strict = frozenset({row["tool"]} if row["tool"] else ())
        yield Utterance(language, row["text"], frozenset(right), strict, row["arguments"])


def xsid(language: str) -> Iterator[Utterance]:
    for line in (NLU / f"xsid_{language}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        right = frozenset(XSID.get(row["intent"], ()))
        yield Utterance(language, row["text"], right, right)


def installed(utterances: Iterator[Utterance], registry: SkillRegistry) -> list[Utterance]:
    """Without those whose tools aren't here."""
    names = {registered.tool.name for registered in registry.tools.values()}
    return [one for one in utterances if not one.right or one.right & names]


def agree(found: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[int, int]:
    """(how many arguments agree, how many there are): clock times, levels, and whether texts overlap."""
    right = every = 0
    for name, wanted in said.items():
        if name in {"at", "level"} or (name in {"item", "text", "title"} and isinstance(wanted, str)):
            got = found.get(name)
            every += 1
            if isinstance(got, clock) and re.fullmatch(r"\d\d:\d\d", str(wanted)):
                hour, minute = map(int, wanted.split(":"))
                right += (got.hour % 12, got.minute) == (hour % 12, minute)
            elif isinstance(got, int) and isinstance(wanted, int):
                right += int(got) in {wanted, wanted // 10} or got * 10 == wanted
            elif isinstance(got, str):
                a, b = (
                    Counter(got.casefold().replace(" ", "")),
                    Counter(str(wanted).casefold().replace(" ", "")),
                )
                right += (a & b).total() >= 0.7 * max(a.total(), b.total(), 1)
    return right, every


def measured(
    utterances: list[Utterance], understand: Callable[[str, str], Understood]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figures of a set, and every utterance with what became of it."""
    taken: list[float] = []
    rows: list[dict[str, Any]] = []
    gaps: list[tuple[float, bool]] = []
    slots = [0, 0]
    for one in utterances:
        times = []
        for _ in range(3):  # the machine does other things, too; what is kept of an utterance is let go
            understand("x", one.language)
            begin = time.thread_time_ns()
            found = understand(one.text, one.language)
            times.append(time.thread_time_ns() - begin)
        taken.append(min(times) / 1e6)
        tool = found.match.tool if found.match else ""
        right = SAME.get(tool, tool) in one.right or tool in one.right
        strict = SAME.get(tool, tool) in one.strict or tool in one.strict
        if found.guess is not None:
            gaps.append((found.guess.confidence, found.guess.registered.tool.name in one.right))
        if right and found.decision in {"do", "propose"} and one.arguments and found.match:
            pair = agree(found.match.arguments, one.arguments)
            slots = [slots[0] + pair[0], slots[1] + pair[1]]
        rows.append(
            {
                "text": one.text,
                "wanted": sorted(one.right),
                "decision": found.decision,
                "by": found.by,
                "tool": tool,
                "right": right,
                "strict": strict,
                "confidence": found.guess.confidence if found.guess else None,
                "held": found.guess.held if found.guess else "",
            }
        )
    inside = [row for row in rows if row["wanted"]]
    outside = [row for row in rows if not row["wanted"]]
    done = [row for row in rows if row["decision"] == "do"]
    said = {"do", "propose"}
    figures = {
        "utterances": len(inside),
        "met": share(row["right"] and row["decision"] in said for row in inside),
        "done": share(row["right"] and row["decision"] == "do" for row in inside),
        "grammar": share(row["right"] and row["by"] == "grammar" for row in inside),
        "wrongly_proposed": share(not row["right"] and row["decision"] == "propose" for row in inside),
        "precision": share(row["right"] for row in done),
        "strict_met": share(row["strict"] and row["decision"] in said for row in inside),
        "strict_precision": share(row["strict"] for row in done),
        "precision_in_scope": share(row["right"] for row in done if row["wanted"]),
        "strangers": len(outside),
        "oos_done": share(row["decision"] == "do" for row in outside),
        "oos_proposed": share(row["decision"] == "propose" for row in outside),
        "slots": round(slots[0] / slots[1], 3) if slots[1] else None,
        "ece": calibration_error(gaps),
        "p50_ms": round(statistics.median(taken), 3),
        "p99_ms": round(sorted(taken)[int(len(taken) * 0.99)], 3),
    }
    return figures, rows


def share(values: Any) -> float | None:
    several = list(values)
    return round(sum(several) / len(several), 4) if several else None


def calibration_error(gaps: list[tuple[float, bool]]) -> float | None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in gaps:
        bins.setdefault(min(9, int(confidence * 10)), []).append((confidence, right))
    if not gaps:
        return None
    total = 0.0
    for several in bins.values():
        total += abs(sum(c for c, _ in several) - sum(r for _, r in several))
    return round(total / len(gaps), 4)


def resident() -> float:
    """MB of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, help="write every English utterance and what became of it here")
    given = parser.parse_args()
    registry = load_skills()
    reflexes = Reflexes(registry)
    notes = []
    for language in ("en", "de", "zh"):
        reflexes.warm(language)
        reflexes.match("a", language)
    before = resident()
    guessing = Guessing(registry, reflexes)
    for language in ("en", "de", "zh"):
        guessing.warm(language)
    notes.append(
        f"the parser takes {resident() - before:.1f} MB for three languages, {len(registry.tools)} tools"
    )
    sets: dict[str, list[Utterance]] = {}
    if NLU.is_dir():
        sets["en"] = installed(english(), registry)
    for language in ("de", "zh"):
        sets[language] = installed(written(language), registry)
    if NLU.is_dir():
        sets |= {f"xsid_{code}": installed(xsid(code), registry) for code in ("en", "de", "zh")}
    rows = []
    every: list[dict[str, Any]] = []
    for name, utterances in sets.items():
        figures, each = measured(utterances, lambda text, code: guessing.understand(text, code, now=NOW))
        rows.append({"set": name, **figures})
        every += [{"set": name, **row} for row in each]
    if given.rows:
        given.rows.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in every), "utf-8")
    print(json.dumps({"rows": rows, "keys": ["set"], "notes": notes}, ensure_ascii=False))


if __name__ == "__main__":
    main()
