"""A trained model in four bits: a quarter of its size in half precision.

Layers are rounded from the first to the last (:mod:`factcheck.networks.rounding`), each for the inputs that the rounded ones below give
it, so that it can make up for some of what they changed.
"""

from __future__ import annotations

import heapq
import math
import random
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from factcheck.errors import ConfigError
from factcheck.models.batching import by_length, collate
from factcheck.models.encoder import PairEncoder
from factcheck.models.pairs import EncodedPair, PairTokenizer
from factcheck.models.training.data import encode_pairs, rows_of
from factcheck.models.training.mates import UNLABELLED
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.teaching import Teacher
from factcheck.networks.files import write_manifest
from factcheck.networks.packing import Groups, unpacked, write_weights
from factcheck.networks.rounding import GROUP, rounded

#: Pairs that measure how far a packed model is from the full one.
HELD_OUT = 256

#: What a model folder needs beside its weights; calibration and verdict weights belong to the full model and are left behind.
_BESIDE = ("config.json", "tokenizer.json")

_BATCH_TOKENS = 8192

#: Word embeddings that share a scale. They stay as they were when a packed model is trained on, and rounding them anew in the same groups
#: changes nothing; in others they would lose once more.
_WORD_GROUP = 64


def pack(model: Teacher, source: Path, folder: Path, pairs: Sequence[EncodedPair]) -> None:
    """Write the model of the folder ``source`` to ``folder`` with words, layers and the head's large matrix in four bits.

    ``model``: the same model, opened; it is rounded too. pairs: what its matrices' inputs are learnt from. A matrix that does not divide
    into groups, and everything small, stays in half precision.
    """
    # From the file: the opened model may be in bf16.
    state = unpacked(load_file(source / "model.safetensors"))
    groups = _round(model.network, state, pairs, model.tokenizer.pad_id)
    write_weights(state, folder, rows=(), groups=groups)
    for name in _BESIDE:
        shutil.copyfile(source / name, folder / name)
    write_manifest(folder)


def draw_pairs(count: int, data: Sequence[Path], tokenizer: PairTokenizer, recipe: Recipe) -> list[EncodedPair]:
    """Different pairs of the recipe's training sets, in the shares that they have at the end of a run, in random order.

    Drawn with the recipe's seed, without putting back (Efraimidis & Spirakis 2006, "Weighted random sampling with a reservoir"): each row
    gets a random waiting time, shorter the more it weighs, and the first ones are taken. Raises ConfigError E209 if there are too few.
    """
    waits: dict[tuple[str, str], float] = {}
    for name in sorted(recipe.weights):
        rows = rows_of(name, data, recipe)
        rng = random.Random(f"{recipe.seed}/{name}")
        for row, rate in zip(rows, _rates(name, rows, recipe), strict=True):
            if rate:
                pair = row["premise"], row["claim"]
                waits[pair] = min(waits.get(pair, math.inf), rng.expovariate(rate))
        # Twice as many as are wanted, since some are too long.
        waits = dict(heapq.nsmallest(2 * count, waits.items(), key=itemgetter(1)))
    rows = [{"premise": premise, "claim": claim} for premise, claim in waits]
    pairs = list(encode_pairs(rows, tokenizer, recipe).values())
    if len(pairs) < count:
        raise ConfigError("E209", f"the recipe's sets give {len(pairs)} pairs, not {count}", "ask for fewer pairs, or give more sets")
    return pairs[:count]


def difference(full: NDArray[np.float32], packed: NDArray[np.float32]) -> dict[str, float]:
    """How far a packed model's probabilities (pairs, 3) are from the full one's.

    kl: mean Kullback-Leibler divergence, in nats. agreement: share of pairs with the same likeliest label. difference: mean over the pairs
    of the largest change of a probability.
    """
    p, q = np.clip(full.astype(np.float64), 1e-6, 1), np.clip(packed.astype(np.float64), 1e-6, 1)
    figures = {
        "kl": (p * np.log(p / q)).sum(1).mean(),
        "agreement": (full.argmax(1) == packed.argmax(1)).mean(),
        "difference": np.abs(full - packed).max(1).mean(),
    }
    return {name: round(float(value), 5) for name, value in figures.items()}


