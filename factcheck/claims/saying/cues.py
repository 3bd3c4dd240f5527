"""Clauses and noun phrases around a reporting cue, as token indices of a document with Universal Dependencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.saying.lexicon import REFRAINING
from factcheck.claims.saying.quotation import MARKS
from factcheck.types import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EDGES = frozenset(", . ; : - – — -- ... …".split())
#: What belongs to a noun phrase whatever else its noun does in the sentence.
_NOMINAL = frozenset(
    "det det:predet amod nummod compound flat fixed cc:preconj goeswith appos nmod nmod:poss nmod:desc nmod:unmarked acl punct".split()
)
_CLAUSES = frozenset("ROOT ccomp advcl acl:relcl acl parataxis csubj conj".split())
_NEGATIVE = frozenset("not n't n’t never nor".split())
_NOBODY = frozenset("no nobody none neither nothing noone".split())
#: Auxiliaries that tell what is not, or not yet, said; "can confirm" does confirm.
_MODALS = frozenset("may might could should would will 'll ’ll must shall wo 'd ’d".split())
_FUTURE = frozenset("would will 'll ’ll 'd ’d".split())
#: Conjunctions under which a cue does not report that the thing was said.
_UNREAL = frozenset("if unless whether without".split())
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting expression. tokens, speaker and content are token indices in text order.

    anchor: its main word. content: the clause said, as far as the syntax shows one; empty where only a quotation can supply it.
    quotable: whether a quotation next to it is its content. wh: whether the clause is a question. loose: whether the cue stands
    apart from the clause ("police say" between commas). negated: whether the cue leaves the content unsaid.
    """

    anchor: int
    tokens: tuple[int, ...]
    speaker: tuple[int, ...]
    content: tuple[int, ...]
    stance: Stance
    negated: bool = False
    quotable: bool = False
    wh: bool = False
    loose: bool = False


def trimmed(doc: Doc, tokens: Iterable[int]) -> tuple[int, ...]:
    """Token indices in order, without white space, quotation marks, and stops, commas and dashes at either end."""
    kept = sorted(i for i in set(tokens) if not doc[i].is_space and (doc[i].text not in MARKS or doc[i].tag_ == "POS"))
    while kept and doc[kept[-1]].text in _EDGES:
        kept.pop()
    while kept and doc[kept[0]].text in _EDGES:
        del kept[0]
    return tuple(kept)


def children(token: Token, *relations: str) -> list[Token]:
    """Dependents of a token with one of the relations, in text order."""
    return [c for c in token.children if c.dep_ in relations]


def under(token: Token) -> set[int]:
    """A token and all that hangs on it."""
    return {t.i for t in token.subtree}


def clause(head: Token, without: Iterable[int] = ()) -> tuple[int, ...]:
    """A clause's words without what joins it to its governor: "that", "because", "and"; a question keeps its "whether"."""
    gone = set(without)
    out = under(head) - gone
    # The commas of a remark set apart go with it.
    out -= {i for i in out if head.doc[i].text == "," and not gone.isdisjoint((i - 1, i + 1))}
    for part in (head, *(c for c in head.conjuncts if c.i in out)):
        joining = [c for c in children(part, "mark") if c.lower_ not in ("to", "whether", "if")]
        out -= {i for c in joining if part == head or c.lower_ == "that" for i in under(c)}
    # Behind a semicolon the writer may speak again.
    apart = [c for c in head.subtree if c.dep_ in ("conj", "parataxis") and c.i > head.i and children(c, "nsubj", "nsubj:pass")]
    out -= {i for c in apart if c.left_edge.i > 0 and head.doc[c.left_edge.i - 1].text == ";" for i in under(c)}
    if head.dep_ == "conj":
        out -= {c.i for c in children(head, "cc")}
    return trimmed(head.doc, out)


def phrase(noun: Token) -> tuple[int, ...]:
    """A noun phrase with title and apposition, without its preposition and without clauses and asides that only add to it."""
    doc, out = noun.doc, {noun.i}
    predicate = bool(children(noun, "cop", "nsubj"))
    for child in noun.children:
        adds = child.dep_ == "acl" and child.left_edge.i > 0 and doc[child.left_edge.i - 1].text == ","
        if (child.dep_ in _NOMINAL and not adds) or (child.dep_ == "conj" and not predicate) or (child.dep_ == "case" and child.i > noun.i):
            out |= under(child)
    for child in noun.subtree:
        if child.dep_ in ("acl:relcl", "parataxis", "advcl") and child != noun:
            out -= under(child)
    return trimmed(doc, out)


def finite(head: Token) -> bool:
    """Whether a clause has a finite verb or a "that"."""
    own = [head, *children(head, "aux", "aux:pass", "cop")]
    joined = any(c.lower_ == "that" for c in children(head, "mark"))
    return joined or any("Fin" in t.morph.get("VerbForm", []) or t.tag_ in ("VBD", "VBP", "VBZ", "MD") for t in own)


