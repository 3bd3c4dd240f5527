"""The report as GitHub-flavoured Markdown, for a comment on a pull request, a step's summary or a wiki page.

First the totals and a table of the articles, then article by article the alarms with the words of both sides, worst first and
otherwise in text order, and the unsupported claims in a list; ``verbose`` adds what is supported, what is known or ignored, and
what came closest. All of it is text: no links, images or HTML, and article text cannot become any, nor mention a person or an issue.

GitHub refuses a comment of more than :data:`MAX_LENGTH` characters, so the mildest findings are left out of a longer one, which
then says how many: first the supported, then the unsupported, then the alarms, of each those least likely to be denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.reports import telling
from factcheck.reports.check import Positions, check_quotes
from factcheck.reports.phrases import SIGNS, counted, date, percent
from factcheck.reports.summary import summarise
from factcheck.reports.voice import untold
from factcheck.reports.wording import shown
from factcheck.types import ALARMS, VERDICTS, Evidence, Finding, Relation, Report

#: Characters that a comment on GitHub may have.
MAX_LENGTH = 65_536
#: Rows of the table, failures and notes that are listed; the rest are counted.
MAX_ROWS, MAX_LISTED = 30, 10
#: Passages shown for each side of a finding, and with ``verbose``.
MAX_EVIDENCE, MAX_VERBOSE = 3, 6
# Characters of Markdown for one quote or claim, and for one name, path or reason. With the limits above they keep what must be there
# and any one finding well below MAX_LENGTH, whatever the articles hold.
_LONG, _SHORT = 1500, 300

# GitHub looks for names, references, addresses, emoji and formulas in the text that Markdown leaves, where no backslash helps any more:
# a zero-width space parts them, written as an entity and so visible in the file. A dollar sign before a figure is an amount.
_PARTED = re.compile(
    r"(?<=@)|(?<=#)(?=\w)|(?<=\bgh-)(?=\d)"  # @name #12 GH-12
    r"|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=:)(?=[\w+-]+:)|(?=\$(?!\d))",  # https:// www. :emoji: (a place's :100: too) $formula$
    re.IGNORECASE,
)
# What may be a commit's number is parted every six characters: seven are the fewest that GitHub makes a reference of.
_HEX = re.compile(r"(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])", re.IGNORECASE)
# A path or place of nothing but these can stand as code, which GitHub leaves alone.
_PLAIN_PATH = re.compile(r"[\w./:\\ -]+")
_ESCAPES = str.maketrans(
    {c: f"\\{c}" for c in "\\`*_[]|~"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "$": "&#36;", "\u200b": "&#8203;"}  # { also begins templates of site builders
)


def render(report: Report, *, verbose: bool = False, limit: int = MAX_LENGTH) -> str:
    """The report as Markdown of at most ``limit`` characters, as long as its head, at most 26,000, fits in.

    Raises :class:`~factcheck.reports.check.QuoteMismatch` for a wrong quote.
    """
    check_quotes(report)
    head = "\n\n".join(_head(report))
    positions = Positions(report)
    places = [_Place(report, positions, number) for number in range(len(report.articles))]
    parts = [part for place in places for part in _article(place, verbose=verbose)]
    foot = f"factcheck {_short(report.version)}, model {_short(report.model.name)} ({_short(report.model.precision)})"
    kept = _fitting(parts, limit - len(head) - len(foot) - _SHORT)
    left_out = sum(part.finding for part in parts) - sum(part.finding for part in kept)
    text = head + "".join(part.text for part in kept)
    if left_out:
        text += f"\n\n**{counted(left_out, 'more finding')} left out, the mildest:** a comment on GitHub holds {limit:,} characters."
    return f"{text}\n\n{foot}\n"


def escape(s: str, limit: int = _LONG) -> str:
    """Article text as Markdown that shows it and does nothing else, in at most ``limit`` characters and "…"; never empty.

    For the inside of a line only, behind words of ours: what acts at the start of a line (``1.``, ``-``) is not escaped.
    """
    text = shown(s)[: limit + 1]  # escaping never makes it shorter
    markdown = _escaped(text)
    if len(markdown) <= limit:
        return markdown or "…"
    while len(markdown) > limit:
        text = text[: len(text) * limit // len(markdown)]
        markdown = _escaped(text)
    return markdown + "…"


def _escaped(text: str) -> str:
    parted = _HEX.sub(lambda found: re.sub("(.{6})(?=.)", "\\1\u200b", found[0]), text)
    return _PARTED.sub("\u200b", parted).translate(_ESCAPES)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some lines with what parts them from those before. rank: worst first; one with a lower rank is kept rather."""

    text: str
    rank: tuple[float, ...]
    finding: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """One article of a report."""

    report: Report
    positions: Positions
    number: int


