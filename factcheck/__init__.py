"""Check the claims of news articles against each other.

Public names: :func:`check`, :func:`verify`, :class:`Article`, :class:`Claim`, :class:`Finding`, :class:`Report`, ``__version__``;
:func:`factcheck.claims.split`; :func:`factcheck.models.load`. Everything is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from factcheck import claims, models
    from factcheck.pipeline import check, verify
    from factcheck.types import Article, Claim, Finding, Report

__all__ = ["Article", "Claim", "Finding", "Report", "__version__", "check", "claims", "models", "verify"]

_HOMES = {"check": "factcheck.pipeline", "verify": "factcheck.pipeline"} | dict.fromkeys(
    ("Article", "Claim", "Finding", "Report"), "factcheck.types"
)


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in ("claims", "models"):
        return import_module(f"factcheck.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'factcheck' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
