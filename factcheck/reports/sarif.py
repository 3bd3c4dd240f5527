"""SARIF 2.1.0, which code hosts and editors read: a result for every alarm and every unsupported claim, evidence as related locations.

Columns and ``charOffset`` count UTF-16 code units, lines end at CRLF, LF or CR; both are declared in the run. Articles whose text is not
their file's (HTML, JSON) have no regions: the words stand in the message. Results are ordered worst verdict first, likeliest denied
first, then as in the report, so that what does not fit (GitHub keeps 5,000) is the mildest. Levels: contradicted and disputed error,
unsupported warning; supported claims are results of kind "pass", only if verbose. So are findings that are known or
ignored, with a suppression that says why: GitHub would show them as open.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.11 (messages), 3.14, 3.20, 3.27, 3.30; GitHub, SARIF support
for code scanning.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from factcheck.reports.clean import json_text
from factcheck.reports.fingerprint import fingerprints
from factcheck.reports.iri import file_reference, web_address
from factcheck.reports.json import as_dict
from factcheck.reports.phrases import counted
from factcheck.reports.telling import severity
from factcheck.reports.wording import ADVICE, MEANING, message, quoted, shown, source
from factcheck.text import LineIndex
from factcheck.types import VERDICTS, Article, Evidence, Finding, Report, Span, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What GitHub keeps of a run's results, and shows of a result's locations.
MAX_RESULTS, MAX_RELATED = 5_000, 100

LEVELS: dict[Verdict, str] = {"contradicted": "error", "disputed": "error", "unsupported": "warning", "supported": "none"}
#: GitHub's names for the same, of a rule that is no security rule.
_SEVERITIES = {"error": "error", "warning": "warning", "none": "recommendation"}
_SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")
_FACTS = (
    "text", "speaker", "stance", "ambiguous", "verdict", "confidence", "support", "contradiction", "conflict", "outdated", "origins",
    "missing",
)  # fmt: skip


def render(report: Report, *, verbose: bool = False) -> str:
    """The report as a SARIF log with one run; with supported claims and those known or ignored too if ``verbose``.

    Raises :class:`~factcheck.reports.check.QuoteMismatch` if a quote is not its article's words.
    """
    return json_text(json.dumps(_Log(report, verbose=verbose).log(), ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


class _Log:
    """One report as one run."""

    def __init__(self, report: Report, *, verbose: bool) -> None:
        self.report = report
        self.data = as_dict(report)  # checks the quotes; its rounded figures are the contract's
        self.prints = fingerprints(report)
        self.regions = _Regions(report)
        self.verbose = verbose

    def log(self) -> dict[str, Any]:
        found = [
            (severity(finding), number, i)
            for number, checked in enumerate(self.report.articles)
            for i, finding in enumerate(checked.findings)
            if self.verbose or not (finding.verdict == "supported" or finding.set_aside)
        ]
        found.sort()
        results = [self.result(number, i) for _, number, i in found[:MAX_RESULTS]]
        run = {
            "tool": {"driver": self.driver()},
            "automationDetails": {"id": "factcheck/"},
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "invocations": [{
                "executionSuccessful": not self.report.failures,
                "toolExecutionNotifications": list(self.notifications(left_out=len(found) - len(results))),
            }],
            "artifacts": [self.artifact(number) for number in range(len(self.report.articles))],
            "results": results,
            "properties": {key: self.data[key] for key in ("model", "settings", "summary")},
        }  # fmt: skip
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def driver(self) -> dict[str, Any]:
        version = self.report.version
        semantic = {"semanticVersion": version} if _SEMANTIC_VERSION.fullmatch(version) else {}
        return {"name": "factcheck", "version": version, **semantic, "rules": [_rule(verdict) for verdict in VERDICTS]}

    def notifications(self, *, left_out: int) -> Iterator[dict[str, Any]]:
        """What limits the findings: inputs that failed, results left out, notes of the run and of its articles, files passed over."""
        for failure in self.report.failures:
            text = f"{shown(failure.path)}: {shown(failure.problem)}. Next step: {shown(failure.step)}."
            place = {"physicalLocation": {"artifactLocation": {"uri": file_reference(Article("", failure.path))}}}
            yield {"descriptor": {"id": failure.code}, "level": "error", "message": _text(text), "locations": [place]}
        if left_out:
            yield {
                "level": "warning",
                "message": _text(f"{counted(left_out, 'result')} left out, the mildest: code hosts read {MAX_RESULTS}"),
            }
        for note in self.report.notes:
            yield {"level": "note", "message": _text(shown(note))}
        for number, checked in enumerate(self.report.articles):
            for note in checked.article.notes:
                yield {"level": "note", "message": _text(shown(note)), "locations": [{"physicalLocation": self.file(number)}]}
        if self.report.passed_over:
            listed = ", ".join(map(shown, self.report.passed_over))
            yield {
                "level": "note",
                "message": _text(f"{counted(len(self.report.passed_over), 'file')} passed over as no article: {listed}"),
            }

    def artifact(self, number: int) -> dict[str, Any]:
        checked = self.report.articles[number]
        article = checked.article
        about = {
            "title": article.title,
            "outlet": article.outlet,
            "date": article.date.isoformat() if article.date else None,
            "url": web_address(article.url),
            "kind": article.kind,
        }
        return {
            "location": {"uri": file_reference(article)},
            "roles": ["referencedOnCommandLine" if checked.source_only else "analysisTarget"],
            "properties": {key: value for key, value in about.items() if value is not None},
        }

    # -- one finding -----------------------------------------------------------------------------------------------------------

    def result(self, number: int, i: int) -> dict[str, Any]:
        finding = self.report.articles[number].findings[i]
        passages = [*finding.evidence, *([finding.nearest] if finding.nearest else [])][:MAX_RELATED]
        claim = self.data["articles"][number]["claims"][i]
        place = Span(finding.claim.start, finding.claim.end)
        return {
            "ruleId": finding.verdict,
            "ruleIndex": VERDICTS.index(finding.verdict),
            "kind": "pass" if finding.verdict == "supported" else "fail",
            "level": LEVELS[finding.verdict],
            "message": {"text": self.message(finding, passages)},
            "locations": [{"physicalLocation": self.file(number) | self.region(number, place)}],
            "relatedLocations": [self.related(n, evidence) for n, evidence in enumerate(passages, start=1)],
            # The first is the only one that GitHub reads, the second says whose it is.
            "partialFingerprints": {"primaryLocationLineHash": f"{self.prints[number][i]}:1", "factcheckClaim/v1": self.prints[number][i]},
            **_suppressed(finding),
            "rank": round(claim["confidence"] * 100, 1),
            "properties": {"id": claim["id"], **{key: claim[key] for key in _FACTS}},
        }

    def message(self, finding: Finding, passages: list[Evidence]) -> str:
        def cite(label: str, evidence: Evidence) -> str:
            return f"[{label}]({passages.index(evidence) + 1})" if evidence in passages else label

        return message(self.report, finding, escape=_literal, cite=cite)

    def related(self, number: int, evidence: Evidence) -> dict[str, Any]:
        article = self.report.articles[evidence.article].article
        verb = "states" if evidence.relation == "supports" else "denies"
        where = self.file(evidence.article) | self.region(evidence.article, evidence.span)
        if evidence.context is not None and article.plain:
            where["contextRegion"] = self.region(evidence.article, evidence.context)["region"]
        about = {"relation": evidence.relation, "score": round(float(evidence.score), 3), "reason": evidence.reason}
        return {
            "id": number,
            "physicalLocation": where,
            "message": _text(f"{source(article)} {verb} it: {quoted(evidence.quote)}"),
            "properties": {key: value for key, value in about.items() if value is not None},
        }

    def file(self, number: int) -> dict[str, Any]:
        return {"artifactLocation": {"uri": file_reference(self.report.articles[number].article), "index": number}}

    def region(self, number: int, span: Span) -> dict[str, Any]:
        article = self.report.articles[number].article
        return {"region": {**self.regions.of(number, span), "snippet": {"text": span.of(article.text)}}} if article.plain else {}


class _Regions:
    """Spans as regions in lines and UTF-16 code units; each article is indexed once, when first asked for."""

    def __init__(self, report: Report) -> None:
        self._texts = [checked.article.text for checked in report.articles]
        self._indexes: dict[int, tuple[LineIndex, list[int]]] = {}

    def of(self, article: int, span: Span) -> dict[str, int]:
        if article not in self._indexes:
            text = self._texts[article]
            self._indexes[article] = LineIndex(text), [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
        lines, wide = self._indexes[article]

        def units(offset: int) -> int:
            return offset + bisect_left(wide, offset)

        def line_column(offset: int) -> tuple[int, int]:
            line, column = lines.line_column(offset)
            return line, units(offset) - units(offset - column + 1) + 1

        (start_line, start_column), (end_line, end_column) = line_column(span.start), line_column(span.end)
        return {
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
            "charOffset": units(span.start),
            "charLength": units(span.end) - units(span.start),
        }


def _rule(verdict: Verdict) -> dict[str, Any]:
    level = LEVELS[verdict]
    return {
        "id": verdict,
        "name": f"{verdict.capitalize()}Claim",
        "shortDescription": {"text": MEANING[verdict]},
        "fullDescription": {"text": f"{MEANING[verdict]} {ADVICE[verdict]}"},
        "help": {"text": ADVICE[verdict]},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["fact-checking"], "problem.severity": _SEVERITIES[level]},
    }


def _suppressed(finding: Finding) -> dict[str, Any]:
    """Why a finding was set aside, if it was. External: the report does not say whether the reason stood in the article itself."""
    if not finding.set_aside:
        return {}
    reason = "known: it stands in the baseline" if finding.ignored is None else shown(finding.ignored)
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}


def _text(text: str) -> dict[str, str]:
    return {"text": _literal(text)}


def _literal(text: str) -> str:
    """``text`` as literal text of a message: no placeholder and no link comes of it."""
    return re.sub(r"([\[\]\\])", r"\\\1", text).replace("{", "{{").replace("}", "}}")
