"""A network of one hidden layer, fitted with Adam and weight decay (Loshchilov & Hutter 2019) in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from factcheck.claims.ranking import FloatArray

_UNITS, _EPOCHS, _BATCH = 48, 12, 512
_RATE, _DECAY = 4e-3, 0.3
_DROP_FEATURES, _DROP_UNITS = 0.1, 0.45
_WARM_UP = 0.1


@dataclass(slots=True)
class Perceptron:
    """weights: (features, units); bias, out: a value each unit; constant: added to the logit."""

    weights: FloatArray
    bias: FloatArray
    out: FloatArray
    constant: FloatArray

    def parameters(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """All of them, to be changed in place."""
        return self.weights, self.bias, self.out, self.constant


def fitted(rows: FloatArray, targets: FloatArray, weights: FloatArray, *, seed: int) -> Perceptron:
    """Fit to targets of 0..1 by weighted cross-entropy; rows are standardized. The same seed gives the same network on one machine."""
    rng = np.random.default_rng(seed)
    features, share = rows.shape[1], float(np.clip(targets.mean(), 1e-4, 1 - 1e-4))
    net = Perceptron(
        (rng.normal(size=(features, _UNITS)) * np.sqrt(1.5 / features)).astype(np.float32),
        np.zeros(_UNITS, dtype=np.float32),
        (rng.normal(size=_UNITS) * np.sqrt(1 / _UNITS)).astype(np.float32),
        np.array([np.log(share / (1 - share))], dtype=np.float32),
    )
    means = [np.zeros_like(p) for p in net.parameters()]
    squares = [np.zeros_like(p) for p in net.parameters()]
    batch = min(_BATCH, len(rows))
    steps = _EPOCHS * (len(rows) // batch)
    step = 0
    for _ in range(_EPOCHS):
        order = rng.permutation(len(rows))
        for start in range(0, len(rows) - batch + 1, batch):
            part = order[start : start + batch]
            step += 1
            done = step / steps
            rate = _RATE * (done / _WARM_UP if done < _WARM_UP else (1 - done) / (1 - _WARM_UP) + 0.01)
            slopes = _slopes(net, rows[part], targets[part], weights[part], rng)
            for p, slope, mean, square in zip(net.parameters(), slopes, means, squares, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope * slope - square)
                p -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            net.weights -= rate * _DECAY * net.weights
    return net


def _slopes(net: Perceptron, x: FloatArray, targets: FloatArray, weights: FloatArray, rng: np.random.Generator) -> list[FloatArray]:
    """Gradients of the mean loss of one batch, with features and units dropped at random."""
    x = x * _kept(rng, (x.shape[1],), _DROP_FEATURES)
    before = x @ net.weights + net.bias
    kept = _kept(rng, before.shape, _DROP_UNITS)
    hidden = np.maximum(before, 0) * kept
    logits = hidden @ net.out + net.constant
    error = (1 / (1 + np.exp(-logits)) - targets) * weights / np.float32(len(x))
    inner = np.outer(error, net.out) * kept * (before > 0)
    return [x.T @ inner, inner.sum(0), hidden.T @ error, error.sum(keepdims=True)]


def _kept(rng: np.random.Generator, shape: tuple[int, ...], dropped: float) -> FloatArray:
    """Zeros for what is dropped; what is kept is raised by as much."""
    return ((rng.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped)).astype(np.float32)
