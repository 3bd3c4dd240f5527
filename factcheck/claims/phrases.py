"""Phrases of a dependency tree: the words of a noun phrase that name its thing, and what hangs on it as a statement of its own.

Relations are those of Universal Dependencies v2 (https://universaldependencies.org/u/dep/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.claims.reference import nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Token numbers in a document, in text order.
Words = tuple[int, ...]

#: What hangs on a noun phrase as a statement of its own when it is set off, or follows a name.
_ASIDES = frozenset({"acl:relcl", "acl", "appos", "parataxis", "advcl", "advcl:relcl"})

#: Quote marks, brackets and dashes stay inside a phrase; commas and stops at its edge go.
_EDGE = frozenset(",;:.–—-…")

_SET_OFF = frozenset({",", "–", "—", "-", "(", "[", "--"})

_AGE = re.compile("[1-9][0-9]?|1[01][0-9]")

_PEOPLE = nouns.PERSON | nouns.MALE | nouns.FEMALE

#: Relations of a subject to its predicate.
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl", "nsubj:outer"})

#: What is named behind these is some of the thing, not the thing.
_CHOOSING = frozenset("notably especially particularly mainly chiefly mostly primarily namely".split())


_NEGATIONS = frozenset({"not", "n't", "never", "no", "nor", "neither", "nobody", "nothing", "none", "hardly", "without", "cannot"})


def phrase(head: Token, *, leave_out: frozenset[int] = frozenset()) -> Words:
    """The words of ``head``'s phrase, without its asides (:func:`asides`) and without the subtrees of ``leave_out``."""
    return trimmed(head, _raw(head, leave_out))


def _raw(head: Token, leave_out: frozenset[int]) -> set[int]:
    out = {head.i}
    if head.left_edge.i and is_along(head.doc[head.left_edge.i - 1]):
        out.add(head.left_edge.i - 1)
    for child in head.children:
        if child.i not in leave_out and not is_aside(child):
            out |= _raw(child, leave_out)
    return out


def is_along(word: Token) -> bool:
    """Whether a word is the first of 'along with'."""
    return word.lower_ == "along" and word.i + 1 < len(word.doc) and word.nbor().lower_ == "with"


def trimmed(token: Token, words: set[int]) -> Words:
    """``words`` of ``token``'s document in text order, without commas and stops at the edges and beside gaps."""
    doc, out = token.doc, sorted(words)
    while out and doc[out[0]].text in _EDGE:
        out.pop(0)
    while out and doc[out[-1]].text in _EDGE:
        out.pop()
    kept: list[int] = []
    for k, i in enumerate(out):
        gap = (k and out[k - 1] != i - 1) or (k + 1 < len(out) and out[k + 1] != i + 1)
        # A hyphen within a word is no edge: 'the pan-democrat'.
        inner = doc[i].text in "-–" and 0 < k < len(out) - 1 and not doc[i].whitespace_ and not doc[i - 1].whitespace_
        # Commas around a name that stands beside its description come as a pair, or not at all.
        beside = doc[i].text == "," and doc[i].head.dep_ == "appos" and doc[i].head.pos_ == "PROPN"
        if not beside and (inner or not (gap and doc[i].text in _EDGE)):
            kept.append(i)
    return _balanced(token, kept)


