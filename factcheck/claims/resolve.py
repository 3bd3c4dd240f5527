"""What a pronoun, a short name or a definite description stands for, within one analysed document.

Names that belong together are joined first (:mod:`factcheck.claims.reference.entities`); then the text is read from left to right, and
every pronoun goes to the entity whose mentions are likeliest to be meant (:mod:`factcheck.claims.reference.salience`), or to none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from factcheck.claims.reference.descriptions import described
from factcheck.claims.reference.entities import Entity, entities
from factcheck.claims.reference.mentions import PRONOUNS, SPEAKER, Mention, mentions
from factcheck.claims.reference.salience import Features, Standing, Weights, features, may_corefer, weights

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Sentences back in which an antecedent is looked for.
_REACH = 6
#: A pronoun is ambiguous below the first probability of its best entity, and above the second of its next one.
_SURE, _RIVAL = 0.7, 0.15
#: A pronoun this surely a woman's or a man's settles the gender of a name.
_SETTLES = 0.8


@dataclass(frozen=True, slots=True)
class Reference:
    """A form that does not stand alone and what it stands for.

    start, end: token indices of the form's own words, ``doc[start:end]``. antecedent_start, antecedent_end: those of the fullest
    mention of the same thing, an earlier one where there is one. confidence: estimated probability that it is the right one, 0..1.
    ambiguous: another candidate is close, so the form had better not be replaced. possessive: the form is one ("her", "its").
    """

    start: int
    end: int
    antecedent_start: int
    antecedent_end: int
    kind: Literal["pronoun", "name", "description", "speaker"]
    confidence: float
    ambiguous: bool
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun, its candidates and the probability of each; the candidate None says that it stands for nothing named here.

    trust: how sure it is that each candidate is a mention of its entity: 1, or for an earlier pronoun its own probability.
    """

    pronoun: Mention
    candidates: tuple[tuple[Mention, Entity] | None, ...]
    features: tuple[Features, ...]
    probabilities: tuple[float, ...]
    trust: tuple[float, ...]

    def entities(self) -> list[tuple[float, Entity | None]]:
        """Entities by probability, the likeliest first: the sum over an entity's mentions, each as far as it is trusted."""
        total: dict[int, float] = {}
        by_id: dict[int, Entity | None] = {}
        for candidate, probability, trust in zip(self.candidates, self.probabilities, self.trust, strict=True):
            entity = candidate[1] if candidate else None
            by_id[id(entity)] = entity
            total[id(entity)] = total.get(id(entity), 0.0) + probability * trust
        return sorted(((p, by_id[key]) for key, p in total.items()), key=lambda pair: -pair[0])


def resolve(doc: Doc, *, speakers: Mapping[int, tuple[int, ...]] | None = None) -> dict[int, Reference]:
    """The references of ``doc``, by the index of each form's head token. A form not in it is left as it is.

    speakers: for tokens inside direct speech, the tokens of the words that name its speaker: "I" is that speaker, "he" is not.
    """
    reading = _Reading(doc, speakers or {})
    out: dict[int, Reference] = {}
    for choice in reading.choices(weights()):
        (probability, entity), *others = choice.entities()
        if entity is not None:
            full = entity.fullest(choice.pronoun.start)
            rival = max((p for p, other in others if other is not None), default=0.0)
            ambiguous = entity.shared or probability < _SURE or rival > _RIVAL
            out[choice.pronoun.head] = _reference(doc, choice.pronoun, full, "pronoun", probability, ambiguous=ambiguous)
    out.update(reading.speakers())
    out.update(reading.names())
    for found in reading.descriptions:
        full = found.entity.fullest(found.mention.start)
        out[found.mention.head] = _reference(doc, found.mention, full, "description", found.confidence, ambiguous=found.ambiguous)
    return {at: _checked(doc, out[at], out) for at in sorted(out)}


def _checked(doc: Doc, reference: Reference, references: Mapping[int, Reference]) -> Reference:
    """Ambiguous also if the words to put in hold a pronoun that is: "its shares" for "they"."""
    inside = range(reference.antecedent_start, reference.antecedent_end)
    open_ = any(doc[i].lower_ in PRONOUNS and (i not in references or references[i].ambiguous) for i in inside)
    return replace(reference, ambiguous=True) if open_ else reference


