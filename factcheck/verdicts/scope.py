"""Whether the figures of two sentences belong to one matter: the same year and day, the same stage, the same names, a part or the whole.

Two figures of one thing at two times deny nothing: "seven ships on Tuesday" and "four ships on Monday" are both true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from factcheck.quantities import Quantity, find, same
from factcheck.text import stem, words
from factcheck.verdicts.wording import blanked, clause, names, negative, subject_words, weekdays

#: Kinds of quantity that say when rather than how much.
WHEN = frozenset({"year", "date", "time"})
_PERIODS = frozenset("quarter half day week month year season session round century period".split())
#: Words that set a figure apart from another of the same thing, and what they tell; beside one figure only, they make it another matter.
_QUALIFIERS = tuple(
    (reason, frozenset(stem(w) for w in row.split()))
    for reason, row in (
        (
            "an earlier stage and a later one",
            "preliminary initial initially originally original previous previously former formerly earlier draft proposed"
            " proposal provisional"
            " before last then early ago",
        ),
        (
            "each and all together",
            "each every both together altogether combined average averages total overall between annually annual yearly monthly",
        ),
        (
            "what is asked and what is agreed",
            "demand demands demanded offer offers offered ask asks asked want wants wanted seeks sought bid",
        ),
        ("a difference and a total", "more fewer less another further additional extra other others remaining rest below budgeted"),
    )
)
_BEFORE = frozenset({stem("before")})
_PART_AFTER = re.compile(r"(?:\s+\w+)?\s*(?:of|among|out of) (?:the|its|their|them|whom|these|those|which)\b|\s*others\b", re.IGNORECASE)
_PART_BEFORE = re.compile(r"\b(?:including|includes|among them|of whom|of them|another|further|other)\s*$", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:out )?of (?:the |its |their |all )?$", re.IGNORECASE)
_CHANGE = re.compile(r"\b(by|from)\s+(?:about |some |around |nearly |almost )?$", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|\b(?:the|a|an|its|their|his|her|of|s)\s)[0-9]{4}$", re.IGNORECASE)
_ZERO = re.compile(r"\b(?:no (?=([a-z]+s|people|children|women|men|staff)\b)|(?:nobody|no one|no-one)\b)", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"\b(?:not|never|n't|no \w+) [^.;:]*\b(?:before|until)\s+(?:the )?(?:\w+ )?(?:of )?$|\bearliest in\s+$", re.IGNORECASE
)
_EARLIEST = re.compile(r",? (?:at the (?:very )?earliest|or later)\b", re.IGNORECASE)
_AGE = re.compile(r"(?:^|[.!?:]\s)(?:He|She|[A-Z]\w+(?: [A-Z]\w+)?) (?:is|was|turned|turns) (?:now )?$")


@dataclass(frozen=True, slots=True)
class Figures:
    """A text with its figures, and the text without them (same length)."""

    text: str
    found: tuple[Quantity, ...]
    blank: str

    @classmethod
    @lru_cache(maxsize=4096)  # a claim meets many passages, a passage many claims
    def read(cls, text: str) -> Figures:
        """The quantities of a text; "no deaths" and "nobody" count as 0, shares as percentages, "She was 91." as an age."""
        read = sorted((*(_as_compared(text, q) for q in find(text)), *_zeros(text)), key=lambda q: q.start)
        return cls(text, tuple(read), blanked(text, read))

    def around(self, q: Quantity) -> str:
        """The words of the clause in which a figure stands, without figures."""
        low, high = clause(self.text, q.start, q.end, self.found)
        return self.blank[low:high]

    def shown(self, q: Quantity) -> str:
        """A figure with the noun it counts, as written."""
        at = self.text.find(q.thing, q.end, q.end + len(q.thing) + 25) if q.thing else -1
        return self.text[q.start : max(q.end, at + len(q.thing))] if at >= 0 else self.text[q.start : q.end]

    def years(self) -> set[int]:
        """All years that the text names."""
        return {year for q in self.found for year in _years(q)}


def _as_compared(text: str, q: Quantity) -> Quantity:
    if q.kind == "ratio" and not q.unit:
        low, high, step = (v * 100 for v in (q.low, q.high, max(q.step, Decimal("0.01"))))
        return replace(q, kind="percent", unit="%", low=low, high=high, step=step)
    bare = q.kind == "count" and not (q.thing or q.hedge) and 10 <= q.low == q.high < 110
    if bare and _AGE.search(text[: q.start]) and text[q.end : q.end + 1] in (".", ",", ""):
        return replace(q, kind="age", unit="year")
    return q


def _zeros(text: str) -> Iterable[Quantity]:
    for m in _ZERO.finditer(text):
        end = m.start() + len(m[0].rstrip())
        yield Quantity(m.start(), end, "count", Decimal(0), Decimal(0), thing=m[1] or "people", step=Decimal(1))


def same_value(a: Quantity, b: Quantity) -> bool | None:
    """:func:`factcheck.quantities.same`, where nouns of one concept ("houses", "homes") count the same thing."""
    if a.thing and b.thing and subject_words(a.thing) == subject_words(b.thing):
        b = replace(b, thing=a.thing)
    return same(a, b)


def says_when(q: Quantity) -> bool:
    """Whether a figure says when rather than how much: dates, years, times, and "the second quarter"."""
    return q.kind in WHEN or (q.kind == "ordinal" and q.thing.lower() in _PERIODS)


def one_role(said: Figures, q: Quantity, found: Figures, p: Quantity) -> bool:
    """Whether both figures are a part ("two of them") or both the whole ("of the seven"), both a change ("by", "from") or both a level."""
    return _role(said.text, q) == _role(found.text, p)


def _role(text: str, q: Quantity) -> tuple[bool, bool, str]:
    before = text[: q.start]
    part = _PART_AFTER.match(text, q.end) is not None or _PART_BEFORE.search(before) is not None
    change = _CHANGE.search(before)
    return part, _WHOLE.search(before) is not None, change[1].lower() if change and q.kind not in WHEN else ""


def not_before(side: Figures, q: Quantity) -> bool:
    """Whether a date or year is the earliest that is possible: 'will not open before 2031', 'not until May', '2031 at the earliest'."""
    before, after = side.text[: q.start], side.text[q.end :]
    return q.kind in WHEN and (_NOT_BEFORE.search(before) is not None or _EARLIEST.match(after) is not None)


def apart(said: Figures, q: Quantity, found: Figures, p: Quantity, context: Figures) -> str:
    """Why the claim's figure and the passage's are figures of two matters, in plain words; "" if nothing says so."""
    return _other_time(said, q, found, p, context) or _other_words(said, q, found, p, context)


def _other_time(said: Figures, q: Quantity, found: Figures, p: Quantity, context: Figures) -> str:
    mine, theirs = weekdays(said.text), weekdays(found.text)
    if mine and theirs and not mine & theirs:
        return f"figures of two days: {_days(mine)} and {_days(theirs)}"
    dates = [x for x in said.found if x.kind in ("year", "date") and x.kind != q.kind]
    others = [x for x in found.found if x.kind in ("year", "date") and x is not p]
    if dates and others and not any(_may_coincide(x, y) for x in dates for y in others):
        return f"figures of two times: {said.shown(dates[0])} and {found.shown(others[0])}"
    periods, theirs_too = ([x for x in side.found if x.kind == "ordinal" and says_when(x)] for side in (said, found))
    if periods and theirs_too and not any(same_value(x, y) for x in periods for y in theirs_too):
        return f"figures of two times: {said.shown(periods[0])} and {found.shown(theirs_too[0])}"
    # "the 2014 strike": a year that tells one strike from another must be known to the other side.
    if not _labels(said) <= context.years() or not _labels(found) <= said.years():
        return "figures of two years"
    if q.kind not in WHEN and any(x.kind == "time" for x in said.found) and not any(x.kind == "time" for x in context.found):
        return "a figure of one hour"
    return ""


def _other_words(said: Figures, q: Quantity, found: Figures, p: Quantity, context: Figures) -> str:
    near_claim, near_passage = ({stem(w) for w in words(side.around(x))} for side, x in ((said, q), (found, p)))
    earliest = not_before(found, p) or not_before(said, q)
    if earliest:
        near_claim, near_passage = near_claim - _BEFORE, near_passage - _BEFORE
    for reason, qualifier in _QUALIFIERS:
        if bool(qualifier & near_claim) != bool(qualifier & near_passage):
            return reason
    mine = names(said.text)
    missing, foreign = mine - names(context.text), names(found.text) - mine
    if missing and (foreign or missing != mine):
        return "the passage does not name whom or what the claim names"
    return "one of the two is negative" if not earliest and negative(said.blank) != negative(found.around(p)) else ""


def _days(found: Iterable[str]) -> str:
    return ", ".join(day.capitalize() for day in sorted(found))


def _labels(side: Figures) -> set[int]:
    """Years that stand as labels before a noun: 'the 2014 strike'."""
    labels = [
        q for q in side.found if q.kind == "year" and _LABEL.search(side.text[: q.end]) and side.text[q.end + 1 : q.end + 2].islower()
    ]
    return {year for q in labels for year in _years(q)}


def _years(q: Quantity) -> Iterable[int]:
    if q.kind == "year":
        return range(int(q.low), int(q.high) + 1)
    return (q.date[0],) if q.date and q.date[0] else ()


def _may_coincide(a: Quantity, b: Quantity) -> bool:
    if a.kind == b.kind == "date":
        return same(a, b) is not False
    mine, theirs = set(_years(a)), set(_years(b))
    return not mine or not theirs or bool(mine & theirs)