def _balanced(token: Token, words: list[int]) -> Words:
    """Without brackets and quote marks whose partner is not among the words."""
    doc = token.doc
    texts = [doc[i].text for i in words]
    drop: set[int] = set()
    for opening, closing in (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»")):
        depth: list[int] = []
        for k, text in enumerate(texts):
            if text == opening:
                depth.append(k)
            elif text == closing:
                if depth:
                    depth.pop()
                else:
                    drop.add(k)
        drop.update(depth)
    straight = [k for k, text in enumerate(texts) if text in ('"', "``", "''")]
    if len(straight) % 2:
        drop.add(straight[0] if straight[0] == 0 else straight[-1])
    return tuple(i for k, i in enumerate(words) if k not in drop)


def is_aside(token: Token) -> bool:
    """Whether a dependent states something of its own: in brackets, an apposition, or a clause that is set off or says more of a name.

    A name beside its description stays with it ('the captain, Ridwan Sapar'): it says who is meant.
    """
    if age(token):
        return True
    if token.dep_ != "conj" and token.doc[_first(token)].text in ("(", "[") and token.dep_ != "punct":
        return not (is_named(token.head) and _is_year(token))  # 'Enid (2009)' is the name of one of several
    if token.dep_ not in _ASIDES or token.lower_ == "worth" or any(c.lower_ == "having" for c in token.children):
        return False
    if token.dep_ == "appos":
        return not (token.pos_ == "PROPN" and token.head.pos_ == "NOUN") and not _is_listed(token) and not _completes(token)
    again = token.dep_ == "acl:relcl" and token.doc[_first(token)].dep_ == "cc"  # '…, which cost £4m and which he sold'
    if token.dep_ == "parataxis" or set_off(token) or again or share(token) is not None:
        return True
    # 'The only MP to vote against it', 'the Europe that we knew': what follows says which one is meant.
    meant = any(c.dep_ in ("det", "amod", "nummod") for c in token.head.children)
    return token.head.pos_ == "PROPN" and token.tag_ != "VB" and not meant


def share(clause: Token) -> Token | None:
    """The subject of a relative clause where the analysis sets it beside the clause: 'many of whom are old'."""
    pronoun = clause.doc[max(_first(clause) - 1, 0)]
    part = pronoun.head
    found = clause.dep_ == "acl:relcl" and pronoun.tag_ in ("WP", "WDT") and part.dep_ == "appos" and part.head.i == clause.head.i
    return part if found and not any(c.dep_ in SUBJECTS for c in clause.children) else None


def _is_listed(token: Token) -> bool:
    """Whether what looks like an apposition is the second of a list: 'two cars, a knife and £5,000'."""
    return token.pos_ != "PROPN" and any(c.dep_ == "conj" for c in token.children) and not is_named(token.head)


def _completes(token: Token) -> bool:
    """Whether what looks like an apposition is a part of the name: 'the year 120', 'Paris, Texas', 'Night Bus: A Memoir'."""
    first = _first(token)
    number = (token.pos_ == "NUM" or token.text.isdigit()) and not set_off(token)
    place = is_named(token.head) and token.ent_type_ == "Location" and not any(c.dep_ == "det" for c in token.children)
    return number or place or (is_named(token.head) and is_named(token) and token.doc[first].text == ":")


def _is_year(token: Token) -> bool:
    return token.doc[token.left_edge.i : token.right_edge.i + 1].text.strip("(),").isdigit() and len(token.text) == 4


def age(token: Token) -> bool:
    """Whether a number between commas is the age of the person whose name it stands behind: 'Tom Finch, 47, …'."""
    if token.head.ent_type_ != "Person" or not _AGE.fullmatch(token.text) or token.i < token.head.i:
        return False
    doc = token.doc
    closed = token.i + 1 == len(doc) or doc[token.i + 1].text in (",", ".", ";")
    return doc[token.i - 1].text == "," and closed and doc[token.i - 2].ent_type_ == "Person" and token.dep_ != "conj"


#: Years from which to which a person may have lived.
_LIFETIME = range(18, 116)


def life(token: Token) -> tuple[int, int] | None:
    """The words that tell the first and last year of a life, in brackets behind a person's name: 'Omar Said (1921-1998)'."""
    inside = [t for t in token.subtree if t.pos_ != "PUNCT"]
    opened = token.doc[_first(token)].text == "(" and token.head.ent_type_ == "Person" and token.i > token.head.i
    if not opened or len(inside) != 3 or not re.fullmatch(r"[12]\d{3}[-–][12]\d{3}", "".join(t.text for t in inside)):
        return None
    return (inside[0].i, inside[2].i) if int(inside[2].text) - int(inside[0].text) in _LIFETIME else None


def is_named(token: Token) -> bool:
    """Whether a phrase is headed by a name."""
    return bool(token.pos_ == "PROPN")


def _beside_another(aside: Token) -> bool:
    """Whether a description stands behind another name than its thing: 'the work on the Orlo 8, the large van'; 'the head of Orlo, a cook'.

    Then it says nothing of the one, or nothing of the other.
    """
    thing = aside.head
    if is_named(aside):
        return False
    if is_named(thing):
        above = thing.dep_ == "nmod" and _is_person(thing.head)
        return _is_person(aside) and (above or thing.ent_type_ in ("Organization", "Location"))
    last = next((c for c in reversed(list(thing.children)) if c.dep_ == "nmod" and thing.i < c.i < aside.i), None)
    if last is None or last.right_edge.i < aside.left_edge.i - 2 or _is_person(thing):
        return False
    return is_named(last) or any(c.dep_ == "compound" and is_named(c) for c in last.children)


def _is_person(noun: Token) -> bool:
    return noun.lemma_.lower() in _PEOPLE


def is_apposition(aside: Token) -> bool:
    """Whether an apposition says what its thing is: a noun or a name, set off or closed up ('its parent JLR'), no sum and no date."""
    if is_one_of(aside):
        return set_off(aside)
    if aside.pos_ not in ("NOUN", "PROPN") or aside.ent_type_ in ("Money", "Date") or any(c.dep_ == "nummod" for c in aside.children):
        return False
    if not is_aside(aside) and aside.pos_ != "PROPN":
        return False
    if any(c.dep_ == "conj" and c.i < aside.i for c in aside.head.children):
        return False  # 'A and her husband, the actor B': of which of them it is said is open
    if any(c.dep_ == "det" and c.i > aside.left_edge.i and aside.doc[c.i - 1].pos_ in ("NOUN", "PROPN") for c in aside.children):
        return False  # 'Ajax bought a striker, Porto a goalkeeper': no one thing
    if _beside_another(aside):
        return False
    many = _number(aside.head) == "Plur" and not is_named(aside.head)
    if any(c.lower_ in _CHOOSING for c in aside.children) or (many and is_named(aside) and not coordinator(aside)):
        return False  # 'more than 120 films, most notably Night Bus'
    if is_named(aside) and sum(c.dep_ == "appos" and is_named(c) for c in aside.head.children) > 1:
        return False  # 'the series A, B and C': a list
    if aside.pos_ == "NOUN" and not is_named(aside.head) and _number(aside) != _number(aside.head):
        return False
    if len(list(aside.subtree)) <= 3 and aside.text.isupper() and aside.doc[aside.left_edge.i].text == "(":
        return False  # an acronym is another name, no fact
    return set_off(aside) or (aside.pos_ == "PROPN" and aside.head.pos_ == "NOUN")


def is_one_of(aside: Token) -> bool:
    """'The mine, one of the largest in the region'."""
    return (
        aside.lower_ == "one"
        and aside.head.pos_ in ("NOUN", "PROPN")
        and any(c.dep_ == "nmod" and c.pos_ != "PRON" for c in aside.children)
    )


def _number(token: Token) -> str:
    return "".join(token.morph.get("Number", []))


def asides(head: Token) -> Iterator[Token]:
    """Heads of the asides of a phrase, at any depth of it."""
    for child in head.children:
        if child.dep_ == "appos" or is_aside(child):
            yield child
        if not is_aside(child):
            yield from asides(child)


def set_off(token: Token) -> bool:
    """Whether a comma, dash or bracket stands before a dependent."""
    first = _first(token)
    before = token.doc[first - 1].text if first else ""
    return before in _SET_OFF or token.doc[first].text in _SET_OFF


def _first(token: Token) -> int:
    return int(token.left_edge.i)


def conjuncts(head: Token) -> list[Token]:
    """``head`` and what is coordinated with it, one behind the other or each with the one before, in text order."""
    out = [head]
    for c in head.children:
        if c.dep_ == "conj":
            out += [c, *(d for d in c.children if d.dep_ == "conj" and d.pos_ == c.pos_ != "VERB")]
    return out


def coordinator(head: Token) -> str:
    """The words that join ``head``'s conjuncts, lower case; "" if there is none."""
    return " ".join(sorted({str(c.lower_) for conjunct in conjuncts(head)[1:] for c in conjunct.children if c.dep_ == "cc"}))


def is_negative(token: Token) -> bool:
    """Whether a word denies."""
    return token.lower_ in _NEGATIONS or "Polarity=Neg" in str(token.morph)


def has_subject(token: Token) -> bool:
    """Whether a word is the predicate of a clause with a subject or copula of its own."""
    return any(c.dep_ in SUBJECTS or c.dep_ == "cop" for c in token.children)


def is_plural(words: Sequence[Token]) -> bool:
    """Whether a phrase asks for a plural verb: two joined by 'and', or a plural head."""
    inside = {t.i for t in words}
    tops = [t for t in words if t.head.i not in inside or t.head.i == t.i]
    joined = any(t.dep_ == "cc" and t.lower_ in ("and", "&") and t.head.dep_ == "conj" and t.head.head in tops for t in words)
    return joined or any("Number=Plur" in str(t.morph) for t in tops)
