"""Verbs that report: "said that", "told X that", "…, police say", "is expected to", "accused X of", "has declined to say whether"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.saying import lexicon
from factcheck.claims.saying.cues import (
    Cue,
    children,
    clause,
    clause_head,
    cue_tokens,
    finite,
    infinitive,
    introduced_by_as,
    phrase,
    question,
    subject_of,
    trimmed,
    under,
    unsaid,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.types import Stance

_POINTING = frozenset("this that these those what".split())
#: Verbs under which "as saying" gives the words of their object.
_QUOTED_AS = frozenset("quote cite report record describe".split())


def verb_cue(token: Token) -> Cue | None:
    """The cue that a verb is, with its speaker and what the syntax shows of its content; None if it does not report here."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    lemma = token.lemma_.lower()
    stance, paired = _stance(token, lemma)
    quoting = lexicon.QUOTING.get(lemma)
    all_told = token.lower_ == "told" and token.i > 0 and token.nbor(-1).lower_ == "all"
    if (stance is None and quoting is None) or all_told:
        return None
    passive = _passive(token)
    # "The court heard that …": whoever spoke, it was not the court.
    speaker = () if lemma == "hear" else _speaker(token, lemma, passive=passive)
    if speaker is None:
        return None
    content, asks, loose = _complement(token, lemma, passive=passive) if stance else ((), False, False)
    words, refrains = cue_tokens(token)
    kind: Stance = stance or quoting or "said"
    return Cue(
        anchor=token.i,
        tokens=tuple(sorted({*words, *paired})),
        speaker=tuple(i for i in speaker if i not in content),
        content=content,
        stance=kind,
        negated=refrains or lemma == "doubt" or unsaid(token, words, kind),
        quotable=kind in ("said", "asked", "alleged", "believes", "denied") and lemma != "hear",
        wh=asks,
        loose=loose,
    )


def _stance(token: Token, lemma: str) -> tuple[Stance | None, list[int]]:
    """The stance of a verb with a clause, and the particle that makes it a verb of saying ("pointed out")."""
    for particle in children(token, "compound:prt", "advmod", "xcomp"):
        if paired := lexicon.PARTICLE_VERBS.get((lemma, particle.lower_)):
            return paired, [particle.i]
    if lemma == "hear" and any(s.lemma_.lower() in lexicon.HEARERS for s in children(token, "nsubj")):
        return "said", []
    if lemma == "put" and introduced_by_as(token) and any(o.lower_ == "it" for o in children(token, "obj")):
        return "said", []
    return lexicon.VERBS.get(lemma) or lexicon.AIMS.get(lemma), []


def _passive(token: Token) -> bool:
    if children(token, "aux:pass", "nsubj:pass"):
        return True
    if token.tag_ != "VBN" or children(token, "aux", "nsubj"):
        return False
    # "a man said to be", "was stopped and told"
    return token.dep_ in ("acl", "acl:relcl") or (token.dep_ == "conj" and bool(children(token.head, "aux:pass")))


def _speaker(token: Token, lemma: str, *, passive: bool) -> tuple[int, ...] | None:
    """The speaker's words; none if nobody is named; None if the verb does not report at all here."""
    if passive:
        agents = children(token, "obl:agent")
        return phrase(agents[0]) if agents else ()
    if introduced_by_as(token) and token.head.lemma_.lower() in _QUOTED_AS and token.tag_ == "VBG":
        quoted = children(token.head, "obj") or children(token.head, "nsubj:pass")
        return phrase(quoted[0]) if quoted else None
    subject = subject_of(token) or _behind(token)
    if subject is None or subject.lower_ in _POINTING or subject.dep_ == "expl" or (subject.lower_ == "it" and lemma in lexicon.EVIDENCE):
        return None
    # "I must say", "we have to say": a figure of speech.
    obliged = any(a.lower_ == "must" for a in children(token, "aux")) or (token.dep_ == "xcomp" and token.head.lemma_.lower() == "have")
    if lemma == "say" and obliged and subject.lower_ in ("i", "we"):
        return None
    # "a letter warning that": the cue hangs on its own speaker.
    own = under(token) if subject in token.ancestors else set()
    return trimmed(token.doc, set(phrase(subject)) - own)


