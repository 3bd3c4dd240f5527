"""Settings: a flag beats the environment, which beats factcheck.toml or [tool.factcheck] in pyproject.toml, which beats the default.

Environment variables are the keys in capitals behind FACTCHECK_ (``FACTCHECK_MODEL``). The file is looked for in the working folder
and its parents, up to the first folder that holds .git.
"""

from __future__ import annotations

import difflib
import os
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

_EXAMPLE = {
    "path": '"drafts/*.txt"',
    "reason": '"the council\'s own figure"',
    "claim": '"48 million"',
    "fingerprint": '"39a4615668a16b7a1d1f8e14e13f2d6c"',
}

FAIL_ON = ("contradicted", "disputed", "unsupported", "never")


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that an editor ignores, and why.

    path: glob of their articles, in which * stands for folders too; one that begins no path from the root is compared with the path's end.
    claim: words that the claim has, next to each other. fingerprint: of one finding, as the reports name it. Raises ConfigError E205.
    """

    path: str
    reason: str
    claim: str | None = None
    fingerprint: str | None = None

    def __post_init__(self) -> None:
        for key in ("path", "reason", "claim", "fingerprint"):
            value = getattr(self, key)
            if not (isinstance(value, str) and value.strip()) and (value is not None or key in ("path", "reason")):
                raise ConfigError("E205", f"ignore: {key} is {value!r}", f"write it in quotes: {key} = {_EXAMPLE[key]}")


@dataclass(frozen=True, slots=True)
class Config:
    """How a run works.

    model: name or folder of the NLI model, None for the embedded one. precision: one of :data:`factcheck.types.PRECISIONS`.
    fail_on: the mildest verdict that makes the command exit with 1. passages: of every other article that a claim is
    compared with. false_alarms: at most so many to be expected in 50 articles, None for what the model's thresholds were chosen for.
    sources: files and folders that the language server compares an open article with, () for those beside it in its folder.
    ignore: findings that are no alarms.
    """

    model: str | None = None
    precision: str = "mixed"
    fail_on: str = "contradicted"
    passages: int = 4
    false_alarms: int | None = None
    sources: tuple[str, ...] = ()
    ignore: tuple[Ignore, ...] = ()

    def __post_init__(self) -> None:
        if self.model is not None and not isinstance(self.model, str):
            raise ConfigError("E205", f"model is {self.model!r}", "give a name or a folder in quotes")
        if not isinstance(self.sources, tuple) or not all(isinstance(s, str) and s for s in self.sources):
            raise ConfigError("E205", f"sources is {self.sources!r}", 'give a list of files and folders: ["wire", "statement.md"]')
        if not isinstance(self.ignore, tuple) or not all(isinstance(i, Ignore) for i in self.ignore):
            raise ConfigError("E205", f"ignore is {self.ignore!r}", "write a table [[ignore]] for each, with path and reason")
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
        values[key] = _from_here(path.parent, key, value)
    for name in known:
        if text := environment.get(f"FACTCHECK_{name.upper()}"):
            values[name] = _from_text(name, text)
    values.update({k: v for k, v in flags.items() if v is not None})
    return replace(Config(), **values)


def _from_here(folder: Path, key: str, value: Any) -> Any:
    """A setting as it stands in a file in ``folder``: what it names is meant from that place."""
    if key == "model" and isinstance(value, str) and (folder / value).is_dir():
        return str(folder / value)
    if key == "sources" and isinstance(value, list):
        return tuple(str(folder / v) if isinstance(v, str) and v else v for v in value)
    if key == "ignore" and isinstance(value, list):
        return tuple(map(_ignore, value))
    return value


def _ignore(table: Any) -> Any:
    """An entry as it is in the file; Config refuses one that is no table."""
    if not isinstance(table, dict):
        return table
    known = [f.name for f in fields(Ignore)]
    if unknown := [key for key in table if key not in known]:
        raise ConfigError("E204", f"ignore: unknown key {unknown[0]!r}", _nearest(unknown[0], known))
    return Ignore(**{"path": None, "reason": None, **table})


def _from_text(key: str, text: str) -> Any:
    """A setting as the environment has it; several sources are parted as in PATH."""
    if key == "sources":
        return tuple(filter(None, text.split(os.pathsep)))
    # A dozen digits: no setting takes more, and Python refuses to read some thousand.
    return int(text) if key in _WHOLE and len(text) <= 12 and text.isascii() and text.isdecimal() else text


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
    except (OSError, ValueError, RecursionError) as err:  # a number of thousands of digits, or lists in lists, is no TOMLDecodeError
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
