"""One training run from recipe to model folder."""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from factcheck.models.training.bases import open_base
from factcheck.models.training.data import find_set, load_mix, load_set
from factcheck.models.training.export import export
from factcheck.models.training.loop import Weights, load_best, load_checkpoint, train
from factcheck.models.training.recipe import Recipe


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

    data: folders with train/, dev/ and authored/, or with the sets themselves. base: a folder with model.safetensors and
    tokenizer.json; checked by hash. targets: a folder of a teacher's probabilities.
    Metrics go to ``out``/metrics.jsonl, a line an event, and to ``tell``. Raises ConfigError, InputError.
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

        trained = train(model, sets, dev, recipe, out=out, pad_id=tokenizer.pad_id, log=log)
    export(trained, recipe, out / "model", name=recipe.name, tokenizer=base / "tokenizer.json")
    return out / "model"


def export_run(recipe: Recipe, *, base: Path, run: Path, folder: Path, name: str) -> int:
    """Write the averaged weights of a run's checkpoint, finished or not, to ``folder``; returns the pairs it has seen.

    Of a recipe with patience, the weights of the best dev score.
    """
    model, _ = open_base(base)
    weights = Weights(model, recipe)
    progress = load_checkpoint(run, weights)
    if recipe.patience and progress.best_pairs:
        load_best(run, weights)
    export(weights.averaged(), recipe, folder, name=name, tokenizer=base / "tokenizer.json")
    return progress.pairs


def keep_freed_memory() -> None:
    """Tell glibc's allocator to keep large freed blocks: mapping them anew each step costs speed. Elsewhere: nothing."""
    if not sys.platform.startswith("linux"):
        return
    try:
        libc = ctypes.CDLL("libc.so.6")
        trim_threshold, mmap_threshold = -1, -3  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of <malloc.h>
        libc.mallopt(trim_threshold, 2**31 - 1)
        libc.mallopt(mmap_threshold, 2**25)  # the most it takes
    except (OSError, AttributeError):
        return
