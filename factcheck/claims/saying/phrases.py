"""Cues that are no verbs: "is confident that", "the claim that", "according to", "in the view of", "reportedly"."""

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
    phrase,
    question,
    subject_of,
    under,
    unsaid,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from factcheck.types import Stance

_NO_SPEAKERS = frozenset("it this that these those what there".split())
_FROM = frozenset("by from among".split())
_BRACKETS = frozenset(", ( — – ; :".split())
_NAMING = frozenset("NOUN PROPN PRON NUM X ADJ".split())


def adjective_cue(token: Token) -> Cue | None:
    """The cue of a predicate: "X is confident that …"."""
    stance = lexicon.ADJECTIVES.get(token.lemma_.lower())
    subject = next(iter(children(token, "nsubj")), None)
    if stance is None or subject is None or not children(token, "cop") or subject.lower_ in _NO_SPEAKERS:
        return None
    for said in children(token, "ccomp", "advcl"):
        that = any(m.lower_ == "that" for m in children(said, "mark"))
        if that or (said.dep_ == "ccomp" and finite(said)):
            words = tuple(sorted({*cue_tokens(token)[0], *(c.i for c in children(token, "cop"))}))
            return Cue(token.i, words, phrase(subject), clause(said), stance, unsaid(token, words, stance), wh=question(said))
    return None


def noun_cue(token: Token) -> Cue | None:
    """The cue of a noun: "the minister's claim that …", "a plan to …", "denied reports that …"."""
    lemma = token.lemma_.lower()
    stance = lexicon.NOUNS.get(lemma)
    if token.pos_ != "NOUN" or (stance is None and lemma not in lexicon.INFINITIVE_NOUNS):
        return None
    joining = {"whether"} if stance == "asked" else {"that"}
    for said in children(token, "acl", "ccomp", "acl:relcl"):
        marks = {c.lower_ for c in children(said, "mark")}
        planned = lemma in lexicon.INFINITIVE_NOUNS and said.dep_ == "acl" and "to" in marks
        if said.i > token.i and (planned or marks & joining):
            return _stated(token, stance or "plans", clause(said))
    return None


def _stated(token: Token, stance: Stance, content: tuple[int, ...]) -> Cue:
    """A noun's cue. Its possessor speaks, or whom it comes from, or the subject of the verb that makes or rejects the statement."""
    words, negated = {token.i}, any(d.lower_ == "no" for d in children(token, "det"))
    owners = children(token, "nmod:poss")
    owners += [n for n in children(token, "nmod") if n.i < content[0] and any(c.lower_ in _FROM for c in children(n, "case"))]
    speaker = phrase(owners[0]) if owners else ()
    verb = token.head if token.dep_ in ("obj", "nsubj:pass") else None
    governing = verb.lemma_.lower() if verb is not None else ""
    rejects = governing in lexicon.REJECTING
    if verb is not None and (rejects or (governing in lexicon.MAKING and not owners)):
        agent = next(iter(children(verb, "obl:agent")), None)
        subject = agent if token.dep_ == "nsubj:pass" else subject_of(verb)
        added, refrains = cue_tokens(verb)
        words |= set(added)
        negated = negated or refrains or unsaid(verb, added, "said")
        stance = "denied" if rejects else stance
        speaker = phrase(subject) if subject is not None else ()
    return Cue(token.i, tuple(sorted(words)), speaker, content, stance, negated)


def phrase_cue(token: Token) -> Cue | None:
    """The cue of a phrase: "according to X", "in the words of X", "in X's view": ``token`` is "according", or the noun of the phrase."""
    if token.lower_ == "according":
        return _according(token)
    stance = lexicon.PHRASES.get(token.lemma_.lower())
    if stance is None or token.dep_ not in ("obl", "nmod", "parataxis") or not any(c.lower_ == "in" for c in children(token, "case")):
        return None
    owners = children(token, "nmod:poss")
    owners += [n for n in children(token, "nmod") if any(c.lower_ == "of" for c in children(n, "case"))]
    if not owners:
        return None
    words = tuple(i for i in sorted(under(token) - under(owners[0])) if not token.doc[i].is_punct)
    return _commenting(token, token, owners[0], words, stance)


def _according(token: Token) -> Cue | None:
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    # Treebanks have it as the noun's preposition, parsers now and then as a word with the noun below it.
    below = children(token, "obl", "nmod")
    speaker, outer = (below[0], token) if below else (token.head, token.head)
    if speaker.pos_ not in _NAMING or speaker.lemma_.lower() in lexicon.MEASURES:
        return None
    return _commenting(token, outer, speaker, (token.i, token.i + 1), "said")


def _commenting(token: Token, outer: Token, speaker: Token, words: tuple[int, ...], stance: Stance) -> Cue | None:
    """The cue of a phrase under ``outer``: it comments on the clause it stands in, if set apart or hanging on its verb."""
    doc, gone = token.doc, under(outer)
    around = [doc[i].text for i in (min(gone) - 1, max(gone) + 1) if 0 <= i < len(doc)]
    first = doc[min(gone)]
    apart = first.is_sent_start or first.text in _BRACKETS or doc[max(gone)].text in _BRACKETS or any(t in _BRACKETS for t in around)
    if outer.head == outer or not (apart or finite(outer.head)):
        return None
    # Set apart at either end of a sentence it comments on all of it, wherever a parser hangs it.
    sentence = [t.i for t in token.sent if not t.is_punct and not t.is_space]
    at_end = min(gone) <= sentence[0] or max(gone) >= sentence[-1]
    head = clause_head(outer.head, outermost=apart and at_end)
    return Cue(token.i, words, phrase(speaker), clause(head, without=gone), stance, loose=True)


def adverb_cue(token: Token) -> Cue | None:
    """The cue of an adverb: "reportedly", "allegedly" with a clause; not with a noun's adjective ("an allegedly stolen car")."""
    stance = lexicon.ADVERBS.get(token.lower_)
    if stance is None or token.dep_ != "advmod" or not finite(token.head):
        return None
    return Cue(token.i, (token.i,), (), clause(token.head, without={token.i}), stance, loose=True)
