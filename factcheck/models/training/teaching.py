"""A larger model judges pairs, as targets for a smaller one (knowledge distillation, Hinton et al. 2015).

It reads each pair exactly as training lays it out: the student meets the same words, and neither calibration nor windows in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from factcheck.errors import ModelError
from factcheck.models.embedded import EmbeddedModel
from factcheck.models.encoder import PairEncoder
from factcheck.models.loading import load
from factcheck.models.pairs import PairTokenizer
from factcheck.models.protocol import LABELS
from factcheck.models.training.data import encode_pairs
from factcheck.models.training.loop import predict
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.targets import Targets, has_targets, save_targets
from factcheck.networks.masters import working_dtype


@dataclass(frozen=True, slots=True)
class Teacher:
    """A trained network, its tokenizer, and the sha256 of its weights."""

    network: PairEncoder
    tokenizer: PairTokenizer
    sha256: str


def own_model(folder: Path) -> EmbeddedModel:
    """The model of a folder that training wrote. Raises ModelError E312 for one from elsewhere."""
    model = load(folder, self_test=False)
    if not isinstance(model, EmbeddedModel):
        raise ModelError("E312", f"{folder}: is no model trained here", "give a folder that factcheck train nli made")
    return model


def open_teacher(model: EmbeddedModel) -> Teacher:
    """``model`` as training's dev scores read it: in bf16, on one GPU if there is one. The model itself is changed."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = model.network.to(device, working_dtype(device))
    return Teacher(network, model.tokenizer, model.info.sha256)


def write_targets(teacher: Teacher, name: str, rows: Sequence[Mapping[str, str]], recipe: Recipe, out: Path) -> bool:
    """Judge all rows of a set; False if that is done already, so that a stopped run goes on where it was."""
    origin = {"teacher": teacher.sha256, "max_premise": str(recipe.max_premise), "max_claim": str(recipe.max_claim)}
    if has_targets(out, name, rows, origin):
        return False
    save_targets(judge(teacher, rows, recipe), out, name, rows, origin)
    return True


def judge(teacher: Teacher, rows: Sequence[Mapping[str, str]], recipe: Recipe) -> Targets:
    """Probabilities (rows, 3); all zero for the rows that training with ``recipe`` leaves out."""
    pairs = encode_pairs(rows, teacher.tokenizer, recipe)
    out = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    out[list(pairs)] = predict(teacher.network, list(pairs.values()), teacher.tokenizer.pad_id)
    return out
