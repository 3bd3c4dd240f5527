"""Finds the quantities of a text. One pass over its tokens; every look ahead or back is bounded, so the time is linear.

Not quantities: numbers in names (Freelander 8, A320, COVID-19, Article 50, Page 3, No. 10, Channel Four), versions, phone numbers,
scores (2-1), numbers side by side, 24/7, and figures whose reading is open ("1.200", "10m" with nothing to say metres or millions).
A direction ("down 3 %") belongs to the verb: only a written minus makes a value negative. "From 5 to 7" is two figures, since it tells
a change more often than a range.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.contexts import age_of, rate_at, ratio_of, read_age_group, read_twice
from factcheck.quantities.dates import MONTH_WORDS, join_dates, read_date, read_time
from factcheck.quantities.figures import counts_one, read_figure
from factcheck.quantities.hedges import hedge_after, hedge_before
from factcheck.quantities.nouns import counted, may_be_noun
from factcheck.quantities.numerals import OPENERS, ORDINAL_OPENERS, SCALE_WORDS, ordinal
from factcheck.quantities.quantity import INFINITY, Hedge, Quantity
from factcheck.quantities.ranges import Range, after_between, after_from, read_range
from factcheck.quantities.tokens import Tokens
from factcheck.quantities.units import read_unit
from factcheck.quantities.years import read_years

_STARTERS = OPENERS | ORDINAL_OPENERS | {"noon", "midday", "midnight", "twice"}
_DASHES = frozenset("-–‑−—")
_AFTER_A = SCALE_WORDS | {"few", "dozen", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
_DETERMINED = frozenset("the his her its their our my a s".split())


def find(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order, disjoint, with spans into this very text."""
    t = Tokens(text)
    out: list[Quantity] = []
    i = floor = 0
    while i < len(t):
        if t.kinds[i] != "n" and not _may_start(t, i):
            i += 1
            continue
        found, i = _at(t, i, floor)
        if found is not None:
            out.append(found)
            floor = i
    return tuple(out)


def _may_start(t: Tokens, i: int) -> bool:
    """A quick look that spares most words the slow ones."""
    word = t.low[i]
    if word in ("a", "an"):
        return t.word(i + 1) in _AFTER_A
    return word in _STARTERS or (word in MONTH_WORDS and t.texts[i][0].isupper())


def _at(t: Tokens, i: int, floor: int) -> tuple[Quantity | None, int]:
    """The quantity whose number or month starts at token ``i``, if any, and the token to go on from."""
    if (point := _dates(t, i) or _times(t, i) or read_age_group(t, i) or read_years(t, i)) is not None:
        return _hedged_point(t, i, floor, point)
    if t.low[i] not in _STARTERS and t.kinds[i] != "n":
        return None, i + 1
    if (twice := read_twice(t, i)) is not None:
        return twice
    if (number := ordinal(t, i)) is not None:
        return _ordinal(t, i, *number)
    return _figure(t, i, floor)


def _joins(t: Tokens, i: int, end: int) -> bool:
    """Whether token ``end`` leads from a date or time at token ``i`` to the end of its range."""
    if t.word(end) == "and":
        return after_between(t, i)
    return (t.word(end) in _DASHES or t.word(end) == "to") and not after_from(t, i)


