"""The JSON report: the contract that other tools read. ``report.schema.json`` beside this file describes every field.

Offsets are code points of the article's text as read, half-open; probabilities have three decimals; the same report gives the
same bytes. Fields that have no value are null; ``line`` and ``column`` are left out where the article is not a plain text file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from factcheck.reports.check import Positions, check_quotes
from factcheck.reports.clean import json_text
from factcheck.reports.fingerprint import fingerprints
from factcheck.reports.summary import summarise
from factcheck.types import CheckedArticle, Considered, Evidence, Report, Skipped

SCHEMA_ID = "urn:factcheck:report:1"
SCHEMA_VERSION = "1.4"


def render(report: Report, *, verbose: bool = False) -> str:
    """The report as JSON text that always encodes as UTF-8; it holds everything, ``verbose`` or not.

    Raises :class:`~factcheck.reports.check.QuoteMismatch` if a quote is not its article's words, and ValueError for a number
    that is not finite.
    """
    return json_text(json.dumps(as_dict(report), ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain dicts, lists, strings and numbers, in the schema's order. Raises as :func:`render` for wrong quotes."""
    check_quotes(report)
    summary = summarise(report)
    positions, prints = Positions(report), fingerprints(report)
    return {
        "schema": SCHEMA_ID,
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "factcheck", "version": report.version},
        "model": {"name": report.model.name, "sha256": report.model.sha256, "precision": report.model.precision},
        "settings": dict(sorted(report.settings.items())),
        "offsets": "code points",
        "summary": {
            "articles": summary.articles,
            "sources_only": summary.sources_only,
            "origins": report.origins,
            "claims": summary.claims,
            "verdicts": dict(summary.verdicts),
            "known": summary.known,
            "ignored": summary.ignored,
            "checked": _probability(summary.checked),
            "failures": summary.failures,
        },
        "articles": [_article(report, number, prints[number], positions) for number in range(len(report.articles))],
        "failures": [{"path": f.path, "code": f.code, "problem": f.problem, "step": f.step} for f in report.failures],
        "passed_over": list(report.passed_over),
        "notes": list(report.notes),
    }


def _article(report: Report, number: int, prints: Sequence[str], positions: Positions) -> dict[str, Any]:
    checked: CheckedArticle = report.articles[number]
    article = checked.article
    return {
        "path": article.path,
        "title": article.title,
        "outlet": article.outlet,
        "date": article.date.isoformat() if article.date else None,
        "url": article.url,
        "kind": article.kind,
        "encoding": article.encoding,
        "encoding_source": article.encoding_source,
        "source_only": checked.source_only,
        "checked": _probability(checked.checked),
        "claims": [_claim(report, number, i, prints[i], positions) for i in range(len(checked.findings))],
        "skipped": [_skipped(number, skipped, positions) for skipped in checked.skipped],
        "notes": list(article.notes),
    }


def _claim(report: Report, number: int, index: int, fingerprint: str, positions: Positions) -> dict[str, Any]:
    finding = report.articles[number].findings[index]
    claim = finding.claim
    return {
        "id": claim.id or f"{number + 1}.{index + 1}",
        "fingerprint": fingerprint,
        "text": claim.text,
        "quote": claim.quote,
        "ambiguous": claim.ambiguous,
        "speaker": claim.speaker,
        "stance": claim.stance,
        "start": claim.start,
        "end": claim.end,
        "spans": [[start, end] for start, end in claim.spans],
        **_line_column(positions, number, claim.start),
        "verdict": finding.verdict,
        "known": finding.known,
        "ignored": finding.ignored,
        "confidence": _probability(finding.confidence),
        "support": _probability(finding.support),
        "contradiction": _probability(finding.contradiction),
        "evidence": [_evidence(report, evidence, positions) for evidence in finding.evidence],
        "conflict": finding.conflict,
        "outdated": finding.outdated,
        "origins": {"supports": finding.origins[0], "contradicts": finding.origins[1]},
        "nearest": _evidence(report, finding.nearest, positions) if finding.nearest else None,
        "missing": [{"kind": m.kind, "words": m.words} for m in finding.missing],
        "considered": [_considered(report, considered, positions) for considered in finding.considered],
    }


def _considered(report: Report, considered: Considered, positions: Positions) -> dict[str, Any]:
    return {
        "path": report.articles[considered.article].article.path,
        "article": considered.article,
        "quote": considered.quote,
        "start": considered.span.start,
        "end": considered.span.end,
        **_line_column(positions, considered.article, considered.span.start),
        "support": _probability(considered.support),
        "contradiction": _probability(considered.contradiction),
        "read_by": considered.read_by,
        "may_deny": considered.may_deny,
        "rule": considered.rule,
    }


def _evidence(report: Report, evidence: Evidence, positions: Positions) -> dict[str, Any]:
    article = report.articles[evidence.article].article
    around = evidence.context
    return {
        "path": article.path,
        "article": evidence.article,
        "outlet": article.outlet,
        "date": article.date.isoformat() if article.date else None,
        "quote": evidence.quote,
        "start": evidence.span.start,
        "end": evidence.span.end,
        **_line_column(positions, evidence.article, evidence.span.start),
        "relation": evidence.relation,
        "score": _probability(evidence.score),
        "reason": evidence.reason,
        "context": {"start": around.start, "end": around.end, "quote": around.of(article.text)} if around else None,
    }


def _skipped(number: int, skipped: Skipped, positions: Positions) -> dict[str, Any]:
    return {
        "start": skipped.span.start,
        "end": skipped.span.end,
        "quote": skipped.quote,
        **_line_column(positions, number, skipped.span.start),
        "reason": skipped.reason,
    }


def _line_column(positions: Positions, article: int, offset: int) -> dict[str, int]:
    at = positions.line_column(article, offset)
    return {"line": at[0], "column": at[1]} if at else {}


def _probability(value: float) -> float:
    # float(): a model may hand over its array library's own kind of number, which the encoder refuses.
    return round(float(value), 3)