def _behind(token: Token) -> Token | None:
    """The speaker behind a verb whose title is read as a verb too: "says managing director Ola Berg", "said acting mayor Ines Okafor"."""
    title = next((c for c in children(token, "advcl", "xcomp") if c.i == token.i + 1 and c.tag_ == "VBG"), None)
    named = children(title, "obj") if title is not None else []
    return named[0] if named and named[0].pos_ == "PROPN" else None


def _complement(token: Token, lemma: str, *, passive: bool) -> tuple[tuple[int, ...], bool, bool]:
    """(what is said, whether it is a question, whether the cue stands apart from it) as the syntax shows it."""
    if lemma == "accuse":
        return _accusation(token, passive=passive), False, False
    for said in children(token, "ccomp", "csubj", "csubj:pass"):
        if finite(said) and lemma not in lexicon.AIMS and lemma != "put":
            mine = {i for s in children(token, "nsubj") for i in under(s)}
            return clause(said, without=mine), question(said), False
    for said in children(token, "xcomp", "ccomp"):
        if wanted := _unfinite(token, lemma, said, passive=passive):
            return wanted, False, False
    if not passive and (thing := _thing(token, lemma)):
        return thing, False, False
    if (aside := _aside(token)) is not None:
        return clause(aside, without=under(token)), False, True
    for said in children(token, "parataxis"):
        colon = any(token.doc[i].text == ":" for i in range(token.i, said.i))
        if colon and finite(said):
            return clause(said), question(said), False
    return (), False, False


def _unfinite(token: Token, lemma: str, said: Token, *, passive: bool) -> tuple[int, ...]:
    """What an infinitive or gerund says, with its subject where that is not the speaker."""
    doc = token.doc
    if passive:
        whose = subject_of(token)
        raised = lemma in lexicon.RAISING and infinitive(said) and whose is not None
        return trimmed(doc, {*phrase(whose), *under(said)}) if raised and whose is not None else ()
    objects = children(token, "obj", "iobj")
    if lemma in lexicon.OBJECT_INFINITIVE and infinitive(said):
        return trimmed(doc, {*(i for o in objects for i in under(o)), *under(said)})
    own = (lemma in lexicon.TO_INFINITIVE and infinitive(said)) or (lemma in lexicon.GERUND and said.tag_ == "VBG")
    return clause(said) if own and not objects else ()


def _thing(token: Token, lemma: str) -> tuple[int, ...]:
    """What is expected, promised or denied where a noun says it: "expects a loss", "expects the loss to grow", "denies the charges"."""
    things = children(token, "obj")
    if len(things) != 1 or things[0].pos_ not in ("NOUN", "PROPN", "SYM", "NUM") or children(token, "iobj"):
        return ()
    denied = lemma == "deny" and things[0].lemma_.lower() in lexicon.DENIED
    return trimmed(token.doc, under(things[0])) if denied or lemma in lexicon.OF_THINGS else ()


def _aside(token: Token) -> Token | None:
    """The head of the clause that a cue set apart comments on ("…, police said", "as the minister put it, …", "as reported by …")."""
    if not children(token, "nsubj", "obl:agent"):
        return None
    objects = [o for o in children(token, "obj", "ccomp", "xcomp") if o.lower_ != "it"]
    # "…, so they complained" is a clause of its own.
    joined = bool(children(token, "mark", "cc")) or any(c.lower_ in ("so", "then", "thus") for c in children(token, "advmod"))
    if token.dep_ == "parataxis" and not objects and not joined:
        return clause_head(token.head)
    # "told the BBC" has its hearer for an object.
    if token.dep_ in ("advcl", "parataxis", "acl") and introduced_by_as(token) and (not objects or token.lemma_.lower() == "tell"):
        return clause_head(token.head)
    return None


def _accusation(token: Token, *, passive: bool) -> tuple[int, ...]:
    """Who is accused and of what ("accused the firm of hiding losses")."""
    accused = subject_of(token) if passive else next(iter(children(token, "obj")), None)
    out: set[int] = set()
    charges = children(token, "advcl", "obl", "ccomp", "xcomp")
    # Parsers hang "of hiding losses" on the accused as well.
    for charge in charges or (children(accused, "acl", "nmod")[-1:] if accused is not None else []):
        joining = [m.i for m in children(charge, "mark", "case") if m.lower_ == "of"]
        if joining:
            out |= under(charge) - set(joining)
    return trimmed(token.doc, {*phrase(accused), *out}) if accused is not None and out else ()
