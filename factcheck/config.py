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

_WHOLE = ("passages", "false_alarms")

FAIL_ON = ("contradicted", "disputed", "unsupported", "never")


@dataclass(frozen=True, slots=True)
class Config:
    """How a run works.

    model: name or folder of the NLI model, None for the embedded one. precision: one of :data:`factcheck.types.PRECISIONS`.
    fail_on: the mildest verdict that makes the command exit with 1. passages: of every other article that a claim is
    compared with. false_alarms: at most so many to be expected in 50 articles, None for what the model's thresholds were chosen for.
    """

    model: str | None = None
    precision: str = "mixed"
    fail_on: str = "contradicted"
    passages: int = 4
    false_alarms: int | None = None

    def __post_init__(self) -> None:
        if self.model is not None and not isinstance(self.model, str):
            raise ConfigError("E205", f"model is {self.model!r}", "give a name or a folder in quotes")
        _one_of("fail_on", self.fail_on, FAIL_ON)
        _one_of("precision", self.precision, PRECISIONS)
        _whole("passages", self.passages, least=1)
        if self.false_alarms is not None:
            _whole("false_alarms", self.false_alarms, least=0)


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
            values[name] = int(text) if name in _WHOLE and text.isascii() and text.isdecimal() else text
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


def _whole(key: str, value: object, *, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 1000:
        raise ConfigError("E205", f"{key} is {value!r}", f"give a whole number from {least} to 1000")


def _one_of(key: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ConfigError("E205", f"{key} is {value!r}", _nearest(str(value), list(choices)))


def _nearest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(known)}"
