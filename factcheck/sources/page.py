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

#: Code points of prose below which a page is looked at again. _FEW: pieces that may be searched for one by one.
_ENOUGH, _FEW = 140, 500
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
    walked = walk(root)
    pieces = _chosen(walked)
    if letters(pieces) < _ENOUGH:
        lenient = _chosen(walk(root, noise=False))
        if letters(lenient) >= max(_ENOUGH, 2 * letters(pieces)):
            pieces, notes = lenient, (*notes, KEPT_NOISE)
    # A short piece of news is one; a short <article> on a page with much more text is a teaser.
    short = letters(pieces) < _ENOUGH and letters(walked) > 4 * letters(pieces)
    if short or not any(p.roots for p in pieces):
        pieces, notes = _by_trafilatura(html, walked, notes)
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
    hits = _matched(walked, found)
    if sum(len(walked[i].text) for i in hits) * 2 >= sum(len(p.text) for p in found) and hits:
        inner = walked[hits[0] : hits[-1] + 1]
        kept = set(hits)
        return [p for i, p in enumerate(inner, start=hits[0]) if i in kept or p.kind != "boilerplate"], notes
    return (found or walked), notes


def _matched(walked: list[Piece], found: list[Piece]) -> list[int]:
    """The numbers of the walk's pieces that trafilatura found too."""
    known = {fold(piece.text) for piece in found}
    hits = [i for i, piece in enumerate(walked) if fold(piece.text) in known]
    if hits or len(walked) > _FEW:
        return hits
    # On short pages it runs all blocks together into one.
    everything = " ".join(fold(piece.text) for piece in found)
    return [i for i, piece in enumerate(walked) if len(piece.text) >= 20 and fold(piece.text) in everything]


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
