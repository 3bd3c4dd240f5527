"""Numbers as they are written: digits, words, scales (million, bn), fractions, dozens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.quantities.tokens import Tokens, digits, digits_of_a_measure

ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen".split()
    )
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_WRITTEN_SCALES = _SCALES | {
    "hundred": 100, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_VAGUE = {"dozens": 10, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6, "billions": 10**9}
_TEN_OF = {"tens": 10, "hundreds": 100}
_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4} | {
    word + s: n for n, word in enumerate("fifth sixth seventh eighth ninth tenth".split(), 5) for s in ("", "s")
}
_GLYPHS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
        " seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_AFTER_A_PART = frozenset("of more less fewer higher lower larger smaller".split())
#: Words that a figure can start with.
OPENERS = frozenset({*ONES, *_TENS, *_VAGUE, "tens", "a", "an", "half", "several", *_GLYPHS, *_SCALES, "hundred"}) - {"scores"}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without its unit.

    low, high: its bounds (they differ only for vague ones). step: the place of the last digit that means something, in the number's
    own units. end: the token after it. bare: a plain run of digits, as in names and years. worded: written in words.
    fraction: a part of something ("a third"). scale: what it was multiplied by (million), 1 if nothing.
    """

    low: Decimal
    high: Decimal
    step: Decimal
    end: int
    bare: bool = False
    worded: bool = False
    vague: bool = False
    fraction: bool = False
    scale: Decimal = Decimal(1)


def step_of(value: Decimal) -> Decimal:
    """The place of the last digit that means something. Noughts at the end count as rounding only above 100."""
    _, written, exponent = value.as_tuple()
    if not isinstance(exponent, int) or exponent < 0 or value <= 100:
        return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    text = "".join(map(str, written))
    return Decimal(1).scaleb(exponent + len(text) - len(text.rstrip("0")))


def read_numeral(t: Tokens, i: int, *, decimal: bool = False, between: bool = False) -> Numeral | None:
    """The number that starts at token ``i``, with its scale, or None.

    decimal: a comma or three digits behind a point can only be decimals here. between: an "and" parts two figures ("between a hundred
    and two thousand"), so it never stands inside a number.
    """
    if t.kind(i) == "n":
        return _from_digits(t, i, decimal=decimal)
    if t.kind(i) != "w" or t.low[i] not in OPENERS:
        return None
    return _vague(t, i) or _dozen(t, i) or _part(t, i) or _from_words(t, i, between=between)


def _exact(value: Decimal, end: int, *, bare: bool = False, worded: bool = False) -> Numeral:
    return Numeral(value, value, step_of(value), end, bare=bare, worded=worded)


def _from_digits(t: Tokens, i: int, *, decimal: bool) -> Numeral | None:
    end = i + 1
    following = end + 1 if t.hyphen(end) else end
    only_decimal = decimal or t.word(end) in ("%", "percent") or t.words(end, 2) == ("per", "cent") or t.word(following) in _SCALES
    value = (digits_of_a_measure if only_decimal else digits)(t.texts[i])
    if value is None:
        return None
    found = _exact(value, end, bare=t.texts[i].isdecimal())
    if t.word(end) in _GLYPHS:
        top, bottom = _GLYPHS[t.word(end)]
        part = Decimal(top) / bottom
        found = Numeral(value + part, value + part, Decimal(0), end + 1)
    return _scaled(t, _and_a_half(t, found))


def _and_a_half(t: Tokens, found: Numeral) -> Numeral:
    """'two and a half', 'one and three quarters' (only where the fraction is not of something)."""
    for words, part in ((("and", "a", "half"), "0.5"), (("and", "a", "quarter"), "0.25"), (("and", "three", "quarters"), "0.75")):
        if t.words(found.end, len(words)) == words and t.word(found.end + len(words)) != "of":
            value = found.low + Decimal(part)
            return replace(found, low=value, high=value, step=step_of(value), end=found.end + len(words), bare=False)
    return found


