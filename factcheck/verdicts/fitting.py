"""Fitting the combiner and its thresholds on gold clusters, cross-validated by cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.types import VERDICTS, Relation, Verdict
from factcheck.verdicts.combine import FEATURES, SCOUT_FEATURES, WORD_FEATURES, Combiner
from factcheck.verdicts.decide import DEAD_BAND, Thresholds
from factcheck.verdicts.operating import ARTICLES, OperatingPoint
from factcheck.verdicts.scouting import Scouting

Array = NDArray[np.float64]

#: Macro-F1 within which two thresholds are as good as each other.
_AS_GOOD = 0.01

_GRID = np.round(np.arange(0.05, 0.951, 0.01), 2)


#: Probabilities tried as the one from which two passages together support, and the share of the claims so won that is always right enough.
_TOGETHER, _RIGHT = np.round(np.arange(0.5, 0.951, 0.05), 2), 0.9

#: How much less a denial may be believed of a claim that is supported, as a share of that support. With a half of it hardly a claim would
#: be disputed that one source plainly states and another plainly denies.
_DOUBTS = (0.0, 0.1, 0.2, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """One passage found for one gold claim. claim: the claim's number; relation: what the gold evidence says, if anything.

    features: of the model's scores, none if it has not read the passage; scouted: of its scout's, none without one. name: tells passages
    apart, as in a run; article: its number in the cluster.
    """

    claim: int
    features: tuple[float, ...]
    relation: Relation | None
    may_deny: bool
    scouted: tuple[float, ...] = ()
    name: str = ""
    article: int = 0


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A gold claim's cluster and verdict. together: the highest probability with which two passages of one article state it; 0 without."""

    cluster: str
    verdict: Verdict
    together: float = 0.0


class Fitted(NamedTuple):
    """What :func:`fit` returns.

    scouting: the scout's part, None without a scout; figures: of :func:`measure`, held out; points: what other thresholds would give.
    """

    combiner: Combiner
    scouting: Scouting | None
    figures: dict[str, Any]
    points: tuple[OperatingPoint, ...]


def fit(
    claims: Sequence[GoldClaim],
    passages: Sequence[GoldPassage],
    *,
    alarm_precision: float,
    stale_days: int,
    claims_per_article: float,
    ridge: float = 3.0,
) -> Fitted:
    """Weights from all clusters, thresholds and figures from cross-validation by cluster.

    alarm_precision: the contradiction threshold is the lowest at which at least this share of the held-out alarms is right (the
    highest precision reached, if none does). claims_per_article: of a whole article, to tell false alarms by article. With a scout the
    model's weights are fitted on what it passes on, and the held-out figures are of both together: of the other passages the scout's
    probabilities count.
    """
    names = np.asarray([claims[p.claim].cluster for p in passages])
    relations = np.asarray([p.relation or "" for p in passages])
    told, first, scouting = np.ones(len(passages), dtype=bool), None, None
    if passages[0].scouted:
        scout = _Regression([p.scouted for p in passages], relations, told, ridge)
        scouting, first = Scouting(scout.combiner(Thresholds())), scout.held_out(names)
        told = _told(scouting, passages, first) & np.asarray([bool(p.features) for p in passages])
    own = _Regression(_rows(passages), relations, told, ridge)
    found = own.held_out(names)
    support, denial = _sides(claims, passages, *(_where(told, found, first) if first else found))
    thresholds = _choose(claims, support, denial, alarm_precision, stale_days)
    thresholds = replace(thresholds, together=_together(claims, support, denial, thresholds))
    points = _points(claims, support, denial, thresholds, claims_per_article)
    return Fitted(own.combiner(thresholds), scouting, measure(claims, support, denial, thresholds), points)


def apply(
    combiner: Combiner, claims: Sequence[GoldClaim], passages: Sequence[GoldPassage], scouting: Scouting | None = None
) -> dict[str, Any]:
    """The figures of :func:`measure` for a fitted combiner, and its scout's, on gold that they have not seen."""
    found = _probabilities(combiner, _rows(passages))
    if scouting:
        first = _probabilities(scouting.combiner, [p.scouted for p in passages])
        found = _where(_told(scouting, passages, first), found, first)
    return measure(claims, *_sides(claims, passages, *found), combiner.thresholds)


