"""HTML pages: the article's text is the extracted blocks joined by blank lines; offsets are into that text, not into the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from factcheck.errors import InputError
from factcheck.sources.blocks import Piece
from factcheck.sources.dates import find_date
from factcheck.sources.decode import Decoded
from factcheck.sources.isolate import extract
from factcheck.text import fold
from factcheck.types import Article, Block, Span

_GAP = "\n\n"


def read_html(decoded: Decoded, path: str) -> Article:
    """The article of a page. Raises InputError: E109 no article text in it, E110 extraction took too long."""
    page = extract(decoded.text, "page", path)
    text, blocks = joined(page.pieces)
    if not has_prose(blocks):
        why = "".join(f" ({note})" for note in page.notes)
        raise InputError("E109", f"{path}: no article text found in the page{why}", "save the article's text as .txt and check that")
    title = page.title or next((p.text for p in page.pieces if p.kind == "heading"), None)
    return Article(
        text=text,
        path=path,
        title=title,
        outlet=page.outlet,
        date=page.date or byline_date(page.pieces),
        url=page.url,
        kind="html",
        blocks=blocks,
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        notes=(*decoded.notes, *page.notes),
    )


def joined(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """(the text of blocks one below the other, the blocks as spans of it)."""
    blocks, parts, at = [], [], 0
    for piece in pieces:
        blocks.append(Block(Span(at, at + len(piece.text)), piece.kind))
        parts.append(piece.text)
        at += len(piece.text) + len(_GAP)
    return _GAP.join(parts), tuple(blocks)


def has_prose(blocks: Sequence[Block]) -> bool:
    """Whether anything is left that states something: more than headings, captions, bylines and notices."""
    return any(block.kind in ("paragraph", "item", "quote") for block in blocks)


def byline_date(pieces: Sequence[Piece]) -> dt.date | None:
    """The first date in a byline."""
    return next((date for p in pieces if p.kind == "byline" and (date := find_date(p.text))), None)


def titled(title: str | None, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces under their title as first heading; a block that only repeats it becomes no prose."""
    if not title:
        return list(pieces)
    same = fold(title)
    rest = [p for p in pieces if fold(p.text) != same]
    return [Piece(title, "heading"), *rest]
