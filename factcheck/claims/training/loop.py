"""Training of the syntax network: all layers of the analysis at once, on treebanks and named entities in turn."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from factcheck.claims.parsing.layout import Layout
from factcheck.claims.parsing.network import LAYERS, Rows, Scores, SyntaxNetwork
from factcheck.claims.training.examples import UNKNOWN, Example, Labels, Words, example, respelled
from factcheck.networks.files import recipe_values
from factcheck.networks.masters import Masters, working_dtype

Log = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class SyntaxRecipe:
    """Settings of a run. layers: of the base's encoder that are kept; an epoch shows every treebank row once.

    treebanks, names: files under the data folder's syntax/ and ner/. names_share: share of the named-entity rows that an epoch shows.
    """

    name: str = "syntax"
    seed: int = 1
    layers: int = 4
    epochs: int = 12
    warmup_steps: int = 200
    learning_rate: float = 2e-4
    fresh_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    average_decay: float = 0.998
    dropout: float = 0.15
    batch_tokens: int = 3000
    names_share: float = 0.5
    save_every_s: float = 240.0
    treebanks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dev_treebanks: tuple[str, ...] = ()
    dev_names: tuple[str, ...] = ()


def read_syntax_recipe(path: Path) -> SyntaxRecipe:
    """Read a recipe file. Raises ConfigError E207, E208."""
    values = recipe_values(path, {f.name for f in fields(SyntaxRecipe)})
    settings: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return SyntaxRecipe(**settings)


class SyntaxWeights(Masters):
    """The masters of a syntax network; word embeddings stay frozen, since treebanks are small and most words are in none."""

    def __init__(self, network: SyntaxNetwork, recipe: SyntaxRecipe) -> None:
        network.word.weight.requires_grad = False
        grown = ("position.", "segment.", "norm.", "layers.")
        super().__init__(
            network,
            peak=lambda name: recipe.learning_rate if name.startswith(grown) else recipe.fresh_learning_rate,
            weight_decay=recipe.weight_decay,
            clip_norm=recipe.clip_norm,
            average_decay=recipe.average_decay,
        )


@dataclass(frozen=True, slots=True)
class Targets:
    """A batch's targets, padded with UNKNOWN. labels: (B, LAYERS, W); heads, relations, sentence: (B, W)."""

    labels: Tensor
    heads: Tensor
    relations: Tensor
    sentence: Tensor


def batch(examples: Sequence[Example], layout: Layout) -> tuple[Rows, Targets]:
    """Rows and their targets as tensors."""
    rows = layout.collate([e.row for e in examples])
    width = rows.first.shape[1]

    def padded(arrays: list[np.ndarray[Any, np.dtype[np.int64]]]) -> Tensor:
        out = np.full((len(arrays), *arrays[0].shape[:-1], width), UNKNOWN, dtype=np.int64)
        for k, array in enumerate(arrays):
            out[k, ..., : array.shape[-1]] = array
        return torch.from_numpy(out)

    return rows, Targets(
        padded([e.labels for e in examples]),
        padded([e.heads for e in examples]),
        padded([e.relations for e in examples]),
        padded([e.sentence for e in examples]),
    )


def loss_of(scores: Scores, targets: Targets) -> Tensor:
    """Sum over the layers of the mean cross-entropy of the words whose label is known; arcs only within a sentence."""
    total = torch.zeros(())
    for k, layer in enumerate(LAYERS):
        total = total + _cross_entropy(scores.labels[layer], targets.labels[:, k])
    known = targets.heads >= 0
    if known.any():
        same = targets.sentence[:, :, None] == targets.sentence[:, None, :]
        total = total + _cross_entropy(scores.arcs.masked_fill(~same, -1e4), targets.heads)
        total = total + _cross_entropy(scores.relation(targets.heads.clamp(min=0)), targets.relations)
    return total


def _cross_entropy(logits: Tensor, wanted: Tensor) -> Tensor:
    if not (wanted >= 0).any():
        return torch.zeros(())
    return F.cross_entropy(logits.flatten(0, -2), wanted.flatten(), ignore_index=UNKNOWN)


