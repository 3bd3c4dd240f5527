"""What ``vale --output=JSON`` writes, for editors and scripts that read it: ``{path: [alert, …]}``, in text order.

``Line`` and ``Span`` count from 1, ``Span`` in code points with its end included, as Vale's own; a claim that runs over several lines is
marked to the end of its first. ``Match`` is the marked words as they stand, ``Check`` is "factcheck." and the verdict. Severities:
contradicted and disputed error, unsupported warning; supported claims, and those known or ignored, are no alerts, verbose or not.
Articles without alerts are left out, as Vale does, and so are those whose text is not their file's (see :func:`left_out`).
"""

from __future__ import annotations

import json
import re
from typing import Any

from factcheck.reports.check import Positions, check_quotes
from factcheck.reports.clean import json_text
from factcheck.reports.iri import web_address
from factcheck.reports.telling import place
from factcheck.reports.wording import ADVICE, MEANING, message, shown
from factcheck.types import Article, CheckedArticle, Evidence, Finding, Report, Verdict

SEVERITIES: dict[Verdict, str] = {"contradicted": "error", "disputed": "error", "unsupported": "warning"}

_LINE_END = re.compile("[\r\n]")


def render(report: Report, *, verbose: bool = False) -> str:
    """The alerts by path as JSON text. Raises :class:`~factcheck.reports.check.QuoteMismatch` if a quote is not its article's words."""
    check_quotes(report)
    positions = Positions(report)
    alerts: dict[str, list[dict[str, Any]]] = {}
    for number, checked in enumerate(report.articles):
        if not checked.article.plain:
            continue
        told = [f for f in checked.findings if _told(f)]
        if told:
            alerts.setdefault(_key(checked.article), []).extend(_alert(report, number, finding, positions) for finding in told)
    return json_text(json.dumps(alerts, ensure_ascii=False, indent=2)) + "\n"


def left_out(report: Report) -> tuple[CheckedArticle, ...]:
    """The articles with alerts that have no place in this format: lines and columns mean nothing in them."""
    return tuple(a for a in report.articles if not a.article.plain and any(_told(f) for f in a.findings))


def _told(finding: Finding) -> bool:
    return finding.verdict in SEVERITIES and not finding.set_aside


def _key(article: Article) -> str:
    """The path; for standard input Vale's name, by which editors ask for it."""
    if article.path != "-":
        return article.path or article.name
    return "stdin.md" if article.kind == "markdown" else "stdin.txt"


def _alert(report: Report, number: int, finding: Finding, positions: Positions) -> dict[str, Any]:
    claim = finding.claim
    at = positions.line_column(number, claim.start)
    assert at is not None, "a plain article has lines"
    marked = _LINE_END.split(claim.quote, maxsplit=1)[0]
    strongest = finding.evidence[0] if finding.evidence else finding.nearest

    def cite(label: str, evidence: Evidence) -> str:
        return f"{label} ({shown(place(report, positions, evidence.article, evidence.span.start))})"

    link = web_address(report.articles[strongest.article].article.url) if strongest else None
    return {
        "Action": {"Name": "", "Params": None},
        "Span": [at[1], at[1] + max(len(marked), 1) - 1],
        "Check": f"factcheck.{finding.verdict.capitalize()}",
        "Description": f"{MEANING[finding.verdict]} {ADVICE[finding.verdict]}",
        "Link": link or "",
        "Message": message(report, finding, cite=cite),
        "Severity": SEVERITIES[finding.verdict],
        "Match": marked,
        "Line": at[0],
    }
