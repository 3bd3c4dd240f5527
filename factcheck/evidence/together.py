"""Two passages of one article that may state between them what neither states alone.

A claim puts together what a story tells in two places: who somebody is in the first paragraph, what they did in the fifth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from factcheck.evidence.passages import Passage
from factcheck.text import terms


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages of one article, in text order."""

    first: Passage
    second: Passage

    @property
    def text(self) -> str:
        """Both sentences, as one premise."""
        return f"{self.first.text} {self.second.text}"


def pairs(claim: str, found: Sequence[Passage]) -> list[Pair]:
    """For each article of the passages ``found`` the pair that has most of the claim's words, if there is one.

    Either passage has a word of the claim that the other lacks, and neither stands in the other's context: with neighbours the threshold
    was not fitted. Of equal pairs the one whose passages come first in ``found`` is taken, and no article's depends on the others.
    """
    wanted = set(terms(claim))
    held = {p: shared for p in found if (shared := wanted.intersection(terms(p.text)))}
    best: dict[int, tuple[int, Pair]] = {}
    for one, other in combinations(held, 2):
        if one.article != other.article or held[one] <= held[other] or held[other] <= held[one] or _neighbours(one, other):
            continue
        words = len(held[one] | held[other])
        if words > best.get(one.article, (0,))[0]:
            first, second = sorted((one, other), key=lambda p: p.span)
            best[one.article] = words, Pair(first, second)
    return [best[article][1] for article in sorted(best)]


def _neighbours(one: Passage, other: Passage) -> bool:
    return any(a.context_span.start <= b.span.start and b.span.end <= a.context_span.end for a, b in ((one, other), (other, one)))
