"""Relative dates put on the calendar: "on Tuesday" in an article of 4 March 2027 becomes "on Tuesday, 2 March 2027".

Only what is sure is anchored. A bare weekday or month needs a clause that plainly tells of the past or of the future; "last Tuesday"
on a Thursday, "next spring" in January and every vague word ("recently", "two weeks ago") are left alone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.reference.tense import Tense, tense

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_SHORT = {name[:3]: k for k, name in enumerate(_MONTHS, 1)} | {"sept": 9}
#: The northern months of a season's beginning and end; a season's name and year mean the same in the south.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_EDTF = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23}
_PARTS = frozenset("morning afternoon evening night".split())
_SMALL = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {"a": 1, "an": 1}
#: Words before a weekday that is no one day, or another than the nearest.
_NO_WEEKDAY = frozenset("every each a the one to last next black good ash super cyber giving".split())
_ROUGH = frozenset("than about almost nearly over around some roughly".split())
_WHICH = frozenset("last this next".split())
#: Prepositions before a month that is a date and no name ("in May", not "Theresa May").
_BEFORE_MONTH = frozenset("in since until till by from during before after through early late mid of".split())


#: Relations between the parts of one date.
_IN_A_DATE = frozenset("compound appos nmod:unmarked nmod:desc nummod amod flat".split())
#: Relations of a date that is a thing of its own and takes no preposition ("last year was the hottest on record").
_NO_ADVERBIAL = frozenset("nsubj nsubj:pass nsubj:outer obj conj appos ROOT".split())


@dataclass(frozen=True, slots=True)
class Anchor:
    """A relative date and its place on the calendar.

    start, end: token indices in the document, ``doc[start:end]`` is what ``wording`` may replace. iso: ISO 8601, a day
    ("2027-03-02"), week ("2027-W09"), month, year or interval; a season as in EDTF ("2027-21" is spring).
    """

    start: int
    end: int
    iso: str
    wording: str


def anchored(text: Doc | Span, date: dt.date) -> list[Anchor]:
    """The relative dates of ``text`` that can be put on the calendar, in order. date: the article's."""
    tokens = list(text)
    out: list[Anchor] = []
    at = 0
    while at < len(tokens):
        found = next((a for reader in _READERS if (a := reader(tokens, at, date)) is not None), None)
        if found is None:
            at += 1
            continue
        out.append(found)
        at = found.end - tokens[0].i
    return out


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].lower_.strip(".") if 0 <= at < len(tokens) else ""


def long_day(day: dt.date) -> str:
    """A day as newsrooms write it, "Tuesday, 2 March 2027": in English whatever the locale."""
    return f"{_DAYS[day.weekday()].capitalize()}, {day.day} {_month(day.month)} {day.year}"


def _month(number: int) -> str:
    return _MONTHS[number - 1].capitalize()


def _made(tokens: list[Token], first: int, last: int, iso: str, preposition: str, bare: str) -> Anchor:
    """An anchor for ``tokens[first:last]`` and the preposition before it; after another preposition only the date itself is worded."""
    before = tokens[first - 1] if first else None
    if before is not None and before.lower_ in ("on", "in") and before.lower_ == preposition:
        return Anchor(before.i, tokens[last - 1].i + 1, iso, f"{before.text} {bare}")
    if _word(tokens, last) in ("'s", "’s"):
        article = "The" if tokens[first].is_title and tokens[first].is_sent_start else "the"
        return Anchor(tokens[first].i, tokens[last].i + 1, iso, f"{article} {bare.partition(', ')[2] or bare}")
    if (before is not None and before.dep_ == "case") or any(t.dep_ in _NO_ADVERBIAL for t in tokens[first:last]):
        return Anchor(tokens[first].i, tokens[last - 1].i + 1, iso, bare)
    word = preposition.capitalize() if tokens[first].is_title and tokens[first].is_sent_start else preposition
    return Anchor(tokens[first].i, tokens[last - 1].i + 1, iso, f"{word} {bare}")


def _predicate_tense(token: Token) -> Tense | None:
    """The tense of the clause that a date belongs to; None where it hangs on a noun ("the vote on Tuesday")."""
    at = token
    if at.dep_ in ("compound", "appos", "nmod:unmarked", "nmod:desc", "nummod", "amod", "flat") and at.head.lower_ in (
        *_PARTS,
        *_DAYS,
        *_MONTHS,
    ):
        at = at.head
    if at.dep_.split(":")[0] not in ("obl", "advmod", "obj", "nmod") and at.dep_ not in ("ROOT", "conj"):
        return None
    head = at.head
    clause = head.pos_ in ("VERB", "AUX") or any(c.dep_ in ("cop", "aux", "nsubj", "nsubj:pass") for c in head.children)
    return tense(head) if clause and head.i != at.i else None


