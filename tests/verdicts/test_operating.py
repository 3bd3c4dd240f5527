"""The threshold for as many false alarms as one bears."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from factcheck.verdicts import Thresholds
from factcheck.verdicts.operating import OperatingPoint, at_most, operating_points

TABLE = (OperatingPoint(0.3, 20.0, 0.7, 0.5), OperatingPoint(0.5, 8.0, 0.8, 0.4), OperatingPoint(0.8, 2.5, 0.9, 0.1))


@pytest.mark.parametrize(("most", "threshold"), [(100, 0.3), (20, 0.3), (19, 0.5), (8, 0.5), (3, 0.8), (0, 0.8)])
def test_the_threshold_finds_most_with_so_few_false_alarms(most: int, threshold: float) -> None:
    chosen = at_most(most, TABLE, Thresholds(support=0.6, doubt=0.25))
    assert chosen == Thresholds(support=0.6, contradiction=threshold, weak=threshold / 2, doubt=0.25)


def test_the_table_comes_back_as_it_was_stored() -> None:
    assert operating_points(json.loads(json.dumps([asdict(p) for p in TABLE]))) == TABLE
    with pytest.raises(KeyError):
        operating_points([{"contradiction": 0.5}])
