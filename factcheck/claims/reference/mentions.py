"""Mentions: the noun phrases and pronouns of an analysed document, with what each may agree with.

A mention's ``agrees`` is the set of pronouns, in their plain form, that may stand for it: a woman {"she"}, a name of unknown
gender {"he", "she"}, a company {"it", "they"}, two people {"they"}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factcheck.claims.reference import nouns
from factcheck.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Kind = Literal["name", "nominal", "group", "pronoun"]

#: Third-person pronouns by their plain form. Relative and demonstrative ones are not resolved.
PRONOUNS = {
    form: plain
    for plain, forms in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves themself",
    }.items()
    for form in forms.split()
}
SPEAKER = frozenset("i me my mine myself we us our ours ourselves".split())
REFLEXIVE = frozenset("himself herself itself themselves themself myself ourselves".split())
_PEOPLE = frozenset({"he", "she"})
_ANY = frozenset({"he", "she", "it"})
_MANY = frozenset({"they"})
_BODY = frozenset({"it", "they"})
_THING = frozenset({"it"})
#: What a name's label says of it, where it says it all.
_LABELLED = {"Organization": _BODY, "NORP": _MANY, **dict.fromkeys(("Product", "Facility", "Location", "Misc"), _THING)}

#: Dependents that stay in a mention's words: what comes after (clauses, appositions, lists) describes it and is left out.
_KEPT = frozenset("det amod compound flat nummod nmod:poss nmod:desc fixed case nmod det:predet goeswith".split())
_NO_HEAD = frozenset("compound flat fixed goeswith nmod:desc punct discourse reparandum vocative".split())
#: Relations of a name's words to each other, and nouns whose names go on with "of".
_INNER = frozenset("compound flat amod nmod:desc goeswith nummod fixed dep".split())
_JOINTS = ("-", "–", "'", "’")
_WITH_OF = frozenset("bank house church secretary minister university court chamber isle gulf bay cape board duke duchess prince".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. head, start, end: token indices, ``doc[start:end]`` its words; core: of a name without titles and article.

    noun: the folded lemma of a nominal's head. definite: whether it points back ("the firm", "this firm"). described: lemmas of
    nouns that its own phrase calls it ("the carmaker Ondrel", "Marchbank, a judge").
    """

    head: int
    start: int
    end: int
    kind: Kind
    agrees: frozenset[str]
    core: tuple[str, ...] = ()
    noun: str = ""
    definite: bool = False
    described: frozenset[str] = frozenset()
    title: str = ""


def mentions(doc: Doc) -> list[Mention]:
    """All mentions of ``doc`` in the order of their first words, pronouns of the third person included."""
    runs = {run.head: run for run in _runs(doc)}
    taken = {i for run in runs.values() for i in range(run.start, run.end)}
    found = [m for token in doc if (m := _mention(doc, token, runs, taken)) is not None]
    by_head = {m.head: m for m in found}
    found += [m for token in doc if (m := _group(token, by_head)) is not None]
    return sorted(found, key=lambda m: (m.start, -m.end))


