"""JSON reports read back: from a file or a stream, field by field, each checked, since a report may come from anywhere.

The functions that take a field raise TypeError, ValueError or LookupError for a damaged one, which :func:`whole` turns into the error that
a user sees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, get_args

from factcheck.errors import ConfigError
from factcheck.reports.json import SCHEMA_ID

T = TypeVar("T")
#: An object of a report.
Json = Mapping[str, Any]

_LARGEST = 1e12


def load(file: str) -> Json:
    """The JSON report in a file. Raises ConfigError E221 if it cannot be read, or is none."""
    try:
        data = Path(file).read_bytes()
    except (OSError, ValueError) as err:
        raise unreadable(file, f"cannot be read ({getattr(err, 'strerror', None) or err})") from err
    return read(data, file)


def read(data: bytes, name: str) -> Json:
    """The JSON report in ``data``. Raises ConfigError E221 for anything else; ``name``: what to call it then."""
    try:
        loaded = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        raise unreadable(name, f"is no JSON ({err})") from err
    if not isinstance(loaded, dict) or loaded.get("schema") != SCHEMA_ID:
        raise unreadable(name, "is no report of factcheck, or one of another version")
    return loaded


@contextmanager
def whole(file: str) -> Iterator[None]:
    """Turns what a damaged report raises into ConfigError E221."""
    try:
        yield
    except (LookupError, TypeError, ValueError) as err:
        raise unreadable(file, f"is a damaged report ({err})") from err


def articles_of(report: Json) -> list[Json]:
    """The articles of a report."""
    return rows(report, "articles")


def rows(row: Json, key: str) -> list[Json]:
    """A list of objects; an empty one where there is none."""
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
        raise TypeError(f"{key} is no list of objects")
    return found


def field(row: Json, key: str, kind: type[T]) -> T:
    """A field that must be there and of a kind."""
    value = row.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{key} is {value!r:.40}")
    return value


def optional(row: Json, key: str, kind: type[T]) -> T | None:
    """A field of a kind, or None where it is null or not there."""
    return None if row.get(key) is None else field(row, key, kind)


def share(row: Json, key: str) -> float:
    """A number 0..1."""
    value = row.get(key)
    if not is_number(value) or not 0 <= value <= 1:
        raise TypeError(f"{key} is {value!r:.40}")
    return float(value)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether it is a number that can be shown; JSON has integers of any length, and reads 1e999 as infinity."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def one_of(row: Json, key: str, choices: Any) -> Any:
    """A field with one of the values of a Literal."""
    value = field(row, key, str)
    if value not in get_args(choices):
        raise ValueError(f"{key} is {value!r:.40}")
    return value


def place_of(row: Json, path: str) -> str:
    """path:line:column of what has them, else the path."""
    line, column = optional(row, "line", int), optional(row, "column", int)
    return path if line is None else f"{path}:{line}:{column}"


def shown_path(path: str) -> str:
    """A path as people are told it."""
    return "standard input" if path == "-" else path


def unreadable(name: str, problem: str) -> ConfigError:
    """The error E221 for a report called ``name``."""
    return ConfigError("E221", f"{name}: {problem}", "write a report with factcheck run -f json=report.json")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")
