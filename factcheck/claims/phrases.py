"""Phrases of a dependency tree: the words of a noun phrase that name its thing, and what hangs on it as a statement of its own.

Relations are those of Universal Dependencies v2 (https://universaldependencies.org/u/dep/).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Token numbers in a document, in text order.
Words = tuple[int, ...]

#: What hangs on a noun phrase as a statement of its own when it is set off, or follows a name.
_ASIDES = frozenset({"acl:relcl", "acl", "appos", "parataxis", "advcl", "advcl:relcl"})

#: Quote marks, brackets and dashes stay inside a phrase; commas and stops at its edge go.
_EDGE = frozenset(",;:.–—-…")

_SET_OFF = frozenset({",", "–", "—", "-", "(", "[", "--"})

#: Relations of a subject to its predicate.
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl", "nsubj:outer"})

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

_BETWEEN = frozenset({"between", "both", "together", "either", "neither", "among", "each", "respectively", "respective"})

_NEGATIONS = frozenset({"not", "n't", "never", "no", "nor", "neither", "nobody", "nothing", "none", "hardly", "without", "cannot"})


def phrase(head: Token, *, leave_out: frozenset[int] = frozenset()) -> Words:
    """The words of ``head``'s phrase, without its asides (:func:`asides`) and without the subtrees of ``leave_out``."""
    return trimmed(head, _raw(head, leave_out))


def _raw(head: Token, leave_out: frozenset[int]) -> set[int]:
    out = {head.i}
    for child in head.children:
        if child.i not in leave_out and not is_aside(child):
            out |= _raw(child, leave_out)
    return out


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
    if token.dep_ != "conj" and token.doc[_first(token)].text in ("(", "[") and token.dep_ != "punct":
        return True
    if token.dep_ not in _ASIDES or token.lower_ == "worth":
        return False
    if token.dep_ == "appos":
        return not (token.pos_ == "PROPN" and token.head.pos_ == "NOUN") and not _is_listed(token)
    if token.dep_ == "parataxis" or set_off(token):
        return True
    # 'The only MP to vote against it', 'the Europe that we knew': what follows says which one is meant.
    meant = any(c.dep_ in ("det", "amod", "nummod") for c in token.head.children)
    return token.head.pos_ == "PROPN" and token.tag_ != "VB" and not meant


def _is_listed(token: Token) -> bool:
    """Whether what looks like an apposition is the second of a list: 'two cars, a knife and £5,000'."""
    return token.pos_ != "PROPN" and any(c.dep_ == "conj" for c in token.children) and not is_named(token.head)


def is_named(token: Token) -> bool:
    """Whether a phrase is headed by a name."""
    return bool(token.pos_ == "PROPN")


def is_apposition(aside: Token) -> bool:
    """Whether an apposition says what its thing is: a noun or a name, set off or closed up ('its parent JLR'), no sum and no date."""
    if aside.pos_ not in ("NOUN", "PROPN") or aside.ent_type_ in ("Money", "Date") or any(c.dep_ == "nummod" for c in aside.children):
        return False
    if not is_aside(aside) and aside.pos_ != "PROPN":
        return False
    if any(c.dep_ == "conj" and c.i < aside.i for c in aside.head.children):
        return False  # 'A and her husband, the actor B': of which of them it is said is open
    if aside.pos_ == "NOUN" and not is_named(aside.head) and _number(aside) != _number(aside.head):
        return False
    if len(list(aside.subtree)) <= 3 and aside.text.isupper() and aside.doc[aside.left_edge.i].text == "(":
        return False  # an acronym is another name, no fact
    return set_off(aside) or (aside.pos_ == "PROPN" and aside.head.pos_ == "NOUN")


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


def alternatives(head: Token, governor: Token) -> list[Words]:
    """A phrase, or its conjuncts one by one, each with the case or mark that the first shares with all."""
    parts = conjuncts(head)
    if len(parts) == 1 or not _separable(head, governor):
        return [phrase(head)]
    shared = [c for c in head.children if c.dep_ in ("case", "mark") and c.i < head.i]
    out = []
    for part in parts:
        others = {p.i for p in parts if p.i != part.i} | {c.i for c in part.children if c.dep_ in ("cc", "cc:preconj")}
        words = set(phrase(part, leave_out=frozenset(others)))
        if part.i != head.i and not any(c.dep_ in ("case", "mark") for c in part.children):
            words |= {i for c in shared for i in phrase(c)}
        out.append(trimmed(head, words))
    return out


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
        return all(p.pos_ == "PROPN" for p in parts) or all(any(c.dep_ == "case" for c in p.children) for p in parts)
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
