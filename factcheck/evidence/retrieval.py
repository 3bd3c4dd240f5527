"""Retrieval: for a claim, the passages of every other article that share its words, names and figures, or have words like them.

A passage scores the sum over the claim's words of how near its nearest word comes, weighted by how rare the claim's word is in the
article (inverse document frequency, Spärck Jones 1972). Nearness is the cosine of word vectors, as in the translation language model of
Zuccon et al. 2015 ("Integrating and Evaluating Neural Word Embeddings in Information Retrieval"): the vessel is found by "ferry".

Every article is searched by itself, so that what is found in one never depends on which others there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from factcheck.evidence.passages import Passage
from factcheck.text import content_words, stem

FloatArray = NDArray[np.float32]

#: Unit vectors of words, a row each: the product of two rows tells how alike the words are.
Vectors = Callable[[Sequence[str]], FloatArray]

#: A cosine below which words have nothing to do with each other, and what is taken from one above it: no like word is as good as the same.
_LEAST_ALIKE, _NOT_THE_SAME = 0.4, 0.1

#: What a word in the passage's context counts beside one in its sentence; what each further word in either takes from the others.
_CONTEXT, _LENGTH = 0.75, 0.02


class Retriever:
    """An index over the passages of one run. vectors: of words; without them only the same words count, in whatever form."""

    def __init__(self, passages: Sequence[Passage], vectors: Vectors | None = None) -> None:
        self.passages = tuple(passages)
        self._articles = np.asarray([p.article for p in passages], dtype=np.int64)
        # Equal scores are put in the order of the texts, so that the order of the articles never matters.
        ranks = {text: n for n, text in enumerate(sorted({p.context + p.text for p in passages}))}
        self._by_text = np.asarray([ranks[p.context + p.text] for p in passages], dtype=np.int64)
        texts, contexts = ([content_words(x) for x in part] for part in ([p.text for p in passages], [p.context for p in passages]))
        self._vocabulary = sorted({w for words in (*texts, *contexts) for w in words})
        number = {w: n for n, w in enumerate(self._vocabulary)}
        self._stems = np.asarray([stem(w) for w in self._vocabulary], dtype=object)
        self._vectors = vectors
        self._matrix = vectors(self._vocabulary) if vectors and self._vocabulary else None
        self._texts, self._contexts = (_Runs([[number[w] for w in words] for words in part], len(number)) for part in (texts, contexts))

    def search(self, claim: str, *, leave_out: Collection[int], each: int) -> list[Passage]:
        """The best ``each`` passages of every article that have something of ``claim``, best first.

        leave_out: articles not searched (the claim's own, and its copies).
        """
        query = list(dict.fromkeys(content_words(claim)))
        if not query or not self._vocabulary:
            return []
        scores = np.round(self._scores(query), 5)
        usable = (scores > 0) & ~np.isin(self._articles, list(leave_out))
        taken: dict[int, int] = {}
        found = []
        for i in np.lexsort((self._by_text, -scores)):
            article = int(self._articles[i])
            if usable[i] and taken.get(article, 0) < each:
                taken[article] = taken.get(article, 0) + 1
                found.append(self.passages[i])
        return found

    def _scores(self, query: Sequence[str]) -> FloatArray:
        """(passages,) scores of a claim's words."""
        same = np.asarray([stem(w) for w in query], dtype=object)[:, None] == self._stems
        alike = same.astype(np.float32)
        if self._vectors is not None and self._matrix is not None:
            near = self._vectors(query) @ self._matrix.T
            alike = np.where(same, 1, np.where(near > _LEAST_ALIKE, near - _NOT_THE_SAME, 0)).astype(np.float32)
        held = self._texts.best(same.astype(np.float32)) > 0
        weights = np.zeros((len(query), len(self.passages)), dtype=np.float32)
        for article in np.unique(self._articles):
            own = self._articles == article
            weights[:, own] = np.log1p(own.sum() / (1 + held[:, own].sum(1, keepdims=True)))
        near_words = self._texts.best(alike) / self._texts.damping + _CONTEXT * self._contexts.best(alike) / self._contexts.damping
        return np.asarray((weights * near_words).sum(0), dtype=np.float32)


class _Runs:
    """The words of all passages in one row, as numbers of the vocabulary."""

    def __init__(self, runs: Sequence[Sequence[int]], none: int) -> None:
        # Every run ends with a word that is like no other: an empty run has no maximum.
        self._words = np.asarray([n for run in runs for n in (*run, none)], dtype=np.int64)
        lengths = np.asarray([len(run) for run in runs], dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]]).astype(np.int64) if len(runs) else lengths
        self.damping = (1 + _LENGTH * lengths).astype(np.float32)

    def best(self, alike: FloatArray) -> FloatArray:
        """(query, passages): how near the nearest word comes. alike: (query, vocabulary)."""
        padded = np.concatenate([alike, np.zeros((len(alike), 1), dtype=np.float32)], axis=1)
        return np.maximum.reduceat(padded[:, self._words], self._starts, axis=1)
