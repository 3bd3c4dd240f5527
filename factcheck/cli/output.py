"""Standard output as a terminal that says when its reader has gone away."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def standard_output() -> Console:
    """The console that reports are printed on; raises BrokenPipeError where rich would end the process itself."""
    from rich.console import Console

    class Stdout(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Stdout(file=sys.stdout, markup=False, highlight=False, emoji=False)
