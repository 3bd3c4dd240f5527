"""The parts of a clause: what belongs to its core, what hangs on it, and what may not be left out without saying something else.

Relations are those of Universal Dependencies v2 (https://universaldependencies.org/u/dep/).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factcheck.claims.lists import is_such_as
from factcheck.claims.phrases import SUBJECTS, Words, conjuncts, has_subject, is_along, is_aside, is_negative, set_off

if TYPE_CHECKING:
    from spacy.tokens import Token

Kind = Literal["clause", "core", "about"]

#: Words of the document by number, and words that are added, in the order of a sentence.
Pieces = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Proposition:
    """One fact. words: tokens that it is made of, in text order; pieces: the same and added words, in the order of a sentence.

    kind: "core" for a clause without its adjuncts, which others state with more; "about" for what a phrase says of a thing.
    """

    words: Words
    pieces: Pieces
    kind: Kind = "clause"


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and what it takes from elsewhere.

    subject: told of it in another place; lead: words of another clause's start that hold for it too (a condition, a time); link: a verb
    to add where the clause has none; shared: helping verbs of another clause; skip: words that stand for others (relative pronouns), or
    are told by themselves; filler: what a relative pronoun stands for, put behind word number ``behind``, or at the end if that is -1.
    """

    head: Token
    subject: Pieces = ()
    lead: Words = ()
    link: str = ""
    shared: Words = ()
    skip: frozenset[int] = frozenset()
    filler: Pieces = ()
    behind: int = -1

    def words_of(self, pieces: Sequence[int | str]) -> list[Token]:
        """The pieces that are words of the text."""
        return [self.head.doc[i] for i in pieces if isinstance(i, int)]


#: What belongs to the core of a clause; 'dep' and the like are a parser's way of saying that it does not know.
_CORE = frozenset(
    "aux aux:pass cop obj iobj xcomp ccomp csubj compound:prt expl obl:agent dep fixed flat goeswith"
    " det det:predet amod nummod compound case nmod nmod:poss nmod:unmarked nmod:desc acl acl:relcl".split()
)
_COMPLEMENTS = frozenset({"obj", "iobj", "xcomp", "ccomp", "cop", "aux:pass", "obl:agent"})
#: Words by which a clause is more, or less, than the sum of its parts.
_BINDING = frozenset(
    """only few little fewer less each any if unless whether than rather except so such too enough different would could should might
    may must hardly barely nearly almost as most all every half majority minority third % percent per cent total separate joint jointly
    together respectively alone exactly""".split()
)
#: Verbs that say nothing without what they are followed by ('accused of fraud', 'based in Rome').
_NEEDY = frozenset(
    """accuse charge convict suspect acquit clear ban bar prevent stop prohibit base deprive expose force limit restrict aim bind
    rob strip inform remind warn put place send sentence link connect relate attribute discourage dissuade deter know
    take bring fly rush move transfer lead head""".split()
)
#: 'He would not go, adding that …': the participle belongs to who speaks, whatever the tree says.
_SPEAKING = frozenset("add say insist note warn argue claim tell call describe cite stress explain".split())
#: Words of other tags or lemmas that the analysis now and then gives to these.
_DENYING = frozenset("deny denies denied denying doubt doubts doubted dispute disputes disputed allege alleges alleged".split())
#: Words at a clause's start that tie it to another sentence.
_CONNECTIVES = frozenset(
    """however also therefore meanwhile moreover furthermore thus hence then instead besides nevertheless nonetheless otherwise so but and
    or yet""".split()
)
#: 'Although X did this, …' says that X did; the clause that it hangs on holds without it.
_CONTRASTS = frozenset({"although", "though", "whereas"})
#: A clause with one of these says when, or against what, the other holds.
_TEMPORAL = frozenset("when after before until till since as once than whenever where like".split())
#: 'When X did this, …' states that X did; 'if X does', 'before X could' do not.
_FACTUAL = frozenset("because after when while since although though as whereas".split())