def _scaled(t: Tokens, found: Numeral) -> Numeral:
    at = found.end + 1 if t.hyphen(found.end) and t.word(found.end + 1) in _SCALES else found.end
    scale = _WRITTEN_SCALES.get(t.word(at))
    if scale is None:
        return found
    factor = Decimal(scale)
    end = at + 1
    if t.word(end) in ("billion", "trillion", "million") and scale < 10**5:  # "300 thousand million", "5 hundred million"
        factor, end = factor * _SCALES[t.word(end)], end + 1
    low = found.low * factor
    return replace(found, low=low, high=low, step=found.step * factor, end=end, bare=False, scale=factor)


def multiplied(found: Numeral, factor: Decimal) -> Numeral:
    """The same number in units ``factor`` times as large ("5" of "5 to 10 million")."""
    low, high, step, scale = (value * factor for value in (found.low, found.high, found.step, found.scale))
    return replace(found, low=low, high=high, step=step, scale=scale, bare=False)


def _vague(t: Tokens, i: int) -> Numeral | None:
    """'dozens', 'tens of thousands', 'several hundred': from 2 of them to 100 of them (9 for 'several')."""
    word, unit, end, most = t.low[i], Decimal(0), i + 1, 100
    if word in _TEN_OF and t.word(end) == "of" and t.word(end + 1) in ("thousands", "millions", "billions"):
        unit, end = Decimal(_TEN_OF[word] * _VAGUE[t.word(end + 1)]), end + 2
    elif word in _VAGUE:
        unit = Decimal(_VAGUE[word])
    elif word == "several" or t.words(i, 2) == ("a", "few"):
        end = i + 2 if word == "a" else i + 1
        scale = 12 if t.word(end) == "dozen" else _WRITTEN_SCALES.get(t.word(end))
        unit, end, most = Decimal(scale or 0), end + 1, 9
    return Numeral(2 * unit, most * unit, unit, end, worded=True, vague=True, scale=unit) if unit else None


def _dozen(t: Tokens, i: int) -> Numeral | None:
    """'a dozen', 'two dozen', 'half a dozen': meant loosely."""
    number = {"a": Decimal(1), "half": Decimal("0.5")}.get(t.low[i], Decimal(ONES.get(t.low[i], 0)))
    end = i + 2 if t.words(i, 3) == ("half", "a", "dozen") else i + 1
    if not number or t.word(end) != "dozen":
        return None
    return Numeral(12 * number, 12 * number, Decimal(1), end + 1, worded=True, vague=True)


def _part(t: Tokens, i: int) -> Numeral | None:
    """'half a million'; 'half of', 'a third', 'two-thirds', '½': parts of something."""
    if t.words(i, 2) == ("half", "a") and t.word(i + 2) in _SCALES:
        scale = Decimal(_SCALES[t.word(i + 2)])
        return Numeral(scale / 2, scale / 2, scale / 10, i + 3, worded=True, scale=scale)
    if t.low[i] in _GLYPHS:
        return _fraction(*_GLYPHS[t.low[i]], i + 1)
    if t.low[i] == "half":
        whole = t.word(i - 1) not in _ORDINALS and (_halves(t, i + 1) or _loosened(t, i))
        return _fraction(1, 2, i + 1) if whole else None
    top = 1 if t.low[i] in ("a", "an") else ONES.get(t.low[i], 0)
    at = i + 2 if t.hyphen(i + 1) else i + 1
    bottom = _PARTS.get(t.word(at), 0)
    if not 0 < top < bottom or (top > 1) != t.word(at).endswith("s"):
        return None
    # "A third man was held", "a quarter earlier" are no parts.
    if t.low[i] in ("a", "an") and t.word(at + 1) not in _AFTER_A_PART and not _loosened(t, i):
        return None
    return _fraction(top, bottom, at + 1)


