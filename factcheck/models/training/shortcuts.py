"""Shortcuts of a set: how well its labels can be told without reading, from the claim alone or from word overlap alone.

A set that either model solves teaches that look instead of comparison (Poliak et al. 2018; McCoy et al. 2019). Some overlap is honest:
what a premise entails, it often says in the same words. So the figures are for comparing sets, and ``keep`` is a suggestion.
"""

from __future__ import annotations

import itertools
import math
import random
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from factcheck.models.training.nearby import content

Row = dict[str, str]

FOLDS = 5
#: Keeps the sampling error of a set of balanced labels below 0.01, and a whole recipe within minutes.
MAX_ROWS = 6000

_BUCKETS = 2**16
#: Weight of the squared norm against the summed loss; on six sets a third or a tenth of it moved no figure by more than 0.015.
_PENALTY = 1.0
_TOKEN = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """What two models that do not read reach on one set.

    rows: rows measured. labels: different labels among them. claim_only, overlap: balanced accuracy 0..1, the mean of the recalls of
    the labels, in cross-validation. A claim_only below chance means that the set repeats its claims with other labels; one far above
    it in a set of few different claims, that it repeats them with the same.
    """

    name: str
    rows: int
    labels: int
    claim_only: float
    overlap: float

    @property
    def chance(self) -> float:
        """Balanced accuracy of guessing: 1 / number of labels."""
        return 1 / self.labels

    @property
    def keep(self) -> float:
        """Suggested factor 0.25..1 for the set's weight in a recipe.

        1 where neither model beats chance, and from there down in a straight line with the better one's distance above chance, to 0 at
        balanced accuracy 1; clipped. So two labels told apart with 0.75 give 0.5, and 0.875 or more gives 0.25.
        """
        above = max(self.claim_only, self.overlap) - self.chance
        return min(1.0, max(0.25, 1 - above / (1 - self.chance))) if self.labels > 1 else 1.0

    def as_dict(self) -> dict[str, float]:
        """The figures, rounded to what can be trusted of them."""
        shares = {"chance": self.chance, "claim_only": self.claim_only, "overlap": self.overlap, "keep": self.keep}
        return {"rows": self.rows, "labels": self.labels, **{name: round(value, 3) for name, value in shares.items()}}


def measure_shortcuts(name: str, rows: Sequence[Row], *, seed: int = 1, max_rows: int = MAX_ROWS) -> Shortcuts:
    """Measure both shortcuts on at most ``max_rows`` of the rows, drawn by ``seed``.

    A set of a single premise or a single label cannot be measured: both figures are chance.
    """
    rows = list(rows) if len(rows) <= max_rows else random.Random(seed).sample(list(rows), max_rows)
    names = sorted({row["label"] for row in rows})
    folds = premise_folds([row["premise"] for row in rows], seed)
    if len(names) < 2 or len(set(folds)) < 2:
        chance = 1 / max(len(names), 1)
        return Shortcuts(name, len(rows), max(len(names), 1), chance, chance)
    labels = torch.tensor([names.index(row["label"]) for row in rows])
    reached = [_cross_validated(features, labels, torch.tensor(folds)) for features in (_claim_features(rows), _overlap_features(rows))]
    return Shortcuts(name, len(rows), len(names), *reached)


def premise_folds(premises: Sequence[str], seed: int, folds: int = FOLDS) -> list[int]:
    """The fold of each row, 0 .. ``folds`` - 1, about equal in rows; all rows of a premise are in one fold."""
    counts = Counter(premises)
    order = sorted(counts)
    random.Random(seed).shuffle(order)
    sizes, fold = [0] * folds, {}
    for premise in sorted(order, key=lambda p: -counts[p]):
        fold[premise] = sizes.index(min(sizes))
        sizes[fold[premise]] += counts[premise]
    return [fold[premise] for premise in premises]


def overlap_numbers(premise: str, claim: str) -> tuple[float, ...]:
    """What a pair looks like from afar.

    Share of the claim's words found in the premise and of the premise's in the claim (0..1, common words left out), figures of the claim
    that the premise lacks, negation words in claim and premise and whether only one side has any, and the logarithms of both lengths in
    characters.
    """
    said, given = content(claim), content(premise)
    both = len(said & given)
    negations = [len(_NEGATION.findall(text)) for text in (claim, premise)]
    return (
        both / max(len(said), 1),
        both / max(len(given), 1),
        float(sum(word not in given for word in said if any(c.isdigit() for c in word))),
        *map(float, negations),
        float(bool(negations[0]) != bool(negations[1])),
        math.log1p(len(claim)),
        math.log1p(len(premise)),
    )


def _overlap_features(rows: Sequence[Row]) -> torch.Tensor:
    """(rows, numbers + 1): standardised, and a constant."""
    numbers = np.array([overlap_numbers(row["premise"], row["claim"]) for row in rows])
    scaled = (numbers - numbers.mean(0)) / np.maximum(numbers.std(0), 1e-6)
    return torch.tensor(np.hstack([scaled, np.ones((len(rows), 1))]), dtype=torch.float32)


def _claim_features(rows: Sequence[Row]) -> torch.Tensor:
    """(rows, buckets), sparse: which unigrams and bigrams the claim has, each row of length 1."""
    at, buckets, values = [], [], []
    for i, row in enumerate(rows):
        tokens = ["^", *_TOKEN.findall(row["claim"].lower()), "$"]
        grams = [*tokens, *(f"{a} {b}" for a, b in itertools.pairwise(tokens))]
        # Not hash(), which differs from process to process.
        found = sorted({zlib.crc32(gram.encode()) % _BUCKETS for gram in grams})
        at += [i] * len(found)
        buckets += found
        values += [len(found) ** -0.5] * len(found)
    shape = (len(rows), _BUCKETS)
    return torch.sparse_coo_tensor(torch.tensor([at, buckets]), torch.tensor(values), shape, check_invariants=True).coalesce()


def _cross_validated(features: torch.Tensor, labels: torch.Tensor, folds: torch.Tensor) -> float:
    """Balanced accuracy of logistic regression, each row judged by the model that was fitted without its fold."""
    said = torch.empty_like(labels)
    for fold in sorted(set(folds.tolist())):
        inside, outside = (folds == fold).nonzero()[:, 0], (folds != fold).nonzero()[:, 0]
        weights = _fit(features.index_select(0, outside), labels[outside], int(labels.max()) + 1)
        said[inside] = (features.index_select(0, inside) @ weights).argmax(1)
    return float(np.mean([float((said[labels == label] == label).float().mean()) for label in sorted(set(labels.tolist()))]))


def _fit(features: torch.Tensor, labels: torch.Tensor, count: int) -> torch.Tensor:
    """Weights (features, labels) of logistic regression; every label counts the same in all, as balanced accuracy counts them."""
    weights = torch.zeros(features.shape[1], count, requires_grad=True)
    shares = len(labels) / (count * labels.bincount(minlength=count).clamp(min=1))
    optimizer = torch.optim.LBFGS([weights], max_iter=40, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = F.cross_entropy(features @ weights, labels, weight=shares) + _PENALTY * weights.square().sum() / (2 * len(labels))
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach()
