"""How to tell a report that factcheck itself wrote from an article."""

from __future__ import annotations

import re

#: So much of a file tells what it is.
HEAD = 4096

_HEADS = (
    re.compile(rb"\s*<!doctype html>.{0,2000}?<meta name=\"generator\" content=\"factcheck\">", re.DOTALL),
    # A newsroom's own fact check may have the same heading, but not the table.
    re.compile(rb"## Fact check: [^\n]*\n.*?\| article \| contradicted \| disputed \| unsupported \| supported \| checked \|", re.DOTALL),
    re.compile(rb"factcheck \d+\.\d+\S* (?:\xc2\xb7|-) model [^\n]*\n"),
)


def is_own_report(head: bytes) -> bool:
    """Whether a file that begins with ``head`` (:data:`HEAD` bytes) is an HTML, Markdown or terminal report of factcheck."""
    return any(pattern.match(head) for pattern in _HEADS)
