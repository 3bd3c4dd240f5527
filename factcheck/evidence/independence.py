"""Copies: articles whose texts are nearly the same are one source, and neither supports nor denies the other."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.text import words
from factcheck.types import Article

#: Share of common five-word runs (of the shorter text) from which two articles count as copies. Rewritten agency copy shares less
#: than a fifth, reprints with another headline and a trimmed end more than four fifths.
COPY_SHARE = 0.6


def copies(articles: Sequence[Article]) -> list[set[int]]:
    """For each article the numbers of the others that carry the same text.

    Not closed over chains: a one-sentence flash that two different reports both begin with is a copy of either, and does not make
    copies of the two.
    """
    texts = [_prose(a) for a in articles]
    runs = [_runs(t) for t in texts]
    out: list[set[int]] = [set() for _ in articles]
    for i in range(len(articles)):
        for j in range(i):
            if _shared(runs[i], runs[j]) >= COPY_SHARE or words(texts[i]) == words(texts[j]):
                out[i].add(j)
                out[j].add(i)
    return out


def _prose(article: Article) -> str:
    if not article.blocks:
        return article.text
    return " ".join(b.span.of(article.text) for b in article.blocks if b.kind in ("paragraph", "item", "quote"))


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + 5]) for i in range(len(found) - 4)}


def _shared(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
