"""Clauses whose verb is understood: 'France supplies the engines and Italy the hulls' says that Italy supplies the hulls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.clauses import is_condition, is_time
from factcheck.claims.phrases import SUBJECTS, Words, is_negative, is_plural, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs that take two objects without a gap: 'gave the boys and the girls a ball', 'called Smith and Jones the best'.
_TWO_OBJECTS = frozenset(
    """give send show offer tell teach lend pay sell buy bring hand award grant promise owe cost ask get find call name elect make
    appoint declare consider deem think crown brand win earn""".split()
)


@dataclass(frozen=True, slots=True)
class Gap:
    """The clause before a gap, and the one with it, as words of the document; the second takes its verb from the first."""

    before: Words
    after: Words


def gap(head: Token) -> Gap | None:
    """The two clauses that a verb stands for, where two noun phrases without a verb follow the first one's object.

    Only a noun phrase that starts right behind a noun gives a gap away: in 'JLR the design', nothing else can be meant.
    """
    doc = head.doc
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    goal = next((c for c in head.children if c.dep_ == "obj"), None) if head.pos_ == "VERB" else head if head.pos_ == "NOUN" else None
    if subject is None or goal is None or goal.i < subject.i or head.lemma_ in _TWO_OBJECTS or not _is_plain(head):
        return None
    end = max(t.i for t in head.subtree)
    for second in range(goal.i + 3, end + 1):
        if not _opens(doc[second]) or doc[second - 1].pos_ not in ("NOUN", "PROPN"):
            continue
        first = second - 1
        while first > goal.i + 1 and doc[first - 1].text != "," and doc[first - 1].dep_ != "cc":
            first -= 1
        new_subject, rest = [doc[i] for i in range(first, second)], [doc[i] for i in range(second, end + 1)]
        if first == goal.i + 1 or any(t.pos_ in ("VERB", "AUX", "ADP", "PRON") and t.tag_ != "PRP$" for t in new_subject):
            return None
        if any(t.pos_ in ("VERB", "AUX") or is_time(t) for t in rest) or not _agrees(head, new_subject):
            return None
        verb = {c.i for c in head.children if c.dep_ in ("aux", "cop") and subject.i < c.i < goal.i}
        verb |= {head.i} if head.i != goal.i else set()
        start = min(t.i for t in head.subtree)
        joined = first - 2 if doc[first - 1].dep_ == "cc" and doc[first - 2].text == "," else first - 1
        before = trimmed(head, set(range(start, joined)))
        told = trimmed(head, set(range(first, end + 1)))
        return Gap(before, (*(i for i in told if i < second), *sorted(verb), *(i for i in told if i >= second)))
    return None


def _is_plain(head: Token) -> bool:
    """Whether nothing stands beside a clause that would hold for its second half too, or be lost there."""
    before = [c for c in head.children if c.dep_ in ("advcl", "obl", "obl:unmarked", "advmod", "mark") and c.i < head.i]
    denied = any(is_negative(t) for t in head.subtree) or any(is_condition(c) for c in head.children if c.dep_ == "advcl")
    extra = any(c.dep_ in ("xcomp", "ccomp", "iobj", "aux:pass") for c in head.children)
    return head.dep_ == "ROOT" and not before and not denied and not extra


def _opens(token: Token) -> bool:
    return token.lower_ in ("a", "an", "the") or token.tag_ == "PRP$"


def _agrees(head: Token, subject: list[Token]) -> bool:
    """Whether the verb can stand behind the new subject as it is."""
    old = next(c for c in head.children if c.dep_ in SUBJECTS)
    verb = next((c for c in head.children if c.dep_ in ("cop", "aux")), head)
    past = "Tense=Past" in str(verb.morph) and verb.lemma_ != "be"
    modal = verb.tag_ == "MD"
    return past or modal or is_plural(subject) == is_plural(list(old.subtree))
