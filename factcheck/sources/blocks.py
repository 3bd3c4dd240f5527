"""HTML to blocks of prose: one walk over the tree, shared by pages and by WordPress posts.

The walk is iterative (pages nest as deep as they like) and keeps every word outside navigation, ads, comments and the like:
extractors made for corpora drop short or repeated paragraphs, and a lost sentence is one that nobody checks.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from factcheck.sources.lines import continues, ends_sentence
from factcheck.sources.wording import has_credit, is_boilerplate, is_byline, is_caption, is_dateline, is_heading
from factcheck.text import squeeze
from factcheck.types import BlockKind


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIP = _set(
    "script style noscript template svg math iframe object embed button input select option textarea nav aside footer "
    "canvas audio video map dialog menu title head del s strike datalist progress meter applet frame frameset"
)
_BLOCKS = _set(
    "html body div p section article main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table thead tbody tfoot tr caption "
    "figure figcaption header address center details summary fieldset legend hr hgroup search"
)
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"), "heading"),
    **dict.fromkeys(("li", "tr"), "item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quote",
}  # fmt: skip
#: Skipped elements that stand inside a sentence without ending it.
_INLINE_SKIPS = _set("script style noscript svg math button input del s strike canvas template")
_NAME_PARTS = re.compile(r"[^a-z]+")
_NOISE = _set(
    "ad ads advert advertisement advertisements adsbygoogle adslot sponsor sponsored promo promotion bet betting comment comments "
    "commentlist disqus related recommended recirculation share sharing sharedaddy social newsletter subscribe subscription signup "
    "cookie cookies consent gdpr cmp breadcrumb breadcrumbs sidebar navigation navbar popup modal paywall outbrain taboola "
    "toc pagination addtoany affiliate followus tags"
)
#: Class names of these families describe the post or the layout and not the element: "tag-comments", "no-sidebar".
_DESCRIBES = re.compile(r"(?:tag|category|post|page|has|no|with|without|is)-|.*-(?:enabled|disabled|open|closed|on|off|layout)$")
_CAPTIONS = frozenset(("wp-caption", "wp-caption-text", "caption", "image-caption", "photo-caption", "media-caption", "credit"))
_BYLINES = _set(
    "by byline author authors dateline meta info published pubdate posted post-meta entry-meta article-meta article-info "
    "post-info timestamp"
)
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
#: Zero-width and soft-hyphen code points: they split words that the reader of the page sees whole.
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
#: Stands for <br> while a block is collected; never in a page, for parse drops it.
_BREAK = "\x1e"
_NAMES = re.compile(r"[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+)+(?:\s(?:with|and|in|for)\s|,\s|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of prose: its words, its kind, and the elements that may hold the article (number, label) it lies in."""

    text: str
    kind: BlockKind
    roots: tuple[tuple[int, str], ...] = ()


def parse(html: str) -> tuple[Any, tuple[str, ...]]:
    """(lxml tree root or None if there is nothing in it, notes). Never touches network or files."""
    clean = html.replace("\0", "").replace(_BREAK, "").encode("utf-8", "replace")
    root, cut = _parse(clean, deep=False)
    if cut:  # libxml2 drops everything after 256 nested elements; "huge" raises that to 2048
        root, cut = _parse(clean, deep=True)
    return root, (CUT_SHORT,) if cut else ()


def _parse(html: bytes, *, deep: bool) -> tuple[Any, bool]:
    """(root or None, whether the parser gave up before the end)."""
    etree = importlib.import_module("lxml.etree")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=deep, remove_pis=True)
    try:
        root = etree.fromstring(html, parser)
    except etree.XMLSyntaxError:  # "Document is empty"
        root = None
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def fragment(html: str) -> tuple[list[Piece], tuple[str, ...]]:
    """(blocks, notes) of a piece of HTML that is the article itself, such as a WordPress post's content."""
    root, notes = parse(f"<div>{html}</div>")
    if root is None:
        return [], notes
    pieces, lenient = walk(root), walk(root, noise=False)
    if letters(pieces) < 200 and letters(lenient) > 2 * letters(pieces):
        return lenient, (*notes, KEPT_NOISE)
    return pieces, notes


CUT_SHORT = "the page is nested too deeply, its rest was not read"
KEPT_NOISE = "blocks that look like advertising were kept: next to nothing would be left without them"


def letters(pieces: Iterable[Piece]) -> int:
    """How much prose there is, in code points: paragraphs, items and quotes."""
    return sum(len(p.text) for p in pieces if p.kind in ("paragraph", "item", "quote"))


def walk(root: Any, *, noise: bool = True) -> list[Piece]:
    """The blocks below ``root`` in order. ``noise``: leave out elements whose class or id says that they are ads or comments."""
    return _Walk(root, noise=noise).pieces


