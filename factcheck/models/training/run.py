"""One training run from recipe to model folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from factcheck.errors import ConfigError
from factcheck.models.embedded import ARCHITECTURE
from factcheck.models.encoder import PairEncoder
from factcheck.models.pairs import PairTokenizer
from factcheck.models.training.data import find_set, load_mix, load_set
from factcheck.models.training.export import export
from factcheck.models.training.loop import Weights, load_best, load_checkpoint, train
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.scales import open_groups
from factcheck.models.training.teaching import own_model
from factcheck.networks.bases import fill, read_base
from factcheck.networks.files import json_object
from factcheck.networks.memory import keep_freed_memory


def train_from_recipe(
    recipe: Recipe,
    *,
    data: Sequence[Path],
    base: Path,
    out: Path,
    tell: Callable[[str], None],
    threads: int | None = None,
    targets: Path | None = None,
) -> Path:
    """Train (or resume) in ``out`` and write the model to ``out``/model; returns that folder.

    data: folders with train/, dev/ and authored/, or with the sets themselves. base: see :func:`open_base`.
    targets: a folder of a teacher's probabilities. Metrics go to ``out``/metrics.jsonl, a line an event, and to ``tell``.
    Raises ConfigError, InputError.
    """
    keep_freed_memory()
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    model, tokenizer = open_base(base)
    tell("reading the data")
    sets = load_mix(data, tokenizer, recipe, targets=targets)
    dev = [load_set(find_set(data, name), tokenizer, recipe) for name in recipe.dev]
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    out.mkdir(parents=True, exist_ok=True)
    with (out / "metrics.jsonl").open("a", encoding="utf-8") as metrics:

        def log(event: dict[str, Any]) -> None:
            metrics.write(json.dumps(event) + "\n")
            metrics.flush()
            tell(" ".join(f"{k}={v}" for k, v in event.items()))

        weights = _weights(model, recipe, base)
        train(weights, sets, dev, recipe, out=out, pad_id=tokenizer.pad_id, log=log)
    export(weights, recipe, out / "model", name=recipe.name, tokenizer=base / "tokenizer.json")
    return out / "model"


def open_base(folder: Path) -> tuple[PairEncoder, PairTokenizer]:
    """The pair encoder that training starts from, and its tokenizer.

    folder: a published checkpoint, which gives the encoder under a fresh head; or a model trained here, which gives all of it.
    Raises ConfigError E214 for any other, ModelError for a damaged model.
    """
    config = folder / "config.json"
    if config.is_file() and json_object(config, code="E214", fix="give a model folder").get("architecture") == ARCHITECTURE:
        trained = own_model(folder)
        return trained.network.float(), trained.tokenizer
    base, state, tokenizer = read_base(folder)
    model = PairEncoder(base.config)
    fill(model, state, base)
    try:
        return model, PairTokenizer(tokenizer)
    except ValueError as err:
        raise ConfigError("E214", f"{folder}: its tokenizer cannot be read: {err}", "give the checkpoint's own tokenizer") from err


def _weights(model: PairEncoder, recipe: Recipe, base: Path) -> Weights:
    return Weights(model, recipe, open_groups(base) if recipe.scales_only else None)


def export_run(recipe: Recipe, *, base: Path, run: Path, folder: Path, name: str) -> int:
    """Write the averaged weights of a run's checkpoint, finished or not, to ``folder``; returns the pairs it has seen.

    Of a recipe with patience, the weights of the best dev score.
    """
    model, _ = open_base(base)
    weights = _weights(model, recipe, base)
    progress = load_checkpoint(run, weights)
    if recipe.patience and progress.best_pairs:
        load_best(run, weights)
    export(weights, recipe, folder, name=name, tokenizer=base / "tokenizer.json")
    return progress.pairs