def readable(passages: Sequence[GoldPassage], scouting: Scouting | None = None, *, ridge: float = 3.0) -> NDArray[np.bool_]:
    """Which passages, all of them scouted, the model has to read.

    Those that ``scouting`` passes on; without it some more than a scout fitted on all of them does, since each fold's scout differs.
    """
    if scouting is None:
        relations = np.asarray([p.relation or "" for p in passages])
        scout = _Regression([p.scouted for p in passages], relations, np.ones(len(passages), dtype=bool), ridge)
        own = Scouting(scout.combiner(Thresholds()))
        scouting = replace(own, denials=own.denials + 1, supports=own.supports + 1, floor=own.floor / 2)
    return _told(scouting, passages, _probabilities(scouting.combiner, [p.scouted for p in passages]))


def _rows(passages: Sequence[GoldPassage]) -> list[tuple[float, ...]]:
    """The model's features; of passages that it has not read a row that nobody looks at."""
    unread = (0.0,) * max(len(p.features) for p in passages)
    return [p.features or unread for p in passages]


class _Regression:
    """The two regressions over one model's features: rows, what the gold says of each, and which ones it is fitted on (``told``)."""

    def __init__(self, rows: Sequence[tuple[float, ...]], relations: NDArray[np.str_], told: NDArray[np.bool_], ridge: float) -> None:
        x = np.asarray(rows, dtype=np.float64)
        self.mean, self.scale = x[told].mean(0), x[told].std(0) + 1e-9
        self.z, self.relations, self.told, self.ridge = _normal(x, self.mean, self.scale), relations, told, ridge

    def held_out(self, clusters: NDArray[np.str_]) -> tuple[Array, Array]:
        """Probabilities of having a say and of denying, each passage's by weights fitted without its cluster."""
        speaks, against = np.zeros(len(self.z)), np.zeros(len(self.z))
        for name in sorted(set(clusters.tolist())):
            out = clusters == name
            weights = self._weights(~out)
            speaks[out], against[out] = _probability(self.z[out], weights[0]), _probability(self.z[out], weights[1])
        return speaks, against

    def combiner(self, thresholds: Thresholds) -> Combiner:
        """The combiner fitted on all of it."""
        speaks, against = (tuple(np.round(w, 5).tolist()) for w in self._weights(self.told))
        return Combiner(speaks, against, tuple(self.mean.tolist()), tuple(self.scale.tolist()), thresholds)

    def _weights(self, rows: NDArray[np.bool_]) -> tuple[Array, Array]:
        return _weights(self.z[rows & self.told], self.relations[rows & self.told], self.ridge)


def _normal(x: Array, mean: Array, scale: Array) -> Array:
    return np.concatenate([(x - mean) / scale, np.ones((len(x), 1))], axis=1)


def _probabilities(combiner: Combiner, rows: Sequence[tuple[float, ...]]) -> tuple[Array, Array]:
    """Probabilities of having a say and of denying, each (rows,)."""
    x = np.asarray(rows, dtype=np.float64).reshape(len(rows), len(combiner.mean))
    z = _normal(x, np.asarray(combiner.mean), np.asarray(combiner.scale))
    return _probability(z, np.asarray(combiner.speaks)), _probability(z, np.asarray(combiner.against))


def _told(scouting: Scouting, passages: Sequence[GoldPassage], first: tuple[Array, Array]) -> NDArray[np.bool_]:
    """Which passages the scout passes on; ``first``: its probabilities of having a say and of denying."""
    told = np.zeros(len(passages), dtype=bool)
    of_claim: dict[int, list[int]] = {}
    for n, passage in enumerate(passages):
        of_claim.setdefault(passage.claim, []).append(n)
    speaks, against = first
    for numbers in of_claim.values():
        scores = [(float(speaks[n] * (1 - against[n])), float(speaks[n] * against[n])) for n in numbers]
        names, articles = [passages[n].name for n in numbers], [passages[n].article for n in numbers]
        told[[numbers[k] for k in scouting.telling(scores, names, articles)]] = True
    return told


