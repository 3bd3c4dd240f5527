"""The model's scores and what can be seen without it, put together: one calibrated probability for each relation.

Two logistic regressions over the same features: does the passage speak to the claim at all, and if so, against it? Apart, since most
passages say nothing on the claim, and what tells denial from support drowns in what tells either from neither. Fitted on gold clusters
(:mod:`factcheck.verdicts.fitting`) and stored beside the model they were fitted for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from factcheck.verdicts.aligned import compare_figures
from factcheck.verdicts.decide import Thresholds
from factcheck.verdicts.witness import WITNESSES, witness

#: (entailment, neutral, contradiction)
Row = Sequence[float]

_SCORES = ("entailment", "contradiction", "neutral")
_PRODUCTS = ("words_x_contradiction", "words_x_entailment", "rival_x_words", "agree_x_words")

#: Names of the features, in the order of :func:`features` and of the weights; and of those that a scout's scores add.
FEATURES = (*_SCORES, *WITNESSES, *_PRODUCTS, "older", "figures_state", "figures_deny", "figures_equal")
SCOUT_FEATURES = ("scout_entailment", "scout_contradiction", "scout_neutral")

#: Those that grow with the words that claim and passage share.
WORD_FEATURES = ("shared_words", "shared_in_context", *_PRODUCTS)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of a claim and a passage.

    row: the model's scores with the passage's sentence as premise. older: whether the passage's article is older than the claim's.
    scouted: the scout's scores, for a model that has a scout.
    """

    claim: str
    passage: str
    context: str
    row: Row
    older: bool = False
    scouted: Row | None = None


@dataclass(frozen=True, slots=True)
class Combiner:
    """Weights over FEATURES, and SCOUT_FEATURES if there is a scout (a last one for the constant), and the thresholds fitted with them.

    speaks: for the passage having a say; against: for a denial, given that it has. mean, scale: of each feature on the
    fitting data. Without weights the model's scores are the probabilities.
    """

    speaks: tuple[float, ...] = ()
    against: tuple[float, ...] = ()
    mean: tuple[float, ...] = ()
    scale: tuple[float, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Combiner:
        """The reverse of :meth:`as_dict`. Raises ValueError if the weights are for other features."""
        if tuple(values["features"]) not in (FEATURES, (*FEATURES, *SCOUT_FEATURES)):
            raise ValueError("the verdict weights were fitted for other features; fit them again")
        numbers = {k: tuple(map(float, values[k])) for k in ("speaks", "against", "mean", "scale")}
        return cls(**numbers, thresholds=Thresholds(**values["thresholds"]))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, with the names of the features."""
        scouted = SCOUT_FEATURES if len(self.mean) > len(FEATURES) else ()
        return {"features": (*FEATURES, *scouted), **asdict(self)}

    def __call__(self, seen: Sight) -> tuple[float, float]:
        """Probabilities that a passage supports and that it contradicts the claim."""
        if not self.speaks:
            return seen.row[0], seen.row[2]
        values = features(seen)
        normal = [(v - m) / s for v, m, s in zip(values, self.mean, self.scale, strict=True)]
        speaks, against = _logistic(normal, self.speaks), _logistic(normal, self.against)
        return speaks * (1 - against), speaks * against


def features(seen: Sight) -> tuple[float, ...]:
    """The values of FEATURES (and SCOUT_FEATURES): log-odds of the scores, the witnesses, and a few products of both."""
    witnesses = witness(seen.claim, seen.passage, seen.context)
    odds, scouted = _odds(seen.row), _odds(seen.scouted) if seen.scouted is not None else ()
    named = dict(zip(WITNESSES, witnesses, strict=True))
    words = named["shared_words"]
    products = (words * odds[1], words * odds[0], named["figures_rival"] * named["shared_in_context"],
                named["figures_agree"] * named["shared_in_context"])  # fmt: skip
    return (*odds, *witnesses, *products, float(seen.older), *_figures(seen), *scouted)


def _figures(seen: Sight) -> tuple[float, float, float]:
    """Whether the aligned figures of claim and passage state the claim, deny it, are equal."""
    found = compare_figures(seen.claim, seen.passage, seen.context)
    if found is None:
        return 0.0, 0.0, 0.0
    return float(found.relation == "supports"), float(found.relation == "contradicts"), float(found.equal)


def _odds(row: Row) -> tuple[float, float, float]:
    """Of entailment, contradiction and neither."""
    return _log_odds(row[0]), _log_odds(row[2]), _log_odds(row[1])


def _log_odds(p: float) -> float:
    bounded = min(max(float(p), 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def _logistic(values: Sequence[float], weights: Sequence[float]) -> float:
    total = math.fsum(v * w for v, w in zip((*values, 1.0), weights, strict=True))
    return 1 / (1 + math.exp(-max(min(total, 50.0), -50.0)))
