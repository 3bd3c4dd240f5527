"""Phrases of a :class:`~factcheck.claims.fine.trees.Tree` as sets of words, with much or little on them; and their conjuncts."""

from __future__ import annotations

from functools import cache

from factcheck.claims.fine.trees import Tree

JOINED = frozenset({"conj", "cc", "cc:preconj"})


class Phrases:
    """The phrases of one sentence. A level is one of those of detail in :mod:`factcheck.claims.fine.trees`; hidden words are left out."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.phrase = cache(self._phrase_anew)

    def _phrase_anew(self, head: int, level: int, hidden: int) -> int:
        t = self.tree
        out = 1 << head
        for c in t.kids[head]:
            if not hidden >> c & 1 and t.need[c] <= level:
                out |= self.phrase(c, level, hidden)
        return out

    def one(self, head: int, level: int, hidden: int = 0) -> int:
        """A phrase without what is coordinated with it."""
        t = self.tree
        out = 1 << head
        for c in t.kids[head]:
            if not hidden >> c & 1 and t.need[c] <= level and t.dep[c] not in JOINED:
                out |= self.phrase(c, level, hidden)
        return out

    def member(self, head: int, level: int) -> int:
        """A conjunct with the preposition and the article that the first one lends it."""
        first = self.first(head)
        return self.one(head, level) | (self.lent(first, head) if first != head else 0)

    def lent(self, first: int, to: int) -> int:
        """The preposition and the article of the first conjunct, as far as the other one has none."""
        t = self.tree
        own = {t.dep[c] for c in t.kids[to]}
        out = 0
        for c in t.kids[first]:
            if c < first and t.dep[c] in ("case", "mark") and not own & {"case", "mark"}:
                out |= t.below[c]
            if c < first and t.dep[c] in ("det", "nmod:poss") and not own & {"det", "nmod:poss", "nummod"}:
                out |= t.below[c]
        return out

    def first(self, i: int, top: int = -1) -> int:
        """The first of the conjuncts that a word is one of, not above ``top``."""
        t = self.tree
        while t.dep[i] == "conj" and t.head[i] != i and i != top:
            i = t.head[i]
        return i

    def members(self, i: int) -> list[int]:
        """A word and what is coordinated with it, in text order."""
        t = self.tree
        out, waiting = [i], [c for c in t.kids[i] if t.dep[c] == "conj"]
        while waiting:
            c = waiting.pop(0)
            out.append(c)
            waiting += [k for k in t.kids[c] if t.dep[k] == "conj" and t.clausal >> k & 1 == t.clausal >> c & 1]
        return sorted(out)

    def of(self, head: int, *relations: str) -> int:
        """The dependents of these relations, with all that depends on them."""
        t = self.tree
        out = 0
        for c in t.kids[head]:
            if t.dep[c] in relations:
                out |= t.below[c]
        return out
