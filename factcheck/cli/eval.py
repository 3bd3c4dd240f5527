"""`factcheck eval`."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import click

from factcheck.types import PRECISIONS


def _columns(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    _check_form(context, parameter, values)
    return {key: name for key, _, name in (v.partition("=") for v in values)}


def _labels(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    # A value of a data set may hold "=", a label of ours does not.
    _check_form(context, parameter, values)
    return {value: label for value, _, label in (v.rpartition("=") for v in values)}


def _check_form(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> None:
    if bad := next((v for v in values if "=" not in v), None):
        raise click.BadParameter(f"{bad!r} is not of the form NAME=NAME", context, parameter)


@click.command("eval")
@click.argument("sources", nargs=-1, required=True, metavar="PAIRS...")
@click.option("--model", metavar="NAME|DIR", help="NLI model.  [default: the embedded one]")
@click.option("--download", is_flag=True, help="Let a hub model or a data set be fetched.")
@click.option("--precision", type=click.Choice(PRECISIONS), default="mixed", show_default=True, help="Arithmetic of the model.")
@click.option(
    "--passages", type=click.IntRange(0, 20), default=0, metavar="N", help="Judge each premise by its N passages nearest the claim."
)
@click.option("--by", metavar="KEY", help="Also measure per value of this key of the rows, such as phenomenon.")
@click.option(
    "--column", "columns", multiple=True, callback=_columns, metavar="premise=NAME", help="Column of a data set: premise, claim, label."
)
@click.option("--label", "labels", multiple=True, callback=_labels, metavar="VALUE=LABEL", help="What a data set's label value means.")
@click.option("--json", "as_json", is_flag=True, help="All figures as JSON.")
def command(
    sources: Sequence[str],
    model: str | None,
    download: bool,
    precision: str,
    passages: int,
    by: str | None,
    columns: dict[str, str],
    labels: dict[str, str],
    as_json: bool,
) -> None:
    """Measure a model on labelled pairs.

    PAIRS are JSON lines, plain or gzip, with premise, claim and label (entailment, neutral, contradiction or not_entailment), or a
    data set of the datasets library, hf:NAME[:CONFIG][@SPLIT], a local folder or one from the hub. Without @SPLIT the split "test" is
    read, or the only one.
    """
    from factcheck.models import load
    from factcheck.models.pairsets import PREFIX, read_pairs
    from factcheck.reports.clean import terminal as clean

    if (columns or labels) and not any(source.startswith(PREFIX) for source in sources):
        raise click.UsageError("--column and --label are for data sets, hf:NAME")
    pairs: dict[str, Sequence[dict[str, Any]]] = {}
    for source in sources:
        name, rows = read_pairs(source, columns=columns, labels=labels, download=download)
        pairs[source if name in pairs else name] = rows
    judge = load(model, precision=precision, download=download, self_test=False)
    sets = {name: _measured(judge, rows, by, passages) for name, rows in pairs.items()}
    info = {"name": judge.info.name, "sha256": judge.info.sha256, "precision": judge.info.precision}
    if as_json:
        click.echo(json.dumps({"model": info, "passages": passages, "sets": sets}, indent=1))
        return
    cut = f", {passages} nearest passages" if passages else ""
    click.echo(f"{clean(judge.info.name)} {judge.info.sha256[:12]} {judge.info.precision}{cut}")
    for name, figures in sets.items():
        click.echo(f"{clean(name)}: " + ", ".join(_shown(k, v) for k, v in figures.items() if k != "by"))
        for value, part in sorted(figures.get("by", {}).items()):
            click.echo(f"  {clean(value):24s} {part['pairs']:6d} pairs  accuracy {part['accuracy']:.3f}")


def _measured(judge: Any, rows: Sequence[dict[str, Any]], by: str | None, passages: int) -> dict[str, Any]:
    from factcheck.models.metrics import measure
    from factcheck.models.training.data import LABEL_COLUMNS
    from factcheck.pipeline import nearest

    started = time.perf_counter()
    scores = judge.predict([(nearest(r["premise"], r["claim"], passages) if passages else r["premise"], r["claim"]) for r in rows])
    labels = [LABEL_COLUMNS[r["label"]] for r in rows]
    figures = measure(scores, labels) | {"pairs_per_s": len(rows) / (time.perf_counter() - started)}
    if by is not None:
        groups: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(rows):
            groups[str(row.get(by, "-"))].append(i)
        said = scores.argmax(1)
        figures["by"] = {
            value: {"pairs": len(at), "accuracy": sum((said[i] != 0) if labels[i] == 3 else said[i] == labels[i] for i in at) / len(at)}
            for value, at in groups.items()
        }
    return figures


def _shown(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{key} " + " ".join(f"{k} {v:.3f}" for k, v in value.items())
    return f"{key} {value:.4f}" if isinstance(value, float) else f"{key} {value}"
