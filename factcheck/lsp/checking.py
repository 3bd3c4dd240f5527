"""One draft against its sources: what the worker thread of the language server does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.config import Config, load_config
from factcheck.errors import InputError
from factcheck.lsp.sources import Shelf, paths
from factcheck.types import Report

if TYPE_CHECKING:
    from factcheck.judging import Judge, Progress


class SupersededError(Exception):
    """The work is no longer wanted: there is a newer draft, or somebody stopped it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article open in an editor. unsaved: the texts of all open documents by path."""

    path: Path
    text: str
    unsaved: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a draft. text: the draft's, in which all offsets of the report's first article are offsets.

    report: None where there was nothing to check or nothing to check it against. files: of the report's articles. unread: sources that
    could not be used. key: what the outcome depends on; another check with the same would say the same.
    """

    text: str
    report: Report | None
    files: tuple[Path, ...]
    unread: tuple[InputError, ...]
    key: object


class Checker:
    """Checks drafts, one at a time; keeps models, sources and scores, so that only what changed is worked on again.

    environment: where settings may stand beside factcheck.toml. flags: settings that beat both. open_judge: opens the model that the
    settings name; called once for each model.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        flags: Mapping[str, str | None] | None = None,
        open_judge: Callable[[Config], Judge] | None = None,
    ) -> None:
        self.shelf = Shelf()
        self._environment, self._flags = environment, flags or {}
        self._open_judge = open_judge or _open_judge
        self._judges: dict[tuple[object, ...], Judge] = {}
        self._stop = threading.Event()

    def __call__(self, draft: Draft, last: Checked | None, stop: threading.Event, tell: Progress) -> Checked:
        """Check ``draft``; ``last`` again if nothing changed since.

        stop: set from another thread, ends the work with SupersededError. Raises FactcheckError for settings, sources or a model that
        cannot be used; a source that cannot be read is only listed.
        """
        self._stop = stop
        article = self.shelf.draft(draft.path, draft.text)
        if article is None:
            return Checked(draft.text, None, (), (), draft.text)
        config = load_config(draft.path.parent, self._environment, **self._flags)
        sources = [self.shelf.source(path, draft.unsaved) for path in paths(draft.path, config.sources)]
        key = draft.text, config, tuple((source.path, source.stamp) for source in sources)
        if last is not None and last.key == key:
            return last
        unread = tuple(source.error for source in sources if source.error is not None)
        numbered = [(source.path, other) for source in sources for other in source.articles]
        if not numbered:
            return Checked(draft.text, None, (), unread, key)

        def told(stage: str, done: int, total: int) -> None:
            self._go_on()
            tell(stage, done, total)

        # Here, so that the editor need not wait for it.
        from factcheck.ignores import mark_ignored
        from factcheck.pipeline import check

        against = [other for _, other in numbered]
        report = check([article], against=against, model=self._judge(config, told), config=config, progress=told)
        return Checked(draft.text, mark_ignored(report, config.ignore), (draft.path, *(path for path, _ in numbered)), unread, key)

    def _judge(self, config: Config, tell: Progress) -> Judge:
        from factcheck.judging import Judge
        from factcheck.models.remembered import Remembered

        key = config.model, config.precision, config.false_alarms
        if key not in self._judges:
            tell("load", 0, 1)
            judge = self._open_judge(config)
            tell("load", 1, 1)
            scout = Remembered(judge.scout, between=self._go_on) if judge.scout else None
            self._judges[key] = Judge(Remembered(judge.model, between=self._go_on), scout, false_alarms=config.false_alarms)
        return self._judges[key]

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise SupersededError


def _open_judge(config: Config) -> Judge:
    from factcheck.judging import Judge

    return Judge.open(None, config)
