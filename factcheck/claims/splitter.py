"""From sentences to claims: answered questions become statements, and sentences are taken apart into single facts.

A sentence's syntax tree says what it states (:mod:`factcheck.claims.propositions`).
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.claims.context import Context
from factcheck.claims.faq import answer_length, answered
from factcheck.claims.fine.facts import facts
from factcheck.claims.languages import foreign
from factcheck.claims.opinion import is_opinion, only_asks
from factcheck.claims.propositions import Proposition, propositions
from factcheck.claims.sentences import paragraphs, segment
from factcheck.claims.syntax import load_syntax
from factcheck.claims.voices import FIRST_PERSON, Voices
from factcheck.claims.wording import sentence as worded
from factcheck.claims.worthiness import skip_reason
from factcheck.text import surface
from factcheck.types import Article, Claim, Sentence, Skipped, SkipReason, Span

#: Where and by whom a report was filed: 'LIMA, May 12, 04:10 (Meridian) - '.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{1,24}[ ]){0,3}[A-Z][A-Z.'’-]{1,24}(?:,[ ][A-Z][\w. ]{2,20})?"
    r"(?:,[ ](?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2}|\d{1,2}[ ][A-Z][a-z]{2,8}))?(?:,[ ]\d\d?[:.]\d\d)?"
    r"[ ]?(?:\([^()]{2,30}\)[ ]?)?(?:-|–|—|--)[ ](?=[^\W_])"
)

_LONGEST_DATELINE = 120

#: Sentences that are not checked but may hold a part of what somebody says, and the marks that tell.
_TOLD = frozenset({"question", "opinion", "prediction", "call_to_action", "too_short"})
_MARK = re.compile('["“”„«»]')

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

#: Words and signs beyond which a claim is a list or a slip of the reader, and more than the model can take in.
MOST_WORDS = 150

#: Words up to which what is left of a sentence is not worth listing as skipped.
_SAYS_LITTLE = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says and what in it is not checked."""

    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]
    sentences: tuple[Sentence, ...]

    @property
    def checked(self) -> float:
        """Share of the prose's characters that stands in sentences which are checked, 0..1; of no prose, 0."""
        total = sum(s.span.end - s.span.start for s in self.sentences)
        left = sum(s.span.end - s.span.start for s in self.skipped)
        return (total - left) / total if total else 0.0


def read_claims(article: Article, *, fine: bool = False) -> Reading:
    """Split one article. Claims are in text order and numbered c1, c2, …; every sentence is either in a claim or skipped.

    fine: take sentences apart as finely as a reader would (:mod:`factcheck.claims.fine.facts`), not only where that is sure.
    """
    sentences = segment(article)
    abroad = foreign(s.text for s in sentences)
    openings = [_opening(article, question, s, abroad=abroad) for question, s in zip((None, *sentences), sentences, strict=False)]
    analysed = _analysed(article, sentences, openings)
    drafts: list[Claim] = []
    skipped: list[Skipped] = []
    for n, (sentence, opening) in enumerate(zip(sentences, openings, strict=True)):
        drafted = list(opening.claims)
        if drafted and skipped and skipped[-1].span == sentences[n - 1].span:
            skipped.pop()
        told = _Told([], (), opening.reason)
        if opening.reason is None and (part := analysed.get(n)) is not None:
            told = _from_sentence(article, sentence, part, after=opening.end, fine=fine)
            drafted += told.claims
        reason = told.reason or ("too_long" if _too_long(sentence.text) else "too_short")
        if not drafted:
            skipped.append(Skipped(sentence.span, sentence.span.of(article.text), reason))
        elif told.claims:
            skipped += told.left_out
        elif len(sentence.text[opening.end :].split()) > _SAYS_LITTLE:
            skipped.append(_behind(article, sentence, opening.end, reason))
        drafts += drafted
    claims = tuple(replace(c, id=f"c{number}") for number, c in enumerate(drafts, 1))
    return Reading(claims, tuple(skipped), sentences)


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a sentence is before it is analysed.

    claims: what its yes or no says; end: where its own statement starts; reason: why to skip it, if it is to be skipped.
    """

    claims: tuple[Claim, ...]
    end: int
    reason: SkipReason | None


def _opening(article: Article, before: Sentence | None, sentence: Sentence, *, abroad: bool) -> _Opening:
    answered = _from_answer(article, before if before is not None and before.asks else None, sentence)
    end = answer_length(sentence.text) if answered else 0
    if not end and (match := _DATELINE.match(sentence.text[:_LONGEST_DATELINE])):
        end = match.end()
    end += len(sentence.text[end:]) - len(sentence.text[end:].lstrip())
    return _Opening(tuple(answered), end, skip_reason(sentence, abroad=abroad))


@dataclass(frozen=True, slots=True)
class _Part:
    """The analysis of one sentence, as a part of its article's, and what the article lends it."""

    words: Tokens
    context: Context
    voices: Voices


