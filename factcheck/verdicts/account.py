"""What a finding says of itself beyond its verdict: what a conflict is over, what the figures say, what would settle an open claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from factcheck.types import Conflict, Evidence, Finding, Span
from factcheck.verdicts.aligned import compare_figures
from factcheck.verdicts.kinds import kind_of
from factcheck.verdicts.missing import missing

#: The kinds that are told surely enough to be named (reports/verdicts.md).
_SURE: frozenset[Conflict] = frozenset({"number", "date", "status", "negation", "place"})

#: From a passage's article and span to the words of its sentence, and of it with its context.
Texts = Callable[[int, Span], tuple[str, str]]


def accounted(finding: Finding, texts: Texts, contexts: Sequence[str]) -> Finding:
    """The finding with the kind of its conflict, what rules say of its evidence's figures, and what is missing if nothing settles it.

    contexts: of all passages that the claim was compared with.
    """
    claim = finding.claim.text
    evidence = tuple(replace(e, reason=_reason(claim, e, texts)) for e in finding.evidence)
    denials = [e for e in evidence if e.relation == "contradicts"]
    kind = kind_of(claim, texts(denials[0].article, denials[0].span)[0]) if denials else None
    conflict: Conflict | None = "other" if kind is not None and kind not in _SURE else kind
    gone = missing(claim, contexts) if finding.verdict == "unsupported" else ()
    return replace(finding, evidence=evidence, conflict=conflict, missing=gone)


def _reason(claim: str, evidence: Evidence, texts: Texts) -> str | None:
    """What the figures say of a passage that settles the claim, and which witness decided where they and the model disagree."""
    found = compare_figures(claim, *texts(evidence.article, evidence.span))
    if found is None or found.relation is None:
        return None
    return found.reason if found.relation == evidence.relation else f"by the model; its figures say otherwise: {found.reason}"
