"""Addresses that other programs follow: files as URI references, and web addresses only where they are safe to follow."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from factcheck.reports.fingerprint import portable
from factcheck.types import Article

_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DRIVE = re.compile("[A-Za-z]:/")


def web_address(url: str | None) -> str | None:
    """``url`` as a URI of ASCII characters if it is an absolute http or https address, else None: no script hides in it."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(_STRAY_PERCENT.sub("%25", url), safe=":/?#@!$&'()*+,;=%~", errors="replace")


def file_reference(article: Article) -> str:
    """The article's path as a URI reference: relative if the path is, else a file URI. Its name, if it has no path."""
    path = portable(article.path)
    if _DRIVE.match(path):
        return "file:///" + path[:2] + _quoted(path[2:])
    if path.startswith("/"):
        return "file:///" + _quoted(path.lstrip("/"))
    return _quoted(path or article.name)


def _quoted(path: str) -> str:
    return quote(path, errors="replace")
