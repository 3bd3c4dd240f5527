"""From the scores of passages to a verdict: pure functions, every number from :class:`Thresholds`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from factcheck.types import NO_DENIAL, Claim, Considered, Evidence, Finding, Relation, Rule, Span, Verdict
from factcheck.verdicts.figures import figures

#: Scores are compared and shown at this many decimals, and a threshold counts as reached only this far above it: batch size and
#: thread count move a score by about 1e-6, never across the band.
DECIMALS = 3
DEAD_BAND = 0.002

_DENIES: Relation = "contradicts"

#: Why a passage of a pair is evidence. Of an article there is one pair at most, so it is plain which other passage is meant.
_TOGETHER = "only together with the other passage of its article"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a passage counts as evidence, fitted on dev data and stored beside the model.

    support, contradiction: for one passage. weak: from this probability of a contradiction on, a claim that stays unsettled is worth a
    look. doubt: how much less a denial is believed of a claim that other evidence supports, as a share of that support.
    stale_days: a source that is older than the claim's article by more days than this does not deny it (things may have changed since).
    together: for two passages of one article, read as one; 1 stands for never. beside: of a claim that is denied, denials are evidence that
    have this share of the strongest one's probability.
    """

    support: float = 0.7
    contradiction: float = 0.8
    weak: float = 0.4
    doubt: float = 0.5
    stale_days: int = 60
    together: float = 1.0
    beside: float = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage's scores against one claim. article, span, quote: where it stands. entailment, contradiction: probabilities.

    may_deny: False where the source is too old to deny the claim; read_by: as in :class:`factcheck.types.Considered`; outdates: whether
    it tells a later state of things than the claim. rule: why it cannot support the claim; by most rules it may still deny it.
    """

    article: int
    span: Span
    quote: str
    context: Span
    entailment: float
    contradiction: float
    may_deny: bool = True
    read_by: Literal["model", "scout"] = "model"
    outdates: bool = False
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two passages of one article, in text order, and the probability with which they state the claim if they are read as one."""

    first: Judged
    second: Judged
    entailment: float


def decide(claim: Claim, judged: Sequence[Judged], thresholds: Thresholds, *, most: int = 6) -> Finding:
    """The verdict on one claim.

    supported: some passage states it and none denies it; contradicted: some denies it and none states it; disputed: both;
    unsupported: neither. An ambiguous claim without a figure is never denied: what seems to deny it may speak of something else. Of a
    claim that is denied the denials next in strength are evidence too. ``most``: evidence kept on each side. The order of ``judged``
    does not matter.
    """
    # A passage speaks for one side, its stronger one: the two probabilities are fitted apart and may both be high.
    stating = [j for j in judged if j.entailment >= j.contradiction and j.rule is None]
    denying = [j for j in judged if j.entailment < j.contradiction and j.may_deny and j.rule not in NO_DENIAL]
    supports = _evidence(stating, "supports", thresholds.support)
    support = _top(j.entailment for j in stating)
    # What one source states is less likely denied by another: the more surely it is stated, the less a denial is believed. A source too
    # old to deny the claim has no say in that either.
    recent = _top(j.entailment for j in stating if j.may_deny)
    if round(recent, DECIMALS) >= thresholds.support + DEAD_BAND:
        denying = [replace(j, contradiction=j.contradiction * (1 - thresholds.doubt * recent)) for j in denying]
    contradiction = _top(j.contradiction for j in denying)
    settled = not claim.ambiguous or bool(figures(claim.text))
    denied = settled and contradiction >= thresholds.contradiction + DEAD_BAND
    denials = _evidence(denying, "contradicts", thresholds.beside * contradiction) if denied else []
    verdict, confidence = _verdict(stated=bool(supports), denied=denied, support=support, contradiction=contradiction)
    nearest: Evidence | None = None
    relation: Relation
    speaking = [*stating, *denying]  # what is too old, or barred by a rule, settles nothing and comes close to nothing
    if verdict == "unsupported" and speaking:
        if contradiction >= thresholds.weak:
            best, relation = max(denying, key=lambda j: (j.contradiction, -j.article, -j.span.start)), _DENIES
        else:
            best = max(speaking, key=lambda j: (j.entailment + j.contradiction, -j.article, -j.span.start))
            relation = "supports" if best.entailment >= best.contradiction else _DENIES
        nearest = _as_evidence(best, relation)
    outdated = denied and next(j.outdates for j in judged if (j.article, j.span) == (denials[0].article, denials[0].span))
    return Finding(
        claim,
        verdict,
        round(confidence, DECIMALS),
        support,
        contradiction,
        (*denials[:most], *supports[:most]),
        nearest,
        outdated,
        considered=_considered(judged),
    )


def left_open(finding: Finding, thresholds: Thresholds) -> bool:
    """Whether two passages may yet support the claim together: no single one settles it, or comes near denying it."""
    return thresholds.together < 1 and finding.verdict == "unsupported" and finding.contradiction < thresholds.weak


def decide_together(finding: Finding, pairs: Sequence[JudgedPair], thresholds: Thresholds, *, most: int = 3) -> Finding:
    """The finding on a claim that is :func:`left_open`, supported if some pair states it.

    pairs: of each article one at most, of passages that no rule bars from supporting the claim; their order does not matter. most: those
    kept as evidence.
    """
    scored = [(round(pair.entailment, DECIMALS), pair) for pair in pairs]
    stating = [(score, pair) for score, pair in scored if score >= thresholds.together + DEAD_BAND]
    if not stating:
        return finding
    stating.sort(key=lambda found: (-found[0], found[1].first.article))
    evidence = tuple(
        Evidence(j.article, j.span, j.quote, "supports", score, j.context, _TOGETHER)
        for score, pair in stating[:most]
        for j in (pair.first, pair.second)
    )
    support = stating[0][0]
    return replace(finding, verdict="supported", confidence=support, support=support, evidence=evidence, nearest=None, missing=())


def _considered(judged: Sequence[Judged]) -> tuple[Considered, ...]:
    ranked = sorted(judged, key=lambda j: (-round(max(j.entailment, j.contradiction), DECIMALS), j.article, j.span))
    return tuple(
        Considered(
            j.article, j.span, j.quote, round(j.entailment, DECIMALS), round(j.contradiction, DECIMALS), j.read_by, j.may_deny, j.rule
        )
        for j in ranked
    )


def _verdict(*, stated: bool, denied: bool, support: float, contradiction: float) -> tuple[Verdict, float]:
    if stated and denied:
        return "disputed", min(support, contradiction)
    if denied:
        return "contradicted", contradiction
    if stated:
        return "supported", support
    return "unsupported", 1 - max(support, contradiction)


def _evidence(judged: Sequence[Judged], relation: Relation, threshold: float) -> list[Evidence]:
    """Passages past the threshold, strongest first; equal ones in source and text order."""
    found = [
        _as_evidence(j, relation)
        for j in judged
        if round(j.entailment if relation == "supports" else j.contradiction, DECIMALS) >= threshold + DEAD_BAND
    ]
    return sorted(found, key=lambda e: (-e.score, e.article, e.span))


def _as_evidence(judged: Judged, relation: Relation) -> Evidence:
    score = judged.entailment if relation == "supports" else judged.contradiction
    return Evidence(judged.article, judged.span, judged.quote, relation, round(score, DECIMALS), judged.context)


def _top(values: Iterable[float]) -> float:
    return round(max(values, default=0.0), DECIMALS)