def _mention(doc: Doc, token: Token, runs: Mapping[int, _Run], taken: Set[int]) -> Mention | None:
    word = token.lower_
    if word in PRONOUNS and token.dep_ not in ("expl", "reparandum"):
        return Mention(token.i, token.i, token.i + 1, "pronoun", frozenset({PRONOUNS[word]}))
    if token.i in taken:
        return _name(doc, runs[token.i]) if token.i in runs else None
    if token.dep_ in _NO_HEAD:
        return None
    if token.pos_ == "NOUN" or (token.pos_ in ("ADJ", "NUM") and _AGED.search(word) and _determiner(token)):
        return _nominal(doc, token)
    return None


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring words that make up one name. head: the one that ties them to the sentence."""

    head: int
    start: int
    end: int


def _runs(doc: Doc) -> Iterator[_Run]:
    """The names of ``doc``: runs of name words that hang together. Not only subtrees: a parser often hangs "Hamza Aziz" on "editor"."""
    start = 0
    while start < len(doc):
        if not _is_name(doc[start]) or doc[start].dep_ in ("discourse", "reparandum"):
            start += 1
            continue
        end = start + 1
        while end < len(doc) and not doc[end].is_sent_start and _joined(doc, start, end):
            end += 1
        while end - 1 > start and not (_is_name(doc[end - 1]) or doc[end - 1].pos_ == "NUM"):
            end -= 1
        head = next((t for t in reversed(doc[start:end]) if not start <= t.head.i < end or t.head.i == t.i), doc[end - 1])
        outer = [t for t in doc[start:end] if (not start <= t.head.i < end or t.head.i == t.i) and t.dep_ not in _INNER]
        end = _with_complement(doc, head, end)
        yield _Run((outer[0] if outer else head).i, start, end)
        start = end


def _joined(doc: Doc, start: int, end: int) -> bool:
    """Whether the token at ``end`` goes on with the name begun at ``start``."""
    token, before = doc[end], doc[end - 1]
    if token.text == "&" or before.text == "&":
        return token.text == "&" or _is_name(token)
    if token.text in _JOINTS or before.text in _JOINTS:
        return end + 1 < len(doc) and not before.whitespace_
    if not (_is_name(token) or token.dep_ in ("flat", "goeswith") or (token.pos_ == "NUM" and token.dep_ == "nummod")):
        return False
    if token.head.i in range(start, end):
        return token.dep_ in _INNER
    if any(t.head.i == token.i for t in doc[start:end]):
        return all(t.dep_ in _INNER or t.head.i != token.i for t in doc[start:end])
    return before.dep_ in _INNER and (before.head.i == token.head.i or before.head.i > end or token.dep_ in _INNER)


def _with_complement(doc: Doc, head: Token, end: int) -> int:
    """The end of a body's or place's name with its "of (the) …": the Bank of England, the Kingdom of the Netherlands."""
    if end >= len(doc) or doc[end].lower_ != "of" or head.lower_.rstrip("s") not in nouns.IN_BODIES | nouns.PLACE | _WITH_OF:
        return end
    after = end + 2 if end + 1 < len(doc) and doc[end + 1].lower_ == "the" else end + 1
    last = after
    while last < len(doc) and last < after + 3 and _is_name(doc[last]):
        last += 1
    return last if last > after else end


#: Endings of nouns for people, and of some for things: "cricketer", "tenor", "pharmacist", "addict".
_MAY_BE_PERSON = re.compile(r"(?:er|or|ist|ian|ee|eer|ant|ict|ess|man|woman)$")
_AGED = re.compile(r"^\d+-year-olds?$|^olds?$")


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or (token.tag_ in ("NNP", "NNPS") and token.text[:1].isupper())


def _name(doc: Doc, run: _Run) -> Mention | None:
    """The name of a run; what it is is told by its label, its words, its titles and the nouns beside it."""
    head = doc[run.head]
    words = [doc[i] for i in range(run.start, run.end)]
    title = ""
    while len(words) > 1 and _titles(words[0]):
        title = fold(words.pop(0).text).strip(".")
    core = tuple(fold(w.text) for w in words if not w.is_space)
    if head.ent_type_ == "Date" or (core[0] in nouns.NO_PERSON and not head.ent_type_):
        return None
    start = words[0].i
    before = doc[start - 1] if start else None
    if not title and before is not None and _titles(before) and before.sent.start == head.sent.start:
        title = fold(before.text).strip(".")
    described = frozenset(_descriptions(head) if run.start <= head.i else ())
    agrees = _of_name(words[-1] if head.dep_ in _INNER else head, core, title, described)
    if before is not None and before.lower_ == "the":
        start -= 1
    if len(core) == 1 and core[0] in nouns.TITLES and not title:
        return _nominal(doc, head)
    return Mention(head.i, start, run.end, "name", agrees, core, fold(head.text), described=described, title=title)


def _titles(token: Token) -> bool:
    return fold(token.text).strip(".") in nouns.TITLES


def _descriptions(head: Token) -> Iterator[str]:
    """Nouns the sentence itself gives a name: beside it, in apposition, or as its predicate ("X is a carmaker")."""
    for child in head.children:
        if child.dep_ in ("appos", "compound", "nmod:desc", "amod") and child.pos_ == "NOUN" and (child.i < head.i or set_off(head, child)):
            yield lemma(child)
            yield from (lemma(c) for c in child.conjuncts if c.pos_ == "NOUN")
        if child.dep_ == "appos" and _is_name(child):
            yield from (lemma(c) for c in child.children if c.dep_ == "compound" and c.pos_ == "NOUN")
    if head.dep_ in ("appos", "flat") and head.head.pos_ == "NOUN" and head.head.i < head.i:
        yield lemma(head.head)
    predicate = head.head
    if head.dep_ == "nsubj" and predicate.pos_ == "NOUN" and any(c.dep_ == "cop" for c in predicate.children):
        yield lemma(predicate)


def set_off(head: Token, child: Token) -> bool:
    """Whether a mark stands between a name and what follows it: "Marchbank, a judge", not a headline's "Magnitude 6 quake"."""
    return any(t.is_punct for t in head.doc[head.i + 1 : child.i])