def _near_day(tokens: list[Token], at: int, date: dt.date) -> Anchor | None:
    """Today, yesterday, tomorrow, last night, this morning."""
    word, after = _word(tokens, at), _word(tokens, at + 1)
    away = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}.get(word)
    size, part = 1, ""
    if word == "last" and after == "night":
        away, size, part = -1, 2, "night"
    elif word == "this" and after in _PARTS - {"night"}:
        away, size, part = 0, 2, after
    elif word in ("yesterday", "tomorrow") and after in _PARTS:
        size, part = 2, after
    if away is None or (word == "today" and tokens[at].dep_ not in ("obl:unmarked", "advmod", "nmod:unmarked", "obl", "nmod:poss")):
        return None
    if word in ("today", "tomorrow") and (_predicate_tense(tokens[at]) is None or _perfect(tokens[at].head)):
        return None  # "children today", "has fallen to half today", "a better tomorrow": the present age and the future
    day = date + dt.timedelta(away)
    bare = long_day(day) if not part else f"the {part} of {long_day(day)}"
    return _made(tokens, at, at + size, day.isoformat(), "on", bare)


def _perfect(predicate: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in predicate.children)


def _weekday(tokens: list[Token], at: int, date: dt.date) -> Anchor | None:
    which = _word(tokens, at) if _word(tokens, at) in _WHICH else ""
    place = at + 1 if which else at
    name = _word(tokens, place)
    if name not in _DAYS or not tokens[place].text[0].isupper() or _word(tokens, at - 1) in _NO_WEEKDAY:
        return None
    part = _word(tokens, place + 1) if _word(tokens, place + 1) in _PARTS else ""
    end = place + (2 if part else 1)
    if _dated(tokens, end) or _word(tokens, end) in ("'s", "’s", "to", "-", "–", "through"):
        return None
    day = _which_day(_DAYS.index(name), which, date, _predicate_tense(tokens[end - 1] if part else tokens[place]))
    if day is None:
        return None
    return _made(tokens, at, end, day.isoformat(), "on", f"the {part} of {long_day(day)}" if part else long_day(day))


def _dated(tokens: list[Token], at: int) -> bool:
    """Whether a date of its own follows: "Tuesday, March 2", "Tuesday 2 March", "Tuesday (2 March)"."""
    words = [_word(tokens, k) for k in range(at, at + 3)]
    words = [w for w in words if w not in (",", "(", "the")]
    if words and _number(words[0]):
        words = words[1:]
    return bool(words) and (words[0] in _MONTHS or words[0] in _SHORT)


def _which_day(weekday: int, which: str, date: dt.date, when: Tense | None) -> dt.date | None:
    back = dt.timedelta((date.weekday() - weekday) % 7)
    ahead = dt.timedelta((weekday - date.weekday()) % 7)
    if which == "last":
        day = date - (back or dt.timedelta(7))
        return day if day.isocalendar()[:2] != date.isocalendar()[:2] else None
    if which == "next":
        day = date + (ahead or dt.timedelta(7))
        return day if day.isocalendar()[:2] != date.isocalendar()[:2] else None
    if which == "this":
        day = date + dt.timedelta(weekday - date.weekday())
        return day if (when == "past" and day <= date) or (when == "future" and day >= date) else None
    if when == "past":
        return date - back
    return date + ahead if when == "future" and ahead else None


def _period(tokens: list[Token], at: int, date: dt.date) -> Anchor | None:
    """Last, this and next week, weekend, month and year."""
    which, unit = _word(tokens, at), _word(tokens, at + 1)
    if which not in _WHICH or _word(tokens, at - 1) in ("the", "these", "those"):
        return None
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return _made(tokens, at, at + 2, str(date.year + step), "in", str(date.year + step))
    if unit == "month":
        year, month = divmod(date.year * 12 + date.month - 1 + step, 12)
        return _made(tokens, at, at + 2, f"{year}-{month + 1:02}", "in", f"{_month(month + 1)} {year}")
    if unit == "week":
        monday = date - dt.timedelta(date.weekday()) + dt.timedelta(7 * step)
        year, week, _ = monday.isocalendar()
        bare = f"the week of {monday.day} {_month(monday.month)} {monday.year}"
        return None if _word(tokens, at + 2) in ("'s", "’s") else _made(tokens, at, at + 2, f"{year}-W{week:02}", "in", bare)
    return None


