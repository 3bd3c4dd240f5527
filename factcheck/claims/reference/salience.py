"""How likely a mention is what a pronoun stands for: a log-linear model over a few structural features.

The features are those of the classical literature (Hobbs 1978; Lappin and Leass 1994, "An algorithm for pronominal anaphora
resolution"): distance, grammatical role, parallel roles, clause structure, agreement, and how often the thing was mentioned. No
feature looks at a word other than pronouns.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.claims.reference.mentions import REFLEXIVE, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token

_CLAUSES = frozenset("ROOT ccomp xcomp advcl advcl:relcl acl acl:relcl csubj csubj:pass parataxis".split())
_SUBJECT = frozenset("nsubj nsubj:pass nsubj:outer csubj".split())
_ARGUMENTS = frozenset("obj iobj".split())
#: Prepositions behind which a plain pronoun may still be the clause's subject ("she looked behind her").
_AROUND = frozenset("behind before around near above below beside between with after over under past".split())

#: Relations behind which a pronoun is no part of the phrase that it hangs on ("the man who lost his dog", "Holm and her husband").
_PASSING = frozenset("acl acl:relcl conj advcl advcl:relcl parataxis ccomp".split())

Features = dict[str, float]
Weights = dict[str, dict[str, float]]

#: What :func:`factcheck.claims.training.gap.fitted_weights` found on GAP's validation set and on GUM's training documents.
WEIGHTS_FILE = Path(__file__).with_name("salience.json")


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The fitted weight of every feature, by the plain form of the pronoun; features that earned none are left out."""
    found: Weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return {"he": found["person"], "she": found["person"], "it": found["it"], "they": found["they"]}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the text so far says of a candidate's entity.

    count: its mentions before the pronoun. between: agreeing entities mentioned between the two. earlier: whether the pronoun
    of the same form before this one was resolved to it. first: whether no agreeing entity was mentioned before it.
    """

    count: int
    between: int
    earlier: bool
    first: bool


def role(token: Token) -> str:
    """subject, object, possessor, oblique or other; a conjunct and an apposition have the role of what they are joined to."""
    for _ in range(4):
        if token.dep_ not in ("conj", "appos", "flat"):
            break
        token = token.head
    if token.dep_ in _SUBJECT:
        return "subject"
    if token.dep_ in _ARGUMENTS:
        return "object"
    if token.dep_ == "nmod:poss":
        return "possessor"
    return "oblique" if token.dep_.split(":")[0] in ("obl", "nmod") else "other"


def clause(token: Token) -> Token:
    """The predicate of the smallest clause that holds ``token`` (a conjunct is a clause only if it is a predicate)."""
    at = token
    while at.head.i != at.i:
        if at.i != token.i and (at.dep_ in _CLAUSES or (at.dep_ == "conj" and _is_predicate(at))):
            return at
        at = at.head
    return at


def _is_predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ in _SUBJECT or c.dep_ == "cop" for c in token.children)


def subject(predicate: Token) -> Token | None:
    """The subject of a predicate, its own or the one that it shares."""
    at = predicate
    for _ in range(5):
        own = next((c for c in at.children if c.dep_ in _SUBJECT), None)
        if own is not None:
            return own
        if at.head.i == at.i or at.dep_ not in ("conj", "xcomp", "advcl"):
            return None
        if at.dep_ == "advcl" and any(c.dep_ == "mark" for c in at.children):
            return None
        if at.dep_ == "xcomp" and (object_ := next((c for c in at.head.children if c.dep_ in _ARGUMENTS), None)) is not None:
            return object_  # "asked him to leave": he leaves
        at = at.head
    return None


def may_corefer(doc: Doc, pronoun: Mention, mention: Mention) -> bool:
    """Whether grammar allows it: the binding conditions, and no pronoun inside the phrase that it stands for."""
    p, m = doc[pronoun.head], doc[mention.head]
    if p.sent != m.sent:
        return p.lower_ not in REFLEXIVE
    if mention.kind != "pronoun" and _inside(p, m):
        return False
    if mention.kind == "group" and mention.start <= p.i < mention.end:
        return False
    if mention.start > p.i and not _forward(p, m):
        return False
    if p.dep_ == "nmod:poss":
        return True
    mine, theirs = clause(p), clause(m)
    if p.lower_ in REFLEXIVE:
        return mine.i == theirs.i or (own := subject(mine)) is None or own.i == m.i
    if p.dep_ == "conj" and p.head.i == m.i:
        return False
    together = mine.i == theirs.i and p.head.i == m.head.i and m.dep_ != "nmod:poss"
    shared = subject(mine)
    is_subject = shared is not None and shared.i == m.i
    if p.dep_ in _ARGUMENTS:
        return not (together and role(m) in ("subject", "object")) and not is_subject
    if p.dep_.startswith("obl") and (together or is_subject) and role(m) in ("subject", "object"):
        return any(c.dep_ == "case" and c.lower_ in _AROUND for c in p.children)
    return not (p.dep_ in _SUBJECT and together and role(m) in ("object", "oblique"))


def _inside(p: Token, m: Token) -> bool:
    """Whether ``p`` stands in the phrase of ``m`` itself: not behind a clause that describes it, nor in a phrase joined to it."""
    at, passed = p, False
    while at.head.i != at.i:
        if at.i == m.i:
            return not passed
        beside = at.dep_ == "nmod" and not any(c.dep_ == "case" and c.lower_ == "of" for c in at.children)
        passed |= beside or at.dep_ in _PASSING or at.dep_ in _SUBJECT
        at = at.head
    return at.i == m.i and p.i != m.i and not passed and m.pos_ in ("NOUN", "PROPN")


def _forward(p: Token, m: Token) -> bool:
    """Whether ``p`` may point forward to ``m``: from a clause or phrase put before the main clause to its subject."""
    if m.dep_ not in _SUBJECT:
        return False
    main, at = m.head, p
    while at.head.i != at.i:
        if at.head.i == main.i:
            return at.i < m.i and (at.dep_ == "advcl" or (at.dep_ == "obl" and p.dep_ == "nmod:poss"))
        at = at.head
    return False


def features(doc: Doc, pronoun: Mention, mention: Mention, sentences: Mapping[int, int], standing: Standing) -> Features:
    """The features of one candidate. sentences: the sentence number of every token."""
    p, m = doc[pronoun.head], doc[mention.head]
    away = sentences[p.i] - sentences[m.i]
    mine, theirs = role(p), role(m)
    possessive = p.dep_ == "nmod:poss"
    near = "same" if away == 0 else "last" if away == 1 else "far"
    out = {f"sentence {min(away, 4)}": 1.0, f"{mention.kind}": 1.0, f"{theirs} {near}": 1.0, f"after {min(standing.between, 4)}": 1.0}
    out["often"] = math.log1p(standing.count)
    out.update(dict.fromkeys(_marks(doc, pronoun, mention, standing), 1.0))
    if mine == theirs:
        out[f"parallel {mine} {near}"] = 1.0
    if away == 0:
        out["distance"] = math.log1p(abs(p.i - m.i))
        out.update({f"{name}{' possessive' if possessive else ''}": 1.0 for name in _structure(p, m)})
    return out


def _marks(doc: Doc, pronoun: Mention, mention: Mention, standing: Standing) -> Iterator[str]:
    m = doc[mention.head]
    if standing.earlier:
        yield "earlier"
    if standing.first:
        yield "first"
    if mention.start > pronoun.head:
        yield "forward"
    if m.dep_ == "conj":
        yield "conjunct"
    if m.dep_ == "appos":
        yield "apposition"
    if m.dep_ == "dislocated":
        yield "dislocated"
    if m.i == m.sent.root.i:
        yield "root"
    if mention.kind == "nominal":
        yield "definite" if mention.definite else "indefinite"


def _structure(p: Token, m: Token) -> Iterator[str]:
    """Where the two stand to each other in one sentence's tree."""
    mine, theirs = clause(p), clause(m)
    own = subject(mine)
    if own is not None and own.i == m.i:
        yield "own subject"
    elif mine.i == theirs.i:
        yield "same clause"
    if own is not None and own.i != p.i and own.i != m.i and m.dep_ == "nmod:poss" and m.head.i == own.i:
        yield "owner of subject"
    outer = clause(mine) if mine.head.i != mine.i else None
    if outer is not None:
        above = subject(outer)
        kind = mine.dep_.split(":")[0]
        if above is not None and above.i == m.i and own is not m:
            yield f"subject above {kind}" if p.dep_ in _SUBJECT else f"subject above {kind} inner"
        if outer.i == theirs.i and m.dep_ in _ARGUMENTS:
            yield f"object above {kind}"
    if mine.dep_ in ("acl:relcl", "acl") and mine.head.i == m.i:
        yield "described"
    if p.dep_ == "nmod:poss" and p.head.dep_ == "conj" and p.head.head.i == m.i:
        yield "joined owner"
