"""The articles that a draft is checked against: those beside it in its folder, or those that the settings name."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import ConfigError, InputError
from factcheck.sources import expand, is_article, read
from factcheck.sources.reading import SUFFIXES, read_bytes
from factcheck.types import Article

#: Articles of a folder that a draft is checked against unasked. A home folder full of notes is no coverage of one event.
MOST_BESIDE = 50


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a draft is checked against. stamp: another one if the file may have changed. articles: none if ``error`` is set."""

    path: Path
    stamp: tuple[object, ...]
    articles: tuple[Article, ...] = ()
    error: InputError | None = None


class Shelf:
    """Reads sources and keeps them until they change. root: the folder from which paths are named, if there is one."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self._kept: dict[Path, Source] = {}

    def name(self, path: Path) -> str:
        """A path as a person would write it: from the root where it is below it."""
        below = self.root is not None and path.is_relative_to(self.root)
        return str(path.relative_to(self.root)) if below and self.root is not None else str(path)

    def draft(self, path: Path, text: str) -> Article | None:
        """The open document as an article whose text is ``text``; None if it is no text or Markdown article, or has no prose."""
        if SUFFIXES.get(path.suffix.lower()) not in ("text", "markdown"):
            return None
        try:
            (article,) = read(self.name(path), _bytes(text))
        except InputError:
            return None  # an empty file, and an article's first line, are no errors
        return article if article.plain and len(article.text) == len(text) else None

    def source(self, path: Path, unsaved: Mapping[Path, str]) -> Source:
        """A source: the text in the editor if it is open there, else the file's."""
        text = unsaved.get(path)
        stamp = ("open", text) if text is not None else _stamp(path)
        kept = self._kept.get(path)
        if kept is None or kept.stamp != stamp:
            try:
                kept = Source(path, stamp, read(self.name(path), read_bytes(str(path)) if text is None else _bytes(text)))
            except InputError as error:
                kept = Source(path, stamp, error=error)
            self._kept[path] = kept
        return kept


def paths(draft: Path, named: Sequence[str]) -> list[Path]:
    """The files that a draft is checked against: those ``named`` (files and folders), else those in its own folder, without it.

    Raises ConfigError E231 if more than MOST_BESIDE lie in the folder, InputError E108 for a named folder without articles.
    """
    if named:
        found = (Path(os.path.normpath(file)) for file in expand(named).files)
        return [path for path in found if path.resolve() != draft.resolve()]
    try:
        inside = sorted(draft.parent.iterdir())
    except OSError:  # a document of a folder that is yet to be made
        return []
    beside = [path for path in inside if not path.name.startswith(".") and path != draft and is_article(path)]
    if len(beside) > MOST_BESIDE:
        step = 'name those to check against in factcheck.toml: sources = ["folder", "file.md"]'
        raise ConfigError("E231", f"{draft.parent}: {len(beside)} files beside the open article, at most {MOST_BESIDE} are read", step)
    return beside


def _bytes(text: str) -> bytes:
    # The mark keeps the decoder from guessing. A lone surrogate, which no file can hold, becomes one sign: offsets stay right.
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _stamp(path: Path) -> tuple[object, ...]:
    try:
        info = path.stat()
    except OSError:
        return ("gone",)
    return (info.st_mtime_ns, info.st_size, info.st_ino)
