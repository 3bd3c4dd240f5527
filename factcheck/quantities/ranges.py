"""Ranges and alternatives: "5-10 %", "between five and seven", "six or seven seats"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.quantities.figures import Figure, read_figure
from factcheck.quantities.nouns import counted
from factcheck.quantities.numerals import OPENERS, multiplied
from factcheck.quantities.tokens import Tokens

_SIGNS = frozenset("$€£")
_LONGEST_LIST = 6


@dataclass(frozen=True, slots=True)
class Range:
    """Two figures that belong together, or one that is its own last. either: alternatives, not bounds."""

    first: Figure
    last: Figure
    either: bool = False


def after_between(t: Tokens, i: int) -> bool:
    """Whether "between" stands shortly before token ``i``, so that an "and" behind the figure leads to its upper bound."""
    return any(t.word(k) == "between" for k in range(i - 3, i))


def after_from(t: Tokens, i: int) -> bool:
    """Whether "from" stands shortly before token ``i``: "from 5 to 7" tells a change more often than a range."""
    return any(t.word(k) == "from" for k in range(i - 4, i))


def read_range(t: Tokens, i: int, figure: Figure) -> Range | None:
    """The range that the figure with its number at token ``i`` opens, or the figure alone; None for a score or a model's name."""
    end, word = figure.end, t.word(figure.end)
    dashed = t.hyphen(end) or (word in ("–", "-") and not t.glued(end) and t.kind(end + 1) == "n")
    if word == "or" or (word == "," and figure.unit is None and "or" in t.words(end, 2 * _LONGEST_LIST)):
        return _alternatives(t, figure)
    last = _last(t, end + 1, figure, joined=dashed) if dashed or word == "to" or (word == "and" and after_between(t, i)) else None
    if last is None:
        lost = dashed and t.kind(end + 1) == "n" and (t.hyphen(end) or figure.unit is None)
        return None if lost else Range(figure, _compounded(t, figure))
    first, last = _shared(figure, last)
    if word == "to" and after_from(t, i):
        return Range(first, first)
    alike = _unit_name(first) == _unit_name(last) and first.numeral.fraction == last.numeral.fraction
    if alike and first.high < last.low and (word == "and" or _counts(t, first, last)):
        return Range(first, last)
    bare = figure.unit is None and _unit_name(last) == "" and word != "and"
    return None if bare and (dashed or word == "to") else Range(first, first)


def _unit_name(figure: Figure) -> str:
    return figure.unit.name if figure.unit else ""


def _counts(t: Tokens, first: Figure, last: Figure) -> bool:
    """Whether the upper bound measures or counts something, as in no score."""
    if any(t.word(k) in ("aged", "ages") for k in range(first.first - 2, first.first)):
        return True
    joined = t.hyphen(last.end) and t.kind(last.end + 1) == "w"
    return last.unit is not None or last.numeral.scale > 1 or joined or bool(counted(t, last.end)[0])


def _last(t: Tokens, at: int, first: Figure, *, joined: bool) -> Figure | None:
    """The figure behind a dash, "to", "and" or "or" that ends before token ``at``, with its own currency sign or none."""
    while at < len(t) and t.texts[at] in _SIGNS:
        at += 1
    if at >= len(t) or not (t.kinds[at] == "n" or t.low[at] in OPENERS):
        return None
    return read_figure(t, at, joined=joined, money=first.unit if first.currency else None)


def _alternatives(t: Tokens, figure: Figure) -> Range:
    """'six or seven', 'five, six or seven'. The bounds are the least and the greatest."""
    figures, at = [figure], figure.end
    while len(figures) < _LONGEST_LIST:
        final = t.word(at) == "or" or t.words(at, 2) == (",", "or")
        if not final and t.word(at) != ",":
            break
        following = _last(t, at + (2 if t.words(at, 2) == (",", "or") else 1), figure, joined=False)
        if following is None or (not final and following.unit is not None):
            break
        figures.append(following)
        at = following.end
        if not final:
            continue
        shared = [_shared(f, following)[0] for f in figures[:-1]]
        if any(_unit_name(f) != _unit_name(following) or f.numeral.fraction != following.numeral.fraction for f in shared):
            break
        lowest, highest = min([*shared, following], key=lambda f: f.low), max([*shared, following], key=lambda f: f.high)
        low = replace(lowest, first=figure.first)
        return Range(low, replace(highest, end=following.end), either=True)
    return Range(figure, figure)


def _shared(first: Figure, last: Figure) -> tuple[Figure, Figure]:
    """Both figures with the scale and unit that only one of them carries: '€5-10 million', '5 to 7 %', '5 or 6 km'."""
    a, b = first.numeral, last.numeral
    if a.scale == 1 < b.scale and a.low < b.low / b.scale and (first.unit is None or first.currency):
        first = replace(first, numeral=multiplied(a, b.scale))
    if first.unit is None and last.unit is not None:
        first = replace(first, unit=last.unit)
    elif last.unit is None and first.unit is not None and first.currency:
        last = replace(last, unit=first.unit)
    return first, last


def _compounded(t: Tokens, figure: Figure) -> Figure:
    """'5ft 10in', 'two hours and 30 minutes' as one figure; any other as it is."""
    at = figure.end + (t.word(figure.end) == "and")
    if figure.unit is None or figure.unit.kind not in ("measure", "duration") or at >= len(t):
        return figure
    if not (t.kinds[at] == "n" or t.low[at] in OPENERS):
        return figure
    rest = read_figure(t, at)
    if rest is None or rest.unit is None or rest.unit.name != figure.unit.name or not 0 <= rest.high < figure.unit.factor:
        return figure
    value = figure.low + rest.low
    numeral = replace(figure.numeral, low=value, high=value, step=rest.step)
    return replace(figure, end=rest.end, numeral=numeral, unit=replace(figure.unit, factor=Decimal(1)))
