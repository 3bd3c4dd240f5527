from __future__ import annotations

import datetime as dt

import pytest

from factcheck.sources.dates import find_date, parse_date

DAY = dt.date(2026, 9, 14)


@pytest.mark.parametrize(
    "text",
    ["2026-09-14", "2026-09-14T23:40:00+01:00", "2026-09-14T07:40:00.123Z", "2026-09-14 07:40", "14 September 2026", "September 14, 2026",
     "Sept. 14, 2026", "14th Sep 2026", " 2026-09-14 "],
)  # fmt: skip
def test_dates_that_are_understood(text):
    assert parse_date(text) == DAY
    assert find_date(f"By Ada Merrow | {text.strip()} | Harrow") == DAY


@pytest.mark.parametrize(
    "text", ["", "2026", "14/09/2026", "2026-02-30", "32 May 2026", "September 2026", "2026-09-14x", "٢٠٢٦-٠٩-١٤", "14 Smarch 2026"]
)
def test_what_is_no_date(text):
    assert parse_date(text) is None
