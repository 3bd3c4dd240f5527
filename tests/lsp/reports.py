"""Reports of a draft made by hand, and the editor's view of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from pygls.workspace import PositionCodec

from factcheck.lsp.checking import Checked
from factcheck.lsp.view import View
from factcheck.types import Article, Block, CheckedArticle, Claim, Conflict, Evidence, Finding, ModelInfo, Report, Span, Verdict

HERE, WIRE = Path("/news/draft.md"), Path("/news/wire service.txt")


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def draft(text: str, *quotes: str, kind: str = "markdown", hidden: tuple[str, ...] = ()) -> tuple[Article, list[Finding]]:
    """An article whose lines are paragraphs, and an unsupported finding for each quote."""
    blocks = tuple(Block(span(text, line)) for line in text.splitlines() if line.strip())
    article = Article(text, "draft.md", kind=kind, blocks=blocks, hidden=tuple(span(text, h) for h in hidden))
    return article, [finding(text, quote) for quote in quotes]


def finding(text: str, quote: str, claim: str | None = None) -> Finding:
    place = span(text, quote)
    return Finding(Claim(claim or f"{quote.rstrip('.')}.", ((place.start, place.end),), quote), "unsupported", 0.9, 0.1, 0.1)


def denied(
    found: Finding, source: str, words: str, *, verdict: Verdict = "contradicted", conflict: Conflict = "number", reason: str | None = None
) -> Finding:
    """The finding, denied by ``words`` of the one source."""
    evidence = Evidence(1, span(source, words), words, "contradicts", 0.9, span(source, words), reason)
    return dataclasses.replace(found, verdict=verdict, conflict=conflict, contradiction=0.9, evidence=(*found.evidence, evidence))


def report(article: Article, findings: list[Finding], source: str, *, kind: str = "text") -> Report:
    wire = Article(source, "wire service.txt", outlet="Coast Wire", date=dt.date(2026, 3, 14), kind=kind)
    checked = CheckedArticle(article, tuple(findings), (), 1.0)
    return Report((checked, CheckedArticle(wire, source_only=True)), ModelInfo("m", "", "float32"), "0.1.0")


def view(made: Report, encoding: str = "utf-16") -> View:
    return View(
        Checked(made.articles[0].article.text, made, (HERE, WIRE), (), None), PositionCodec(encoding), {HERE: "file:///news/draft.md"}
    )
