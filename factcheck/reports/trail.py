"""One finding's trail, read back from a JSON report: the claim by the name a person gives it, and all that its verdict rests on.

A report may come from anywhere, so every field is checked. Nothing is judged anew: the figures are those of the run that wrote them.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from factcheck.errors import ConfigError
from factcheck.reports.readback import (
    Json,
    articles_of,
    field,
    is_number,
    one_of,
    optional,
    place_of,
    rows,
    share,
    shown_path,
    unreadable,
    whole,
)
from factcheck.types import Claim, Relation, Stance, Verdict

#: Claims that an error names.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that the claim was compared with.

    place: path of its article, with line and column where that is a plain file. support, contradiction, read_by, may_deny, rule: as in
    :class:`factcheck.types.Considered`. counts: which way it settles the claim; None if it does not. score: of that side, else of its
    stronger one, or of the pair (:attr:`together`). reason: what a comparison of the figures says, where there is one, or that it counts
    only with another passage. closest: whether it is the nearest to settle an unsupported claim.
    """

    place: str
    outlet: str | None
    date: dt.date | None
    quote: str
    support: float
    contradiction: float
    read_by: str
    may_deny: bool
    rule: str | None
    counts: Relation | None
    score: float
    reason: str | None
    closest: bool

    @property
    def leaning(self) -> Relation:
        """The side that it speaks for, if it speaks."""
        return self.counts or ("supports" if self.support >= self.contradiction else "contradicts")

    @property
    def together(self) -> bool:
        """Whether it states the claim only with another passage of its article: its evidence has the score of both, not its own."""
        return self.counts == "supports" and self.score != self.support


@dataclass(frozen=True, slots=True)
class Trail:
    """A finding with all that its verdict rests on.

    name: of the claim, unique in the report. place, outlet, date: of its article. conflict, outdated: as in
    :class:`factcheck.types.Finding`. origins: independent sources on each side. missing: what no passage has, as pairs of kind and the
    claim's words; None where the report does not tell. passages: strongest first. settings: of the run. known, ignored: as in Finding.
    """

    name: str
    claim: Claim
    place: str
    outlet: str | None
    date: dt.date | None
    verdict: Verdict
    confidence: float
    support: float
    contradiction: float
    conflict: str | None
    outdated: bool
    origins: Mapping[Relation, int]
    missing: tuple[tuple[str, str], ...] | None
    passages: tuple[Passage, ...]
    settings: Mapping[str, float | int | str]
    known: bool = False
    ignored: str | None = None

    def setting(self, name: str) -> float | None:
        """A setting's value; None if the run had no such number."""
        value = self.settings.get(name)
        return None if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Found:
    """A claim of a report: the number of its article, from 0, and its object in the JSON."""

    article: int
    claim: Json


def find(report: Json, name: str, file: str) -> Found:
    """The claim that goes by ``name``: its id if no other article has it too, else behind the article's number (from 1) or path.

    The place path:line:column, as the terminal report shows it, is a name too. Raises ConfigError E222 for a name of no claim, E223 for
    one of several claims, E221 for a report that is damaged; ``file``: what to call it then.
    """
    named: defaultdict[str, list[Found]] = defaultdict(list)
    with whole(file):
        for found, path in _claims(report):
            for own in _names(found, path):
                named[own].append(found)
        if not named:
            raise ConfigError("E222", f"{file}: has no claim", "look at its failures with factcheck run")
        if name not in named:
            near = [found for other in difflib.get_close_matches(name, named, n=_NAMED) for found in named[other]]
            nearest = near or [found for found, _ in _claims(report)]
            raise ConfigError("E222", f"{file}: has no claim {name!r}", f"the nearest are {_listed(report, nearest)}")
        if len(named[name]) > 1:
            raise ConfigError("E223", f"{file}: several claims go by {name!r}", f"give one of {_listed(report, named[name])}")
    return named[name][0]


def trail(report: Json, found: Found, file: str) -> Trail:
    """All that the verdict on a claim rests on. Raises ConfigError E221 for a report that is damaged, or has no passages considered."""
    claim = found.claim
    if "considered" not in claim:
        raise unreadable(file, "does not say which passages were considered: an older factcheck wrote it")
    with whole(file):
        article = articles_of(report)[found.article]
        return Trail(
            name=_full_name(found),
            claim=_claim(claim),
            place=place_of(claim, shown_path(field(article, "path", str))),
            outlet=optional(article, "outlet", str) or optional(article, "title", str),
            date=_date(article),
            verdict=one_of(claim, "verdict", Verdict),
            confidence=share(claim, "confidence"),
            support=share(claim, "support"),
            contradiction=share(claim, "contradiction"),
            conflict=optional(claim, "conflict", str),
            outdated=bool(optional(claim, "outdated", bool)),
            origins=_origins(claim),
            missing=tuple((field(row, "kind", str), field(row, "words", str)) for row in rows(claim, "missing"))
            if "missing" in claim
            else None,
            passages=_passages(report, claim),
            settings={k: v for k, v in field(report, "settings", dict).items() if isinstance(v, str) or is_number(v)},
            known=bool(optional(claim, "known", bool)),
            ignored=optional(claim, "ignored", str),
        )


