"""Whether a clause tells of what has happened or of what is to come: enough to date a bare "on Tuesday"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "future"]

_COMING = frozenset("will shall 'll ’ll wo sha".split())
_POSSIBLE = frozenset("may must can".split())
_HYPOTHETICAL = frozenset("would could might should 'd ’d".split())
_PAST = frozenset("was were did had".split())
_NOW = frozenset("is are am 's 're ’s ’re 'm ’m".split())
_HAVING = frozenset("have has 've ’ve having had".split())
#: Words that put what follows them in the future of their own time ("is due on Friday", "plans to close").
_AHEAD = frozenset(
    "due set expected expect expects scheduled schedule planned plan plans planning going intend intends hope hopes hoping likely slated"
    " bound ready about promises vows wants aims".split()
)
_OPENING = frozenset("starting beginning commencing following including".split())


def tense(token: Token) -> Tense | None:
    """The tense of the clause whose predicate is ``token``; None for the present, for "would" and wherever it is not plain."""
    words = [c.lower_ for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in token.children):
        return None
    if token.lower_ in _AHEAD and (set(words) & _NOW or token.dep_ in ("acl", "amod")):
        return "future"
    if token.lower_ in _AHEAD and token.tag_ != "VBD":
        return None
    if any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in token.children):
        return _of_infinitive(token)
    return _of_auxiliaries(token, words) if words else _bare(token)


def _of_auxiliaries(token: Token, words: list[str]) -> Tense | None:
    if set(words) & _COMING:
        return "future"
    having = bool(set(words) & _HAVING)
    if set(words) & (_HYPOTHETICAL | _POSSIBLE):
        return "past" if having else None if set(words) & _HYPOTHETICAL else "future"
    if having or set(words) & _PAST:
        return "past"
    return "future" if token.tag_ == "VBG" and set(words) & _NOW else None


def _bare(token: Token) -> Tense | None:
    """A predicate without auxiliaries: a past form, a participle, or one of several that share an auxiliary."""
    if token.dep_ == "conj" and token.tag_ in ("VB", "VBN", "VBG") and token.head.i != token.i:
        return tense(token.head)
    if token.tag_ == "VBD" or (token.tag_ == "VBN" and token.dep_ in ("acl", "acl:relcl", "advcl", "amod")):
        return "past"
    if token.tag_ == "VBG" and token.lower_ not in _OPENING and token.dep_ in ("advcl", "acl"):
        return tense(token.head) if token.head.pos_ in ("VERB", "AUX") else None
    return None


def _of_infinitive(token: Token) -> Tense | None:
    """The future of "is to meet", "plans to meet", "is expected to meet". After a past verb it may be over by now: None."""
    head = token.head
    words = {c.lower_ for c in head.children if c.dep_ in ("aux", "aux:pass", "cop")}
    if token.dep_ not in ("xcomp", "ccomp", "csubj", "advcl") or head.i == token.i or words & (_PAST | _HYPOTHETICAL):
        return None
    ahead = head.lower_ in _AHEAD and (bool(words & _NOW) or head.tag_ in ("VBZ", "VBP"))
    return "future" if ahead or head.lower_ in _NOW else None
