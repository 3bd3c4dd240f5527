"""The progress display: on standard error, only in a terminal, and only for work of more than a second."""

from __future__ import annotations

import time
from types import TracebackType

from factcheck.types import STAGES


class Display:
    """A callable (stage, done, total) for :func:`factcheck.pipeline.check`; a context manager that takes the display away."""

    def __init__(self, *, quiet: bool = False) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self._quiet = quiet or not self._console.is_terminal
        self._started = time.monotonic()
        self._status: object | None = None

    def __enter__(self) -> Display:
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._quiet or (self._status is None and stage != "load" and time.monotonic() - self._started < 1):
            return
        from rich.status import Status

        percent = f" {100 * done // total} %" if total > 1 else ""
        line = f"{STAGES[stage]}{percent}"
        if self._status is None:
            self._status = Status(line, console=self._console)
            self._status.start()
        elif isinstance(self._status, Status):
            self._status.update(line)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        from rich.status import Status

        if isinstance(self._status, Status):
            self._status.stop()