def _fitting(parts: Sequence[_Part], room: int) -> list[_Part]:
    """The worst parts that fit, in their order; once one does not fit, none that is milder is there."""
    kept = set()
    for index in sorted(range(len(parts)), key=lambda index: parts[index].rank):
        room -= len(parts[index].text)
        if room < 0:
            break
        kept.add(index)
    return [part for index, part in enumerate(parts) if index in kept]


# -- the head ----------------------------------------------------------------------------------------------------------------------


def _head(report: Report) -> Iterator[str]:
    summary = summarise(report)
    yield f"## Fact check: {telling.verdicts(summary)}"
    yield " · ".join(telling.scope(report, summary))
    if summary.articles > summary.sources_only:
        yield "\n".join(_table(report))
    if report.failures:
        failed = [f"{_path(f.path)} ({_short(f.code)}): {_short(f.problem)}; {_short(f.step)}" for f in report.failures]
        yield "\n".join([f"**{counted(len(failed), 'input')} could not be used:**", "", *_listed(failed)])
    for note in report.notes[:MAX_LISTED]:
        yield f"Note: {_short(note)}"
    if len(report.notes) > MAX_LISTED:
        yield f"… and {counted(len(report.notes) - MAX_LISTED, 'more note')}"
    if report.passed_over:
        yield f"{counted(len(report.passed_over), 'file')} passed over as no article."
    if not summary.claims:
        yield "**No claim was checked: this report clears nothing.**"


def _table(report: Report) -> Iterator[str]:
    """A row an article; of many only those with most alarms, in their order."""
    judged = [number for number, checked in enumerate(report.articles) if not checked.source_only]
    told = {n: [f.verdict for f in report.articles[n].findings if not f.set_aside] for n in judged}
    counts = {n: [told[n].count(verdict) for verdict in VERDICTS] for n in judged}
    rows = sorted(sorted(judged, key=lambda n: -sum(counts[n][:2]))[:MAX_ROWS])
    yield f"| article | {' | '.join(VERDICTS)} | checked |"
    yield f"|:---|{'---:|' * (len(VERDICTS) + 1)}"
    for n in rows:
        checked = report.articles[n]
        cells = [_path(telling.path(checked.article)), *map(str, counts[n]), telling.share(checked.checked)]
        yield f"| {' | '.join(cells)} |"
    if len(judged) > len(rows):
        yield f"| … and {counted(len(judged) - len(rows), 'more article')} |"


def _listed(items: Sequence[str]) -> list[str]:
    more = [f"- … and {len(items) - MAX_LISTED} more"] if len(items) > MAX_LISTED else []
    return [*(f"- {item}" for item in items[:MAX_LISTED]), *more]


# -- the findings ------------------------------------------------------------------------------------------------------------------


