"""Makes the shipped calibration of the command recogniser from `calibration_evidence.csv`.

    python benchmarks/calibrate_rejection.py [--write]

A logistic model of the evidence. A real recording weighs three times a made one. Printed are, for each kind
of utterance, how many would be accepted and asked about, in-sample and cross-validated: all forms of a made
utterance (or all of a speaker) in the same part; each recording of ../shared left out in turn.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
from calibration_evidence import Row, load
from numpy.typing import NDArray

from lorgnette.engines.asr import rejection
from lorgnette.engines.asr.evidence import BOUNDS

PARTS = 10
PENALTY = 1.0
REAL = 3.0
"""Weight of a recording beside a made utterance."""
ACCEPT = 0.55
CONFIRM = 0.2
Floats = NDArray[np.float64]


class Table:
    """Rows as arrays: evidence, right or wrong, weight."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.values = np.array([[row.evidence[name] for name in BOUNDS] for row in rows])
        self.right = np.array([float(row.right) for row in rows])
        self.weight = np.array([REAL if row.real else 1.0 for row in rows])

    def model(self, inside: NDArray[np.bool_] | None = None) -> Floats:
        """Weights and, last, the bias of a logistic model (Newton's method; penalty on scaled weights)."""
        inside = np.ones(len(self.rows), dtype=bool) if inside is None else inside
        values, right, weight = self.values[inside], self.right[inside], self.weight[inside]
        mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
        scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
        penalty = np.diag([PENALTY] * values.shape[1] + [0.0])
        weights = np.zeros(scaled.shape[1])
        for _ in range(50):
            chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
            slope = scaled.T @ (weight * (chance - right)) + penalty @ weights
            curve = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled + penalty
            step = np.linalg.solve(curve, slope)
            weights -= step
            if np.abs(step).max() < 1e-8:
                break
        plain = weights[:-1] / spread
        return np.append(plain, weights[-1] - plain @ mean)

    def without(self, source: str) -> Floats:
        """The model that never met this recording, in any room or with any grammar."""
        return self.model(np.array([row.source != source for row in self.rows]))

    def cross_validated(self, by: str) -> Floats:
        """Each row's chance by a model that never met its source (or its speaker)."""
        groups = np.array([row.source if row.real else getattr(row, by) for row in self.rows])
        names = sorted({row.source for row in self.rows if row.real})
        parts = [groups == name for name in names]
        others = sorted(set(groups) - set(names))
        random.Random(0).shuffle(others)
        parts += [np.isin(groups, others[number::PARTS]) for number in range(min(PARTS, len(others)))]
        result = np.zeros(len(self.rows))
        for part in parts:
            result[part] = chances(self.model(~part), self.values[part])
        return result


def chances(weights: Floats, values: Floats) -> Floats:
    total = np.clip(values @ weights[:-1] + weights[-1], -30, 30)
    return np.asarray(1 / (1 + np.exp(-total)))


def report(title: str, table: Table, chance: Floats) -> None:
    right = table.right
    loss = -np.mean(np.log(np.where(right > 0, chance, 1 - chance) + 1e-9))
    print(f"\n{title}: {len(right)} heard, {int(right.sum())} right, log loss {loss:.3f}")
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            mean, share = chance[inside].mean(), right[inside].mean()
            print(f"  {low:.1f}-{min(high, 1):.1f}: {inside.sum():4}, mean {mean:.2f}, right {share:.2f}")
    yes, ask = chance >= ACCEPT, (chance >= CONFIRM) & (chance < ACCEPT)
    names = [f"{row.speaker} {row.grammar} {row.kind}" if row.real else row.kind for row in table.rows]
    for name in sorted(set(names)):
        of = np.array(names) == name
        good, bad = of & (right > 0), of & (right == 0)
        print(
            f"  {name:28} right {good.sum():4}: accepted {(good & yes).sum():4}, asked {(good & ask).sum()};"
            f" wrong {bad.sum():4}: accepted {(bad & yes).sum():3}, asked {(bad & ask).sum():3}"
        )


def main(write: bool) -> None:
    table = Table(load())
    weights = table.model()
    report("cross-validated by source", table, table.cross_validated("source"))
    report("cross-validated by speaker", table, table.cross_validated("speaker"))
    report("in-sample", table, chances(weights, table.values))
    spread = table.values.std(axis=0)
    print({name: round(float(w * s), 2) for name, w, s in zip(BOUNDS, weights[:-1], spread, strict=True)})
    if write:
        shipped = {
            "weights": dict(zip(BOUNDS, weights[:-1].round(5).tolist(), strict=True)),
            "bias": round(float(weights[-1]), 5),
            "accept": ACCEPT,
            "confirm": CONFIRM,
        }
        target = Path(rejection.__file__).with_name(rejection.SHIPPED)
        target.write_text(json.dumps(shipped, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true")
    main(parser.parse_args().write)
