"""Stretches of the same wording: sentences and quotations that stand, nearly word for word, in more than one article.

Two stretches are near if three quarters of the shorter one's words stand in runs of three words that the longer one has too; candidates
share a run of five. Of near ones the wording is *altered* if each has a telling word that the other lacks (another figure, name or verb)
or if one negates; otherwise one is the other, trimmed. This is containment of shingles (A. Broder, "On the resemblance and containment of
documents", 1997) with exact sets instead of sketches: a run has hundreds of articles, not millions, and sets show which words differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from factcheck.text import terms, words

#: A stretch: the number of its article and its number among that article's stretches.
Place = tuple[int, int]

#: Words in a row that two near stretches must share once. A sentence of ten words has them even with one word exchanged.
_RUN = 5
#: Words in a row by which nearness is measured, and the share of the shorter stretch that has to stand in such.
_GRAM = 3
_NEAR = 0.75
_NEGATORS = frozenset("no not never none nobody nothing neither nor without cannot deny denies denied denying".split())


class Families:
    """Which stretches of several articles have the same wording.

    texts: of each article its stretches in reading order. least: words from which a stretch is a copy by its own words alone; a shorter
    one ("Police are investigating.") must stand beside the same words in both articles, up to that length.
    """

    def __init__(self, texts: Sequence[Sequence[str]], *, least: int) -> None:
        self._least = least
        self._wordings: dict[tuple[str, ...], _Wording] = {}
        self._of: dict[Place, _Wording] = {}
        self._groups = Groups()
        self._altered: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        self._place(texts)
        self._compare()
        self._holding: defaultdict[Hashable, set[int]] = defaultdict(set)
        self._standing: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for place, wording in self._of.items():
            self._holding[self._groups.find(place)].add(place[0])
            self._standing[wording.words].add(place[0])

    def same(self, a: Place, b: Place) -> bool:
        """Whether one is the other, perhaps trimmed. False where the two themselves differ in a telling word."""
        return self._groups.find(a) == self._groups.find(b) and not self.altered(a, b)

    def altered(self, a: Place, b: Place) -> bool:
        """Whether one is nearly the other, but with other words in place of some, or with a negation."""
        return self._of[b].words in self._altered.get(self._of[a].words, ())

    def equal(self, a: Place, b: Place) -> bool:
        """Whether the words are the very same, however few."""
        return self._of[a].words == self._of[b].words

    def length(self, place: Place) -> int:
        """Words of the stretch."""
        return len(self._of[place].words)

    def terms(self, place: Place) -> frozenset[str]:
        """Stems of the stretch's words, without the commonest."""
        return self._of[place].terms

    def articles(self, place: Place) -> set[int]:
        """The articles in which the stretch stands, altered or not; its own among them."""
        altered = (self._standing[w] for w in self._altered.get(self._of[place].words, ()))
        return self._holding[self._groups.find(place)].union(*altered)

    def _place(self, texts: Sequence[Sequence[str]]) -> None:
        """Gives every stretch its wording, and joins those that stand in the same words."""
        for article, stretches in enumerate(texts):
            stream: list[str] = []
            starts: list[int] = []
            for number, text in enumerate(stretches):
                wording = _Wording(text)
                wording = self._of[article, number] = self._wordings.setdefault(wording.words, wording)
                starts.append(len(stream))
                stream += wording.words
            for number, start in enumerate(starts):
                for key in self._keys(stream, start, len(self._of[article, number].words)):
                    self._groups.join((article, number), key)

    def _keys(self, stream: list[str], start: int, length: int) -> Iterator[Hashable]:
        """What an equal stretch has in common: its words, and of a short one as many of those before it or behind it as it lacks."""
        end, lacking = start + length, self._least - length
        if lacking <= 0:
            yield tuple(stream[start:end])
        elif length:
            if start >= lacking:
                yield "before", length, tuple(stream[start - lacking : end])
            if end + lacking <= len(stream):
                yield "behind", length, tuple(stream[start : end + lacking])

    def _compare(self) -> None:
        """Joins the wordings that are near, and notes those that are near and altered."""
        having: defaultdict[tuple[str, ...], list[_Wording]] = defaultdict(list)
        for wording in self._wordings.values():
            if len(wording.words) >= self._least:
                for run in set(_runs(wording.words, _RUN)):
                    having[run].append(wording)
        pairs = {(a.words, b.words) for found in having.values() for a, b in combinations(found, 2)}
        for one, other in pairs:
            a, b = self._wordings[one], self._wordings[other]
            if not a.near(b):
                continue
            if a.alters(b):
                self._altered[one].add(other)
                self._altered[other].add(one)
            else:
                self._groups.join(one, other)


class _Wording:
    """A text as compared: its folded words in order, and what is computed of them once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(words(text))

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(terms(self.text))

    @cached_property
    def negators(self) -> int:
        return sum(w in _NEGATORS or w.endswith("n't") for w in self.words)

    @cached_property
    def grams(self) -> list[tuple[str, ...]]:
        return _runs(self.words, _GRAM)

    @cached_property
    def gram_set(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self.grams)

    def near(self, other: _Wording) -> bool:
        short, long = (self, other) if len(self.words) <= len(other.words) else (other, self)
        covered: set[int] = set()
        for start, gram in enumerate(short.grams):
            if gram in long.gram_set:
                covered.update(range(start, start + _GRAM))
        return len(covered) >= _NEAR * len(short.words)

    def alters(self, other: _Wording) -> bool:
        return self.negators != other.negators or not (self.terms <= other.terms or other.terms <= self.terms)


class Groups:
    """Disjoint sets that grow together (union-find); anything hashable is in a set of its own until it is joined."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def find(self, one: Hashable) -> Hashable:
        """The member that stands for the set of ``one``."""
        while (above := self._above.get(one, one)) != one:
            self._above[one] = self._above.get(above, above)
            one = above
        return one

    def join(self, one: Hashable, other: Hashable) -> None:
        """Makes one set of the sets of the two."""
        self._above[self.find(one)] = self.find(other)


def _runs(of: Sequence[str], length: int) -> list[tuple[str, ...]]:
    return list(zip(*(of[i:] for i in range(length)), strict=False))
