"""HTML to blocks of prose: one walk over the tree, shared by pages and by WordPress posts.

The walk is iterative (pages nest as deep as they like) and keeps every word outside navigation, ads, comments and the like:
extractors made for corpora drop short or repeated paragraphs, and a lost sentence is one that nobody checks.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from factcheck.sources.lines import continues
from factcheck.sources.wording import has_credit, is_boilerplate, is_byline, is_caption, is_dateline, is_heading
from factcheck.text import squeeze
from factcheck.types import BlockKind

_SKIP = frozenset(
    "script style noscript template svg math iframe object embed form button input select option textarea nav aside footer ins "
    "canvas audio video map dialog menu title head datalist progress meter applet frame frameset".split()
)
_BLOCKS = frozenset(
    "html body div p section article main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table thead tbody tfoot tr caption "
    "figure figcaption header address center details summary fieldset legend hr hgroup search".split()
)
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"), "heading"),
    **dict.fromkeys(("li", "tr"), "item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quote",
}  # fmt: skip
ROOTS = frozenset(("article", "main"))
_NOISE = frozenset(
    "ad ads advert advertisement advertisements adsbygoogle adslot sponsor sponsored promo promotion bet betting comment comments "
    "commentlist disqus related recommended recirculation share sharing sharedaddy social newsletter subscribe subscription signup "
    "cookie cookies consent gdpr cmp breadcrumb breadcrumbs sidebar widget navigation navbar popup modal paywall outbrain taboola "
    "toc pagination addtoany hidden affiliate disclaimer followus tags".split()
)
#: Class names of these families describe the post or the layout and not the element: "tag-comments", "no-sidebar".
_DESCRIBES = re.compile(r"(?:tag|category|post|page|has|no|with|without|is)-|.*-(?:enabled|disabled|open|closed|on|off|layout)$")
_CAPTIONS = frozenset(("wp-caption", "wp-caption-text", "caption", "image-caption", "photo-caption", "media-caption", "credit"))
_BYLINES = frozenset(
    "by byline author authors dateline meta info published pubdate posted post-meta entry-meta article-meta article-info "
    "post-info timestamp".split()
)
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
#: Zero-width and soft-hyphen code points: they split words that the reader of the page sees whole.
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\0"))
_NAMES = re.compile(r"[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+)+(?:\s(?:with|and|in|for)\s|,\s|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of prose: its words, its kind, and the elements ROOTS or itemprop=articleBody that it lies in, outermost first."""

    text: str
    kind: BlockKind
    roots: tuple[int, ...] = ()


@dataclass(slots=True)
class _Open:
    """The block being collected."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    wrapped: dict[str, int] = field(default_factory=dict)  # tag -> letters inside it

    def add(self, text: str | None, inside: dict[str, int]) -> None:
        if text:
            self.parts.append(text)
            count = len(text) - text.count(" ") - text.count("\n")
            self.letters += count
            for tag, depth in inside.items():
                if depth:
                    self.wrapped[tag] = self.wrapped.get(tag, 0) + count

    def wholly(self, *tags: str) -> bool:
        """Whether all words are inside one of these elements (punctuation outside allowed)."""
        return any(self.letters and self.wrapped.get(tag, 0) >= self.letters - 2 for tag in tags)


def parse(html: str) -> tuple[Any, tuple[str, ...]]:
    """(lxml tree root or None if there is nothing in it, notes). Never touches network or files."""
    etree = importlib.import_module("lxml.etree")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    clean = html.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(clean, parser)
    except etree.XMLSyntaxError:  # "Document is empty"
        return None, ()
    cut = any("depth" in e.message.lower() or "huge" in e.message.lower() for e in parser.error_log)
    return root, ("the page is nested too deeply; its rest was not read",) if cut else ()


def fragment(html: str) -> tuple[list[Piece], tuple[str, ...]]:
    """(blocks, notes) of a piece of HTML that is the article itself, such as a WordPress post's content."""
    root, notes = parse(f"<div>{html}</div>")
    if root is None:
        return [], notes
    pieces, lenient = list(walk(root)), list(walk(root, noise=False))
    if letters(pieces) < 200 and letters(lenient) > 2 * letters(pieces):
        return lenient, (*notes, "blocks that look like advertising were kept: without them next to nothing is left")
    return pieces, notes


def letters(pieces: list[Piece]) -> int:
    """How much prose there is, in code points: paragraphs, items and quotes."""
    return sum(len(p.text) for p in pieces if p.kind in ("paragraph", "item", "quote"))


