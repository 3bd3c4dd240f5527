"""Opinion by syntax: propositions that only judge, and state nothing that another newsroom could check.

A proposition is an opinion if each of its main predicates judges by its words (``judging_words``) and nothing else in it can be checked:
no figure or date, no name beyond what is spoken of, no clause that tells what happened. It does not matter who says it: that they said
it is a proposition of its own. A predicate whose words are not known to judge is taken for a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.claims.clauses import is_condition
from factcheck.claims.judging_words import (
    ADJECTIVES,
    ALONE,
    BESIDE,
    BLAND,
    COUNTS,
    DOINGS,
    EQUATING,
    FILLERS,
    FORETOLD,
    HAD,
    HELD,
    HOW,
    INSTITUTIONS,
    LIKED,
    LINKING,
    MAKING,
    MUCH,
    NOUNS,
    OF_NOUNS,
    PAIRS,
    PHRASES,
    RANKED,
    SCANT,
    STATED,
    TOO,
    VERB_OBJECTS,
    VERBS,
    WORTH,
    is_kind,
    is_state,
)
from factcheck.claims.phrases import SUBJECTS, is_negative

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: Clauses that may tell something of their own.
_CLAUSES = frozenset({"ccomp", "csubj", "csubj:pass", "advcl", "advcl:relcl", "acl", "acl:relcl", "parataxis", "appos"})
#: A relative clause of so few words only says which thing is meant ('the advantage they hold').
_LONGEST_RELATIVE = 5
#: 'Bad news for the Brandts', 'typical of Holm': whom a judgement is for or of.
_TOWARDS = frozenset({"for", "to", "of"})
_PLACES = frozenset({"Location", "NORP"})
#: Relations by which a word out of place may top a proposition without saying anything.
_LOOSE = frozenset({"cc", "mark", "advmod", "discourse", "aux", "cop"})
_OPENING, _CLOSING = frozenset("\"“‘'«"), frozenset("\"”’'»")
_SUPERLATIVES = frozenset({"best", "worst", "greatest"})
_OWNING = frozenset({"have", "leave"})
_BOUNDLESS = frozenset({"anything", "anyone", "nothing"})


def is_opinion(doc: Doc, words: Sequence[int]) -> bool:
    """Whether a proposition, given as the numbers of its words in an analysed document, only judges."""
    told = [doc[i] for i in words if not (doc[i].is_punct or doc[i].is_space)]
    return not any(_counts(t) for t in told) and _Told(told).only_judges()


def only_asks(sentence: Span) -> bool:
    """Whether a sentence only asks its reader to do something ('Refresh this page'): no figure, nothing told in a clause."""
    words = [t for t in sentence if not (t.is_punct or t.is_space)]
    root = sentence.root
    if "Mood=Imp" not in str(root.morph) or root.tag_ not in ("VB", "VBP") or any(t.lower_ in ("yes", "no") for t in words[:1]):
        return False
    if any(c.dep_ in (*SUBJECTS, "aux", "aux:pass") and c.lower_ not in ("do", "let") for c in root.children):
        return False
    told = any(t.dep_ in ("ccomp", "parataxis", "acl:relcl") or (t.dep_ == "conj" and _is_finite(t)) for t in words)
    return not told and not any(_counts(t) for t in words)


def _counts(token: Token) -> bool:
    """Whether a word is, or stands for, a figure or a date."""
    if token.lower_ == "one" and token.dep_ != "nummod":
        return False  # 'one of the finest'
    return bool(
        token.pos_ == "NUM"
        or "NumType=Ord" in str(token.morph)
        or token.ent_type_ in ("Money", "Date")
        or token.lower_ in COUNTS
        or any(c.isdigit() for c in token.text)
        or (token.dep_ == "obl:unmarked" and token.head.dep_ != "acl:relcl" and token.lower_ not in ("today", "way", "time"))
    )


def _in_quotes(word: Token) -> bool:
    around = word.doc[max(0, word.i - 1) : word.i + 2]
    return len(around) == 3 and around[0].text in _OPENING and around[2].text in _CLOSING


def _is_finite(clause: Token) -> bool:
    verbs = [clause, *(c for c in clause.children if c.dep_ in ("aux", "cop", "aux:pass"))]
    return any("VerbForm=Fin" in str(v.morph) and "Mood=Imp" not in str(v.morph) for v in verbs)


class _Told:
    """The words of one proposition. A predicate that shares its subject or copula with another finds them here too."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._inside = {t.i for t in words}
        tops = [t for t in words if t.head.i not in self._inside or t.head.i == t.i]
        self._predicates = [t for t in tops if t.dep_ not in _LOOSE and not (t.dep_ in SUBJECTS and t.head.i != t.i)]
        self._lent = [t for t in tops if t not in self._predicates]
        self._whole = len(self._predicates) == 1 and all(t.dep_ not in SUBJECTS or self._predicates[0].dep_ == "conj" for t in self._lent)
        for one in self._predicates:
            self._predicates += self._kids(one, "conj")

    def only_judges(self) -> bool:
        """Whether every predicate judges, and nothing beside them can be checked."""
        return self._whole and all(self._judges(p) or self._is_figurative(p) for p in self._predicates) and not self._tells()

    def _kids(self, token: Token, *relations: str) -> list[Token]:
        return [c for c in token.children if c.i in self._inside and c.dep_ in relations]

    def _subject_of(self, head: Token) -> Token | None:
        if found := self._kids(head, *SUBJECTS):
            return next((s for s in found if s.dep_ != "expl"), found[0])
        if head.dep_ != "conj":
            return None
        return self._subject_of(head.head) if head.head.i in self._inside else next((t for t in self._lent if t.dep_ in SUBJECTS), None)

    # What can be checked

    def _tells(self) -> bool:
        """Whether anything beside the predicates and what they judge can be checked: a name, or a clause."""
        theme = {t.i for s in map(self._subject_of, self._predicates) if s is not None for t in s.subtree}
        for token in self._words:
            if token in self._predicates:
                continue
            if token.pos_ == "PROPN" and token.i not in theme and not self._is_aim(token):
                return True
            if token.dep_ in _CLAUSES and not self._is_light(token):
                return True
        return False

    def _is_aim(self, name: Token) -> bool:
        """Whether a name is only where a judgement holds, or whom it is for or of."""
        if name.ent_type_ in _PLACES:
            return True
        top = name
        while top.dep_ in ("flat", "compound", "conj", "nmod:poss") and top.head.i != top.i:
            top = top.head
        return top.head in self._predicates and _case(top) in _TOWARDS

    def _is_light(self, clause: Token) -> bool:
        """Whether a clause tells nothing itself: a condition, an infinitive or gerund, a short relative clause in the present."""
        if not _is_finite(clause):
            marked = any(c.dep_ in ("mark", "case") for c in clause.children)
            return clause.dep_ == "csubj" or (clause.dep_ in ("advcl", "acl", "ccomp") and (marked or clause.tag_ == "VB"))
        if clause.dep_ == "advcl" and is_condition(clause):
            return True
        words = [t for t in clause.subtree if t.i in self._inside]
        if any(c.lower_ == "than" for c in clause.children):
            return True  # judged with the comparison that it belongs to
        past = any("Tense=Past" in str(t.morph) for t in words)
        return clause.dep_ == "acl:relcl" and len(words) <= _LONGEST_RELATIVE and not past and not any(t.pos_ == "PROPN" for t in words)

    # What judges

    def _is_figurative(self, head: Token) -> bool:
        """'Provides the “soul”': an object that is one common noun in scare quotes is a figure of speech."""
        return any(k.pos_ == "NOUN" and _in_quotes(k) for k in self._kids(head, "obj"))

    def _judges(self, head: Token) -> bool:
        if any(c.lower_ in ("should", "ought") for c in self._kids(head, "aux")):
            return self._demands(head)
        if _is(head, STATED):
            return bool(self._kids(head, "aux:pass")) and any(c.tag_ == "MD" for c in self._kids(head, "aux"))
        if head.pos_ in ("VERB", "AUX"):
            return self._participle_judges(head) or self._verb_judges(head)
        return self._is_said_of_subject(head) and self._judging(head, self._subject_of(head))

    def _is_said_of_subject(self, head: Token) -> bool:
        """Whether a noun or adjective has a copula, its own or that of what it is coordinated with."""
        if self._kids(head, "cop"):
            return self._subject_of(head) is not None
        if head.dep_ != "conj":
            return False
        return self._is_said_of_subject(head.head) if head.head.i in self._inside else any(t.dep_ == "cop" for t in self._lent)

    def _judging(self, word: Token, subject: Token | None) -> bool:
        """Whether an adjective or a noun phrase judges what is spoken of."""
        if word.pos_ in ("NOUN", "PRON", "NUM"):
            return self._noun_judges(word, subject)
        return (word.pos_ == "ADJ" or word.tag_ in ("VBN", "VBG")) and self._adjective_judges(word, subject)

    def _adjective_judges(self, word: Token, subject: Token | None) -> bool:
        own, lemma = word.lower_, word.lemma_.lower()
        of = subject.lemma_.lower() if subject is not None else ""
        if any(t.lower_ == "than" for t in self._words):
            # 'Better than expected' compares with something that is known, 'louder than anything' with nothing.
            return any(t.lower_ in _BOUNDLESS for t in self._words)
        if (of, own) in PAIRS or (own in TOO and any(c.lower_ == "too" for c in self._kids(word, "advmod"))):
            return True
        if own == "worth":
            return any(c.i > word.i and _is(c, WORTH) for c in word.children if c.i in self._inside)
        if own == "hard":
            return any(c.tag_ == "VB" for c in self._kids(word, "xcomp", "ccomp", "csubj", "advcl"))
        if own in _SUPERLATIVES or is_state(of, lemma) or is_state(of, own):
            return False  # 'the best of the Dutch' is a rank
        if own in ("clear", "plain", "obvious") and any(is_negative(c) for c in self._kids(word, "advmod")):
            return False  # what is not clear is not known
        if own in ("better", "worse") and subject is not None and subject.pos_ == "PROPN":
            return False  # of people it tells their health
        return own in ADJECTIVES or ("Degree=Cmp" in str(word.morph) and lemma in ADJECTIVES)

    def _noun_judges(self, word: Token, subject: Token | None) -> bool:
        lemma = word.lemma_.lower()
        if case := _case(word):
            return (case, lemma) in PHRASES
        beside = self._kids(word, "amod", "compound", "nummod", "nmod:desc", "advmod")
        links = self._kids(word, "nmod", "obl", "acl", "nmod:poss")
        if not all(_adds_nothing(b) for b in beside) or self._kids(word, "acl:relcl"):
            return False
        made = any((b.lower_, lemma) in MAKING for b in beside) or any((lemma, k.lemma_.lower()) in OF_NOUNS for k in links)
        judged = [b for b in beside if b.dep_ == "amod" and (b.lower_ in ADJECTIVES or b.lower_ in BESIDE)]
        if made:
            return True
        if lemma in NOUNS and not (subject is not None and is_kind(subject.lemma_.lower(), lemma)):
            # 'The gearbox is the problem', 'rain was their problem' name a cause.
            named = any(c.dep_ == "nmod:poss" or c.lower_ == "the" for c in self._kids(word, "det", "nmod:poss"))
            return bool(judged) or not named
        ranked = lemma in RANKED and any(b.lower_ in _SUPERLATIVES for b in judged)
        if lemma not in BLAND or ranked or any(is_state(lemma, b.lower_) for b in judged):
            return False
        return bool(judged) and all(_case(k) in _TOWARDS for k in links if k.dep_ in ("nmod", "obl"))

    def _participle_judges(self, head: Token) -> bool:
        """'The praise is deserved', 'the start is encouraging': adjectives that the analysis takes for verbs."""
        joined = self._kids(head, "aux:pass") if head.tag_ == "VBN" else self._kids(head, "aux") if head.tag_ == "VBG" else []
        alone = not self._kids(head, "obj", "obl", "xcomp", "ccomp", "obl:agent", "compound:prt")
        return (
            alone
            and head.lower_ not in ("mixed", "striking", "telling")
            and any(c.lemma_ == "be" for c in joined)
            and head.lower_ in ADJECTIVES
        )

    def _verb_judges(self, head: Token) -> bool:
        objects = self._kids(head, "obj", "xcomp")
        if head.lemma_ == "be":
            there = any(c.lower_ == "there" for c in self._kids(head, "expl"))
            return there and any(self._is_scant(s) for s in self._kids(head, "nsubj"))
        if _is(head, _OWNING) and any(_is(o, HAD | MUCH) and self._is_scant(o) for o in objects):
            return True
        if _is(head, VERBS) or any(_is(o, VERB_OBJECTS.get(form, frozenset())) for o in objects for form in _forms(head)):
            return True
        if _is(head, ALONE) and not objects and not self._kids(head, "aux:pass"):
            return True
        if _is(head, DOINGS) and any(c.lower_ in HOW for c in self._kids(head, "advmod")):
            return True
        if _is(head, LINKING) and any(o.dep_ == "xcomp" and self._judging(o, self._subject_of(head)) for o in objects):
            return True
        return _is(head, EQUATING) and any(o.pos_ == "NOUN" and self._noun_judges(o, self._subject_of(head)) for o in objects)

    def _is_scant(self, noun: Token) -> bool:
        """'No excuse', 'little choice', 'much to admire'."""
        if _is(noun, MUCH):
            return any(_is(c, LIKED) for c in self._kids(noun, "acl"))
        if any(_case(c) not in _TOWARDS for c in (*self._kids(noun, "nmod"), *self._kids(noun.head, "obl")) if c.i > noun.i):
            return False  # 'no excuse in the contract'
        return _is(noun, HELD) and any(c.lower_ in SCANT for c in noun.children if c.i in self._inside)

    def _demands(self, head: Token) -> bool:
        """Whether 'should' says what ought to be, not what is expected nor what a notice advises."""
        subject = self._subject_of(head)
        if subject is None or _is(head, FORETOLD) or is_negative(subject):
            return False
        late = any(c.lemma_ == "have" for c in self._kids(head, "aux")) and not self._kids(head, "aux:pass")
        return subject.i < head.i and (late or _is(subject, INSTITUTIONS))


def _forms(word: Token) -> tuple[str, ...]:
    """What a word may be a form of: its lemma, which the analysis sometimes gets wrong, and the word without its ending."""
    own = word.lower_
    return (word.lemma_.lower(), own, *(own.removesuffix(end) for end in ("s", "es", "d", "ed") if own.endswith(end)))


def _is(word: Token, known: frozenset[str]) -> bool:
    return any(form in known for form in _forms(word))


def _adds_nothing(word: Token) -> bool:
    return any(word.lower_ in known for known in (ADJECTIVES, BESIDE, FILLERS)) or (word.lower_, word.head.lemma_.lower()) in MAKING


def _case(word: Token) -> str:
    return next((str(c.lower_) for c in word.children if c.dep_ == "case"), "")
