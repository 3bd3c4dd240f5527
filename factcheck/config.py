"""Settings: a flag beats the environment, which beats factcheck.toml or [tool.factcheck] in pyproject.toml, which beats the default.

Environment variables are the keys in capitals behind FACTCHECK_ (``FACTCHECK_MODEL``). The file is looked for in the working folder
and its parents, up to the first folder that holds .git.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError
from factcheck.types import PRECISIONS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FAIL_ON = ("contradicted", "disputed", "unsupported", "never")


@dataclass(frozen=True, slots=True)
class Config:
    """How a run works.

    model: name or folder of the NLI model, None for the embedded one. precision: one of :data:`factcheck.types.PRECISIONS`.
    fail_on: the mildest verdict that makes the command exit with 1. passages: passages a claim is compared with; per_article: at
    least so many of every other article that shares words with it.
    """

    model: str | None = None
    precision: str = "mixed"
    fail_on: str = "contradicted"
    passages: int = 12
    per_article: int = 2

    def __post_init__(self) -> None:
        if self.model is not None and not isinstance(self.model, str):
            raise ConfigError("E205", f"model is {self.model!r}", "give a name or a folder in quotes")
        _one_of("fail_on", self.fail_on, FAIL_ON)
        _one_of("precision", self.precision, PRECISIONS)
        for key in ("passages", "per_article"):
            value = getattr(self, key)
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
                raise ConfigError("E205", f"{key} is {value!r}", "give a whole number from 1 to 1000")


def load_config(folder: Path, environment: Mapping[str, str], **flags: Any) -> Config:
    """The settings in force in ``folder``; ``flags`` that are None are not given. Raises ConfigError."""
    known = {f.name: f for f in fields(Config)}
    values: dict[str, Any] = {}
    path, table = _find(folder)
    for key, value in table.items():
        if key not in known:
            raise ConfigError("E204", f"{path}: unknown key {key!r}", _nearest(key, list(known)))
        # A folder named in a file is meant from that file's place.
        here = key == "model" and isinstance(value, str) and (path.parent / value).is_dir()
        values[key] = str(path.parent / value) if here else value
    for name in known:
        if text := environment.get(f"FACTCHECK_{name.upper()}"):
            values[name] = int(text) if name in ("passages", "per_article") and text.isascii() and text.isdecimal() else text
    values.update({k: v for k, v in flags.items() if v is not None})
    return replace(Config(), **values)


def _find(folder: Path) -> tuple[Path, dict[str, Any]]:
    for place in (folder, *folder.parents):
        own, project = place / "factcheck.toml", place / "pyproject.toml"
        if own.is_file():
            return own, _toml(own)
        if project.is_file() and (table := _table(_toml(project), "tool").get("factcheck")) is not None:
            if not isinstance(table, dict):
                raise ConfigError("E203", f"{project}: tool.factcheck is no table", "write [tool.factcheck]")
            return project, table
        if (place / ".git").exists():
            break
    return folder, {}


def _table(values: dict[str, Any], key: str) -> dict[str, Any]:
    inner = values.get(key)
    return inner if isinstance(inner, dict) else {}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise ConfigError("E203", f"{path}: cannot be read as TOML: {err}", "mend the file") from err


def _one_of(key: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ConfigError("E205", f"{key} is {value!r}", _nearest(str(value), list(choices)))


def _nearest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(known)}"
