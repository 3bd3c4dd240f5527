"""A trained network as a model folder: packed weights, tokenizer, config, manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.torch import save_file
from torch import Tensor

from factcheck.models.embedded import ARCHITECTURE
from factcheck.models.encoder import PairEncoder
from factcheck.models.packing import packed
from factcheck.models.protocol import LABELS
from factcheck.models.training.recipe import Recipe

#: Files the manifest vouches for.
_CHECKED = ("model.safetensors", "config.json", "tokenizer.json", "calibration.json", "verdicts.json")


def export(model: PairEncoder, recipe: Recipe, folder: Path, *, name: str, tokenizer: Path) -> None:
    """Write ``model`` to ``folder``. The card, the recipe and calibration.json that lie there stay as they are."""
    write_weights(model.state_dict(), folder)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    config = {
        "architecture": ARCHITECTURE,
        "name": name,
        "labels": list(LABELS),
        "max_premise": recipe.max_premise,
        "encoder": model.config.as_dict(),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    write_manifest(folder)


def write_weights(state: Mapping[str, Tensor], folder: Path) -> None:
    """Pack and write a network's tensors; written to a sibling file first, since the old one may still be mapped."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(state), folder / "model.tmp")
    (folder / "model.tmp").replace(folder / "model.safetensors")


def write_beside(folder: Path, name: str, values: dict[str, Any]) -> None:
    """Write a JSON file that belongs to the model, and vouch for it in the manifest."""
    (folder / name).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    write_manifest(folder)


def write_manifest(folder: Path) -> None:
    """(Re)write manifest.json: the sha256 of each file that loading checks."""
    present = [file for file in _CHECKED if (folder / file).exists()]
    sums = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in present}
    (folder / "manifest.json").write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
