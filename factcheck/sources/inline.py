"""Markdown inside a paragraph: which code points are markup and not words. Every pass is linear in the paragraph's length."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from factcheck.types import Span

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])(.)", re.S)
_TICKS = re.compile(r"`+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]{1,2000}>", re.I)
_TARGET = r"(?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\[\]\n]{0,200}\])"
_IMAGE = re.compile(r"!\[[^\[\]]{0,1000}\]" + _TARGET)
_LINK = re.compile(r"\[([^\[\]]{0,2000})\](" + _TARGET + ")")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]")
_RUN = re.compile(r"\*+|_+|~~")
_GONE = "\0"


def hidden_spans(text: str, start: int, end: int) -> list[Span]:
    """The markup within ``text[start:end]``, sorted and disjoint.

    Emphasis marks, link brackets and targets, images, tags, code ticks, escapes, footnote marks. Words inside links, emphasis and
    code stay visible.
    """
    source = text[start:end]
    work = list(source)
    found: list[tuple[int, int]] = []

    def hide(a: int, b: int, *, taken: int | None = None) -> None:
        """Hide a..b; up to ``taken`` later passes see nothing either."""
        found.append((a, b))
        for i in range(a, b if taken is None else taken):
            work[i] = _GONE

    for m in _ESCAPE.finditer(source):
        hide(m.start(), m.start() + 1, taken=m.end())
    for (a, b), (c, d) in _code("".join(work)):
        hide(a, b, taken=d)
        found.append((c, d))
    for m in _AUTOLINK.finditer("".join(work)):
        hide(m.start(), m.start() + 1, taken=m.end())
        found.append((m.end() - 1, m.end()))
    for a, b in _comments("".join(work)):
        hide(a, b)
    for pattern in (_TAG, _IMAGE):
        for m in pattern.finditer("".join(work)):
            hide(m.start(), m.end())
    for m in _LINK.finditer("".join(work)):
        hide(m.start(), m.start() + 1)
        hide(m.end(1), m.end())
    for m in _FOOTNOTE.finditer("".join(work)):
        hide(m.start(), m.end())
    for a, b in _emphasis("".join(work)):
        hide(a, b)
    return _merged(found, start)


def _merged(found: list[tuple[int, int]], start: int) -> list[Span]:
    # On plain pairs and not with text.merge: hostile files hold millions, and comparing Spans takes ten times as long.
    out: list[tuple[int, int]] = []
    for a, b in sorted(found):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return [Span(start + a, start + b) for a, b in out]


def _code(work: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of equally long runs of ticks, each as ((start, end), (start, end))."""
    runs = [m.span() for m in _TICKS.finditer(work)]
    by_length: dict[int, list[int]] = defaultdict(list)
    for i in range(len(runs) - 1, -1, -1):
        by_length[runs[i][1] - runs[i][0]].append(i)
    pairs, i = [], 0
    while i < len(runs):
        same = by_length[runs[i][1] - runs[i][0]]
        while same and same[-1] <= i:
            same.pop()
        if same:
            pairs.append((runs[i], runs[same[-1]]))
            i = same[-1]
        i += 1
    return pairs


def _comments(work: str) -> Iterator[tuple[int, int]]:
    # Not a pattern: for every unclosed "<!--" it would search to the end of the text.
    end = 0
    while (start := work.find("<!--", end)) >= 0 and (close := work.find("-->", start + 4)) >= 0:
        end = close + 3
        yield start, end


def _emphasis(work: str) -> list[tuple[int, int]]:
    """The matched emphasis marks. Openers and closers as in CommonMark; matched with the nearest opener of the same sign."""
    out: list[tuple[int, int]] = []
    open_runs: dict[str, list[list[int]]] = {"*": [], "_": [], "~": []}
    for m in _RUN.finditer(work):
        before, after = work[m.start() - 1 : m.start()], work[m.end() : m.end() + 1]
        opens, closes = _flanking(before, after, m[0][0])
        a, b = m.span()
        stack = open_runs[m[0][0]]
        while closes and a < b and stack:
            opener = stack[-1]
            count = min(b - a, opener[1] - opener[0])
            out += [(opener[1] - count, opener[1]), (a, a + count)]
            opener[1] -= count
            a += count
            if opener[0] == opener[1]:
                stack.pop()
        if opens and a < b:
            stack.append([a, b])
    return out


def _flanking(before: str, after: str, sign: str) -> tuple[bool, bool]:
    space_before, space_after = not before or before.isspace(), not after or after.isspace()
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    if sign == "_":  # snake_case is one word
        return left and (not right or mark_before), right and (not left or mark_after)
    return left, right


def _is_mark(char: str) -> bool:
    return bool(char) and char != _GONE and not char.isalnum() and not char.isspace()
