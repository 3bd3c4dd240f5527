"""Definite descriptions: "the company", "the minister", "the 42-year-old", "the vessel", and the entity each points back to.

By rule, and only where the document itself says that the thing is one ("Ondrel, a carmaker", "Captain Ridwan Sapar", "Inge Holm,
42"), or where a single thing in reach can be meant at all. What could mean two things is marked ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.reference import nouns
from factcheck.claims.reference.entities import Entity
from factcheck.claims.reference.mentions import PRONOUNS, Mention
from factcheck.claims.reference.salience import role

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Nouns that may take each other's place.
_COMPANIES = frozenset(
    "company firm business carmaker automaker manufacturer maker brand retailer airline bank group corporation supplier startup"
    " chain".split()
)
_ALIKE = (
    _COMPANIES,
    *(
        frozenset(words.split())
        for words in (
            "ship vessel ferry boat tanker freighter liner yacht trawler",
            "car vehicle model suv saloon hatchback",
            "plane aircraft airliner jet airplane",
            "drug medicine treatment vaccine pill",
            "law bill act legislation",
            "deal agreement contract pact accord",
            "study trial survey paper",
            "club team side",
            "minister secretary",
            "footballer player striker midfielder defender winger goalkeeper",
            "city town",
            "quake earthquake tremor",
            "house home property building",
            "dog animal",
            "boy child toddler",
            "girl child toddler",
        )
    ),
)
#: Words in a name that make it a company's.
_IN_COMPANIES = frozenset("inc ltd plc motors corp gmbh ag airways airlines holdings".split())
_BARE_PERSON = frozenset("man woman boy girl teenager pensioner".split())
#: Nouns that name a new time, way or part more often than the last one.
_TIMES = frozenset(
    "time year season month week day morning evening afternoon night moment period century decade hour minute way thing end start"
    " beginning part side place point position choice case reason fact idea name number rest".split()
)
_BARE_COMPANY = frozenset("company firm business".split())
_AGE = re.compile(r"^(\d+)-year-old$")
#: Words that may stand between "the" and its noun without telling a second thing apart from the first.
_PLAIN = frozenset("det case punct".split())
_SENTENCES_BACK = 4


@dataclass(frozen=True, slots=True)
class Described:
    """A description and the entity that it points back to. confidence: by the rule that found it, 0..1. ambiguous: others fit too."""

    mention: Mention
    entity: Entity
    confidence: float
    ambiguous: bool


def described(doc: Doc, found: Sequence[Mention], entity_of: Mapping[int, Entity]) -> Iterator[Described]:
    """The descriptions that have something to point back to, in order."""
    sentences = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
    seen: dict[int, Entity] = {}
    for mention in found:
        if mention.kind == "nominal" and mention.definite and _points_back(doc, mention):
            own = entity_of.get(mention.head)
            if own is None or not any(m.kind == "name" for m in own.mentions):
                others = [e for e in seen.values() if e is not own]
                fit = [e for e in others if not _other(doc, mention, e)]
                near = [e for e in others if _is_near(sentences, mention, e)] if _is_person(mention) else []
                yield from _pointed(doc, mention, fit, near)
        entity = entity_of.get(mention.head) if mention.kind in ("name", "nominal") else None
        if entity is not None:
            seen.setdefault(id(entity), entity)


def _is_person(mention: Mention) -> bool:
    return bool(_AGE.match(mention.noun)) or mention.noun in _BARE_PERSON


def _is_near(sentences: Mapping[int, int], mention: Mention, entity: Entity) -> bool:
    return any(0 <= sentences[mention.head] - sentences[m.head] <= _SENTENCES_BACK for m in entity.mentions)


def _points_back(doc: Doc, mention: Mention) -> bool:
    """Whether nothing behind the noun says which one is meant, and the determiner is no pointer to what is at hand."""
    head = doc[mention.head]
    if any(c.dep_ in ("acl", "acl:relcl", "nmod", "nmod:poss", "appos", "flat", "nummod", "cop", "compound") for c in head.children):
        return False
    return head.dep_ not in ("compound", "appos", "nmod:desc") and mention.noun not in _TIMES


def _pointed(doc: Doc, mention: Mention, seen: Sequence[Entity], near: Sequence[Entity]) -> Iterator[Described]:
    named = [e for e in seen if e.core]
    people = [e for e in near if e.agrees and e.agrees <= {"he", "she"}]
    age = _AGE.match(mention.noun)
    if age and (aged := [e for e in seen if any(_aged(doc, m, age[1]) for m in e.mentions)]):
        yield from _only(mention, aged, 0.9)
    elif age or mention.noun in _BARE_PERSON:
        if len(people) == 1 and (age or people[0].agrees == mention.agrees):
            yield from _only(mention, people, 0.75)
    elif said := [e for e in named if _called(e, mention.noun) and _agree(e, mention)]:
        yield from _only(mention, said, 0.9)
    elif alike := [e for e in named if _alike(e, mention.noun) and _agree(e, mention)]:
        yield from _only(mention, alike, 0.75)
    elif mention.noun in _BARE_COMPANY and (acting := _acting(doc, mention, named)) is not None:
        yield Described(mention, acting, 0.7, ambiguous=False)
    else:
        yield from _same_noun(doc, mention, [e for e in seen if not e.core and _called(e, mention.noun)])


def _only(mention: Mention, fitting: Sequence[Entity], confidence: float) -> Iterator[Described]:
    """The one that fits; of several the last introduced, as ambiguous."""
    if fitting and fitting[-1].fullest(mention.start).start < mention.start:
        yield Described(mention, fitting[-1], confidence / len(fitting), len(fitting) > 1)


def _same_noun(doc: Doc, mention: Mention, fitting: Sequence[Entity]) -> Iterator[Described]:
    """A thing without a name, first called by more words ("a passenger ferry" for "the ferry"), and not in a headline's bare ones."""
    if not any(t.dep_ == "det" and t.lower_ == "the" for t in doc[mention.head].children):
        return
    fuller = [e for e in fitting if e.mentions[0].agrees == mention.agrees and _tells_more(doc, e.mentions[0], mention)]
    if fuller:
        yield Described(mention, fuller[0], 0.7 / len(fuller), len(fuller) > 1)


