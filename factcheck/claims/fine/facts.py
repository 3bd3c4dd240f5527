"""What a sentence states, as finely as a reader would take it apart: the candidates that a network ranks best, put into words.

Finer than :mod:`factcheck.claims.propositions`, and less sure: lists and joint subjects are told one by one. Where that would turn what
is said (denials, conditions, what only may be), and in short sentences, the rules tell the propositions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factcheck.claims.fine.ranking import load_ranker
from factcheck.claims.fine.trees import Tree, each
from factcheck.claims.phrases import is_negative
from factcheck.claims.propositions import Proposition, propositions

if TYPE_CHECKING:
    from spacy.tokens import Span

#: Words of a sentence up to which the rules take it apart as well as the network does.
_SHORT = 10

#: Words beyond which a sentence is a list or a slip of the reader.
_LONG = 100

#: Words that hold for all that stands in their sentence.
_BINDING = frozenset(
    "if unless whether would could should might may deny denied denies doubt doubts alleged allegedly alleges neither either".split()
)


def facts(sentence: Span) -> list[Proposition]:
    """The facts of an analysed sentence, in text order, without repeats. Raises ModelError if the network's weights are missing."""
    words = [t for t in sentence if not t.is_space]
    states = np.asarray(sentence.tensor, dtype=np.float32)[[t.i - sentence.start for t in words]]
    spoken = [t for t in words if any(c.isalnum() for c in t.text)]
    if not _SHORT < len(spoken) <= _LONG or any(t.lower_ in _BINDING or is_negative(t) for t in spoken):
        return propositions(sentence)
    tree = Tree.of(sentence)
    out = []
    for mask, pieces in load_ranker().facts(tree, states).items():
        told = tuple(words[piece].i if isinstance(piece, int) else piece for piece in pieces)
        out.append(Proposition(tuple(words[k].i for k in each(mask)), told, "clause" if mask & tree.clausal else "about"))
    out += _missed(sentence, out)
    return sorted(out, key=lambda p: (p.words[0], len(p.words), p.words))


def _missed(sentence: Span, found: list[Proposition]) -> list[Proposition]:
    """Propositions by rule whose verb and most other words stand in no fact: no clause of a sentence is lost."""
    told = {i for one in found for i in one.words}

    def missed(one: Proposition) -> bool:
        new = [sentence.doc[i] for i in one.words if i not in told]
        return 2 * len(new) > len(one.words) and any("VerbForm=Fin" in str(t.morph) for t in new)

    return [one for one in propositions(sentence) if one.kind == "clause" and missed(one)]
