"""Fitting the probability from which two passages together support a claim."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np

from factcheck.types import Relation, Verdict
from factcheck.verdicts import Thresholds
from factcheck.verdicts.combine import FEATURES
from factcheck.verdicts.fitting import Fitted, GoldClaim, GoldPassage, apply, fit, measure

Gold = tuple[list[GoldClaim], list[GoldPassage]]


def gold(*unsettled: tuple[Verdict, float], seed: int = 1) -> Gold:
    """Claims that single passages settle, and behind them ``unsettled`` ones, of which single passages say nothing.

    These with their verdict, and how surely two passages state them together.
    """
    rng = random.Random(seed)
    settled: list[tuple[Verdict, Relation]] = [("supported", "supports"), ("contradicted", "contradicts")] * 60
    claims = [GoldClaim(f"cluster{n % 4}", verdict) for n, (verdict, _) in enumerate(settled)]
    passages: list[GoldPassage] = []
    for n, (_, told) in enumerate(settled):
        for relation in (told, None):
            features = [rng.gauss(0, 0.3) for _ in FEATURES]
            features[0] += 4.0 * (relation == "supports")
            features[1] += 4.0 * (relation == "contradicts")
            passages.append(GoldPassage(n, tuple(features), relation, may_deny=True))
    return [*claims, *(GoldClaim(f"cluster{n % 4}", verdict, together) for n, (verdict, together) in enumerate(unsettled))], passages


def fitted(told: Gold) -> Fitted:
    return fit(*told, alarm_precision=0.95, stale_days=60, claims_per_article=16)


def figures(told: Gold) -> tuple[float, dict[str, Any]]:
    found = fitted(told)
    return found.combiner.thresholds.together, found.figures["together"]


def test_the_lowest_probability_at_which_enough_is_right() -> None:
    told = gold(*[("supported", 0.9)] * 12, *[("supported", 0.72)] * 4, *[("unsupported", 0.62)] * 20)
    assert figures(told) == (0.65, {"tried": 36, "won": 16, "right": 16})


def test_one_wrong_in_ten_is_borne_and_one_in_nine_is_not() -> None:
    wrong: tuple[Verdict, float] = ("contradicted", 0.9)
    assert figures(gold(*[("supported", 0.9)] * 9, wrong)) == (0.5, {"tried": 10, "won": 10, "right": 9})
    assert figures(gold(*[("supported", 0.9)] * 8, wrong)) == (1.0, {"tried": 9, "won": 0, "right": 0})


def test_two_passages_need_not_be_right_more_often_than_one_is() -> None:
    """Of what single passages support here, a third is not supported: then one pair in six may be wrong too."""
    claims, passages = gold(*[("supported", 0.9)] * 10, *[("unsupported", 0.9)] * 2)
    doubtful = [
        replace(claim, verdict="unsupported") if claim.verdict == "supported" and n < 40 else claim for n, claim in enumerate(claims)
    ]
    assert figures((claims, passages))[0] == 1.0
    assert figures((doubtful, passages)) == (0.5, {"tried": 12, "won": 12, "right": 10})


def test_never_where_too_few_are_won_or_too_many_wrong() -> None:
    assert figures(gold(*[("supported", 0.9)] * 6)) == (1.0, {"tried": 6, "won": 0, "right": 0})
    assert figures(gold(*[("supported", 0.9)] * 12, *[("unsupported", 0.96)] * 6)) == (1.0, {"tried": 18, "won": 0, "right": 0})


def test_what_is_won_counts_in_the_verdicts_and_on_unseen_gold() -> None:
    told = gold(*[("supported", 0.9)] * 12, *[("unsupported", 0.1)] * 12)
    found, blind = fitted(told), fitted(gold(*[("supported", 0.0)] * 12, *[("unsupported", 0.0)] * 12))
    assert found.figures["accuracy"] > blind.figures["accuracy"]
    assert blind.figures["together"] == {"tried": 0, "won": 0, "right": 0}
    unseen = gold(*[("supported", 0.9)] * 3, ("unsupported", 0.8), seed=2)
    assert apply(found.combiner, *unseen)["together"] == {"tried": 4, "won": 4, "right": 3}


def test_only_what_single_passages_leave_open_is_tried() -> None:
    claims = [GoldClaim("ferry", "supported", 0.9)] * 4 + [GoldClaim("ferry", "supported")]
    support, denial = np.asarray([0.1, 0.1, 0.9, 0.1, 0.1]), np.asarray([0.1, 0.5, 0.0, 0.9, 0.0])
    found = measure(claims, support, denial, Thresholds(support=0.7, contradiction=0.8, weak=0.4, together=0.85))
    assert found["together"] == {"tried": 1, "won": 1, "right": 1}
