"""`factcheck models`."""

from __future__ import annotations

import json

import click


@click.command("models")
def command() -> None:
    """Show the embedded model, and what --model takes besides."""
    from factcheck.models.hub import MODEL_TYPES
    from factcheck.models.loading import DEFAULT_MODEL, embedded_folder

    folder = embedded_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    size = (folder / "model.safetensors").stat().st_size
    click.echo(f"{DEFAULT_MODEL}  embedded, {size / 1e6:.0f} MB, labels {', '.join(config['labels'])}")
    click.echo("--model DIR   a folder with config.json, model.safetensors and a tokenizer")
    click.echo("--model NAME  a Hugging Face NLI cross-encoder, owner/name[@revision], with --download to fetch it")
    click.echo(f"              of the types {', '.join(MODEL_TYPES)}")