def _season(tokens: list[Token], at: int, date: dt.date) -> Anchor | None:
    which, name = _word(tokens, at), _word(tokens, at + 1)
    if which not in _WHICH or name not in _SEASONS:
        return None
    first, last = _SEASONS[name]
    year = date.year
    if which == "last":
        if first <= date.month <= last:
            return None
        year -= date.month < first
    elif which == "next":
        if date.month < first:
            return None
        year += 1
    return _made(tokens, at, at + 2, f"{year}-{_EDTF[name]}", "in", f"{name} {year}")


def _ago(tokens: list[Token], at: int, date: dt.date) -> Anchor | None:
    """Days and years "ago". Weeks are too vague for a day, and months for a month: both stay."""
    word, unit = _word(tokens, at), _word(tokens, at + 1)
    number = _SMALL.get(word) or (int(word) if word.isdecimal() and len(word) < 3 else 0)
    if not number or _word(tokens, at + 2) != "ago" or _word(tokens, at - 1) in _ROUGH:
        return None
    if unit in ("day", "days"):
        day = date - dt.timedelta(number)
        return _made(tokens, at, at + 3, day.isoformat(), "on", long_day(day))
    if unit in ("year", "years") and number < date.year:
        return _made(tokens, at, at + 3, str(date.year - number), "in", str(date.year - number))
    return None


def _month_or_day(tokens: list[Token], at: int, date: dt.date) -> Anchor | None:
    """A month or a day of one without its year: "in March", "since March", "on 2 March", "next March"."""
    number = _MONTHS.index(_word(tokens, at)) + 1 if _word(tokens, at) in _MONTHS else _SHORT.get(_word(tokens, at), 0)
    if not number or not tokens[at].text[0].isupper():
        return None
    before, after = _word(tokens, at - 1), _word(tokens, at + 1)
    first, last, day = at, at + 1, 0
    if 0 < _number(after) < 32 and not _is_year(tokens, at + 2):
        day, last = _number(after), at + 2
    elif 0 < _number(before) < 32:
        day, first = _number(before), at - 1
    following = _word(tokens, last)
    if _is_year(tokens, last) or (following == "," and _is_year(tokens, last + 1)) or following in ("-", "–", "to", "and"):
        return None
    if not day and before in _WHICH:
        year = _year_of_named(number, before, date)
        return None if year is None else _made(tokens, at - 1, at + 1, f"{year}-{number:02}", "in", f"{_month(number)} {year}")
    if not day and before not in _BEFORE_MONTH:
        return None
    when: Tense | None = "past" if before == "since" else _predicate_tense(tokens[at])
    year = _year(number, day, date, when)
    if year is None:
        return None
    if not day:
        return _made(tokens, first, last, f"{year}-{number:02}", "in", f"{_month(number)} {year}")
    return _made(tokens, first, last, f"{year}-{number:02}-{day:02}", "on", f"{day} {_month(number)} {year}")


def _number(word: str) -> int:
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdecimal() and len(digits) < 3 else 0


def _is_year(tokens: list[Token], at: int) -> bool:
    word = _word(tokens, at)
    return len(word) == 4 and word.isdecimal()


def _year_of_named(month: int, which: str, date: dt.date) -> int | None:
    """The year of "last March": sure only if this year's cannot be meant as well."""
    if which == "this":
        return date.year
    if which == "last":
        return date.year - 1 if month >= date.month else None
    return date.year + 1 if month <= date.month else None


def _year(month: int, day: int, date: dt.date, when: Tense | None) -> int | None:
    """The year that puts a month or day on the right side of the article's date; None if that cannot be told."""
    if when is None:
        return None
    try:
        this = dt.date(date.year, month, day or 1)
    except ValueError:
        return None
    if (this.year, this.month) == (date.year, date.month) and not day:
        return date.year if when == "past" else None
    if when == "past":
        return date.year if this <= date else date.year - 1
    return date.year if this >= date else date.year + 1


_READERS = (_near_day, _period, _season, _ago, _weekday, _month_or_day)
