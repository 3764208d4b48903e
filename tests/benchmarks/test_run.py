from pathlib import Path

from run import BENCHES, HOME, markdown, medians, result_of


def test_numbers_become_medians_and_keys_tell_rows_apart():
    first = {
        "keys": ["server", "sessions"],
        "rows": [{"server": "a", "sessions": 1, "ms": 3.0, "fine": True}],
    }
    second = {**first, "rows": [{"server": "a", "sessions": 1, "ms": 1.0, "fine": True}]}
    third = {
        **first,
        "rows": [{"server": "a", "sessions": 1, "ms": 2.0}, {"server": "a", "sessions": 9, "ms": 7}],
    }
    assert medians([first, second, third]) == [
        {"server": "a", "sessions": 1, "ms": 2.0, "fine": True},
        {"server": "a", "sessions": 9, "ms": 7},
    ]


def test_a_cell_that_a_run_lacks_leaves_the_others_median():
    assert medians([{"rows": [{"ms": None}]}, {"rows": [{"ms": 4}]}]) == [{"ms": None}]
    assert medians([{"rows": [{"ms": 4}]}, {"rows": [{"ms": None}]}]) == [{"ms": 4}]


def test_a_table_has_every_column_that_any_row_has():
    assert markdown([{"a": 1, "b": None}, {"a": 1234.5, "c": "x|y"}]) == [
        "| a | b | c |",
        "| --- | --- | --- |",
        "| 1 | – | – |",
        "| 1,234 | – | x\\|y |",
    ]


def test_every_listed_benchmark_is_there():
    assert [bench.script for bench in BENCHES if not (HOME / bench.script).is_file()] == []
    assert len({bench.name for bench in BENCHES}) == len(BENCHES)
    assert Path(HOME / "Makefile").is_file()


def test_a_result_is_read_from_the_last_line_or_the_whole_output():
    assert result_of('noise\n{"rows": []}\n') == {"rows": []}
    assert result_of('{\n"us": {"a": 1, "b": "x"}}') == {
        "keys": ["what"],
        "rows": [{"what": "us: a", "value": 1}],
    }
    assert result_of("nothing") is None
