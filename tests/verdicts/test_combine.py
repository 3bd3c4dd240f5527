"""The combiner and its fitting."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import numpy as np
import pytest

from factcheck.types import Relation, Verdict
from factcheck.verdicts import Combiner
from factcheck.verdicts.combine import FEATURES, SCOUT_FEATURES, Sight, features
from factcheck.verdicts.fitting import GoldClaim, GoldPassage, fit, logistic_regression
from factcheck.verdicts.witness import WITNESSES, witness


def test_without_weights_the_models_word_counts() -> None:
    assert Combiner()(Sight("a", "b", "b", (0.8, 0.1, 0.1))) == pytest.approx((0.8, 0.1))


@pytest.mark.parametrize(
    ("claim", "passage", "name", "value"),
    [
        ("The car has five seats.", "It comes with six seats.", "figures_rival", 1.0),
        ("The car has five seats.", "The car has five seats.", "figures_agree", 1.0),
        ("The car has five seats.", "The car has five seats.", "shared_words", 1.0),
        ("The car is red.", "The car is red.", "no_figures", 1.0),
        ("They met Ann Lee in Oslo.", "They met in Oslo.", "names_missing", 2 / 3),
        ("The bridge is not open.", "The bridge is open.", "negation_differs", 1.0),
        ("Prices rose sharply.", "Prices fell sharply.", "poles_differ", 1.0),
        ("Prices rose sharply.", "Prices rose sharply.", "poles_differ", 0.0),
    ],
)
def test_witnesses_see_what_a_reader_sees(claim: str, passage: str, name: str, value: float) -> None:
    assert dict(zip(WITNESSES, witness(claim, passage, passage), strict=True))[name] == pytest.approx(value)


def test_features_have_their_names_and_stay_finite() -> None:
    seen = Sight("x", "", "", (1.0, 0.0, 0.0), older=True)
    values = features(seen)
    assert dict(zip(FEATURES, values, strict=True))["older"] == 1.0
    assert np.isfinite(values).all()
    scouted = features(replace(seen, scouted=(0.0, 0.5, 0.5)))
    assert scouted[: len(values)] == values
    assert dict(zip(SCOUT_FEATURES, scouted[len(values) :], strict=True))["scout_contradiction"] == 0.0


def made(seed: int) -> tuple[list[GoldClaim], list[GoldPassage]]:
    """Four clusters in which the first feature tells support and the second denial."""
    rng = random.Random(seed)
    claims: list[GoldClaim] = []
    passages: list[GoldPassage] = []
    kinds: list[tuple[Verdict, tuple[Relation | None, ...]]] = [
        ("supported", ("supports", None)), ("contradicted", ("contradicts", None)), ("disputed", ("supports", "contradicts")),
        ("unsupported", (None, None)),
    ]  # fmt: skip
    for n in range(320):
        verdict, relations = kinds[n % 4]
        claims.append(GoldClaim(f"cluster{n // 4 % 4}", verdict))
        for relation in relations:
            row = [rng.gauss(0, 1) for _ in FEATURES]
            row[0] += 4.0 * (relation == "supports")
            row[1] += 4.0 * (relation == "contradicts")
            passages.append(GoldPassage(n, tuple(row), relation, may_deny=True))
    return claims, passages


def test_fitting_finds_what_tells_the_verdicts_apart() -> None:
    combiner, scouting, figures, points = fit(*made(1), alarm_precision=0.8, stale_days=60, claims_per_article=16)
    assert scouting is None
    assert figures["macro_f1"] > 0.8
    assert figures["alarm_precision"] >= 0.8
    assert min(combiner.speaks[0], combiner.speaks[1]) > 0.5
    assert combiner.against[1] > 0.5 > -0.5 > combiner.against[0]
    again = Combiner.from_dict(json.loads(json.dumps(combiner.as_dict())))
    assert again == combiner
    alarms = [(p.false_alarms, p.recall) for p in points]
    assert alarms == sorted(alarms, reverse=True)
    chosen = next(p for p in points if p.contradiction == combiner.thresholds.contradiction)
    wrong = round(figures["alarms"] * (1 - figures["alarm_precision"]))
    assert chosen.false_alarms == wrong / 320 * 16 * 50


def test_weights_for_other_features_are_refused() -> None:
    values = Combiner(speaks=(0.0,)).as_dict() | {"features": ["other"]}
    with pytest.raises(ValueError, match="other features"):
        Combiner.from_dict(values)


def test_logistic_regression_recovers_a_known_rule() -> None:
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(size=(4000, 2)), np.ones((4000, 1))], axis=1)
    p = 1 / (1 + np.exp(-(x @ np.array([2.0, -1.0, 0.5]))))
    weights = logistic_regression(x, (rng.random(4000) < p).astype(float), ridge=0.01)
    assert weights == pytest.approx([2.0, -1.0, 0.5], abs=0.2)
