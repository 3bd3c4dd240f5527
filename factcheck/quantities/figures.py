"""One number with its currency or unit, before ranges, hedges and nouns; and the signs that a number is part of something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.quantities.dates import year_at
from factcheck.quantities.nouns import PEOPLE, counted, named
from factcheck.quantities.numerals import ONES, Numeral, multiplied, read_numeral
from factcheck.quantities.quantity import Kind
from factcheck.quantities.tokens import Tokens
from factcheck.quantities.units import Unit, currency_before, read_unit

#: "10m" measures where one of these follows, and counts millions before people and things sold or counted.
_DIMENSIONS = frozenset("long high wide tall deep away above below thick".split())
_IN_MILLIONS = PEOPLE | frozenset(
    "viewers visitors votes doses copies cars vehicles subscribers listeners shares tonnes barrels euros dollars pounds litres tickets"
    " taxpayers pensioners patients smartphones units".split()
)
_LETTER_SCALES = {"m": 10**6, "k": 10**3, "b": 10**9, "bn": 10**9}
_METRE = Unit("measure", "m", Decimal(1))
#: Words that a hyphen may join to the year behind them.
_BEFORE_YEAR = frozenset("mid pre post early late".split())
_MODERN = 1900
_NOT_AFTER_HYPHEN = frozenset("a to on for in and off up of or by the ups one".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. first, end: its tokens, with currency and unit. unit: as read, None for a bare number. currency: written before it."""

    first: int
    end: int
    numeral: Numeral
    unit: Unit | None = None
    currency: bool = False
    negative: bool = False

    @property
    def kind(self) -> Kind:
        """What it is by its unit alone."""
        return self.unit.kind if self.unit else "ratio" if self.numeral.fraction else "count"

    @property
    def low(self) -> Decimal:
        """Its least value in base units."""
        return self._base(self.numeral.low)

    @property
    def high(self) -> Decimal:
        """Its greatest value in base units."""
        return self._base(self.numeral.high)

    @property
    def step(self) -> Decimal:
        """Its last meaningful place in base units."""
        return self.numeral.step * (self._factor if self.unit else 1)

    @property
    def _factor(self) -> Decimal:
        assert self.unit is not None
        return self.unit.factor * Decimal(5) / 9 if self.unit.name == "°F" else self.unit.factor

    def _base(self, value: Decimal) -> Decimal:
        signed = -value if self.negative else value
        if self.unit is None:
            return signed
        return (signed - 32) * self._factor if self.unit.name == "°F" else signed * self._factor


def read_figure(t: Tokens, i: int, *, between: bool = False, joined: bool = False, money: Unit | None = None) -> Figure | None:
    """The figure whose number starts at token ``i``, or None if there is none or its reading is open.

    between: see ``read_numeral``. joined: the dash before it belongs to a range, so it does not make the number part of a name.
    money: the currency of the range's lower bound, which makes the letter of "€5-10m" a scale.
    """
    currency = currency_before(t, i)
    minus = None if joined else _minus(t, currency[1] if currency else i)
    if currency is None and minus is None and not joined and _part_of_a_name(t, i):
        return None
    decimal = currency is not None and currency[0] in ("$", "USD", "GBP") and not t.texts[i].endswith("00")
    numeral = read_numeral(t, i, decimal=decimal, between=between) or _decimal_measure(t, i)
    if numeral is None or (numeral.worded and t.capital(i) and not t.opens(i)):
        return None
    first = minus if minus is not None else currency[1] if currency else i
    if currency is None and money is not None and t.kind(i) == "n" and t.word(numeral.end) in _LETTER_SCALES:
        currency = money.name, i
    if currency is not None:
        numeral = _letter_scale(t, numeral)
        return _checked(t, Figure(first, numeral.end, numeral, Unit("money", currency[0], Decimal(1)), currency=True))
    found = _with_unit(t, Figure(first, numeral.end, numeral, negative=minus is not None), i)
    if found is None or (found.negative and found.unit is None and not t.texts[i].isdecimal()):
        return None
    if not joined and found.unit is None and t.kind(i) == "n" and "," not in t.texts[i] and numeral.scale == 1 and named(t, i, found.end):
        return None
    return _checked(t, found)


def _minus(t: Tokens, i: int) -> int | None:
    """The token of a minus sign or word before token ``i``, None if there is none."""
    sign = t.word(i - 1)
    if sign == "minus":
        return i - 1
    free = i >= 1 and not t.glued(i - 1) and t.glued(i)
    return i - 1 if free and (sign == "−" or (sign == "-" and t.kind(i - 2) != "n")) and (i == 1 or t.kind(i - 2) == "w") else None


def _part_of_a_name(t: Tokens, i: int) -> bool:
    """Whether something glued to the front of token ``i`` makes it a part of a name: A320, COVID-19, 555-0199, #5, /2023."""
    if not t.glued(i):
        return False
    if t.kind(i - 1) in ("n", "w"):
        return True
    sign = t.texts[i - 1]
    if sign in "-–‑−":
        return t.glued(i - 1) and t.word(i - 2) not in _BEFORE_YEAR
    return sign in "/#@&=._\\'’" or (sign == "+" and t.kind(i) == "n" and len(t.texts[i]) > 1 and t.kind(i + 1) == "n")


