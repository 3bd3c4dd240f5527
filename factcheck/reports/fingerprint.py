"""Names for findings that stay the same while an article is edited around them: what an alert, a baseline or an ignore hangs on.

A fingerprint is made of three things: the article's path as the user wrote it, the words of the claim as it was understood, and how
many claims of the same path and words came before it in the report.

It survives edits above and below the claim, re-wrapped lines, markup, capitals, accents, curly or straight quotes and other
punctuation, and every change of verdict, score, evidence, model or settings. It changes when the path is written otherwise (a renamed
file, an absolute path for a relative one), when a word, figure, sign (%, a currency, a minus) or the order of words in the claim
changes, also by what "it" or "she" above stands for, and, for all but the first of several equal claims, when an equal one before it
goes or comes. Whoever ignores a finding has ignored one claim, so a claim that says something else must be shown again.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from factcheck.text import fold
from factcheck.types import Report

#: Of what is hashed and how: another one makes all fingerprints new.
VERSION = 1

_PART = re.compile(r"[^\W_]+(?:[.,'][^\W_]+)*|-(?=\d)|[^\w\s-]")


def fingerprints(report: Report) -> tuple[tuple[str, ...], ...]:
    """For every article, in order, the fingerprints of its findings, in order: 32 hexadecimal digits, all different."""
    return of_claims((checked.article.path, [finding.claim.text for finding in checked.findings]) for checked in report.articles)


def of_claims(articles: Iterable[tuple[str, Iterable[str]]]) -> tuple[tuple[str, ...], ...]:
    """:func:`fingerprints` of a report of which only each article's path and its claims' texts are at hand."""
    seen: Counter[tuple[str, str]] = Counter()
    out = []
    for written, claims in articles:
        path = portable(written)
        prints = []
        for text in claims:
            key = path, gist(text)
            prints.append(_digest(*key, seen[key]))
            seen[key] += 1
        out.append(tuple(prints))
    return tuple(out)


def portable(path: str) -> str:
    """A path with forward slashes and without idle parts, alike on every system; "" stays empty."""
    return posixpath.normpath(unicodedata.normalize("NFC", path).replace("\\", "/")) if path else ""


def gist(text: str) -> str:
    """A text as it is compared: words, figures and the signs that change what a figure means; all else is a matter of style."""
    return " ".join(part for part in _PART.findall(fold(text).replace("−", "-")) if _says_something(part))


def _says_something(part: str) -> bool:
    return part[0].isalnum() or part in "-%‰°" or unicodedata.category(part) in ("Sc", "Sm")


def _digest(path: str, gist: str, before: int) -> str:
    # JSON: no path can run over into the words, and any string has a form in ASCII.
    return hashlib.sha256(json.dumps([VERSION, path, gist, before]).encode("ascii")).hexdigest()[:32]