def _dates(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    found = read_date(t, i)
    if found is None or not _joins(t, i, found[1]):
        return found
    second = read_date(t, found[1] + 1)
    joined = join_dates(found[0], second[0]) if second else None
    return (joined, second[1]) if joined and second else found


def _times(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    found = read_time(t, i)
    if found is None or not _joins(t, i, found[1]):
        return found
    second = read_time(t, found[1] + 1)
    if second is None or found[0].either or second[0].either or second[0].low < found[0].low:
        return found
    return replace(found[0], end=second[0].end, high=second[0].high), second[1]


def _hedged_point(t: Tokens, i: int, floor: int, found: tuple[Quantity, int]) -> tuple[Quantity, int]:
    """A date, time or year with "about" before it. Other hedges say when, not how much, and "some" never goes with one."""
    point, end = found
    hedge, first = hedge_before(t, i, floor)
    if hedge != "about" or point.hedge or t.word(first) == "some" or t.starts[first] >= point.start:
        return point, end
    return replace(point, start=t.starts[first], hedge=hedge, approximate=True), end


def _ordinal(t: Tokens, i: int, number: int, end: int) -> tuple[Quantity | None, int]:
    """'the third time', '21st century'; in words only behind a determiner ('first, …'), and no capitalised name (Second World War)."""
    if (t.capital(i) and not t.opens(i)) or t.hyphen(end) or (t.glued(i) and t.kind(i) == "n"):
        return None, end
    noun = t.texts[end] if may_be_noun(t, end) else ""
    if t.kind(i) == "w" and not (noun and t.word(i - 1) in _DETERMINED):
        return None, end
    value = Decimal(number)
    return Quantity(t.starts[i], t.ends[end - 1], "ordinal", value, value, thing=noun, step=Decimal(1)), end


def _figure(t: Tokens, i: int, floor: int) -> tuple[Quantity | None, int]:
    figure = read_figure(t, i, between=after_between(t, i))
    if figure is None or figure.first < floor or _beside_another(t, figure.end):
        return None, _past(t, i)
    if (ratio := ratio_of(t, figure)) is not None:
        return _finish(t, figure.first, floor, *ratio, one=False)
    spread = read_range(t, i, figure)
    if spread is None:
        return None, _past(t, figure.end + 1 if t.word(figure.end) == "to" else i)
    found, end = _after_magnitude(t, figure.first, _quantity(t, spread)), spread.last.end
    one = spread.first is spread.last and counts_one(t, figure)
    if one and not counted(t, end, one=True)[0]:
        return None, end
    _, first = hedge_before(t, figure.first, floor)
    aged = age_of(t, found, first, end, figure)
    if aged is not None:
        found, end = aged
    return _finish(t, figure.first, floor, found, end, one=found.high == 1)


def _after_magnitude(t: Tokens, first: int, found: Quantity) -> Quantity:
    """'a magnitude 6.1 earthquake', 'a magnitude of 6.1', 'Magnitude: 6.1': a unit that stands before its number."""
    before = first - 2 if t.word(first - 1) in ("of", "-", ":") else first - 1
    return replace(found, kind="measure", unit="magnitude") if found.kind == "count" and t.word(before) == "magnitude" else found


def _past(t: Tokens, i: int) -> int:
    """The token behind a number that is no quantity, and behind all that hangs on it (737-800, 2-1, 020 7946 0958)."""
    end = i + 1
    if t.kind(i) != "n":
        return end
    while t.kind(end) == "n" or (t.word(end) in _DASHES and t.kind(end + 1) == "n"):
        end += 1
    return end


def _beside_another(t: Tokens, end: int) -> bool:
    """Whether a second number follows with only a space between: a phone number, a table."""
    return t.kind(end) == "n" and t.kind(end - 1) == "n" and "\n" not in t.text[t.ends[end - 1] : t.starts[end]]


def _quantity(t: Tokens, spread: Range) -> Quantity:
    first, last = spread.first, spread.last
    unit = last.unit.name.replace("°F", "°C") if last.unit else ""
    low, high = (first.low, last.high) if first.first != last.first or spread.either else (last.low, last.high)
    low, high = min(low, high), max(low, high)
    vague, step = first.numeral.vague or last.numeral.vague, min(first.step, last.step)
    start, end = t.starts[first.first], t.ends[last.end - 1]
    return Quantity(start, end, last.kind, low, high, unit, step=step, approximate=vague, either=spread.either)


def _finish(t: Tokens, first: int, floor: int, found: Quantity, end: int, *, one: bool) -> tuple[Quantity, int]:
    """A figure with the hedge around it, the noun behind it and what it is per."""
    hedge, start = hedge_before(t, first, floor)
    if not hedge:
        hedge, end = hedge_after(t, end)
        if hedge and found.kind == "count" and (unit := read_unit(t, end)) is not None and not unit.adjective:
            low, high, step = (value * unit.factor for value in (found.low, found.high, found.step))
            found, end = replace(found, kind=unit.kind, unit=unit.name, low=low, high=high, step=step), unit.end
    noun, behind = counted(t, end, one=one) if found.kind in ("count", "ratio") or t.word(end) == "of" else ("", end)
    if found.kind in ("money", "measure", "duration", "age", "points"):
        noun, behind = "", end
    if found.kind == "count" and t.hyphen(end) and t.kind(end + 1) == "w":
        noun, behind = ("" if t.word(end + 1) == "strong" else t.texts[end + 1]), end + 2
    if t.text[t.starts[start] : found.start].lower().startswith(("over", "under")) and found.kind == "duration":
        # "Over three days" is as often "during".
        hedge, start, found = "", first, replace(found, approximate=True)
    per, after = rate_at(t, behind)
    if per:
        found = replace(found, unit=f"{found.unit}/{per}")
        end = after if behind == end else end
    found = replace(found, start=t.starts[start], end=t.ends[end - 1], thing=noun)
    return _bounded(found, hedge), end


def _bounded(found: Quantity, hedge: Hedge) -> Quantity:
    """The figure with the bounds and the looseness that its hedge gives it."""
    least = -INFINITY if found.unit == "°C" else min(Decimal(0), found.low)
    if hedge in ("more_than", "at_least"):
        return replace(found, hedge=hedge, high=INFINITY)
    if hedge in ("less_than", "at_most"):
        return replace(found, hedge=hedge, low=least)
    return replace(found, hedge=hedge, approximate=found.approximate or hedge == "about")
