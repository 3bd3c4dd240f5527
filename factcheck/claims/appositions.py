"""What the words beside a thing say that it is: appositions, titles, ages, the years of a life, measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factcheck.claims.clauses import Pieces, Proposition
from factcheck.claims.phrases import Words, age, is_plural, life, phrase, set_off
from factcheck.claims.relatives import be, governing

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Things that have a length or an area, and the measures of both; a '100-metre champion' has neither.
_EXTENDED = frozenset(
    """ship vessel boat ferry yacht tanker barge bridge tunnel tower wall fence road pipeline cable trench dam site plot park estate
    field farm forest island lake campus""".split()
)
_UNITS = frozenset("metre meter kilometre kilometer mile foot yard hectare acre".split())

#: Who has one of these behind a name has reigned, not lived, from the one year to the other.
_REIGNING = frozenset("king queen emperor empress pope sultan tsar president chancellor minister governor bishop archbishop".split())


def identity(aside: Token, thing: Words) -> Proposition:
    """What an apposition says its thing is; of a name and a description the name comes first."""
    about, doc = aside.head, aside.doc
    several = is_plural([doc[i] for i in thing])
    joined = frozenset(() if several else (t.i for c in aside.children if c.dep_ in ("conj", "cc") for t in c.subtree))
    other = phrase(aside, leave_out=joined)
    named = aside.pos_ == "PROPN" and about.pos_ != "PROPN"
    first, second = (other, thing) if named else (thing, other)
    # What a thing is stays so as a rule, whatever the time of the sentence.
    past = any(doc[i].lower_ in ("then", "late") for i in (*first, *second))
    link = ("were" if several else "was") if past else ("are" if several else "is")
    determined = any(c.dep_ in ("det", "nmod:poss", "nummod") for c in about.children)
    article = ("a",) if named and not set_off(aside) and not several and not determined else ()
    return Proposition(tuple(sorted({*first, *second})), (*first, link, *article, *second), "about")


def title(token: Token) -> Iterator[Proposition]:
    """'forward Anthony Bennett', 'Swiss drugmaker Alvio': the title of a person or firm states what it is."""
    kids = [c for c in token.children if c.i < token.i]
    titles = [c for c in kids if c.dep_ in ("compound", "nmod:desc") and c.pos_ == "NOUN" and not (c.ent_type_ or c.text.isupper())]
    if token.pos_ != "PROPN" or not titles or token.ent_type_ not in ("Person", "Organization"):
        return
    name = tuple(i for i in phrase(token) if i > titles[-1].i and token.doc[i].ent_type_ == token.ent_type_)
    words = {i for t in titles for i in phrase(t)} | {i for c in kids if c.dep_ == "amod" and c.i < titles[0].i for i in phrase(c)}
    determined = any(token.doc[i].dep_ in ("det", "nmod:poss") or token.doc[i].tag_ == "POS" for i in words)
    several = any(t.tag_ != "NN" for t in titles) or any(token.doc[i].dep_ in ("cc", "conj") for i in (*name, *words))
    apart = token.ent_type_ == "Organization" and any(c.dep_ in ("det", "nmod:poss", "nummod") for c in kids)  # 'the state broadcaster ZDF'
    if name and not several and not apart and not (determined and len(words) < 3):
        told = tuple(sorted(words))
        yield Proposition(tuple(sorted({*words, *name})), (*name, "is", *(() if determined else ("a",)), *told), "about")


def years(token: Token) -> Iterator[Proposition]:
    """The age or the years of a life beside a person's name: 'Tom Finch, 47, …', 'Omar Said (1921-1998)'."""
    kids = list(token.children)
    name = phrase(token, leave_out=frozenset(c.i for c in kids if c.dep_ not in ("flat", "compound", "nmod:desc", "goeswith")))
    for kid in kids:
        if age(kid):
            pieces: Pieces = (*name, be(governing(token), name), kid.i, "years", "old")
            yield Proposition(tuple(sorted({*name, kid.i})), pieces, "about")
        elif (lived := life(kid)) and not any(token.doc[i].lower_ in _REIGNING for i in name):
            for verb, year in zip(("was born in", "died in"), lived, strict=True):
                yield Proposition(tuple(sorted({*name, year})), (*name, verb, year), "about")


def measure(token: Token) -> Iterator[Proposition]:
    """The length or area in front of a thing: 'the 42-metre ferry'."""
    placed = any((c.dep_ == "det" and c.lower_ in ("the", "this", "that")) or c.dep_ == "nmod:poss" for c in token.children)
    unit = next((c for c in token.children if c.dep_ == "compound" and c.lower_ in _UNITS), None)
    if token.lower_ not in _EXTENDED or not placed or unit is None or token.doc[unit.i - 1].text != "-":
        return
    number = token.doc[unit.i - 2]
    left_out = frozenset(c.i for c in token.children if c.dep_.startswith("acl") or number.i <= c.i < token.i)
    thing = phrase(token, leave_out=left_out)
    if not number.like_num or number.i in thing or any(token.doc[i].dep_ in ("cc", "case") for i in thing):
        return
    verb = "measured" if be(governing(token), thing) in ("was", "were") else "measures"
    plural = "feet" if unit.lower_ == "foot" else f"{unit.lower_}s"
    yield Proposition(tuple(sorted({*thing, number.i, unit.i})), (*thing, verb, number.i, plural), "about")