def walk(root: Any, *, noise: bool = True) -> Iterator[Piece]:
    """The blocks below ``root`` in order. ``noise``: leave out elements whose class or id says ad, comments, related …"""
    etree = importlib.import_module("lxml.etree")
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    kinds: list[BlockKind | None] = [None]
    roots: list[int] = []
    inside = dict.fromkeys(("em", "strong", "small", "a"), 0)
    block = _Open()
    skipped: Any = None
    seen = 0
    for event, element in walker:
        if event in ("comment", "pi"):
            block.add(element.tail, inside)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipped is None and element is not root and _skip(element, tag, roots, noise=noise):
                skipped = element
                walker.skip_subtree()
                continue
            if tag in _BLOCKS or tag == "tr":
                if not _joins(tag, kinds, block):
                    yield from _flush(block, kinds, roots, seen)
                    seen += 1
                    block = _Open()
                kinds.append(_kind(element, tag) or kinds[-1])
            elif tag in ("td", "th") and block.letters:
                block.add(" | ", inside)
            elif tag == "br":
                block.add("\n", inside)
            if is_root(element, tag):
                roots.append(id(element))
            _count(inside, tag, 1)
            block.add(element.text, inside)
        else:
            if element is skipped:
                skipped = None
                if tag in _BLOCKS or tag in ("aside", "nav", "footer", "form", "ins", "iframe"):
                    yield from _flush(block, kinds, roots, seen)
                    block = _Open()
            else:
                if tag in _BLOCKS or tag == "tr":
                    yield from _flush(block, kinds, roots, seen)
                    seen += 1
                    block = _Open()
                    kinds.pop()
                if is_root(element, tag):
                    roots.pop()
                _count(inside, tag, -1)
            if element is not root:
                block.add(element.tail, inside)
    yield from _flush(block, kinds, roots, seen)


def is_root(element: Any, tag: str) -> bool:
    """Whether an element may be the one that holds the article."""
    return tag in ROOTS or element.get("role") == "main" or "articleBody" in (element.get("itemprop") or "").split()


def _joins(tag: str, kinds: list[BlockKind | None], block: _Open) -> bool:
    """A time mark and the paragraph after it in a live ticker's list item are one block."""
    if tag in ("p", "div") and kinds[-1] == "item" and 0 < block.letters <= 12:
        block.parts.append(" ")
        return True
    return False


def _count(inside: dict[str, int], tag: str, step: int) -> None:
    name = {"i": "em", "b": "strong"}.get(tag, tag)
    if name in inside:
        inside[name] += step


def _skip(element: Any, tag: str, roots: list[int], *, noise: bool) -> bool:
    if tag in _SKIP or (tag == "header" and not roots):
        return True
    if not element.attrib:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or _INVISIBLE.search((element.get("style") or "")[:2000]):
        return True
    if not noise or tag in ("html", "body") or is_root(element, tag):
        return False
    return any(_is_noise(name) for name in _names(element))


def _is_noise(name: str) -> bool:
    return not _DESCRIBES.match(name) and not _NOISE.isdisjoint(re.split(r"[^a-z]+", name))


def _names(element: Any) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:1000].lower().split()


def _kind(element: Any, tag: str) -> BlockKind | None:
    if tag in _KINDS:
        return _KINDS[tag]
    if not element.attrib:
        return None
    names = _names(element)
    if not _CAPTIONS.isdisjoint(names):
        return "caption"
    if not _BYLINES.isdisjoint(names) or "author" in (element.get("itemprop") or ""):
        return "byline"
    return None


def _flush(block: _Open, kinds: list[BlockKind | None], roots: list[int], seen: int) -> Iterator[Piece]:
    """The collected block as pieces: more than one where line breaks stand between paragraphs."""
    if not block.letters:
        return
    raw = "".join(block.parts).translate(_DROPPED)
    kind = kinds[-1]
    near_top = seen < 24
    paragraphs = _paragraphs(raw)
    for text in paragraphs:
        yield Piece(text, _judge(text, kind, block, near_top=near_top, alone=len(paragraphs) == 1), tuple(roots))


def _paragraphs(raw: str) -> list[str]:
    """Line breaks stand in the text as newlines, but so do the source's own: only <br> counts, and it was added as its own part."""
    return [squeeze(raw)] if squeeze(raw) else []
