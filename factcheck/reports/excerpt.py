"""Words in the sentence they stand in, cut into what is marked and what only surrounds it: for showing, never for offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.reports.paragraphs import blocks, sentences_around
from factcheck.text import merge, visible_parts
from factcheck.types import Article, Block, Report, Span

#: Code points shown on either side of the marked words; of a longer sentence the ends are left out.
MAX_AROUND = 160

# With one of these at its end what is marked is a sentence whole, whatever sentences_around makes of it ("Can I order one? No.").
_ENDS, _CLOSING = (".", "!", "?"), "\"'”’)]"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article without its markup.

    parts: its words in order, each with whether they are marked; no two neighbours are alike. cut: whether words are left out before
    it and after it.
    """

    parts: tuple[tuple[str, bool], ...]
    cut: tuple[bool, bool]

    @property
    def whole(self) -> bool:
        """Whether all its words are marked, so that no mark need be shown."""
        return not any(_has_words(words) for words, marked in self.parts if not marked)


class Excerpts:
    """Excerpts of one report's articles."""

    def __init__(self, report: Report) -> None:
        self._articles = report.articles
        self._blocks: dict[int, list[Block]] = {}

    def around(self, number: int, marked: Sequence[Span], wider: Span | None = None) -> Excerpt:
        """The ``marked`` spans (at least one) of article ``number`` in their sentence, or in all that ``wider`` has too.

        Spans with no word between them are marked as one.
        """
        if number not in self._blocks:
            self._blocks[number] = blocks(self._articles[number])
        article, inner = self._articles[number].article, Span(min(s.start for s in marked), max(s.end for s in marked))
        sentence, _ = sentences_around(article, inner, self._blocks[number])
        ends = inner.of(article.text).rstrip(_CLOSING).endswith(_ENDS) and not article.text[inner.end : inner.end + 1].strip()
        shown = [inner, Span(sentence.start, inner.end if ends else sentence.end), *([wider] if wider else [])]
        return _excerpt(article, Span(min(s.start for s in shown), max(s.end for s in shown)), marked)


def _excerpt(article: Article, around: Span, marked: Iterable[Span]) -> Excerpt:
    runs = _joined(article, marked)
    start, end = _near(article.text, around, Span(runs[0].start, runs[-1].end))
    parts: list[tuple[str, bool]] = []
    at = start
    for run in runs:
        parts += [(_visible(article, at, run.start), False), (_visible(article, run.start, run.end), True)]
        at = run.end
    parts.append((_visible(article, at, end), False))
    return Excerpt(tuple(part for part in parts if part[0]), (start > around.start, end < around.end))


def _joined(article: Article, spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for span in merge(spans):
        if out and not _has_words(_visible(article, out[-1].end, span.start)):
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out


def _near(text: str, around: Span, inner: Span) -> tuple[int, int]:
    """Where an excerpt begins and ends: with ``around``, or between two words nearer to ``inner``."""
    start, end = around.start, around.end
    if inner.start - start > MAX_AROUND:
        start = next((at for at in _blanks(text, inner.start - MAX_AROUND, inner.start)), inner.start)
    if end - inner.end > MAX_AROUND:
        end = next((at for at in _blanks(text, inner.end + MAX_AROUND, inner.end)), inner.end)
    return start, end


def _blanks(text: str, first: int, last: int) -> Iterator[int]:
    return (at for at in range(first, last, 1 if first < last else -1) if text[at].isspace())


def _visible(article: Article, start: int, end: int) -> str:
    return "".join(part.of(article.text) for part in visible_parts(Span(start, end), article.hidden)) if start < end else ""


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)
