"""Fitting :class:`factcheck.models.calibration.Calibration` on dev pairs, with its error measured on pairs that did not fit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from factcheck.models.calibration import FEATURES, Array, Calibration
from factcheck.models.metrics import expected_calibration_error, reliability
from factcheck.models.protocol import LABELS


@dataclass(frozen=True, slots=True)
class DevScores:
    """Raw scores of one dev set. logits: (pairs, 3); features: (pairs, features); labels: (pairs,), columns 0..2."""

    logits: NDArray[Any]
    features: Array
    labels: NDArray[np.int64]

    def rows(self, at: slice) -> DevScores:
        """Some of the rows."""
        return DevScores(self.logits[at], self.features[at], self.labels[at])


def fit_calibration(sets: Mapping[str, DevScores]) -> tuple[Calibration, dict[str, Any]]:
    """The calibration with the least log-loss, each set counting alike, and the calibration error of each set before and after.

    The error after is measured by halves: every second pair fits, the others are measured, and the other way round. The calibration
    returned is fitted on all pairs.
    """
    figures: dict[str, Any] = {}
    held_out = {name: np.zeros((len(part.labels), len(LABELS)), dtype=np.float32) for name, part in sets.items()}
    for measured, fitting in ((slice(1, None, 2), slice(0, None, 2)), (slice(0, None, 2), slice(1, None, 2))):
        half = _least([part.rows(fitting) for part in sets.values()])
        for name, part in sets.items():
            held_out[name][measured] = half.probabilities(part.logits[measured], part.features[measured])
    for name, part in sets.items():
        plain = Calibration.none().probabilities(part.logits, part.features)
        figures[name] = {
            "pairs": len(part.labels),
            "ece_before": round(expected_calibration_error(plain, part.labels), 4),
            "ece_after": round(expected_calibration_error(held_out[name], part.labels), 4),
            "reliability": reliability(held_out[name], part.labels),
        }
    return _least(list(sets.values())), figures


def _least(sets: Sequence[DevScores], *, ridge: float = 1e-4) -> Calibration:
    """Least mean log-loss plus ``ridge`` times the squared weights, by L-BFGS."""
    logits = torch.from_numpy(np.concatenate([s.logits for s in sets]).astype(np.float64))
    features = torch.from_numpy(np.concatenate([s.features for s in sets]))
    labels = torch.from_numpy(np.concatenate([s.labels for s in sets]))
    weights = torch.cat([torch.full((len(s.labels),), 1 / (len(s.labels) * len(sets)), dtype=torch.float64) for s in sets])
    scale = torch.zeros(len(FEATURES), dtype=torch.float64, requires_grad=True)
    offset = torch.zeros(len(LABELS), len(FEATURES), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, offset], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        z = logits * torch.exp(features @ scale)[:, None] + features @ offset.T
        value = (torch.nn.functional.cross_entropy(z, labels, reduction="none") * weights).sum()
        value = value + ridge * (scale.square().sum() + offset.square().sum())
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return Calibration(scale.detach().numpy(), offset.detach().numpy())
