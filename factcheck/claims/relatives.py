"""Clauses that hang on a noun, told of the thing itself: relative clauses, participles, and what 'a lawyer who …' says of a person.

The pronoun gives way to what it stands for: 'the flat, which he bought in 2010' says that he bought the flat in 2010.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Clause, Pieces, has_own_subject, vouches
from factcheck.claims.phrases import SUBJECTS, has_subject, is_plural, phrase, share

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Places that one is at, and places that one is in; of other nouns 'where' says too little.
_AT = frozenset("university college school institute academy hospital club station airport stadium museum factory plant court".split())
_IN = frozenset("city town village country region district state province county capital area island valley".split())

#: Participles that tell a state, which holds as long as what the sentence tells: 'a firm based in Rome'.
_STATES = frozenset("known based located situated called named owned run headed led chaired married related".split())

_OVER = frozenset({"formerly", "previously", "once", "originally", "then"})

#: Subjects of which a description is none: 'it was a strike that ended the war', 'there is a rule that …'.
_EMPTY = frozenset("it this that there these those what which who here".split())


def be(head: Token, subject: Pieces) -> str:
    """A form of 'be' for ``subject``, in the time of the clause of ``head``."""
    verbs = [head, *(c for c in head.children if c.dep_ in ("aux", "cop", "aux:pass"))]
    # What was founded or built was so once, whatever the time of the sentence.
    past = any("Tense=Past" in str(v.morph) and ("VerbForm=Fin" in str(v.morph) or v.dep_ in ("acl", "advcl")) for v in verbs)
    many = is_plural([head.doc[i] for i in subject if isinstance(i, int)])
    return ("were" if past else "are") if many else ("was" if past else "is")


def governing(token: Token) -> Token:
    """The predicate of the clause that a phrase stands in."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX") and not has_subject(token):
        token = token.head
    return token


def is_participle(clause: Token) -> bool:
    """Whether a clause without a subject tells what its noun did or underwent: 'built in 1932', 'carrying 90 people'."""
    return (
        clause.dep_ == "acl"
        and clause.tag_ in ("VBN", "VBG")
        and not any(c.dep_ in SUBJECTS or c.tag_ == "WRB" or c.lower_ == "having" for c in clause.children)
    )


def participle(clause: Token, thing: Pieces) -> Clause:
    """A participle as a clause about ``thing``."""
    lasts = clause.lower_ in _STATES and not any(c.lower_ in _OVER for c in clause.children)
    timed = clause if clause.tag_ == "VBN" and not lasts else governing(clause.head)
    return Clause(clause, thing, link=be(timed, thing))


def relative(clause: Token, thing: Pieces) -> Iterator[Clause]:
    """A relative clause told of ``thing``, its antecedent; nothing where the pronoun's part in it is not plain."""
    pronoun = next((t for t in _opening(clause) if t.tag_ in ("WP", "WDT", "WP$", "WRB")), None)
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if (part := share(clause)) is not None:
        yield Clause(clause, tuple(j for i in phrase(part) for j in (thing if clause.doc[i].tag_ in ("WP", "WDT") else (i,))))
    if pronoun is None:
        return
    skip, doc = frozenset({pronoun.i}), clause.doc
    if pronoun.dep_ in SUBJECTS and pronoun.head.i == clause.i:
        yield Clause(clause, thing, skip=skip)
    elif subject is None:
        return
    elif pronoun.tag_ == "WP$" and pronoun.head.i == subject.i:
        owned = tuple(i for i in phrase(subject) if i != pronoun.i)
        last = next((doc[i] for i in reversed(thing) if isinstance(i, int)), pronoun)
        possessive = "'" if last.lower_.endswith("s") and last.pos_ == "NOUN" else "'s"
        yield Clause(clause, (*thing, possessive, *owned), skip=frozenset({pronoun.i, subject.i}))
    elif pronoun.lower_ in ("whom", "which") and pronoun.head.i == subject.i:
        told = tuple(j for i in phrase(subject) for j in (thing if i == pronoun.i else (i,)))  # 'many of whom'
        yield Clause(clause, told, skip=frozenset({subject.i}))
    elif pronoun.lower_ == "where" and any(c.dep_ in ("obj", "obl", "cop", "xcomp") for c in clause.children):
        yield Clause(clause, skip=skip, filler=_place(clause.head, thing))
    elif pronoun.dep_ == "obj" and pronoun.head.pos_ == "VERB" and pronoun.head.i >= clause.i:
        particle = next((c.i for c in pronoun.head.children if c.dep_ == "compound:prt"), pronoun.head.i)
        yield Clause(clause, skip=skip, filler=thing, behind=particle)
    elif pronoun.dep_ == "obl" and pronoun.head.i == clause.i and (case := [c.i for c in pronoun.children if c.dep_ == "case"]):
        yield Clause(clause, skip=skip, filler=(*case, *thing))


def _opening(clause: Token) -> Iterator[Token]:
    """Words of a clause up to its predicate."""
    return (t for t in clause.subtree if t.i <= clause.i)


def _place(noun: Token, thing: Pieces) -> Pieces:
    """'In' or 'at' a place; nothing where it is open which."""
    if noun.ent_type_ == "Location" or noun.lemma_ in _IN:
        return ("in", *thing)
    return ("at", *thing) if noun.ent_type_ in ("Organization", "Facility") or noun.lower_ in _AT else ()


def descriptions(head: Token, subject: Pieces) -> list[Token]:
    """Clauses on what a predicate says ``subject`` to be that hold of the subject alone: 'She is a lawyer who lost …' says that she lost.

    Only behind 'a': 'the only MP who …' and 'the man who …' say which one is meant.
    """
    kids = list(head.children)
    named = [head.doc[i] for i in subject if isinstance(i, int)]
    first = named[0] if named else None
    single = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in kids)
    if head.pos_ != "NOUN" or not single or not any(c.dep_ == "cop" for c in kids) or not vouches(head):
        return []
    told = [c for c in kids if c.i > head.i and _speaks_of(c)]
    if first is None or first.lower_ in _EMPTY or not any(t.pos_ in ("NOUN", "PROPN") or t.tag_ == "PRP" for t in named):
        return []
    # Whether what stands behind such a clause belongs to it is open: 'He is a lawyer who has sat in the House since 2007'.
    late = any(c.i > d.i and c.dep_ in ("obl", "obl:unmarked") for d in told for c in kids)
    return [] if late or any(c.dep_ in ("advcl", "expl") for c in kids) else told


def _speaks_of(clause: Token) -> bool:
    """Whether the subject of a clause on a noun is that noun."""
    if is_participle(clause):
        return any(c.dep_ in ("obj", "obl", "xcomp", "obl:agent", "advcl") for c in clause.children)
    own = [c for c in clause.children if c.dep_ in SUBJECTS]
    return clause.dep_ == "acl:relcl" and has_own_subject(clause) and own[0].tag_ in ("WP", "WDT")
