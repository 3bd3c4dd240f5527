"""`factcheck train`."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("train")
def command() -> None:
    """Train the models that ship inside the package."""


@command.command("nli")
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The recipe: models/nli-mini/recipe.toml.")
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True, help="Folder with train/, dev/ and authored/.")
@click.option("--base", type=click.Path(path_type=Path, exists=True), help="Base checkpoint.  [default: the installed one]")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Run folder: checkpoint, metrics, and the model at the end.")
@click.option("--pairs", type=int, help="Pairs to see in all, instead of the recipe's; may grow or shrink when a run is resumed.")
@click.option("--cooldown-pairs", type=int, help="Pairs at the end over which the learning rate falls.")
@click.option("--seed", type=int, help="Instead of the recipe's.")
@click.option("--threads", type=int, help="CPU threads.")
def nli(
    recipe: Path,
    data: Path,
    base: Path | None,
    out: Path,
    pairs: int | None,
    cooldown_pairs: int | None,
    seed: int | None,
    threads: int | None,
) -> None:
    """Train the NLI model, on one GPU if there is one. A run that was stopped goes on where it was: give the same --out."""
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.run import base_folder, train_from_recipe

    settings = read_recipe(recipe, pairs=pairs, cooldown_pairs=cooldown_pairs, seed=seed)
    folder = train_from_recipe(
        settings, data=data, base=base or base_folder(), out=out, threads=threads, tell=lambda line: click.echo(line, err=True)
    )
    click.echo(folder)


@command.command("export")
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The run's recipe.")
@click.option("--base", type=click.Path(path_type=Path, exists=True), help="Base checkpoint.  [default: the installed one]")
@click.argument("run", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", type=click.Path(path_type=Path))
def export(recipe: Path, base: Path | None, run: Path, folder: Path) -> None:
    """Write the model of a RUN folder's checkpoint, finished or not, to FOLDER."""
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.run import base_folder, export_run

    settings = read_recipe(recipe)
    pairs = export_run(settings, base=base or base_folder(), run=run, folder=folder, name=settings.name)
    click.echo(f"{folder}: {pairs} pairs seen")
