"""The number of a verb whose subject is told as one of several: 'the mayor and her deputy are' is told as 'the mayor is'."""

from __future__ import annotations

from factcheck.claims.fine.trees import Tree, each
from factcheck.claims.phrases import SUBJECTS

_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does", "'re": "'s", "'ve": "'s"}
_HISSING = ("s", "x", "z", "ch", "sh", "o")


def conjuncts(tree: Tree, first: int) -> list[int]:
    """A word and the words that are coordinated with it, at whatever depth."""
    out = [first]
    for i in out:
        out += [c for c in tree.kids[i] if tree.dep[c] == "conj"]
    return out


def agreeing(tree: Tree, content: int, pieces: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The pieces of a clause, its verbs bent to the singular where one of several subjects is told alone.

    content: the words that are told, without signs.
    """
    bent: dict[int, str] = {}
    for subject in each(tree.mask(lambda i: tree.dep[i] in SUBJECTS)):
        several = conjuncts(tree, subject)
        told = [i for i in several if content >> i & 1]
        if len(several) > 1 and len(told) == 1 and _is_third_singular(tree, told[0]):
            bent |= {i: _singular(tree.lower[i]) for i in _verbs(tree, tree.head[subject]) if content >> i & 1}
    return tuple(bent.get(piece, piece) if isinstance(piece, int) else piece for piece in pieces)


def _is_third_singular(tree: Tree, subject: int) -> bool:
    morph = tree.morph[subject]
    return "Number=Sing" in morph and "Person=1" not in morph and "Person=2" not in morph


def _verbs(tree: Tree, main: int) -> list[int]:
    """The plural verbs of a predicate and of what is coordinated with it under the same subject."""
    predicates = [main, *(p for p in conjuncts(tree, main)[1:] if not any(tree.dep[c] in SUBJECTS for c in tree.kids[p]))]
    verbs = [v for p in predicates for v in (p, *(c for c in tree.kids[p] if tree.dep[c] in ("aux", "aux:pass", "cop")))]
    return [v for v in verbs if tree.tag[v] == "VBP" or tree.lower[v] == "were"]


def _singular(verb: str) -> str:
    if verb in _SINGULAR:
        return _SINGULAR[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(_HISSING) else "s")
