"""What every renderer relies on: quotes that equal their article's text, and lines and columns where they mean something."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.text import LineIndex
from factcheck.types import Article, CheckedArticle, Claim, Considered, Evidence, Report


class QuoteMismatch(AssertionError):  # noqa: N818 - it asserts: no user's error may look like it
    """A quote is not the words at its offsets: an internal error (exit 70), never something to show an editor."""


def check_quotes(report: Report) -> None:
    """Raise :class:`QuoteMismatch` unless every quote of ``report`` equals ``article.text[start:end]`` of its article."""
    texts = [checked.article.text for checked in report.articles]
    for number, checked in enumerate(report.articles):
        where = f"article {number}"
        for skipped in checked.skipped:
            _same(texts[number], skipped.span.start, skipped.span.end, skipped.quote, f"{where}, skipped text")
        for finding in checked.findings:
            _check_claim(texts[number], finding.claim, where)
        for evidence in _all_evidence(checked):
            _check_evidence(texts, evidence, where)


class Positions:
    """Line and column of offsets into a report's articles; each article's lines are indexed once, when first asked for."""

    def __init__(self, report: Report) -> None:
        self._articles: list[Article] = [checked.article for checked in report.articles]
        self._indexes: dict[int, LineIndex] = {}

    def line_column(self, article: int, offset: int) -> tuple[int, int] | None:
        """(line, column), both from 1, column in code points; None where the article's text is not its file's."""
        if not self._articles[article].plain:
            return None
        if article not in self._indexes:
            self._indexes[article] = LineIndex(self._articles[article].text)
        return self._indexes[article].line_column(offset)


def _all_evidence(checked: CheckedArticle) -> Iterator[Evidence | Considered]:
    for finding in checked.findings:
        yield from finding.evidence
        if finding.nearest is not None:
            yield finding.nearest
        yield from finding.considered


def _check_claim(text: str, claim: Claim, where: str) -> None:
    if not claim.spans or list(claim.spans) != sorted(claim.spans):
        raise QuoteMismatch(f"{where}: the spans of a claim are missing or out of order: {claim.spans!r}")
    if any(not 0 <= start < end <= len(text) for start, end in claim.spans):
        raise QuoteMismatch(f"{where}: a span of a claim is outside the text of {len(text)} code points: {claim.spans!r}")
    _same(text, claim.start, claim.end, claim.quote, f"{where}, claim")


def _check_evidence(texts: list[str], evidence: Evidence | Considered, where: str) -> None:
    if not 0 <= evidence.article < len(texts):
        raise QuoteMismatch(f"{where}: evidence is from article {evidence.article} of {len(texts)}")
    text = texts[evidence.article]
    _same(text, evidence.span.start, evidence.span.end, evidence.quote, f"{where}, evidence in article {evidence.article}")
    around = evidence.context if isinstance(evidence, Evidence) else None
    if around is not None and not around.start <= evidence.span.start < evidence.span.end <= around.end <= len(text):
        raise QuoteMismatch(f"{where}: the context {around} does not hold the evidence {evidence.span}")


def _same(text: str, start: int, end: int, quote: str, what: str) -> None:
    # The length is compared too: a slice past the end of the text is quietly shorter.
    if text[start:end] != quote or end - start != len(quote):
        raise QuoteMismatch(f"{what}: the quote {quote[:80]!r} is not the text at {start}..{end}, {text[start:end][:80]!r}")
