"""Words, figures and colours that the terminal's reports share."""

from __future__ import annotations

import datetime as dt

from factcheck.types import Conflict, SkipReason, Verdict

#: Colour of each verdict.
STYLES: dict[Verdict, str] = {
    "contradicted": "bold red",
    "disputed": "bold magenta",
    "unsupported": "yellow",
    "supported": "green",
}
#: Sign of each verdict: colour is never alone.
SIGNS: dict[Verdict, str] = {"contradicted": "✗", "disputed": "≠", "unsupported": "?", "supported": "✓"}
#: What a conflict is over, in few words; "other" has none.
OVER: dict[Conflict, str] = {
    "number": "over the number",
    "date": "over the date",
    "name": "over the name",
    "place": "over the place",
    "status": "over the state of things",
    "role": "over the role",
    "negation": "over yes or no",
    "attribution": "over who said it",
    "modality": "over how sure it is",
}
# The words of the IPCC's guidance on uncertainty, which newsrooms know: each holds from its probability upwards.
_LIKELIHOOD = (
    (0.99, "virtually certain"),
    (0.9, "very likely"),
    (0.66, "likely"),
    (0.5, "more likely than not"),
    (0.0, "uncertain"),
)
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)  # not strftime: it follows the locale
#: Reasons that have no plural.
_NO_NOUNS: frozenset[SkipReason] = frozenset({"boilerplate", "other_language", "too_short", "too_long"})
#: Columns of the label before a passage.
LABEL = 11


def date(day: dt.date | None) -> str | None:
    """A day as '3 Mar 2026'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else None


def confidence(p: float) -> str:
    """A probability in words and per cent."""
    shown = round(p, 2)  # so that the word fits the figure beside it
    return f"{next((word for least, word in _LIKELIHOOD if shown >= least), 'uncertain')}, {percent(p)}"


def percent(p: float) -> str:
    """Whole per cent; a model is never wholly sure, so no bare 0 or 100."""
    return ">99%" if p > 0.99 else "<1%" if p < 0.01 else f"{p:.0%}"


def unchecked(reason: SkipReason, n: int = 1) -> str:
    """Why text is not checked: '4 headings', '1 call to action', '2 too short'."""
    name = reason.replace("_", " ")
    if reason == "call_to_action":
        return f"{n} {name}" if n == 1 else f"{n} calls to action"
    return f"{n} {name}" if reason in _NO_NOUNS else counted(n, name)


def counted(n: int, noun: str) -> str:
    """'1 claim', '2 claims'."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
