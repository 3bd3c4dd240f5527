"""Figures, dates and measures of a sentence, and how those of a claim compare with those of a passage.

A first version: digits and number words, scales (million), units by the word that follows, a few convertible measures, years, months,
weekdays and clock times. Equal means equal after conversion and honest rounding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.text import fold

_NUMBERS = (
    {
        w: float(n)
        for n, w in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
        )
    }
    | {"seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "dozen": 12.0}
    | {w: 10.0 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "bn": 1e9, "billion": 1e9, "trillion": 1e12}
_MEASURES = {
    "mm": ("metre", 1e-3), "millimetre": ("metre", 1e-3), "cm": ("metre", 1e-2), "centimetre": ("metre", 1e-2), "metre": ("metre", 1.0),
    "meter": ("metre", 1.0), "km": ("metre", 1e3), "kilometre": ("metre", 1e3), "kilometer": ("metre", 1e3), "mile": ("metre", 1609.34),
    "m": ("metre", 1.0),
    "foot": ("metre", 0.3048), "feet": ("metre", 0.3048), "kg": ("kg", 1.0), "kilogram": ("kg", 1.0), "tonne": ("kg", 1e3),
    "percent": ("%", 1.0), "percentage": ("%", 1.0), "%": ("%", 1.0), "basis": ("%", 0.01),
    "kilowatt": ("watt", 1e3), "kw": ("watt", 1e3), "megawatt": ("watt", 1e6), "mw": ("watt", 1e6), "gigawatt": ("watt", 1e9),
    "week": ("day", 7.0), "day": ("day", 1.0),
}  # fmt: skip
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_TOKEN = re.compile(r"\d{1,2}:\d{2}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|[%$€£¥]")
_SKIPPED_BEFORE_UNIT = frozenset("new more other about or and to the further additional of".split())


#: Days of a month, as they are written.
_DAYS = frozenset(f"{day:{width}}" for day in range(1, 32) for width in ("", "02"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and what it counts: a unit ("metre", "%", "seat"), "year", "month", "weekday", "clock", or "" if nothing says."""

    value: float
    unit: str


def figures(text: str) -> list[Figure]:
    """The figures of a text, in order."""
    tokens = _TOKEN.findall(fold(text))
    out, i = [], 0
    while i < len(tokens):
        found, i = _at(tokens, i)
        if found is not None:
            out.append(found)
    return out


def _at(tokens: Sequence[str], i: int) -> tuple[Figure | None, int]:
    """The figure that starts at token ``i``, if any, and the token to go on from."""
    token = tokens[i]
    if ":" in token:
        hours, minutes = token.split(":")
        return Figure(60.0 * int(hours) + int(minutes), "clock"), i + 1
    if token in _MONTHS and (token not in ("may", "march") or _dated(tokens, i)):
        return Figure(_MONTHS.index(token) + 1.0, "month"), i + 1
    if token in _WEEKDAYS:
        return Figure(_WEEKDAYS.index(token) + 1.0, "weekday"), i + 1
    value = _value(token)
    if value is None:
        return None, i + 1
    following = i + 1
    money = i > 0 and tokens[i - 1] in "$€£¥"
    while following < len(tokens) and (scale := _SCALES.get(tokens[following])) and (tokens[following] != "m" or money):
        value, following = value * scale, following + 1
    if following == i + 1 and re.fullmatch(r"(1[5-9]|20)\d\d", token) and _is_year(tokens, i):
        return Figure(value, "year"), following
    if _beside_month(tokens, i):
        return Figure(value, "day of month"), following
    unit, factor = (tokens[i - 1], 1.0) if money else _unit(tokens, following)
    return Figure(value * factor, unit), following


def _dated(tokens: Sequence[str], i: int) -> bool:
    near = [*tokens[max(0, i - 2) : i], *tokens[i + 1 : i + 2]]
    return any(t.isdigit() or t in ("in", "since", "by", "until", "early", "late", "mid", "from", "last", "next") for t in near)


def _is_year(tokens: Sequence[str], i: int) -> bool:
    """'in 1998', 'May 2019', 'the 2026 budget' against '2000 people' and '1500 seats'."""
    before = tokens[i - 1] if i else ""
    if before in ("in", "since", "by", "until", "from", "late", "early", "before", "after", "during", "of", "the") or before in _MONTHS:
        return True
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    return not after.endswith("s") and after not in ("people", "men", "women", "children")


def _beside_month(tokens: Sequence[str], i: int) -> bool:
    return any(0 <= k < len(tokens) and tokens[k] in _MONTHS and tokens[i] in _DAYS for k in (i - 1, i + 1))


def _value(word: str) -> float | None:
    if word[0].isdecimal() and ":" not in word:
        return float(word.replace(",", ""))
    # 'one' is a pronoun more often than a count.
    return _NUMBERS.get(word) if word != "one" else None


def _unit(tokens: Sequence[str], i: int) -> tuple[str, float]:
    # 'six or seven seats': both numbers count seats.
    while i < len(tokens) and (tokens[i] in _SKIPPED_BEFORE_UNIT or _value(tokens[i]) is not None):
        i += 1
    if i >= len(tokens) or not (tokens[i].isalpha() or tokens[i] == "%"):
        return "", 1.0
    word = "percent" if tokens[i : i + 2] == ["per", "cent"] else tokens[i]
    for form in (word, word.removesuffix("s")):
        if form in _MEASURES:
            return _MEASURES[form]
    return _singular(word), 1.0


def _singular(word: str) -> str:
    if word in ("people", "persons"):
        return "person"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def same(a: float, b: float) -> bool:
    """Equal after honest rounding: within half of the coarser figure's last digit that is not 0, and never more than 5 percent."""
    if a == b:
        return True
    coarse = max((a, b), key=_grain)
    return abs(a - b) <= _grain(coarse) / 2 and abs(a - b) <= 0.05 * max(abs(a), abs(b))


def _grain(value: float) -> float:
    """The place of the last digit that is not 0: 100 for 4200, 0.1 for 5.1."""
    text = f"{value:.6f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    if decimals:
        return 10.0 ** -len(decimals)
    return 10.0 ** (len(whole) - len(whole.rstrip("0"))) if whole.strip("0-") else 1.0


def compare(claim: Sequence[Figure], passage: Sequence[Figure]) -> tuple[int, int, int]:
    """How many of the claim's figures stand in the passage, have a rival there (same unit, other value), or neither."""
    agreed = rival = absent = 0
    for figure in claim:
        alike = [f for f in passage if f.unit == figure.unit]
        if any(same(f.value, figure.value) for f in alike):
            agreed += 1
        elif alike:
            rival += 1
        elif any(same(f.value, figure.value) and "" in (f.unit, figure.unit) for f in passage):
            agreed += 1
        else:
            absent += 1
    return agreed, rival, absent
