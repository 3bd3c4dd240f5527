"""A teacher's probabilities of the pairs of a set, kept in a file, so that a student can be trained on them many times."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from factcheck.errors import ConfigError
from factcheck.models.protocol import LABELS

Targets = NDArray[np.float32]
Rows = Sequence[Mapping[str, str]]


def save_targets(probabilities: Targets, folder: Path, name: str, rows: Rows, origin: Mapping[str, str]) -> None:
    """Write the probabilities (rows, 3) of a set in half precision. origin: what made them, for :func:`has_targets`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _file(folder, name)
    save_file({"probabilities": probabilities.astype(np.float16)}, path.with_suffix(".tmp"), metadata=_about(rows, origin))
    path.with_suffix(".tmp").replace(path)


def has_targets(folder: Path, name: str, rows: Rows, origin: Mapping[str, str]) -> bool:
    """Whether the folder holds the probabilities of these rows from this origin; a file that cannot be read does not count."""
    path = _file(folder, name)
    try:
        return path.exists() and _read(path)[0] == _about(rows, origin)
    except ConfigError:
        return False


def read_targets(folder: Path | None, name: str, rows: Rows) -> Targets | None:
    """The teacher's probabilities (rows, 3) for a set, all zero for a row that it has not judged; None if it has judged no row.

    Raises ConfigError E218 for a file that is damaged, or belongs to other rows.
    """
    if folder is None or not (path := _file(folder, name)).exists():
        return None
    about, probabilities = _read(path)
    if about.get("rows") != _fingerprint(rows) or probabilities.shape != (len(rows), len(LABELS)):
        raise ConfigError("E218", f"{path}: the teacher judged other rows than these", "run factcheck train targets again")
    return probabilities


def require_targets(folder: Path, names: Iterable[str]) -> None:
    """Raises ConfigError E218 for a folder with no file for any of the sets: it is another folder than was meant."""
    if not any(_file(folder, name).exists() for name in names):
        step = "give --targets the folder that factcheck train targets wrote for this recipe"
        raise ConfigError("E218", f"{folder}: holds no probabilities for any set of the recipe", step)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name.replace(':', '--').replace('/', '--')}.safetensors"


def _read(path: Path) -> tuple[dict[str, str], Targets]:
    try:
        with safe_open(path, framework="np") as file:
            return dict(file.metadata() or {}), file.get_tensor("probabilities").astype(np.float32)
    except (SafetensorError, OSError) as err:
        raise ConfigError("E218", f"{path}: cannot be read ({err})", "run factcheck train targets again") from err


def _about(rows: Rows, origin: Mapping[str, str]) -> dict[str, str]:
    return {"rows": _fingerprint(rows), **origin}


def _fingerprint(rows: Rows) -> str:
    texts = json.dumps([[r["premise"], r["claim"]] for r in rows], ensure_ascii=False)
    return hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()