def epoch(
    trees: Sequence[Words], names: Sequence[Words], labels: Labels, layout: Layout, recipe: SyntaxRecipe, number: int
) -> list[list[Example]]:
    """The batches of an epoch, in their order: the same for the same recipe and number."""
    rng = random.Random(recipe.seed * 1009 + number)
    texts = [*trees, *rng.sample(list(names), round(len(names) * recipe.names_share))]
    batches = []
    for part in (texts[: len(trees)], texts[len(trees) :]):
        examples = [example(respelled(text, rng), labels, layout) for text in part]
        examples.sort(key=lambda e: len(e.row.ids) + rng.random() * 8)
        batches += _cut([e for e in examples if len(e.row.first)], recipe.batch_tokens)
    rng.shuffle(batches)
    return batches


def _cut(examples: Sequence[Example], budget: int) -> list[list[Example]]:
    out: list[list[Example]] = []
    for e in examples:
        if not out or (len(out[-1]) + 1) * len(e.row.ids) > budget:
            out.append([])
        out[-1].append(e)
    return out


def train_syntax(
    network: SyntaxNetwork,
    trees: Sequence[Words],
    names: Sequence[Words],
    labels: Labels,
    layout: Layout,
    recipe: SyntaxRecipe,
    *,
    out: Path,
    log: Log,
    score: Callable[[SyntaxNetwork], dict[str, float]],
) -> dict[str, Tensor]:
    """Train, resuming from ``out``/checkpoint.safetensors if there is one; returns the averaged state. score: dev figures, each epoch."""
    out.mkdir(parents=True, exist_ok=True)
    weights, done, step = SyntaxWeights(network, recipe), 0, 0
    path = out / "checkpoint.safetensors"
    if path.exists():
        done, step = weights.load(path, of="recipe", step="train to a new --out")
        log({"event": "resumed", "epoch": done, "step": step})
    network.dropout = recipe.dropout
    started = saved = time.monotonic()
    while done < recipe.epochs:
        batches = epoch(trees, names, labels, layout, recipe, done)
        # Epochs differ in their number of batches; that of this one alone makes a resumed run go on at the same rate.
        total = len(batches) * recipe.epochs
        losses = []
        for at in range(step, len(batches)):
            torch.manual_seed(recipe.seed * 1_000_003 + done * len(batches) + at)
            network.train()
            rows, targets = batch(batches[at], layout)
            loss = loss_of(network(rows), targets)
            loss.backward()  # type: ignore[no-untyped-call]
            weights.step(_rate(done * len(batches) + at, total, recipe))
            losses.append(loss.item())
            if (at + 1) % 100 == 0:
                spent = time.monotonic() - started
                log(
                    {
                        "event": "step",
                        "epoch": done,
                        "step": at + 1,
                        "of": len(batches),
                        "loss": round(float(np.mean(losses)), 4),
                        "s": round(spent),
                    }
                )
                losses.clear()
            if time.monotonic() - saved > recipe.save_every_s:
                weights.save(path, [done, at + 1])
                saved = time.monotonic()
        done, step = done + 1, 0
        weights.save(path, [done, step])
        log({"event": "dev", "epoch": done, **score(_twin(network, weights))})
    return weights.averaged(network)


def _rate(step: int, total: int, recipe: SyntaxRecipe) -> float:
    """Linear warm-up, then linear to nothing."""
    return min((step + 1) / recipe.warmup_steps, max(0.0, 1 - step / total))


def _twin(network: SyntaxNetwork, weights: Masters) -> SyntaxNetwork:
    sizes = {layer: tagger.out_features for layer, tagger in network.tags.items()}
    twin = SyntaxNetwork(network.config, sizes, len(network.label_weight))  # type: ignore[arg-type]
    twin.load_state_dict(weights.averaged(network))
    return twin.eval().to(working_dtype(network.word.weight.device))
