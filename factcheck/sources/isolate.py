"""Extraction under limits: pages that may take forever are read in a child process with a wall clock and a memory limit.

Small ordinary pages are read in this process, for starting a child costs more than reading them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from typing import Any, Literal

from factcheck.errors import InputError
from factcheck.sources.blocks import Piece
from factcheck.sources.page import Page, read_fragment, read_page, without_roots

Mode = Literal["page", "fragment"]
TIMEOUT_S = 20.0
MEMORY_BYTES = 3 << 30
_LARGE, _MANY_TAGS, _UNCLOSED = 1_000_000, 20_000, 2_000
_OPENING = re.compile(r"<[A-Za-z]")
_BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from factcheck.sources.isolate import child; child()"


def extract(html: str, mode: Mode, name: str, *, timeout_s: float = TIMEOUT_S) -> Page:
    """The article of a page or fragment. Raises InputError E110 if that takes over ``timeout_s`` or too much memory."""
    if not is_heavy(html) or not sys.executable:
        return _READ[mode](html)
    return _in_child(html, mode, name, timeout_s)


def is_heavy(html: str) -> bool:
    """Whether a page is large, or has so many tags, attributes or unclosed elements that parsers may turn quadratic."""
    if len(html) > _LARGE or html.count("=") > _MANY_TAGS or html.count("<") > _MANY_TAGS:
        return True
    return len(_OPENING.findall(html)) - html.count("</") > _UNCLOSED


def _in_child(html: str, mode: Mode, name: str, timeout_s: float) -> Page:
    # -I: the child must not pick up modules from the current folder, which may be the folder of hostile articles.
    command = [sys.executable, "-I", "-c", _BOOT, json.dumps(sys.path), mode, str(int(timeout_s) + 5)]
    problem = f"{name}: extracting its text took over {timeout_s:g} s or too much memory"
    too_much = InputError("E110", problem, "save the article's text as .txt and check that")
    try:
        done = subprocess.run(command, input=html.encode("utf-8", "replace"), capture_output=True, timeout=timeout_s, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise too_much from error
    if done.returncode < 0 or done.returncode == _OUT_OF_LIMITS:  # killed by a signal: a limit, or the parser itself broke
        raise too_much
    if done.returncode:
        raise RuntimeError(f"extraction of {name} failed:\n{done.stderr.decode('utf-8', 'replace')[-4000:]}")
    return _from_json(json.loads(done.stdout))


_READ = {"page": read_page, "fragment": read_fragment}
_OUT_OF_LIMITS = 3


def child() -> None:
    """The child's side: HTML on standard input, the page as JSON on standard output."""
    mode: Mode = "page" if sys.argv[2] == "page" else "fragment"
    _limit(int(sys.argv[3]))
    try:
        page = _READ[mode](sys.stdin.buffer.read().decode("utf-8"))
        sys.stdout.buffer.write(json.dumps(_to_json(page)).encode("ascii"))
    except (MemoryError, RecursionError):
        sys.exit(_OUT_OF_LIMITS)


def _limit(cpu_s: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's wall clock still holds
        return
    for what, limit in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, cpu_s)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # a stricter limit is already in force
            continue


def _to_json(page: Page) -> dict[str, Any]:
    page = without_roots(page)
    return {
        "title": page.title,
        "outlet": page.outlet,
        "date": page.date.isoformat() if page.date else None,
        "url": page.url,
        "pieces": [[piece.text, piece.kind] for piece in page.pieces],
        "notes": page.notes,
    }


def _from_json(data: dict[str, Any]) -> Page:
    return Page(
        title=data["title"],
        outlet=data["outlet"],
        date=dt.date.fromisoformat(data["date"]) if data["date"] else None,
        url=data["url"],
        pieces=tuple(Piece(text, kind) for text, kind in data["pieces"]),
        notes=tuple(data["notes"]),
    )
