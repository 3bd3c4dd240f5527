"""`factcheck train`."""

from __future__ import annotations

from pathlib import Path

import click

from factcheck.cli import train_pack, train_propositions, train_syntax
from factcheck.types import PRECISIONS

_data = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    multiple=True,
    help="Folder with train/, dev/ and authored/, or with the sets themselves, such as claims/. May be repeated.",
)


@click.group("train")
def command() -> None:
    """Train the models that ship inside the package."""


command.add_command(train_syntax.syntax)
command.add_command(train_syntax.scores)
command.add_command(train_syntax.splitter_scores)
command.add_command(train_syntax.gap_scores)
command.add_command(train_propositions.propositions)
command.add_command(train_pack.pack)


@command.command("nli")
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The recipe: models/nli-mini/recipe.toml.")
@_data
@click.option(
    "--base",
    type=click.Path(path_type=Path, exists=True),
    help="Base checkpoint, or a trained model to go on from.  [default: the installed one]",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Run folder: checkpoint, metrics, and the model at the end.")
@click.option("--pairs", type=int, help="Pairs to see in all, instead of the recipe's; may grow or shrink when a run is resumed.")
@click.option("--cooldown-pairs", type=int, help="Pairs at the end over which the learning rate falls.")
@click.option("--seed", type=int, help="Instead of the recipe's.")
@click.option("--threads", type=int, help="CPU threads.")
@click.option(
    "--targets",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A teacher's probabilities: the folder that train targets wrote.",
)
def nli(
    recipe: Path,
    data: tuple[Path, ...],
    base: Path | None,
    out: Path,
    pairs: int | None,
    cooldown_pairs: int | None,
    seed: int | None,
    threads: int | None,
    targets: Path | None,
) -> None:
    """Train the NLI model, on one GPU if there is one. A run that was stopped goes on where it was: give the same --out."""
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.run import train_from_recipe
    from factcheck.networks.bases import base_folder

    settings = read_recipe(recipe, pairs=pairs, cooldown_pairs=cooldown_pairs, seed=seed)
    folder = train_from_recipe(
        settings,
        data=data,
        base=base or base_folder(),
        out=out,
        threads=threads,
        targets=targets,
        tell=lambda line: click.echo(line, err=True),
    )
    click.echo(folder)


@command.command("targets")
@click.option("--model", "folder", type=click.Path(path_type=Path, exists=True), required=True, help="The teacher: a model trained here.")
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The student's recipe.")
@_data
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the probabilities, a file for each set."
)
@click.option("--seed", type=int, help="Instead of the recipe's: the one that the student is trained with.")
@click.argument("names", nargs=-1, metavar="SET...")
def targets_(folder: Path, recipe: Path, data: tuple[Path, ...], out: Path, seed: int | None, names: tuple[str, ...]) -> None:
    """Let a larger model judge the pairs of a recipe's SETs (all without any named), as targets for a smaller one's training.

    On one GPU if there is one. A run that was stopped leaves out the sets it has finished, and starts the interrupted one over: give the
    same --out.
    """
    from factcheck.models.training.data import rows_of
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.teaching import open_teacher, own_model, write_targets

    settings = read_recipe(recipe, seed=seed)
    if unknown := sorted(set(names) - set(settings.weights)):
        raise click.UsageError(f"the recipe has no set {unknown[0]!r}")
    teacher = open_teacher(own_model(folder))
    for name in names or sorted(settings.weights):
        done = write_targets(teacher, name, rows_of(name, data, settings), settings, out)
        click.echo(f"{name}: {'judged' if done else 'was judged before'}", err=True)
    click.echo(out)


