"""Plain text: the decoded file is the article's text, so offsets are offsets into the file. White space is never touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from factcheck.sources.dates import find_date
from factcheck.sources.decode import Decoded
from factcheck.sources.lines import Line, chunks, continues, hard_wrapped, lines, list_mark
from factcheck.sources.wording import (
    is_boilerplate,
    is_byline,
    is_caption,
    is_dateline,
    is_heading,
    is_title,
    outlet_and_date,
)
from factcheck.types import Article, Block, BlockKind, Span

#: Bylines and datelines stand among the first lines; further down such words are prose.
_HEAD_LINES = 5


@dataclass(slots=True)
class Head:
    """What the first lines say about the article. kinds: line start -> block kind, for the lines that said it."""

    title: str | None = None
    outlet: str | None = None
    date: dt.date | None = None
    kinds: dict[int, BlockKind] = field(default_factory=dict)


def read_text(decoded: Decoded, path: str) -> Article:
    """The article that a plain-text file holds."""
    text = decoded.text
    all_lines = list(lines(text))
    head = _head(all_lines)
    return Article(
        text=text,
        path=path,
        title=head.title,
        outlet=head.outlet,
        date=head.date,
        kind="text",
        blocks=text_blocks(all_lines, text, head),
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        notes=decoded.notes,
    )


def text_blocks(all_lines: Sequence[Line], text: str, head: Head | None = None) -> tuple[Block, ...]:
    """The blocks of plain text: paragraphs, list items, headings, bylines, captions and notices."""
    known = head.kinds if head else {}
    # (lines of the block, its kind or None while open)
    groups: list[tuple[list[Line], BlockKind | None]] = []
    number: int | None = None
    for chunk in chunks(all_lines):
        wrapped = hard_wrapped([line for line in chunk if line.start not in known])
        fresh = True
        for line in chunk:
            if kind := known.get(line.start):
                groups.append(([line], kind))
                fresh = True
                continue
            mark = list_mark(text[line.start : line.start + 12], number)
            if mark and not is_heading(line.words, ""):
                number = mark[1] if mark[1] is not None else number
                groups.append(([Line(line.start + mark[0], line.end, line.words[mark[0] :])], "item"))
            elif fresh or not continues(groups[-1][0][-1].words, line.words, wrapped=wrapped):
                groups.append(([line], None))
            else:
                groups[-1][0].append(line)
            fresh = False
    return tuple(_block(groups, i) for i in range(len(groups)))


def _block(groups: Sequence[tuple[list[Line], BlockKind | None]], i: int) -> Block:
    group, kind = groups[i]
    span = Span(group[0].start, group[-1].end)
    words = " ".join(line.words for line in group[:3])
    if kind in (None, "item") and len(group) <= 2 and is_boilerplate(words):
        return Block(span, "boilerplate")
    if kind is not None:
        return Block(span, kind)
    if is_caption(words):
        return Block(span, "caption")
    following = groups[i + 1][0][0].words if i + 1 < len(groups) else ""
    return Block(span, "heading" if len(group) == 1 and is_heading(words, following) else "paragraph")


def _head(all_lines: Sequence[Line]) -> Head:
    head = Head()
    first = [(n, line) for n, line in enumerate(all_lines[:40]) if line][: _HEAD_LINES + 1]
    for at, (n, line) in enumerate(first[:_HEAD_LINES]):
        following = first[at + 1][1].words if at + 1 < len(first) else ""
        if at == 0:
            blank_below = n + 1 < len(all_lines) and not all_lines[n + 1]
            if outlet_and_date(following) or (not outlet_and_date(line.words) and is_title(line.words, following, blank_below=blank_below)):
                head.title = " ".join(line.words.split())
                head.kinds[line.start] = "heading"
                continue
        if head.outlet is None and (found := outlet_and_date(line.words)):
            head.outlet, head.date = found
            head.kinds[line.start] = "byline"
        elif is_byline(line.words) or (head.title and is_dateline(line.words)):
            head.kinds[line.start] = "byline"
            head.date = head.date or find_date(line.words)
        else:
            break  # prose has begun
    return head
