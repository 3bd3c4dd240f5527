"""Who says what: every quotation and every reported statement of an analysed text, with its speaker and the speaker's stance.

The syntax finds cues and the clauses they govern (``saying``), the quotation marks find what is said in a
speaker's own words (``quotation``); here they are joined. A quotation that nobody is plainly said to have made is
left out: a statement on the wrong lips is worse than one on nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.saying.cues import Cue, trimmed
from factcheck.claims.saying.lexicon import EVIDENCE
from factcheck.claims.saying.phrases import adjective_cue, adverb_cue, noun_cue, phrase_cue
from factcheck.claims.saying.quotation import Quotation, paragraphs, quotations
from factcheck.claims.saying.verbs import verb_cue
from factcheck.types import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Quotations of so few words, inside a sentence, keep their distance from a word rather than quote a statement.
_SCARE_WORDS = 3
#: Stances of which a quotation may be the next sentence.
_STATING = frozenset({"said", "alleged", "denied"})
_LINKS = frozenset("ccomp parataxis xcomp obj dep csubj advcl obl root".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something said, and by whom. All three are token indices in text order.

    content: what is said, without quotation marks and without "that". speaker: the speaker's noun phrase with title and apposition;
    empty if nobody is named ("it is said that"). cue: the verb with its auxiliaries and negation, the noun, or "according to".
    stance: how the speaker stands to the content. direct: whether all of it stands in quotation marks. negated: whether the text
    says that it was not said, or only that it may be ("declined to say", "has not confirmed", "could argue", "if she says").
    """

    content: tuple[int, ...]
    speaker: tuple[int, ...]
    cue: tuple[int, ...]
    stance: Stance
    direct: bool = False
    negated: bool = False


def attributions(doc: Doc, parts: Sequence[range] | None = None) -> tuple[Attribution, ...]:
    """All attributions of a document with Universal Dependencies, in text order of what is said.

    They nest: in "X said that Y had denied it" what Y denies lies in what X says. parts: the token ranges of the paragraphs; by default
    they are told by tokens with a blank line.
    """
    return _read(doc, parts)[0]


def spoken(doc: Doc) -> list[int | None]:
    """For every token the number, in :func:`attributions`, of the innermost attribution whose content it is; None: the writer's own."""
    found = attributions(doc)
    out: list[int | None] = [None] * len(doc)
    for number in sorted(range(len(found)), key=lambda n: -len(found[n].content)):
        for i in found[number].content:
            out[i] = number
    return out


