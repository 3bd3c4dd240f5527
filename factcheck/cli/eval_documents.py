"""`factcheck eval --verify`: claims against whole documents, and the figures as lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.reports.clean import terminal as clean

if TYPE_CHECKING:
    from factcheck.measuring.documents import Question
    from factcheck.models.protocol import NLIModel

#: Seconds between two lines of progress.
_EVERY = 30.0


def read(source: str, pairs: Callable[[str], tuple[str, list[dict[str, Any]]]], *, group: str | None, by: str | None) -> list[Question]:
    """The rows of a file, or of a data set as ``pairs`` opens it. Raises InputError E130, E131."""
    from factcheck.measuring.documents import questions, read_questions
    from factcheck.models.pairsets import PREFIX

    if source.startswith(PREFIX):
        return questions(source, pairs(source)[1], group=group, by=by)
    return read_questions(Path(source), group=group, by=by)


def measure(name: str, asked: Sequence[Question], model: NLIModel, *, quiet: bool) -> dict[str, Any]:
    """The figures of one source, with a line on standard error every half a minute."""
    from factcheck.measuring.documents import measure_documents

    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if not quiet and time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            click.echo(f"{clean(name)}: {done}/{total}", err=True)

    return measure_documents(asked, model, tell)


def table(name: str, figures: dict[str, Any]) -> Iterator[str]:
    """The lines of one source."""
    f = figures
    left_out = f", {f['unread']} left out: claim too long" if f["unread"] else ""
    yield f"{clean(name)}: {f['rows']} rows{left_out}, {f['rows_per_s']:.2f} rows/s"
    yield f"  {_line(f)}"
    if f["thresholds"]:
        one, other = f["thresholds"]
        yield f"  cross-fitted: each half of the documents judged by the other's best threshold, {one:.3f} and {other:.3f}"
    for kind, part in f.get("by", {}).items():
        yield f"  {clean(kind):24s} {_line(part)}"


def _line(f: dict[str, Any]) -> str:
    figures = {"balanced accuracy at .5": "balanced_accuracy", "cross-fitted": "balanced_accuracy_cross_fitted", "AUC": "auroc"}
    shown = "  ".join(f"{words} {'-' if f[key] is None else format(f[key], '.3f')}" for words, key in figures.items())
    return f"{f['claims']:5d} claims, {f['entailed']:.0%} entailed  {shown}" if f["claims"] else "no claim that could be read"
