"""Passages: what a claim is compared with. A passage is one sentence of an article together with the sentence before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from factcheck.text import fold
from factcheck.types import Article, Sentence, Span

#: Blocks that state nothing in the article's own voice.
_LEFT_OUT = ("heading", "byline", "caption", "boilerplate")

#: Words below which an answer is curt ('Only partly.').
_CURT = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that may settle a claim.

    article: its number in the run. span, text: the sentence in that article and its words. context_span, context: the sentence
    with the one before it in the same or the neighbouring block, since a sentence such as 'It has five seats.' needs its referent; behind
    a curt answer also with the question.
    title: whether it is the article's title, the one heading that states something in the outlet's own voice.
    """

    article: int
    span: Span
    text: str
    context_span: Span
    context: str
    title: bool = False


def passages(number: int, article: Article, sentences: Sequence[Sentence]) -> list[Passage]:
    """The passages of one article, in text order.

    Questions serve as context ('Is it electric?'), never alone, and so do curt answers that the next sentence explains ('Only partly.').
    """
    out: list[Passage] = []
    before: list[Sentence] = []
    for sentence, after in zip_longest(sentences, sentences[1:]):
        if sentence.kind in _LEFT_OUT:
            if sentence.kind == "heading" and not out and fold(sentence.text) == fold(article.title or "") and not sentence.asks:
                out.append(Passage(number, sentence.span, sentence.text, sentence.span, sentence.text, title=True))
            before = [sentence] if sentence.kind == "heading" and sentence.asks else []
            continue
        curt = bool(before) and before[-1].asks and len(sentence.text.split()) < _CURT
        explained = curt and after is not None and after.kind not in _LEFT_OUT and not after.asks
        if not sentence.asks and not explained and any(c.isalnum() for c in sentence.text):
            start = before[0].span.start if before else sentence.span.start
            context = " ".join(s.text for s in (*before, sentence))
            out.append(Passage(number, sentence.span, sentence.text, Span(start, sentence.span.end), context))
        before = [*before, sentence] if curt else [sentence]
    return out