class _Walk:
    """The state of one walk: what is open, and the block being collected."""

    def __init__(self, root: Any, *, noise: bool) -> None:
        self.pieces: list[Piece] = []
        self._noise = noise
        self._kinds: list[BlockKind] = ["paragraph"]
        self._roots: list[tuple[int, str]] = []
        self._root_count = 0
        self._inside = dict.fromkeys(("em", "strong", "small", "a", "pre"), 0)
        self._clear()
        self._run(root)

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._letters = 0
        self._wrapped: dict[str, int] = {}  # tag -> letters inside it

    def _run(self, root: Any) -> None:
        walker = importlib.import_module("lxml.etree").iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: Any = None
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if element is not root and self._skips(element, tag):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._start(element, tag)
                continue
            if event == "end" and element is skipped:
                skipped = None
                if tag not in _INLINE_SKIPS:
                    self._flush()
            elif event == "end":
                self._end(element, tag)
            if element is not root:
                self._add(element.tail)
        self._flush()

    def _start(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS:
            # A time mark and the paragraph after it in a live ticker's list item are one block.
            if tag in ("p", "div") and self._kinds[-1] == "item" and 0 < self._letters <= 12:
                self._parts.append(" ")
            else:
                self._flush()
            self._kinds.append(_kind(element, tag) or self._kinds[-1])
        elif tag in ("td", "th") and self._letters:
            self._parts.append(" | ")
        elif tag == "br":
            self._parts.append(_BREAK)
        if label := _root_label(element, tag):
            self._root_count += 1
            self._roots.append((self._root_count, label))
        self._count(tag, 1)
        self._add(element.text)

    def _end(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._kinds.pop()
        if _root_label(element, tag):
            self._roots.pop()
        self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        name = {"i": "em", "b": "strong"}.get(tag, tag)
        if name in self._inside:
            self._inside[name] += step

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._parts.append(text.replace("\n", _BREAK) if self._inside["pre"] else text)
        count = len("".join(text.split()))
        self._letters += count
        for tag, depth in self._inside.items():
            if depth:
                self._wrapped[tag] = self._wrapped.get(tag, 0) + count

    def _skips(self, element: Any, tag: str) -> bool:
        if tag in _SKIP or (tag == "header" and not self._roots):
            return True
        if tag == "form":  # some systems wrap the whole page in one form
            return next(element.iter("article", "main", "h1"), None) is None
        if not element.attrib:
            return False
        style = (element.get("style") or "")[:2000]
        if element.get("hidden") is not None or element.get("aria-hidden") == "true" or _INVISIBLE.search(style):
            return True
        if tag == "ins":  # plain <ins> is corrected text; with attributes it is an ad slot
            return any(name in ("class", "id") or name.startswith("data-") for name in element.attrib)
        if not self._noise or tag in ("html", "body") or _root_label(element, tag):
            return False
        return any(_is_noise(name) for name in _names(element))

    def _wholly(self, *tags: str) -> bool:
        """Whether all words of the block are inside one of these elements (a stray mark outside allowed)."""
        return any(self._wrapped.get(tag, 0) >= max(1, self._letters - 2) for tag in tags)

    def _flush(self) -> None:
        """The collected block as pieces: more than one where line breaks stand between paragraphs."""
        if self._letters:
            roots = tuple(self._roots)
            for text in _paragraphs("".join(self._parts).translate(_DROPPED)):
                self.pieces.append(Piece(text, self._judge(text), roots))
        self._clear()

    def _judge(self, text: str) -> BlockKind:
        kind = self._kinds[-1]
        near_top = sum(p.kind == "paragraph" for p in self.pieces[-6:]) <= 1 and len(self.pieces) <= 40
        if kind == "heading":
            return "heading" if len(text) <= 300 else "paragraph"
        if is_boilerplate(text) or (len(text) <= 150 and self._wholly("a") and kind in ("paragraph", "item")):
            return "boilerplate"
        if kind == "byline":
            return "byline" if len(text) <= 200 and not (len(text) > 80 and ends_sentence(text)) else "paragraph"
        if kind != "paragraph":
            return kind
        return self._judge_paragraph(text, near_top=near_top)

    def _judge_paragraph(self, text: str, *, near_top: bool) -> BlockKind:
        slanted = self._wholly("em", "small")
        if is_caption(text) or (slanted and has_credit(text)):
            return "caption"
        if near_top and (is_byline(text) or is_dateline(text)):
            return "byline"
        if near_top and slanted and len(text) <= 200 and not ends_sentence(text) and _NAMES.match(text):
            return "byline"
        strong = self._wholly("strong") and len(text) <= 110 and (text.endswith("?") or not ends_sentence(text))
        return "heading" if strong or is_heading(text, "") else "paragraph"


def _root_label(element: Any, tag: str) -> str:
    """Which kind of element that may hold the article this is: "article", "main", "articleBody" or ""."""
    if tag in ("article", "main"):
        return tag
    if element.attrib:
        if element.get("role") == "main":
            return "main"
        if "articleBody" in (element.get("itemprop") or "").split():
            return "articleBody"
    return ""


def _is_noise(name: str) -> bool:
    return not _DESCRIBES.match(name) and not _NOISE.isdisjoint(_NAME_PARTS.split(name))


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


def _paragraphs(raw: str) -> list[str]:
    """The paragraphs of a block: two line breaks always part them, one does where the words do not carry on."""
    out: list[str] = []
    blank = True
    for line in map(squeeze, raw.split(_BREAK)):
        if line and not blank and continues(out[-1], line):
            out[-1] += " " + line
        elif line:
            out.append(line)
        blank = not line
    return out
