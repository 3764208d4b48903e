"""A result against the last one: what counts as unchanged, and why two may not be comparable."""

import json
from pathlib import Path
from typing import Any

from compare import BASELINE, Column, Result, compared, doubts, last, lines, verdict
from run import BENCHES, markdown

COST, LATE, MOST = Column("cost"), Column("late", little=20.0), Column("most", lower=False)


def result(rows: list[dict[str, Any]], **machine: Any) -> Result:
    about = {"processor": "A", "cores": 2, "python": "3.12.1", "load before": 0.1, **machine}
    return Result("2026-11-24T10:00:00Z", "abc", about, rows, ["who"])


def test_a_fifth_is_unchanged_and_so_is_what_is_too_little_to_count() -> None:
    assert verdict(1.2, 1.0, COST) == "unchanged"
    assert verdict(1.3, 1.0, COST) == "worse"
    assert verdict(0.7, 1.0, COST) == "better"
    assert verdict(20, 1, LATE) == "unchanged"
    assert verdict(30, 1, LATE) == "worse"
    assert verdict(700, 500, MOST) == "better"


def test_only_rows_and_figures_that_both_have_are_compared() -> None:
    now = result([{"who": "us", "cost": 2.0, "late": None}, {"who": "new", "cost": 1}])
    then = result([{"who": "us", "cost": 1.0, "late": 3}])
    (row,) = compared(now, then, [COST, LATE])
    assert (row["row"], row["figure"], row["ratio"], row["verdict"]) == ("us", "cost", 2.0, "worse")
    assert "0 better" not in "\n".join(lines(now, then, [COST], markdown))
    assert lines(now, result([]), [COST], markdown) == []


def test_another_machine_or_load_is_said() -> None:
    assert doubts(result([]), result([])) == []
    assert len(doubts(result([]), result([], processor="B", python="3.13"))) == 2
    assert doubts(result([], **{"load before": 3.0}), result([])) == ["another load before: 0.1, now 3.0"]
    text = "\n".join(
        lines(
            result([{"who": "us", "cost": 1}]), result([{"who": "us", "cost": 1}], cores=8), [COST], markdown
        )
    )
    assert "Not quite comparable: another cores: 8, now 2" in text
    assert "1 unchanged" in text


def test_the_last_result_is_the_newest_before_this_run(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        report = {
            "started": f"2026-11-0{day}",
            "commit": str(day),
            "machine": {},
            "benchmarks": [{"name": "capacity" if day < 3 else "store", "rows": [], "keys": []}],
        }
        (tmp_path / f"2026-11-0{day}.json").write_text(json.dumps(report))
    (tmp_path / "2026-11-04.json").write_text("no JSON")
    for folder, before, commit in (
        (tmp_path, "9", "2"),
        (tmp_path, "2026-11-02", "1"),
        (tmp_path / "none", "9", "docs/benchmarks.md"),
    ):
        found = last("capacity", folder, before)
        assert found is not None
        assert found.commit == commit
    assert last("size", tmp_path) is None


def test_the_baseline_is_comparable_with_what_the_benchmark_prints() -> None:
    known = {bench.name: bench for bench in BENCHES}
    for one in json.loads(BASELINE.read_text())["benchmarks"]:
        columns = {column.name for column in known[one["name"]].compared}
        for row in one["rows"]:
            assert set(row) - set(one["keys"]) <= columns
