"""`factcheck diff`."""

from __future__ import annotations

import sys

import click

from factcheck.cli.main import ExitStatus
from factcheck.cli.output import standard_output
from factcheck.errors import ConfigError


@click.command("diff")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option("--json", "as_json", is_flag=True, help="The difference as JSON.")
def command(old: str, new: str, as_json: bool) -> int:
    r"""Tell what is new between two JSON reports: alarms that came, alarms that are solved, and other verdicts.

    OLD.json and NEW.json are what factcheck run -f json=FILE wrote; one of them may be - for standard input. Exit code 1 if there is a new
    alarm, 0 if there is none.

    \b
    factcheck diff yesterday.json today.json
    git show HEAD:report.json | factcheck diff - report.json
    """
    from factcheck.reports import diff as reports_diff
    from factcheck.reports.readback import load, read

    if old == new == "-":
        raise ConfigError("E215", "standard input stands on both sides", "name - once")
    names = tuple("standard input" if given == "-" else given for given in (old, new))
    loaded = [read(sys.stdin.buffer.read(), "standard input") if given == "-" else load(given) for given in (old, new)]
    found = reports_diff.compare(loaded[0], loaded[1], (names[0], names[1]))
    if as_json:
        click.echo(reports_diff.as_json(found, (names[0], names[1])), nl=False)
    else:
        reports_diff.print_to(standard_output(), found, (names[0], names[1]))
    return ExitStatus.FINDINGS if found.new else ExitStatus.OK
