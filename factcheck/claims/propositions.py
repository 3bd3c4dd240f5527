"""What a sentence states, taken apart on its dependency tree: one fact a proposition, nothing added, nothing widened.

A clause gives its core (subject, verb, objects) with each adjunct in turn; coordinated predicates, objects and adjuncts are told one by
one; relative clauses, appositions, participles and titles state something of the thing they stand beside. Where leaving a word out
would change what is said (denials, 'only', conditions, comparisons), the clause stays whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING

from factcheck.claims.appositions import identity, measure, title, years
from factcheck.claims.clauses import (
    Clause,
    Kind,
    Pieces,
    Proposition,
    asks,
    common_complement,
    continues,
    counts,
    denies,
    has_own_subject,
    in_core,
    is_adjunct,
    is_bound,
    is_cleft,
    is_condition,
    is_factual,
    is_needed,
    is_remark,
    is_time,
    marks,
    told_together,
    vouches,
)
from factcheck.claims.gaps import gap
from factcheck.claims.lists import alternatives, companion, is_mixed, is_told_apart
from factcheck.claims.phrases import (
    SUBJECTS,
    Words,
    asides,
    conjuncts,
    has_subject,
    is_along,
    is_apposition,
    is_negative,
    phrase,
    trimmed,
)
from factcheck.claims.relatives import be, descriptions, is_participle, participle, relative

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["MOST", "Proposition", "propositions"]

#: Propositions of one sentence beyond which the rest is left to those that were found.
MOST = 24


def propositions(sentence: Span) -> list[Proposition]:
    """The propositions of an analysed sentence, in text order, without repeats; a sentence without a clause is one of its own."""
    root = sentence.root
    if _is_broken(sentence) or not any(c.dep_ in SUBJECTS for c in root.children):
        whole = trimmed(root, {t.i for t in sentence if not t.is_space})
        found = [Proposition(whole, whole), *_asides_of([root, *root.children])] if whole else []
    else:
        found = list(islice(_of_clause(Clause(root)), 4 * MOST))
    out: dict[Words, Proposition] = {}
    for one in found:
        if len(out) < MOST and any(sentence.doc[i].is_alpha or sentence.doc[i].like_num for i in one.words):
            out.setdefault(one.words, one)
    if full := {w: one for w, one in out.items() if not _is_empty(sentence.doc, w)}:
        out = full
    return sorted(out.values(), key=lambda p: (p.words[0], len(p.words), p.words))


def _is_broken(sentence: Span) -> bool:
    """Whether the tree cannot be right: a relative clause without a subject or a pronoun ('protesters … were students')."""
    for token in sentence:
        if token.dep_ == "acl:relcl" and token.head.i < token.i and not has_own_subject(token):
            inside = sentence.doc[token.left_edge.i : token.i + 1]
            finite = any("VerbForm=Fin" in str(t.morph) for t in inside)
            if finite and not any(t.tag_ in ("WP", "WDT", "WP$", "WRB") for t in inside):
                return True
    return False


def _is_empty(doc: Doc, words: Words) -> bool:
    """Whether nothing can be checked in a proposition: 'said Yusran Latief', 'that is how', 'records began'."""
    told = [doc[i] for i in words]
    content = [t for t in told if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV") and t.tag_ not in ("WRB", "WP", "WDT")]
    if any(t.dep_ == "cop" for t in told):  # 'she is a lawyer' says more than 'that is how'
        content += [t for t in told if t.tag_ == "PRP" and t.dep_ in SUBJECTS and t.lower_ not in ("it", "this", "that")]
    doing = any(t.pos_ in ("VERB", "ADJ") and t.lemma_ not in ("do", "have", "be", "say", "tell", "add", "ask") for t in content)
    if len(content) < (1 if doing and len(told) > 2 else 2) or (
        len(told) == 2 and told[1].lemma_ in ("begin", "continue", "occur", "happen")
    ):
        return True
    speech = any(t.pos_ == "VERB" and t.lemma_ in ("say", "tell", "add", "ask") for t in told)
    persons = all(t.ent_type_ == "Person" or t.pos_ in ("PROPN", "PRON", "VERB") for t in content)
    return speech and (told[0].lower_ in ("nobody", "none") or (persons and len(told) < 5))


def _of_clause(clause: Clause) -> Iterator[Proposition]:
    head = clause.head
    if is_cleft(head):
        whole = trimmed(head, {t.i for t in head.subtree})
        yield Proposition(whole, whole)
        return
    if (pair := gap(head)) is not None:
        yield Proposition(pair.before, pair.before)
        yield Proposition(tuple(sorted(pair.after)), pair.after)
        return
    own = [c for c in head.children if c.dep_ in SUBJECTS and c.i not in clause.skip]
    described = descriptions(head, phrase(own[0]) if own else clause.subject)
    clause = replace(clause, skip=clause.skip | {c.i for c in described})
    together = told_together(head)
    core = [c for c in head.children if (in_core(c) or c in together) and c.i not in clause.skip]
    adjuncts = [c for c in head.children if is_adjunct(c) and c.i not in clause.skip]
    subjects = _subjects(own, clause)
    for subject in subjects:
        yield from _told(replace(clause, subject=subject), core, adjuncts, own=bool(own))
        for more in described:
            yield from _of_description(more, subject)
    yield from _asides_of([*own, *core, *adjuncts, head])
    if (other := companion(head)) is not None and own:
        yield from _of_companion(other, clause, core, adjuncts)
    yield from _of_dependents(clause, subjects[0], adjuncts)


def _of_dependents(clause: Clause, first: Pieces, adjuncts: Sequence[Token]) -> Iterator[Proposition]:
    """The clauses that hang on a clause whose (first) subject is ``first``."""
    head = clause.head
    together = told_together(head)
    denied = denies(clause.words_of(first))
    for kid in head.children:
        conjunct = kid.dep_ == "conj" and kid not in together and (has_own_subject(kid) or not denied)
        if conjunct or (kid.dep_ == "parataxis" and _is_listed(kid)):
            yield from _of_conjunct(kid, clause, first, adjuncts)
        elif kid.dep_ == "parataxis" and has_own_subject(kid) and kid.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            yield from _of_clause(Clause(kid))
        elif continues(kid) and vouches(head):
            yield from _of_conjunct(kid, clause, first, adjuncts)
        elif kid.dep_ == "advcl" and not (any(is_negative(c) for c in head.children) and "because" in marks(kid)):
            yield from _of_adverbial(kid, first)
        elif kid.dep_ == "ccomp" and has_own_subject(kid) and not asks(kid) and vouches(head):
            yield from _of_clause(Clause(kid))
        elif kid.dep_ == "xcomp" and vouches(head):
            yield from _of_inner(kid, first)


def _is_listed(kid: Token) -> bool:
    """Whether a clause without a subject is one of a row: 'was born in Cairo, grew up in Paris and lives in Rome'."""
    joined = any(c.dep_ == "conj" and c.i > kid.i for c in kid.head.children)
    return joined and kid.i > kid.head.i and kid.tag_ in ("VBD", "VBZ") and not has_own_subject(kid)


def _of_inner(kid: Token, subject: Pieces) -> Iterator[Proposition]:
    """What stands within an infinitive or participle that belongs to the clause around it."""
    for c in kid.children:
        if c.dep_ == "advcl":
            yield from _of_adverbial(c, subject)
        elif c.dep_ == "xcomp":
            yield from _of_inner(c, subject)


def _of_companion(other: Token, clause: Clause, core: Sequence[Token], adjuncts: Sequence[Token]) -> Iterator[Proposition]:
    """The clause, told of who stands along with its subject."""
    head = clause.head
    if any(c.dep_ == "aux" for c in head.children):
        return
    words = phrase(other, leave_out=frozenset(c.i for c in other.children if c.dep_ == "case"))
    subject = tuple(i for i in words if not is_along(head.doc[i]))
    passive = any(c.dep_ == "aux:pass" for c in head.children)
    told = replace(clause, subject=subject, link=be(head, subject) if passive else "")
    kept = [c for c in core if c.dep_ != "aux:pass"], [a for a in adjuncts if a.i != other.i]
    yield from _told(told, *kept, own=False)


def _subjects(own: Sequence[Token], clause: Clause) -> list[Pieces]:
    """The subject, each of several told apart where each does the thing."""
    if not own:
        return [clause.subject]
    rest = tuple(i for s in own[1:] for i in phrase(s))
    others = [c for c in clause.head.children if c.i != own[0].i and c.dep_ != "conj"]
    # 'A and B signed separate deals', 'A and B received three awards': how many each is open.
    apart = not counts(others) and not is_bound(clause.head, (), others)
    return [(*words, *rest) for words in (alternatives(own[0], clause.head) if apart else [phrase(own[0])])]


def _told(clause: Clause, core: Sequence[Token], adjuncts: Sequence[Token], *, own: bool) -> Iterator[Proposition]:
    """The clause with each adjunct in turn, and each of coordinated objects; at last with what comments on it."""
    head = clause.head
    if not clause.subject:
        return
    subject = clause.words_of(clause.subject)
    start = min((t.i for t in subject), default=0)
    if denies(subject):  # what is denied together is told together
        core = [*core, *(c for c in head.children if c.dep_ == "conj" and not has_own_subject(c) and c not in core)]
    remarks = [c for c in head.children if is_remark(c)]
    if remarks:  # 'Five died, four of them in Ica': what stands behind belongs to it
        remarks += [a for a in adjuncts if a.i > remarks[0].i]
        adjuncts = [a for a in adjuncts if a.i < remarks[0].i]
    whole = is_bound(head, subject, (*core, *adjuncts)) or any(is_mixed(a) for a in adjuncts)
    kept = [a for a in adjuncts if whole or (own and a.i < start) or is_time(a) or is_needed(a, head, core)]
    listed = [] if whole else _listed(head, [*core, *adjuncts])
    turns = [words for a in adjuncts if a not in kept for words in (alternatives(a, head) if a in listed else [phrase(a)])]
    comment = {i for c in (*adjuncts, *remarks) for i in phrase(c)} | {c.left_edge.i for c in remarks if c.left_edge.is_punct}
    for predicate, left_out in _predicates(head):
        always = [k for k in (*core, *kept) if k.i not in left_out]
        choices = [alternatives(k, head) if k in listed and is_told_apart(k, head) else [phrase(k)] for k in always]
        if math.prod(map(len, choices)) > MOST:
            choices = [[phrase(k)] for k in always]
        for chosen in product(*choices):
            base = {i for part in chosen for i in part} | {*predicate, *clause.shared}
            if not turns or any(k.dep_ in ("obj", "cop", "aux:pass") for k in core):
                yield _proposition(clause, base, "core" if turns else "clause", own=own)
            for words in turns:
                yield _proposition(clause, base | set(words), "clause", own=own)
            if remarks:
                yield _proposition(clause, base | comment, "clause", own=own)


def _listed(head: Token, parts: Sequence[Token]) -> list[Token]:
    """The parts of a clause that may be told one by one, if they are lists: no other part counts or measures."""
    if counts(c for c in head.children if c.dep_ in SUBJECTS):
        return []
    return [k for k in parts if not counts(p for p in parts if p.i != k.i)]


def _predicates(head: Token) -> list[tuple[Words, frozenset[int]]]:
    """The predicate word, or each of coordinated nominal ones ('is an actor and producer'), each with the words that are not its own."""
    together = told_together(head)
    parts = [c for c in conjuncts(head) if _is_nominal(c) and c not in together and not (c.i != head.i and has_subject(c))]
    if not _is_nominal(head) or len(parts) == 1:
        return [((head.i,), frozenset())]
    common = common_complement(head)
    of = phrase(common) if common is not None else ()
    out: list[tuple[Words, frozenset[int]]] = [((head.i, *of), frozenset())]
    mine = [c for c in head.children if c.dep_ in ("det", "amod", "compound", "nummod", "nmod", "nmod:poss", "acl", "acl:relcl", "case")]
    for part in parts[1:]:
        own = [c for c in part.children if c.dep_ not in ("cc", "cc:preconj", "conj", "punct")]
        placed = any(c.dep_ in ("det", "nmod:poss", "nummod") for c in own)
        # 'An American actor and producer': the article and the nationality hold for both.
        both = [c for c in mine if c.i < head.i and c.dep_ == "det" and not placed and part.pos_ != "ADJ" and head.pos_ != "ADJ"]
        both += [c for c in mine if c.i < head.i and c.ent_type_ == "NORP" and both]
        both += [c for c in mine if c.dep_ == "case" and not any(o.dep_ == "case" for o in own)]
        words = {part.i, *of, *(i for c in own for i in phrase(c)), *(i for c in both for i in phrase(c))}
        out.append((tuple(sorted(words)), frozenset(c.i for c in mine)))
    return out


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ")


def _conditions(head: Token) -> set[int]:
    return {t.i for c in head.children if c.dep_ == "advcl" and is_condition(c) for t in c.subtree}


def _proposition(clause: Clause, rest: set[int], kind: Kind, *, own: bool) -> Proposition:
    head = clause.head
    told = {i for i in clause.subject if isinstance(i, int)}
    rest = rest | _conditions(head)
    words = trimmed(head, {*told, *rest, *clause.lead})
    if clause.filler:
        at = words.index(clause.behind) + 1 if clause.behind in words else len(words)
        both = tuple(sorted({*words, *(i for i in clause.filler if isinstance(i, int))}))
        return Proposition(both, (*words[:at], *clause.filler, *words[at:]), kind)
    if own:
        # What is said stands off from who says it, whatever stood between them.
        said = next((c for c in head.children if c.dep_ == "ccomp" and c.i < head.i), None)
        last = max((i for t in (said,) if t is not None for i in phrase(t) if i in words), default=-1)
        at = words.index(last) + 1 if last >= 0 else len(words)
        if at < len(words) and words[at] != last + 1 and head.doc[last + 1].text in (",", "-", "–", "—"):
            return Proposition(words, (*words[:at], ",", *words[at:]), kind)
        if clause.lead and at == len(words):
            return Proposition(words, (*clause.lead, *_comma(head.doc, clause.lead), *(i for i in words if i not in clause.lead)), kind)
        return Proposition(words, words, kind)
    after = tuple(i for i in trimmed(head, rest) if i not in told)
    return Proposition(
        words, (*clause.lead, *_comma(head.doc, clause.lead), *clause.subject, *((clause.link,) if clause.link else ()), *after), kind
    )


def _comma(doc: Doc, lead: Words) -> tuple[str, ...]:
    """The comma that the text sets behind an opening."""
    return (",",) if lead and doc[lead[-1] + 1].text == "," else ()


def _of_conjunct(conjunct: Token, clause: Clause, subject: Pieces, adjuncts: Sequence[Token]) -> Iterator[Proposition]:
    """A coordinated predicate: with the first one's subject and helping verbs where it has none of its own."""
    if conjunct.pos_ not in ("VERB", "AUX") and not has_subject(conjunct):
        return
    head = clause.head
    start = min((t.i for t in clause.words_of(subject)), default=head.i)
    lead = {*clause.lead, *(i for i in _conditions(head) if i < start)}
    if not has_own_subject(conjunct) and not any(is_time(c) for c in conjunct.children if is_adjunct(c)):
        lead |= {i for a in adjuncts if a.i < start and is_time(a) for i in phrase(a)}
    if any(c.lower_ == "would" for c in conjunct.children):  # 'without the loan, … would'
        lead |= {i for a in adjuncts if a.i < start for i in phrase(a)}
    helpers = [c for c in head.children if c.dep_ in ("aux", "aux:pass") and not is_negative(c)]
    bare = not any(c.dep_ in ("aux", "aux:pass", "cop", *SUBJECTS) for c in conjunct.children)
    modal = any(c.tag_ == "MD" for c in helpers) and conjunct.lower_ == conjunct.lemma_
    passive = conjunct.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in helpers) and not any(c.dep_ == "obj" for c in conjunct.children)
    finite = "VerbForm=Fin" in str(conjunct.morph) and not modal and not passive
    if finite and bare and head.dep_ == "ccomp" and head.head.i < head.i:
        return  # 'ruled that the ban was lawful and dismissed the claim': who did may be the one who speaks
    shared = tuple(c.i for c in helpers) if bare and not finite else ()
    yield from _of_clause(Clause(conjunct, subject, trimmed(head, lead), clause.link if bare else "", shared))


