"""One Report, thin renderers: each format is a module with ``render(report, *, verbose=False) -> str``, imported when asked for."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from factcheck.errors import ConfigError
from factcheck.reports.check import QuoteMismatch, check_quotes
from factcheck.types import Report

__all__ = ["RENDERERS", "QuoteMismatch", "check_quotes", "render", "unknown_format"]

Renderer = Callable[..., str]


def _lazy(module: str) -> Callable[[], Renderer]:
    def load() -> Renderer:
        loaded: Renderer = importlib.import_module(f"factcheck.reports.{module}").render
        return loaded

    return load


#: Format name -> a function that imports the format's module and returns its ``render``.
RENDERERS: Mapping[str, Callable[[], Renderer]] = MappingProxyType(
    {
        name: _lazy(name)
        for name in (
            "terminal",
            "json",
            "jsonl",
            "csv",
            "html",
            "markdown",
            "github",
            "sarif",
            "annotations",
            "claimreview",
            "vale",
        )
    }
)


def render(name: str, report: Report, **options: object) -> str:
    """``report`` in the format ``name``; ``options`` are that format's own (see its module).

    Raises ConfigError E220 for a name that is not in :data:`RENDERERS`.
    """
    if name not in RENDERERS:
        raise unknown_format(name)
    return RENDERERS[name]()(report, **options)


def unknown_format(name: str) -> ConfigError:
    """The error for a format name that is not in :data:`RENDERERS`, with the nearest one that is."""
    near = difflib.get_close_matches(name.lower(), RENDERERS, n=1)
    known = ", ".join(sorted(RENDERERS))
    step = f"did you mean {near[0]!r}? formats: {known}" if near else f"choose one of: {known}"
    return ConfigError("E220", f"unknown report format {name!r}", step)
