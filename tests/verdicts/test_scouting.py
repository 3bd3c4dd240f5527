"""The scout: which passages the slow model reads, and fitting both together."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from factcheck.types import Relation, Verdict
from factcheck.verdicts import Combiner, Scouting
from factcheck.verdicts.combine import FEATURES
from factcheck.verdicts.fitting import GoldClaim, GoldPassage, apply, fit

#: Two denials and one support of an article, each with a probability of a tenth at least.
SCOUTING = Scouting(denials=2, supports=1, floor=0.1)


@pytest.mark.parametrize(
    ("scores", "telling"),
    [
        ([(0.05, 0.05), (0.0, 0.09)], []),
        ([(0.2, 0.1), (0.5, 0.0), (0.9, 0.0)], [0, 2]),  # the best support, and the one denial
        ([(0.0, 0.2), (0.0, 0.9), (0.0, 0.3), (0.0, 0.8)], [1, 3]),
        ([(0.6, 0.6)], [0]),
    ],
)
def test_the_likeliest_of_either_side_are_passed_on(scores: list[tuple[float, float]], telling: list[int]) -> None:
    assert SCOUTING.telling(scores, [str(n) for n in range(len(scores))], [0] * len(scores)) == telling


def test_another_article_takes_nothing_from_the_passages_of_one() -> None:
    scores, names = [(0.0, 0.2), (0.0, 0.9), (0.0, 0.3), (0.3, 0.8), (0.9, 0.0), (0.2, 0.0)], list("abcdef")
    assert SCOUTING.telling(scores[:3], names[:3], [4, 4, 4]) == [1, 2]
    assert SCOUTING.telling(scores, names, [4, 4, 4, 7, 7, 7]) == [1, 2, 3, 4]


def test_the_order_of_equal_passages_does_not_matter() -> None:
    names, scores = ["a", "b", "c", "d"], [(0.0, 0.5), (0.0, 0.5004), (0.0, 0.4996), (0.3, 0.5)]
    chosen = {names[n] for n in SCOUTING.telling(scores, names, [0] * 4)}
    turned = {names[::-1][n] for n in SCOUTING.telling(scores[::-1], names[::-1], [0] * 4)}
    assert chosen == turned == {"a", "b", "d"}


def test_settings_come_back_from_json() -> None:
    weights = tuple(0.1 for _ in range(len(FEATURES) + 1))
    scouting = Scouting(Combiner(weights, weights, weights[1:], weights[1:]), denials=3, supports=2, floor=0.05)
    assert Scouting.from_dict(json.loads(json.dumps(scouting.as_dict()))) == scouting
    with pytest.raises(KeyError):
        Scouting.from_dict({"denials": 2})


def made(seed: int, *, scout_sees: float) -> tuple[list[GoldClaim], list[GoldPassage]]:
    """Gold whose relations the model tells well, and its scout as far as ``scout_sees``."""
    rng = random.Random(seed)
    claims: list[GoldClaim] = []
    passages: list[GoldPassage] = []
    kinds: list[tuple[Verdict, Relation | None]] = [("supported", "supports"), ("contradicted", "contradicts"), ("unsupported", None)]
    for n in range(240):
        verdict, told = kinds[n % 3]
        claims.append(GoldClaim(f"cluster{n // 3 % 4}", verdict))
        for k, relation in enumerate((told, *[None] * 8)):
            sides = (relation == "supports", relation == "contradicts")
            rows = [[rng.gauss(4 * seen * sides[i] if i < 2 else 0, 1) for i in range(len(FEATURES))] for seen in (1.0, scout_sees)]
            passages.append(GoldPassage(n, tuple(rows[0]), relation, may_deny=True, scouted=tuple(rows[1]), name=f"{n} {k}"))
    return claims, passages


def test_a_scout_that_sees_nothing_costs_what_it_does_not_pass_on() -> None:
    good = fit(*made(1, scout_sees=1.0), alarm_precision=0.8, stale_days=60, claims_per_article=16)
    blind = fit(*made(1, scout_sees=0.0), alarm_precision=0.8, stale_days=60, claims_per_article=16)
    assert good.scouting is not None
    assert good.figures["macro_f1"] > blind.figures["macro_f1"]
    claims, passages = made(1, scout_sees=0.0)
    alone = fit(claims, [replace(p, scouted=()) for p in passages], alarm_precision=0.8, stale_days=60, claims_per_article=16)
    assert alone.scouting is None
    assert alone.figures["macro_f1"] > blind.figures["macro_f1"]


def test_unseen_gold_is_measured_with_the_scout() -> None:
    fitted = fit(*made(1, scout_sees=1.0), alarm_precision=0.8, stale_days=60, claims_per_article=16)
    unseen = made(2, scout_sees=1.0)
    assert apply(fitted.combiner, *unseen, fitted.scouting)["macro_f1"] > 0.6  # of 0.75: there is no disputed claim
    assert apply(fitted.combiner, *unseen, fitted.scouting) != apply(fitted.combiner, *made(2, scout_sees=0.0), fitted.scouting)
