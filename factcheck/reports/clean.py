r"""The only door out: article text is hostile input, and what is printed passes through here first.

A page title can hold escape sequences that retitle the window, clear the screen or fake a verdict, and direction controls that
turn a sentence round. Nothing is dropped silently: what must not act is shown as ``\u{9B}``.
"""

from __future__ import annotations

import re
import unicodedata

#: Accents and vowel signs of real languages stack up to four marks; more is decoration that spills over other lines.
MAX_MARKS = 4

# Letters and marks that show nothing and so can hide text, though their category says that they are printable.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# A hyphenation hint that German web pages are full of: showing it would make their words unreadable, and it reads as nothing.
_SOFT_HYPHEN = "\xad"
# What English text is full of, for terminals that have no such characters.
_PLAINER = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "·": "-",
        "\xa0": " ",
        "\u202f": " ",
        "€": "EUR",
        "−": "-",
    }
)
_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
# Legal inside JSON, but acting on a terminal (C1), on reading order (bidi), or on an encoder (surrogates).
_ESCAPE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def terminal(s: str, *, newlines: bool = False, encoding: str | None = None) -> str:
    r"""``s`` with nothing in it that acts on a terminal or on reading order.

    Control characters, direction controls, zero-width and other format characters, line and paragraph separators, lone
    surrogates and noncharacters become ``\u{XX}``; a tab becomes a space; a newline stays only with ``newlines``; soft hyphens
    go; more than :data:`MAX_MARKS` combining marks in a row are cut with "…". With ``encoding``, what it cannot carry becomes a
    plain likeness or ``\u{XX}`` too. The result is for showing, never for offsets.
    """
    if not (s.isascii() and s.isprintable()):
        s = _limit_marks("".join(_shown(c, newlines=newlines) for c in s if c != _SOFT_HYPHEN))
    return s if encoding is None else _carried(s, encoding)


def one_line(s: str) -> str:
    """Line breaks, tabs and runs of blanks as one space each, as a quote is shown; other white space is for ``terminal``."""
    return re.sub("[ \t\r\n\f]+", " ", s)


def json_text(dumped: str) -> str:
    """JSON made with ``ensure_ascii=False`` so that it always encodes as UTF-8 and may be shown on a terminal.

    The characters concerned become JSON escapes, so a reader gets them back. Only a high surrogate directly followed by a low
    one (which no decoder makes) cannot be written in JSON as two code points: both become U+FFFD, which keeps offsets right.
    """
    whole = _SPLIT_PAIR.sub("\ufffd\ufffd", dumped)
    return _ESCAPE_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", whole)


def _shown(c: str, *, newlines: bool) -> str:
    if c.isprintable():
        return _escape(c) if c in _INVISIBLE else c
    if c == "\t":
        return " "
    if c == "\n" and newlines:
        return c
    # Other spaces are harmless; unassigned and private-use code points too: a newer Unicode may have made letters of them.
    harmless = unicodedata.category(c) in ("Zs", "Co", "Cn") and not _is_noncharacter(c)
    return c if harmless else _escape(c)


def _escape(c: str) -> str:
    return f"\\u{{{ord(c):X}}}"


def _is_noncharacter(c: str) -> bool:
    return ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF


def _limit_marks(s: str) -> str:
    if s.isascii():
        return s
    out: list[str] = []
    run = 0
    for c in s:
        run = run + 1 if unicodedata.category(c)[0] == "M" else 0
        if run <= MAX_MARKS:
            out.append(c)
        elif run == MAX_MARKS + 1:
            out.append("…")
    return "".join(out)


def _carried(s: str, encoding: str) -> str:
    if s.isascii() or _fits(s, encoding):
        return s
    likely = ((c if _fits(c, encoding) else c.translate(_PLAINER)) for c in s)
    return "".join(c if _fits(c, encoding) else _escape(c) for c in likely)


def _fits(s: str, encoding: str) -> bool:
    try:
        s.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
