"""Dates as articles write them: ISO, or day, month name and year in English. Nothing is guessed.

A date with a time zone stays the date as written: it is the day the outlet itself gave.
"""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d\d:?(?:\d\d)?)?)?",
    re.ASCII,
)
_DAY_FIRST = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}{_MONTH},?\s{{1,3}}(?P<year>\d{{4}})(?!\d)", re.I | re.A)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>\d{{4}})(?!\d)", re.I | re.A)
_ISO_INSIDE = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", re.ASCII)


def parse_date(text: str) -> dt.date | None:
    """The date that ``text`` as a whole is (ISO date or datetime, "14 September 2026", "Sept. 14, 2026"), or None."""
    text = text.strip()
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(text):
            return _date(match)
    return None


def find_date(text: str) -> dt.date | None:
    """The first date inside a short line such as a byline, or None."""
    found = [m for pattern in (_ISO_INSIDE, _DAY_FIRST, _MONTH_FIRST) for m in pattern.finditer(text[:500])]
    for match in sorted(found, key=lambda m: m.start()):
        if date := _date(match):
            return date
    return None


def _date(match: re.Match[str]) -> dt.date | None:
    month = match["month"].lower()
    try:
        return dt.date(int(match["year"]), int(month) if month.isdigit() else _MONTHS[month], int(match["day"]))
    except ValueError:  # 2026-02-31
        return None