def _of_name(head: Token, core: tuple[str, ...], title: str, described: frozenset[str]) -> frozenset[str]:
    if title in nouns.TITLES_MEN or title in nouns.TITLES_WOMEN:
        return frozenset({"he"} if title in nouns.TITLES_MEN else {"she"})
    if (labelled := _LABELLED.get(head.ent_type_)) is not None:
        return labelled
    if sexes := frozenset({"he"} if described & nouns.MALE else ()) | frozenset({"she"} if described & nouns.FEMALE else ()):
        return sexes
    given = _by_given_name(core)
    if given and not set(core[1:]) & (nouns.IN_BODIES | nouns.NO_PERSON):
        return given
    if head.ent_type_ == "Person" or title or described & nouns.PERSON:
        return _PEOPLE
    if (head.tag_ == "NNPS" and _determiner(head)) or set(core) & nouns.IN_BODIES or described & nouns.ORGANISATION:
        return _BODY
    if set(core) & (nouns.IN_PLACES | nouns.PLACES | nouns.NO_PERSON) or described & nouns.PLACE or _of_place(head):
        return _THING
    if len(core) == 1 and len(core[0]) > 1 and head.text.isupper():
        return _BODY
    return _ANY


def _by_given_name(core: tuple[str, ...]) -> frozenset[str]:
    first = core[0].split("-")[0] if core else ""
    return frozenset({"he"}) if first in nouns.MEN else frozenset({"she"}) if first in nouns.WOMEN else frozenset()


def _of_place(head: Token) -> bool:
    """A name behind "in" is a place, a time or a work, hardly ever a person."""
    return head.dep_ in ("obl", "nmod") and any(
        c.dep_ == "case" and c.lower_ in ("in", "into", "near", "throughout") for c in head.children
    )


def _nominal(doc: Doc, head: Token) -> Mention:
    kept = [t.i for t in head.subtree if _within(t, head)]
    start = end = head.i
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    while doc[end].is_punct or doc[end].pos_ == "ADP":
        end -= 1
    while start < head.i and (doc[start].is_punct or doc[start].pos_ == "ADP"):
        start += 1
    determiner = _determiner(head)
    noun = lemma(head)
    many = is_plural(head)
    agrees = _MANY if many else _of_noun(noun)
    described = frozenset(lemma(c) for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN")
    return Mention(head.i, start, end + 1, "nominal", agrees, (), noun, determiner in ("the", "this", "that", "these", "those"), described)


def _of_noun(noun: str) -> frozenset[str]:
    if noun in nouns.MALE or noun in nouns.FEMALE:
        return frozenset({"he" if noun in nouns.MALE else "she"})
    if noun in nouns.ORGANISATION and noun not in nouns.PERSON:
        return _BODY
    if noun in nouns.PERSON or _AGED.search(noun):
        return _PEOPLE
    return _ANY if noun not in nouns.PLACE and _MAY_BE_PERSON.search(noun) else _THING


def _within(token: Token, head: Token) -> bool:
    while token.i != head.i:
        if token.dep_ not in _KEPT and not (token.dep_ == "punct" and token.text == "-"):
            return False
        token = token.head
    return True


def _group(head: Token, by_head: Mapping[int, Mention]) -> Mention | None:
    """Two or more joined by "and": one mention for "they"."""
    if head.dep_ == "conj" or head.i not in by_head:
        return None
    parts = [head, *(t for t in head.conjuncts if t.i > head.i)]
    if len(parts) < 2 or not all(t.i in by_head for t in parts) or not any(c.lower_ in ("and", "&") for p in parts for c in p.children):
        return None
    return Mention(head.i, by_head[head.i].start, by_head[parts[-1].i].end, "group", _MANY)


def lemma(token: Token) -> str:
    """A noun's folded lemma, or its word where the analysis has none."""
    return fold(token.lemma_ or token.text)


def is_plural(token: Token) -> bool:
    """Whether a noun is plural by its features or its tag."""
    return "Plur" in token.morph.get("Number", []) or token.tag_ in ("NNS", "NNPS")


def _determiner(head: Token) -> str:
    return next((c.lower_ for c in head.children if c.dep_ == "det"), "")
