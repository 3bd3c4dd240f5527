"""One file to its articles: size and kind first, then the reader for that kind."""

from __future__ import annotations

import os
import re
import stat
from pathlib import PurePath
from typing import Literal

from factcheck.errors import InputError
from factcheck.sources.decode import Decoded, decode
from factcheck.sources.markdown import has_front_matter, read_markdown
from factcheck.sources.text import read_text
from factcheck.types import Article

Kind = Literal["text", "markdown", "html", "json"]

#: Larger files are refused before they are read.
LIMIT_BYTES = 20 << 20
#: Suffixes of article files; in a folder, files of other suffixes are passed over.
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".json": "json",
}
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_ANY_TAG = re.compile(r"<[A-Za-z!/]")
_MARKDOWN = re.compile(r"(?:\ufeff)?#{1,3} \S")


def read(path: str, data: bytes | None = None) -> tuple[Article, ...]:
    """The articles of one file, at least one; a WordPress list holds several, all with the same ``path``.

    path: file name, used for the kind and in messages; "-" is standard input and needs ``data``. data: the file's bytes;
    None = read the file. Its kind follows from suffix and content: a page saved as .txt is still read as a page.

    Raises InputError: E101 no such file, E102 cannot be read, E103 empty, E104 no text file, E105 over LIMIT_BYTES,
    E106 no encoding fits, E107 JSON that is no article, E109 no article text in it, E110 extraction took too long.
    """
    if data is None:
        data = read_bytes(path)
    elif len(data) > LIMIT_BYTES:
        raise _too_large(path, len(data))
    suffix = suffix_of(path)
    named = SUFFIXES.get(suffix)
    decoded = decode(data, path, html=named == "html" or looks_like_page_bytes(data))
    kind = _kind(decoded.text, named)
    if kind == "json" or (named is None and decoded.text.lstrip()[:1] in ("{", "[")):
        from factcheck.sources.wordpress import read_json

        if kind == "json":
            return read_json(decoded, path)
        if articles := _json_if_it_is(decoded, path):
            return articles
    if kind == "html":
        from factcheck.sources.html import read_html

        return (read_html(decoded, path),)
    article = read_markdown(decoded, path) if kind == "markdown" else read_text(decoded, path)
    if not article.blocks:
        raise InputError("E109", f"{path}: no prose in it", "name a file that holds an article")
    return (article,)


def read_bytes(path: str) -> bytes:
    """A regular file's bytes. Raises InputError E101, E102 or E105; the size is checked before anything is read."""
    if path == "-":
        raise InputError("E102", "standard input was not handed over", "pass its bytes as data")
    try:
        with open(path, "rb", opener=_open_quickly) as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise InputError("E102", f"{path}: not a regular file", "name a file, or pipe its text to standard input (-)")
            if info.st_size > LIMIT_BYTES:
                raise _too_large(path, info.st_size)
            data = file.read(LIMIT_BYTES + 1)  # the file may be growing
    except FileNotFoundError as error:
        raise InputError("E101", f"{path}: no such file", "check the name") from error
    except IsADirectoryError as error:
        raise InputError("E102", f"{path}: a folder", "name the files in it") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("E102", f"{path}: cannot be read ({reason})", "check its permissions") from error
    except ValueError as error:  # a NUL in the name
        raise InputError("E101", "a file name with a NUL character in it", "check the name") from error
    if len(data) > LIMIT_BYTES:
        raise _too_large(path, len(data))
    return data


def suffix_of(path: str) -> str:
    """The file name's suffix in lower case, with its dot; "" if it has none."""
    return PurePath(path).suffix.lower()


def looks_like_page(text: str) -> bool:
    """Whether a text begins like an HTML page."""
    return bool(_PAGE.match(text[:4096].lstrip("\ufeff")))


def looks_like_page_bytes(data: bytes) -> bool:
    """The same for bytes whose encoding is not known yet."""
    return looks_like_page(data[:4096].decode("latin-1").removeprefix("\u00ef\u00bb\u00bf"))


def _open_quickly(path: str, flags: int) -> int:
    # Opening a named pipe would wait for its writer for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _too_large(path: str, size_bytes: int) -> InputError:
    found = f"{path}: {size_bytes / (1 << 20):.1f} MB, over the limit of {LIMIT_BYTES >> 20} MB"
    return InputError("E105", found, "cut it into single articles")


def _kind(text: str, named: Kind | None) -> Kind:
    if named == "json":
        return "json"
    if looks_like_page(text):
        return "html"
    if named == "html" and not _ANY_TAG.search(text):
        return "text"
    if named is None and (has_front_matter(text) or _MARKDOWN.match(text)):
        return "markdown"
    return named or "text"


def _json_if_it_is(decoded: Decoded, path: str) -> tuple[Article, ...] | None:
    """The articles of a file without a telling name that begins like JSON; None if it is none: prose may begin with a bracket."""
    from factcheck.sources.wordpress import read_json

    try:
        return read_json(decoded, path)
    except InputError as error:
        if error.code == "E107" and "not valid JSON" in error.problem:
            return None
        raise
