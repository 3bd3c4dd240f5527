"""What every NLI model offers the rest of the tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from factcheck.types import ModelInfo

#: Columns of every score array, in this order.
LABELS = ("entailment", "neutral", "contradiction")
ENTAILMENT, NEUTRAL, CONTRADICTION = range(3)

Scores = NDArray[np.float32]


@runtime_checkable
class NLIModel(Protocol):
    """Judges whether a premise entails, contradicts, or does not settle a hypothesis."""

    @property
    def info(self) -> ModelInfo:
        """Name, weights' sha256 and precision, for the report."""
        ...

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        """Probabilities of (premise, hypothesis) pairs: float32 (pairs, 3), columns entailment, neutral, contradiction.

        Rows sum to 1 and do not depend on the other pairs beyond rounding. Nothing is cut off: a premise over the model's length is
        read in overlapping windows, and the window that says most (the least neutral one) speaks for it. An empty premise or
        hypothesis raises ValueError; a hypothesis that leaves no room for a premise raises InputError E120.
        """
        ...
