"""Fitting: softmax regression over hashed features, a tagger of free text, a calibration. numpy alone."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SCALE: Final = 3.0
"""What a feature counts in a row of one; it sets how fast rows are learned."""

type Floats = NDArray[np.float32]


def softmax_regression(
    rows: Sequence[NDArray[np.intp]],
    labels: NDArray[np.intp],
    weights: Floats,
    buckets: int,
    classes: int,
    *,
    epochs: int = 9,
    batch: int = 256,
    rate: float = 0.35,
    decay: float = 1e-6,
    dropped: float = 0.3,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """(buckets × classes) weights and a bias by AdaGrad; each row holds the buckets of its features.

    `dropped`: share of a row's features that is left out each time: people use words that no sample has.
    """
    random = np.random.default_rng(seed)
    w = np.zeros((buckets, classes), np.float32)
    b = np.zeros(classes, np.float32)
    gw, gb = np.full_like(w, 1e-3), np.full_like(b, 1e-3)
    order = np.arange(len(rows))
    for epoch in range(epochs):
        random.shuffle(order)
        step = rate * (1 - epoch / epochs * 0.8)
        for begin in range(0, len(order), batch):
            chosen = order[begin : begin + batch]
            kept = [_thinned(rows[at], random, dropped) for at in chosen]
            used, inverse = np.unique(np.concatenate(kept), return_inverse=True)
            lengths = np.array([len(row) for row in kept])
            x = np.zeros((len(chosen), len(used)), np.float32)
            x[np.repeat(np.arange(len(chosen)), lengths), inverse] = np.repeat(
                (SCALE / np.sqrt(lengths)).astype(np.float32), lengths
            )
            p = x @ w[used] + b
            p -= p.max(axis=1, keepdims=True)
            np.exp(p, out=p)
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(len(chosen)), labels[chosen]] -= 1
            p *= (weights[chosen] / len(chosen))[:, None]
            g = x.T @ p + decay * w[used]
            gw[used] += g * g
            w[used] -= step * g / np.sqrt(gw[used])
            gb += (p.sum(axis=0)) ** 2
            b -= step * p.sum(axis=0) / np.sqrt(gb)
    return w * SCALE, b


def _thinned(row: NDArray[np.intp], random: np.random.Generator, dropped: float) -> NDArray[np.intp]:
    kept = row[random.random(len(row)) >= dropped]
    return kept if len(kept) else row


def quantized(w: Floats) -> tuple[NDArray[np.int8], Floats]:
    """int8 and the scale of each column."""
    scale = np.maximum(np.abs(w).max(axis=0), 1e-6).astype(np.float32) / 127
    return np.round(w / scale).astype(np.int8), scale


def tagger(
    rows: NDArray[np.intp],
    inside: NDArray[np.bool_],
    weights: Floats,
    buckets: int,
    *,
    epochs: int = 4,
    seed: int = 1,
) -> Floats:
    """Weights by which a token is free text: logistic regression by AdaGrad; `rows`: (tokens × features)."""
    random = np.random.default_rng(seed)
    w = np.zeros(buckets, np.float32)
    g2 = np.full(buckets, 1e-3, np.float32)
    y = inside.astype(np.float32)
    order = np.arange(len(rows))
    for epoch in range(epochs):
        random.shuffle(order)
        step = 0.3 * (1 - epoch / epochs * 0.8)
        for begin in range(0, len(order), 512):
            chosen = order[begin : begin + 512]
            features = rows[chosen]
            p = 1 / (1 + np.exp(-w[features].sum(axis=1)))
            error = ((p - y[chosen]) * weights[chosen]).astype(np.float32)
            g = (
                np.bincount(features.ravel(), np.repeat(error, features.shape[1]), buckets).astype(np.float32)
                / 64
            )
            g2 += g * g
            w -= step * g / np.sqrt(g2)
    return w


def logistic(
    x: NDArray[Any], y: NDArray[Any], weights: NDArray[Any], *, decay: float = 1e-3
) -> NDArray[np.float64]:
    """Logistic regression by Newton's method; the bias is the last weight."""
    x1 = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x1.shape[1])
    penalty = np.full(x1.shape[1], decay * weights.sum())
    penalty[-1] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x1 @ w, -30, 30)))
        gradient = x1.T @ (weights * (p - y)) + penalty * w
        hessian = (x1 * (weights * p * (1 - p))[:, None]).T @ x1 + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w
