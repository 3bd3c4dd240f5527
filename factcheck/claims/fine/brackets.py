"""Names with what stands behind them in brackets: 'Foxcatcher (2014)' is told as often as not where the tree has lost its way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from factcheck.claims.fine.subtrees import Phrases
from factcheck.claims.fine.trees import ADJUNCTS, ALWAYS, DESCRIBED, Tree, span

_LONGEST_NAME = 10
_NAME_JOINTS = frozenset("of the in and for a on to with".split())


def bracketed(phrases: Phrases) -> Iterator[int]:
    """A name with what stands behind it in brackets, whole or in parts: 'Foxcatcher (2014)'."""
    t = phrases.tree
    for start in range(1, len(t)):
        if t.text[start] not in ("(", "["):
            continue
        end = next((k for k in range(start + 1, len(t)) if t.text[k] in (")", "]")), len(t))
        names = _names_before(phrases, start)
        for words in _parts(t, start + 1, end):
            for name in names:
                yield name | words


def _names_before(phrases: Phrases, end: int) -> list[int]:
    t = phrases.tree
    out = []
    for i in range(end):
        if t.signs >> i & 1:
            continue
        for level in (ALWAYS, DESCRIBED, ADJUNCTS):
            words = phrases.one(i, level) & span(0, end) & ~phrases.of(i, "case", "cc", "mark")
            if words >> (end - 1) & 1 and words.bit_count() <= _LONGEST_NAME + 2:
                out.append(words)
    start = end  # back to a comma or a coordinator
    while start and t.text[start - 1] not in (",", ";", "(", ")", ":") and t.lower[start - 1] not in ("and", "or"):
        start -= 1
    if end - start <= _LONGEST_NAME:
        out.append(span(start, end))
    start = end  # as far as capitals go
    while start and (_is_high(t.text[start - 1]) or t.lower[start - 1] in _NAME_JOINTS or t.text[start - 1] in "-'’:&!\""):
        start -= 1
    while start < end and not _is_high(t.text[start]):
        start += 1
    out.append(span(start, end))
    return [words for words in dict.fromkeys(out) if words]


def _parts(t: Tree, start: int, end: int) -> list[int]:
    """What stands in brackets, and its parts between commas and semicolons, up to three together."""
    out = [span(start, end)]
    for signs in (";", ",;"):
        cuts = [start - 1, *(k for k in range(start, end) if t.text[k] in signs), end]
        pieces = [span(a + 1, b) for a, b in itertools.pairwise(cuts)]
        for k in range(len(pieces)):
            for many in (1, 2, 3) if signs == ",;" else (1,):
                out.append(sum(pieces[k : k + many]))
    return [words for words in dict.fromkeys(out) if words]


def _is_high(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit()
