"""Entities: which names and noun phrases of a document are one thing, by their words and the sentence's own equations.

Full and short names ("Helen Marchbank", "Mrs Marchbank"; "Jaguar Land Rover (JLR)", "JLR") are joined, and what a sentence equates
("Marchbank, the club's treasurer", "The captain, Ridwan Sapar", "Ondrel is a carmaker"). Pronouns are left to the resolver.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck.claims.reference import nouns
from factcheck.claims.reference.mentions import Mention, lemma, set_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_PEOPLE = frozenset({"he", "she"})
_THING = frozenset({"it"})
#: First words of names whose last word alone never stands for them ("New York", "San Marino").
_OPENERS = frozenset("new san santa saint st north south east west great grand lake mount el la los las the river".split())


@dataclass(slots=True)
class Entity:
    """One thing and its mentions in text order. agrees: pronouns all its mentions allow; shared: a short form fits others too."""

    mentions: list[Mention] = field(default_factory=list)
    agrees: frozenset[str] = frozenset()
    core: tuple[str, ...] = ()
    described: set[str] = field(default_factory=set)
    shared: bool = False

    def add(self, mention: Mention) -> None:
        """Take in a mention: agreement narrows, the longest name and all descriptions are kept."""
        says_little = bool(self.core) and mention.kind == "nominal" and mention.agrees == _THING  # a noun of no list, beside a name
        if not self.mentions:
            self.agrees = mention.agrees
        elif not says_little:
            self.agrees = self.agrees & mention.agrees or self.agrees
        if len(mention.core) > len(self.core):
            self.core = mention.core
        self.described |= mention.described
        if mention.noun and mention.kind == "nominal":
            self.described.add(mention.noun)
        self.mentions.append(mention)

    def fullest(self, before: int) -> Mention:
        """The mention to show in place of a short one at token ``before``: its longest earlier name, failing that its first words."""
        names = [m for m in self.mentions if m.kind == "name"]
        earlier = [m for m in names if m.start < before]
        if any(len(m.core) > 1 for m in earlier) or (earlier and not any(len(m.core) > 1 for m in names)):
            names = earlier
        if names:
            return max(names, key=lambda m: (len(m.core), -m.start))
        nominal = [m for m in self.mentions if m.kind != "pronoun"]
        return nominal[0] if nominal else self.mentions[0]


def entities(doc: Doc, found: Sequence[Mention]) -> dict[int, Entity]:
    """The entity of every mention of ``found`` that is no pronoun, by the head's index of the mention (groups: minus one minus it)."""
    out: dict[int, Entity] = {}
    known: list[Entity] = []
    for mention in found:
        if mention.kind == "name":
            family = _of_a_family(doc, mention)
            fits = [e for e in known if _same(mention, e) and not (family and len(mention.core) > len(e.core))]
            entity = _choose(mention, fits, known)
            entity.shared |= len({e.core for e in fits}) > 1
            entity.add(mention)
            out[mention.head] = entity
    heads = {m.head: m for m in found if m.kind in ("name", "nominal")}
    for mention in found:
        if mention.kind == "nominal":
            twin = _equated(doc, mention, heads)
            entity = out.get(twin, Entity()) if twin is not None else Entity()
            if not entity.mentions or entity.agrees & mention.agrees or mention.agrees == _THING:
                entity.add(mention)
            else:
                entity = Entity([mention], mention.agrees, described={mention.noun, *mention.described})
            out[mention.head] = entity
        elif mention.kind == "group":
            out[-1 - mention.head] = Entity([mention], mention.agrees)
    for entity in {id(e): e for e in out.values()}.values():
        entity.mentions.sort(key=lambda m: m.start)
    return out


def _of_a_family(doc: Doc, mention: Mention) -> bool:
    """Whether kin are named beside a name: "the daughter of Thomas Hale" makes the full name another Hale."""
    around = doc[max(0, mention.start - 12) : min(len(doc), mention.end + 4)]
    return any(lemma(t) in nouns.KIN for t in around if t.sent.start == doc[mention.head].sent.start)


def _choose(mention: Mention, fits: Sequence[Entity], known: list[Entity]) -> Entity:
    """The fitting entity named last; a new one if none fits."""
    if fits:
        return max(fits, key=lambda e: (e.core[-1:] == mention.core[-1:], e.mentions[-1].start))
    entity = Entity()
    known.append(entity)
    return entity


def _same(mention: Mention, entity: Entity) -> bool:
    new, old = mention.core, entity.core
    if not new or not old or not mention.agrees & entity.agrees:
        return False
    if new == old or any(m.core == new for m in entity.mentions):
        return True
    short, full = sorted((new, old), key=len)
    if full[: len(short)] == short and any(word[0].isdigit() for word in full[len(short) :]):
        return False  # one model of several: "Windows" is not "Windows 11"
    agrees = mention.agrees & entity.agrees
    return _acronym(short, full) or _short_name(short, full, agrees)


def _short_name(short: tuple[str, ...], full: tuple[str, ...], agrees: frozenset[str]) -> bool:
    """Whether ``short`` can stand for ``full``: a surname or given name of a person, the first words of a body."""
    if len(full) <= len(short):
        return False
    if "it" not in agrees:
        given = short == full[:1] and _given(short[0])
        return short == full[-len(short) :] or given or (len(short) > 1 and short[0] == full[0] and short[-1] == full[-1])
    if not agrees & _PEOPLE:
        return "they" in agrees and short == full[: len(short)] and not set(short) <= nouns.PLACES | nouns.IN_BODIES
    if set(full) & (nouns.IN_BODIES | nouns.IN_PLACES | nouns.NO_PERSON) or full[0] in _OPENERS or len(full) > 3:
        return False
    return short == full[-len(short) :] or (short == full[:1] and _given(short[0]))


def _given(word: str) -> bool:
    return word in nouns.MEN or word in nouns.WOMEN


def _acronym(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether ``short`` is the initials of ``full``. Two letters fit too much: only of "United …" (US, UK, UN)."""
    letters = short[0].replace(".", "")
    if len(short) != 1 or len(full) < 2 or len(letters) < (2 if full[0] == "united" else 3):
        return False
    return letters in ("".join(w[0] for w in full), "".join(w[0] for w in full if w not in ("of", "the", "and", "for", "&")))


def _equated(doc: Doc, mention: Mention, heads: dict[int, Mention]) -> int | None:
    """The head of a name that the sentence says ``mention`` is: in apposition, by a title's place, or as subject of its predicate."""
    head = doc[mention.head]
    if head.dep_ == "appos" and head.head.i in heads and heads[head.head.i].kind == "name" and set_off(head.head, head):
        return int(head.head.i)
    for child in head.children:
        if child.dep_ in ("appos", "flat") and child.i in heads and heads[child.i].kind == "name":
            return int(child.i)
    if any(c.dep_ == "cop" for c in head.children):
        subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
        if (
            subject is not None
            and subject.i in heads
            and heads[subject.i].kind == "name"
            and not any(c.dep_ == "case" for c in head.children)
        ):
            return int(subject.i)
    return None
