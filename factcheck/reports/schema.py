"""The JSON Schema (2020-12) of the JSON report, as committed and shipped beside this file.

The file is the source, kept by hand: what ``factcheck schema`` prints is what other tools download. Tests validate real reports
against it and fail when a field of :mod:`factcheck.reports.json` is missing from it or has no description.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

FILE = "report.schema.json"


@functools.cache
def text() -> str:
    """The schema file as it is, ending in a newline."""
    return resources.files("factcheck.reports").joinpath(FILE).read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The schema as a new dict, the caller's to change."""
    loaded: dict[str, Any] = json.loads(text())
    return loaded