def _halves(t: Tokens, i: int) -> bool:
    """Whether "half" before token ``i`` is half of something, not the second half of a match."""
    return t.word(i) in ("of", "the", "its", "their", "his", "her", "our", "all", "those", "these", "a", "an") or (
        t.hyphen(i) and t.word(i + 1) in ("hour", "mile", "day", "year", "century", "point")
    )


def _loosened(t: Tokens, i: int) -> bool:
    return t.word(i - 1) in ("by", "than", "nearly", "almost", "about", "around", "roughly", "least")


def _fraction(top: int, bottom: int, end: int) -> Numeral:
    value = Decimal(top) / bottom
    return Numeral(value, value, Decimal(0), end, worded=True, fraction=True)


def _below_100(t: Tokens, i: int) -> tuple[int, int] | None:
    word = t.word(i)
    if word in ONES:
        return ONES[word], i + 1
    if word not in _TENS:
        return None
    at = i + 2 if t.hyphen(i + 1) else i + 1
    one = ONES.get(t.word(at), 0)
    return (_TENS[word] + one, at + 1) if 0 < one < 10 else (_TENS[word], i + 1)


def _below_1000(t: Tokens, i: int, *, between: bool) -> tuple[int, int] | None:
    found = (1, i + 1) if t.word(i) in ("a", "an") and t.word(i + 1) in ("hundred", *_SCALES) else _below_100(t, i)
    if found is None:
        return None
    value, end = found
    at = end + 1 if t.hyphen(end) else end
    if t.word(at) != "hundred" or not value:
        return value, end
    value, end = 100 * value, at + 1
    joined = t.word(end) == "and"
    rest = None if joined and between else _below_100(t, end + joined)
    if rest is not None and t.word(rest[1]) != "hundred":
        return value + rest[0], rest[1]
    return value, end


def _from_words(t: Tokens, i: int, *, between: bool) -> Numeral | None:
    total, least_scale, end, scale, group = 0, 10**15, i, 1, 0
    at = i
    while (found := _below_1000(t, at, between=between)) is not None:
        value, after = found
        here = after + 1 if t.hyphen(after) else after
        new = _SCALES.get(t.word(here), 1)
        if new >= least_scale:
            break
        total, least_scale, scale, group = total + value * new, new, new, value
        end = here + 1 if new > 1 else after
        if new == 1:
            break
        joined = t.word(end) == "and"
        if joined and between:
            break
        at = end + joined
    if end == i:
        return None
    found_numeral = Numeral(Decimal(total), Decimal(total), step_of(Decimal(group)) * scale, end, worded=True, scale=Decimal(scale))
    if scale == 1 and total < 20:
        return _scaled_words(t, _and_a_half(t, found_numeral))
    return found_numeral


def _scaled_words(t: Tokens, found: Numeral) -> Numeral:
    """'one and a half million'."""
    return _scaled(t, found) if t.word(found.end) in _SCALES else found


def ordinal(t: Tokens, i: int) -> tuple[int, int] | None:
    """(number, token after it) of an ordinal that starts at token ``i``: 'third', 'twenty-first', '21st'; None if there is none."""
    if t.kind(i) == "n":
        value = digits(t.texts[i])
        if value is None or value != value.to_integral_value() or not t.glued(i + 1) or t.word(i + 1) not in ("st", "nd", "rd", "th"):
            return None
        return int(value), i + 2
    if t.word(i) in _TENS and t.hyphen(i + 1) and _ORDINALS.get(t.word(i + 2), 10) < 10:
        return _TENS[t.word(i)] + _ORDINALS[t.word(i + 2)], i + 3
    return (_ORDINALS[t.word(i)], i + 1) if t.word(i) in _ORDINALS else None


#: Words that multiply the number before them.
SCALE_WORDS = frozenset(_WRITTEN_SCALES)
#: Words that an ordinal can start with.
ORDINAL_OPENERS = frozenset(_ORDINALS) | frozenset(_TENS)