def choices(doc: Doc, by: Weights) -> Iterator[Choice]:
    """Every third-person pronoun of ``doc`` with its candidates: what :func:`resolve` chooses from, for fitting and measuring."""
    yield from _Reading(doc, {}).choices(by)


def wording(doc: Doc, reference: Reference, references: Mapping[int, Reference]) -> str:
    """The words to put in place of a reference's own: possessive where it was, pronouns inside resolved, "a" turned to "the"."""
    parts = []
    for token in doc[reference.antecedent_start : reference.antecedent_end]:
        inner = references.get(token.i)
        word = token.text
        if token.i == reference.antecedent_start:
            word = "the" if token.lower_ in ("a", "an") else word[0].lower() + word[1:] if token.tag_ in ("DT", "PRP$") else word
        if inner is not None and inner.possessive and not inner.ambiguous and inner.antecedent_end <= reference.antecedent_start:
            inner_words = doc[inner.antecedent_start : inner.antecedent_end]
            if not any(t.lower_ in PRONOUNS for t in inner_words):
                word = owner(inner_words.text)
        parts.append(word + token.whitespace_)
    text = "".join(parts).strip()
    return owner(text) if reference.possessive else text


def owner(name: str) -> str:
    """A name's possessive, as newsrooms write it: "Ondrel's", "the workers'"."""
    return f"{name}'" if name.endswith("s") and name.split()[-1].islower() else f"{name}'s"


def _reference(
    doc: Doc,
    short: Mention,
    full: Mention,
    kind: Literal["pronoun", "name", "description", "speaker"],
    confidence: float,
    *,
    ambiguous: bool,
) -> Reference:
    possessive = short.kind == "pronoun" and doc[short.head].tag_ == "PRP$"
    return Reference(short.start, short.end, full.start, full.end, kind, round(confidence, 3), ambiguous, possessive)


