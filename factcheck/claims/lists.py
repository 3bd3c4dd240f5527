"""Lists: which may be told one by one, and what is given as an example.

What two do together ('A and B met') is not what each does; nor is a sum told of several what each of them got.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.claims.phrases import SUBJECTS, Words, conjuncts, coordinator, is_along, is_negative, is_plural, phrase, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What two do together is not what each does.
_TOGETHER = frozenset(
    """merge marry meet agree share divorce collide differ unite join combine exchange negotiate compete fight clash talk play
    total amount consist compare mix link pair connect separate divide split balance weigh""".split()
)

#: What two do each: 'France and Italy signed the treaty' says that France did.
_EACH = frozenset(
    """sign attend visit die resign arrive travel star appear graduate vote condemn deny approve reject suffer qualify retire criticise
    criticize welcome oppose back ratify recognise recognize speak testify plead return""".split()
)

#: What is done to several is done to each: 'Smith and Jones were killed', not 'Smith and Jones killed two men'.
_BEFALLS = frozenset("kill injure hurt wound shoot arrest detain charge jail sentence suspend sack evacuate rescue displace drown".split())

#: Verbs by which what is said of several things is said of each: 'charged with murder and arson', 'known for his wit and charm'.
_EACH_OF = frozenset(
    "know charge convict accuse suspect acquit clear praise criticise criticize blame thank inspire influence characterise".split()
)

_BETWEEN = frozenset({"between", "both", "together", "either", "neither", "among", "each", "respectively", "respective"})


def alternatives(head: Token, governor: Token) -> list[Words]:
    """A phrase, or its conjuncts one by one, each with the case or mark that the first shares with all; and its examples likewise.

    'In films, including A and B' gives 'in films', 'in A' and 'in B'.
    """
    parts = conjuncts(head)
    apart = len(parts) > 1 and _separable(head, governor)
    if len(parts) > 1 and not apart:
        return [phrase(head)]
    shared = [c for c in head.children if c.dep_ in ("case", "mark") and c.i < head.i]
    out = []
    for part in parts:
        given = examples(part) if _distributes(head, governor) else []
        if given and any(i > given[-1].right_edge.i for i in phrase(part)):
            return [phrase(head)]  # whether what follows is an example too is open
        others = {p.i for p in parts if p.i != part.i} | {c.i for c in part.children if c.dep_ in ("cc", "cc:preconj")}
        words = set(phrase(part, leave_out=frozenset(others.union(e.i for e in given))))
        if part.i != head.i and not any(c.dep_ in ("case", "mark") for c in part.children):
            words |= {i for c in shared for i in phrase(c)}
        out.append(trimmed(head, words))
        for one in (c for e in given for c in conjuncts(e) if c.pos_ in ("NOUN", "PROPN") and c.lower_ not in ("others", "more")):
            own = {c.i for c in one.children if c.dep_ in ("cc", "cc:preconj", "conj", "case")}
            named = [i for i in phrase(one, leave_out=frozenset(own)) if head.doc[i].dep_ != "cc" or i > one.i]
            out.append(trimmed(head, {*named, *(i for c in shared for i in phrase(c))}))
    return out


def companion(governor: Token) -> Token | None:
    """Who did or underwent the same: the aides in 'was arrested along with two aides'."""
    beside = [c for c in governor.children if c.dep_ == "obl" and c.left_edge.i and is_along(c.doc[c.left_edge.i - 1])]
    return beside[0] if beside and _is_of_each(governor) and not any(is_negative(c) or c.tag_ == "MD" for c in governor.children) else None


def is_told_apart(part: Token, governor: Token) -> bool:
    """Whether a list that its verb needs may be told one by one: an object, what is known or charged, what has examples."""
    return part.dep_ in ("obj", "xcomp") or governor.lemma_ in _EACH_OF or bool(examples(part))


def examples(noun: Token) -> list[Token]:
    """Heads of what is given as an example of a noun: 'banks such as A and B', 'twelve people, including two children'."""
    return [c for c in noun.children if c.dep_ == "nmod" and c.pos_ in ("NOUN", "PROPN") and any(map(_is_example, c.children))]


def _is_example(mark: Token) -> bool:
    return mark.dep_ == "case" and (mark.lower_ == "including" or (mark.lower_ == "such" and any(c.lower_ == "as" for c in mark.children)))


def is_such_as(word: Token) -> bool:
    """Whether a word is one of the two of 'such as'."""
    return _is_example(word) or (word.lower_ == "as" and _is_example(word.head))


def _distributes(head: Token, governor: Token) -> bool:
    """Whether what is said of several is said of each: 'twelve people died' of two that are among them."""
    if governor.lemma_ in _TOGETHER or any(is_negative(c) for c in governor.children):
        return False
    if head.dep_ not in SUBJECTS:
        return True
    if any(t.lower_ in ("their", "them", "they") for t in governor.subtree):
        return False
    helped = [c for c in governor.children if c.dep_ in ("aux", "aux:pass", "cop")]
    several = all(is_plural(list(c.subtree)) for e in examples(head) for c in conjuncts(e)) and is_plural([head])
    return _is_of_each(governor) and (several or not helped)


def _is_of_each(governor: Token) -> bool:
    """Whether a verb in the past tells of each of its subjects."""
    passive = any(c.dep_ == "aux:pass" for c in governor.children)
    return "Tense=Past" in str(governor.morph) and (governor.lemma_ in _EACH or (passive and governor.lemma_ in _BEFALLS))


def _separable(head: Token, governor: Token) -> bool:
    """Whether 'A and B' may be told as A and as B."""
    parts = conjuncts(head)
    joined = coordinator(head)
    denied = any(is_negative(c) for c in governor.children)
    if denied != (joined in ("or", "nor")) or joined not in ("and", "as", "&", "", "or", "nor"):
        return False
    if any(t.lower_ in _BETWEEN for t in head.subtree) or governor.lemma_ in _TOGETHER or not _is_list(parts) or _shares(parts):
        return False
    if head.dep_ in SUBJECTS:
        # 'X and Y agree' is not 'X agrees', 'X and Y wrote' is not 'X wrote'; and a verb in the present would have to be bent.
        past = "Tense=Past" in str(governor.morph) and not any(c.dep_ in ("aux", "aux:pass", "cop") for c in governor.children)
        return past and governor.lemma_ in _EACH and all(p.pos_ == "PROPN" for p in parts)
    if head.dep_ == "xcomp":
        return all(p.pos_ == "VERB" for p in parts) and not any(c.i > parts[1].i for c in head.children if c.dep_ in ("obj", "obl"))
    if head.dep_ in ("obl", "obl:unmarked", "obl:agent", "advcl", "advmod"):
        # 'In cash and shares' is not 'in cash'.
        own = all(any(c.dep_ == "case" for c in p.children) for p in parts)
        return own or all(p.pos_ == "PROPN" for p in parts) or (governor.lemma_ in _EACH_OF and all(p.pos_ == "NOUN" for p in parts))
    return True


def _shares(parts: Sequence[Token]) -> bool:
    """Whether what follows may belong to all conjuncts: 'the sale and export of ivory'."""
    after = [[c for c in p.children if c.dep_ in ("nmod", "acl", "acl:relcl", "obl") and c.i > p.i] for p in parts]
    if parts[0].pos_ == "VERB":
        return False
    late = any(c.i > parts[1].i for c in after[0])
    placed = any(c.dep_ in ("det", "nmod:poss", "nummod") for c in parts[-1].children) or parts[-1].pos_ == "PROPN"
    return late or (bool(after[-1]) and not placed and not any(after[:-1]))


def is_mixed(head: Token) -> bool:
    """Whether what is joined to a phrase belongs elsewhere: 'gold in the 5,000m and silver in the 10,000m'."""
    parts = conjuncts(head)
    if len(parts) == 1 or head.dep_ != "obl" or not any(c.dep_ == "case" for c in head.children):
        return False
    placed = any(c.dep_ == "det" for c in head.children)
    bare = parts[-1].pos_ == "NOUN" and not any(c.dep_ in ("det", "case", "amod", "nummod", "nmod:poss") for c in parts[-1].children)
    return len({_kind(p) for p in parts}) > 1 or (placed and bare)


def _kind(token: Token) -> str:
    return "NOUN" if token.pos_ in ("NOUN", "PROPN", "PRON") else str(token.pos_)


def _is_list(parts: Sequence[Token]) -> bool:
    """Whether conjuncts are of one kind and stand behind a comma or coordinator each; sums and measures are one thing together."""
    kinds = {_kind(p) for p in parts}
    if len(kinds) > 1 or "NUM" in kinds or any(p.ent_type_ in ("Money", "Date") for p in parts):
        return False
    if parts[0].ent_type_ and any(p.ent_iob_ == "I" for p in parts[1:]):
        return False
    return all(any(c.dep_ in ("cc", "punct") and c.i < p.i for c in p.children) for p in parts[1:])
