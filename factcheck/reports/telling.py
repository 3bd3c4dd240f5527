"""What formats without a layout of their own say of a report and its findings, in plain words.

The strings hold the articles' words as they are: each format cleans and escapes them for its own reader.
"""

from __future__ import annotations

from factcheck.reports.check import Positions
from factcheck.reports.phrases import confidence, counted, date
from factcheck.reports.summary import Summary
from factcheck.text import fold, visible_text
from factcheck.types import VERDICTS, Article, Claim, Evidence, Finding, Relation, Report, Span

#: How the words of a source stand to a claim.
SIDES: dict[Relation, str] = {"contradicts": "denied by", "supports": "stated by"}


def worst_first(report: Report) -> list[tuple[int, Finding]]:
    """All findings with their articles' numbers: by verdict, then by how likely the claim is denied; ties as they stand in the report."""
    found = [(number, finding) for number, checked in enumerate(report.articles) for finding in checked.findings]
    return sorted(found, key=lambda pair: severity(pair[1]))


def severity(finding: Finding) -> tuple[int, float]:
    """Sorts findings worst verdict first, and of each verdict those first that are likeliest denied."""
    return VERDICTS.index(finding.verdict), -finding.contradiction


def verdicts(summary: Summary) -> str:
    """'2 contradicted, 1 disputed, 4 unsupported, 2 supported', with what is set aside and the inputs that failed if there are any."""
    failed = [f"{summary.failures} failed"] if summary.failures else []
    return ", ".join([*(f"{count} {verdict}" for verdict, count in summary.verdicts.items()), *set_aside(summary), *failed])


def set_aside(summary: Summary) -> list[str]:
    """'3 known', '1 ignored', as far as there are any."""
    return [f"{count} {word}" for count, word in ((summary.known, "known"), (summary.ignored, "ignored")) if count]


def all_clear(summary: Summary) -> str:
    """What a report without an alarm says."""
    return "No claim is contradicted or disputed" + (", other than those known or ignored" if set_aside(summary) else "")


def why_aside(finding: Finding) -> list[str]:
    """Why a finding is no alarm whatever its verdict, if it is set aside: 'known', or 'ignored: ' and the reason."""
    if finding.ignored is not None:
        return [f"ignored: {finding.ignored}"]
    return ["known"] if finding.known else []


def scope(report: Report, summary: Summary) -> list[str]:
    """What the run read and checked: articles, sources, origins, claims, share of the text."""
    parts = [f"{counted(summary.articles - summary.sources_only, 'article')} checked"]
    if summary.sources_only:
        parts.append(f"{summary.sources_only} more as source")
    if 0 < report.origins < summary.articles:
        parts.append(counted(report.origins, "origin"))
    return [*parts, counted(summary.claims, "claim"), f"{share(summary.checked)} of the text checked"]


def qualities(finding: Finding) -> list[str]:
    """How sure the verdict is, what the conflict is over, and whether what denies the claim tells a later state of things."""
    parts = [confidence(finding.confidence)]
    if finding.conflict not in (None, "other"):
        parts.append(str(finding.conflict))
    return [*parts, "outdated"] if finding.outdated else parts


def one_origin(finding: Finding) -> str | None:
    """Where several articles on one side go back to fewer sources, how many: 'denied by 3 articles, 1 origin'."""
    told = []
    for relation, label in SIDES.items():
        articles = len({e.article for e in finding.evidence if e.relation == relation})
        origins = finding.origins[relation == "contradicts"]
        if 0 < origins < articles:
            told.append(f"{label} {counted(articles, 'article')}, {counted(origins, 'origin')}")
    return "; ".join(told) or None


def source(report: Report, positions: Positions, evidence: Evidence) -> list[str]:
    """Who says it, when and where, as far as it is known; the last is the place."""
    article = report.articles[evidence.article].article
    named = [s for s in (article.outlet or article.title, date(article.date)) if s]
    return [*named, place(report, positions, evidence.article, evidence.span.start)]


def place(report: Report, positions: Positions, number: int, offset: int) -> str:
    """path:line:column where the article is a plain file, else its path."""
    at = positions.line_column(number, offset)
    name = path(report.articles[number].article)
    return f"{name}:{at[0]}:{at[1]}" if at else name


def path(article: Article) -> str:
    """What the user called it."""
    return "standard input" if article.path == "-" else article.path or article.name


def says_the_same(article: Article, claim: Claim) -> bool:
    """Whether the claim is told in the article's own words, so that its quote need not be shown beside it."""
    words = visible_text(article.text, Span(claim.start, claim.end), article.hidden)
    return fold(claim.text).rstrip(".") == fold(words).rstrip(".")


def share(p: float) -> str:
    """Whole per cent, rounded down so that 100% means all."""
    return f"{int(p * 100 + 1e-9)}%"
