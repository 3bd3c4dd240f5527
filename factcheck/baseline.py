"""Known findings: a file that says which alarms were there before, so that a run shows only what is new.

The file is JSON with one finding a line, sorted by path and claim, so that its changes read well where it is kept beside the articles. A
finding is known if its fingerprint (:mod:`factcheck.reports.fingerprint`) and its verdict stand there; what the claim says is for people.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from factcheck.errors import ConfigError
from factcheck.reports.clean import json_text
from factcheck.reports.fingerprint import VERSION as FINGERPRINTS
from factcheck.reports.fingerprint import fingerprints, portable
from factcheck.types import Finding, Report, Verdict

#: Of the file's layout.
VERSION = 1

_WRITE_ONE = "write one with factcheck run … --write-baseline FILE"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known finding. path: of its article, with forward slashes. claim: its text when it was written down."""

    path: str
    claim: str
    fingerprint: str
    verdict: Verdict


def read(file: Path) -> tuple[Entry, ...]:
    """The entries of a baseline file. Raises ConfigError E225 if it cannot be read or is none."""
    try:
        data = json.loads(file.read_bytes())
    except OSError as err:
        raise ConfigError("E225", f"{file}: cannot be read ({err.strerror})", _WRITE_ONE) from err
    except (ValueError, RecursionError) as err:
        raise ConfigError("E225", f"{file}: is no JSON ({err})", "mend it, or " + _WRITE_ONE) from err
    if not isinstance(data, dict) or (data.get("factcheck_baseline"), data.get("fingerprints")) != (VERSION, FINGERPRINTS):
        raise ConfigError("E225", f"{file}: is no baseline of this version of factcheck", _WRITE_ONE)
    rows = data.get("findings")
    if not isinstance(rows, list) or not all(map(_is_entry, rows)):
        raise ConfigError("E225", f"{file}: is a damaged baseline", "mend it, or " + _WRITE_ONE)
    return tuple(Entry(row["path"], row["claim"], row["fingerprint"], row["verdict"]) for row in rows)


def text(entries: Sequence[Entry]) -> str:
    """A baseline file with these entries; the same ones give the same text."""
    rows = [{"path": e.path, "verdict": e.verdict, "claim": e.claim, "fingerprint": e.fingerprint} for e in sorted(set(entries))]
    lines = ",\n".join(json_text(json.dumps(row, ensure_ascii=False)) for row in rows)
    return f'{{"factcheck_baseline": {VERSION}, "fingerprints": {FINGERPRINTS}, "findings": [\n{lines}\n]}}\n'


def entries(report: Report, before: Sequence[Entry] = ()) -> list[Entry]:
    """What is to be known of a report: its findings that are neither supported nor ignored.

    Of the entries ``before`` those stay whose articles were not checked this time.
    """
    checked = _checked_paths(report)
    found = [
        Entry(portable(article.article.path), finding.claim.text, name, finding.verdict)
        for article, names in zip(report.articles, fingerprints(report), strict=True)
        for finding, name in zip(article.findings, names, strict=True)
        if _may_be_known(finding)
    ]
    return [*(entry for entry in before if entry.path not in checked), *found]


def mark_known(report: Report, baseline: Sequence[Entry]) -> Report:
    """The report with its known findings marked, and a note on how many entries of its articles no longer occur."""
    known = {(entry.fingerprint, entry.verdict) for entry in baseline}
    there: set[tuple[str, Verdict]] = set()
    articles = []
    for article, names in zip(report.articles, fingerprints(report), strict=True):
        keys = [(name, finding.verdict) for finding, name in zip(article.findings, names, strict=True)]
        there.update(keys)
        marked = zip(article.findings, keys, strict=True)
        articles.append(replace(article, findings=tuple(replace(f, known=_may_be_known(f) and key in known) for f, key in marked)))
    checked = _checked_paths(report)
    gone = len({(e.fingerprint, e.verdict) for e in baseline if e.path in checked} - there)
    told = "1 entry of the baseline no longer occurs" if gone == 1 else f"{gone} entries of the baseline no longer occur"
    return replace(report, articles=tuple(articles), notes=(*report.notes, *([told] if gone else [])))


def _may_be_known(finding: Finding) -> bool:
    return finding.verdict != "supported" and finding.ignored is None


def _checked_paths(report: Report) -> set[str]:
    return {portable(checked.article.path) for checked in report.articles if not checked.source_only}


def _is_entry(row: Any) -> bool:
    texts = isinstance(row, dict) and all(isinstance(row.get(key), str) for key in ("path", "claim", "fingerprint", "verdict"))
    return texts and row["verdict"] in get_args(Verdict)
