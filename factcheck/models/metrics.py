"""Scores of a model on labelled pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from factcheck.models.protocol import CONTRADICTION, LABELS, Scores

#: Column for rows whose label says only that the premise does not entail the claim.
NOT_ENTAILMENT = 3


def measure(scores: Scores, labels: Sequence[int]) -> dict[str, Any]:
    """Figures of one set. scores: (pairs, 3); labels: columns 0..2, or NOT_ENTAILMENT.

    Three-way sets get accuracy, macro-F1, the share of right answers per label, calibration error (ECE, 15 equal bins of the top
    probability; Guo et al. 2017), the AUROC of each label against the others and the recall of contradiction at
    90 % precision. Sets with rows of NOT_ENTAILMENT are scored as two-way: entailed or not, by arg-max.
    """
    want, said = np.asarray(labels), scores.argmax(1)
    if (want == NOT_ENTAILMENT).any() or len(set(want.tolist())) < 3:
        return {"pairs": len(labels), "ways": 2, **_two_way(want == 0, said == 0), "auroc": auroc(scores[:, 0], want == 0)}
    recalls = [float((said[want == k] == k).mean()) for k in range(3)]
    out: dict[str, Any] = {"pairs": len(labels), "ways": 3, "accuracy": float((said == want).mean())}
    out["macro_f1"] = float(np.mean([_f1(want == k, said == k) for k in range(3)]))
    out["recall"] = {name: round(r, 4) for name, r in zip(LABELS, recalls, strict=True)}
    out["ece"] = expected_calibration_error(scores, want)
    out["auroc"] = {name: round(auroc(scores[:, k], want == k), 4) for k, name in enumerate(LABELS)}
    out["contradiction_recall_at_p90"] = recall_at_precision(scores[:, CONTRADICTION], want == CONTRADICTION, 0.9)[0]
    return out


def expected_calibration_error(scores: Scores, labels: np.ndarray[Any, Any], bins: int = 15) -> float:
    """Mean gap between the top probability and the share of right answers, over equal bins, weighted by size."""
    table = reliability(scores, labels, bins)
    return float(sum(abs(row["said"] - row["right"]) * row["pairs"] for row in table) / max(len(labels), 1))


def reliability(scores: Scores, labels: np.ndarray[Any, Any], bins: int = 15) -> list[dict[str, float]]:
    """For each filled bin of the top probability: its pairs, the mean probability said, and the share that was right."""
    top, right = scores.max(1), scores.argmax(1) == labels
    places = np.minimum((top * bins).astype(int), bins - 1)
    filled = [places == b for b in range(bins) if (places == b).any()]
    return [{"pairs": int(b.sum()), "said": round(float(top[b].mean()), 4), "right": round(float(right[b].mean()), 4)} for b in filled]


def recall_at_precision(scores: np.ndarray[Any, Any], positive: np.ndarray[Any, Any], precision: float) -> tuple[float, float]:
    """The largest recall at which precision is still at least ``precision``, and the threshold that gives it (1 if none does)."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    ok = np.flatnonzero(hits / np.arange(1, len(order) + 1) >= precision)
    if not len(ok) or not positive.any():
        return 0.0, 1.0
    return float(hits[ok[-1]] / positive.sum()), float(scores[order[ok[-1]]])


def auroc(scores: np.ndarray[Any, Any], positive: np.ndarray[Any, Any]) -> float:
    """The chance that a positive row scores above a negative one, ties counting half; 0.5 where one kind is missing."""
    _, group, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[group]
    yes, no = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - yes * (yes + 1) / 2) / (yes * no)) if yes and no else 0.5


def _two_way(want: np.ndarray[Any, Any], said: np.ndarray[Any, Any]) -> dict[str, float]:
    sides = [float((said[want == side] == side).mean()) for side in (True, False) if (want == side).any()]
    return {
        "accuracy": float((said == want).mean()),
        "balanced_accuracy": float(np.mean(sides)),
        "macro_f1": float(np.mean([_f1(want == side, said == side) for side in (True, False)])),
    }


def _f1(want: np.ndarray[Any, Any], said: np.ndarray[Any, Any]) -> float:
    both = float((want & said).sum())
    return 2 * both / float(want.sum() + said.sum()) if both else 0.0
