"""`factcheck explain`."""

from __future__ import annotations

import json
import sys

import click

from factcheck.cli.main import ExitStatus
from factcheck.cli.output import standard_output


@click.command("explain")
@click.argument("report", metavar="REPORT.json")
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The finding as it stands in the report.")
def command(report: str, name: str, as_json: bool) -> int:
    r"""Show what one verdict rests on: every passage considered, and what became of it.

    REPORT.json is what factcheck run -f json=REPORT.json wrote (- for standard input). ID is a claim's id in it; where several articles
    have that id, the article's number or path stands before it. The place that the terminal report shows will do too.

    \b
    factcheck explain report.json c12
    factcheck explain report.json 2:c12
    factcheck explain report.json b.md:c12
    factcheck explain report.json b.md:27:1
    """
    from factcheck.reports.clean import json_text
    from factcheck.reports.readback import load, read
    from factcheck.reports.trail import find, trail

    shown = "standard input" if report == "-" else report
    loaded = read(sys.stdin.buffer.read(), shown) if report == "-" else load(report)
    found = find(loaded, name, shown)
    if as_json:
        click.echo(json_text(json.dumps(found.claim, ensure_ascii=False, indent=1)))
        return ExitStatus.OK
    explained = trail(loaded, found, shown)

    from factcheck.reports.explain import print_to

    print_to(standard_output(), explained)
    return ExitStatus.OK
