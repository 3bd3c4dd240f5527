"""What a page says about itself: title, outlet, date and address from JSON-LD, OpenGraph, meta elements, <title> and <time>.

All of it is the page's own claim and hostile input: values are text, cut to a sane length, and addresses must be http(s).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factcheck.sources.dates import parse_date
from factcheck.text import fold, squeeze

_ARTICLE_TYPES = re.compile(r"(?:\w{0,30}Article|BlogPosting|LiveBlogPosting|Report)$")
_TITLES = ("og:title", "twitter:title", "dc.title")
_OUTLETS = ("og:site_name", "dc.publisher", "publisher", "application-name", "article:publisher")
_DATES = (
    "article:published_time", "datepublished", "og:published_time", "dc.date", "dc.date.issued", "dcterms.date", "date",
    "pubdate", "publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s[|\u2013\u2014·»-]\s(?!.*\s[|\u2013\u2014·»-]\s)")
_MAX_VALUE = 500
_MAX_NODES = 2000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself; None where it says nothing."""

    title: str | None = None
    outlet: str | None = None
    date: dt.date | None = None
    url: str | None = None


def page_metadata(root: Any) -> Metadata:
    """Title, outlet, date and address of a parsed page. JSON-LD goes before OpenGraph, that before other elements."""
    meta = _meta_values(root)
    linked = _json_ld(root)
    window_title = _text(next(root.iter("title"), None))
    headings = [_text(h) for h in root.iter("h1")][:3]
    outlet = linked.outlet or _first(meta, _OUTLETS)
    if outlet and outlet.startswith(("http://", "https://")):
        outlet = None
    title = linked.title or _first(meta, _TITLES) or (headings[0] if len(headings) == 1 else None) or window_title or None
    title, suffix = _without_outlet(title or "", outlet, headings)
    if outlet is None:
        outlet = suffix or _without_outlet(window_title, None, [*headings, title])[1]
    return Metadata(title or None, outlet, linked.date or _date(root, meta), linked.url or _url(root, meta))


def _meta_values(root: Any) -> dict[str, str]:
    """First value of every named meta element; names in lower case."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = squeeze((element.get("content") or "")[:_MAX_VALUE])
        if name and value and len(values) < _MAX_NODES:
            values.setdefault(name.strip().lower(), value)
    return values


def _first(values: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((values[name] for name in names if name in values), None)


def _text(element: Any) -> str:
    return squeeze("".join(element.itertext())[:_MAX_VALUE]) if element is not None else ""


def _without_outlet(title: str, outlet: str | None, headings: list[str]) -> tuple[str, str | None]:
    """(title without " - Outlet", that outlet). Cut only if it is the known outlet, or if what stands before is a heading."""
    match = _SEPARATOR.search(title)
    if match is None:
        return title, None
    before, after = title[: match.start()].strip(), title[match.end() :].strip()
    if (outlet and fold(after) == fold(outlet)) or (before and fold(before) in map(fold, headings)):
        return before, after or None
    return title, None


def _date(root: Any, meta: dict[str, str]) -> dt.date | None:
    for name in _DATES:
        if name in meta and (date := parse_date(meta[name])):
            return date
    for i, element in enumerate(root.iter("time")):
        if i >= 20:
            break
        if date := parse_date((element.get("datetime") or "")[:60]):
            return date
    return None


def _url(root: Any, meta: dict[str, str]) -> str | None:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and (url := web_address(element.get("href"))):
            return url
    return web_address(meta.get("og:url"))


def web_address(value: object) -> str | None:
    """The value if it is an http or https address of sane length without spaces, else None."""
    if isinstance(value, str) and len(value) <= 2000 and re.match(r"https?://[^\s/]", value) and not re.search(r"\s", value):
        return value
    return None


def _json_ld(root: Any) -> Metadata:
    """The first article that the page describes in JSON-LD; nothing if there is none or it cannot be read."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads((script.text or "").strip())
        except (ValueError, RecursionError):  # broken JSON-LD is common; the page itself is still good
            continue
        for node in _nodes(data):
            if _is_article(node):
                return _from_node(node)
    return Metadata()


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """All objects of a JSON value, outer ones first."""
    queue, count = deque([data]), 0
    while queue and count < _MAX_NODES:
        item = queue.popleft()
        count += 1
        if isinstance(item, dict):
            yield item
            queue.extend(v for v in item.values() if isinstance(v, dict | list))
        elif isinstance(item, list):
            queue.extend(item[:_MAX_NODES])


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE_TYPES.match(name[-40:]) for name in names)


def _from_node(node: dict[str, Any]) -> Metadata:
    publisher = node.get("publisher")
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    outlet = publisher.get("name") if isinstance(publisher, dict) else publisher
    date, page = node.get("datePublished"), node.get("mainEntityOfPage")
    address = page.get("@id") if isinstance(page, dict) else page
    return Metadata(
        _string(node.get("headline")) or _string(node.get("name")),
        _string(outlet),
        parse_date(date[:60]) if isinstance(date, str) else None,
        web_address(node.get("url")) or web_address(address),
    )


def _string(value: object) -> str | None:
    # JSON can hold lone surrogates, which no file can be written with.
    return squeeze(value[:_MAX_VALUE].encode("utf-8", "replace").decode("utf-8")) or None if isinstance(value, str) else None
