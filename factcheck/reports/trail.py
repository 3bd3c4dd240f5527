"""One finding's trail, read back from a JSON report: the claim by the name a person gives it, and all that its verdict rests on.

A report may come from anywhere, so every field is checked. Nothing is judged anew: the figures are those of the run that wrote them.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, get_args

from factcheck.errors import ConfigError
from factcheck.reports.json import SCHEMA_ID
from factcheck.types import Claim, Relation, Stance, Verdict

T = TypeVar("T")
Json = Mapping[str, Any]

#: Claims that an error names.
_NAMED = 4
_WRITE_ONE = "write a report with factcheck run -f json=report.json"
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that the claim was compared with.

    place: path of its article, with line and column where that is a plain file. support, contradiction, read_by, may_deny, rule: as in
    :class:`factcheck.types.Considered`. counts: which way it settles the claim; None if it does not. score: of that side, else of its
    stronger one. reason: what a comparison of the figures says, where there is one. closest: whether it is the nearest to settle an
    unsupported claim.
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


@dataclass(frozen=True, slots=True)
class Trail:
    """A finding with all that its verdict rests on.

    name: of the claim, unique in the report. place, outlet, date: of its article. conflict, outdated: as in
    :class:`factcheck.types.Finding`. origins: independent sources on each side. missing: what no passage has, as pairs of kind and the
    claim's words; None where the report does not tell. passages: strongest first. settings: of the run.
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

    def setting(self, name: str) -> float | None:
        """A setting's value; None if the run had no such number."""
        value = self.settings.get(name)
        return None if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Found:
    """A claim of a report: the number of its article, from 0, and its object in the JSON."""

    article: int
    claim: Json


def load(file: str) -> Json:
    """The JSON report in a file. Raises ConfigError E221 if it cannot be read, or is none."""
    try:
        data = Path(file).read_bytes()
    except (OSError, ValueError) as err:
        raise ConfigError("E221", f"{file}: cannot be read ({getattr(err, 'strerror', None) or err})", _WRITE_ONE) from err
    return read(data, file)


def read(data: bytes, name: str) -> Json:
    """The JSON report in ``data``. Raises ConfigError E221 for anything else; ``name``: what to call it then."""
    try:
        loaded = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        raise ConfigError("E221", f"{name}: is no JSON ({err})", _WRITE_ONE) from err
    if not isinstance(loaded, dict) or loaded.get("schema") != SCHEMA_ID:
        raise ConfigError("E221", f"{name}: is no report of factcheck, or one of another version", _WRITE_ONE)
    return loaded


def find(report: Json, name: str, file: str) -> Found:
    """The claim that goes by ``name``: its id if no other article has it too, else behind the article's number (from 1) or path.

    The place path:line:column, as the terminal report shows it, is a name too. Raises ConfigError E222 for a name of no claim, E223 for
    one of several claims, E221 for a report that is damaged; ``file``: what to call it then.
    """
    named: defaultdict[str, list[Found]] = defaultdict(list)
    with _whole(file):
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
        raise ConfigError("E221", f"{file}: does not say which passages were considered: an older factcheck wrote it", _WRITE_ONE)
    with _whole(file):
        article = _articles(report)[found.article]
        return Trail(
            name=_full_name(found),
            claim=_claim(claim),
            place=_place(claim, _shown(_get(article, "path", str))),
            outlet=_optional(article, "outlet", str) or _optional(article, "title", str),
            date=_date(article),
            verdict=_one_of(claim, "verdict", Verdict),
            confidence=_share(claim, "confidence"),
            support=_share(claim, "support"),
            contradiction=_share(claim, "contradiction"),
            conflict=_optional(claim, "conflict", str),
            outdated=bool(_optional(claim, "outdated", bool)),
            origins=_origins(claim),
            missing=tuple((_get(row, "kind", str), _get(row, "words", str)) for row in _rows(claim, "missing"))
            if "missing" in claim
            else None,
            passages=_passages(report, claim),
            settings={k: v for k, v in _get(report, "settings", dict).items() if isinstance(v, str) or _is_number(v)},
        )


# -- names -------------------------------------------------------------------------------------------------------------------------


def _claims(report: Json) -> Iterator[tuple[Found, str]]:
    for number, article in enumerate(_articles(report)):
        path = _get(article, "path", str)
        for claim in _rows(article, "claims"):
            yield Found(number, claim), path


def _names(found: Found, path: str) -> set[str]:
    claim_id = _get(found.claim, "id", str)
    paths = {path, re.split(r"[/\\]", path)[-1]}
    return {claim_id, _full_name(found), *(f"{p}:{claim_id}" for p in paths), *(_place(found.claim, p) for p in paths)} - paths


def _full_name(found: Found) -> str:
    return f"{found.article + 1}:{_get(found.claim, 'id', str)}"


