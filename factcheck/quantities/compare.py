"""Whether two quantities can be the same value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from factcheck.quantities.quantity import INFINITY, NO_YEAR, Quantity
from factcheck.text import stem

#: The most that rounding without a hedge may move a value, as a share of it.
_ROUNDING = Decimal("0.05")
#: What "about" allows at least, and at most where the figure is a coarse one.
_ABOUT, _ABOUT_COARSE = Decimal("0.1"), Decimal("0.2")
_ABOUT_YEARS = 5
_ABOUT_SECONDS, _HOUR_ONLY_SECONDS = 1800, 900
_DOLLARS = frozenset({"$", "USD", "AUD", "CAD", "NZD", "HKD", "SGD"})
_HALF_DAY = 12 * 3600


def same(a: Quantity, b: Quantity) -> bool | None:
    """True if two quantities can be one value, False if they cannot, None if they are not comparable.

    Not comparable: other kinds, other units (bare "$" agrees with any dollar, but never denies one), or two nouns that differ.
    A missing noun is no difference: whether a bare "12" counts the same thing is the caller's to know.

    The law. Intervals that overlap can be the same. Else the gap between them must lie within what rounding allows: half the place of
    the last digit that means something in either figure (4,187 and 4,200; 85.19 % and 85 %), and never more than 5 percent of the
    larger, so that 4 % is no rounded 4.25 %. Noughts count as rounding above 100 only: counts up to 100 get no tolerance (18 is not 20).
    "About" allows a tenth either way, and half the last place up to a fifth ("about 1,000": 800 to 1,200). The written bound of
    "more than", "at least", "less than", "at most" and "up to" gets no tolerance. Years, ordinals and dates are never rounded ("about
    1850": 5 years either way). An hour without minutes covers a quarter of an hour either way, "about" half an hour.
    """
    if a.kind != b.kind or not _one_thing(a, b):
        return None
    if a.unit != b.unit:
        return True if a.kind == "money" and _some_dollar(a.unit, b.unit) and _near(a, b) else None
    if a.kind == "date":
        return _same_date(a, b)
    return _same_time(a, b) if a.kind == "time" else _near(a, b)


def _one_thing(a: Quantity, b: Quantity) -> bool:
    return not (a.thing and b.thing) or stem(a.thing.casefold()) == stem(b.thing.casefold())


def _some_dollar(a: str, b: str) -> bool:
    (first, _, per), (second, _, other_per) = a.partition("/"), b.partition("/")
    return "$" in (first, second) and {first, second} <= _DOLLARS and per == other_per


def _near(a: Quantity, b: Quantity) -> bool:
    gap = max(a.low - b.high, b.low - a.high)
    if gap <= 0:
        return True
    return gap <= max(_tolerance(a, b), _tolerance(b, a))


def _tolerance(quantity: Quantity, other: Quantity) -> Decimal:
    """What the wording of ``quantity`` allows between it and ``other``."""
    if quantity.hedge in ("more_than", "less_than", "at_least", "at_most"):
        return Decimal(0)
    if quantity.kind in ("year", "ordinal"):
        return Decimal(_ABOUT_YEARS) if quantity.approximate and quantity.kind == "year" else Decimal(0)
    edge = quantity.high if quantity.high < other.low else quantity.low
    if quantity.approximate:
        return max(min(quantity.step / 2, _ABOUT_COARSE * abs(edge)), _ABOUT * abs(edge))
    rounding = quantity.step / 2
    if quantity.unit == "°C":  # a share of a temperature means nothing
        return rounding
    larger = max(abs(edge), *(abs(v) for v in (other.low, other.high) if abs(v) < INFINITY))
    return min(rounding, _ROUNDING * larger)


def _readings(date: Quantity) -> tuple[tuple[int, int], ...]:
    """The ranges of days that a date may mean."""
    low, high = int(date.low), int(date.high)
    return ((low, low), (high, high)) if date.either else ((low, high),)


def _same_date(a: Quantity, b: Quantity) -> bool | None:
    yearless = [d.date is not None and d.date[0] is None for d in (a, b)]
    first, second = _readings(a), _readings(b)
    if yearless[0] != yearless[1]:
        first, second = (tuple(map(_without_year, first)), tuple(map(_without_year, second)))
    slack = 3 if a.approximate or b.approximate else 0
    return any(low - slack <= other_high and other_low - slack <= high for low, high in first for other_low, other_high in second)


def _without_year(days: tuple[int, int]) -> tuple[int, int]:
    """The same days in the year that stands for no year; a range over the end of a year becomes the whole of it."""
    low, high = (dt.date.fromordinal(d) for d in days)
    if low.year != high.year:
        return dt.date(NO_YEAR, 1, 1).toordinal(), dt.date(NO_YEAR, 12, 31).toordinal()
    return low.replace(year=NO_YEAR).toordinal(), high.replace(year=NO_YEAR).toordinal()


def _same_time(a: Quantity, b: Quantity) -> bool:
    slack = max(_ABOUT_SECONDS if q.approximate else _HOUR_ONLY_SECONDS if q.step == 3600 else 0 for q in (a, b))
    if not (a.either or b.either):
        return max(a.low - b.high, b.low - a.high) <= slack
    # One of them does not say morning or evening: compare on a dial of 12 hours.
    apart = abs(a.low - b.low) % _HALF_DAY
    return min(apart, _HALF_DAY - apart) <= slack
