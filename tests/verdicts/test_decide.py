"""The rule from scores to verdicts."""

from __future__ import annotations

import dataclasses
import random

import pytest

from factcheck.types import Claim, Finding, Missing, Span
from factcheck.verdicts import Judged, Thresholds, decide
from factcheck.verdicts.decide import JudgedPair, decide_together, left_open

CLAIM = Claim("The car has six seats.", ((0, 22),), "The car has six seats.", "c1")
LIMITS = Thresholds(support=0.7, contradiction=0.8, doubt=0.0)


def judged(article: int, entailment: float, contradiction: float, *, may_deny: bool = True) -> Judged:
    return Judged(article, Span(0, 5), "quote", Span(0, 5), entailment, contradiction, may_deny)


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ([], "unsupported"),
        ([(0.2, 0.1)], "unsupported"),
        ([(0.9, 0.05), (0.1, 0.2)], "supported"),
        ([(0.05, 0.9), (0.1, 0.2)], "contradicted"),
        ([(0.9, 0.05), (0.02, 0.95)], "disputed"),
        ([(0.75, 0.85)], "contradicted"),  # one passage is on one side only
        ([(0.701, 0.1)], "unsupported"),  # inside the dead band
        ([(0.702, 0.1)], "supported"),
    ],
)
def test_the_four_verdicts(scores: list[tuple[float, float]], verdict: str) -> None:
    assert decide(CLAIM, [judged(i, *s) for i, s in enumerate(scores)], LIMITS).verdict == verdict


def test_order_never_matters() -> None:
    rng = random.Random(5)
    for _ in range(200):
        items = [judged(i, rng.random(), rng.random()) for i in range(8)]
        shuffled = rng.sample(items, len(items))
        assert decide(CLAIM, items, LIMITS) == decide(CLAIM, shuffled, LIMITS)


def test_an_irrelevant_source_changes_nothing_but_the_nearest() -> None:
    items = [judged(0, 0.05, 0.9)]
    first, second = decide(CLAIM, items, LIMITS), decide(CLAIM, [*items, judged(1, 0.01, 0.01)], LIMITS)
    assert (first.verdict, first.confidence, first.evidence) == (second.verdict, second.confidence, second.evidence)


def test_an_old_source_may_support_but_not_deny() -> None:
    assert decide(CLAIM, [judged(0, 0.0, 0.99, may_deny=False)], LIMITS).verdict == "unsupported"
    assert decide(CLAIM, [judged(0, 0.99, 0.0, may_deny=False)], LIMITS).verdict == "supported"


def test_a_rule_silences_a_passage_on_its_side() -> None:
    stating, denying = judged(0, 0.99, 0.0), judged(0, 0.0, 0.99)
    assert decide(CLAIM, [dataclasses.replace(stating, rule="quotes the same words")], LIMITS).verdict == "unsupported"
    assert decide(CLAIM, [dataclasses.replace(denying, rule="quotes the same words")], LIMITS).verdict == "contradicted"
    assert decide(CLAIM, [dataclasses.replace(denying, rule="speaks of another time")], LIMITS).verdict == "unsupported"


def test_a_silenced_passage_comes_close_to_nothing() -> None:
    silent = dataclasses.replace(judged(0, 0.0, 0.9), rule="speaks of another time")
    old = judged(1, 0.0, 0.9, may_deny=False)
    assert decide(CLAIM, [silent, old], LIMITS).nearest is None
    found = decide(CLAIM, [silent, old, judged(2, 0.1, 0.0)], LIMITS).nearest
    assert found is not None
    assert found.article == 2


def test_evidence_names_its_source_strongest_first() -> None:
    finding = decide(CLAIM, [judged(0, 0.75, 0.0), judged(1, 0.95, 0.0), judged(2, 0.0, 0.85)], LIMITS)
    assert [(e.article, e.relation, e.score) for e in finding.evidence] == [
        (2, "contradicts", 0.85),
        (1, "supports", 0.95),
        (0, "supports", 0.75),
    ]
    assert (finding.support, finding.contradiction, finding.confidence) == (0.95, 0.85, 0.85)


def test_an_unsupported_claim_shows_the_nearest_passage() -> None:
    finding = decide(CLAIM, [judged(0, 0.1, 0.1), judged(1, 0.1, 0.5)], LIMITS)
    assert finding.nearest is not None
    assert (finding.nearest.article, finding.nearest.relation) == (1, "contradicts")


def test_a_weak_denial_is_the_nearest_passage_but_no_alarm() -> None:
    limits = Thresholds(support=0.7, contradiction=0.8, weak=0.3, doubt=0.0)
    finding = decide(CLAIM, [judged(0, 0.5, 0.1), judged(1, 0.1, 0.35)], limits)
    assert finding.verdict == "unsupported"
    assert finding.nearest is not None
    assert (finding.nearest.article, finding.nearest.relation) == (1, "contradicts")


def test_what_only_hints_at_a_denial_is_no_evidence_beside_a_plain_one() -> None:
    limits = Thresholds(support=0.7, contradiction=0.4, weak=0.2, doubt=0.0)
    found = decide(CLAIM, [judged(0, 0.1, 0.45), judged(1, 0.1, 0.43), judged(2, 0.1, 0.9)], limits)
    assert [(e.article, e.score) for e in found.evidence] == [(2, 0.9)]
    # Beside one that is no plainer itself it is.
    found = decide(CLAIM, [judged(0, 0.1, 0.3), judged(1, 0.1, 0.5)], limits)
    assert [(e.article, e.score) for e in found.evidence] == [(1, 0.5), (0, 0.3)]


