"""Overtaken by events, or wrong from the start."""

from __future__ import annotations

import datetime as dt

import pytest

from factcheck.verdicts.outdated import outdated

DAY = dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("claim", "passage", "days", "expected"),
    [
        ("Eleven people are missing.", "Four are still missing.", 1, True),
        ("The bridge will open in May.", "The bridge will not be built.", 90, True),
        ("The plant is due in 2028.", "The plant is now due in 2029.", 1, True),
        ("The magnitude was 6.4.", "It was revised from 6.4 to 6.1.", 0, True),
        ("The name is gone.", "The name is back.", 400, True),
        ("The bridge will open in May.", "The bridge will open in June.", 1, False),  # a day later: two reports that differ
        ("The car has five seats.", "The car has six seats.", 2, False),
        ("The car has five seats.", "The car has six seats.", 0, False),
        ("Eleven people are missing.", "Four are still missing.", -1, False),  # the source is older
    ],
)
def test_a_later_state_makes_a_claim_outdated(claim: str, passage: str, days: int, expected: bool) -> None:
    assert outdated(claim, passage, DAY, DAY + dt.timedelta(days)) is expected


def test_without_dates_nothing_is_outdated() -> None:
    assert not outdated("Eleven people are missing.", "Four are still missing.", None, DAY)
    assert not outdated("Eleven people are missing.", "Four are still missing.", DAY, None)
