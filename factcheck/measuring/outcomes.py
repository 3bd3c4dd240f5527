"""From gold claims and what was reported of them to figures, and to the worst mistakes.

Verdicts are counted over all gold claims: one that matches no reported claim is judged wrong. Alarms (contradicted, disputed) are right
where the gold is an alarm too, be it the other of the two, and are counted by gold claims: one that is the match of two counts twice. An
alarm that matches no gold claim is neither right nor wrong, and is counted by itself. A ratio over nothing is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.clusters import Told
from factcheck.types import ALARMS, VERDICTS, Failure, Finding

#: Passages, the nearest of all articles together, among which gold evidence is looked for too.
BEST = 8

#: Bins of equal width of the confidence of alarms.
_BINS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """A gold claim and what came of it.

    said: the finding that it is matched to, None if no reported claim says it. evidence_hit: whether some quote shown is of the same
    words as some gold one; None without a match or without gold evidence. ranks: for each gold evidence the place, from 0, of the first
    passage found for the gold claim that is of the same words; None where no passage found is.
    """

    told: Told
    said: Finding | None
    evidence_hit: bool | None
    ranks: tuple[int | None, ...]

    @property
    def right(self) -> bool:
        """Whether the claim was found and got the gold verdict."""
        return self.said is not None and self.said.verdict == self.told.verdict

    @property
    def alarmed(self) -> bool:
        """Whether an alarm was shown for it."""
        return self.said is not None and self.said.verdict in ALARMS

    @property
    def conflict(self) -> bool:
        """Whether the gold is an alarm."""
        return self.told.verdict in ALARMS


@dataclass(frozen=True, slots=True)
class Measured:
    """One cluster after a run.

    articles: their names in order. reported: claims in the report; alarms: of these the alarms, unmatched ones those that are the match
    of no gold claim. seconds: of the run, without the loading of the model. failures: articles that nothing could be done with.
    """

    name: str
    articles: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    reported: int
    alarms: int
    unmatched_alarms: int
    seconds: float
    failures: tuple[Failure, ...] = ()


def figures(clusters: Sequence[Measured]) -> dict[str, Any]:
    """All figures over the gold claims of all clusters."""
    outcomes = [o for c in clusters for o in c.outcomes]
    found, right = sum(o.said is not None for o in outcomes), sum(o.right for o in outcomes)
    f1 = {v: _f1(outcomes, v) for v in VERDICTS}
    shown, conflicts = [o for o in outcomes if o.alarmed], [o for o in outcomes if o.conflict]
    true, articles = sum(o.conflict for o in shown), sum(len(c.articles) for c in clusters)
    hits = [o.evidence_hit for o in outcomes if o.right and o.evidence_hit is not None]
    return {
        "clusters": len(clusters), "articles": articles, "gold_claims": len(outcomes), "reported_claims": sum(c.reported for c in clusters),
        "found": ratio(found, len(outcomes)), "macro_f1": sum(f1.values()) / len(f1), "f1": f1,
        "accuracy": ratio(right, len(outcomes)), "accuracy_on_found": ratio(right, found),
        "alarms": sum(c.alarms for c in clusters), "unmatched_alarms": sum(c.unmatched_alarms for c in clusters),
        "alarms_on_gold": len(shown), "right_alarms": true,
        "alarm_precision": ratio(true, len(shown)), "alarm_recall": ratio(true, len(conflicts)),
        "false_alarms_per_article": ratio(len(shown) - true, articles),
        "evidence_hit": ratio(sum(hits), len(hits)),
        "retrieval": _retrieval(outcomes), "reliability": reliability(outcomes), "ece": calibration_error(outcomes),
        "phenomena": _phenomena(outcomes), "seconds": sum(c.seconds for c in clusters),
    }  # fmt: skip


def ratio(part: float, whole: float) -> float | None:
    """The share, None of nothing."""
    return part / whole if whole else None


def reliability(outcomes: Iterable[Outcome]) -> list[dict[str, float]]:
    """For each filled bin of the alarms' confidence: its alarms, the mean confidence said, and the share that was right."""
    alarms = [(o.said.confidence, o.conflict) for o in outcomes if o.said is not None and o.alarmed]
    bins = [[a for a in alarms if min(int(a[0] * _BINS), _BINS - 1) == b] for b in range(_BINS)]
    return [{"alarms": len(b), "said": sum(c for c, _ in b) / len(b), "right": sum(r for _, r in b) / len(b)} for b in bins if b]


def calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    """Expected calibration error of the alarms' confidence: the mean gap of the bins of :func:`reliability`, weighted by size.

    Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
    """
    table = reliability(outcomes)
    return ratio(sum(b["alarms"] * abs(b["said"] - b["right"]) for b in table), sum(b["alarms"] for b in table))


def mistakes(clusters: Iterable[Measured], most: int) -> list[dict[str, Any]]:
    """The worst ``most`` mistakes with their texts, raw as in the articles.

    Worst are false alarms, then conflicts called supported, conflicts left unsupported, other wrong verdicts, and claims not found;
    among equals those said with most confidence.
    """
    wrong = [(c, o) for c in clusters for o in c.outcomes if not o.right]
    wrong.sort(key=lambda pair: (_badness(pair[1]), -(pair[1].said.confidence if pair[1].said else 0.0)))
    return [_mistake(c, o) for c, o in wrong[:most]]


def _f1(outcomes: Sequence[Outcome], verdict: str) -> float:
    said = sum(o.said is not None and o.said.verdict == verdict for o in outcomes)
    gold = sum(o.told.verdict == verdict for o in outcomes)
    both = sum(o.right and o.told.verdict == verdict for o in outcomes)
    return 2 * both / (said + gold) if both else 0.0


def _retrieval(outcomes: Iterable[Outcome]) -> dict[str, float | None]:
    """Of all gold evidence the share that was found for its gold claim at all, and among the :data:`BEST` nearest passages."""
    ranks = [r for o in outcomes for r in o.ranks]
    best = sum(r is not None and r < BEST for r in ranks)
    return {
        "gold_evidence": len(ranks),
        "found": ratio(sum(r is not None for r in ranks), len(ranks)),
        f"best_{BEST}": ratio(best, len(ranks)),
    }


def _phenomena(outcomes: Iterable[Outcome]) -> dict[str, dict[str, float | None]]:
    groups: dict[str, list[Outcome]] = {}
    for o in outcomes:
        groups.setdefault(o.told.phenomenon or "-", []).append(o)
    return {name: _phenomenon(groups[name]) for name in sorted(groups, key=lambda n: (-len(groups[n]), n))}


def _phenomenon(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Claims, the share judged right, conflicts among them, and the share of these that an alarm was shown for."""
    conflicts = [o for o in outcomes if o.conflict]
    return {
        "claims": len(outcomes), "right": ratio(sum(o.right for o in outcomes), len(outcomes)),
        "conflicts": len(conflicts), "alarms_found": ratio(sum(o.alarmed for o in conflicts), len(conflicts)),
    }  # fmt: skip


def _badness(outcome: Outcome) -> int:
    """0 for the worst."""
    if outcome.said is None:
        return 4
    if not outcome.conflict:
        return 0 if outcome.alarmed else 3
    return {"supported": 1, "unsupported": 2}.get(outcome.said.verdict, 3)


def _mistake(cluster: Measured, outcome: Outcome) -> dict[str, Any]:
    def quoted(article: int, relation: str, quote: str) -> dict[str, str]:
        return {"article": cluster.articles[article], "relation": relation, "quote": quote}

    told, said = outcome.told, outcome.said
    return {
        "cluster": cluster.name, "article": cluster.articles[told.article], "id": told.id, "phenomenon": told.phenomenon,
        "gold": told.verdict, "claim": told.claim, "gold_evidence": [quoted(n, relation, quote) for n, quote, relation, _ in told.evidence],
        "said": said.verdict if said else None, "confidence": said.confidence if said else None, "text": said.claim.text if said else None,
        "evidence": [quoted(e.article, e.relation, e.quote) for e in said.evidence] if said else [],
    }  # fmt: skip
