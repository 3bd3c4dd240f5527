"""One self-contained page: every article with its claims marked, and each finding beside the words of its sources.

Articles come in input order and findings in text order; only the overviews are sorted, worst verdict first, and ties stay in that order.
The page asks for nothing from anywhere and can be read without its script. Its policy lets only the style and the script shipped with
this package act, each by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from factcheck.reports.check import check_quotes
from factcheck.reports.page import frame, overview
from factcheck.reports.page.card import Cards, source_day
from factcheck.reports.page.markup import Markup, element, join, link, verbatim
from factcheck.reports.page.prose import Found, numbered, prose
from factcheck.reports.phrases import counted
from factcheck.reports.summary import Summary, summarise
from factcheck.reports.telling import path, share
from factcheck.types import Report


def render(report: Report, *, verbose: bool = False) -> str:
    """The report as an HTML document; verbose: with every passage that a claim was compared with.

    Raises :class:`~factcheck.reports.check.QuoteMismatch` if a quote is not its article's words.
    """
    check_quotes(report)
    summary = summarise(report)
    body = element("body", element("a", "Skip to the findings", class_="skip", href="#main"), *_body(report, summary, verbose=verbose))
    return f"<!doctype html>\n{element('html', _head(summary), body, lang='en')}\n"


def _head(summary: Summary) -> Markup:
    style, script = _asset("style.css"), _asset("script.js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        # By this a later run knows that the page is no article (factcheck.sources.own).
        element("meta", name_="generator", content="factcheck"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", http_equiv="x-dns-prefetch-control", content="off"),
        element("meta", name_="referrer", content="no-referrer"),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="color-scheme", content="light dark"),
        element("title", f"factcheck: {frame.headline(summary)}"),
        verbatim("style", style),
        verbatim("script", script, type="module"),
    )


def _body(report: Report, summary: Summary, *, verbose: bool) -> list[Markup | None]:
    found = numbered(report)
    sections = [overview.alarms(report, found), overview.weak_signs(report, found)]
    after = [overview.matrix(report, found), overview.timeline(report)]
    names = ["Alarms", "Worth a look", "Who says what", "Dates"]
    keys = ["alarms", "weak", "matrix", "timeline"]
    there = [(key, name) for key, name, section in zip(keys, names, sections + after, strict=True) if section]
    cards = Cards.of(report)
    articles = [
        _article(cards, number, [f for f in found if f.article == number], verbose=verbose) for number in range(len(report.articles))
    ]
    return [
        element("div", frame.header(report, summary), frame.troubles(report), frame.contents(report, there), class_="top"),
        frame.filters(report, summary) if found else None,
        element("main", *sections, *articles, *after, id="main", tabindex="-1"),
        frame.particulars(report),
    ]


def _article(cards: Cards, number: int, found: list[Found], *, verbose: bool) -> Markup:
    checked = cards.report.articles[number]
    article = checked.article
    facts = [element("b", article.outlet) if article.outlet else None, source_day(article), element("span", path(article), class_="place")]
    told = "source only, not checked" if checked.source_only else f"{counted(len(found), 'claim')}, {share(checked.checked)} checked"
    head = element(
        "header",
        element("p", join([*facts, told], " · "), class_="kicker"),
        element("h2", article.title or article.name),
        element("p", link(article.url), class_="kicker") if article.url else None,
        *(element("p", "Note: ", note, class_="note") for note in article.notes),
    )
    text = prose(number, checked)
    if checked.source_only:
        shown = element("details", element("summary", "Its text"), element("div", text, class_="prose"), class_="folded")
        return element("article", head, shown, id=f"article-{number + 1}")
    none = element("p", "No checkable claim was found in this article.", class_="intro") if not found else None
    side = element(
        "div", element("h3", "Findings", class_="heard"), none, *(cards.card(f, verbose=verbose) for f in found), class_="findings"
    )
    return element("article", head, element("div", element("div", text, class_="prose"), side, class_="pair"), id=f"article-{number + 1}")


def _asset(name: str) -> str:
    return (resources.files("factcheck.reports.page") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
