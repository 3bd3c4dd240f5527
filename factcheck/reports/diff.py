"""What changed between two JSON reports: new alarms, solved ones, and claims whose verdict changed otherwise.

Claims are matched by fingerprint (:mod:`factcheck.reports.fingerprint`), so edits around a claim change nothing, and one that was
reworded is a new claim. An alarm whose article the new report did not check, or had nothing to check against, is neither solved nor
there: it is listed apart.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from factcheck.reports.clean import json_text
from factcheck.reports.fingerprint import of_claims, portable
from factcheck.reports.layout import Page, Piece
from factcheck.reports.phrases import STYLES, confidence, counted
from factcheck.reports.readback import Json, articles_of, field, one_of, optional, place_of, rows, share, shown_path, whole
from factcheck.reports.telling import why_aside
from factcheck.types import Claim, Finding, Verdict

SCHEMA_ID = "urn:factcheck:diff:1"


@dataclass(frozen=True, slots=True)
class Stood:
    """A finding as it stands in one report. place: path, with line and column if it has them; else with the claim's id."""

    path: str
    place: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Change:
    """A claim in the old report, the new one, or both."""

    fingerprint: str
    before: Stood | None
    now: Stood | None

    @property
    def latest(self) -> Stood:
        """The newest that is known of it."""
        stood = self.now or self.before
        assert stood is not None, "a change is in one of the reports"
        return stood


@dataclass(frozen=True, slots=True)
class Diff:
    """All that changed, in the order of the new report, what is gone in that of the old.

    new: alarms that were none. solved: alarms that are none any more. changed: other changes of the verdict. unchecked: alarms of articles
    that the new report did not check. unchanged: alarms as before. same_model: whether one model judged both, with the same settings.
    failures: inputs that the new report could not use; alarms that rest on them may look solved.
    """

    new: tuple[Change, ...]
    solved: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchecked: tuple[Change, ...]
    unchanged: int
    same_model: bool
    failures: int = 0


def compare(old: Json, new: Json, names: tuple[str, str] = ("old", "new")) -> Diff:
    """The difference of two reports as :func:`factcheck.reports.readback.read` gives them.

    Raises ConfigError E221 for a report that is damaged; ``names``: what to call them then.
    """
    with whole(names[0]):
        before = _findings(old)
    with whole(names[1]):
        now = _findings(new)
        checked = {portable(field(article, "path", str)) for article in articles_of(new) if not optional(article, "source_only", bool)}
        failed = [portable(field(failure, "path", str)) for failure in rows(new, "failures")]
    checked -= set(failed)
    lost = {name for name, stood in now.items() if _alarming(before.get(name)) and _is_open(stood) and stood.path not in checked}
    both = [Change(name, before.get(name), stood) for name, stood in now.items() if name not in lost]
    gone = [Change(name, stood, None) for name, stood in before.items() if (name not in now or name in lost) and stood.finding.alarming]
    return Diff(
        new=tuple(c for c in both if _alarming(c.now) and not _alarming(c.before)),
        solved=tuple(
            [c for c in both if _alarming(c.before) and not _alarming(c.now)] + [c for c in gone if c.latest.path in checked],
        ),
        changed=tuple(c for c in both if _alarming(c.before) == _alarming(c.now) and c.before and _verdict(c.before) != _verdict(c.now)),
        unchecked=tuple(c for c in gone if c.latest.path not in checked),
        unchanged=sum(_alarming(c.before) and _alarming(c.now) and _verdict(c.before) == _verdict(c.now) for c in both),
        same_model=all(old.get(key) == new.get(key) for key in ("model", "settings")),
        failures=len(failed),
    )


