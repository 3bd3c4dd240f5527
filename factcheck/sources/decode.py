"""Bytes to text: byte order mark, then declaration, then strict UTF-8, then a guess that is recorded as one."""

from __future__ import annotations

import codecs
import importlib
import re
from dataclasses import dataclass
from typing import Literal

from factcheck.errors import InputError
from factcheck.sources.binary import binary_format, has_controls

EncodingSource = Literal["given", "bom", "declared", "utf-8", "guessed"]

#: UTF-32 first: its little-endian mark begins with UTF-16's.
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']", re.I)
#: What pages declare -> codecs tried in order. An allow-list: Python also knows "codecs" that are no character sets.
#: As in browsers, Latin-1 and ASCII mean cp1252, and a UTF-16 declaration that could be read as ASCII is UTF-8.
_DECLARED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"), ("utf-8",)),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"), ("cp1252", "latin-1")),
    **dict.fromkeys(("windows-1252", "cp1252", "x-cp1252", "cp-1252"), ("cp1252", "latin-1")),
    **{f"windows-125{n}": (f"cp125{n}",) for n in "01345678"},
    **{f"iso-8859-{n}": (f"iso8859-{n}",) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{name: (name,) for name in ("koi8-r", "koi8-u", "big5", "euc-jp", "euc-kr", "iso-2022-jp", "gb18030")},
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), ("gb18030",)),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "windows-31j"), ("cp932",)),
    **dict.fromkeys(("macintosh", "x-mac-roman"), ("mac-roman",)),
}
#: Letters, typographic marks and currency: what cp1252 text of a European language holds beyond ASCII.
_WESTERN = re.compile(r"[^\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ffŒœŠšŽžŸ€£§©®°«»‘’‚“”„–—…•·\xa0\xad¡¿½²³]")
_SAMPLE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte order mark, its encoding, how that was found, and what a reader must know about it."""

    text: str
    encoding: str
    source: EncodingSource
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str, *, html: bool = False) -> Decoded:
    """The text of a file. ``name`` is used in messages; ``html`` makes declarations inside the page count.

    Raises InputError: E103 empty or white space only, E104 not text, E106 no encoding fits.
    """
    if not data.strip():
        raise InputError("E103", f"{name}: empty file", "save the article's text into it, or leave it out")
    if found := binary_format(data):
        raise InputError("E104", f"{name}: {found[0]}, not a text file", found[1])
    decoded = _by_bom(data, name) or _wide_without_bom(data)
    if decoded is None:
        if b"\0" in data or has_controls(data):
            raise InputError("E104", f"{name}: binary data, not a text file", "name a text, Markdown, HTML or JSON file")
        decoded = _by_content(data, name, declared_encoding(data) if html else None)
    if "\0" in decoded.text:
        raise InputError("E104", f"{name}: binary data, not a text file", "name a text, Markdown, HTML or JSON file")
    if not decoded.text.strip("\ufeff\u200b \t\r\n\f\v"):
        raise InputError("E103", f"{name}: empty file", "save the article's text into it, or leave it out")
    return decoded


def declared_encoding(data: bytes) -> str | None:
    """The label that a page declares in its first 4096 bytes (XML declaration or meta element), lower case, or None."""
    match = _XML.search(data[:512]) or _META.search(data[:4096])
    return match[1].decode("ascii").lower() if match else None


def _by_bom(data: bytes, name: str) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(encoding), encoding, "bom")
            except UnicodeDecodeError as error:
                step = "save it again as UTF-8"
                raise InputError("E106", f"{name}: marked as {encoding} but breaks at byte {error.start}", step) from error
    return None


def _wide_without_bom(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: about every second byte is NUL, always on the same side."""
    sample = data[: _SAMPLE_BYTES & ~1]
    if len(data) % 2 or b"\0" not in sample:
        return None
    for encoding, nul_side, other in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        nul, wrong = sample[nul_side::2].count(0), sample[other::2].count(0)
        if nul * 2 > len(sample) // 2 and not wrong:
            try:
                return Decoded(data.decode(encoding), encoding, "guessed", (f"encoding guessed as {encoding}",))
            except UnicodeDecodeError:
                return None
    return None


def _by_content(data: bytes, name: str, label: str | None) -> Decoded:
    notes: list[str] = []
    codecs_declared = _DECLARED.get(label or "", ())
    utf8 = _try(data, "utf-8")
    # Bytes beyond ASCII that are valid UTF-8 are so by design, whatever a copied page header says.
    if utf8 is not None and not (codecs_declared and data.isascii()) and codecs_declared not in ((), ("utf-8",)):
        return Decoded(utf8, "utf-8", "utf-8", (f"declared as {label}, but it is UTF-8",))
    for encoding in codecs_declared:
        if (text := _try(data, encoding)) is not None:
            return Decoded(text, encoding, "declared")
    if label:
        notes.append(f"declared as {label}, which does not fit")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8", tuple(notes) if codecs_declared else ())
    encoding, text = _guess(data, name)
    return Decoded(text, encoding, "guessed", (*notes, f"encoding guessed as {encoding}"))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes, name: str) -> tuple[str, str]:
    """cp1252 where the text looks Western; else what charset-normalizer makes of the first 64 KiB, if it fits the whole file."""
    western = _try(data, "cp1252")
    beyond_ascii = len(data) - len(data.translate(None, bytes(range(128, 256))))
    # A handful of odd bytes is too little for statistics, which then name rare code pages; the commonest one is likelier.
    if western is not None and (beyond_ascii < 20 or not _WESTERN.search(western)) and beyond_ascii * 4 < len(data):
        return "cp1252", western
    best = importlib.import_module("charset_normalizer").from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is not None and (text := _try(data, best.encoding)) is not None:
        return str(best.encoding), text
    if western is not None and beyond_ascii * 4 < len(data):
        return "cp1252", western
    raise InputError("E106", f"{name}: no character encoding fits its bytes", "save it again as UTF-8")