# -- names -------------------------------------------------------------------------------------------------------------------------


def _claims(report: Json) -> Iterator[tuple[Found, str]]:
    for number, article in enumerate(articles_of(report)):
        path = field(article, "path", str)
        for claim in rows(article, "claims"):
            yield Found(number, claim), path


def _names(found: Found, path: str) -> set[str]:
    claim_id = field(found.claim, "id", str)
    paths = {path, re.split(r"[/\\]", path)[-1]}
    return {claim_id, _full_name(found), *(f"{p}:{claim_id}" for p in paths), *(place_of(found.claim, p) for p in paths)} - paths


def _full_name(found: Found) -> str:
    return f"{found.article + 1}:{field(found.claim, 'id', str)}"


def _listed(report: Json, found: Sequence[Found]) -> str:
    paths = [field(article, "path", str) for article in articles_of(report)]
    shown = list(dict.fromkeys(f"{_full_name(f)} ({paths[f.article]})" for f in found))
    more = f" and {len(shown) - _NAMED} more" if len(shown) > _NAMED else ""
    return ", ".join(shown[:_NAMED]) + more


# -- passages ----------------------------------------------------------------------------------------------------------------------


def _passages(report: Json, claim: Json) -> tuple[Passage, ...]:
    evidence = {_key(row): row for row in reversed(rows(claim, "evidence"))}
    closest = optional(claim, "nearest", dict)
    nearest = {_key(closest): closest} if closest is not None else {}
    found = [_passage(report, row, evidence.get(_key(row)), nearest.get(_key(row))) for row in rows(claim, "considered")]
    return tuple(sorted(found, key=lambda p: -p.score))


def _passage(report: Json, row: Json, settles: Json | None, nearest: Json | None) -> Passage:
    path, support, contradiction = field(row, "path", str), share(row, "support"), share(row, "contradiction")
    source = _source(report, row, path)
    return Passage(
        place=place_of(row, shown_path(path)),
        outlet=optional(source, "outlet", str) or optional(source, "title", str),
        date=_date(source),
        quote=field(row, "quote", str),
        support=support,
        contradiction=contradiction,
        read_by=field(row, "read_by", str),
        may_deny=field(row, "may_deny", bool),
        rule=optional(row, "rule", str),
        counts=one_of(settles, "relation", Relation) if settles else None,
        score=share(settles, "score") if settles else max(support, contradiction),
        reason=optional(settles or nearest or {}, "reason", str),
        closest=nearest is not None,
    )


def _origins(claim: Json) -> dict[Relation, int]:
    counted = optional(claim, "origins", dict) or {}
    return {relation: field(counted, relation, int) for relation in get_args(Relation) if relation in counted}


def _key(row: Json) -> tuple[str, int, int, str]:
    return field(row, "path", str), field(row, "start", int), field(row, "end", int), field(row, "quote", str)


def _source(report: Json, row: Json, path: str) -> Json:
    """The article of a passage, by its number, else by a path that no other has; nothing of it where that is open."""
    articles, number = articles_of(report), optional(row, "article", int)
    if number is not None:
        return articles[number] if number >= 0 else {}
    same = [a for a in articles if field(a, "path", str) == path]
    return same[0] if len(same) == 1 else {}


# -- fields -------------------------------------------------------------------------------------------------------------------------


def _claim(row: Json) -> Claim:
    start, end = field(row, "start", int), field(row, "end", int)
    stance = None if row.get("stance") is None else one_of(row, "stance", Stance)
    return Claim(
        text=field(row, "text", str),
        spans=((start, end),),
        quote=field(row, "quote", str),
        id=field(row, "id", str),
        ambiguous=field(row, "ambiguous", bool),
        speaker=optional(row, "speaker", str),
        stance=stance,
    )


def _date(article: Json) -> dt.date | None:
    day = optional(article, "date", str)
    return dt.date.fromisoformat(day) if day else None
