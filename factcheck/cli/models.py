"""`factcheck models`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from factcheck.models.registry import KnownModel

#: The table fits a terminal of 80 columns, and its first column the longest name, so that a name can be copied.
_WIDTH, _NAME = 79, 56


@click.command("models")
@click.option("--json", "as_json", is_flag=True, help="All fields as JSON, with published figures and their sources.")
def command(as_json: bool) -> None:
    """Show the embedded models, what --model takes, and hub models that are known."""
    from factcheck.models.embedded import EMBEDDED
    from factcheck.models.hub import MODEL_TYPES
    from factcheck.models.registry import KNOWN
    from factcheck.reports.clean import terminal as clean

    embedded = [_embedded(name) for name in EMBEDDED]
    if as_json:
        click.echo(json.dumps({"embedded": embedded, "model_types": MODEL_TYPES, "known": [asdict(m) for m in KNOWN]}, indent=1))
        return
    for model in embedded:
        about = ("the default; " if model["default"] else "") + (f"reads what {model['scout']} passes on" if model["scout"] else "fast")
        click.echo(clean(f"{model['name']}      embedded, {model['megabytes']} MB, {about}"))
        click.echo(clean(f"              {model['licence']}, sha256 {model['sha256'][:12]},"))
        click.echo(clean(f"              labels {', '.join(model['labels'])}"))
    click.echo("--model DIR   a folder with config.json, model.safetensors and a tokenizer")
    click.echo("--model NAME  a Hugging Face NLI cross-encoder, owner/name[@revision],")
    click.echo("              with --download to fetch it; of the types")
    click.echo(f"              {', '.join(MODEL_TYPES[:6])},")
    click.echo(f"              {', '.join(MODEL_TYPES[6:])}")
    click.echo(_table("known models, not measured by us", [m for m in KNOWN if m.refused is None]), nl=False)
    click.echo(_table("known and refused", [m for m in KNOWN if m.refused is not None]), nl=False)


def _embedded(name: str) -> dict[str, Any]:
    from factcheck.models.loading import DEFAULT_MODEL
    from factcheck.models.registry import EMBEDDED_LICENCE
    from factcheck.networks.files import embedded_folder, json_object

    folder = embedded_folder(name)
    config, manifest = (json_object(folder / file, code="E304", fix="reinstall factcheck") for file in ("config.json", "manifest.json"))
    return {
        "name": name,
        "default": name == DEFAULT_MODEL,
        "scout": config.get("scout"),
        "licence": EMBEDDED_LICENCE,
        "megabytes": round((folder / "model.safetensors").stat().st_size / 1e6),
        "labels": config["labels"],
        "sha256": manifest["model.safetensors"],
    }


def _table(title: str, models: Sequence[KnownModel]) -> str:
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, width=_WIDTH, markup=False, highlight=False, emoji=False)
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(title, width=_NAME)
    for heading in ("size", "MB"):
        table.add_column(heading, justify="right", width=4)
    table.add_column("licence", no_wrap=True)
    for model in models:
        table.add_row(_about(model), _size(model.parameters), str(model.megabytes or "-"), model.licence or "not stated")
    with console.capture() as captured:
        console.print(table)
    return "\n" + "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _about(model: KnownModel) -> str:
    about = f"not loaded: {model.refused}" if model.refused else f"pinned to {model.revision[:8]}" if model.revision != "main" else ""
    lines = [fill(line, _NAME, initial_indent="  ", subsequent_indent="  ") for line in (about, model.note) if line]
    return "\n".join([model.name, *lines])


def _size(parameters: int | None) -> str:
    """Millions as "355M" or "7B"."""
    if parameters is None:
        return "-"
    return f"{parameters // 1000}B" if parameters >= 1000 else f"{parameters}M"