_TIMES = frozenset(
    "day week month year hour minute night morning evening afternoon weekend season century decade moment time midnight noon".split()
)


def in_core(kid: Token) -> bool:
    """Whether a dependent of a predicate belongs to the core of its clause."""
    if kid.dep_ in ("advmod", "discourse"):
        return kid.lower_ not in _CONNECTIVES and not _is_long(kid) and kid.i not in not_only(kid.head) and not is_along(kid)
    if kid.dep_ == "mark":
        return bool(kid.lower_ == "to")
    return kid.dep_ in _CORE and not is_aside(kid)


def is_adjunct(kid: Token) -> bool:
    """Whether a dependent of a predicate says when, where, why or how: a phrase, a clause with its mark, a participle that follows."""
    if kid.dep_ == "advcl":
        if (
            is_condition(kid)
            or is_contrast(kid)
            or continues(kid)
            or is_remark(kid)
            or (kid.head.dep_ == "ccomp" and kid.lemma_ in _SPEAKING)
        ):
            return False
        return bool(marks(kid)) or (kid.i > kid.head.i and not has_subject(kid)) or (kid.tag_ == "VBG" and not has_subject(kid))
    return kid.dep_ in ("obl", "obl:unmarked") or (kid.dep_ == "advmod" and _is_long(kid))


def marks(clause: Token) -> list[str]:
    """The words that make a clause depend on another, lower case: 'because', 'when', 'after'."""
    return [
        str(c.lower_)
        for c in clause.children
        if c.dep_ in ("mark", "case") or (c.dep_ == "advmod" and c.lower_ in ("when", "where", "whenever") and c.i < clause.i)
    ]


def is_contrast(clause: Token) -> bool:
    """Whether an adverbial clause only stands against the one that it hangs on ('although …', '…, while B fell')."""
    found = marks(clause)
    parted = clause.doc[clause.left_edge.i - 1].text == "," if clause.left_edge.i else False
    return any(m in _CONTRASTS for m in found) or ("while" in found and parted and has_subject(clause))


def is_factual(clause: Token) -> bool:
    """Whether a clause with a mark is stated as a fact."""
    found = marks(clause)
    if found and found[0] == "when" and not any("Tense=Past" in str(t.morph) for t in (clause, *clause.lefts)):
        return False  # 'when it rains' is a condition
    return not found or (found[0] in _FACTUAL and not (found[0] == "as" and len(found) > 1))


def is_condition(clause: Token) -> bool:
    """'If it rains', 'provided it rains', and 'should it rain'."""
    found = marks(clause)
    first = next(iter(clause.subtree))
    return any(m in ("if", "unless", "provided", "providing", "once", "until", "whether", "lest") for m in found) or (
        not found and first.lower_ in ("should", "had", "were") and first.dep_ in ("aux", "cop")
    )


def asks(clause: Token) -> bool:
    """Whether a dependent clause leaves open what it speaks of ('whether it rained', 'what it cost')."""
    return any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in clause.children) or any(
        t.tag_ in ("WP", "WDT", "WRB", "WP$") for t in clause.lefts
    )


def vouches(head: Token) -> bool:
    """Whether a clause that governs another says that it was said: not denied, not merely possible."""
    return not any(is_negative(c) or c.tag_ == "MD" for c in head.children) and head.lower_ not in _DENYING


def is_time(adjunct: Token) -> bool:
    """Whether an adjunct says when: without it, what was so on Monday would seem to deny what was so on Tuesday."""
    if adjunct.dep_ == "advcl":
        return any(m in _TEMPORAL for m in marks(adjunct))
    if adjunct.dep_ == "obl:unmarked" or _is_date(adjunct):
        return True
    inside = any(c.dep_ in ("nmod", "obl", "nmod:unmarked") and _is_date(c) for c in adjunct.children)
    return inside or any(c.dep_ == "case" and c.lower_ in ("after", "before", "during", "since", "until") for c in adjunct.children)