def _acting(doc: Doc, mention: Mention, named: Sequence[Entity]) -> Entity | None:
    """The one body named in this sentence so far and the one before, if it does something there."""
    sentence = doc[mention.head].sent
    first = doc[sentence.start - 1].sent.start if sentence.start else sentence.start
    there = [
        (entity, role(doc[m.head]))
        for entity in named
        for m in entity.mentions
        if first <= m.head < mention.start and doc[m.head].ent_type_ == "Organization"
    ]
    acts = any(where in ("subject", "possessor") for _, where in there)
    return there[0][0] if acts and len({id(entity) for entity, _ in there}) == 1 else None


def _tells_more(doc: Doc, first: Mention, mention: Mention) -> bool:
    """Whether ``first`` brings a thing in ("a passenger ferry") by more words than ``mention``."""
    words = doc[first.start : first.end]
    brought = any(t.dep_ == "det" and t.lower_ in ("a", "an") and t.head.i == first.head for t in words)
    said = {t.lower_ for t in doc[mention.start : mention.end]}
    more = any(t.lower_ not in said and t.dep_ not in _PLAIN for t in words)
    return brought and more and not any(t.lower_ in PRONOUNS for t in words)


def _other(doc: Doc, mention: Mention, entity: Entity) -> bool:
    """Whether the description has a word for it that the entity was never called by: "the Polish team" may be another team."""
    said = {c.lower_ for c in doc[mention.head].children if c.dep_ == "amod"}
    return bool(said) and not said <= {t.lower_ for m in entity.mentions for t in doc[m.start : m.end]}


def _called(entity: Entity, noun: str) -> bool:
    """Whether the text calls it that, or its name does ("the council" of Ellery Council; "the city" is hardly ever Sun City)."""
    last = len(entity.core) > 1 and entity.core[-1] == noun and noun not in nouns.PLACE | nouns.IN_PLACES
    return noun in entity.described or any(m.title == noun for m in entity.mentions) or last


def _alike(entity: Entity, noun: str) -> bool:
    if noun in _COMPANIES and set(entity.core[1:]) & _IN_COMPANIES:
        return True
    return any(noun in group and entity.described & group for group in _ALIKE)


def _agree(entity: Entity, mention: Mention) -> bool:
    return bool(entity.agrees & mention.agrees)


def _aged(doc: Doc, mention: Mention, age: str) -> bool:
    return any(
        c.text == age and c.dep_ in ("appos", "nummod", "nmod:unmarked", "amod", "acl", "parataxis") for c in doc[mention.head].children
    )