def as_json(diff: Diff, names: tuple[str, str]) -> str:
    """The difference as JSON text; ``names``: of the reports."""
    groups = {"new": diff.new, "solved": diff.solved, "changed": diff.changed, "unchecked": diff.unchecked}
    data = {
        "schema": SCHEMA_ID,
        "old": names[0],
        "new": names[1],
        "same_model": diff.same_model,
        "failures": diff.failures,
        "counts": {**{name: len(group) for name, group in groups.items()}, "unchanged": diff.unchanged},
        "changes": {name: [_as_dict(change) for change in group] for name, group in groups.items()},
    }
    return json_text(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


def print_to(console: Console, diff: Diff, names: tuple[str, str]) -> None:
    """Print the difference on ``console``, in its width, colours and encoding."""
    page = Page(console)
    _write(page, diff, names)
    for line in page.lines:
        console.print(line, end="\n", soft_wrap=True, markup=False, highlight=False, emoji=False)


# -- reading -----------------------------------------------------------------------------------------------------------------------


def _findings(report: Json) -> dict[str, Stood]:
    """The findings by fingerprint, in the report's order."""
    articles = [(field(article, "path", str), rows(article, "claims")) for article in articles_of(report)]
    prints = of_claims((path, [field(claim, "text", str) for claim in claims]) for path, claims in articles)
    return {
        name: _stood(path, claim)
        for (path, claims), row in zip(articles, prints, strict=True)
        for claim, name in zip(claims, row, strict=True)
    }


def _stood(path: str, row: Json) -> Stood:
    span = (field(row, "start", int), field(row, "end", int))
    claim = Claim(field(row, "text", str), (span,), field(row, "quote", str), field(row, "id", str))
    finding = Finding(
        claim,
        one_of(row, "verdict", Verdict),
        share(row, "confidence"),
        share(row, "support"),
        share(row, "contradiction"),
        known=bool(optional(row, "known", bool)),
        ignored=optional(row, "ignored", str),
    )
    place = place_of(row, shown_path(path))
    return Stood(portable(path), place if "line" in row else f"{place} {claim.id}", finding)


def _alarming(stood: Stood | None) -> bool:
    return stood is not None and stood.finding.alarming


def _is_open(stood: Stood) -> bool:
    """Whether nothing settled the claim, as where there was nothing to check it against."""
    return stood.finding.verdict == "unsupported" and not stood.finding.set_aside


def _verdict(stood: Stood | None) -> Verdict | None:
    return stood.finding.verdict if stood else None


# -- telling -----------------------------------------------------------------------------------------------------------------------


def _as_dict(change: Change) -> dict[str, Any]:
    stood = change.latest
    about = {"fingerprint": change.fingerprint, "path": stood.path, "place": stood.place, "text": stood.finding.claim.text}
    return {**about, "before": _state(change.before), "now": _state(change.now)}


def _state(stood: Stood | None) -> dict[str, Any] | None:
    if stood is None:
        return None
    return {key: getattr(stood.finding, key) for key in ("verdict", "confidence", "known", "ignored")}


def _write(page: Page, diff: Diff, names: tuple[str, str]) -> None:
    heads = page.join("", [Text("factcheck diff ", "bold"), page.text(names[0]), Text(" "), page.sign("arrow", "dim"), Text(" ")])
    page.put(heads.append_text(page.text(names[1])))
    counts = [counted(len(diff.new), "new alarm"), f"{len(diff.solved)} solved", f"{len(diff.changed)} with another verdict"]
    page.put(Text(", ".join([*counts, f"{counted(diff.unchanged, 'alarm')} as before"])))
    if not diff.same_model:
        page.put(Text("another model or other settings judged: some changes may come from that"), first=Text("note: ", "bold cyan"))
    if diff.failures:
        lost = f"{counted(diff.failures, 'input')} of the new report could not be used: some alarms may look solved for want of them"
        page.put(Text(lost), first=Text("note: ", "bold cyan"))
    _group(page, "new alarms", diff.new)
    _group(page, "solved", diff.solved)
    _group(page, "another verdict", diff.changed)
    _group(page, "not checked this time", diff.unchecked, gone=False)


def _group(page: Page, title: str, changes: Sequence[Change], *, gone: bool = True) -> None:
    """gone: whether claims that are not in the new report are known to be gone."""
    if not changes:
        return
    page.blank()
    page.heading(Text(title, "bold"), Text(str(len(changes)), "dim"))
    for change in changes:
        head = page.join(" ", [_sign(page, change.now), *_became(page, change, gone=gone)])
        sure = [Piece(Text(confidence(change.now.finding.confidence)))] if change.now else []
        place = Piece(page.text(change.latest.place, "cyan"), whole=True)
        page.put_pieces([Piece(head), *sure, place], first=Text(), rest=Text("  "))
        page.put(page.text(change.latest.finding.claim.text), first=Text("  "))


def _sign(page: Page, stood: Stood | None) -> Text:
    return page.sign(stood.finding.verdict, STYLES[stood.finding.verdict]) if stood else page.sign("dot", "dim")


def _became(page: Page, change: Change, *, gone: bool) -> list[Text]:
    """What it was, an arrow, and what it is; of a new claim only what it is."""
    states = [_told(page, stood) for stood in (change.before, change.now) if stood]
    if change.now is None and gone:
        states.append(Text("gone from the article", "dim"))
    return [states[0], *(part for state in states[1:] for part in (page.sign("arrow", "dim"), state))]


def _told(page: Page, stood: Stood) -> Text:
    verdict = stood.finding.verdict
    aside = [page.text(f" ({why})") for why in why_aside(stood.finding)]
    return page.join("", [Text(verdict, STYLES[verdict]), *aside])
