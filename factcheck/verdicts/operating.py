"""How many false alarms a threshold costs, measured on gold that the weights had not seen, and the threshold for as many as one bears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from factcheck.verdicts.decide import Thresholds

#: Articles that false alarms are counted over: about a week of a small desk.
ARTICLES = 50


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold of contradiction and what it gave on held-out gold.

    false_alarms: wrong alarms in ARTICLES articles; precision: share of the alarms that were right; recall: share of the conflicts found.
    """

    contradiction: float
    false_alarms: float
    precision: float
    recall: float


def operating_points(values: Sequence[Mapping[str, Any]]) -> tuple[OperatingPoint, ...]:
    """The table as stored beside a model. Raises KeyError, TypeError or ValueError for values that are none."""
    return tuple(OperatingPoint(*(float(v[k]) for k in OperatingPoint.__slots__)) for v in values)


def at_most(false_alarms: int, points: Sequence[OperatingPoint], thresholds: Thresholds) -> Thresholds:
    """The thresholds that find most with at most so many false alarms in ARTICLES articles; the strictest measured, if none has so few."""
    fitting = [p for p in points if p.false_alarms <= false_alarms]
    chosen = max(fitting, key=lambda p: (p.recall, p.contradiction)) if fitting else max(points, key=lambda p: p.contradiction)
    return replace(thresholds, contradiction=chosen.contradiction, weak=round(chosen.contradiction / 2, 3))