def _decimal_measure(t: Tokens, i: int) -> Numeral | None:
    """'3,5 km': a comma before one or two digits is a decimal one if a unit follows; '1.200 kg' stays open."""
    if t.kind(i) == "n" and "," in t.texts[i] and (t.word(i + 1) in ("m", "€") or read_unit(t, i + 1)):
        return read_numeral(t, i, decimal=True)
    return None


def _letter_scale(t: Tokens, numeral: Numeral) -> Numeral:
    """'$3.2m', '£10k', '$2 b': letters that are scales behind a currency."""
    scale = _LETTER_SCALES.get(t.word(numeral.end))
    if scale is None or numeral.scale > 1 or numeral.worded:
        return numeral
    return replace(multiplied(numeral, Decimal(scale)), end=numeral.end + 1)


def _with_unit(t: Tokens, figure: Figure, i: int) -> Figure | None:
    numeral = figure.numeral
    end = numeral.end
    if numeral.worded and numeral.fraction:
        return _part_of_a_unit(t, figure)
    if t.texts[end : end + 1] in (["m"], ["M"], ["k"], ["K"]) and t.kind(i) == "n":
        return _metres_or_millions(t, figure)
    unit = read_unit(t, end)
    if unit is None:
        return _suffixed_pounds(t, figure)
    if t.word(unit.end - 1) == "second" and not unit.adjective and numeral.low != 1:
        return figure  # "the two second halves"
    if unit.kind == "duration" and not unit.adjective and t.word(unit.end - 1) == "day" and year_at(t, i) is not None:
        return None  # "World Cup 2018 day five"
    return replace(figure, end=unit.end, unit=unit)


def _part_of_a_unit(t: Tokens, figure: Figure) -> Figure:
    """'half an hour', 'three quarters of a mile'."""
    at = figure.end + (t.word(figure.end) == "of")
    article = t.word(at) in ("a", "an")
    unit = read_unit(t, at + article) if article or t.hyphen(at) else None
    if unit is None or unit.kind not in ("duration", "measure", "percent", "points"):
        return figure
    return replace(figure, end=unit.end, unit=unit, numeral=replace(figure.numeral, fraction=False))


def _metres_or_millions(t: Tokens, figure: Figure) -> Figure | None:
    end, numeral = figure.end, figure.numeral
    letter, glued, following = t.texts[end], t.glued(end), t.word(end + 1)
    money = read_unit(t, end + 1)
    millions = following in _IN_MILLIONS or (money is not None and money.kind == "money") or (letter == "M" and following != "")
    if glued and (letter in "kK" and (millions or counted(t, end + 1)[0])):
        return _with_unit(t, replace(figure, numeral=_letter_scale(t, numeral), end=end + 1), -1)
    if letter == "m" and (not glued or following in _DIMENSIONS) and not (money and money.kind == "money"):
        return replace(figure, end=end + 1, unit=_METRE)
    if letter in "mM" and millions:
        scaled = _letter_scale(t, numeral)
        return _with_unit(t, replace(figure, numeral=scaled, end=scaled.end), -1)
    return None


def _suffixed_pounds(t: Tokens, figure: Figure) -> Figure:
    """'pounds' are money behind a scale and a weight before 'of' or a comparison; else they stay a counted noun."""
    at = figure.end + 1 if t.hyphen(figure.end) else figure.end
    if t.word(at) not in ("pound", "pounds"):
        return figure
    if figure.numeral.scale >= 10**6:
        return replace(figure, end=at + 1, unit=Unit("money", "GBP", Decimal(1)))
    if t.word(at + 1) in ("of", "heavier", "lighter"):
        return replace(figure, end=at + 1, unit=Unit("measure", "kg", Decimal("0.45359237")))
    return figure


def _checked(t: Tokens, figure: Figure) -> Figure | None:
    """The figure, unless what is glued to its end shows that it is part of something else (3D, 4x4, 5-a-side, 2-for-1)."""
    end = figure.end
    if end >= len(t) or not t.glued(end):
        return figure
    if t.kind(end) in ("n", "w") or t.texts[end] in "/_\\@#&=":
        return None
    if t.hyphen(end) and figure.unit is None and t.kind(end + 1) == "w":
        year = year_at(t, end - 1) if figure.numeral.bare else None
        if t.word(end + 1) in _NOT_AFTER_HYPHEN or (year is not None and year >= _MODERN):
            return None  # 2-for-1, 2026-built
    if t.texts[end] in "'’" and t.glued(end + 1) and t.kind(end + 1) == "w" and figure.unit is None:
        return None
    if figure.numeral.worded and figure.numeral.low == 1 and t.hyphen(end) and figure.unit is None:
        return None  # one-sided, one-off
    return figure


def counts_one(t: Tokens, figure: Figure) -> bool:
    """Whether a figure is the bare word "one", which is a pronoun unless something shows that it counts."""
    return figure.unit is None and figure.numeral.worded and figure.numeral.low == ONES["one"] and not figure.numeral.fraction