def _of_adverbial(kid: Token, subject: Pieces) -> Iterator[Proposition]:
    if is_condition(kid):
        return
    found = marks(kid)
    if "to" in found:
        yield from _of_inner(kid, subject)
    elif has_own_subject(kid):
        if is_factual(kid) and not (found and found[0] == "with"):
            subjects = [c.i for c in kid.children if c.dep_ in SUBJECTS]
            skip = frozenset(c.i for c in kid.children if c.i < subjects[0] and c.dep_ in ("mark", "advmod", "case"))  # 'even after'
            yield from _of_clause(Clause(kid, skip=skip))
    elif not found and kid.tag_ == "VBN" and kid.i < kid.head.i and subject:
        yield from _of_clause(Clause(kid, subject, link=be(kid, subject)))


def _asides_of(tokens: Sequence[Token]) -> Iterator[Proposition]:
    for token in tokens:
        parts = [token] if token.dep_ == "ROOT" else conjuncts(token)
        for part in parts:
            for aside in asides(part):
                yield from _of_aside(aside)
            yield from title(part)
            yield from years(part)
            yield from measure(part)


def _of_aside(aside: Token) -> Iterator[Proposition]:
    thing = _thing(aside)
    if not thing:
        return
    if aside.dep_ in ("acl:relcl", "advcl:relcl"):
        for clause in relative(aside, thing):
            yield from _of_clause(clause)
    elif is_participle(aside):
        yield from _of_clause(participle(aside, thing))
    elif aside.dep_ == "appos" and is_apposition(aside):
        yield identity(aside, thing)
        for more in descriptions(aside, thing):
            yield from _of_description(more, thing)
        yield from _asides_of([aside])
    elif aside.dep_ == "parataxis" and has_own_subject(aside):
        yield from _of_clause(Clause(aside))


def _thing(aside: Token) -> Words:
    """The words for what an aside speaks of; of a predicate ('She is a teacher, born in Rome') that is its subject."""
    about = aside.head
    if any(c.dep_ == "cop" for c in about.children):
        subject = next((c for c in about.children if c.dep_ in ("nsubj", "nsubj:outer")), None)
        return phrase(subject) if subject is not None and about.pos_ == "NOUN" and subject.lower_ not in ("it", "this", "that") else ()
    beside = {"case", "mark", "cc:preconj"}
    if not any(c.dep_ == "conj" and aside.dep_ == "acl:relcl" and c.i < aside.left_edge.i for c in about.children):
        beside |= {"cc", "conj"}  # 'cubes and cones, which …' speaks of both
    hidden = {t.i for c in about.children if c.dep_ in beside or c.i == aside.i for t in c.subtree}
    return phrase(about, leave_out=frozenset(hidden))


def _of_description(clause: Token, subject: Pieces) -> Iterator[Proposition]:
    """A clause on what a thing is said to be, told of the thing."""
    if is_participle(clause):
        yield from _of_clause(participle(clause, subject))
    else:
        for one in relative(clause, subject):
            yield from _of_clause(one)
