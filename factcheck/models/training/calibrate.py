"""Temperature scaling: one number that makes a model's probabilities mean what they say (Guo et al. 2017)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.models.metrics import NOT_ENTAILMENT, expected_calibration_error
from factcheck.models.protocol import Scores


def fit_temperature(scores: Scores, labels: Sequence[int]) -> tuple[float, dict[str, Any]]:
    """The temperature with the least log-loss on dev pairs, and the calibration error before and after.

    scores: (pairs, 3) at temperature 1; labels: columns 0..2 (rows of ``not_entailment`` are left out). Half of the pairs, every
    second one, fit; the error is measured on the other half.
    """
    keep = [i for i, y in enumerate(labels) if y != NOT_ENTAILMENT]
    logits, want = np.log(np.clip(scores[keep], 1e-7, 1)).astype(np.float64), np.asarray(labels)[keep]
    temperature = _least(logits[::2], want[::2])
    before, after = (expected_calibration_error(_softmax(logits[1::2] / t), want[1::2]) for t in (1.0, temperature))
    return temperature, {"pairs": len(keep), "ece_before": round(before, 4), "ece_after": round(after, 4)}


def _least(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Golden-section search over the logarithm of the temperature: the log-loss has one minimum."""
    low, high, ratio = math.log(0.25), math.log(4.0), (math.sqrt(5) - 1) / 2
    while high - low > 1e-4:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if _log_loss(logits / math.exp(a), labels) < _log_loss(logits / math.exp(b), labels):
            high = b
        else:
            low = a
    return round(math.exp((low + high) / 2), 3)


def _log_loss(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    return float(-np.log(_softmax(logits)[np.arange(len(labels)), labels]).mean())


def _softmax(logits: NDArray[np.float64]) -> Scores:
    exponents = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(exponents / exponents.sum(1, keepdims=True), dtype=np.float32)