def _article(at: _Place, *, verbose: bool) -> Iterator[_Part]:
    """The article's heading and its findings; nothing if there is none to show."""
    checked = at.report.articles[at.number]
    told = [f for verdict in VERDICTS for f in checked.findings if f.verdict == verdict and _told(f, verbose=verbose)]
    if checked.source_only or not told:
        return
    article = checked.article
    facts = [s for s in (article.title, article.outlet, date(article.date)) if s]
    figures = f"{counted(len(checked.findings), 'claim')}, {telling.share(checked.checked)} checked"
    about = " · ".join([figures, *map(_short, facts)])
    yield _Part(f"\n\n### {_path(telling.path(article))}\n\n{about}", min(map(_rank, told)), finding=False)
    in_list = False
    for finding in told:
        if finding.verdict in ALARMS or verbose:
            yield _Part("\n\n" + _block(at, finding, verbose=verbose), _rank(finding))
            continue
        if not in_list:
            unsupported = [f for f in told if f.verdict == "unsupported"]
            lead = f"\n\n**? {len(unsupported)} unsupported:** no other article settles {'this' if len(unsupported) == 1 else 'these'}\n"
            yield _Part(lead, min(map(_rank, unsupported)), finding=False)
            in_list = True
        yield _Part(f"\n- {_spot(at, finding)}: {escape(finding.claim.text)}{_voice(finding)}", _rank(finding))


def _told(finding: Finding, *, verbose: bool) -> bool:
    return verbose or (finding.verdict != "supported" and not finding.set_aside)


def _rank(finding: Finding) -> tuple[float, ...]:
    return finding.set_aside, *telling.severity(finding)


def _block(at: _Place, finding: Finding, *, verbose: bool) -> str:
    """One finding: verdict and place, the claim, then the words of this article and of each side."""
    claim = finding.claim
    facts = [*map(_short, telling.why_aside(finding)), *telling.qualities(finding), _spot(at, finding)]
    head = f"**{SIGNS[finding.verdict]} {finding.verdict}** · {' · '.join(facts)}"
    items = []
    if not telling.says_the_same(at.report.articles[at.number].article, claim):
        items.append(f"says: {_quoted(claim.quote)}")
    for relation in telling.SIDES:
        items += _side(at, [e for e in finding.evidence if e.relation == relation], relation, MAX_VERBOSE if verbose else MAX_EVIDENCE)
    origins = telling.one_origin(finding)
    if origins:
        items.append(origins)
    if finding.nearest is not None:
        items.append(_passage(at, finding.nearest, "closest:"))
    if finding.missing:
        items.append("missing: " + escape(", ".join(f"{m.kind} {m.words}" for m in finding.missing)))
    text = f"{head}\n\n> **{escape(claim.text)}**{_voice(finding)}"
    return "\n".join([f"{text}\n", *(f"- {item}" for item in items)]) if items else text


def _side(at: _Place, evidence: Sequence[Evidence], relation: Relation, most: int) -> Iterator[str]:
    for passage in evidence[:most]:
        yield _passage(at, passage, telling.SIDES[relation])
    if len(evidence) > most:
        yield f"{telling.SIDES[relation]} {counted(len(evidence) - most, 'more passage')}"


def _passage(at: _Place, evidence: Evidence, label: str) -> str:
    *known, place = telling.source(at.report, at.positions, evidence)
    cited = ", ".join([*(f"**{_short(who)}**" for who in known[:1]), *map(_short, known[1:]), _path(place)])
    reason = f"; {_short(evidence.reason)}" if evidence.reason else ""
    return f"{label} {cited} ({percent(evidence.score)}): {_quoted(evidence.quote)}{reason}"


def _spot(at: _Place, finding: Finding) -> str:
    """Where the claim stands; in an article that has no lines its name for factcheck explain, as the heading has said the path."""
    if at.report.articles[at.number].article.plain:
        return _path(telling.place(at.report, at.positions, at.number, finding.claim.start))
    return f"claim {_short(finding.claim.id)}"


def _voice(finding: Finding) -> str:
    said = untold(finding.claim)
    return f" ({_short(said)})" if said else ""


def _quoted(quote: str) -> str:
    return f"“{escape(quote)}”"


def _path(s: str) -> str:
    text = shown(s)
    return f"`{text}`" if _PLAIN_PATH.fullmatch(text) and len(text) <= _SHORT else f"“{_short(s)}”"


def _short(s: str) -> str:
    return escape(s, _SHORT)
