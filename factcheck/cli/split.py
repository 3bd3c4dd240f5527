"""`factcheck split`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from factcheck.cli.main import ExitStatus, standard_input

if TYPE_CHECKING:
    from factcheck.claims import Reading
    from factcheck.types import Article


@click.command("split")
@click.argument("paths", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--json", "as_json", is_flag=True, help="JSON lines: one claim or one skipped stretch a line.")
def command(paths: Sequence[str], as_json: bool) -> int:
    """Print the claims of articles, and what in them is not checked."""
    from factcheck.claims import read_claims
    from factcheck.inputs import read_inputs
    from factcheck.reports.clean import terminal as clean
    from factcheck.reports.voice import voice

    inputs = read_inputs(list(paths), stdin=standard_input(paths))
    for failed in inputs.failures:
        click.echo(clean(f"error: [{failed.code}] {failed.path}: {failed.problem}; {failed.step}"), err=True)
    for path in inputs.passed_over:
        click.echo(clean(f"passed over as no article: {path}"), err=True)
    for article in inputs.articles:
        reading = read_claims(article)
        if as_json:
            _print_json(article, reading)
            continue
        click.echo(f"{clean(article.path)}  {len(reading.claims)} claims, {reading.checked:.0%} of the text")
        for claim in reading.claims:
            said = f"  ({voice(claim)})" if claim.stance else ""
            click.echo(f"  {claim.id:>4}  {clean(claim.text + said)}")
        for part in reading.skipped:
            click.echo(f"   {part.reason:>17}  {clean(part.quote)}")
    return ExitStatus.SOME_FAILED if inputs.failures else ExitStatus.OK


def _print_json(article: Article, reading: Reading) -> None:
    for c in reading.claims:
        row = {"path": article.path, "id": c.id, "text": c.text, "quote": c.quote, "spans": c.spans, "ambiguous": c.ambiguous}
        row |= {"speaker": c.speaker, "stance": c.stance}
        click.echo(json.dumps(row, ensure_ascii=True))
    for s in reading.skipped:
        row = {"path": article.path, "skipped": s.reason, "quote": s.quote, "spans": [(s.span.start, s.span.end)]}
        click.echo(json.dumps(row, ensure_ascii=True))
