"""Dates and times of day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.numerals import ordinal
from factcheck.quantities.quantity import NO_YEAR, Quantity
from factcheck.quantities.tokens import Tokens

_MONTHS = "january february march april may june july august september october november december"
MONTHS = {name: n for n, name in enumerate(_MONTHS.split(), 1)}
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
MONTH_WORDS = frozenset({*MONTHS, *_SHORT})
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun".split())
_BEFORE_MONTH = frozenset("in since by until till from last next this early late mid of during before after through to".split())
_BEFORE_NOON = frozenset("at by until till before after since around about from to".split())
_NUMERIC = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})([/.])([0-9]{1,2})\5([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?")
_HALF_OF_DAY = re.compile(r"[ \xa0\u2009\u202f-]?(?:([ap])\.m\.|([ap])m\b|([ap])\.m\b)", re.IGNORECASE)
_O_CLOCK = re.compile(r"[ \xa0]?o['’]clock\b", re.IGNORECASE)
_ZONE = re.compile(r"[ \xa0]\(?(GMT|UTC|BST|CET|CEST|EST|EDT|CST|CDT|PST|PDT|ET|PT|IST|JST|AEST)\b")
_HOURS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}


def year_at(t: Tokens, i: int) -> int | None:
    """The year that the four digits at token ``i`` can be, 1000 to 2100; None if they cannot."""
    text = t.texts[i] if t.kind(i) == "n" else ""
    return int(text) if len(text) == 4 and text.isdecimal() and 1000 <= int(text) <= 2100 else None


def read_date(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    """The date that starts at token ``i`` and the token after it, or None."""
    if t.kind(i) == "n" and (match := _NUMERIC.fullmatch(t.texts[i])):
        return _numeric(t, i, match)
    return _day_first(t, i) or _month_first(t, i)


def _numeric(t: Tokens, i: int, match: re.Match[str]) -> tuple[Quantity, int] | None:
    """2026-09-12, 12/09/2026, 12.9.2026. With strokes both orders are in use, and a day over 12 decides; with points the day is first."""
    if match[1]:
        date = make_date(t, i, i, (int(match[1]), int(match[2]), int(match[3])))
        return (date, i + 1) if date else None
    first, second, year = int(match[4]), int(match[6]), int(match[7])
    day_first = make_date(t, i, i, (year, second, first))
    month_first = make_date(t, i, i, (year, first, second)) if match[5] == "/" else None
    if day_first and month_first and first != second:
        low, high = sorted((day_first.low, month_first.low))
        return replace(day_first, low=low, high=high, either=True), i + 1
    date = day_first or month_first
    return (date, i + 1) if date else None


def _month(t: Tokens, i: int) -> tuple[int, int] | None:
    """(month, token after its name and point); only with a capital, so that "may" and "march" stay verbs."""
    if not t.capital(i):
        return None
    if t.low[i] in MONTHS:
        return MONTHS[t.low[i]], i + 1
    if t.low[i] in _SHORT:
        return _SHORT[t.low[i]], i + 2 if t.word(i + 1) == "." and t.glued(i + 1) else i + 1
    return None


def _day(t: Tokens, i: int) -> tuple[int, int] | None:
    """(day of a month, token after it): 12, 12th, twelfth."""
    if t.kind(i) == "n" and len(t.texts[i]) <= 2 and 1 <= int(t.texts[i]) <= 31:
        return int(t.texts[i]), i + 2 if t.glued(i + 1) and t.word(i + 1) in ("st", "nd", "rd", "th") else i + 1
    found = ordinal(t, i) if t.kind(i) == "w" else None
    return found if found and found[0] <= 31 else None


def _more_days(t: Tokens, i: int) -> tuple[int, int] | None:
    """(last day, token after it) of a range whose first day ended before token ``i``: '-14', 'to 14', 'and 14'."""
    if t.hyphen(i) or t.word(i) in ("to", "and", "or", "–"):
        return _day(t, i + 1)
    return None


def _year(t: Tokens, i: int) -> tuple[int, int] | None:
    """(year, token after it) behind a day or month, with or without a comma."""
    at = i + 1 if t.word(i) == "," else i
    year = year_at(t, at)
    # "on 12 May 2000 people came": the figure counts.
    if year is None or t.word(at + 1) in ("people", "men", "women", "children") or (t.hyphen(at + 1) and t.kind(at + 2) == "w"):
        return None
    return year, at + 1


def _day_first(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    first = _day(t, i)
    if first is None or (i > 0 and t.glued(i) and t.kind(i - 1) in ("n", "w")):
        return None
    day, at = first
    last = _more_days(t, at)
    if last and last[0] > day and _month(t, last[1]):
        at = last[1]
    else:
        last = None
    month = _month(t, at + 1 if t.word(at) == "of" else at)
    if month is None:
        return None
    return _finish(t, i, month, day, last[0] if last else None)


def _month_first(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    month = _month(t, i)
    if month is None:
        return None
    first = _day(t, month[1])
    if first is not None and not _counts(t, i, first[1]):
        last = _more_days(t, first[1]) if t.hyphen(first[1]) or t.word(first[1]) == "to" else None
        if last and (last[0] <= first[0] or _month(t, last[1])):
            last = None
        return _finish(t, i, (month[0], last[1] if last else first[1]), first[0], last[0] if last else None)
    named = len(t.low[i]) > 3 or t.low[i] in MONTHS
    if _year(t, month[1]) is None and not (named and t.word(i - 1) in _BEFORE_MONTH):
        return None
    return _finish(t, i, month, None, None)


def _counts(t: Tokens, i: int, after: int) -> bool:
    """'In May 12 people died' against 'On May 12 protesters gathered'; 'May 5.5', 'May 12 percent' count too."""
    following = t.word(after)
    if following in ("%", "percent", "per", "million", "billion", "people"):
        return True
    return t.word(i - 1) == "in" and following.endswith("s") and following.isalpha() and t.capital(after) is False


def _finish(t: Tokens, i: int, month: tuple[int, int], day: int | None, last: int | None) -> tuple[Quantity, int] | None:
    number, end = month
    year = _year(t, end)
    if year is not None:
        end = year[1]
    date = make_date(t, i, end - 1, (year[0] if year else None, number, day), last)
    return (date, end) if date else None


def make_date(t: Tokens, first: int, last: int, date: tuple[int | None, int, int | None], last_day: int | None = None) -> Quantity | None:
    """The quantity of a date written from token ``first`` to token ``last``; None if there is no such day."""
    year, month, day = date
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year or NO_YEAR, month)[1]
    if max(day or 1, last_day or 1) > length or min(day or 1, last_day or 1) < 1:
        return None
    start = dt.date(year or NO_YEAR, month, day or 1)
    stop = start.replace(day=last_day or day or length)
    return Quantity(t.starts[first], t.ends[last], "date", Decimal(start.toordinal()), Decimal(stop.toordinal()), date=date)


def join_dates(date: Quantity, last: Quantity) -> Quantity | None:
    """The range from one date to another; the first is in the last one's year if it names none. None if it would run backwards."""
    if date.date is None or last.date is None or last.date[2] is None or date.either or last.either:
        return None
    year, month, day = date.date
    low = date.low
    if year is None and last.date[0] is not None:
        year = last.date[0]
        low = Decimal(dt.date(year, month, day or 1).toordinal())
    elif year is not None and last.date[0] is None:
        return None
    return replace(date, low=low, high=last.high, end=last.end, date=(year, month, day)) if low < last.high else None


