"""`factcheck train pack`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("pack")
@click.option("--model", "folder", type=click.Path(path_type=Path, exists=True), required=True, help="A model trained here.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Another folder, for the packed model.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    multiple=True,
    help="Folder with train/ and authored/, or with the sets themselves, such as claims/. May be repeated.",
)
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The model's recipe.")
@click.option("--pairs", type=click.IntRange(min=1), default=1024, show_default=True, help="Training pairs to read on the way.")
@click.option("--seed", type=int, help="Draws the pairs, instead of the recipe's.")
def pack(folder: Path, out: Path, data: tuple[Path, ...], recipe: Path, pairs: int, seed: int | None) -> None:
    """Write a model in four bits a weight, and print how far its probabilities are from the full one's on other pairs.

    Computed in bf16, on one GPU if there is one. The packed model needs a calibration and verdict weights of its own.
    """
    import json

    from factcheck.models.training.loop import predict
    from factcheck.models.training.pack import HELD_OUT, difference, draw_pairs
    from factcheck.models.training.pack import pack as write_packed
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.teaching import open_teacher, own_model

    if out.resolve() == folder.resolve():
        raise click.UsageError("--out is the model's own folder: give another one")
    full = open_teacher(own_model(folder))
    drawn = draw_pairs(pairs + HELD_OUT, data, full.tokenizer, read_recipe(recipe, seed=seed))
    held_out = drawn[pairs:]
    expected = predict(full.network, held_out, full.tokenizer.pad_id)
    write_packed(full, folder, out, drawn[:pairs])
    again = open_teacher(own_model(out))
    figures = difference(expected, predict(again.network, held_out, again.tokenizer.pad_id))
    size = sum(file.stat().st_size for file in out.iterdir()) / 1e6
    click.echo(json.dumps({"pairs": pairs, "held_out": len(held_out), **figures, "megabytes": round(size, 2)}))
