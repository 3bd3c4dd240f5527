"""Weak signs of a conflict: listed with both quotes, apart from the alarms, strongest first, and only so many."""

from __future__ import annotations

from factcheck.reports import render
from factcheck.types import Article, CheckedArticle, Claim, Evidence, Finding, ModelInfo, Report, Span

TEXT = " ".join(f"Claim number {n} is here." for n in range(10, 20))
OTHER = "The other side of it."


def build(scores: list[float], weak: float) -> Report:
    findings = []
    for n, score in enumerate(scores):
        start = n * 25
        claim = Claim(TEXT[start : start + 24], ((start, start + 24),), TEXT[start : start + 24], f"c{n}")
        denial = Evidence(1, Span(0, 21), OTHER, "contradicts", score)
        findings.append(Finding(claim, "unsupported", 0.7, 0.0, score, (), denial))
    articles = (CheckedArticle(Article(TEXT, path="a.txt", outlet="Ledger"), tuple(findings), (), 1.0),
                CheckedArticle(Article(OTHER, path="b.txt", outlet="Wire"), source_only=True))  # fmt: skip
    return Report(articles, ModelInfo("m", "0", "float32"), "0", settings={"weak": weak})


def test_weak_signs_are_listed_with_both_quotes_strongest_first() -> None:
    out = render("terminal", build([0.1, 0.2, 0.3], weak=0.15))
    section = out[out.index("worth a look") :]
    assert section.index("Claim number 12") < section.index("Claim number 11")
    assert "Claim number 10" not in section
    assert OTHER in section
    assert "Wire" in section
    assert "0 contradicted" in out


def test_there_is_no_section_without_weak_signs_and_never_a_long_one() -> None:
    assert "worth a look" not in render("terminal", build([0.1], weak=0.15))
    out = render("terminal", build([0.2] * 10, weak=0.15))
    assert out[out.index("worth a look") :].count("against") == 6
