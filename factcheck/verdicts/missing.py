"""What the sources would have to say before an unsupported claim could be settled: the parts of it that no passage has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.quantities import Quantity, same
from factcheck.text import terms
from factcheck.types import Missing
from factcheck.verdicts.scope import WHEN, Figures
from factcheck.verdicts.wording import Name, named, subject_words, weekdays

#: Share of the claim's names and subject words that the best passage must have before it can be said to be on the subject.
_ON_SUBJECT = 1 / 3
_AT = re.compile(
    r"\b(?:in|at|near|outside|inside|into|towards?|across|around|off)\s+(?:the\s+|downtown\s+|northern\s+|southern\s+)?$", re.IGNORECASE
)


def missing(claim: str, passages: Sequence[str]) -> tuple[Missing, ...]:
    """The parts of a claim that none of the passages has, the most telling first; empty where all of them occur.

    passages: the nearest ones of all sources, with their context. A claim whose very subject is nowhere has no other part missing.
    Names count as present when one word of them is ("Mayor Ann Lowe" by "Lowe"); figures when one of the same value is (converted,
    rounded, within bounds); ordinals are not looked for.
    """
    said, found = Figures.read(claim), [Figures.read(p) for p in passages]
    called = [name for name in named(claim) if not _common(name)]
    known = {term for p in passages for term in terms(p)}
    absent = [name for name in called if not name.stems & known]
    if len(absent) == len(called) and not _on_subject(said, called, passages):
        return (Missing("subject", ", ".join([name.text for name in called] or _main_words(said, known))),)
    gone = [q for q in said.found if q.kind != "ordinal" and not _occurs(q, found)]
    days = weekdays(claim) - weekdays(" ".join(passages))
    parts = [
        *(Missing("figure", said.shown(q)) for q in gone if q.kind not in WHEN),
        *(Missing("actor", name.text) for name in absent if not _a_place(claim, name)),
        *(Missing("date", said.shown(q)) for q in gone if q.kind in WHEN),
        *(Missing("date", day.capitalize()) for day in sorted(days)),
        *(Missing("place", name.text) for name in absent if _a_place(claim, name)),
    ]
    return tuple(dict.fromkeys(parts))


def _common(name: Name) -> bool:
    """Whether a capital is likely due to the sentence's start only: 'Retailers had warned'."""
    return name.opens and " " not in name.text and name.text.endswith("s")


def _on_subject(said: Figures, called: Iterable[Name], passages: Iterable[str]) -> bool:
    wanted = subject_words(said.blank) | {s for name in called for s in name.stems}
    best = max((len(wanted & (subject_words(p) | set(terms(p)))) for p in passages), default=0)
    return not wanted or best >= _ON_SUBJECT * len(wanted)


def _main_words(said: Figures, known: set[str]) -> list[str]:
    """The claim's words that no passage has, as written, without those that say little."""
    return [w for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", said.blank) if subject_words(w) and not set(terms(w)) & known]


def _occurs(q: Quantity, found: Iterable[Figures]) -> bool:
    value = replace(q, thing="")
    return any(same(value, replace(p, thing="")) for side in found for p in side.found)


def _a_place(claim: str, name: Name) -> bool:
    return _AT.search(claim[: name.start]) is not None
