"""Long premises read in overlapping windows, so that nothing is cut off unseen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from factcheck.models.protocol import NEUTRAL, Scores


def window_starts(length: int, size: int) -> list[int]:
    """Starts of windows of ``size`` tokens over ``length`` tokens: neighbours share a third, the last one ends at the end."""
    if length <= size:
        return [0]
    stride = max(1, size - size // 3)
    return [*range(0, length - size, stride), length - size]


def least_neutral(scores: Scores, owners: Sequence[int], pairs: int) -> Scores:
    """One row a pair from one row a window: the row of the window with the smallest neutral probability, the first of equals.

    scores: (windows, 3); owners: for each window the number of its pair; returns (pairs, 3).
    """
    return scores[least_neutral_rows(scores, owners, pairs)]


def least_neutral_rows(scores: Scores, owners: Sequence[int], pairs: int) -> list[int]:
    """For each pair the number of its window with the smallest neutral probability, the first of equals."""
    chosen, best = [-1] * pairs, [np.inf] * pairs
    for number, (row, owner) in enumerate(zip(scores, owners, strict=True)):
        # Rounded, so that noise in the last bits never chooses the window; the first window speaks if none has a number.
        neutral = round(float(row[NEUTRAL]), 5)
        if chosen[owner] < 0 or neutral < best[owner]:
            best[owner], chosen[owner] = neutral, number
    return chosen
