"""From what a user names (files, folders, standard input, articles) to articles, with everything that could not be used listed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.errors import InputError
from factcheck.sources import expand, read
from factcheck.types import Article, Failure

#: What may be named: a path ("-" for standard input) or an article.
Named = str | Path | Article

Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class Inputs:
    """Articles in the order named; inputs that failed; files in folders that are no articles."""

    articles: list[Article] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def read_inputs(named: Named | Sequence[Named], *, stdin: bytes | None = None, tell: Tell | None = None) -> Inputs:
    """Read everything named; one input's failure never stops the others. ``stdin``: what "-" stands for.

    A file named twice, in whatever spelling, is read once.
    """
    out = Inputs()
    given = [named] if isinstance(named, (str, Path, Article)) else list(named)
    seen: set[str] = set()
    for done, item in enumerate(given):
        if tell:
            tell("read", done, len(given))
        if isinstance(item, Article):
            out.articles.append(item)
            continue
        for path in _files(str(item), out):
            place = path if path == "-" else os.path.realpath(path)
            if place not in seen:
                seen.add(place)
                _read_one(path, stdin, out)
    out.passed_over = [p for p in dict.fromkeys(out.passed_over) if os.path.realpath(p) not in seen]
    if tell:
        tell("read", len(given), len(given))
    return out


def _files(path: str, out: Inputs) -> tuple[str, ...]:
    try:
        expansion = expand([path])
    except InputError as err:
        out.failures.append(failure(path, err))
        return ()
    out.passed_over += expansion.passed_over
    return expansion.files


def _read_one(path: str, stdin: bytes | None, out: Inputs) -> None:
    try:
        out.articles += read(path, stdin if path == "-" else None)
    except InputError as err:
        out.failures.append(failure(path, err))


def failure(path: str, err: InputError) -> Failure:
    """An error as an entry of the report."""
    return Failure(path, err.code, err.problem, err.step)
