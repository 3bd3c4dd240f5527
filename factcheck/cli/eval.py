"""`factcheck eval`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from factcheck.config import PRECISIONS


@click.command("eval")
@click.argument("files", nargs=-1, required=True, metavar="PAIRS...", type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME|DIR", help="NLI model.  [default: the embedded one]")
@click.option("--download", is_flag=True, help="Let --model fetch a hub model.")
@click.option("--precision", type=click.Choice(PRECISIONS), default="float32", show_default=True, help="Arithmetic of the model.")
@click.option("--by", metavar="KEY", help="Also measure per value of this key of the rows, such as phenomenon.")
@click.option("--json", "as_json", is_flag=True, help="All figures as JSON.")
def command(files: Sequence[Path], model: str | None, download: bool, precision: str, by: str | None, as_json: bool) -> None:
    """Measure a model on labelled pairs.

    PAIRS are JSON lines, plain or gzip, with premise, claim and label: entailment, neutral, contradiction or not_entailment.
    """
    from factcheck.models import load

    judge = load(model, precision=precision, download=download, self_test=False)
    sets: dict[str, Any] = {}
    for file in files:
        name = file.name.split(".jsonl")[0]
        sets[str(file) if name in sets else name] = _measured(judge, file, by)
    info = {"name": judge.info.name, "sha256": judge.info.sha256, "precision": judge.info.precision}
    if as_json:
        click.echo(json.dumps({"model": info, "sets": sets}, indent=1))
        return
    click.echo(f"{info['name']} {str(info['sha256'])[:12]} {info['precision']}")
    for name, figures in sets.items():
        click.echo(f"{name}: " + ", ".join(_shown(k, v) for k, v in figures.items() if k != "by"))
        for value, part in sorted(figures.get("by", {}).items()):
            click.echo(f"  {value:24s} {part['pairs']:6d} pairs  accuracy {part['accuracy']:.3f}")


def _measured(judge: Any, file: Path, by: str | None) -> dict[str, Any]:
    from factcheck.models.metrics import measure
    from factcheck.models.training.data import LABEL_COLUMNS, read_rows

    rows = read_rows(file)
    scores = judge.predict([(r["premise"], r["claim"]) for r in rows])
    labels = [LABEL_COLUMNS[r["label"]] for r in rows]
    figures = measure(scores, labels)
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
