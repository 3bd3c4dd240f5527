"""`factcheck schema`."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (2020-12) of the JSON report."""
    from factcheck.reports.schema import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
