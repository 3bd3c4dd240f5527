"""A larger model's probabilities as targets for a smaller one (knowledge distillation, Hinton et al. 2015).

The teacher reads every pair once; its probabilities are kept in a file for each set, so that a student can be trained many times.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from factcheck.errors import ConfigError
from factcheck.models.embedded import EmbeddedModel
from factcheck.models.protocol import LABELS

Targets = NDArray[np.float32]


def write_targets(model: EmbeddedModel, name: str, rows: Sequence[Mapping[str, str]], out: Path) -> bool:
    """Judge all rows of a set; False if that is done already, so that a stopped run goes on where it was."""
    out.mkdir(parents=True, exist_ok=True)
    path = _file(out, name)
    about = {"rows": _fingerprint(rows), "teacher": model.info.sha256}
    if path.exists() and _read(path)[0] == about:
        return False
    probabilities = _softmax(model.raw_scores([(r["premise"], r["claim"]) for r in rows])[0])
    save_file({"probabilities": probabilities.astype(np.float16)}, path.with_suffix(".tmp"), metadata=about)
    path.with_suffix(".tmp").replace(path)
    return True


def read_targets(folder: Path | None, name: str, rows: Sequence[Mapping[str, str]]) -> Targets | None:
    """The teacher's probabilities (rows, 3) for a set; None if it has judged none.

    Raises ConfigError E218 for a file that is damaged, or belongs to other rows.
    """
    if folder is None or not (path := _file(folder, name)).exists():
        return None
    about, probabilities = _read(path)
    if about.get("rows") != _fingerprint(rows) or probabilities.shape != (len(rows), len(LABELS)):
        raise ConfigError("E218", f"{path}: the teacher judged other rows than these", "run factcheck train targets again")
    return probabilities


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name.replace(':', '--').replace('/', '--')}.safetensors"


def _read(path: Path) -> tuple[dict[str, str], Targets]:
    try:
        with safe_open(path, framework="np") as file:
            return dict(file.metadata() or {}), file.get_tensor("probabilities").astype(np.float32)
    except (SafetensorError, OSError) as err:
        raise ConfigError("E218", f"{path}: cannot be read ({err})", "run factcheck train targets again") from err


def _fingerprint(rows: Sequence[Mapping[str, str]]) -> str:
    texts = json.dumps([[r["premise"], r["claim"]] for r in rows], ensure_ascii=False)
    return hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()


def _softmax(logits: NDArray[np.float32]) -> Targets:
    exponents = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(exponents / exponents.sum(1, keepdims=True), dtype=np.float32)