def read_time(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    """The time of day that starts at token ``i`` and the token after it, or None."""
    word = t.word(i)
    if word in ("noon", "midday", "midnight"):
        return (_time(t, i, t.ends[i], 0 if word == "midnight" else 12 * 3600), i + 1) if t.word(i - 1) in _BEFORE_NOON else None
    hour = _HOURS.get(word, 0)
    if not hour and t.kind(i) != "n":
        return None
    if t.glued(i) and (t.kind(i - 1) in ("n", "w") or t.word(i - 1) in "/.#$€£_"):
        return None
    text = t.texts[i]
    match = _CLOCK.fullmatch(text)
    half = _HALF_OF_DAY.match(t.text, t.ends[i])
    zone = _ZONE.match(t.text, half.end() if half else t.ends[i])
    if match is None:
        hour, minute = (hour, 0) if hour else _bare_hour(text, zoned=bool(zone and not half))
        second = 0
        if not (half or _O_CLOCK.match(t.text, t.ends[i]) or (zone and len(text) == 4 and text.isdecimal())):
            return None
    else:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if "." in text and not half:
            return None
    return _read_clock(t, i, (hour, minute, second), half, zone)


def _bare_hour(text: str, *, zoned: bool) -> tuple[int, int]:
    """(hour, minute) of "9" (before am), or of "0930" before a zone; (99, 0) for anything else."""
    if len(text) == 4 and text.isdecimal() and zoned:
        return int(text[:2]), int(text[2:])
    return (int(text), 0) if len(text) <= 2 and text.isdecimal() else (99, 0)


def _read_clock(
    t: Tokens, i: int, clock: tuple[int, int, int], half: re.Match[str] | None, zone: re.Match[str] | None
) -> tuple[Quantity, int] | None:
    hour, minute, second = clock
    if hour > 23 or minute > 59 or second > 59 or (half and not 1 <= hour <= 12):
        return None
    # John 3:16 is a verse.
    if not half and not zone and t.capital(i - 1) and not t.opens(i - 1) and t.word(i - 1) not in WEEKDAYS and t.word(i - 1) not in MONTHS:
        return None
    o_clock = _O_CLOCK.match(t.text, t.ends[i])
    end = max(m.end() for m in (half, zone, o_clock) if m) if half or zone or o_clock else t.ends[i]
    if half:
        hour = hour % 12 + (12 if (half[1] or half[2] or half[3]).lower() == "p" else 0)
    after = i + 1
    while after < len(t) and t.starts[after] < end:
        after += 1
    exact = bool(half) or hour > 12 or hour == 0 or t.texts[i][3:].isdecimal() or t.texts[i].startswith("0")
    seconds = 3600 * hour + 60 * minute + second
    shown = _time(t, i, end, seconds, unit=zone[1] if zone else "", step=3600 if ":" not in t.texts[i] and not minute else 60)
    if exact:
        return shown, after
    seconds %= 12 * 3600
    return replace(shown, low=Decimal(seconds), high=Decimal(seconds + 12 * 3600), either=True), after


def _time(t: Tokens, i: int, end: int, seconds: int, *, unit: str = "", step: int = 60) -> Quantity:
    return Quantity(t.starts[i], end, "time", Decimal(seconds), Decimal(seconds), unit=unit, step=Decimal(step))
