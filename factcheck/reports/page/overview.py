"""What the run as a whole has to say: alarms, weak signs, sources against claims, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from factcheck.reports.page.card import RELATIONS, source_day
from factcheck.reports.page.markup import Markup, element, heard, join, scrolling, sign
from factcheck.reports.page.prose import Found
from factcheck.reports.phrases import SIGNS, confidence, counted, date, percent
from factcheck.types import ALARMS, VERDICTS, CheckedArticle, Evidence, Report

#: Weak signs that are listed.
MAX_WEAK = 6
#: From how many days on a gap is told in months, and in years.
_MONTHS, _YEARS = 60, 730

_OWN = element("td", heard("its own article"), sign("claim"), class_="own")
_SILENT = element("td", heard("silent"), sign("·"), class_="silent")


def alarms(report: Report, found: Sequence[Found]) -> Markup | None:
    """The contradicted claims, then the disputed ones, each in the order of the articles and their text."""
    worst = sorted((f for f in found if f.finding.alarming), key=lambda f: ALARMS.index(f.finding.verdict))
    if not worst:
        return None
    return element("section", element("h2", "Look at these first"), _listed(report, worst), id="alarms", class_="overview")


def weak_signs(report: Report, found: Sequence[Found]) -> Markup | None:
    """Unsettled claims with some sign of a denial, strongest first, ties in the order of the articles and their text."""
    limit = float(report.settings.get("weak", 1.0))
    open_ = [(f.finding.nearest, f) for f in found if f.finding.nearest is not None and not f.finding.set_aside]
    weak = [(nearest.score, f) for nearest, f in open_ if nearest.relation == "contradicts" and nearest.score >= limit]
    if not weak:
        return None
    strongest = [f for _, f in sorted(weak, key=lambda pair: -pair[0])[:MAX_WEAK]]
    intro = element("p", "Weak signs of a denial, not counted as alarms.", class_="intro")
    return element("section", element("h2", "Worth a look"), intro, _listed(report, strongest), id="weak", class_="overview")


def matrix(report: Report, found: Sequence[Found]) -> Markup | None:
    """Which article states or denies which claim: worst verdicts first, then as in the articles; without the unsettled ones."""
    settled = [f for f in found if f.finding.evidence]
    if not settled:
        return None
    heads = [element("th", join([a.article.name, source_day(a.article)], " "), scope="col") for a in report.articles]
    bodies = []
    for verdict in VERDICTS:
        rows = [_row(report, f) for f in settled if f.finding.verdict == verdict]
        if rows:
            name = element("th", sign(SIGNS[verdict]), " ", verdict, scope="rowgroup", colspan=len(heads) + 1)
            bodies.append(element("tbody", element("tr", name, class_="group"), *rows, class_=verdict))
    left = len(found) - len(settled)
    rest = element("p", f"Not listed: {counted(left, 'claim')} that no article states or denies.", class_="intro") if left else None
    table = element(
        "table", element("caption", "Each claim against each article", class_="heard"),
        element("thead", element("tr", element("th", "Claim", scope="col"), *heads)), *bodies,
    )  # fmt: skip
    shown = scrolling(table, "Sources against claims")
    return element("section", element("h2", "Who says what"), shown, rest, id="matrix", class_="overview")


def timeline(report: Report) -> Markup | None:
    """The articles by day, where they differ: what was written before may have been true then."""
    dated = sorted([(a.article.date, n) for n, a in enumerate(report.articles) if a.article.date is not None])
    if len({day for day, _ in dated}) < 2:
        return None
    items: list[Markup] = []
    before: dt.date | None = None
    for day, entries in groupby(dated, key=lambda entry: entry[0]):
        gap = element("p", _later((day - before).days), class_="gap") if before else None
        told = element("ul", *(_entry(n, report.articles[n]) for _, n in entries))
        items.append(element("li", gap, element("time", date(day), datetime=day.isoformat()), told))
        before = day
    undated = [a.article.name for a in report.articles if a.article.date is None]
    rest = element("p", f"Without a date: {', '.join(undated)}.", class_="intro") if undated else None
    return element(
        "section", element("h2", "When they were written"), element("ol", *items, class_="days"), rest, id="timeline", class_="overview"
    )


def _listed(report: Report, found: Sequence[Found]) -> Markup:
    return element("ol", *(_line(report, f) for f in found), class_="lines")


def _line(report: Report, found: Found) -> Markup:
    finding, article = found.finding, report.articles[found.article].article
    verdict = element("span", sign(SIGNS[finding.verdict]), " ", finding.verdict, class_="verdict")
    claim = element("a", finding.claim.text, href=f"#finding-{found.key}", data_claims=found.key)
    facts = [article.name, confidence(finding.confidence), *_named(report, finding.evidence)]
    if finding.outdated:
        facts.append("outdated")
    return element(
        "li",
        verdict,
        element("div", claim, element("p", join(facts, " · "), class_="facts")),
        class_=f"line {finding.verdict}",
        data_claims=found.key,
    )


def _named(report: Report, evidence: Sequence[Evidence]) -> list[str]:
    """'denied by The Herald, Radio Ellery'."""
    told = []
    for relation, by in (("contradicts", "denied by"), ("supports", "stated by")):
        names = list(dict.fromkeys(report.articles[e.article].article.name for e in evidence if e.relation == relation))
        if names:
            told.append(f"{by} {', '.join(names)}")
    return told


def _row(report: Report, found: Found) -> Markup:
    claim = element("a", found.finding.claim.text, href=f"#finding-{found.key}", data_claims=found.key)
    cells = [_cell(found, n) for n in range(len(report.articles))]
    return element("tr", element("th", claim, scope="row"), *cells, data_claims=found.key)


def _cell(found: Found, number: int) -> Markup:
    if number == found.article:
        return _OWN
    here = [e for e in found.finding.evidence if e.article == number]
    if not here:
        return _SILENT
    told = []
    for relation, (verb, shown) in RELATIONS.items():
        scores = [e.score for e in here if e.relation == relation]
        if scores:
            told.append(element("span", sign(shown), " ", verb, " ", element("small", percent(max(scores))), class_=verb))
    return element("td", join(told, " "))


def _entry(number: int, checked: CheckedArticle) -> Markup:
    article = checked.article
    name = element("a", article.name, href=f"#article-{number + 1}")
    title = element("span", article.title, class_="title") if article.title and article.title != article.name else None
    tally = [f"{n} {v}" for v in ALARMS if (n := sum(f.verdict == v and f.alarming for f in checked.findings))]
    old = sum(f.outdated for f in checked.findings)
    tally += [f"{old} outdated"] if old else []
    return element("li", join([name, title], " "), element("span", ", ".join(tally), class_="tally") if tally else None)


def _later(days: int) -> str:
    if days < _MONTHS:
        return f"{counted(days, 'day')} later"
    return f"about {days // 30} months later" if days < _YEARS else f"about {round(days / 365.25)} years later"