def _listed(report: Json, found: Sequence[Found]) -> str:
    paths = [_get(article, "path", str) for article in _articles(report)]
    shown = list(dict.fromkeys(f"{_full_name(f)} ({paths[f.article]})" for f in found))
    more = f" and {len(shown) - _NAMED} more" if len(shown) > _NAMED else ""
    return ", ".join(shown[:_NAMED]) + more


# -- passages ----------------------------------------------------------------------------------------------------------------------


def _passages(report: Json, claim: Json) -> tuple[Passage, ...]:
    evidence = {_key(row): row for row in reversed(_rows(claim, "evidence"))}
    closest = _optional(claim, "nearest", dict)
    nearest = {_key(closest): closest} if closest is not None else {}
    found = [_passage(report, row, evidence.get(_key(row)), nearest.get(_key(row))) for row in _rows(claim, "considered")]
    return tuple(sorted(found, key=lambda p: -p.score))


def _passage(report: Json, row: Json, settles: Json | None, nearest: Json | None) -> Passage:
    path, support, contradiction = _get(row, "path", str), _share(row, "support"), _share(row, "contradiction")
    source = _source(report, row, path)
    return Passage(
        place=_place(row, _shown(path)),
        outlet=_optional(source, "outlet", str) or _optional(source, "title", str),
        date=_date(source),
        quote=_get(row, "quote", str),
        support=support,
        contradiction=contradiction,
        read_by=_get(row, "read_by", str),
        may_deny=_get(row, "may_deny", bool),
        rule=_optional(row, "rule", str),
        counts=_one_of(settles, "relation", Relation) if settles else None,
        score=_share(settles, "score") if settles else max(support, contradiction),
        reason=_optional(settles or nearest or {}, "reason", str),
        closest=nearest is not None,
    )


def _origins(claim: Json) -> dict[Relation, int]:
    counted = _optional(claim, "origins", dict) or {}
    return {relation: _get(counted, relation, int) for relation in get_args(Relation) if relation in counted}


def _key(row: Json) -> tuple[str, int, int, str]:
    return _get(row, "path", str), _get(row, "start", int), _get(row, "end", int), _get(row, "quote", str)


def _source(report: Json, row: Json, path: str) -> Json:
    """The article of a passage, by its number, else by a path that no other has; nothing of it where that is open."""
    articles, number = _articles(report), _optional(row, "article", int)
    if number is not None:
        return articles[number] if number >= 0 else {}
    same = [a for a in articles if _get(a, "path", str) == path]
    return same[0] if len(same) == 1 else {}


# -- fields ------------------------------------------------------------------------------------------------------------------------


@contextmanager
def _whole(file: str) -> Iterator[None]:
    """Turns what a damaged report raises into ConfigError E221."""
    try:
        yield
    except (LookupError, TypeError, ValueError) as err:
        raise ConfigError("E221", f"{file}: is a damaged report ({err})", _WRITE_ONE) from err


def _claim(row: Json) -> Claim:
    start, end = _get(row, "start", int), _get(row, "end", int)
    stance = None if row.get("stance") is None else _one_of(row, "stance", Stance)
    return Claim(
        text=_get(row, "text", str),
        spans=((start, end),),
        quote=_get(row, "quote", str),
        id=_get(row, "id", str),
        ambiguous=_get(row, "ambiguous", bool),
        speaker=_optional(row, "speaker", str),
        stance=stance,
    )


def _articles(report: Json) -> list[Json]:
    return _rows(report, "articles")


def _rows(row: Json, key: str) -> list[Json]:
    """A list of objects; an empty one where there is none."""
    rows = row.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise TypeError(f"{key} is no list of objects")
    return rows


def _get(row: Json, key: str, kind: type[T]) -> T:
    value = row.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{key} is {value!r:.40}")
    return value


def _optional(row: Json, key: str, kind: type[T]) -> T | None:
    return None if row.get(key) is None else _get(row, key, kind)


def _share(row: Json, key: str) -> float:
    value = row.get(key)
    if not _is_number(value) or not 0 <= value <= 1:
        raise TypeError(f"{key} is {value!r:.40}")
    return float(value)


def _is_number(value: object) -> TypeGuard[int | float]:
    """Whether it is a number that can be shown; JSON has integers of any length, and reads 1e999 as infinity."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def _one_of(row: Json, key: str, choices: Any) -> Any:
    value = _get(row, key, str)
    if value not in get_args(choices):
        raise ValueError(f"{key} is {value!r:.40}")
    return value


def _date(article: Json) -> dt.date | None:
    day = _optional(article, "date", str)
    return dt.date.fromisoformat(day) if day else None


def _place(row: Json, path: str) -> str:
    line, column = _optional(row, "line", int), _optional(row, "column", int)
    return path if line is None else f"{path}:{line}:{column}"


def _shown(path: str) -> str:
    return "standard input" if path == "-" else path


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")
