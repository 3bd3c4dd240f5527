"""The JSON files of a model folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factcheck.errors import ModelError


def json_object(path: Path, *, code: str, fix: str) -> dict[str, Any]:
    """The object in a JSON file. Raises ModelError ``code`` with the next step ``fix`` for anything else."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as err:
        raise ModelError(code, f"{path}: cannot be read ({type(err).__name__})", fix) from err
    if not isinstance(values, dict):
        raise ModelError(code, f"{path}: is no JSON object", fix)
    return values
