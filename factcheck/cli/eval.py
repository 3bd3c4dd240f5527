"""`factcheck eval`."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.main import ExitStatus
from factcheck.types import PRECISIONS

if TYPE_CHECKING:
    from factcheck.models.protocol import NLIModel


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
@click.argument("sources", nargs=-1, required=True, metavar="PAIRS|CLUSTERS...")
@click.option("--model", metavar="NAME|DIR", help="NLI model.  [default: the embedded one]")
@click.option("--download", is_flag=True, help="Let a hub model or a data set be fetched.")
@click.option("--precision", type=click.Choice(PRECISIONS), default="mixed", show_default=True, help="Arithmetic of the model.")
@click.option(
    "--passages",
    type=click.IntRange(0, 20),
    default=0,
    metavar="N",
    help="Pairs: judge each premise by its N passages nearest the claim. Clusters: passages of each article.",
)
@click.option("--as-pairs", is_flag=True, help="Read a file of events as pairs of sentences and claims.")
@click.option("--verify", is_flag=True, help="Judge each claim against its whole premise, a document or a list, as factcheck.verify does.")
@click.option("--group", metavar="KEY", help="With --verify: rows of one value of this key have parts of one document; the best counts.")
@click.option("--by", metavar="KEY", help="Also measure per value of this key of the rows, such as phenomenon.")
@click.option(
    "--column", "columns", multiple=True, callback=_columns, metavar="premise=NAME", help="Column of a data set: premise, claim, label."
)
@click.option("--label", "labels", multiple=True, callback=_labels, metavar="VALUE=LABEL", help="What a data set's label value means.")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Clusters: show the N worst mistakes.")
@click.option("--json", "as_json", is_flag=True, help="All figures as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(
    sources: Sequence[str],
    model: str | None,
    download: bool,
    precision: str,
    passages: int,
    as_pairs: bool,
    verify: bool,
    group: str | None,
    by: str | None,
    columns: dict[str, str],
    labels: dict[str, str],
    errors: int,
    as_json: bool,
    quiet: bool,
) -> int:
    """Measure a model on labelled pairs, or the whole tool on gold clusters.

    PAIRS are JSON lines, plain or gzip, with premise, claim and label (entailment, neutral, contradiction or not_entailment), or a
    data set of the datasets library, hf:NAME[:CONFIG][@SPLIT], a local folder or one from the hub. Without @SPLIT the split "test" is
    read, or the only one.

    CLUSTERS are a folder of clusters (articles with gold.json, as under claims/), one cluster, or a file of events: each is checked as
    `factcheck run` does, and the report is held against the gold. With --as-pairs a file of events is read as labelled pairs instead.
    """
    from factcheck.cli import eval_clusters, eval_documents
    from factcheck.clusters import holds_clusters, read_each
    from factcheck.config import Config
    from factcheck.judging import Judge
    from factcheck.models import load
    from factcheck.models.pairsets import PREFIX, read_pairs
    from factcheck.reports.clean import json_text

    gold = [s for s in sources if not (as_pairs or s.startswith(PREFIX)) and holds_clusters(Path(s))]
    rest = [s for s in sources if s not in gold]
    if (columns or labels) and not any(source.startswith(PREFIX) for source in sources):
        raise click.UsageError("--column and --label are for data sets, hf:NAME")
    _check_flags(gold, rest, verify=verify, passages=passages, group=group, errors=errors)
    # Everything is read before anything is measured: a misspelt name costs nobody an hour.
    clusters = _by_name((s, _stem(s), list(read_each(Path(s)))) for s in gold)
    opened = partial(read_pairs, columns=columns, labels=labels, download=download)
    documents = _by_name((s, _stem(s), eval_documents.read(s, opened, group=group, by=by)) for s in rest if verify)
    pairs = _by_name((s, *opened(s)) for s in rest if not verify)
    nli = load(model, precision=precision, download=download, self_test=False)
    measured: dict[str, dict[str, Any]] = {"sets": {name: _measured(nli, rows, by, passages) for name, rows in pairs.items()}}
    measured["documents"] = {name: eval_documents.measure(name, rows, nli, quiet=quiet) for name, rows in documents.items()}
    # Flags alone, not the settings of the folder that the command is given in: a measurement is to be repeated elsewhere.
    config = Config(precision=precision, passages=passages) if passages else Config(precision=precision)
    judge = Judge.open(nli, config, download=download) if clusters else None
    measured["clusters"] = {
        name: eval_clusters.measure(some, judge, config, errors=errors, quiet=quiet) for name, some in clusters.items() if judge
    }
    info = {"name": nli.info.name, "sha256": nli.info.sha256, "precision": nli.info.precision}
    if as_json:
        click.echo(json_text(json.dumps({"model": info, "passages": passages, **measured}, indent=1, ensure_ascii=False)))
    else:
        _show(nli, passages, measured)
    failed = any(figures["failures"] for figures in measured["clusters"].values())
    return ExitStatus.SOME_FAILED if failed else ExitStatus.OK


def _check_flags(gold: Sequence[str], rest: Sequence[str], *, verify: bool, passages: int, group: str | None, errors: int) -> None:
    if verify and gold:
        raise click.UsageError(f"--verify is for documents; {gold[0]} holds clusters")
    if verify and passages:
        raise click.UsageError("--verify judges every passage: leave --passages out")
    if group and not verify:
        raise click.UsageError("--group is for --verify")
    if errors and not gold:
        raise click.UsageError(f"--errors is for clusters; {rest[0]} holds none")


def _by_name(read: Iterable[tuple[str, str, Any]]) -> dict[str, Any]:
    """What was read of each source, by its name; by the source as given where two have one name."""
    out: dict[str, Any] = {}
    for source, name, found in read:
        out[source if name in out else name] = found
    return out


def _stem(source: str) -> str:
    return Path(source).name.split(".jsonl")[0]


def _show(model: NLIModel, passages: int, measured: dict[str, dict[str, Any]]) -> None:
    from factcheck.cli import eval_clusters, eval_documents
    from factcheck.reports.clean import terminal as clean

    cut = f", {passages} nearest passages" if passages else ""
    click.echo(f"{clean(model.info.name)} {model.info.sha256[:12]} {model.info.precision}{cut}")
    for name, figures in measured["sets"].items():
        click.echo(f"{clean(name)}: " + ", ".join(_shown(k, v) for k, v in figures.items() if k != "by"))
        for value, part in sorted(figures.get("by", {}).items()):
            click.echo(f"  {clean(value):24s} {part['pairs']:6d} pairs  accuracy {part['accuracy']:.3f}")
    for kind, table in (("documents", eval_documents.table), ("clusters", eval_clusters.table)):
        for name, figures in measured[kind].items():
            for line in table(name, figures):
                click.echo(line)


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
