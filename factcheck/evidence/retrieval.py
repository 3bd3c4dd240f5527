"""Lexical retrieval: for a claim, the passages of the other articles that share its words, names and figures (BM25, bm25s)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from factcheck.evidence.passages import Passage
from factcheck.text import terms


class Retriever:
    """An index over the passages of one run."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        import bm25s

        self.passages = tuple(passages)
        self._articles = np.asarray([p.article for p in passages], dtype=np.int64)
        # Equal scores are put in the order of the texts, so that the order of the articles never matters.
        ranks = {text: n for n, text in enumerate(sorted({p.context + p.text for p in passages}))}
        self._by_text = np.asarray([ranks[p.context + p.text] for p in passages], dtype=np.int64)
        documents = [terms(p.context) + terms(p.text) for p in passages]
        self._vocabulary = {t for d in documents for t in d}
        self._index = bm25s.BM25(method="lucene")
        if self._vocabulary:
            self._index.index(documents, show_progress=False)

    def search(self, claim: str, *, leave_out: Collection[int], most: int, each: int) -> list[Passage]:
        """Passages that share a term with ``claim``, best first: the best ``most`` of all and the best ``each`` of every article.

        leave_out: articles not searched (the claim's own, and its copies).
        """
        query = [t for t in terms(claim) if t in self._vocabulary]
        if not query:
            return []
        scores = np.round(self._index.get_scores(query), 6)
        usable = (scores > 0) & ~np.isin(self._articles, list(leave_out))
        order = [int(i) for i in np.lexsort((self._by_text, -scores)) if usable[i]]
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
