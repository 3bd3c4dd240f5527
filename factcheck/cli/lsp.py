"""`factcheck lsp`."""

from __future__ import annotations

import logging
import os
import sys

import click

from factcheck.errors import ConfigError
from factcheck.reports.clean import terminal as clean
from factcheck.types import PRECISIONS


class _Cleaned(logging.Formatter):
    """What is logged may quote an article or a message of the editor, and the log may be a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, its trace included."""
        return clean(super().format(record), newlines=True)


@click.command("lsp")
@click.option("--model", metavar="NAME|DIR", help="NLI model: a folder or the name of one already fetched.  [default: the embedded one]")
@click.option("--precision", type=click.Choice(PRECISIONS), help="Arithmetic of the model.  [default: mixed]")
def command(model: str | None, precision: str | None) -> int:
    """Check articles in a text editor, as they are written: a language server on standard input and output.

    An open text or Markdown article is checked against the articles beside it in its folder, or against those that factcheck.toml names:
    sources = ["wire", "press-release.md"]. Initialization option: {"unsupported": false} shows alarms only.
    """
    try:
        import pygls  # noqa: F401 - whether it is there
    except ImportError as err:
        raise ConfigError("E230", "the language server needs the pygls library", "pip install 'factcheck[lsp]'") from err

    from factcheck.lsp.checking import Checker
    from factcheck.lsp.server import serve

    # Nothing ever uses the network; the libraries read this when they are imported.
    os.environ["HF_HUB_OFFLINE"] = "1"
    log = logging.StreamHandler()
    log.setFormatter(_Cleaned())
    logging.basicConfig(level=logging.WARNING, handlers=[log])
    # Standard output is the protocol's alone: what any library prints goes to standard error.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as channel:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        checker = Checker(os.environ, {"model": model, "precision": precision})
        # The protocol: 1 if the editor went away without a word.
        return 0 if serve(checker, sys.stdin.buffer, channel) else 1