def _where(told: NDArray[np.bool_], own: tuple[Array, Array], first: tuple[Array, Array]) -> tuple[Array, Array]:
    """What a run sees: the model's probabilities of the passages passed on, the scout's of the others."""
    return np.where(told, own[0], first[0]), np.where(told, own[1], first[1])


def _sides(claims: Sequence[GoldClaim], passages: Sequence[GoldPassage], speaks: Array, against: Array) -> tuple[Array, Array]:
    """Each claim's strongest support and strongest denial, as :func:`factcheck.verdicts.decide` takes them."""
    states = against <= 0.5
    denies = ~states & np.asarray([p.may_deny for p in passages])
    support = _strongest(np.where(states, speaks * (1 - against), 0.0), passages, len(claims))
    return support, _strongest(np.where(denies, speaks * against, 0.0), passages, len(claims))


def _weights(z: Array, relations: NDArray[np.str_], ridge: float) -> tuple[Array, Array]:
    """Weights for having a say, over all passages, and for denying, over those that have one."""
    has_say, used = relations != "", _denial(z.shape[1])
    speaks = logistic_regression(z, has_say.astype(np.float64), ridge)
    against = np.zeros(z.shape[1])
    against[used] = logistic_regression(z[has_say][:, used], (relations[has_say] == "contradicts").astype(np.float64), ridge)
    return speaks, against


def _denial(width: int) -> list[int]:
    """Columns of what tells denial from support, of ``width`` with the constant.

    Shared words are left out: in gold they go with support, and so would talk down the very conflicts that an editor sees at once, told
    in the same words.
    """
    names = (*FEATURES, *SCOUT_FEATURES)[: width - 1]
    return [k for k, name in enumerate(names) if name not in WORD_FEATURES] + [width - 1]


def logistic_regression(x: Array, y: Array, ridge: float) -> Array:
    """Weights (last one: constant, not penalised) by Newton's method. x: (rows, features + 1); y: (rows,) of 0 and 1."""
    weights = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    for _ in range(30):
        p = _probability(x, weights)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(hessian, x.T @ (p - y) + penalty @ weights)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def measure(claims: Sequence[GoldClaim], support: Array, denial: Array, thresholds: Thresholds) -> dict[str, Any]:
    """Verdict macro-F1 and accuracy, precision and recall of alarms, over claims with their strongest support and denial.

    together: claims that one passage alone leaves open and two may state, those so won, and how many of them are truly supported.
    """
    tried = _open(claims, support, denial, thresholds)
    won = tried & (np.asarray([c.together for c in claims]) >= thresholds.together + DEAD_BAND)
    said = np.where(won, VERDICTS.index("supported"), _said(support, denial, thresholds))
    gold = np.asarray([VERDICTS.index(c.verdict) for c in claims])
    f1 = {}
    for k, name in enumerate(VERDICTS):
        both = float(((said == k) & (gold == k)).sum())
        f1[name] = round(2 * both / max(1.0, float((said == k).sum() + (gold == k).sum())), 3)
    alarms, wanted = said < 2, gold < 2
    right = float((alarms & wanted).sum())
    return {
        "claims": len(claims), "macro_f1": round(float(np.mean(list(f1.values()))), 3), "f1": f1,
        "accuracy": round(float((said == gold).mean()), 3), "alarms": int(alarms.sum()),
        "alarm_precision": round(right / max(1.0, float(alarms.sum())), 3), "alarm_recall": round(right / max(1.0, float(wanted.sum())), 3),
        "together": {"tried": int(tried.sum()), "won": int(won.sum()), "right": int((won & (gold == said)).sum())},
    }  # fmt: skip


def _open(claims: Sequence[GoldClaim], support: Array, denial: Array, thresholds: Thresholds) -> NDArray[np.bool_]:
    """Claims with two passages that may state them, as far as single ones leave them open (:func:`factcheck.verdicts.decide.left_open`)."""
    unsupported = _said(support, denial, thresholds) == VERDICTS.index("unsupported")
    paired = np.asarray([c.together > 0 for c in claims])
    return np.asarray(unsupported & paired & (denial < thresholds.weak))


