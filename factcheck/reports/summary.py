"""The figures of a report's header, counted once for all renderers."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.types import VERDICTS, CheckedArticle, Report, Verdict


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over a whole report.

    articles: all that were read; sources_only: those of them that were not checked themselves. checked: share of the checked
    articles' prose that was checked, 0..1, weighted by its length; 0 when no article was checked. verdicts: claims by verdict,
    worst first, every verdict present, without those that are known or ignored; known: those in the baseline that nothing ignores.
    """

    articles: int
    sources_only: int
    claims: int
    verdicts: dict[Verdict, int]
    known: int
    ignored: int
    checked: float
    failures: int

    @property
    def alarms(self) -> int:
        """Claims that an editor must look at: contradicted or disputed."""
        return self.verdicts["contradicted"] + self.verdicts["disputed"]


def summarise(report: Report) -> Summary:
    """The figures of ``report``."""
    judged = [a for a in report.articles if not a.source_only]
    weights = [_prose_length(a) for a in judged]
    total = sum(weights)
    findings = [f for a in report.articles for f in a.findings]
    return Summary(
        articles=len(report.articles),
        sources_only=len(report.articles) - len(judged),
        claims=len(findings),
        verdicts={v: sum(f.verdict == v and not f.set_aside for f in findings) for v in VERDICTS},
        known=sum(f.known and f.ignored is None for f in findings),
        ignored=sum(f.ignored is not None for f in findings),
        checked=sum(a.checked * w for a, w in zip(judged, weights, strict=True)) / total if total else 0.0,
        failures=len(report.failures),
    )


def _prose_length(checked: CheckedArticle) -> int:
    """Code points of prose: what ``checked`` is a share of. An article without blocks (given as a string) is prose throughout."""
    blocks = checked.article.blocks
    return sum(b.span.end - b.span.start for b in blocks) if blocks else len(checked.article.text)
