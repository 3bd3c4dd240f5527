"""In what a passage that denies a claim differs from it: a number, a date, a name, a place, the state of things.

For a pair already judged a denial. Word lists and figures only, in the order in which the signs are reliable; "other" where none is plain.
"""

from __future__ import annotations

import re

from factcheck.quantities import Quantity
from factcheck.text import fold, stem, words
from factcheck.types import Conflict
from factcheck.verdicts.scope import WHEN, Figures, same_value
from factcheck.verdicts.wording import names, negative, subject_words, weekdays

#: Words for a state that can change, or for its change. A claim and a later passage that differ in it tell of two states.
_STATES = frozenset(
    stem(w)
    for w in (
        "open opens opened reopen reopens reopened closed closing shut shuts stay stays stayed remain remains remained still again already"
        " yet longer meanwhile now resume resumes resumed ahead cancelled canceled scrapped postponed delayed dropped abandoned withdrawn"
        " suspended halted stop stops stopped continue continues continued ended alive dead survived survive survives missing"
        " rescued released"
        " freed resigned resign quit sacked dismissed successor approved rejected vetoed overturned annulled struck revoked bankruptcy ban"
        " banned lifted valid permanent temporary awake asleep resolved settled former replaced starts keep keeps changed"
        " running independent"
    ).split()
)
#: Of these the ones that tell of a change even where one of the two is negative ("no longer", "not yet").
_TURNS = frozenset(stem(w) for w in "stay stays still longer yet again resumed resumes remain remains reopened reopens postponed".split())
#: A claim with one of these tells of what is to come or lasts for a time.
_COMING = re.compile(r"\b(?:will|until|is to|are to|goes|takes|holds|stands|near|expects|plans|wants to|as long as|for now)\b")
_NONE = re.compile(r"\b(?:no|nobody|none|never|nothing|neither|without|not (?:a|one|any|a single)|anyone|any)\b")
_MODAL = re.compile(r"\b(?:may have|might|could|possibly|perhaps|probably|only said|suspected of)\b")
_SAYING = re.compile(
    r"\b(?:said|says|told|according to|wrote|writes|believes|claims|claimed|stated|announced|ruled|found that|thinks|denied)\b"
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|off|outside|inside|into|under|behind|beside|of)\s+(?:the\s+)?([A-Z]\w+)")
_SIDES = tuple(
    frozenset(pair.split())
    for pair in (
        "for against",
        "left right",
        "buyer seller",
        "north south",
        "east west",
        "northbound southbound",
        "inside outside",
        "front back",
    )
)


def kind_of(claim: str, passage: str) -> Conflict:
    """The kind of conflict between a claim and a passage that denies it; "other" where nothing plain tells.

    The most reliable signs come first: figures of one kind with two values, then a word for one state against another.
    """
    said, found = Figures.read(claim), Figures.read(passage)
    plain, other = fold(claim), fold(passage)
    return (
        _figures(said, found)
        or _telling(plain, other, names(claim), names(passage))
        or _state(said, plain, other)
        or _names(claim, passage)
        or _rest(said, plain, other)
    )


def _figures(said: Figures, found: Figures) -> Conflict | None:
    """Two values of what can be compared; a figure against "no" or "nobody" is a negation."""
    rivals = [q for q in said.found if (alike := _comparable(q, found)) and not any(alike)]
    if any(q.kind not in WHEN for q in rivals):
        zero = any(q.high == 0 for side in (said, found) for q in side.found)
        return "negation" if zero else "number"
    mine, theirs = weekdays(said.text), weekdays(found.text)
    return "date" if rivals or (mine and theirs and not mine & theirs) else None


def _comparable(q: Quantity, found: Figures) -> list[bool]:
    return [equal for p in found.found if (equal := same_value(q, p)) is not None]


def _telling(claim: str, passage: str, mine: frozenset[str], theirs: frozenset[str]) -> Conflict | None:
    """Who says it, how sure it is, who is on which side."""
    if _SAYING.search(claim) and _SAYING.search(passage) and mine & theirs and theirs - mine:
        return "attribution"
    if _MODAL.search(claim) and not _MODAL.search(passage):
        return "modality"
    said, found = set(words(claim)), set(words(passage))
    return "role" if any(len(pair & said) == len(pair & found) == 1 and pair & said != pair & found for pair in _SIDES) else None


def _state(said: Figures, claim: str, passage: str) -> Conflict | None:
    """A state or its change, or a plain denial."""
    changed, differs = _states(claim) ^ _states(passage), _denied(claim) != _denied(passage)
    if changed & _TURNS or (changed and not differs):
        return "status"
    if any(q.kind not in WHEN for q in said.found) and not _denied(claim):
        return "number"
    coming = _COMING.search(claim) and (changed or not _denied(claim))
    return "negation" if differs and not coming else None


def _names(claim: str, passage: str) -> Conflict | None:
    """Another name after in, at, near …; or another name where both speak of one matter."""
    mine, theirs = names(claim), names(passage)
    if _places(claim) - theirs and _places(passage) - mine:
        return "place"
    shared = (subject_words(claim) & subject_words(passage)) - mine
    return "name" if shared and not _COMING.search(fold(claim)) and mine - theirs and theirs - mine else None


def _rest(said: Figures, claim: str, passage: str) -> Conflict:
    """What is left when no plain sign is found: the parts that the claim has."""
    if _COMING.search(claim):
        return "status"
    if said.found:
        return "number" if any(q.kind not in WHEN for q in said.found) else "date"
    return "negation" if negative(claim) != negative(passage) else "other"


def _denied(text: str) -> bool:
    return _NONE.search(text) is not None or negative(text)


def _states(text: str) -> set[str]:
    return {stem(w) for w in words(text)} & _STATES


def _places(text: str) -> frozenset[str]:
    return frozenset(stem(fold(m[1])) for m in _PLACE.finditer(text))
