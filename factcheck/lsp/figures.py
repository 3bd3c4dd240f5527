"""The figure of a claim that a source denies, and the source's own: what a correction of the draft replaces, and by what."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.quantities import Quantity, find
from factcheck.reports.wording import shown
from factcheck.text import fold, squeeze, surface, visible_text
from factcheck.types import Article, Claim, Evidence, Finding, Report, Span
from factcheck.verdicts.aligned import Alignment, compare_figures


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of the draft and the words that a source has for it. span: of ``old`` in the draft's text."""

    span: Span
    old: str
    new: str
    evidence: Evidence


def corrections(report: Report, finding: Finding) -> list[Correction]:
    """What the sources that deny a claim over a figure would put in its place, strongest first; each wording once.

    None where the figure's words do not stand in the draft as one unbroken run, or stand in the claim twice.
    """
    if finding.conflict not in ("number", "date"):
        return []
    out: dict[str, Correction] = {}
    for evidence in finding.evidence:
        if evidence.relation == "contradicts" and (found := _correction(report, finding.claim, evidence)) is not None:
            out.setdefault(found.new, found)
    return list(out.values())


def _correction(report: Report, claim: Claim, evidence: Evidence) -> Correction | None:
    source = report.articles[evidence.article].article
    passage = visible_text(source.text, evidence.span, source.hidden)
    context = visible_text(source.text, evidence.context or evidence.span, source.hidden)
    aligned = compare_figures(claim.text, passage, context)
    if aligned is None or aligned.relation != "contradicts" or not _alike(aligned):
        return None
    draft = report.articles[0].article
    old = claim.text[aligned.claim.start : aligned.claim.end]
    new = passage[aligned.passage.start : aligned.passage.end]
    span = _place(draft, claim, aligned.claim, old)
    if span is None or shown(new) != new:
        return None
    words = span.of(draft.text)
    if words[0].isupper() and new[0].islower():
        new = new[0].upper() + new[1:]
    return Correction(span, words, new, evidence)


def _alike(aligned: Alignment) -> bool:
    """Whether one figure fits where the other stands: "4 June" does not where the draft says "in June"."""
    mine, theirs = aligned.claim, aligned.passage
    if mine.kind != theirs.kind:
        return False
    parts = [[part is None for part in q.date] for q in (mine, theirs) if q.date]
    return len(parts) != 2 or parts[0] == parts[1]


def _place(draft: Article, claim: Claim, figure: Quantity, words: str) -> Span | None:
    """Where the claim's figure stands in the draft, if that is certain."""
    seen = surface(draft.text, Span(claim.start, claim.end), draft.hidden)
    same = [q for q in find(seen.text) if q.kind == figure.kind and fold(seen.text[q.start : q.end]) == fold(words)]
    if len(same) != 1:
        return None
    spans = seen.spans(same[0].start, same[0].end)
    if len(spans) != 1 or not any(start <= spans[0][0] and spans[0][1] <= end for start, end in claim.spans):
        return None
    span = Span(*spans[0])
    return span if fold(squeeze(span.of(draft.text))) == fold(words) else None
