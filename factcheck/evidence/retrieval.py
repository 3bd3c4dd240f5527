"""Lexical retrieval: for a claim, the passages of the other articles that share its words, names and figures (BM25, bm25s)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np

from factcheck.evidence.passages import Passage
from factcheck.text import words

_STOP = frozenset(
    "a an the of in on at by for with from to and or but as is are was were be been being it its this that these those he she they his her"
    " their has have had will would can could which who whom".split()
)
_ENDINGS = re.compile(r"(?<=[^\W\d_]{3})(?:'s|ies|ing|ed|es|s|d|e)$")


def terms(text: str) -> list[str]:
    """Index terms of a text: folded words without the commonest, endings cut off ('revives', 'revived' -> 'reviv'); figures whole."""
    return [_ENDINGS.sub("", w) or w for w in words(text) if w not in _STOP]


class Retriever:
    """An index over the passages of one run."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        import bm25s

        self.passages = tuple(passages)
        self._articles = np.asarray([p.article for p in passages], dtype=np.int64)
        documents = [terms(p.context) + terms(p.text) for p in passages]
        self._vocabulary = {t for d in documents for t in d}
        self._index = bm25s.BM25(method="lucene")
        if self._vocabulary:
            self._index.index(documents, show_progress=False)

    def search(self, claim: str, *, leave_out: Collection[int], most: int, each: int) -> list[Passage]:
        """Passages that share a term with ``claim``, best first: the best ``most`` of all and the best ``each`` of every article.

        leave_out: articles not searched (the claim's own, and its copies). Equal scores keep text order, so results do not depend
        on anything but the texts.
        """
        query = [t for t in terms(claim) if t in self._vocabulary]
        if not query:
            return []
        scores = np.round(self._index.get_scores(query), 6)
        usable = (scores > 0) & ~np.isin(self._articles, list(leave_out))
        order = [int(i) for i in np.lexsort((np.arange(len(scores)), -scores)) if usable[i]]
        taken = order[:most]
        found: dict[int, int] = {}
        for i in taken:
            found[int(self._articles[i])] = found.get(int(self._articles[i]), 0) + 1
        for i in order[most:]:
            article = int(self._articles[i])
            if found.get(article, 0) < each:
                found[article] = found.get(article, 0) + 1
                taken.append(i)
        return [self.passages[i] for i in taken]