def _together(claims: Sequence[GoldClaim], support: Array, denial: Array, thresholds: Thresholds) -> float:
    """The lowest probability at which two passages are right about support as often as one passage is, or _RIGHT; 1, never, if none is.

    They must win so many claims that one of them may be wrong: fewer tell nothing of a share. What single passages say is held out by
    cluster, and what the pairs say is the model's own word, fitted on none of the gold; only this one number is chosen on all of it.
    """
    single = _said(support, denial, thresholds) == VERDICTS.index("supported")
    right = [claim.verdict == "supported" for claim, found in zip(claims, single, strict=True) if found]
    share = min(_RIGHT, float(np.mean(right)) if right else 1.0)
    for limit in _TOGETHER:
        figures = measure(claims, support, denial, replace(thresholds, together=float(limit)))["together"]
        if round(figures["won"] * (1 - share), 9) >= 1 and figures["right"] >= share * figures["won"]:
            return float(limit)
    return 1.0


def _said(support: Array, denial: Array, thresholds: Thresholds) -> NDArray[np.int64]:
    """Numbers of verdicts in VERDICTS: contradicted, disputed, unsupported, supported."""
    stated = support >= thresholds.support
    denied = _believed(support, denial, thresholds) >= thresholds.contradiction
    return np.where(denied, np.where(stated, 1, 0), np.where(stated, 3, 2))


def _believed(support: Array, denial: Array, thresholds: Thresholds) -> Array:
    """Denials as far as they are believed of claims that other passages support, as in :func:`factcheck.verdicts.decide`."""
    return np.where(support >= thresholds.support, denial * (1 - thresholds.doubt * support), denial)


def _choose(claims: Sequence[GoldClaim], support: Array, denial: Array, alarm_precision: float, stale_days: int) -> Thresholds:
    """For each doubt the thresholds that ``alarm_precision`` asks for; of all the ones with the best macro-F1."""

    def at(limits: Thresholds) -> dict[str, Any]:
        return measure(claims, support, denial, limits)

    def best(start: Thresholds) -> Thresholds:
        tried = [replace(start, contradiction=float(c), weak=round(float(c) / 2, 3)) for c in _GRID]
        # Precision at a handful of alarms is chance: a threshold must leave at least 15.
        usable = [(limits, figures) for limits in tried if (figures := at(limits))["alarms"] >= 15]
        precise = [limits for limits, figures in usable if figures["alarm_precision"] >= alarm_precision]
        chosen = precise[0] if precise else max(usable, key=lambda u: u[1]["alarm_precision"])[0]
        # Of support thresholds that are as good the highest: it calls least supported that is not.
        scores = {float(s): at(replace(chosen, support=float(s)))["macro_f1"] for s in _GRID}
        return replace(chosen, support=max(s for s in scores if scores[s] >= max(scores.values()) - _AS_GOOD))

    return max((best(Thresholds(0.5, doubt=doubt, stale_days=stale_days)) for doubt in _DOUBTS), key=lambda t: at(t)["macro_f1"])


def _points(
    claims: Sequence[GoldClaim], support: Array, denial: Array, thresholds: Thresholds, claims_per_article: float
) -> tuple[OperatingPoint, ...]:
    """What each threshold of contradiction gives, up to the first one at which no alarm is left."""
    out = []
    for c in _GRID:
        figures = measure(claims, support, denial, replace(thresholds, contradiction=float(c)))
        if not figures["alarms"]:
            break
        wrong = round(figures["alarms"] * (1 - figures["alarm_precision"]))
        of_articles = round(wrong / len(claims) * claims_per_article * ARTICLES, 1)
        out.append(OperatingPoint(float(c), of_articles, figures["alarm_precision"], figures["alarm_recall"]))
    return tuple(out)


def _probability(x: Array, weights: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ weights, -50, 50))))


def _strongest(values: Array, passages: Sequence[GoldPassage], claims: int) -> Array:
    out = np.zeros(claims)
    for value, passage in zip(values, passages, strict=True):
        out[passage.claim] = max(out[passage.claim], value)
    return out
