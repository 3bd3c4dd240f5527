"""A training recipe: every number of a run, as a TOML file beside the weights it makes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError
from factcheck.models.training.edits import counterfactuals
from factcheck.models.training.mates import mates
from factcheck.models.training.nearby import nearby
from factcheck.networks.files import recipe_values

Rows = list[dict[str, str]]

#: How the pairs of a set "RULE:NAME" are made from the rows of the set NAME.
RULES: dict[str, Callable[[Rows, int], Rows]] = {"edits": counterfactuals, "nearby": nearby, "mates": mates}


@dataclass(frozen=True, slots=True)
class Stage:
    """The end of a run with a mix of its own: from ``last_pairs`` before the end its ``weights`` replace those of the same sets."""

    name: str
    last_pairs: int
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one run. Lengths are in tokens, amounts of training in pairs seen."""

    name: str = "nli"
    #: The embedded model that reads first in a run and chooses what this one reads; "": none.
    scout: str = ""
    seed: int = 1
    pairs: int = 1_000_000
    warmup_pairs: int = 12_000
    cooldown_pairs: int = 250_000
    learning_rate: float = 7e-5
    fresh_learning_rate: float = 3e-4
    weight_decay: float = 0.01
    dropout: float = 0.1
    #: Share of the target spread evenly over the labels (Szegedy et al. 2016, §7).
    label_smoothing: float = 0.0
    #: Weight of the divergence between two readings of a pair under different dropout masks (R-Drop, Liang et al. 2021); 0: one reading.
    r_drop: float = 0.0
    #: Share of a teacher's probabilities in the target of a labelled pair (of an unlabelled one they are all of it).
    teacher_share: float = 0.5
    #: Of a base in four bits only the scales of the matrices are trained: what it learns is not lost by rounding.
    scales_only: bool = False
    clip_norm: float = 1.0
    average_decay: float = 0.998
    batch_tokens: int = 2048
    max_premise: int = 128
    max_claim: int = 96
    eval_every_pairs: int = 60_000
    #: Dev scores in a row, from the start of the cooldown on, without a better one after which a run stops; 0: it never does. With it
    #: the run returns the weights of the best dev score, without it the last ones.
    patience: int = 0
    save_every_s: float = 240.0
    dev: tuple[str, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    unbalanced: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.warmup_pairs + self.cooldown_pairs > self.pairs:
            raise ConfigError("E209", f"warmup_pairs + cooldown_pairs exceed pairs ({self.pairs})", "give more pairs")
        lasts = [stage.last_pairs for stage in self.stages]
        if lasts != sorted(lasts, reverse=True) or any(last >= self.pairs for last in lasts):
            raise ConfigError(
                "E209", f"stages must begin one after another, within {self.pairs} pairs", "correct last_pairs, or give more pairs"
            )
        for stage in self.stages:
            if unknown := sorted(set(stage.weights) - set(self.weights)):
                raise ConfigError("E208", f"stage {stage.name!r} weighs {unknown[0]!r}, which the recipe does not", "add it to [weights]")
        for name in self.weights:
            if (rule := name.rpartition(":")[0]) and rule not in RULES:
                raise ConfigError("E208", f"the set {name!r} is made by an unknown rule", f"known rules: {', '.join(RULES)}")
        for key, most in (("label_smoothing", 1), ("teacher_share", 1), ("r_drop", math.inf)):
            if not 0 <= getattr(self, key) <= most:
                raise ConfigError("E209", f"{key} must be from 0 to {most}, not {getattr(self, key)}", "correct it in the recipe")

    def stage_at(self, seen: int) -> int:
        """How many stages have begun after ``seen`` pairs."""
        return sum(self.pairs - seen <= stage.last_pairs for stage in self.stages)

    def weight(self, name: str, stage: int) -> float:
        """How often an epoch shows each row of a set once ``stage`` stages have begun."""
        changed = [s.weights[name] for s in self.stages[:stage] if name in s.weights]
        return changed[-1] if changed else self.weights[name]

    def rate_at(self, seen: int) -> float:
        """Learning-rate factor 0..1 after ``seen`` pairs: linear warm-up, constant, linear to nothing.

        The constant middle lets a run be prolonged without starting the schedule again (Zhai et al. 2022, §3.5).
        """
        if seen < self.warmup_pairs:
            return max(seen, 1) / self.warmup_pairs
        left = self.pairs - seen
        return 1.0 if left >= self.cooldown_pairs else max(left, 0) / self.cooldown_pairs


def read_recipe(path: Path, **overrides: Any) -> Recipe:
    """Read a recipe file; ``overrides`` that are not None replace its values.

    Raises ConfigError for a file that cannot be read or a key no recipe has.
    """
    values = recipe_values(path, {f.name for f in fields(Recipe)})
    values.update({k: v for k, v in overrides.items() if v is not None})
    settings: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    try:
        settings["stages"] = tuple(Stage(**stage) for stage in settings.get("stages", ()))
    except TypeError as err:
        raise ConfigError("E208", f"{path}: a stage has name, last_pairs and weights: {err}", "correct the stage") from err
    return Recipe(**settings)