class _Reading:
    """One document being read: its mentions, and the entity of each as far as known."""

    def __init__(self, doc: Doc, speakers: Mapping[int, tuple[int, ...]]) -> None:
        self.doc = doc
        self.found = mentions(doc)
        self.entity_of = entities(doc, self.found)
        self._speakers = speakers
        self._sentences = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
        self._by_sentence: dict[int, list[Mention]] = {}
        for mention in self.found:
            self._by_sentence.setdefault(self._sentences[mention.head], []).append(mention)
        self._trust: dict[int, float] = {}
        self.descriptions = list(described(doc, self.found, self.entity_of))
        for description in self.descriptions:
            if not description.ambiguous:
                self.entity_of[description.mention.head] = description.entity
                description.entity.mentions.append(description.mention)

    def choices(self, by: Weights) -> Iterator[Choice]:
        """Pronouns from left to right. Each goes to its likeliest entity, which the next ones then see as mentioned there."""
        last: dict[str, Entity] = {}
        for pronoun in self.found:
            if pronoun.kind != "pronoun":
                continue
            form = next(iter(pronoun.agrees))
            choice = self._choice(pronoun, form, last.get(form), by[form])
            yield choice
            probability, entity = choice.entities()[0]
            if entity is None:
                continue
            self._trust[pronoun.head] = probability
            self.entity_of[pronoun.head] = last[form] = entity
            entity.mentions.append(pronoun)
            if form in ("he", "she") and probability >= _SETTLES:
                entity.agrees = pronoun.agrees

    def _choice(self, pronoun: Mention, form: str, last: Entity | None, by: Mapping[str, float]) -> Choice:
        pairs = list(self._candidates(pronoun, form))
        rows = [self._features(pronoun, form, mention, entity, pairs, last) for mention, entity in pairs]
        rows.append(_for_none(self.doc, pronoun))
        scores = [sum(by.get(name, 0.0) * value for name, value in row.items()) for row in rows]
        top = max(scores)
        parts = [math.exp(score - top) for score in scores]
        trust = (*(self._trust.get(mention.head, 1.0) for mention, _ in pairs), 1.0)
        return Choice(pronoun, (*pairs, None), tuple(rows), tuple(part / sum(parts) for part in parts), trust)

    def _candidates(self, pronoun: Mention, form: str) -> Iterator[tuple[Mention, Entity]]:
        here = self._sentences[pronoun.head]
        speaker = {id(e) for i in self._speakers.get(pronoun.head, ()) if (e := self.entity_of.get(i)) is not None}
        for mention in (m for k in range(here - _REACH, here + 1) for m in self._by_sentence.get(k, ())):
            if mention.head == pronoun.head:
                continue
            entity = self.entity_of.get(mention.head if mention.kind != "group" else -1 - mention.head)
            if entity is None or form not in entity.agrees or id(entity) in speaker:
                continue
            if may_corefer(self.doc, pronoun, mention) and self._free(pronoun, entity):
                yield mention, entity

    def _free(self, pronoun: Mention, entity: Entity) -> bool:
        """Whether no other mention of the entity in the sentence forbids it (a pronoun before this one resolved to it, say)."""
        here = self._sentences[pronoun.head]
        others = (m for m in entity.mentions if m.start < pronoun.head and self._sentences[m.head] == here)
        return all(may_corefer(self.doc, pronoun, m) for m in others)

    def _features(
        self, pronoun: Mention, form: str, mention: Mention, entity: Entity, pairs: list[tuple[Mention, Entity]], last: Entity | None
    ) -> Features:
        at = pronoun.head
        between = {id(e) for m, e in pairs if e is not entity and mention.head < m.head < at}
        count = sum(m.start < at for m in entity.mentions)
        first = not any(e.mentions[0].start < entity.mentions[0].start for _, e in pairs if e is not entity)
        out = features(self.doc, pronoun, mention, self._sentences, Standing(count, len(between), entity is last, first))
        sure = entity.agrees == pronoun.agrees
        named = any(m.kind == "name" for m in entity.mentions)
        kind = "clear" if sure else "person" if entity.agrees <= {"he", "she"} else "body" if "they" in entity.agrees else "unknown"
        out[f"agrees {kind} {'name' if named else 'other'}"] = 1.0
        return out

    def speakers(self) -> dict[int, Reference]:
        """First-person forms inside direct speech whose speaker is known. "We" may be more than the speaker: ambiguous."""
        out = {}
        for at, names in self._speakers.items():
            token = self.doc[at]
            entity = next((e for i in names if (e := self.entity_of.get(i)) is not None), None)
            if entity is None or token.lower_ not in SPEAKER or token.tag_ not in ("PRP", "PRP$"):
                continue
            alone = token.lower_ in ("i", "me", "my", "mine", "myself")
            short = Mention(at, at, at + 1, "pronoun", entity.agrees)
            out[at] = _reference(self.doc, short, entity.fullest(at), "speaker", 0.95 if alone else 0.5, ambiguous=not alone)
        return out

    def names(self) -> dict[int, Reference]:
        """Short forms of names: a surname, an acronym, a first word."""
        out = {}
        for mention in self.found:
            if mention.kind != "name" or (entity := self.entity_of.get(mention.head)) is None:
                continue
            full = entity.fullest(mention.start)
            if len(full.core) > len(mention.core) and full.head != mention.head:
                confidence = 0.5 if entity.shared else 0.9
                out[mention.head] = _reference(self.doc, mention, full, "name", confidence, ambiguous=entity.shared)
        return out


def _for_none(doc: Doc, pronoun: Mention) -> Features:
    """Features of the answer that the pronoun stands for nothing named: "it" of the weather, of clauses and of events."""
    token = doc[pronoun.head]
    predicate = token.head
    out = {"none": 1.0, f"none {token.dep_.split(':')[0]}": 1.0}
    if token.dep_ == "nsubj" and predicate.pos_ == "ADJ":
        out["none adjective"] = 1.0
    if any(c.dep_ in ("ccomp", "csubj", "xcomp") and c.i > predicate.i for c in predicate.children):
        out["none clause"] = 1.0
    return out