def _is_date(token: Token) -> bool:
    return token.ent_type_ == "Date" or token.lemma_ in _TIMES or _is_year(token)


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4 and token.text[0] in "12"


def is_needed(adjunct: Token, head: Token, core: Iterable[Token]) -> bool:
    """Whether a verb wants this adjunct: the first one behind it that is no time ('cost from 299,800 yuan', 'accused of fraud')."""
    if any(k.dep_ in _COMPLEMENTS for k in core) and head.lemma_ not in _NEEDY:
        return False
    behind = [a for a in head.rights if (a.dep_ == "obl" or (a.dep_ == "advcl" and is_adjunct(a) and not set_off(a))) and not is_time(a)]
    return bool(behind) and behind[0].i == adjunct.i


def is_bound(head: Token, subject: Sequence[Token], parts: Iterable[Token]) -> bool:
    """Whether leaving an adjunct out, or telling a list one by one, would change what is said."""
    words = [head, *subject, *(t for kid in parts if kid.dep_ != "ccomp" for t in kid.subtree)]
    conditions = any(c.dep_ == "advcl" and is_condition(c) for c in head.children)
    return conditions or any(is_negative(w) or (w.lower_ in _BINDING and not is_such_as(w)) for w in words)


def is_remark(kid: Token) -> bool:
    """Whether a dependent comments on its whole clause: '…, the first cut in years', '…, which angered unions', '…, citing costs'."""
    if kid.i < kid.head.i or not set_off(kid) or kid.doc[kid.left_edge.i].text in ("(", "["):
        return False
    if kid.dep_ == "advcl":
        return kid.tag_ == "VBG" and not marks(kid) and not has_subject(kid)
    nominal = kid.dep_ == "parataxis" and kid.pos_ in ("NOUN", "NUM") and not has_subject(kid) and len(list(kid.subtree)) > 3
    relative = kid.dep_ in ("acl:relcl", "advcl:relcl") and any(t.lower_ == "which" for t in kid.lefts)
    return kid.head.pos_ in ("VERB", "ADJ") and (nominal or relative)


def counts(parts: Iterable[Token]) -> bool:
    """Whether words count or measure something, times left aside: 'employs 300 people in Cork and Galway' is not 300 in each."""
    words = (t for part in parts for t in part.subtree)
    return any(
        (t.pos_ == "NUM" or t.ent_type_ == "Money") and t.ent_type_ != "Date" and not is_time(t) and not is_time(t.head) for t in words
    )


def denies(subject: Iterable[Token]) -> bool:
    """Whether a subject denies all that is said of it together: 'no one was charged and is in custody'."""
    return any(is_negative(t) or t.lower_ in ("few", "only") for t in subject)


def not_only(head: Token) -> frozenset[int]:
    """Numbers of 'not only' before a predicate: both what follows and what 'but also' adds are stated."""
    doc = head.doc
    for c in head.children:
        if c.lower_ == "only" and c.i and doc[c.i - 1].lower_ == "not" and c.i < head.i and not doc[c.i - 1].is_sent_start:
            return frozenset({c.i - 1, c.i})
    return frozenset()


def is_cleft(head: Token) -> bool:
    """'It was the union that called off the talks': the parts mean nothing alone."""
    return any(c.dep_ in SUBJECTS and c.lower_ == "it" for c in head.children) and any(
        c.dep_ in ("acl:relcl", "advcl:relcl") for c in head.children
    )


def has_own_subject(token: Token) -> bool:
    """Whether a predicate has a subject beside it."""
    return any(c.dep_ in SUBJECTS for c in token.children)


def told_together(head: Token) -> list[Token]:
    """Coordinated predicates that can be told only together with ``head``: 'or', 'neither … nor', a shared object, a gap."""
    joined = [c for c in head.children if c.dep_ == "conj"]
    if any(_is_gapped(c) for c in joined) or (_is_inverted(head) and joined):
        return joined
    bare = [c for c in joined if not has_own_subject(c)]
    return bare if bare and _is_one(head, bare) else []