def infinitive(head: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.lower_ == "to" for c in children(head, "mark", "aux"))


def question(head: Token) -> bool:
    """Whether a clause is a question: "whether …", or a question word that belongs to it and not to a clause inside it."""
    if any(c.lower_ in ("whether", "if") for c in children(head, "mark")):
        return True
    first = next((t for t in head.subtree if not t.is_punct and not t.is_space), head)
    if first.tag_ not in ("WP", "WP$", "WRB", "WDT") or children(first, "acl:relcl"):
        return False  # "said what began as a protest …" has a thing for a subject
    up = first
    while up != head:
        if up.dep_ in ("advcl", "acl", "acl:relcl", "csubj", "ccomp"):
            return False
        up = up.head
    return True


def introduced_by_as(token: Token) -> bool:
    """Whether a clause opens with "as"."""
    return any(c.lower_ == "as" for c in children(token, "mark", "advmod", "case"))


def clause_head(token: Token, *, outermost: bool = False) -> Token:
    """The head of the finite clause that a token stands in; ``outermost``: of the one that this is an object or adverbial of."""
    while token.head != token and (token.dep_ not in _CLAUSES or not finite(token) or (outermost and token.dep_ in ("ccomp", "advcl"))):
        token = token.head
    return token


def subject_of(token: Token, steps: int = _MOST_STEPS) -> Token | None:
    """Who a verb is about: its own subject, or the one it shares with the clause it hangs on. A relative pronoun gives its noun."""
    own = children(token, "nsubj", "nsubj:pass")
    if own:
        subject = own[-1]
        if subject.tag_ in ("WP", "WDT") or (subject.lower_ == "that" and token.dep_ == "acl:relcl"):
            relative = next((t for t in (token, *token.ancestors) if t.dep_ == "acl:relcl"), None)
            return relative.head if relative is not None else None
        return subject
    if steps == 0 or children(token, "csubj", "expl"):
        return None
    head = token.head
    if token.dep_ == "acl":
        return head if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else None
    hangs = token.dep_ in ("xcomp", "ccomp", "advcl") and not finite(token)
    # "Asked him to say": who is to say it is the object, and which verbs work so the syntax does not tell.
    if not (hangs or token.dep_ == "conj") or (token.dep_ in ("xcomp", "ccomp") and children(head, "obj", "iobj")):
        return None
    return subject_of(head, steps - 1)


def cue_tokens(token: Token) -> tuple[tuple[int, ...], bool]:
    """A verb with auxiliaries, negations and governing verbs ("has declined to say"); and whether these refrain from saying."""
    out, refrains, at = set[int](), False, token
    for _ in range(_MOST_STEPS):
        out |= {at.i, *(c.i for c in children(at, "aux", "aux:pass", "compound:prt"))}
        out |= {c.i for c in children(at, "advmod") if c.lower_ in _NEGATIVE}
        refrains = refrains or (at != token and at.lemma_.lower() in REFRAINING)
        if at.dep_ != "xcomp" or at.head.pos_ not in ("VERB", "AUX", "ADJ") or children(at.head, "obj"):
            break
        out |= {c.i for c in children(at, "mark") if c.lower_ == "to"}
        at = at.head
    return tuple(sorted(out)), refrains


def unsaid(token: Token, words: Iterable[int], stance: Stance) -> bool:
    """Whether a cue leaves its content unsaid: negated, asked about, or no more than possible, conditional or still to come."""
    doc = token.doc
    own = [doc[i] for i in words]
    subjects = children(token, "nsubj", "nsubj:pass")
    if any(t.lower_ in _NEGATIVE for t in own) or any(_nobody(s) for s in subjects):
        return True
    unreal = {t.lower_ for t in own if t.tag_ == "MD"} & _MODALS
    performs = any(s.lower_ in ("i", "we") for s in subjects) or stance in ("expects", "hopes", "fears", "believes", "plans")
    if unreal and not (performs and unreal <= _FUTURE):
        return True
    if any(c.lower_ in _UNREAL for c in children(token, "mark")):
        return True
    if token.dep_ in ("xcomp", "ccomp") and token.tag_ == "VBG" and token.head.lemma_.lower() in REFRAINING:
        return True
    # "Did she say …?": an auxiliary before its subject, and a question mark.
    asked = any(a.i < s.i < token.i for s in subjects for a in children(token, "aux", "aux:pass"))
    return asked and any(t.text == "?" for t in token.sent if t.i > token.i)


def _nobody(subject: Token) -> bool:
    return subject.lower_ in _NOBODY or any(d.lower_ in _NOBODY for d in children(subject, "det", "advmod"))