def _analysed(article: Article, sentences: Sequence[Sentence], openings: Sequence[_Opening]) -> dict[int, _Part]:
    """Analyses by the number of the sentence.

    Headings are analysed too, since names are often told there first, and so is what opens or ends a quotation: without
    '“Why did it burn?' the '”' three sentences on would close nothing.
    """
    from spacy.tokens import Doc

    read = [o.reason in (None, "heading") or (o.reason in _TOLD and _MARK.search(s.text)) for s, o in zip(sentences, openings, strict=True)]
    numbers = [n for n, o in enumerate(openings) if read[n] and sentences[n].text[o.end :].strip()]
    if not numbers:
        return {}
    docs = load_syntax().parse([sentences[n].text[openings[n].end :] for n in numbers], one_article=True)
    whole = Doc.from_docs(docs)
    context = Context(whole, article.date)
    bounds = [*itertools.accumulate(map(len, docs), initial=0)]
    voices = Voices(whole, _paragraphs(article, [sentences[n] for n in numbers], bounds), context)
    return {n: _Part(whole[start:end], context, voices) for n, (start, end) in zip(numbers, itertools.pairwise(bounds), strict=True)}


def _paragraphs(article: Article, sentences: Sequence[Sentence], bounds: Sequence[int]) -> list[range]:
    """The token ranges of the article's paragraphs; the tokens of its n-th sentence are those from the n-th bound to the next."""
    ends = [block.span.end for block in article.blocks or paragraphs(article.text)]
    groups = itertools.groupby(range(len(sentences)), key=lambda n: bisect.bisect_right(ends, sentences[n].span.start))
    inside = [[*numbers] for _, numbers in groups]
    return [range(bounds[numbers[0]], bounds[numbers[-1] + 1]) for numbers in inside]


def _behind(article: Article, sentence: Sentence, start: int, reason: SkipReason) -> Skipped:
    """What stands behind the yes or no of an answer and is not checked."""
    spans = surface(article.text, sentence.span, article.hidden).spans(start, len(sentence.text))
    span = Span(spans[0][0], spans[-1][1])
    return Skipped(span, span.of(article.text), reason)


def _from_answer(article: Article, question: Sentence | None, answer: Sentence) -> list[Claim]:
    if question is None or not (text := answered(question.text, answer.text)) or _too_long(text):
        return []
    first, second = (surface(article.text, s.span, article.hidden) for s in (question, answer))
    return [_claim(article, text, (*first.spans(0, len(first.text)), *second.spans(0, answer_length(answer.text))))]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence's analysis gives. left_out: opinions beside its claims; reason: why it has no claim, where that is known."""

    claims: list[Claim]
    left_out: tuple[Skipped, ...]
    reason: SkipReason | None


def _from_sentence(article: Article, sentence: Sentence, part: _Part, *, after: int, fine: bool) -> _Told:
    """Claims of a sentence, analysed from character ``after`` on (behind a dateline, or the yes or no that it opens with)."""
    shown = surface(article.text, sentence.span, article.hidden)
    words, doc = part.words, part.words.doc
    shift = after - words[0].idx
    out: list[Claim] = []
    told: set[int] = set()
    opinions: set[int] = set()

    def spans_of(chosen: Sequence[int]) -> tuple[tuple[int, int], ...]:
        return tuple(span for a, b in _runs(doc, chosen) for span in shown.spans(a + shift, b + shift))

    sents = [*words.sents]  # type: ignore[attr-defined]  # spaCy has it since 3.2, its stubs do not
    if sents and all(only_asks(one) for one in sents):
        return _Told([], (), "call_to_action")
    for one in sents:
        for found in _vouched(facts(one) if fine else propositions(one), words, part.voices):
            if is_opinion(doc, found.words):
                opinions.update(found.words)
                continue
            pieces = part.context.told_alone(found.pieces)
            text = worded(doc, pieces)
            if (fine or found.kind != "core") and not _too_long(text):
                told.update(found.words)
                claim = _claim(article, text, spans_of(found.words), ambiguous=part.context.dangles(pieces))
                voice = part.voices.of(found.words, aside=found.kind == "about")
                out.append(replace(claim, speaker=voice.speaker, stance=voice.stance))
    left_out = spans_of(sorted(opinions - told)) if opinions - told else ()
    # An 'and' between two claims is no opinion.
    skipped = tuple(Skipped(Span(a, b), article.text[a:b], "opinion") for a, b in left_out if len(article.text[a:b].split()) > _SAYS_LITTLE)
    return _Told(out, skipped, "opinion" if opinions else None)


def _vouched(found: Sequence[Proposition], part: Tokens, voices: Voices) -> Sequence[Proposition]:
    """The propositions that the article or a speaker states as facts; all of them where none is.

    What somebody denied, asked, hoped for or did not say is told only together with who did; and so is what speaks of 'I' and 'we'
    where the sentence names the speaker.
    """
    own = {t.i for t in part if t.lower_ in FIRST_PERSON}

    def stated(one: Proposition) -> bool:
        around = voices.around(one.words)
        if any(a.negated or a.stance != "said" for a in around):
            return False
        return own.isdisjoint(one.words) or not any(a.direct and part.start <= a.cue[0] < part.end for a in around)

    return [one for one in found if stated(one)] or found


def _runs(doc: Doc, words: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges of characters that hold the words, those of neighbours in one."""
    start = 0
    for k in range(1, len(words) + 1):
        if k == len(words) or words[k] != words[k - 1] + 1:
            last = doc[words[k - 1]]
            yield doc[words[start]].idx, last.idx + len(last)
            start = k


def _too_long(text: str) -> bool:
    return len(re.findall(r"\w+|[^\w\s]", text)) > MOST_WORDS


def _claim(article: Article, text: str, spans: tuple[tuple[int, int], ...], *, ambiguous: bool = False) -> Claim:
    return Claim(text, spans, article.text[spans[0][0] : max(end for _, end in spans)], ambiguous=ambiguous)
