"""Laying out cleaned text in a terminal: signs, wrapping with a hanging indent, headings. Knows nothing of verdicts.

Every string from outside enters through :meth:`Page.text`, which cleans it, so a page cannot hold anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from factcheck.reports import clean
from factcheck.reports.phrases import SIGNS

#: Longer lines are hard to read however wide the window is.
MAX_MEASURE = 120
#: Cells of a bar that shows a share.
METER = 5
#: Below this the hanging indents would leave no room for words.
MIN_MEASURE = 30


@dataclass(frozen=True, slots=True)
class Signs:
    """The few characters that are ours. A sign always stands beside a word, and the ASCII set reads as well."""

    contradicted: str = SIGNS["contradicted"]
    disputed: str = SIGNS["disputed"]
    unsupported: str = SIGNS["unsupported"]
    supported: str = SIGNS["supported"]
    failed: str = "!"
    bar: str = "│"
    rule: str = "─"
    dot: str = "·"
    more: str = "…"
    arrow: str = "→"
    opening: str = "“"
    closing: str = "”"
    marked: str = "«"
    unmarked: str = "»"
    full: str = "━"
    half: str = "╾"
    empty: str = "─"


ASCII = Signs("x", "!=", "?", "+", "!", "|", "-", "-", "...", "->", '"', '"', ">>", "<<", "=", "-", ".")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line of facts. One that must stay whole (a path that terminals make a link of) may run over the edge."""

    text: Text
    whole: bool = False


class Page:
    """Lines of cleaned text for one console, made to its width and its encoding."""

    def __init__(self, console: Console) -> None:
        self.width = max(MIN_MEASURE, min(console.width, MAX_MEASURE))
        unicode = console.encoding.startswith("utf")
        self.signs = Signs() if unicode else ASCII
        self._encoding = None if unicode else console.encoding
        self.lines: list[Text] = []

    def text(self, s: str, style: str = "") -> Text:
        """``s`` cleaned for this console, on one line."""
        return Text(clean.terminal(clean.one_line(s), encoding=self._encoding), style, end="")

    def quoted(self, s: str, style: str = "") -> Text:
        """``s`` cleaned, in quotation marks."""
        return self.join("", [self.sign("opening"), self.text(s, style), self.sign("closing")])

    def sign(self, name: str, style: str = "") -> Text:
        """One of our own characters."""
        return Text(getattr(self.signs, name), style, end="")

    def join(self, separator: str, parts: Sequence[Text]) -> Text:
        """The parts in one line with ``separator`` between them."""
        return Text(separator, end="").join(parts)

    def meter(self, share: float, style: str = "") -> Text:
        """A bar of :data:`METER` cells for a share, 0..1: so many are full, to the half and rounded down, so that all means all."""
        full, half = divmod(min(2 * METER, max(0, int(share * 2 * METER))), 2)
        filled = self.signs.full * full + self.signs.half * half
        return Text.assemble((filled, style), (self.signs.empty * (METER - full - half), "dim"), end="")

    def blank(self) -> None:
        """One empty line, never two together, none at the top."""
        if self.lines and self.lines[-1].plain:
            self.lines.append(Text(end=""))

    def put(self, body: Text, *, first: Text | None = None, rest: Text | None = None) -> None:
        """``body`` wrapped, its first line after ``first`` and the others after ``rest`` (default: as much white space)."""
        first = Text(end="") if first is None else first
        rest = Text(" " * first.cell_len, end="") if rest is None else rest
        for i, line in enumerate(wrap(body, self.width - max(first.cell_len, rest.cell_len))):
            self._add(Text.assemble(rest if i else first, line, end=""))

    def put_pieces(self, pieces: Sequence[Piece], *, first: Text, rest: Text) -> None:
        """Pieces with dots between them, as many to a line as fit; a piece is broken only if it is wider than a line."""
        rows: list[list[Piece]] = []
        used = 0
        for piece in pieces:
            width = piece.text.cell_len
            if rows and used + 3 + width <= self.width:
                rows[-1].append(piece)
                used += 3 + width
            else:
                used = (rest if rows else first).cell_len + width
                rows.append([piece])
        dot = self.join("", [Text(" "), self.sign("dot", "dim"), Text(" ")])
        for row in rows:
            line = dot.join(piece.text for piece in row)
            parts = [line] if any(piece.whole for piece in row) else wrap(line, self.width - max(first.cell_len, rest.cell_len))
            for part in parts:
                self._add(Text.assemble(first, part, end=""))
                first = rest

    def heading(self, left: Text, right: Text) -> None:
        """``left`` and ``right`` with a rule between them, or under each other where they do not fit."""
        gap = self.width - left.cell_len - right.cell_len - 2
        if gap >= 3:
            rule = Text(self.signs.rule * gap, "dim", end="")
            self._add(self.join(" ", [left, rule, right]))
        else:
            self._add(left)
            self.put(right)

    def _add(self, line: Text) -> None:
        line.rstrip()
        line.end = ""
        self.lines.append(line)


def wrap(body: Text, width: int) -> list[Text]:
    """``body`` in lines of at most ``width`` cells, cut between words, or inside a word that is longer than a line.

    rich's own wrapping crops what it misjudges (joined emoji); here a line may at worst be a cell too long, but no word is lost.
    """
    cuts: list[int] = []
    used = 0
    for match in re.finditer(r"\s*\S+\s*", body.plain):
        word, at = match[0].rstrip(), match.start()
        if used and used + cell_len(word) > width:
            cuts.append(at)
            used = 0
        if cell_len(word) > width:
            word_cuts, used = _fold(word, at, width)
            cuts += word_cuts
            used += len(match[0]) - len(word)
        else:
            used += cell_len(match[0])
    lines = list(body.divide(cuts)) if cuts else [body]
    for line in lines:
        line.rstrip()
        line.end = ""
    return lines


def _fold(word: str, at: int, width: int) -> tuple[list[int], int]:
    """Where to cut a word that starts at offset ``at``, and the width of what is left after the last cut."""
    cuts: list[int] = []
    used = 0
    for i, c in enumerate(word):
        cells = cell_len(c)
        if used + cells > width:
            cuts.append(at + i)
            used = 0
        used += cells
    return cuts, used
