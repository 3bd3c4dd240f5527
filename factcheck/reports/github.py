"""Annotations in GitHub's pages of a change: workflow commands that a step of a GitHub Actions workflow prints.

GitHub shows ten errors, ten warnings and ten notices of a step, those printed first. So the worst come first here: contradicted
and disputed claims as errors, then the inputs that failed and the unsupported claims as warnings, with ``verbose`` the supported
ones and those known or ignored as notices; of each verdict the claims first that are likeliest to be denied, ties as they stand in
the report. The first line is a notice with the totals, which says so if there is more than GitHub shows; the rest is in the step's
log.

Lines and columns stand only where an article is a plain file, columns only for a claim on one line, as GitHub takes them.
Source of syntax and escaping: the runner's ActionCommand and GitHub's page on workflow commands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from factcheck.reports import telling
from factcheck.reports.check import Positions, check_quotes
from factcheck.reports.phrases import percent
from factcheck.reports.summary import Summary, summarise
from factcheck.reports.voice import untold
from factcheck.reports.wording import shown
from factcheck.types import Evidence, Failure, Finding, Report, Verdict

Level = Literal["error", "warning", "notice"]

LEVELS: dict[Verdict, Level] = {"contradicted": "error", "disputed": "error", "unsupported": "warning", "supported": "notice"}
#: Annotations of one level that GitHub shows of a step.
SHOWN = 10
#: Bytes of an annotation's text and code points of its title that GitHub keeps.
MAX_MESSAGE, MAX_TITLE = 4096, 255
#: Passages of each side that an annotation names.
MAX_EVIDENCE = 3


def render(report: Report, *, verbose: bool = False) -> str:
    """The report as workflow commands, a line each. Raises :class:`~factcheck.reports.check.QuoteMismatch` for a wrong quote."""
    check_quotes(report)
    positions = Positions(report)
    findings = [_finding(report, positions, number, found) for number, found in telling.worst_first(report)]
    errors, warnings, notices = ([a for a in findings if a.level == level] for level in ("error", "warning", "notice"))
    told = [*errors, *map(_failure, report.failures), *warnings, *(notices if verbose else [])]
    return "".join(f"{annotation.command()}\n" for annotation in (_totals(report, summarise(report), told), *told))


@dataclass(frozen=True, slots=True)
class _Annotation:
    """One workflow command. message: lines of it; file to columns: None where there is no such place. All not yet escaped."""

    level: Level
    title: str
    message: tuple[str, ...]
    file: str | None = None
    lines: tuple[int, int] | None = None
    columns: tuple[int, int] | None = None

    def command(self) -> str:
        """The command's line."""
        properties: dict[str, str | int] = {"title": _cut(shown(self.title), MAX_TITLE)}
        if self.file is not None:
            properties["file"] = shown(self.file)
        if self.lines is not None:
            properties["line"], properties["endLine"] = self.lines
        if self.columns is not None:
            properties["col"], properties["endColumn"] = self.columns
        given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        return f"::{self.level} {given}::{_data(_bytes_cut(chr(10).join(shown(line) for line in self.message), MAX_MESSAGE))}"


def _totals(report: Report, summary: Summary, told: list[_Annotation]) -> _Annotation:
    counts = Counter(a.level for a in told)
    counts["notice"] += 1
    hidden = [f"{SHOWN} of {n} {level}s" for level, n in counts.items() if n > SHOWN]
    lines = [telling.verdicts(summary), ", ".join(telling.scope(report, summary))]
    if not summary.claims:
        lines.append("no claim was checked: this report clears nothing")
    if hidden:
        lines.append(f"GitHub shows the first {' and '.join(hidden)}; the step's log has all of them")
    return _Annotation("notice", f"factcheck {report.version}", tuple(lines))


def _failure(failure: Failure) -> _Annotation:
    return _Annotation("warning", f"not checked ({failure.code})", (failure.problem, failure.step), _file(failure.path))


def _finding(report: Report, positions: Positions, number: int, finding: Finding) -> _Annotation:
    claim, article = finding.claim, report.articles[number].article
    first, last = positions.line_column(number, claim.start), positions.line_column(number, claim.end - 1)
    lines = (first[0], last[0]) if first and last else None
    columns = (first[1], last[1] + 1) if first and last and first[0] == last[0] else None
    title = f"{finding.verdict} ({', '.join([*telling.why_aside(finding), *telling.qualities(finding)])})"
    level: Level = "notice" if finding.set_aside else LEVELS[finding.verdict]
    return _Annotation(level, title, tuple(_message(report, positions, number, finding)), _file(article.path), lines, columns)


def _message(report: Report, positions: Positions, number: int, finding: Finding) -> Iterator[str]:
    claim = finding.claim
    said = untold(claim)
    yield f"{claim.text} ({said})" if said else claim.text
    if not telling.says_the_same(report.articles[number].article, claim):
        yield f"says “{claim.quote}”"
    for relation, label in telling.SIDES.items():
        passages = [e for e in finding.evidence if e.relation == relation]
        yield from (_passage(report, positions, e, label) for e in passages[:MAX_EVIDENCE])
    origins = telling.one_origin(finding)
    if origins:
        yield origins
    if finding.nearest is not None:
        yield _passage(report, positions, finding.nearest, "closest:")
    if finding.missing:
        yield "missing: " + ", ".join(f"{m.kind} {m.words}" for m in finding.missing)


def _passage(report: Report, positions: Positions, evidence: Evidence, label: str) -> str:
    cited = f"{', '.join(telling.source(report, positions, evidence))} ({percent(evidence.score)})"
    reason = f"; {evidence.reason}" if evidence.reason else ""
    return f"{label} {cited}: “{evidence.quote}”{reason}"


def _file(path: str) -> str | None:
    return None if path in ("", "-") else path


def _cut(s: str, length: int) -> str:
    return s if len(s) <= length else s[: length - 1] + "…"


def _bytes_cut(s: str, size: int) -> str:
    encoded = s.encode()
    return s if len(encoded) <= size else encoded[: size - len("…".encode())].decode(errors="ignore") + "…"


def _data(s: str) -> str:
    return s.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(s: str) -> str:
    return _data(s).replace(":", "%3A").replace(",", "%2C")
