"""A web page to its article: which part of the page it is, and what the page says about itself.

An own walk over <article>/<main> goes first: on the gold clusters it keeps every quote, as trafilatura does, and unlike it also
keeps repeated paragraphs, captions and bylines with their kind. Where a page has no such element, trafilatura says where the
main text is, and the walk's blocks that it names are kept, with those it dropped between them.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from factcheck.sources.blocks import KEPT_NOISE, Piece, fragment, letters, parse, walk
from factcheck.sources.metadata import Metadata, page_metadata
from factcheck.text import fold, squeeze
from factcheck.types import BlockKind

_ENOUGH = 140
_XML_KINDS: dict[str, BlockKind] = {"head": "heading", "p": "paragraph", "item": "item", "quote": "quote", "row": "item"}


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from HTML: metadata, blocks in order, notes."""

    title: str | None = None
    outlet: str | None = None
    date: dt.date | None = None
    url: str | None = None
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()


def read_page(html: str) -> Page:
    """The article of a whole page; ``pieces`` is empty if there is none."""
    root, notes = parse(html)
    if root is None:
        return Page(notes=notes)
    meta: Metadata = page_metadata(root)
    pieces = _chosen(walk(root))
    if letters(pieces) < _ENOUGH:
        lenient = _chosen(walk(root, noise=False))
        if letters(lenient) >= max(_ENOUGH, 2 * letters(pieces)):
            pieces, notes = lenient, (*notes, KEPT_NOISE)
    if letters(pieces) < _ENOUGH or not any(p.roots for p in pieces):
        pieces, notes = _by_trafilatura(html, walk(root), notes)
    return Page(meta.title, meta.outlet, meta.date, meta.url, tuple(pieces), notes)


def read_fragment(html: str) -> Page:
    """The blocks of a piece of HTML that is an article's body."""
    pieces, notes = fragment(html)
    return Page(pieces=tuple(pieces), notes=notes)


def _chosen(pieces: list[Piece]) -> list[Piece]:
    """The pieces of the element that holds the article; all pieces if there is no such element.

    That is the largest <article>, unless <main> holds over twice as much: a live page of many articles.
    """
    size: dict[tuple[int, str], int] = defaultdict(int)
    for piece in pieces:
        if piece.kind in ("paragraph", "item", "quote"):
            for mark in piece.roots:
                size[mark] += len(piece.text)
    best: dict[str, tuple[int, str]] = {}
    for mark in size:
        if mark[1] not in best or size[mark] > size[best[mark[1]]]:
            best[mark[1]] = mark
    article, main, body = best.get("article"), best.get("main"), best.get("articleBody")
    chosen = article or main or body
    if article and main and size[main] > 2 * size[article]:
        chosen = main
    return [p for p in pieces if chosen in p.roots] if chosen else pieces


def _by_trafilatura(html: str, walked: list[Piece], notes: tuple[str, ...]) -> tuple[list[Piece], tuple[str, ...]]:
    """Blocks between the first and the last one that trafilatura takes for main text, or its own blocks if none can be matched."""
    try:
        found = _trafilatura_blocks(html)
    except ImportError:
        return walked, (*notes, "trafilatura is not installed: the page's main text was told by its elements alone")
    known = {fold(piece.text) for piece in found}
    hits = [i for i, piece in enumerate(walked) if fold(piece.text) in known]
    if sum(len(walked[i].text) for i in hits) * 2 >= sum(len(p.text) for p in found) and hits:
        inner = walked[hits[0] : hits[-1] + 1]
        return [p for p in inner if fold(p.text) in known or p.kind != "boilerplate"], notes
    return (found or walked), notes


def _trafilatura_blocks(html: str) -> list[Piece]:
    """Trafilatura's main text with block kinds. Raises ImportError where it is not installed."""
    trafilatura = importlib.import_module("trafilatura")
    etree = importlib.import_module("lxml.etree")
    try:
        xml = trafilatura.extract(html, output_format="xml", include_comments=False, include_tables=True)
        root: Any = etree.fromstring(xml.encode("utf-8")) if xml else None
    except Exception:  # a foreign extractor on hostile input fails in many ways; the walk's blocks are still there
        return []
    pieces: list[Piece] = []
    for element in root.iter(*_XML_KINDS) if root is not None else ():
        if next(element.iterdescendants(*_XML_KINDS), None) is None and (text := squeeze("".join(element.itertext()))):
            pieces.append(Piece(text, _XML_KINDS[element.tag]))
    return pieces


def without_roots(page: Page) -> Page:
    """The page with pieces stripped of what only this module needs."""
    return replace(page, pieces=tuple(Piece(p.text, p.kind) for p in page.pieces))
