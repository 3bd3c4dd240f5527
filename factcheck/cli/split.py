"""`factcheck split`."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from factcheck.cli.main import ExitStatus


@click.command("split")
@click.argument("paths", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--json", "as_json", is_flag=True, help="JSON lines: one claim or one skipped stretch a line.")
def command(paths: Sequence[str], as_json: bool) -> int:
    """Print the claims of articles, and what in them is not checked."""
    from factcheck.claims import read_claims
    from factcheck.errors import InputError
    from factcheck.reports.clean import terminal as clean
    from factcheck.sources import expand, read

    status = ExitStatus.OK
    for path in expand(list(paths)).files:
        try:
            articles = read(path)
        except InputError as err:
            click.echo(f"error: {clean(str(err))}", err=True)
            status = ExitStatus.SOME_FAILED
            continue
        for article in articles:
            reading = read_claims(article)
            if not as_json:
                click.echo(f"{clean(article.path)}  {len(reading.claims)} claims, {reading.checked:.0%} of the text")
            for claim in reading.claims:
                row = {"path": article.path, "id": claim.id, "text": claim.text, "quote": claim.quote, "spans": claim.spans}
                click.echo(json.dumps(row, ensure_ascii=True) if as_json else f"  {claim.id:>4}  {clean(claim.text)}")
            for part in reading.skipped:
                row = {"path": article.path, "skipped": part.reason, "quote": part.quote, "spans": [(part.span.start, part.span.end)]}
                click.echo(json.dumps(row, ensure_ascii=True) if as_json else f"   {part.reason:>17}  {clean(part.quote)}")
    return status
