"""`factcheck eval` on gold clusters: the whole tool, run on each, and its figures as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from factcheck.reports.clean import one_line
from factcheck.reports.clean import terminal as clean

if TYPE_CHECKING:
    from factcheck.clusters import Cluster
    from factcheck.config import Config
    from factcheck.judging import Judge
    from factcheck.types import Failure


def measure(clusters: Sequence[Cluster | Failure], judge: Judge, config: Config, *, errors: int, quiet: bool) -> dict[str, Any]:
    """All figures of one source's clusters, its failures and ``errors`` mistakes; a line for each cluster on standard error."""
    from factcheck.cli.progress import Display
    from factcheck.errors import InputError
    from factcheck.inputs import failure
    from factcheck.measuring.clusters import measure_cluster
    from factcheck.measuring.outcomes import Measured, figures, mistakes
    from factcheck.types import Failure

    done: list[Measured] = []
    failures: list[Failure] = []
    for number, cluster in enumerate(clusters, 1):
        if isinstance(cluster, Failure):
            failures.append(_named(cluster))
            continue
        try:
            with Display(quiet=quiet) as display:
                one = measure_cluster(cluster, judge, config, display)
        except InputError as err:
            failures.append(_named(failure(cluster.name, err)))
            continue
        done.append(one)
        failures += [_named(f) for f in one.failures]
        if not quiet:
            found = sum(o.said is not None for o in one.outcomes)
            line = f"{number}/{len(clusters)} {one.name}: {found} of {len(one.outcomes)} gold claims found, {one.seconds:.0f} s"
            click.echo(clean(line), err=True)
    out = {"failures": [asdict(f) for f in failures], **figures(done)}
    return out | {"mistakes": mistakes(done, errors)} if errors else out


def _named(failure: Failure) -> Failure:
    """The failure, which has been told on standard error."""
    click.echo(f"error: {clean(f'{failure.path}: [{failure.code}] {failure.problem}; {failure.step}')}", err=True)
    return failure


def table(name: str, figures: dict[str, Any]) -> Iterator[str]:
    """The lines of one source."""
    f = figures
    counts = f"{f['clusters']} clusters, {f['articles']} articles, {f['gold_claims']} gold claims, {f['reported_claims']} reported claims"
    yield f"{clean(name)}: {counts}, {f['seconds']:.0f} s"
    yield f"  found                     {_n(f['found'])}"
    yield f"  verdicts, macro-F1        {_n(f['macro_f1'])}   " + "  ".join(f"{v} {_n(x)}" for v, x in f["f1"].items())
    yield f"  verdicts, accuracy        {_n(f['accuracy'])}   on found {_n(f['accuracy_on_found'])}"
    unmatched = f"{f['alarms']} reported, {f['unmatched_alarms']} of them match no gold claim"
    yield f"  alarms, precision         {_n(f['alarm_precision'])}   {f['right_alarms']} of {f['alarms_on_gold']} gold claims; {unmatched}"
    yield f"  alarms, recall            {_n(f['alarm_recall'])}"
    yield f"  false alarms an article   {_n(f['false_alarms_per_article'])}"
    yield f"  evidence hit              {_n(f['evidence_hit'])}"
    found = f["retrieval"]
    best = next(key for key in found if key.startswith("best_"))
    nearest = f"among the {best.removeprefix('best_')} nearest {_n(found[best])}"
    yield f"  gold evidence retrieved   {_n(found['found'])}   of {found['gold_evidence']}; {nearest}"
    yield f"  confidence of alarms, ECE {_n(f['ece'])}"
    for row in f["reliability"]:
        yield f"    said {_n(row['said'])}  right {_n(row['right'])}  of {row['alarms']} alarms"
    yield from _phenomena(f["phenomena"])
    yield from _mistakes(f.get("mistakes", ()))


def _phenomena(phenomena: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield f"  {'phenomenon':24s} claims  right  conflicts  alarms found"
    for name, p in phenomena.items():
        yield f"  {clean(name):24s} {p['claims']:6d}  {_n(p['right'])}  {p['conflicts']:9d}  {_n(p['alarms_found'])}"


def _mistakes(mistakes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for m in mistakes:
        yield _text(f"- {m['cluster']} {m['article']} {m['id']} {m['phenomenon']}: gold {m['gold']}: {m['claim']}")
        for e in m["gold_evidence"][:2]:
            yield _text(f"    gold {e['relation']}, {e['article']}: {e['quote']}")
        yield _text(f"    said {m['said']} {m['confidence']:.3f}: {m['text']}") if m["said"] else "    no such claim reported"
        for e in m["evidence"][:2]:
            yield _text(f"    shown {e['relation']}, {e['article']}: {e['quote']}")


def _text(line: str) -> str:
    return clean("    " * line.startswith("    ") + one_line(line).strip())


def _n(value: float | None) -> str:
    return "    -" if value is None else f"{value:.3f}"
