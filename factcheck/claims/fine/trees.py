"""A sentence's words and dependencies, with sets of words as bit masks (bit i is word i): what many candidates are built on fast.

Relations are those of Universal Dependencies v2 (https://universaldependencies.org/u/dep/).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck.claims.phrases import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Span

#: Levels of detail. What needs the level ASIDES states something of its own; what needs NEVER is a sign.
ALWAYS, DESCRIBED, SPECIFIED, QUALIFIED, ADJUNCTS, ASIDES, NEVER = 0, 1, 2, 3, 4, 5, 9

#: Relative and asking words.
RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})

#: Words that deny what they stand with.
DENIALS = frozenset({"not", "n't", "never", "no"})

#: Relations of helping verbs.
HELPING = frozenset({"aux", "aux:pass", "cop"})

_NAMED_SIGNS = frozenset("$%€£&+")
_OPENING = frozenset("([")
_SET_OFF = frozenset({",", "–", "—", "-", "(", "[", ";", ":", "--"})
_NEEDS = {
    **dict.fromkeys(SUBJECTS, ALWAYS),
    **dict.fromkeys("obj iobj xcomp ccomp cop aux aux:pass compound compound:prt flat fixed goeswith case mark cc".split(), ALWAYS),
    **dict.fromkeys("det det:predet nummod nmod:poss conj cc:preconj list orphan".split(), ALWAYS),
    **dict.fromkeys(("amod", "nmod:desc"), DESCRIBED),
    "obl:agent": SPECIFIED,
    "parataxis": ASIDES,
    "punct": NEVER,
    **dict.fromkeys("obl obl:unmarked advcl dislocated discourse vocative dep".split(), ADJUNCTS),
}


@dataclass(frozen=True)
class Tree:
    """One sentence. A root is its own head; white space is no word of it.

    text, pos, tag, dep, head, morph: a value each word; glued: whether it has no white space behind it.
    """

    text: Sequence[str]
    pos: Sequence[str]
    tag: Sequence[str]
    dep: Sequence[str]
    head: Sequence[int]
    morph: Sequence[str]

    @classmethod
    def of(cls, words: Span) -> Tree:
        """The tree of an analysed sentence. A word whose head lies outside it becomes a root."""
        tokens = [t for t in words if not t.is_space]
        place = {t.i: k for k, t in enumerate(tokens)}
        return cls(
            text=[t.text for t in tokens],
            pos=[t.pos_ for t in tokens],
            tag=[t.tag_ for t in tokens],
            dep=[t.dep_ for t in tokens],
            head=[place.get(t.head.i, k) for k, t in enumerate(tokens)],
            morph=[str(t.morph) for t in tokens],
        )

    def __len__(self) -> int:
        return len(self.text)

    def mask(self, holds: Callable[[int], bool]) -> int:
        """The words of which something holds."""
        return sum(1 << i for i in range(len(self.text)) if holds(i))

    @cached_property
    def lower(self) -> list[str]:
        """The words without capitals."""
        return [t.lower() for t in self.text]

    @cached_property
    def kids(self) -> list[list[int]]:
        """The dependents of each word, in text order."""
        out: list[list[int]] = [[] for _ in self.text]
        for i, h in enumerate(self.head):
            if h != i:
                out[h].append(i)
        return out

    @cached_property
    def depth(self) -> list[int]:
        """How far each word is from its root."""
        out = [0] * len(self.text)
        waiting = [i for i, h in enumerate(self.head) if h == i]
        while waiting:
            i = waiting.pop()
            for c in self.kids[i]:
                out[c] = out[i] + 1
                waiting.append(c)
        return out

    @cached_property
    def below(self) -> list[int]:
        """Each word with all that depends on it."""
        out = [1 << i for i in range(len(self.text))]
        for i in sorted(range(len(self.text)), key=lambda i: -self.depth[i]):
            if self.head[i] != i:
                out[self.head[i]] |= out[i]
        return out

    @cached_property
    def signs(self) -> int:
        """Punctuation: what has no letter or digit and is not read aloud."""
        return self.mask(lambda i: not any(c.isalnum() for c in self.text[i]) and self.text[i] not in _NAMED_SIGNS)

    @cached_property
    def clausal(self) -> int:
        """Heads of clauses: verbs, and what has a subject or a copula."""
        return self.mask(
            lambda i: self.pos[i] in ("VERB", "AUX") or any(self.dep[c] in SUBJECTS or self.dep[c] == "cop" for c in self.kids[i])
        )

    @cached_property
    def need(self) -> list[int]:
        """The level of detail from which on each word's phrase is told with its head."""
        return [self._need(i) for i in range(len(self.text))]

    def _need(self, i: int) -> int:
        d, h = self.dep[i], self.head[i]
        first = lowest(self.below[i])
        if h == i:
            return ALWAYS
        if self.text[first] in _OPENING:
            return ASIDES
        if d == "advmod":
            if self.lower[i] in DENIALS:
                return ALWAYS
            if self.pos[h] in ("ADJ", "NUM", "ADV"):
                return DESCRIBED
            return SPECIFIED if highest(self.below[i]) - first < 2 else ADJUNCTS
        if d == "nmod":
            return SPECIFIED if any(self.lower[c] == "of" and self.dep[c] == "case" for c in self.kids[i]) else QUALIFIED
        if d in ("acl", "acl:relcl", "advcl:relcl", "appos"):
            set_off = self.text[first] in _SET_OFF or (first > 0 and self.text[first - 1] in _SET_OFF)
            return ASIDES if set_off else {"acl": QUALIFIED, "appos": DESCRIBED}.get(d, ADJUNCTS)
        return _NEEDS.get(d, QUALIFIED)

    def filled(self, words: int) -> int:
        """``words`` without signs at their edges and beside gaps, with those between them, and with the quotation marks around them."""
        words &= ~self.signs
        if not words:
            return 0
        out, k, end = words, lowest(words), highest(words)
        while k <= end:
            start = k
            while self.signs >> k & 1:
                k += 1
            if k > start and words >> (start - 1) & 1 and words >> k & 1:
                out |= span(start, k)
            k += k == start
        for opening, closing in self._quotations:
            if not out >> opening & 1 and out & span(opening + 1, closing) == span(opening + 1, closing):
                out |= 1 << opening | 1 << closing
        return out

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        out, opened = [], -1
        for i, text in enumerate(self.text):
            if text in ('"', "“", "”", "``", "''"):
                if opened >= 0 and text in ('"', "”", "''"):
                    out.append((opened, i))
                    opened = -1
                else:
                    opened = i
        return out


def lowest(words: int) -> int:
    """The first of some words."""
    return (words & -words).bit_length() - 1


def highest(words: int) -> int:
    """The last of some words."""
    return words.bit_length() - 1


def span(start: int, end: int) -> int:
    """The words from ``start`` up to ``end``."""
    return (1 << end) - (1 << start) if end > start else 0


def each(words: int) -> Iterator[int]:
    """The numbers of some words, in text order."""
    while words:
        low = words & -words
        yield low.bit_length() - 1
        words ^= low


def overlap(one: int, other: int) -> float:
    """Words of both among words of either (the Jaccard index), 0..1."""
    return (one & other).bit_count() / (one | other).bit_count()