def test_a_denial_of_what_another_source_states_is_believed_less() -> None:
    limits = Thresholds(support=0.7, contradiction=0.5, doubt=0.5)
    both = [judged(0, 0.9, 0.0), judged(1, 0.0, 0.95)]
    finding = decide(CLAIM, both, limits)
    assert (finding.verdict, finding.contradiction) == ("disputed", 0.522)  # 0.95 * (1 - 0.5 * 0.9)
    assert decide(CLAIM, [judged(0, 0.9, 0.0), judged(1, 0.0, 0.85)], limits).verdict == "supported"
    # Support that is no evidence takes nothing away: an irrelevant source changes no verdict.
    assert decide(CLAIM, [judged(0, 0.69, 0.0), judged(1, 0.0, 0.55)], limits).verdict == "contradicted"


def test_a_source_too_old_to_deny_does_not_defend_a_claim_either() -> None:
    limits = Thresholds(support=0.7, contradiction=0.5, doubt=0.5)
    old = dataclasses.replace(judged(0, 0.95, 0.0), may_deny=False)
    assert decide(CLAIM, [old, judged(1, 0.0, 0.6)], limits).verdict == "disputed"


def test_what_an_ambiguous_claim_speaks_of_is_open_so_nothing_denies_it_but_a_figure() -> None:
    counted = dataclasses.replace(CLAIM, text="She is licensed for 180 passengers.", ambiguous=True)
    assert decide(counted, [judged(0, 0.0, 0.95)], LIMITS).verdict == "contradicted"
    open_claim = dataclasses.replace(CLAIM, text="She is licensed to carry passengers.", ambiguous=True)
    denied = decide(open_claim, [judged(0, 0.0, 0.95)], LIMITS)
    assert (denied.verdict, denied.nearest.relation) == ("unsupported", "contradicts")  # worth a look, no alarm
    assert decide(open_claim, [judged(0, 0.9, 0.0)], LIMITS).verdict == "supported"


# -- two passages together -------------------------------------------------------------------------------------------------------

BOTH = Thresholds(support=0.7, contradiction=0.8, weak=0.4, doubt=0.0, together=0.85)


def pair(article: int, entailment: float) -> JudgedPair:
    first, second = (Judged(article, span, "quote", span, 0.3, 0.1) for span in (Span(0, 5), Span(40, 45)))
    return JudgedPair(first, second, entailment)


def open_finding() -> Finding:
    return dataclasses.replace(decide(CLAIM, [judged(0, 0.3, 0.1)], BOTH), missing=(Missing("place", "Oslo"),))


@pytest.mark.parametrize(
    ("scores", "limits", "open_"),
    [
        ((0.3, 0.1), BOTH, True),
        ((0.3, 0.1), LIMITS, False),  # never, unless fitted
        ((0.1, 0.4), BOTH, False),  # nearly denied: worth a look
        ((0.1, 0.39), BOTH, True),
        ((0.9, 0.0), BOTH, False),
        ((0.0, 0.9), BOTH, False),
    ],
)
def test_two_passages_are_read_together_where_single_ones_leave_the_claim_open(
    scores: tuple[float, float], limits: Thresholds, open_: bool
) -> None:
    assert left_open(decide(CLAIM, [judged(0, *scores)], limits), limits) == open_


def test_what_two_passages_state_together_is_supported_by_both() -> None:
    found = decide_together(open_finding(), [pair(1, 0.86), pair(0, 0.93), pair(2, 0.84)], BOTH)
    assert (found.verdict, found.support, found.confidence, found.contradiction) == ("supported", 0.93, 0.93, 0.0)
    assert (found.nearest, found.missing) == (None, ())
    assert [(e.article, e.span.start, e.relation, e.score) for e in found.evidence] == [
        (0, 0, "supports", 0.93), (0, 40, "supports", 0.93), (1, 0, "supports", 0.86), (1, 40, "supports", 0.86),
    ]  # fmt: skip
    assert {e.reason for e in found.evidence} == {"only together with the other passage of its article"}
    assert found.considered == open_finding().considered


@pytest.mark.parametrize("entailment", [0.5, 0.849, 0.851])  # the last one is inside the dead band
def test_pairs_below_the_threshold_change_nothing(entailment: float) -> None:
    assert decide_together(open_finding(), [pair(0, entailment)], BOTH) == open_finding()
    assert decide_together(open_finding(), [], BOTH) == open_finding()


def test_the_order_of_pairs_never_matters() -> None:
    some = [pair(n, e) for n, e in enumerate((0.9, 0.95, 0.9, 0.88, 0.2))]
    assert decide_together(open_finding(), some, BOTH) == decide_together(open_finding(), some[::-1], BOTH)


def test_thresholds_of_older_models_never_read_two_passages_together() -> None:
    assert Thresholds(support=0.4, contradiction=0.39, weak=0.195, doubt=0.5, stale_days=60).together == 1.0
    certain = decide_together(open_finding(), [pair(0, 1.0)], dataclasses.replace(BOTH, together=1.0))
    assert certain.verdict == "unsupported"
