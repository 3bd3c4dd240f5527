"""The files of a model folder, read with care."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError, ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_CHECKED = ("model.safetensors", "config.json", "tokenizer.json", "calibration.json", "verdicts.json", "propositions.json")


def json_object(path: Path, *, code: str, fix: str) -> dict[str, Any]:
    """The object in a JSON file. Raises ModelError ``code`` with the next step ``fix`` for anything else."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as err:
        raise ModelError(code, f"{path}: cannot be read ({type(err).__name__})", fix) from err
    if not isinstance(values, dict):
        raise ModelError(code, f"{path}: is no JSON object", fix)
    return values


def recipe_values(path: Path, known: Collection[str]) -> dict[str, Any]:
    """The values of a recipe file. Raises ConfigError for a file that cannot be read (E207) or a key not in ``known`` (E208)."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise ConfigError("E207", f"{path}: cannot read the recipe: {err}", "give a TOML recipe file") from err
    if unknown := sorted(set(values) - set(known)):
        raise ConfigError("E208", f"{path}: unknown key {unknown[0]!r}", f"known keys: {', '.join(sorted(known))}")
    return values


def check_manifest(folder: Path) -> None:
    """Compare every file named in manifest.json (if there is one) with its sha256. Raises ModelError E308."""
    path = folder / "manifest.json"
    if not path.exists():
        return
    for name, expected in json_object(path, code="E303", fix="give a model folder").items():
        file = folder / name
        if Path(name).name != name or not file.is_file() or sha256_of([file]) != expected:
            raise ModelError("E308", f"{file}: is damaged or was changed (its sha256 is not the manifest's)", "reinstall the model")


def write_manifest(folder: Path) -> None:
    """(Re)write manifest.json: the sha256 of each file that loading checks."""
    found = {name: sha256_of([folder / name]) for name in _CHECKED if (folder / name).exists()}
    (folder / "manifest.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def sha256_of(files: Iterable[Path]) -> str:
    """The sha256 of the files' bytes, one after another."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as data:
            for block in iter(lambda: data.read(1 << 20), b""):
                digest.update(block)
    return digest.hexdigest()


def embedded_folder(name: str) -> Path:
    """Where the embedded model ``name`` lies: inside the installed package, or in models/ of a source checkout. Raises ModelError E302."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_embedded" / name, package.parent / "models" / name):
        if (folder / "model.safetensors").is_file():
            return folder
    raise ModelError("E302", f"the embedded model {name} is missing from this installation", "reinstall factcheck")
