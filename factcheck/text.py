"""Offsets: code points to UTF-16 units and to lines and columns, words without markup, and text folded for comparison."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.types import Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_FOLD = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\xa0": " "})


class LineIndex:
    r"""Line and column of any offset of one text. Lines end at \\n, \\r\\n or \\r only, as editors count them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in _LINE_END.finditer(text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """(line, column), both from 1, column in code points. Raises ValueError outside the text (its end included)."""
        if not 0 <= offset <= len(self._text):
            raise ValueError(f"offset {offset} is outside a text of {len(self._text)} code points")
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def utf16_offset(text: str, offset: int) -> int:
    """The UTF-16 offset of a code-point offset."""
    return offset + sum(ord(c) > 0xFFFF for c in text[:offset])


def code_point_offset(text: str, offset_utf16: int) -> int:
    """The code-point offset of a UTF-16 offset; one inside a surrogate pair counts as the pair's start."""
    units = 0
    for i, c in enumerate(text):
        units += 2 if ord(c) > 0xFFFF else 1
        if units > offset_utf16:
            return i
    return len(text)


def visible_parts(span: Span, hidden: Sequence[Span]) -> list[Span]:
    """``span`` without the ``hidden`` spans (sorted, disjoint) inside it."""
    parts, at = [], span.start
    first = bisect.bisect_left(hidden, span.start, key=lambda h: h.end)
    for h in hidden[first:]:
        if h.start >= span.end:
            break
        if h.start > at:
            parts.append(Span(at, h.start))
        at = max(at, h.end)
    if at < span.end:
        parts.append(Span(at, span.end))
    return parts


@dataclass(frozen=True, slots=True)
class Surface:
    """The words of a span as a reader sees them, and where each character stands in the article.

    text: without markup, white space collapsed. at: for every character of ``text`` its code-point offset in the article.
    """

    text: str
    at: tuple[int, ...]
    hidden: tuple[Span, ...]

    def spans(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The article's code-point ranges behind ``text[start:end]`` (not empty), without those of white space between markup."""
        whole = Span(self.at[start], self.at[end - 1] + 1)
        return tuple((part.start, part.end) for part in visible_parts(whole, self.hidden) if self._of(part).strip())

    def _of(self, part: Span) -> str:
        return self.text[bisect.bisect_left(self.at, part.start) : bisect.bisect_left(self.at, part.end)]


def surface(text: str, span: Span, hidden: Sequence[Span]) -> Surface:
    """The surface of ``span``, for patterns that must see words and not markup."""
    characters: list[str] = []
    at: list[int] = []
    for part in visible_parts(span, hidden):
        for offset in range(part.start, part.end):
            if not text[offset].isspace():
                characters.append(text[offset])
                at.append(offset)
            elif characters and characters[-1] != " ":
                characters.append(" ")
                at.append(offset)
    if characters and characters[-1] == " ":
        characters.pop()
        at.pop()
    return Surface("".join(characters), tuple(at), tuple(h for h in hidden if h.start < span.end and h.end > span.start))


def visible_text(text: str, span: Span, hidden: Sequence[Span]) -> str:
    """The words of ``span`` without markup, white space collapsed to single spaces."""
    return squeeze("".join(part.of(text) for part in visible_parts(span, hidden)))


def squeeze(text: str) -> str:
    """White space of every kind collapsed to single spaces, none at the ends."""
    return " ".join(text.split())


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space at either end, or None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def fold(text: str) -> str:
    """For comparing only: lower case, plain quotes and dashes, no accents, single spaces. Lengths change: never for offsets."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLD))
    return squeeze("".join(c for c in plain if not unicodedata.combining(c)).casefold())


def words(text: str) -> list[str]:
    """Folded words and figures in order ('5,100' and '5.1' stay whole)."""
    return re.findall(r"[^\W_]+(?:[.,'][^\W_]+)*", fold(text))


def merge(spans: Iterable[Span]) -> list[Span]:
    """The union of spans as sorted, disjoint spans."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


_COMMONEST = frozenset(
    "a an the of in on at by for with from to and or but as is are was were be been being it its this that these those he she they his her"
    " their has have had will would can could which who whom also".split()
)
_ENDINGS = re.compile(r"(?<=[^\W\d_]{3})(?:'s|ies|ing|ed|es|s|d|e)$")


def stem(word: str) -> str:
    """A folded word without its commonest ending ('revives', 'revived' -> 'reviv'): for finding, never for showing."""
    return _ENDINGS.sub("", word) or word


def content_words(text: str) -> list[str]:
    """A text's words in order, folded, without the commonest ones; figures whole."""
    return [w for w in words(text) if w not in _COMMONEST]


def terms(text: str) -> list[str]:
    """Stems of a text's content words in order."""
    return [stem(w) for w in content_words(text)]
