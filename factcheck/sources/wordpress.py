"""Articles as JSON: WordPress REST posts (one, or a list as the endpoint returns it) and plain ``{"title", "text", …}`` objects."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any, NoReturn
from urllib.parse import urlsplit

from factcheck.errors import InputError
from factcheck.sources.blocks import Piece
from factcheck.sources.dates import parse_date
from factcheck.sources.decode import Decoded, decode
from factcheck.sources.html import byline_date, has_prose, joined, titled
from factcheck.sources.isolate import extract
from factcheck.sources.lines import lines
from factcheck.sources.metadata import web_address
from factcheck.sources.page import Page
from factcheck.sources.text import text_blocks
from factcheck.text import squeeze
from factcheck.types import Article

_BODIES = ("text", "body", "content")
_OUTLETS = ("outlet", "source", "site", "publisher")
_DATES = ("date", "published", "date_gmt", "datePublished")
_ADDRESSES = ("url", "link")
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|strong|em|b|i|a|span|blockquote|figure|table|article|section)[\s/>]", re.I)
_TAG = re.compile(r"<[^<>]{1,500}>")
_STEP = 'give a WordPress post (title.rendered, content.rendered), a list of them, or {"title": …, "text": …, "outlet": …, "date": …}'


def read_json(decoded: Decoded, path: str) -> tuple[Article, ...]:
    """All articles of a JSON file, in its order.

    Raises InputError: E107 no JSON, or no shape that is an article; E109 no text in any of them (protected posts); E110.
    """
    data = _load(decoded.text, path)
    items = data if isinstance(data, list) else [data]
    shaped = [item for item in items if _is_article(item)]
    if not shaped:
        raise InputError("E107", f"{path}: JSON, but no article ({_seen(data)})", _STEP)
    read = [_article(item, decoded, path) for item in shaped]
    articles = [article for article in read if article is not None]
    if not articles:
        why = "protected by a password" if any(_protected(item) for item in shaped) else "empty"
        raise InputError("E109", f"{path}: no article text in it ({why})", "save the article's text as .txt and check that")
    left_out = len(items) - len(articles)
    if left_out:
        note = f"{left_out} of {len(items)} entries of the file hold no article text (protected, empty, or of another shape)"
        articles[0] = _with_note(articles[0], note)
    return tuple(articles)


def is_article_json(data: bytes) -> bool:
    """Whether a JSON file in a folder is to be read: an article or a list of them, or so broken that only reading it can say."""
    try:
        parsed = _load(decode(data, "").text, "")
    except InputError:
        return True  # kept, so that the reader says what is wrong with it: a damaged article must not pass in silence
    return any(map(_is_article, parsed if isinstance(parsed, list) else [parsed]))


def _load(text: str, path: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise InputError("E107", f"{path}: JSON nested too deeply", _STEP) from error
    except json.JSONDecodeError as error:
        raise InputError("E107", f"{path}: not valid JSON (line {error.lineno}: {error.msg})", "export it again; " + _STEP) from error
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise InputError("E107", f"{path}: not valid JSON ({str(error)[:80]})", "export it again; " + _STEP) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _is_article(item: object) -> bool:
    return isinstance(item, dict) and (_rendered(item.get("content")) is not None or _body(item) is not None)


def _rendered(value: object) -> str | None:
    """The string of WordPress's ``{"rendered": …}``."""
    inner = value.get("rendered") if isinstance(value, dict) else None
    return inner if isinstance(inner, str) else None


def _body(item: dict[str, Any]) -> str | None:
    """The body of a plain article object. Without a title or outlet or date, "text" alone could be anything."""
    if not any(isinstance(item.get(key), str) for key in ("title", "headline", *_OUTLETS, *_DATES, *_ADDRESSES)):
        return None
    return next((item[key] for key in _BODIES if isinstance(item.get(key), str)), None)


def _protected(item: dict[str, Any]) -> bool:
    content = item.get("content")
    return isinstance(content, dict) and content.get("protected") is True


def _seen(data: object) -> str:
    if isinstance(data, dict):
        names = [_clean(str(key))[:30] for key in list(data)[:5]]
        return "an object with " + ", ".join(names) + (" …" if len(data) > 5 else "") if names else "an empty object"
    if isinstance(data, list):
        return f"a list of {len(data)}" if data else "an empty list"
    return f"a single {type(data).__name__}"


def _article(item: dict[str, Any], decoded: Decoded, path: str) -> Article | None:
    """The article of one object, or None if it holds no text."""
    content = _rendered(item.get("content"))
    wordpress = content is not None
    raw = content if content is not None else _body(item) or ""
    title = _title(item)
    page = extract(raw, "fragment", path) if wordpress or _MARKUP.search(raw) else Page(pieces=tuple(_plain(_clean(raw))))
    pieces = titled(title, page.pieces)
    text, blocks = joined(pieces)
    if not has_prose(blocks):
        return None
    url = next((u for key in _ADDRESSES if (u := web_address(item.get(key)))), None)
    dates = (item.get(key) for key in _DATES)
    return Article(
        text=text,
        path=path,
        title=title,
        outlet=_outlet(item, url if wordpress else None),
        date=next((d for value in dates if isinstance(value, str) and (d := parse_date(value[:60]))), None) or byline_date(pieces),
        url=url,
        kind="wordpress" if wordpress else "json",
        blocks=blocks,
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        notes=(*decoded.notes, *page.notes),
    )


def _plain(text: str) -> list[Piece]:
    """Plain text inside JSON, cut like a text file."""
    return [Piece(squeeze(block.span.of(text)), block.kind) for block in text_blocks(list(lines(text)), text)]


def _title(item: dict[str, Any]) -> str | None:
    title = _rendered(item.get("title"))
    if title is not None:
        return squeeze(_clean(unescape(_TAG.sub("", title[:2000])))) or None
    for key in ("title", "headline"):
        if isinstance(value := item.get(key), str):
            return squeeze(_clean(value[:500])) or None
    return None


def _outlet(item: dict[str, Any], url: str | None) -> str | None:
    """The site's name; for WordPress else the host of the post's address."""
    yoast = item.get("yoast_head_json")
    named = [yoast.get("og_site_name")] if isinstance(yoast, dict) else []
    for value in (*named, *(item.get(key) for key in _OUTLETS)):
        inner = value.get("name") if isinstance(value, dict) else value
        if isinstance(inner, str) and inner.strip():
            return squeeze(_clean(unescape(inner[:500])))
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _clean(text: str) -> str:
    """Without NUL and lone surrogates, which JSON can hold and no file can be written with."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _with_note(article: Article, note: str) -> Article:
    return replace(article, notes=(*article.notes, note))
