"""Candidates for what a sentence states: sets of its words, each of which a reader may take for one fact.

Every predicate is told with its subject, wherever that stands, and every name or noun with what is said of it. From there each phrase
below it in the tree, and each of several that are coordinated, is told in turn: with little or much of itself, and with little or much
of what stands around it. Most candidates are no good; which ones are, :mod:`factcheck.claims.fine.ranking` tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.claims.fine.brackets import bracketed
from factcheck.claims.fine.subtrees import JOINED, Phrases
from factcheck.claims.fine.trees import (
    ADJUNCTS,
    ALWAYS,
    ASIDES,
    DESCRIBED,
    HELPING,
    NEVER,
    QUALIFIED,
    RELATIVE,
    SPECIFIED,
    Tree,
    each,
    highest,
    lowest,
)
from factcheck.claims.phrases import SUBJECTS

#: Candidates of one sentence; a sentence with more is a list that nobody would take apart.
MOST = 1500

_LEVELS = (ALWAYS, DESCRIBED, SPECIFIED, QUALIFIED, ADJUNCTS, ASIDES)
_MOST_SUBJECTS, _MOST_INNER = 14, 8
_DEEPEST = 7


def candidates(tree: Tree) -> list[int]:
    """Sets of words of a sentence (bit masks), without repeats."""
    out: dict[int, None] = {}
    for words in _Finder(tree).found():
        if filled := tree.filled(words):
            out[filled] = None
        if len(out) == MOST:
            break
    return list(out)


@dataclass(frozen=True, slots=True)
class _Way:
    """From a word up to the top that it is told with.

    over: the words between, without what conjuncts stand in for; lent: words that a first conjunct lends to the one told; replaced:
    whether the top itself is one that a conjunct stands in for.
    """

    over: tuple[int, ...]
    lent: int
    replaced: bool


class _Finder:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._phrases = Phrases(tree)

    def found(self) -> Iterator[int]:
        t = self._tree
        for top in range(len(t)):
            if t.signs >> top & 1:
                continue
            if t.clausal >> top & 1 or t.dep[top] in ("acl", "acl:relcl", "advcl") or t.head[top] == top:
                yield from self._clause(top)
            if t.pos[top] in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "X"):
                yield from self._nominal(top)
        yield from bracketed(self._phrases)

    # Subjects.

    def _subjects(self, predicate: int, steps: int = 0) -> list[tuple[int, int]]:
        """What may be the subject: its head, and further words of it ('there')."""
        t = self._tree
        own = [c for c in t.kids[predicate] if t.dep[c] in SUBJECTS]
        head, d = t.head[predicate], t.dep[predicate]
        governor = self._governor(head) if head != predicate else -1
        above = self._subjects(governor, steps + 1) if governor not in (-1, predicate) and steps < 4 else []
        if d in ("acl", "acl:relcl", "advcl:relcl") and (not own or t.tag[own[0]] in RELATIVE):
            return [(head, 0), *(above if governor == head else [])]
        if own:
            rest = 0
            for s in own[1:]:
                rest |= self._phrases.phrase(s, ADJUNCTS, 0)
            return [(own[0], rest)]
        if d in ("conj", "xcomp", "advcl", "ccomp", "parataxis", "dep", "obl"):
            return above + [(c, 0) for c in t.kids[head] if t.dep[c] == "obj" and d in ("xcomp", "advcl")]
        return []

    def _governor(self, i: int) -> int:
        """The head of the clause that a word stands in, or -1."""
        t = self._tree
        while not t.clausal >> i & 1:
            if t.head[i] == i:
                return -1
            i = t.head[i]
        return i

    def _subject_masks(self, predicate: int) -> list[int]:
        """Each possible subject, with much and little of it, and each of several coordinated ones."""
        t = self._tree
        out: list[int] = []
        for head, rest in self._subjects(predicate):
            hidden = self._phrases.of(head, "case", "mark", "cc")
            if t.below[head] >> predicate & 1:
                hidden |= t.below[predicate]
            members = self._phrases.members(head)
            for level in (DESCRIBED, ADJUNCTS, ALWAYS, ASIDES):
                whole = [self._phrases.phrase(head, level, 0)] if len(members) > 1 else []
                out += [words & ~hidden | rest for words in (*whole, *(self._phrases.member(m, level) for m in members))]
        return list(dict.fromkeys(out))[:_MOST_SUBJECTS] or [0]

    # Clauses.

    def _clause(self, top: int) -> Iterator[int]:
        t = self._tree
        hidden = self._phrases.of(top, *SUBJECTS)
        for c in t.kids[top]:
            joined = t.dep[c] == "conj" and t.clausal >> c & 1
            if joined or (t.dep[c] in ("mark", "cc") and t.lower[c] != "to"):
                hidden |= t.below[c]
            if t.dep[top] in ("acl:relcl", "advcl:relcl"):
                hidden |= sum(1 << k for k in (c, *t.kids[c]) if t.tag[k] in RELATIVE)
        subjects = self._subject_masks(top)
        lent = self._lent_to_verb(top)
        taken = self._taken_from_verbs(top)
        for part in dict.fromkeys(self._predicates(top, hidden, min((lowest(s) for s in subjects if s), default=top))):
            for subject in subjects:
                yield part | lent | subject
                if taken:
                    yield part | lent | subject | taken

    def _lent_to_verb(self, top: int) -> int:
        """Helping verbs of the first of coordinated predicates, for one that has none and is not finite."""
        t = self._tree
        if t.dep[top] != "conj" or "VerbForm=Fin" in t.morph[top] or any(t.dep[c] in HELPING for c in t.kids[top]):
            return 0
        lent = self._phrases.of(self._phrases.first(top), *HELPING)
        passive = any(t.dep[i] == "aux:pass" for i in each(lent))
        return 0 if passive and any(t.dep[c] == "obj" for c in t.kids[top]) else lent

    def _taken_from_verbs(self, top: int) -> int:
        """The object or place that stands with one of coordinated verbs and may belong to all ('wrote and produced the film')."""
        t = self._tree
        verbs = self._phrases.members(self._phrases.first(top)) if t.pos[top] == "VERB" else [top]
        if len(verbs) == 1 or any(t.dep[c] in ("obj", "ccomp", "xcomp") for c in t.kids[top]):
            return 0
        late = [c for v in verbs for c in t.kids[v] if v != top and c > top and t.dep[c] == "obj"]
        late += [c for v in verbs for c in t.kids[v] if v != top and c > verbs[-1] and t.dep[c] == "obl"]
        return self._phrases.phrase(late[0], DESCRIBED, 0) if late else 0

    def _predicates(self, top: int, hidden: int, start: int) -> Iterator[int]:
        """A clause without its subject. start: where that begins; what stands before it holds for the whole."""
        t = self._tree
        for level in _LEVELS:
            yield self._phrases.phrase(top, level, hidden)
            yield self._phrases.one(top, level, hidden)
        opening = 0
        for c in t.kids[top]:
            if highest(t.below[c]) < start and SPECIFIED <= t.need[c] < NEVER and not hidden >> c & 1:
                opening |= self._phrases.phrase(c, ADJUNCTS, 0)
        if opening:
            yield self._phrases.one(top, DESCRIBED, hidden) | opening
            yield self._phrases.one(top, SPECIFIED, hidden) | opening
        for inner in self._inner(top, hidden):
            yield from self._around(inner, top, hidden, opening)

    def _inner(self, top: int, hidden: int) -> list[int]:
        """Phrases below ``top`` that may be left out, or stand beside others of their kind."""
        t = self._tree
        out, waiting = [], [(c, 0, 1) for c in t.kids[top]]
        while waiting:
            i, clauses, steps = waiting.pop()
            apart = t.dep[i] == "conj" and t.clausal >> i & 1 and self._phrases.first(i) == top
            if t.need[i] == NEVER or hidden >> i & 1 or apart or clauses > 2 or steps > _DEEPEST:
                continue
            joined = t.dep[i] == "conj" or any(t.dep[c] == "conj" for c in t.kids[i])
            if t.need[i] > ALWAYS or joined or t.dep[i] in ("obj", "xcomp", "ccomp", "compound"):
                out.append(i)
            waiting += [(c, clauses + (t.clausal >> c & 1), steps + 1) for c in t.kids[i]]
        return sorted(out)

    def _way(self, inner: int, top: int) -> _Way:
        t = self._tree
        over: list[int] = []
        lent, i, replaced = 0, inner, set()
        while i != top:
            if t.dep[i] == "conj" and not (t.clausal >> i & 1 and t.clausal >> t.head[i] & 1):
                first = self._phrases.first(i, top)
                lent |= self._phrases.lent(first, i)
                for c in t.kids[first]:
                    if t.dep[c] in SUBJECTS or t.dep[c] in HELPING:
                        lent |= self._phrases.phrase(c, DESCRIBED, 0)
                replaced.add(first)
                i = first
                if i == top:
                    break
            i = t.head[i]
            over.append(i)
        return _Way(tuple(h for h in over if h not in replaced), lent, top in replaced)

    def _around(self, inner: int, top: int, hidden: int, opening: int) -> Iterator[int]:
        """What a clause says with one of its phrases: that with little or much of itself, and of what stands between and around."""
        t = self._tree
        way = self._way(inner, top)
        outer = {level: self._spine(way, inner, hidden, level) for level in (ALWAYS, DESCRIBED, SPECIFIED, ADJUNCTS)}
        if way.replaced:
            outer = {level: words | self._kept_of_replaced(top, level) for level, words in outer.items()}
        kept = self._kept_of_replaced(top, DESCRIBED) if way.replaced else 0
        some = [outer[ALWAYS], kept | self._spine(way, inner, hidden, DESCRIBED, before=lowest(t.below[inner]))]
        complements = self._phrases.of(top, "obj", "iobj", "xcomp", "ccomp")
        if complements and not complements >> inner & 1:
            some.append(kept | self._spine(way, inner, hidden | complements, DESCRIBED))
        if opening and not opening >> inner & 1:
            some.append(outer[DESCRIBED] | opening)
        thin = self._thin(way, top, inner, outer[DESCRIBED])
        for level in (DESCRIBED, SPECIFIED, ADJUNCTS, ASIDES, ALWAYS):
            around = [outer[DESCRIBED], outer[SPECIFIED], *([outer[ADJUNCTS]] if level in (ADJUNCTS, ASIDES) else [])]
            for told in dict.fromkeys((self._phrases.one(inner, level, hidden), self._phrases.phrase(inner, level, hidden))):
                yield from (words | told for words in around)
                if level in (DESCRIBED, ADJUNCTS):
                    yield from (words | told for words in some)
                    yield from self._instead(told, top, inner, thin)

    def _spine(self, way: _Way, inner: int, hidden: int, level: int, *, before: int = 0) -> int:
        """The words on a way, each with what it needs at ``level``, and with all that ends before the word ``before``."""
        t = self._tree
        out = way.lent
        for h in way.over:
            out |= 1 << h
            for c in t.kids[h]:
                if hidden >> c & 1 or t.dep[c] in JOINED or t.below[c] >> inner & 1:
                    continue
                if t.need[c] <= level:
                    out |= self._phrases.phrase(c, level, hidden)
                elif t.need[c] <= ADJUNCTS and highest(t.below[c]) < before:
                    out |= self._phrases.phrase(c, ADJUNCTS, hidden)
        return out

    def _kept_of_replaced(self, top: int, level: int) -> int:
        """What a predicate noun leaves to the conjunct that is told for it."""
        t = self._tree
        out = 0
        for c in t.kids[top]:
            if t.dep[c] in HELPING or (level >= SPECIFIED and c < top and t.need[c] in (ADJUNCTS, ASIDES)):
                out |= self._phrases.phrase(c, level, 0)
        return out

    def _instead(self, told: int, top: int, inner: int, thin: int) -> Iterator[int]:
        """A phrase in the place of the words that it hangs on."""
        t = self._tree
        if thin:
            yield thin | told & ~self._phrases.of(inner, "case", "det")
        if t.pos[top] not in ("VERB", "AUX") and t.head[inner] == top and t.need[inner] > ALWAYS:
            # 'is an American actor' says 'is American', 'is an island in the Irish Sea' says 'is in the Irish Sea'.
            yield told | self._phrases.of(top, "cop", "aux")
            yield told | self._phrases.of(top, "cop", "aux", "det")

    def _thin(self, way: _Way, top: int, inner: int, words: int) -> int:
        """Without the nouns that only say of what kind the thing is: 'starred in the drama Spotlight' as 'starred in Spotlight'."""
        t = self._tree
        between = [h for h in way.over if h != top and not t.clausal >> h & 1]
        words &= ~way.lent
        for h in between:
            words &= ~(1 << h)
            for c in t.kids[h]:
                if not t.below[c] >> inner & 1 and not (t.dep[c] == "case" and h == between[-1]):
                    words &= ~t.below[c]
        return words if between else 0

    # Nouns.

    def _nominal(self, noun: int) -> Iterator[int]:
        """A noun with what is said of it; of a name also without the words that say what it is."""
        t = self._tree
        hidden = self._phrases.of(noun, "case", "mark", "cc", "cop", "aux", *SUBJECTS)
        articles = self._phrases.of(noun, "det")
        if not (t.dep[noun] == "conj" and t.clausal >> noun & 1):
            for level in _LEVELS:
                yield self._phrases.one(noun, level) & ~hidden
                yield self._phrases.one(noun, level) & ~hidden & ~articles
            yield self._phrases.phrase(noun, ASIDES, 0) & ~hidden
        names = [self._phrases.one(noun, level) & ~hidden for level in (ALWAYS, DESCRIBED, SPECIFIED)]
        names += [n & ~articles for n in names]
        kind = self._kind(noun)
        names = list(dict.fromkeys([*names, *(n & ~kind for n in names)]))
        for c in t.kids[noun]:
            if not hidden >> c & 1 and t.dep[c] not in ("punct", "det", "conj"):
                for words in dict.fromkeys(self._said(c)):
                    yield from (name & ~t.below[c] | words for name in names)

    def _kind(self, name: int) -> int:
        """The words before a name that say what it is."""
        t = self._tree
        out = 0
        for c in t.kids[name]:
            said = t.pos[c] in ("NOUN", "ADJ", "DET") or t.dep[c] in ("nmod:desc", "nmod:poss", "amod")
            if said and c < name and t.pos[name] == "PROPN":
                out |= t.below[c]
        return out

    def _said(self, phrase: int) -> Iterator[int]:
        """A phrase that hangs on a noun, each of its conjuncts, and what is told of it with one of its own phrases."""
        for member in self._phrases.members(phrase):
            for level in (DESCRIBED, SPECIFIED, ADJUNCTS, ASIDES):
                yield self._phrases.member(member, level)
        for inner in self._inner(phrase, 0)[:_MOST_INNER]:
            words = self._spine(self._way(inner, phrase), inner, 0, ALWAYS)
            for level in (DESCRIBED, ADJUNCTS):
                yield words | self._phrases.one(inner, level)
