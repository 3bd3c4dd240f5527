"""Probabilities that mean what they say: a scaling of the logits that depends on how premise and claim lie to each other.

One temperature for all pairs (Guo et al. 2017) cannot serve both a plain pair of few common words, where this model is too modest, and
a near-copy with one decisive change, where it is too sure. So the scale is a function of a few features of the pair, and so is an
offset of each label: vector scaling (ibid.) whose weights depend on the pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.models.pairs import FIGURE_MATCHED, FIGURE_UNMATCHED, MATCHED, NO_MATCH_CODE, EncodedPair
from factcheck.models.protocol import LABELS, Scores

Array = NDArray[np.float64]

#: Weights stay far below; larger ones would make scores that are no numbers.
_LARGEST = 20.0

_FOUND = (MATCHED, FIGURE_MATCHED)
_FIGURES = (FIGURE_MATCHED, FIGURE_UNMATCHED)

#: What the scaling sees of a pair: lengths are natural logarithms of counts, a fifth; shares and flags are 0 to 1. "matched": the share
#: of the claim's tokens whose word stands in the premise; "premise_matched" the reverse; "stops": the premise's full stops.
FEATURES = (
    "constant",
    "premise",
    "claim",
    "stops",
    "matched",
    "premise_matched",
    "claim_figure",
    "claim_figure_unmatched",
    "premise_figure",
    "premise_squared",
    "claim_squared",
    "matched_squared",
    "premise_times_matched",
)


def pair_features(pair: EncodedPair, stop_id: int) -> Array:
    """The features of one pair, shape (features,). ``stop_id``: the token of a full stop."""
    words = pair.matches != NO_MATCH_CODE
    premise, claim = (pair.matches[words & (pair.segments == side)] for side in (0, 1))
    length, claim_length = (float(np.log1p(len(codes))) / 5 for codes in (premise, claim))
    stops = float(np.log1p((pair.ids[pair.segments == 0] == stop_id).sum())) / 5
    matched, premise_matched = (float(np.isin(codes, _FOUND).mean()) if len(codes) else 0.0 for codes in (claim, premise))
    figures = [float(np.isin(codes, _FIGURES).any()) for codes in (claim, premise)]
    unmatched = float((claim == FIGURE_UNMATCHED).any())
    squares = [length**2, claim_length**2, matched**2, length * matched]
    return np.asarray([1.0, length, claim_length, stops, matched, premise_matched, figures[0], unmatched, figures[1], *squares])


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns logits into probabilities.

    scale: (features,), the logits are multiplied by exp(scale · features). offset: (3, features), added to them.
    """

    scale: Array
    offset: Array

    @classmethod
    def none(cls) -> Calibration:
        """The plain softmax."""
        return cls(np.zeros(len(FEATURES)), np.zeros((len(LABELS), len(FEATURES))))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Calibration:
        """Read calibration.json; nothing in it means the plain softmax. Raises ValueError for other features or shapes."""
        if not values:
            return cls.none()
        if "features" not in values:
            raise ValueError("the calibration is of an older version: run factcheck train calibrate")
        scale, offset = np.asarray(values["scale"], dtype=float), np.asarray(values["offset"], dtype=float)
        if tuple(values["features"]) != FEATURES or scale.shape != (len(FEATURES),) or offset.shape != (len(LABELS), len(FEATURES)):
            raise ValueError("the calibration is of another version")
        if not (np.abs(scale).max() < _LARGEST and np.abs(offset).max() < _LARGEST):
            raise ValueError("the calibration holds a number that is none, or is far too large")
        return cls(scale, offset)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"features": list(FEATURES), "scale": self.scale.round(5).tolist(), "offset": self.offset.round(5).tolist()}

    def probabilities(self, logits: NDArray[Any], features: Array) -> Scores:
        """Calibrated probabilities (pairs, 3) from logits (pairs, 3) and features (pairs, features)."""
        z = logits * np.exp(features @ self.scale)[:, None] + features @ self.offset.T
        exponents = np.exp(z - z.max(1, keepdims=True))
        return np.asarray(exponents / exponents.sum(1, keepdims=True), dtype=np.float32)
