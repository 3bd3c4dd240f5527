"""`factcheck`: dispatches to the commands, and turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable
from enum import IntEnum
from importlib import import_module

import click

from factcheck import __version__
from factcheck.errors import FactcheckError, InputError

#: Command -> (module, one line of help). Modules are imported when their command runs, so `--help` stays fast.
COMMANDS = {
    "run": ("factcheck.cli.run", "Check the claims of articles against each other."),
    "explain": ("factcheck.cli.explain", "Show what one verdict of a JSON report rests on."),
    "diff": ("factcheck.cli.diff", "Tell what is new between two JSON reports."),
    "split": ("factcheck.cli.split", "Print the claims of articles."),
    "eval": ("factcheck.cli.eval", "Measure a model on labelled pairs, or the whole tool on gold clusters."),
    "models": ("factcheck.cli.models", "Show the embedded model and what --model takes."),
    "schema": ("factcheck.cli.schema", "Print the JSON Schema of the JSON report."),
    "lsp": ("factcheck.cli.lsp", "Check articles in a text editor, as they are written (a language server)."),
    "train": ("factcheck.cli.train", "Train the embedded NLI model from a recipe."),
}


class ExitStatus(IntEnum):
    """What the exit code says."""

    OK = 0  # nothing at or above --fail-on
    FINDINGS = 1
    USAGE = 2  # usage, configuration or model
    SOME_FAILED = 3  # finished, but some inputs could not be used
    INTERNAL = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141  # the reader of standard output went away


class Commands(click.Group):
    """Loads a command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, prog_name="factcheck")
def cli() -> None:
    r"""Check news articles on one event against each other: which claims collide, and where precisely.

    Works offline with the model inside the package. Results go to standard output, everything else to standard error.

    \b
    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration,
                3 finished but some inputs failed, 70 internal error, 130 interrupted,
                141 the reader of standard output went away.
    """


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal in another encoding must not end the report half-way.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_status())


def standard_input(paths: Iterable[str]) -> bytes | None:
    """The bytes of standard input if a path is "-", up to one more than any reader takes."""
    from factcheck.sources import LIMIT_BYTES

    return sys.stdin.buffer.read(LIMIT_BYTES + 1) if "-" in paths else None


def _status() -> int:
    from factcheck.reports.clean import terminal as clean

    try:
        # Not cli.main(): it would turn a closed pipe into exit code 1, which here means findings.
        with cli.make_context("factcheck", sys.argv[1:]) as context:
            result = cli.invoke(context)
        sys.stdout.flush()
        return int(result) if isinstance(result, int) else int(ExitStatus.OK)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return ExitStatus.INTERRUPTED
    except click.ClickException as err:
        err.show()
        return ExitStatus.USAGE
    except BrokenPipeError:
        # The reader went away (`factcheck run … | head`): say nothing, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.BROKEN_PIPE
    except FactcheckError as err:
        click.echo(f"error: {clean(str(err))}", err=True)
        return ExitStatus.SOME_FAILED if isinstance(err, InputError) else ExitStatus.USAGE
    except Exception:
        click.echo(clean(traceback.format_exc(), newlines=True), err=True)
        click.echo("internal error: this is a bug in factcheck, not in your articles; please report the lines above", err=True)
        return ExitStatus.INTERNAL
