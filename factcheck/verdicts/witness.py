"""What can be seen of a claim and a passage without a model: shared words, figures, names, negation."""

from __future__ import annotations

import re

from factcheck.text import stem, terms, words
from factcheck.verdicts.figures import compare, figures

#: Names of the features of :func:`witness`, in its order.
WITNESSES = (
    "shared_words",
    "shared_in_context",
    "figures_agree",
    "figures_rival",
    "figures_absent",
    "no_figures",
    "names_missing",
    "names_rival",
    "negation_differs",
    "poles_differ",
)

_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot isn't wasn't aren't didn't doesn't hasn't won't".split()
)
#: Terms that deny each other where one stands for the other.
_POLES = [
    frozenset(stem(w) for w in pair.split())
    for pair in (
        "rise fell", "rose fell", "increase decrease", "more fewer", "more less", "high low", "higher lower", "win lose",
        "won lost", "before after", "open closed", "approv reject", "accept reject", "up down", "above below", "first last",
        "gain lose", "began end", "north south", "east west", "alive dead", "survived died", "full partly", "fully partly",
        "against for", "cancelled goes", "confirm deny", "confirmed denied", "start stop", "arrived left",
        "keep drop", "public private", "permanent temporary",
    )
]  # fmt: skip


def witness(claim: str, passage: str, context: str) -> tuple[float, ...]:
    """The features, each 0..1, of a claim against a passage (its sentence) and the passage's context."""
    said, found, around = frozenset(terms(claim)), frozenset(terms(passage)), frozenset(terms(context))
    agreed, rival, absent = compare(figures(claim), figures(passage))
    count = agreed + rival + absent
    names = _names(claim)
    missing = sum(n not in around for n in names) / len(names) if names else 0.0
    others = _names(passage) - said
    rest = said - names
    alike = bool(rest) and len(rest & found) >= len(rest) / 2
    return (
        len(said & found) / len(said) if said else 0.0,
        len(said & around) / len(said) if said else 0.0,
        float(count > 0 and agreed == count),
        float(rival > 0),
        float(absent > 0),
        float(count == 0),
        missing,
        float(alike and bool(names - around) and bool(others)),
        float(_negative(claim) != _negative(passage)),
        float(any(len(pole & said) == 1 and pole & found and not (pole & said) & found for pole in _POLES)),
    )


def _names(text: str) -> set[str]:
    """Terms of capitalised words, the sentence's first one included: it is a name often enough ('China gets it first')."""
    found = re.findall(r"(?:^|(?<=[\w,;:’'”\"] ))[\"“‘(]*([A-Z][\w'’-]+)", text)
    return {t for name in found for t in terms(name)}


def _negative(text: str) -> bool:
    return any(w in _NEGATIONS for w in words(text))
