"""What words around a figure make of it: an age, a share ("one in five"), a multiple ("three times as many"), a rate ("a month")."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.dates import MONTHS
from factcheck.quantities.figures import Figure, read_figure
from factcheck.quantities.quantity import INFINITY, Quantity
from factcheck.quantities.tokens import Tokens

_YEAR_SECONDS = Decimal("31557600")
_OLDEST = 120
_MORE = frozenset("as more higher larger bigger greater faster smaller the what his her its their that".split())
#: The second number of "one in five"; of other numbers "two in 12 attacks" is the likelier reading.
_ROUND = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 25, 50, 100, 500, 1000, 10_000, 100_000, 1_000_000})
_OCCASIONS = frozenset("games matches years days weeks months hours minutes attempts starts outings elections seasons cases".split())
_PER = frozenset("second minute hour day night week month quarter year".split())
_PER_A = _PER | frozenset("person head share barrel litre tonne ton kilo kilogram kilometre mile unit bottle ticket gallon piece".split())
_PAST = frozenset("ago earlier later before after since old prior".split())
_THEIR = frozenset({"his", "her", "their"})


def age_of(t: Tokens, found: Quantity, first: int, end: int, figure: Figure) -> tuple[Quantity, int] | None:
    """The age that a figure from token ``first`` to ``end`` is, with the token after it, or None.

    Signs: "34-year-old", "34 years old", "aged 34", "at the age of 34", and the newsroom's "Ann Lee, 34, said".
    """
    if found.kind == "duration":
        at = end + 1 if t.hyphen(end) else end
        if t.word(at) not in ("old", "olds"):
            return None
        low, high, step = (value / _YEAR_SECONDS for value in (found.low, found.high, found.step))
        return replace(found, kind="age", low=low, high=high, step=step, unit="year", end=t.ends[at]), at + 1
    if found.kind != "count" or not 0 <= found.low <= found.high <= _OLDEST or figure.numeral.vague:
        return None
    if t.word(first - 1) in ("aged", "ages") or t.words(first - 2, 2) == ("age", "of") or t.words(first - 2, 2) in (("at", "age"),):
        return replace(found, kind="age", unit="year"), end
    if t.words(first - 2, 2) in (("aged", "between"), ("ages", "between"), ("aged", "from")):
        return replace(found, kind="age", unit="year"), end
    name = t.word(first - 1) == "," and t.capital(first - 2) and t.low[first - 2] not in MONTHS
    if name and t.word(end) == "," and t.kind(end + 1) != "n" and figure.numeral.bare and 10 <= found.low == found.high:
        return replace(found, kind="age", unit="year"), end
    return None


def read_age_group(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    """'in her 30s', 'in their late 60s', 'under-18s', 'over 65s' with the number at token ``i``, or None."""
    text = t.texts[i]
    if t.kind(i) != "n" or len(text) != 2 or not (t.glued(i + 1) and t.word(i + 1) == "s"):
        return None
    value, end = Decimal(text), t.ends[i + 1]
    at = i - 2 if t.hyphen(i - 1) else i - 1
    if t.word(at) in ("under", "over"):
        found = Quantity(t.starts[at], end, "age", value, value, "year", step=Decimal(1))
        if t.word(at) == "under":
            return replace(found, low=Decimal(0), hedge="less_than"), i + 2
        return replace(found, high=INFINITY, hedge="more_than"), i + 2
    if t.word(at) in ("early", "mid", "late"):
        at -= 1
    if t.word(at) not in _THEIR or value % 10:
        return None
    return Quantity(t.starts[i], end, "age", value, value + 9, "year", step=Decimal(1)), i + 2


def ratio_of(t: Tokens, figure: Figure) -> tuple[Quantity, int] | None:
    """The share or multiple that starts with ``figure`` and the token after it, or None."""
    at = figure.end
    if figure.unit is not None or figure.numeral.vague or figure.numeral.fraction:
        return None
    if t.word(at) == "times" and t.word(at + 1) in _MORE:
        return _ratio(t, figure, figure.low, at + 1, "times", figure.step), at + 1
    at = at + 1 if t.word(at) == "in" else at + 2 if t.words(at, 2) == ("out", "of") else 0
    if not at or at >= len(t) or t.kind(at) not in ("n", "w"):
        return None
    whole = read_figure(t, at)
    if whole is None or whole.unit is not None or whole.numeral.fraction or not 0 < figure.low < whole.low or whole.low not in _ROUND:
        return None
    if t.word(whole.end) in _OCCASIONS:
        return None
    return _ratio(t, figure, figure.low / whole.low, whole.end, "", Decimal(0)), whole.end


def _ratio(t: Tokens, figure: Figure, value: Decimal, end: int, unit: str, step: Decimal) -> Quantity:
    return Quantity(t.starts[figure.first], t.ends[end - 1], "ratio", value, value, unit, step=step)


def read_twice(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    """'twice as many', not 'was arrested twice'."""
    if t.word(i) != "twice" or t.word(i + 1) not in _MORE:
        return None
    return Quantity(t.starts[i], t.ends[i], "ratio", Decimal(2), Decimal(2), "times", step=Decimal(1)), i + 1


def rate_at(t: Tokens, i: int) -> tuple[str, int]:
    """(what the figure before token ``i`` is per, the token after it): 'a month', 'per person', 'per 100,000'; ("", i) if nothing."""
    word, after = t.word(i), t.word(i + 1)
    if word not in ("per", "a", "an", "each", "every") or t.word(i + 2) in _PAST or t.kind(i + 1) not in ("n", "w"):
        return "", i
    if word == "per":
        return after.replace(",", ""), i + 2
    return (after, i + 2) if after in (_PER_A if word in ("a", "an") else _PER) else ("", i)
