"""Metrics are text that Prometheus reads, in both of its formats."""

import math

import pytest
from prometheus_client import parser as plain
from prometheus_client.openmetrics import parser

from lorgnette.api.exposition import Family, Sample, buckets, counter, gauge, rendered, wants_openmetrics

FAMILIES = [
    gauge("lamps", "Lamps\nthat \\ burn.", Sample(2, {"room": 'the "red" \\ one\n'})),
    counter("steps", "Steps taken.", 7),
    Family("walk_seconds", "histogram", "Walks.", list(buckets((0.5, 1.0), (1, 2, 3), 4.5, {"by": "foot"}))),
    gauge("nobody", "Left out."),
    gauge(
        "odd",
        "Numbers.",
        Sample(math.inf, {"n": "a"}),
        Sample(math.nan, {"n": "b"}),
        Sample(1e-9, {"n": "c"}),
    ),
]


def test_openmetrics_reads_what_was_meant() -> None:
    text = rendered(FAMILIES, openmetrics=True)
    found = {family.name: family for family in parser.text_string_to_metric_families(text)}
    assert set(found) == {"lamps", "steps", "walk_seconds", "odd"}
    (lamp,) = found["lamps"].samples
    assert (lamp.labels, lamp.value) == ({"room": 'the "red" \\ one\n'}, 2)
    assert found["lamps"].documentation == "Lamps\nthat \\ burn."
    assert [(one.name, one.value) for one in found["steps"].samples] == [("steps_total", 7)]
    assert [one.value for one in found["walk_seconds"].samples] == [1, 2, 3, 3, 4.5]
    assert [one.labels.get("le") for one in found["walk_seconds"].samples[:3]] == ["0.5", "1.0", "+Inf"]


def test_the_older_format_names_a_counter_with_its_total() -> None:
    text = rendered(FAMILIES)
    assert "# TYPE steps_total counter\nsteps_total 7\n" in text
    assert "EOF" not in text
    found = {one.name: one.type for one in plain.text_string_to_metric_families(text)}
    assert found["steps"] == "counter"
    assert found["walk_seconds"] == "histogram"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", True),
        ("Application/OpenMetrics-Text", True),
        ("text/plain;version=0.0.4", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_the_reader_chooses(accept, wanted) -> None:
    assert wants_openmetrics(accept) is wanted
