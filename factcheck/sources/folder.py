"""What a user named -> the files to read. A folder stands for its articles; what else is in it is listed as passed over."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import InputError
from factcheck.sources.own import HEAD, is_own_report
from factcheck.sources.reading import SUFFIXES, read_bytes
from factcheck.sources.wordpress import is_article_json

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Expansion:
    """files: what to read, in the order named, folders sorted by path. passed_over: files in folders that are no articles.

    Our own reports are none: what they quote would support and deny every claim of the folder they lie in.
    """

    files: tuple[str, ...]
    passed_over: tuple[str, ...]


def expand(paths: Sequence[str]) -> Expansion:
    """The files that the named paths stand for, each once.

    A named file is kept whatever it is, and one that does not exist is kept too (``read`` raises its error). Folders are searched
    to any depth; hidden files are left alone, symbolic links and files of other kinds are passed over.

    Raises InputError E108 for a folder without any article.
    """
    files: dict[str, str] = {}  # real path -> path as named
    passed_over: dict[str, str] = {}
    for path in paths:
        if path != STDIN and _is_folder(path):
            inside, other = _search(path)
            if not inside:
                found = f"{len(other)} files of other kinds" if other else "it is empty"
                step = "name a folder with text, Markdown, HTML or JSON articles"
                raise InputError("E108", f"{path}: no article in this folder ({found})", step)
            for name in inside:
                files.setdefault(_identity(name), name)
            for name in other:
                passed_over.setdefault(_identity(name), name)
        else:
            files.setdefault(_identity(path), path)
    return Expansion(tuple(files.values()), tuple(name for key, name in passed_over.items() if key not in files))


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except ValueError:  # a NUL in the name
        return False


def _identity(path: str) -> str:
    if path == STDIN:
        return path
    try:
        return os.path.realpath(path)
    except (ValueError, OSError):
        return path


def _search(folder: str) -> tuple[list[str], list[str]]:
    """(articles, other files) below a folder, each sorted by path."""
    inside: list[Path] = []
    other: list[Path] = []

    def unreadable(error: OSError) -> None:
        other.append(Path(error.filename))

    for at, folders, names in os.walk(folder, onerror=unreadable, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        other += [link for name in folders if (link := Path(at, name)).is_symlink()]
        for name in names:
            if not name.startswith("."):
                path = Path(at, name)
                (inside if is_article(path) else other).append(path)
    # Path compares part by part, so that a folder's files stay together.
    return [str(path) for path in sorted(inside)], [str(path) for path in sorted(other)]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def is_article(path: Path) -> bool:
    """Whether a file found in a folder is one to read: of a kind that we read, no link, no report of ours, no other JSON."""
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None or path.is_symlink() or not path.is_file():
        return False
    try:
        return is_article_json(read_bytes(str(path))) if kind == "json" else not is_own_report(_head(path))
    except (InputError, OSError):
        return True  # the reader says what is wrong: too large, unreadable
