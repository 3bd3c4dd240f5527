"""Years, spans of years and decades: four digits that their neighbours do not make a count."""

from __future__ import annotations

import re
from decimal import Decimal

from factcheck.quantities.dates import year_at
from factcheck.quantities.nouns import PEOPLE, counted, named
from factcheck.quantities.numerals import SCALE_WORDS
from factcheck.quantities.quantity import Quantity
from factcheck.quantities.tokens import Tokens
from factcheck.quantities.units import currency_before, read_unit

_BEFORE = frozenset("in since until till before after during by circa late early mid pre post".split())
_BOUNDS = frozenset("than least most over nearly almost some roughly approximately".split())
_OWNERS = frozenset("the its his her their our this s".split())
_SEASON = re.compile(r"((?:1[0-9]|20)[0-9]{2})/([0-9]{2}|20[0-9]{2})")
_MODERN = 1900


def read_years(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    """The year, decade or span of years that starts at token ``i`` and the token after it, or None."""
    if t.kind(i) != "n":
        return None
    if (season := _SEASON.fullmatch(t.texts[i])) is not None:
        first = int(season[1])
        last = _completed(first, season[2])
        return _years(t, i, i, first, last) if last == first + 1 else None
    if (decade := _decade(t, i)) is not None:
        return decade
    year = year_at(t, i)
    if year is None or _glued_before(t, i) or currency_before(t, i):
        return None
    return _span(t, i, year) or (_years(t, i, i, year, year) if _alone(t, i, year) else None)


def _years(t: Tokens, first: int, last: int, low: int, high: int) -> tuple[Quantity, int]:
    return Quantity(t.starts[first], t.ends[last], "year", Decimal(low), Decimal(high)), last + 1


def _completed(first: int, last: str) -> int:
    return int(last) if len(last) == 4 else first - first % 100 + int(last) + (100 if int(last) < first % 100 else 0)


def _glued_before(t: Tokens, i: int) -> bool:
    if not t.glued(i):
        return False
    if t.hyphen(i - 1):
        return t.word(i - 2) not in _BEFORE
    return t.kind(i - 1) in ("n", "w") or t.texts[i - 1] in "/#@&=._\\-–"


def _decade(t: Tokens, i: int) -> tuple[Quantity, int] | None:
    """'the 1990s', '’90s'. Two digits alone are a decade only behind an apostrophe or "the", and only if the century is plain."""
    text = t.texts[i]
    if not text.endswith("0") or not (t.glued(i + 1) and t.word(i + 1) == "s"):
        return None
    if (year := year_at(t, i)) is not None and not _glued_before(t, i):
        return _years(t, i, i + 1, year, year + 9)
    quoted = t.glued(i) and t.texts[i - 1] in "'’‘"
    if len(text) == 2 and int(text) >= 30 and (quoted or t.word(i - 1) == "the"):
        return _years(t, i - quoted, i + 1, 1900 + int(text), 1909 + int(text))
    return None


def _span(t: Tokens, i: int, year: int) -> tuple[Quantity, int] | None:
    """'2019-20', '1939–1945', '2019 to 2021', 'between 2019 and 2021'; not 'from 2019 to 2021', which may tell a change."""
    joint = t.word(i + 1)
    if t.kind(i + 2) != "n" or (t.glued(i + 3) and t.kind(i + 3) in ("n", "w")):
        return None
    dashed = t.hyphen(i + 1) or joint == "–"
    spoken = (joint == "to" and t.word(i - 1) != "from") or (joint == "and" and t.word(i - 1) == "between")
    text = t.texts[i + 2]
    short = dashed and len(text) == 2 and text.isdecimal()
    if not (short or ((dashed or spoken) and year_at(t, i + 2))) or t.hyphen(i + 3):
        return None
    last = _completed(year, text)
    if not year < last <= year + 100 or _counts(t, i + 2) or (short and last - year > 60):
        return None
    return _years(t, i, i + 2, year, last)


def _counts(t: Tokens, i: int) -> bool:
    """Whether what follows makes token ``i`` a count or a measure."""
    after = i + 1
    return t.word(after) in PEOPLE or t.word(after) in SCALE_WORDS or read_unit(t, after) is not None or t.word(after) in ("m", "k")


def _alone(t: Tokens, i: int, year: int) -> bool:
    if _counts(t, i) or t.word(i - 1) in _BOUNDS or t.words(i - 2, 2) == ("up", "to"):
        return False
    if t.glued(i + 1) and (t.kind(i + 1) == "w" or t.texts[i + 1] in "+/_@#" or t.hyphen(i + 1)):
        return False
    if t.kind(i + 1) == "n":
        return False
    before = "" if t.kind(i - 1) != "w" else t.low[i - 1]
    if before in _BEFORE or t.hyphen(i - 1):
        return year >= _MODERN or not counted(t, i + 1)[0]
    if year < _MODERN or named(t, i, i + 1):
        return False
    return before in _OWNERS or not counted(t, i + 1)[0]
