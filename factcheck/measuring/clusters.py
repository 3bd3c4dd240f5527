"""A run of the whole tool over one gold cluster: every article checked against the others, as ``factcheck run`` does."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from factcheck.clusters import Cluster, Told, retrieved
from factcheck.config import Config
from factcheck.evidence import Passage
from factcheck.judging import Judge, Progress, no_progress
from factcheck.measuring.matching import match, overlap
from factcheck.measuring.outcomes import Measured, Outcome
from factcheck.pipeline import check
from factcheck.types import ALARMS, Report


def measure_cluster(cluster: Cluster, judge: Judge, config: Config, tell: Progress = no_progress) -> Measured:
    """Check the cluster and match its gold claims (:mod:`factcheck.measuring.matching`).

    Gold evidence is looked for twice: among the quotes that the finding shows, and among the passages that retrieval finds for the gold
    claim itself, so that what retrieval misses is not mixed up with how claims were taken apart. Raises InputError, ModelError.
    """
    started = time.perf_counter()
    report = check(list(cluster.articles), model=judge, config=config, progress=tell)
    seconds = time.perf_counter() - started
    outcomes = tuple(_outcome(told, found, report) for told, found in retrieved(cluster, config))
    findings = [f for a in report.articles for f in a.findings]
    matched = {id(o.said) for o in outcomes}
    alarms = [f for f in findings if f.verdict in ALARMS]
    return Measured(
        cluster.name,
        tuple(Path(a.path).name or a.name for a in cluster.articles),
        outcomes,
        len(findings),
        len(alarms),
        sum(id(f) not in matched for f in alarms),
        seconds,
        report.failures,
    )


def _outcome(told: Told, found: Sequence[Passage], report: Report) -> Outcome:
    said = match(told.claim, told.quote, report.articles[told.article].findings)
    hit = None
    if said is not None and told.evidence:
        hit = any(e.article == article and overlap(e.quote, quote) for e in said.evidence for article, quote, *_ in told.evidence)
    return Outcome(told, said, hit, tuple(_rank(article, quote, found) for article, quote, *_ in told.evidence))


def _rank(article: int, quote: str, found: Sequence[Passage]) -> int | None:
    return next((n for n, p in enumerate(found) if p.article == article and overlap(p.text, quote)), None)