@command.command("shortcuts")
@click.option("--recipe", type=click.Path(path_type=Path), help="All sets of this recipe, without those made from them by rule.")
@_data
@click.option("--seed", default=1, show_default=True, help="Draws the rows and the folds.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.argument("names", nargs=-1, metavar="SET...")
def shortcuts(recipe: Path | None, data: tuple[Path, ...], seed: int, as_json: bool, names: tuple[str, ...]) -> None:
    """Measure how well the labels of training sets can be told from the claim alone, and from word overlap alone.

    SETs are named as in a recipe, without "edits:", "nearby:" or "mates:". The figures are balanced accuracies in 5-fold
    cross-validation, the worst set first; keep is a suggested factor for the set's weight.
    """
    import json

    from factcheck.models.training.data import find_set, read_rows
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.shortcuts import measure_shortcuts
    from factcheck.reports.clean import terminal as clean

    wanted = {*names, *(name.rpartition(":")[2] for name in (read_recipe(recipe).weights if recipe else ()))}
    if not wanted:
        raise click.UsageError("give a SET or --recipe")
    found = [measure_shortcuts(name, read_rows(find_set(data, name), seed=seed), seed=seed) for name in sorted(wanted)]
    found.sort(key=lambda s: (s.keep, -max(s.claim_only, s.overlap)))
    if as_json:
        click.echo(json.dumps({"seed": seed, "sets": {s.name: s.as_dict() for s in found}}, indent=1))
        return
    click.echo(f"{'set':32s}   rows  labels  chance  claim only  overlap  keep")
    for s in found:
        click.echo(f"{clean(s.name):32s} {s.rows:6d} {s.labels:7d} {s.chance:7.2f} {s.claim_only:11.3f} {s.overlap:8.3f} {s.keep:5.2f}")


@command.command("verdicts")
@click.option("--model", "folder", type=click.Path(path_type=Path, exists=True), required=True, help="Model folder; gets verdicts.json.")
@click.option(
    "--clusters",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    multiple=True,
    help="Gold to fit on: claims/, or a file of events. May be repeated.",
)
@click.option("--test", type=click.Path(path_type=Path, exists=True), help="Gold that only measures the result.")
@click.option("--alarm-precision", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Share of alarms that must be right.")
@click.option("--precision", type=click.Choice(PRECISIONS), default="mixed", show_default=True, help="Arithmetic of the models.")
def verdicts(folder: Path, clusters: tuple[Path, ...], test: Path | None, alarm_precision: float, precision: str) -> None:
    """Fit the weights and thresholds that turn scores into verdicts, cross-validated by cluster; those of the model's scout too."""
    import json
    from dataclasses import asdict

    from factcheck.clusters import claims_per_article, gold_passages, read_clusters
    from factcheck.config import Config
    from factcheck.models import load
    from factcheck.models.training.export import write_beside
    from factcheck.verdicts import Thresholds
    from factcheck.verdicts.fitting import apply, fit

    stale_days = Thresholds().stale_days
    model = load(folder, precision=precision, self_test=False)
    name = getattr(model, "scout", None)
    scout = load(name, precision=precision) if name else None
    gold = [cluster for path in clusters for cluster in read_clusters(path)]
    combiner, scouting, figures, points = fit(
        *gold_passages(gold, model, scout=scout, config=Config(), stale_days=stale_days),
        alarm_precision=alarm_precision,
        stale_days=stale_days,
        claims_per_article=claims_per_article(gold),
    )
    values = {**combiner.as_dict(), "fitted_on": [path.name for path in clusters], "held_out": figures}
    values["operating_points"] = [asdict(point) for point in points]
    if scouting:
        values["scouting"] = scouting.as_dict()
    if test:
        unseen = gold_passages(read_clusters(test), model, scout=scout, scouting=scouting, config=Config(), stale_days=stale_days)
        values["test"] = {"gold": test.name, **apply(combiner, *unseen, scouting)}
    write_beside(folder, "verdicts.json", values)
    click.echo(json.dumps({k: values[k] for k in ("thresholds", "held_out", "test") if k in values}, indent=1))


@command.command("mine")
@click.option("--model", "name", metavar="NAME|DIR", default="nli-mini", show_default=True, help="The model whose mistakes are looked for.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Gets the pairs: JSON lines, gzip.")
@click.argument("files", nargs=-1, required=True, metavar="EVENTS...", type=click.Path(path_type=Path, exists=True))
def mine(name: str, out: Path, files: tuple[Path, ...]) -> None:
    """Make training pairs of events: each claim with the passages that a run would find, those above all that mislead a model."""
    import gzip
    import json

    from factcheck.clusters import read_clusters
    from factcheck.config import Config
    from factcheck.mining import mined_pairs
    from factcheck.models import load

    clusters = [cluster for file in files for cluster in read_clusters(file)]
    rows = list(mined_pairs(clusters, load(name), Config()))
    # Neither time nor name in the head: the same pairs give the same bytes.
    with out.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.writelines((json.dumps(row, ensure_ascii=False) + "\n").encode() for row in rows)
    click.echo(f"{len(rows)} pairs of {len(clusters)} events")


@command.command("calibrate")
@click.option("--model", "folder", type=click.Path(path_type=Path, exists=True), required=True, help="Model folder; gets calibration.json.")
@click.argument("files", nargs=-1, required=True, metavar="PAIRS...", type=click.Path(path_type=Path))
def calibrate(folder: Path, files: tuple[Path, ...]) -> None:
    """Fit how a model's scores become probabilities, on dev pairs; prints the calibration error before and after."""
    import json

    import numpy as np

    from factcheck.models.training.calibrate import DevScores, fit_calibration
    from factcheck.models.training.data import LABEL_COLUMNS, read_rows
    from factcheck.models.training.export import write_beside
    from factcheck.models.training.teaching import own_model

    model = own_model(folder)
    sets = {}
    for file in files:
        rows = [r for r in read_rows(file) if r["label"] != "not_entailment"]
        labels = np.asarray([LABEL_COLUMNS[r["label"]] for r in rows])
        scores = DevScores(*model.raw_scores([(r["premise"], r["claim"]) for r in rows]), labels)
        sets[str(file) if file.name in sets else file.name] = scores
    calibration, figures = fit_calibration(sets)
    write_beside(folder, "calibration.json", {**calibration.as_dict(), "fitted_on": figures})
    click.echo(json.dumps(figures, indent=1))


@command.command("average")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the average.")
@click.argument("models", nargs=-1, required=True, metavar="MODEL=SHARE...")
def average_(out: Path, models: tuple[str, ...]) -> None:
    """Average the weights of MODEL folders that come from one start; the shares make 1. Config and tokenizer are the first one's.

    The result needs a calibration and verdict weights of its own.
    """
    from factcheck.models.training.average import average

    shares: dict[Path, float] = {}
    for text in models:
        folder, _, share = text.rpartition("=")
        try:
            shares[Path(folder)] = float(share)
        except ValueError as err:
            raise click.UsageError(f"{text!r} is no MODEL=SHARE, such as RUN/model=0.5") from err
    average(shares, out)
    click.echo(out)


@command.command("speed")
@click.option("--tokens", default=48, show_default=True, help="Tokens a pair.")
def speed(tokens: int) -> None:
    """Measure a training step, side by side with the same step of the transformers package."""
    from factcheck.models.training.speed import training_speed

    for name, rate in training_speed(tokens=tokens).items():
        click.echo(f"{name:32s} {rate:7.1f} pairs/s")


@command.command("export")
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The run's recipe.")
@click.option("--base", type=click.Path(path_type=Path, exists=True), help="Base checkpoint.  [default: the installed one]")
@click.argument("run", type=click.Path(path_type=Path, exists=True))
@click.argument("folder", type=click.Path(path_type=Path))
def export(recipe: Path, base: Path | None, run: Path, folder: Path) -> None:
    """Write the model of a RUN folder's checkpoint, finished or not, to FOLDER."""
    from factcheck.models.training.recipe import read_recipe
    from factcheck.models.training.run import export_run
    from factcheck.networks.bases import base_folder

    settings = read_recipe(recipe)
    pairs = export_run(settings, base=base or base_folder(), run=run, folder=folder, name=settings.name)
    click.echo(f"{folder}: {pairs} pairs seen")
