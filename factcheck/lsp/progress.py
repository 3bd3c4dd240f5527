"""The progress of one check in the editor: shown only for work of more than a second, and only where the editor can show it."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from factcheck.types import STAGES

_PATIENCE_S = 1.0


class Bar:
    """A callable (stage, done, total) for :func:`factcheck.pipeline.check`, called from the worker's thread.

    Made and ended in the loop's. cancelled: called in the loop when the editor's user stops the work.
    """

    def __init__(self, server: LanguageServer, title: str, cancelled: Callable[[], object]) -> None:
        window = server.client_capabilities.window
        self._able = bool(window and window.work_done_progress)
        self._server, self._title, self._cancelled = server, title, cancelled
        self._loop, self._started = asyncio.get_running_loop(), time.monotonic()
        self._token: str | None = None
        self._begun = self._ended = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._able:
            self._loop.call_soon_threadsafe(self._show, stage, done, total)

    def end(self) -> None:
        """Take the display away."""
        self._ended = True
        if self._begun and self._token is not None:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())

    def _show(self, stage: str, done: int, total: int) -> None:
        if self._ended or (stage != "load" and time.monotonic() - self._started < _PATIENCE_S):
            return
        if self._token is None:
            self._token = f"factcheck/{uuid.uuid4()}"
            self._server.work_done_progress.create(self._token, lambda _: self._begin(stage))
        elif self._begun:
            percentage = 100 * done // total if total > 1 else None
            report = types.WorkDoneProgressReport(message=STAGES[stage], percentage=percentage, cancellable=True)
            self._server.work_done_progress.report(self._token, report)

    def _begin(self, stage: str) -> None:
        """The editor has made room for the display."""
        if self._ended or self._token is None:
            return
        self._begun = True
        progress = self._server.work_done_progress
        progress.tokens[self._token].add_done_callback(lambda _: None if self._ended else self._cancelled())
        progress.begin(self._token, types.WorkDoneProgressBegin(self._title, message=STAGES[stage], percentage=0, cancellable=True))