def _is_one(head: Token, joined: Sequence[Token]) -> bool:
    kids = list(head.children)
    words = {c.lower_ for k in joined for c in k.children if c.dep_ == "cc"}
    if words & {"or", "nor", "not", "than"} or any(c.lower_ in ("neither", "either") for c in kids):
        return True
    if any(c.dep_ == "advcl" and is_condition(c) and c.i > k.i for k in joined for c in k.children):
        return True
    if any(is_negative(c) and c.i < head.i and c.i not in not_only(head) for c in kids) and any(_is_bare(k) for k in joined):
        return True
    common = common_complement(head)
    shared = [c for c in kids if c.i > joined[0].i and c.dep_ in ("obj", "obl", "xcomp", "ccomp", "nmod")]
    if any(common is None or c.i != common.i for c in shared):
        return True
    cut = joined[0].left_edge
    while cut.i > head.i and (cut.dep_ in ("cc", "punct") or cut.i == joined[0].left_edge.i):
        cut = cut.nbor(-1)
    alone = cut.i == head.i and head.pos_ == "VERB" and not any(c.dep_ == "aux:pass" for c in kids)
    stranded = cut.pos_ == "ADP" and cut.tag_ == "IN"
    return stranded or (alone and any(c.dep_ == "obj" for c in joined[0].children))


def common_complement(head: Token) -> Token | None:
    """What two offices of one person are held in: 'She is founder and chief executive of Solara' is founder of Solara too."""
    offices = conjuncts(head)
    subject = next((c for c in head.children if c.dep_ in SUBJECTS), None)
    person = subject is not None and (subject.ent_type_ == "Person" or subject.lower_ in ("he", "she", "who"))
    placed = any(c.dep_ in ("det", "nmod:poss", "nummod") and (o.i != head.i or c.lower_ != "the") for o in offices for c in o.children)
    if not person or placed or len(offices) < 2 or any(o.tag_ != "NN" for o in offices):
        return None
    of = [c for o in offices for c in o.children if c.dep_ == "nmod" and any(k.lower_ == "of" for k in c.children)]
    return of[0] if len(of) == 1 and of[0].i > offices[-1].i else None


def continues(kid: Token) -> bool:
    """Whether a participle goes on with a passive: 'was arrested in May, convicted in June'."""
    before = kid.doc[max(kid.left_edge.i - 1, 0)]
    last = kid.doc[max(kid.left_edge.i - (2 if before.text == "," else 1), 0)]
    passive = kid.head.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in kid.head.children)
    bare = kid.dep_ == "advcl" and kid.tag_ == "VBN" and not marks(kid) and not has_subject(kid)
    # Behind another noun the participle may speak of that.
    return bare and passive and kid.i > kid.head.i and set_off(kid) and (last.i == kid.head.i or _is_date(last))


def _is_bare(conjunct: Token) -> bool:
    return not any(c.dep_ in ("aux", "aux:pass", "cop") for c in conjunct.children) and "VerbForm=Fin" not in str(conjunct.morph)


def _is_gapped(conjunct: Token) -> bool:
    """'… and the Conservatives nine': the verb is understood."""
    odd = any(c.dep_ in ("orphan", "reparandum") for c in conjunct.children)
    verbless = conjunct.pos_ not in ("VERB", "AUX") and not any(c.dep_ == "cop" for c in conjunct.children)
    return odd or (verbless and (has_own_subject(conjunct) or conjunct.head.pos_ == "VERB"))


def _is_inverted(head: Token) -> bool:
    """'Not only did profits fall, …'."""
    if head.left_edge.lower_ != "not":
        return False
    subject = next((c.i for c in head.children if c.dep_ in SUBJECTS), -1)
    return any(c.dep_ in ("aux", "cop", "aux:pass") and c.i < subject for c in head.children)


def _is_long(kid: Token) -> bool:
    return len(list(kid.subtree)) > 3
