"""Markdown: the raw file is the article's text; markup inside blocks is listed as hidden, so quotes stay cut from the file.

No Markdown library: none of them keeps the offsets of words. Read are front matter, headings, paragraphs, list items, block
quotes, tables and code fences; indented text is taken as prose, for a newsroom's text is rarely code and must not be lost.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from factcheck.sources.dates import find_date, parse_date
from factcheck.sources.decode import Decoded
from factcheck.sources.inline import hidden_spans
from factcheck.sources.lines import Line, lines, list_mark
from factcheck.sources.wording import is_boilerplate, is_byline, is_dateline, is_heading, outlet_and_date
from factcheck.text import merge, squeeze, trimmed, visible_text
from factcheck.types import Article, Block, BlockKind, Span

_KEY = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*[:=]\s*(?P<value>\S.*)?$")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})")
_ATX = re.compile(r"(?P<mark>#{1,6})(?:[ \t]+|$)")
_ATX_END = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_SETEXT = re.compile(r"(?:=+|-{2,})$")
_RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_DEFINITION = re.compile(r"\[[^\[\]^][^\[\]]{0,200}\]:\s*\S")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]:[ \t]*")
_WHOLE_STRONG = re.compile(r"(\*\*|__)(?=\S)[^*_]{1,200}\1$")
_COMMENT_OPEN, _COMMENT_CLOSE = "<!--", "-->"
_MAX_FRONT_LINES = 200
_LONGEST_FENCE = 10
_FIELDS = {"title": "title", "headline": "title", "outlet": "outlet", "site": "outlet", "publication": "outlet",
           "publisher": "outlet", "source": "outlet", "date": "date", "published": "date", "url": "url", "link": "url"}  # fmt: skip


@dataclass(slots=True)
class _State:
    text: str
    blocks: list[Block] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    open: list[Line] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    number: int | None = None
    h1: str | None = None

    def close(self, kind: BlockKind | None = None) -> str:
        """End the open paragraph, item or quote; its words."""
        words = self.add(self.open[0].start, self.open[-1].end, kind or self.kind) if self.open else ""
        self.open, self.kind = [], "paragraph"
        return words

    def add(self, start: int, end: int, kind: BlockKind) -> str:
        """Add a block, unless it has no words (a paragraph of one image); its words."""
        if (span := trimmed(self.text, start, end)) is None:
            return ""
        hidden = hidden_spans(self.text, span.start, span.end)
        words = visible_text(self.text, span, hidden)
        if words:
            self.blocks.append(Block(span, kind))
            self.hidden += hidden
        return words


def read_markdown(decoded: Decoded, path: str) -> Article:
    """The article that a Markdown file holds."""
    text = decoded.text
    all_lines = list(lines(text))
    meta, first = _front_matter(all_lines)
    state = _State(text)
    _scan(state, all_lines[first:])
    state.close()
    hidden = merge(state.hidden)
    title, outlet, date = meta.get("title") or state.h1, meta.get("outlet"), parse_date(meta.get("date", ""))
    blocks, outlet, date = _bylines(text, state.blocks, hidden, outlet, date)
    blocks = _refine(text, blocks, hidden)
    if title is None and blocks and blocks[0].kind == "heading":
        title = visible_text(text, blocks[0].span, hidden)
    url = meta.get("url", "")
    return Article(
        text=text,
        path=path,
        title=title,
        outlet=outlet,
        date=date,
        url=url if url.startswith(("http://", "https://")) else None,
        kind="markdown",
        blocks=tuple(blocks),
        hidden=tuple(hidden),
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        notes=decoded.notes,
    )


def has_front_matter(text: str) -> bool:
    """Whether a text begins with front matter."""
    return text.startswith(("---", "+++")) and _front_matter(list(lines(text[:20_000])))[1] > 0


def _front_matter(all_lines: list[Line]) -> tuple[dict[str, str], int]:
    """(fields, number of the first line after it). Only ``key: value`` lines are understood; others are passed over."""
    if not all_lines or all_lines[0].words not in ("---", "+++"):
        return {}, 0
    fence, keys = all_lines[0].words, 0
    meta: dict[str, str] = {}
    for n, line in enumerate(all_lines[1:_MAX_FRONT_LINES], start=1):
        if line.words == fence or (fence == "---" and line.words == "..."):
            return (meta, n + 1) if keys else ({}, 0)
        if match := _KEY.match(line.words[:2000]):
            keys += 1
            name = _FIELDS.get(match["key"].strip().lower())
            value = _unquoted(match["value"] or "")
            if name and value:
                meta.setdefault(name, value)
    return {}, 0


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        value = value[1:-1].replace(f"\\{quote}", quote).replace("''" if quote == "'" else "\\\\", "'" if quote == "'" else "\\")
    return squeeze(value)


def _scan(state: _State, body: list[Line]) -> None:
    """Line by line: what each line opens, carries on or closes."""
    fence: str | None = None
    in_comment = False
    comment_start = 0
    last_fence, last_comment_end = _last_closers(body)
    for n, line in enumerate(body):
        words = line.words
        if in_comment:
            _, close, rest = words.rpartition(_COMMENT_CLOSE)
            in_comment = not close
            if close:
                state.hidden.append(Span(comment_start, line.end - len(rest)))
            if close and rest.strip():
                _line(state, Line(line.end - len(rest.lstrip()), line.end, rest.strip()))
        elif fence is not None:
            if words.startswith(fence) and not words.strip(fence[0]):
                fence = None
        elif match := _FENCE.match(words):
            state.close()
            # A fence never closed would swallow the rest of the article: then it is no fence.
            if last_fence.get(match["mark"][:_LONGEST_FENCE], -1) > n:
                fence = match["mark"][:_LONGEST_FENCE]
        elif words.startswith(_COMMENT_OPEN) and not state.open and _COMMENT_CLOSE not in words and last_comment_end > n:
            in_comment, comment_start = True, line.start
        elif not state.open and _is_comment(words):
            state.hidden.append(Span(line.start, line.end))
        elif not words:
            state.close()
        else:
            _line(state, line)


def _is_comment(words: str) -> bool:
    """Whether a line holds comments and nothing else."""
    at = 0
    while words.startswith(_COMMENT_OPEN, at) and (close := words.find(_COMMENT_CLOSE, at + len(_COMMENT_OPEN))) >= 0:
        at = close + len(_COMMENT_CLOSE)
        at += len(words[at : at + 100]) - len(words[at : at + 100].lstrip())
    return 0 < at == len(words)


def _last_closers(body: list[Line]) -> tuple[dict[str, int], int]:
    """For every fence the number of the last line that can close it, and the last line with the end of a comment."""
    fences: dict[str, int] = {}
    comment_end = -1
    for n, line in enumerate(body):
        words = line.words
        if words[:3] in ("```", "~~~") and not words.strip(words[0]):
            for length in range(3, min(len(words), _LONGEST_FENCE) + 1):
                fences[words[0] * length] = n
        if _COMMENT_CLOSE in words:
            comment_end = n
    return fences, comment_end


def _line(state: _State, line: Line) -> None:
    words = line.words
    if match := _ATX.match(words):
        state.close()
        end = _ATX_END.search(words, match.end())
        start = line.start + match.end()
        heading = state.add(start, line.start + end.start() if end else line.end, "heading")
        if len(match["mark"]) == 1:
            state.h1 = state.h1 or heading
    elif state.open and state.kind == "paragraph" and _SETEXT.match(words):
        heading = state.close("heading")
        if words[0] == "=":
            state.h1 = state.h1 or heading
    elif _RULE.match(words):
        state.close()
    elif match := _QUOTE.match(words):
        _quote(state, line, match.end())
    elif words.startswith("|") or (not state.open and words.count("|") >= 2 and words.endswith("|")):
        state.close()
        _row(state, line)
    elif mark := list_mark(words[:12], state.number):
        state.close()
        state.kind, state.number = "item", mark[1] if mark[1] is not None else state.number
        state.open = [Line(line.start + mark[0], line.end, words[mark[0] :])]
    elif not state.open and _DEFINITION.match(words):
        return
    elif not state.open and (match := _FOOTNOTE.match(words)):
        state.open = [Line(line.start + match.end(), line.end, words[match.end() :])]
    else:
        state.open.append(line)


def _quote(state: _State, line: Line, mark: int) -> None:
    if state.kind != "quote":
        state.close()
    rest = line.words[mark:].strip()
    if not rest:
        state.close()
        return
    if state.open:
        state.hidden.append(Span(line.start, line.start + mark))
    state.kind = "quote"
    state.open.append(Line(line.start + mark, line.end, rest))


def _row(state: _State, line: Line) -> None:
    if _TABLE_RULE.match(line.words):
        return
    start = line.start + (len(line.words) - len(line.words.lstrip("| \t")))
    end = line.start + len(line.words.rstrip("| \t"))
    if start < end:
        state.add(start, end, "item")
        pipes = (i for i in range(start, end) if state.text[i] == "|" and state.text[i - 1] != "\\")
        state.hidden += [Span(i, i + 1) for i in pipes]


def _refine(text: str, blocks: list[Block], hidden: list[Span]) -> list[Block]:
    """Notices of the site, and paragraphs that are headings in all but name: bold alone on a line."""
    out = []
    for i, block in enumerate(blocks):
        kind = block.kind
        if kind in ("paragraph", "item") and block.span.end - block.span.start <= 500:
            words = visible_text(text, block.span, hidden)
            if is_boilerplate(words):
                kind = "boilerplate"
            elif kind == "paragraph" and i + 1 < len(blocks):
                strong = _WHOLE_STRONG.match(block.span.of(text)) is not None
                below = blocks[i + 1].span
                following = visible_text(text, Span(below.start, min(below.end, below.start + 300)), hidden)
                if (strong and (words.endswith("?") or not words.endswith((".", "!")))) or is_heading(words, following):
                    kind = "heading"
        out.append(Block(block.span, kind))
    return out


def _bylines(
    text: str, blocks: list[Block], hidden: list[Span], outlet: str | None, date: dt.date | None
) -> tuple[list[Block], str | None, dt.date | None]:
    """The first blocks below the title: "Outlet, date" and "By …" are bylines and fill in what front matter left out."""
    blocks = list(blocks)
    for i, block in enumerate(blocks[:5]):
        if block.kind == "heading":
            continue
        if block.kind != "paragraph" or block.span.end - block.span.start > 300:
            break
        words = visible_text(text, block.span, hidden)
        found = outlet_and_date(words)
        if found:
            outlet, date = outlet or found[0], date or found[1]
        elif is_byline(words) or (is_dateline(words) and i <= 2):
            date = date or find_date(words)
        else:
            break
        blocks[i] = Block(block.span, "byline")
    return blocks, outlet, date
