"""An article cut into paragraphs, and roughly into sentences: for showing it, never for offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.text import trimmed
from factcheck.types import Article, Block, CheckedArticle, Span

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*")
_SENTENCE_END = re.compile(r"(?<![\s.]\w)(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)(?!(?<=\bNo)\.\s+\d)[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])")


def blocks(checked: CheckedArticle) -> list[Block]:
    """The article's paragraphs; what lies between them (front matter, ads) only where something was checked or skipped in it."""
    article = checked.article
    prose = sorted(article.blocks, key=lambda b: b.span) or [Block(s) for s in _paragraphs(article.text)]
    told = [Span(start, end) for f in checked.findings for start, end in f.claim.spans] + [s.span for s in checked.skipped]
    out: list[Block] = []
    at = 0
    for block in [*prose, None]:
        gap = trimmed(article.text, at, block.span.start if block else len(article.text))
        if gap is not None and any(s.start < gap.end and s.end > gap.start for s in told):
            out.append(Block(gap))
        if block is not None and block.span.end > at:
            out.append(Block(Span(max(at, block.span.start), block.span.end), block.kind))
            at = block.span.end
    return out


def sentences_around(article: Article, span: Span, prose: Sequence[Block]) -> tuple[Span, Span]:
    """The sentences that ``span`` stands in, roughly, and its block; for showing only."""
    held = [b.span for b in prose if b.span.start < span.end and b.span.end > span.start]
    whole = Span(min([span.start, *(h.start for h in held)]), max([span.end, *(h.end for h in held)]))
    ends = [whole.start + m.end() for m in _SENTENCE_END.finditer(whole.of(article.text))]
    start = max((e for e in ends if e <= span.start), default=whole.start)
    end = min((e for e in ends if e >= span.end), default=whole.end)
    return trimmed(article.text, start, end) or span, whole


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for start, end in [*(m.span() for m in _BLANK_LINE.finditer(text)), (len(text), len(text))]:
        if (paragraph := trimmed(text, at, start)) is not None:
            yield paragraph
        at = end
