"""Lines with offsets, and which lines belong together: hard-wrapped prose or one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Lines end only at \n, \r\n and \r: str.splitlines also cuts at U+2028, VT and NEL, where editors do not.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_ENDS = re.compile(r"[.!?…:。！？][\"'”’»)\]*_]{0,4}$")
_OPEN_END = re.compile(
    r"(?:[,;–—-]|\b(?:the|a|an|of|and|or|to|in|on|at|by|for|with|from|as|that|which|its|his|her|their|is|was|are))$", re.I
)
#: A list mark; numbers count only where they go on counting (see :func:`list_mark`).
_MARK = re.compile(r"[ \t]*(?:(?P<bullet>[-*+•‣▪◦–·])|(?P<number>\d{1,3})[.)])[ \t]+(?=\S)")
_WRAP_WIDTHS = range(50, 111)
#: In wrapped prose a shorter line is the last of its paragraph, or a heading.
_SHORTEST_FULL = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: ``text[start:end]`` without line ending and outer white space; start == end on a blank line."""

    start: int
    end: int
    words: str

    def __bool__(self) -> bool:
        return self.end > self.start


def lines(text: str) -> Iterator[Line]:
    """The lines of a text in order."""
    for match in _LINE.finditer(text):
        raw = match[0]
        words = raw.strip()
        if words:
            start = match.start() + raw.index(words[0])
            yield Line(start, start + len(words), words)
        elif raw:
            yield Line(match.start(), match.start(), "")


def chunks(all_lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line between them."""
    run: list[Line] = []
    for line in all_lines:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def ends_sentence(words: str) -> bool:
    """Whether a line ends in a full stop, question or exclamation mark, ellipsis or colon, closing quotes aside."""
    return bool(_ENDS.search(words[-8:]))


def hard_wrapped(chunk: Sequence[Line]) -> bool:
    """Whether an editor broke the lines of this chunk at a fixed width: they are about as long, and break inside sentences."""
    body = [len(line.words) for line in chunk[:-1]]
    if len(body) < 2:
        return False
    width = max(body)
    full = sum(length > width - 22 for length in body)
    broken = sum(not ends_sentence(line.words) for line in chunk[:-1])
    return width in _WRAP_WIDTHS and full * 3 >= len(body) * 2 and broken * 2 >= len(body)


def continues(before: str, after: str, *, wrapped: bool = False) -> bool:
    """Whether the line ``after`` carries on the paragraph of the line ``before`` rather than starting one of its own."""
    if wrapped:
        return len(before) >= _SHORTEST_FULL or after[:1].islower()
    if ends_sentence(before):
        return False
    return after[:1].islower() or len(before) >= _WRAP_WIDTHS.stop or bool(_OPEN_END.search(before[-12:]))


def list_mark(raw: str, previous_number: int | None) -> tuple[int, int | None] | None:
    """(length of the list mark that ``raw`` begins with, its number if any), or None.

    A number is a mark only if it starts at 0 or 1 or goes on from ``previous_number``: "14. Kofi's old shirt." is an answer.
    """
    match = _MARK.match(raw)
    if match is None:
        return None
    if match["number"] is None:
        return match.end(), None
    number = int(match["number"])
    if number in (0, 1) or (previous_number is not None and number == previous_number + 1):
        return match.end(), number
    return None
