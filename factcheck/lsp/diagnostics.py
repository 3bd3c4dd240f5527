"""Findings as diagnostics: contradicted claims are errors, disputed ones warnings, unsupported ones information."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from factcheck.lsp.view import View
from factcheck.reports.wording import message, quoted, source
from factcheck.types import Evidence, Finding, Verdict

SOURCE = "factcheck"
SEVERITIES: dict[Verdict, types.DiagnosticSeverity] = {
    "contradicted": types.DiagnosticSeverity.Error,
    "disputed": types.DiagnosticSeverity.Warning,
    "unsupported": types.DiagnosticSeverity.Information,
}


def diagnostics(view: View, shown: Sequence[Verdict] = tuple(SEVERITIES)) -> list[types.Diagnostic]:
    """The draft's findings with a verdict in ``shown``, in text order; ``data`` is the finding's fingerprint."""
    return [diagnostic(view, name, finding) for name, finding in view.told(frozenset(shown) & SEVERITIES.keys())]


def diagnostic(view: View, fingerprint: str, finding: Finding) -> types.Diagnostic:
    """One finding, each passage that it rests on as related information."""
    return types.Diagnostic(
        range=view.claim(finding),
        message=message(view.report, finding),
        severity=SEVERITIES[finding.verdict],
        code=finding.verdict,
        source=SOURCE,
        related_information=[_related(view, finding, evidence) for evidence in passages(finding)],
        data=fingerprint,
    )


def passages(finding: Finding) -> tuple[Evidence, ...]:
    """What a finding rests on, strongest first; for an unsupported claim what came closest."""
    return finding.evidence or ((finding.nearest,) if finding.nearest else ())


def heading(view: View, finding: Finding, evidence: Evidence) -> str:
    """Who says what of the claim: "Coast Wire, 14 Mar 2026 denies it"; cleaned."""
    says = "comes closest" if evidence is finding.nearest else "states it" if evidence.relation == "supports" else "denies it"
    return f"{source(view.report.articles[evidence.article].article)} {says}"


def _related(view: View, finding: Finding, evidence: Evidence) -> types.DiagnosticRelatedInformation:
    said = f"{heading(view, finding, evidence)}: {quoted(evidence.quote)}"
    return types.DiagnosticRelatedInformation(view.location(evidence), said)
