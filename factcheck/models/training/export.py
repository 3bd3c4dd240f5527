"""A trained network as a model folder: packed weights, tokenizer, config, manifest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from factcheck.models.embedded import ARCHITECTURE
from factcheck.models.protocol import LABELS
from factcheck.models.training.loop import Weights
from factcheck.models.training.recipe import Recipe
from factcheck.networks.files import write_manifest
from factcheck.networks.packing import write_weights


def export(weights: Weights, recipe: Recipe, folder: Path, *, name: str, tokenizer: Path) -> None:
    """Write the averaged ``weights`` to ``folder``. The card, the recipe and calibration.json that lie there stay as they are."""
    state, groups = weights.averaged_state()
    write_weights(state, folder, groups=groups)
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    config: dict[str, Any] = {
        "architecture": ARCHITECTURE,
        "name": name,
        "labels": list(LABELS),
        "max_premise": recipe.max_premise,
        "encoder": weights.model.config.as_dict(),
    }
    if recipe.scout:
        config["scout"] = recipe.scout
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    write_manifest(folder)


def write_beside(folder: Path, name: str, values: dict[str, Any]) -> None:
    """Write a JSON file that belongs to the model, and vouch for it in the manifest."""
    (folder / name).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    write_manifest(folder)