def _rates(name: str, rows: Sequence[Mapping[str, str]], recipe: Recipe) -> list[float]:
    """How often an epoch at the end of a run shows each row: its set's weight, and less for the larger part of an unbalanced set."""
    weight = recipe.weight(name, len(recipe.stages))
    entailed = [row["label"] == "entailment" for row in rows]
    if name in recipe.unbalanced or any(row["label"] == UNLABELLED for row in rows):
        return [weight] * len(rows)
    sizes = {part: entailed.count(part) for part in (True, False)}
    most = 2 * min(sizes.values())
    return [weight * min(1, most / sizes[part]) for part in entailed]


@torch.no_grad()
def _round(network: PairEncoder, state: Mapping[str, Tensor], pairs: Sequence[EncodedPair], pad_id: int) -> dict[str, Groups]:
    """The large matrices of ``state`` in four bits, by name; ``network``, which has the same weights, is rounded on the way."""
    batches = _batches(network, pairs, pad_id)
    tokens = [batch[-1] for batch in batches]
    out = _set_rounded(network, state, {"word.weight": None}, _WORD_GROUP)
    entering: list[tuple[Any, ...]] = []
    caught = network.layers[0].register_forward_pre_hook(lambda _, inputs: entering.append(inputs))
    for batch in batches:
        network(*batch)
    caught.remove()
    for number, layer in enumerate(network.layers):
        maps = {f"layers.{number}.{name}": part for name, part in layer.named_modules() if isinstance(part, nn.Linear)}
        out |= _set_rounded(network, state, _moments(maps, layer, entering, tokens))
        entering = [(layer(*inputs), *inputs[1:]) for inputs in entering]
    return out | _set_rounded(network, state, _moments({"compare": network.compare}, network, batches, tokens))


def _batches(network: PairEncoder, pairs: Sequence[EncodedPair], pad_id: int) -> list[tuple[Tensor, ...]]:
    device = network.word.weight.device
    lengths = [len(pair) for pair in pairs]
    return [collate([pairs[i] for i in rows], pad_id=pad_id, device=device) for rows in by_length(lengths, budget=_BATCH_TOKENS)]


def _set_rounded(
    network: PairEncoder, state: Mapping[str, Tensor], moments: Mapping[str, Tensor | None], group: int = GROUP
) -> dict[str, Groups]:
    """Round the named matrices, in ``network`` too, for inputs of these second moments."""
    out: dict[str, Groups] = {}
    for name, inputs in moments.items():
        if state[name].shape[1] % group == 0:
            out[name] = rounded(state[name].to(network.word.weight.device), inputs, group=group)
            network.get_parameter(name).copy_(out[name].values())
    return {name: Groups(found.levels.cpu(), found.scales.cpu()) for name, found in out.items()}


def _moments(
    maps: Mapping[str, nn.Linear], module: nn.Module, passes: Sequence[tuple[Any, ...]], tokens: Sequence[Tensor]
) -> dict[str, Tensor | None]:
    """X^T X of what each of a module's ``maps`` multiplies, by the name of its weight, float32, over all passes.

    passes: the module's arguments. tokens: which tokens of each pass are real, (B, L) bool: padding does not count.
    """
    sums = {name: torch.zeros(part.in_features, part.in_features, device=part.weight.device) for name, part in maps.items()}
    for inputs, real in zip(passes, tokens, strict=True):
        hooks = [part.register_forward_pre_hook(partial(_add, sums[name], real)) for name, part in maps.items()]
        module(*inputs)
        for hook in hooks:
            hook.remove()
    return {f"{name}.weight": total for name, total in sums.items()}


def _add(total: Tensor, real: Tensor, _: nn.Module, inputs: tuple[Tensor, ...]) -> None:
    """Add what one pass gives; ``inputs``: (B, L, M), or (B, M) where a whole pair is one input."""
    x = (inputs[0][real] if inputs[0].dim() == 3 else inputs[0]).float()
    total.addmm_(x.T, x)
