"""Metrics as text: the Prometheus format, and OpenMetrics where the reader asks for it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
OPENMETRICS: Final = "application/openmetrics-text; version=1.0.0; charset=utf-8"

type Labels = Mapping[str, str]
type Kind = Literal["gauge", "counter", "histogram"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A value; `suffix` follows the family's name."""

    value: float
    labels: Labels = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """One metric. A counter's name stands without `_total`, which its samples get when they are written."""

    name: str
    kind: Kind
    help: str
    samples: Sequence[Sample]


def gauge(name: str, help: str, *samples: Sample | float) -> Family:
    """A value that goes up and down."""
    return Family(name, "gauge", help, [_sample(one) for one in samples])


def counter(name: str, help: str, *samples: Sample | float) -> Family:
    """A number that only grows while the hub runs."""
    return Family(name, "counter", help, [_sample(one) for one in samples])


def buckets(
    bounds: Sequence[float], cumulative: Sequence[int], total: float, labels: Labels | None = None
) -> Iterator[Sample]:
    """The samples of one histogram; `cumulative` has one more than `bounds`, their number."""
    own = dict(labels or {})
    for bound, count in zip((*bounds, math.inf), cumulative, strict=True):
        yield Sample(count, own | {"le": _number(float(bound))}, "_bucket")
    yield Sample(cumulative[-1], own, "_count")
    yield Sample(total, own, "_sum")


def rendered(families: Iterable[Family], *, openmetrics: bool = False) -> str:
    """The page. A family without samples is left out."""
    lines: list[str] = []
    for family in families:
        if not family.samples:
            continue
        total = "_total" if family.kind == "counter" else ""
        head = family.name if openmetrics else family.name + total
        lines.append(f"# HELP {head} {_escaped(family.help, quotes=openmetrics)}")
        lines.append(f"# TYPE {head} {family.kind}")
        for sample in family.samples:
            name = family.name + (sample.suffix or total)
            lines.append(f"{name}{_labels(sample.labels)} {_number(sample.value)}")
    if openmetrics:
        lines.append("# EOF")
    return "\n".join(lines) + "\n"


def wants_openmetrics(accept: str) -> bool:
    """Whether an Accept header prefers OpenMetrics, which is what Prometheus itself asks for."""
    return any(
        part.partition(";")[0].strip().lower() == "application/openmetrics-text" for part in accept.split(",")
    )


def _sample(value: Sample | float) -> Sample:
    return value if isinstance(value, Sample) else Sample(value)


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value, quotes=True)}"' for name, value in labels.items()) + "}"


def _escaped(text: str, *, quotes: bool) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace('"', '\\"') if quotes else text


def _number(value: float) -> str:
    if isinstance(value, float):
        if math.isinf(value):
            return "+Inf" if value > 0 else "-Inf"
        if math.isnan(value):
            return "NaN"
    return repr(value)