def scare_quotes(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Half-open token ranges, without the marks, of one to three quoted words inside a sentence that are nobody's statement."""
    used = _read(doc)[1]
    out = []
    for quotation in quotations(doc):
        words = [i for i in quotation.inside if _is_word(doc[i])]
        if quotation in used or not 0 < len(words) <= _SCARE_WORDS:
            continue
        sentences = {doc[i].sent.start for i in words}
        sentence = doc[words[0]].sent
        if len(sentences) == 1 and any(_is_word(t) and t.i not in quotation for t in sentence):
            out.append((words[0], words[-1] + 1))
    return tuple(out)


def _read(doc: Doc, parts: Sequence[range] | None = None) -> tuple[tuple[Attribution, ...], set[Quotation]]:
    """All attributions, and the quotations that are the content of one."""
    parts = paragraphs(doc) if parts is None else parts
    quotes = quotations(doc, parts)
    cues = (verb_cue(t) or adjective_cue(t) or noun_cue(t) or phrase_cue(t) or adverb_cue(t) for t in doc)
    joined = _joined(doc, [cue for cue in cues if cue is not None], quotes)
    found = [a for cue, linked in joined if (a := _attribution(doc, cue, linked, quotes)) is not None]
    used = {q for cue, linked in joined for q in linked if _direct(doc, cue, linked)}
    for quotation in quotes:
        follow = _follows(doc, quotation, found, quotes, parts) if quotation not in used else None
        if follow is not None:
            found.append(Attribution(trimmed(doc, quotation.inside), follow.speaker, follow.cue, follow.stance, direct=True))
            used.add(quotation)
    found.sort(key=lambda a: (a.content[0], -len(a.content)))
    return tuple(found), used


def _is_word(token: Token) -> bool:
    return not token.is_punct and not token.is_space


# Cues and quotations -----------------------------------------------------------------------------------------------------------------


def _joined(doc: Doc, found: Sequence[Cue], quotes: Sequence[Quotation]) -> list[tuple[Cue, list[Quotation]]]:
    """Each cue with its quotations: those that the syntax hangs on it, then, for cues left with nothing, those right beside it."""
    linked: list[list[Quotation]] = [[] for _ in found]
    taken: set[Quotation] = set()
    for cue, mine in zip(found, linked, strict=True):
        for quotation in _in_reach(doc, cue, quotes) if cue.quotable or cue.content else []:
            if _hangs_on(doc, quotation, cue, mine):
                mine.append(quotation)
                taken.add(quotation)
    for cue, mine in zip(found, linked, strict=True):
        if cue.quotable and cue.speaker and not (mine or cue.content):
            beside = [q for q in _in_reach(doc, cue, quotes) if q not in taken and _beside(doc, q, cue)]
            mine += beside
            taken.update(beside)
    return list(zip(found, linked, strict=True))


def _in_reach(doc: Doc, cue: Cue, quotes: Sequence[Quotation]) -> list[Quotation]:
    """Quotations that touch the cue's sentence, or follow its colon or comma, and lie as deep as the cue does."""
    around = [q for q in quotes if cue.anchor in q]
    sentence = doc[cue.anchor].sent
    last = max((t.i for t in sentence if not t.is_space), default=cue.anchor)
    end = last + 1
    while end < len(doc) and doc[end].is_space:
        end += 1
    goes_on = doc[last].text in (":", ",")
    level = [q for q in quotes if cue.anchor not in q and q.depth == len(around) and all(q.first in a for a in around)]
    return [q for q in level if (q.first < sentence.end and q.last >= sentence.start) or (goes_on and q.first == end)]


def _hangs_on(doc: Doc, quotation: Quotation, cue: Cue, linked: Sequence[Quotation]) -> bool:
    """Whether the syntax makes a quotation what the cue reports."""
    anchor = doc[cue.anchor]
    words = [i for i in quotation.inside if _is_word(doc[i])]
    if cue.content:
        if not any(i in quotation for i in cue.content):
            return False
        # A quotation that begins here may end sentences later; and one that holds all of the clause is said as a whole.
        here = [i for i in words if anchor.sent.start <= i < anchor.sent.end]
        if all(i in cue.content for i in here) or all(i in quotation for i in cue.content if _is_word(doc[i])):
            return True
    if anchor.head.i in quotation and anchor.dep_ in ("parataxis", "ccomp", "dep"):
        return True
    for i in words:
        head = doc[i].head
        if head.i in quotation or head == doc[i]:
            continue
        if head == anchor and doc[i].dep_ in _LINKS and (doc[i].dep_ in ("ccomp", "parataxis") or _whole(doc, quotation)):
            return True
        if any(head.i in q for q in linked):
            return True
    return False


def _whole(doc: Doc, quotation: Quotation) -> bool:
    """Whether a quotation is set off as a statement: a comma or colon before it, or a comma or stop at its end."""
    inside = [i for i in quotation.inside if not doc[i].is_space]
    before = doc[quotation.first - 1].text if quotation.first else ""
    after = doc[quotation.last + 1].text if quotation.last + 1 < len(doc) else ""
    return bool(inside) and (before in (",", ":") or doc[inside[-1]].text in (",", "?", "!", ".", "…", "...", "—", "–") or after == ",")


def _beside(doc: Doc, quotation: Quotation, cue: Cue) -> bool:
    """Whether only the cue's own clause stands between a quotation and its verb."""
    if not _whole(doc, quotation):
        return False
    own = {*cue.speaker, *cue.tokens, *(t.i for t in doc[cue.anchor].subtree)}
    between = range(quotation.last + 1, cue.anchor) if quotation.last < cue.anchor else range(cue.anchor + 1, quotation.first)
    return all(i in own or not _is_word(doc[i]) for i in between)


def _direct(doc: Doc, cue: Cue, linked: Sequence[Quotation]) -> bool:
    """Whether what is said stands in quotation marks as a whole. What the syntax adds beyond the cue's far side is a slip of it."""
    if not linked:
        return False
    outside = [i for i in cue.content if _is_word(doc[i]) and not any(i in q for q in linked)]
    if not outside:
        return True
    before = all(q.last < cue.anchor for q in linked)
    after = all(q.first > cue.anchor for q in linked)
    return (before and min(outside) > cue.anchor) or (after and max(outside) < cue.anchor and not cue.loose)


def _attribution(doc: Doc, cue: Cue, linked: Sequence[Quotation], quotes: Sequence[Quotation]) -> Attribution | None:
    direct = _direct(doc, cue, linked)
    content: set[int] = set()
    if direct:
        content.update(i for q in linked for i in trimmed(doc, q.inside))
    else:
        content.update(cue.content)
        # A quotation that begins in the reported clause may end sentences later.
        content.update(i for q in linked for i in trimmed(doc, q.inside) if i >= doc[cue.anchor].sent.end)
        # "Revealed how it works" states nothing, and ", I was wondering," asks nothing that the syntax can find.
        if (cue.wh and cue.stance != "asked" and not cue.negated) or (cue.loose and cue.stance == "asked"):
            return None
    content -= {*cue.tokens, *cue.speaker}
    # What is said inside a quotation ends with it, whatever the syntax joins to it.
    for around in quotes:
        content = {i for i in content if i in around} if cue.anchor in around else content
    if not any(_is_word(doc[i]) for i in content):
        return None
    return Attribution(trimmed(doc, content), cue.speaker, cue.tokens, cue.stance, direct, cue.negated)


# Quotations that go on ---------------------------------------------------------------------------------------------------------------


def _follows(
    doc: Doc, quotation: Quotation, found: Sequence[Attribution], quotes: Sequence[Quotation], parts: Sequence[range]
) -> Attribution | None:
    """The attribution that a quotation without a cue of its own carries on.

    Of the sentence right before it in its paragraph, if that has one speaker, quoted or as its main clause, and the quotation is a run
    of whole sentences; or of the paragraph before, if the quotation there was left open.
    """
    if quotation.depth:
        return None
    if quotation.continues:
        earlier = [q for q in quotes if q.first < quotation.first and q.depth == 0]
        owners = [a for a in found if earlier and any(i in earlier[-1] for i in a.content)]
    elif quotation.first and _whole_sentences(doc, quotation):
        if not any(quotation.first in p and quotation.first - 1 in p for p in parts):
            return None
        last = doc[quotation.first - 1].sent
        owners = [a for a in found if any(last.start <= i < last.end for i in (*a.content, *a.cue))]
        owners = [a for a in owners if a.cue[0] < quotation.first]
    else:
        return None
    owners = [a for a in owners if not any(a is not b and set(a.cue) <= set(b.content) for b in found)]
    if len(owners) != 1 or not owners[0].speaker or owners[0].negated or owners[0].stance not in _STATING:
        return None
    owner = owners[0]
    return owner if owner.direct or quotation.continues or _speaks(doc, owner) else None


def _speaks(doc: Doc, owner: Attribution) -> bool:
    """Whether an indirect report is its sentence's main clause and has somebody, not figures or a film, that may be quoted next."""
    return any(doc[i].dep_ == "ROOT" and doc[i].pos_ == "VERB" and doc[i].lemma_.lower() not in EVIDENCE for i in owner.cue)


def _whole_sentences(doc: Doc, quotation: Quotation) -> bool:
    inside = [i for i in quotation.inside if not doc[i].is_space]
    if not inside:
        return False
    opens = not any(_is_word(t) for t in doc[inside[0]].sent if t.i < quotation.first)
    closes = not any(_is_word(t) for t in doc[inside[-1]].sent if t.i > quotation.last)
    return opens and closes
