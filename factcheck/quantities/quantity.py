"""What a quantity is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["count", "percent", "points", "money", "measure", "duration", "age", "ratio", "ordinal", "year", "date", "time"]
Hedge = Literal["", "about", "more_than", "less_than", "at_least", "at_most"]

INFINITY = Decimal("Infinity")

#: A date without a year stands in this one for its ``low`` and ``high``: a leap year that no news is about.
NO_YEAR = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text and what it says, in base units.

    start, end: code points of the figure with its hedge and unit (not of the counted noun).
    low, high: bounds of the value, equal for a plain figure; ``Infinity`` where there is no bound. By kind:
    count, percent (5 for 5 %), points (percentage points) as written; money in whole units of the currency; measure in the unit named
    by ``unit``; duration in seconds (a month is a twelfth of a year of 365.25 days); age in years; ratio as a fraction (unit "") or a
    factor (unit "times"); ordinal as its number; year as a number, a decade from its first to its last year; date in days as
    ``datetime.date.toordinal`` counts them, in year 4 if no year is written; time in seconds after midnight.
    unit: canonical: "%", "pp", "EUR", "m", "kg", "s", "m/s", "°C" …; "$" for dollars of no named country; a rate adds what it is per
    ("EUR/month"); of a time the zone if written. thing: the counted noun as written, "" if none was found.
    step: the place of the last digit that was written to mean something, in base units: 1 for 4,187, 100 for 4,200, 1 for 20.
    approximate: hedged with a word such as "about", or vague by nature ("dozens", "a dozen").
    either: alternatives ("six or seven"; a time that may be morning or evening, ``high`` 12 hours after ``low``; a date written
    12/09/2026, ``date`` with the day first, low and high its two readings), so not every value between the bounds is meant.
    date: (year, month, day) of a date or of the first day of a range, None for what is not written.
    """

    start: int
    end: int
    kind: Kind
    low: Decimal
    high: Decimal
    unit: str = ""
    thing: str = ""
    hedge: Hedge = ""
    step: Decimal = Decimal(0)
    approximate: bool = False
    either: bool = False
    date: tuple[int | None, int, int | None] | None = None
