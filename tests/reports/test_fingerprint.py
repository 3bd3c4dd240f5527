"""Fingerprints: what they survive, and what makes them new."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable

import pytest

from factcheck.reports.fingerprint import fingerprints, portable
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report, Verdict
from tests.reports.spiked import EXAMPLES

OPENS = "The harbour bridge opens on 4 June."


def report(
    *claims: str, path: str = "news/bridge.md", before: str = "", verdict: Verdict = "contradicted", confidence: float = 0.9
) -> Report:
    """One article that has nothing but these claims after ``before``."""
    text, findings = before, []
    for claim in claims:
        place = (len(text), len(text) + len(claim))
        text += claim + "\n\n"
        findings.append(Finding(Claim(claim, (place,), claim), verdict, confidence, 0.1, 0.9))
    return Report((CheckedArticle(Article(text, path), tuple(findings)),), ModelInfo("m", "", "fp32"), "0.1.0")


def of(*claims: str, **changes: object) -> tuple[str, ...]:
    return fingerprints(report(*claims, **changes))[0]  # type: ignore[arg-type]


def test_one_for_each_finding_in_the_report_s_order(sample: Report) -> None:
    prints = fingerprints(sample)
    assert [len(p) for p in prints] == [len(a.findings) for a in sample.articles]
    flat = [p for article in prints for p in article]
    assert len(set(flat)) == len(flat)
    assert all(re.fullmatch("[0-9a-f]{32}", p) for p in flat)
    assert fingerprints(sample) == prints


def test_a_known_value_so_that_no_release_changes_them_unnoticed() -> None:
    assert of(OPENS) == ("39a4615668a16b7a1d1f8e14e13f2d6c",)


@pytest.mark.parametrize(
    "same",
    [
        "The  harbour bridge\nopens on 4 June.",
        "the harbour bridge opens on 4 June",
        "“The harbour bridge opens on 4 June,”",
        "The harbour bridge – opens – on 4 June!",
        "The Harbour Bridge opens on 4\xa0June.",
        "The hárbour bridge opens on 4 June.",
    ],
)
def test_style_and_wrapping_change_nothing(same: str) -> None:
    assert of(same) == of(OPENS)


def test_edits_around_a_claim_change_nothing() -> None:
    alone = of(OPENS)
    assert of(OPENS, before="A new lead, put in above.\n\n" * 40) == alone
    assert of(OPENS, "It cost 48 million crowns.")[:1] == alone
    assert of("It cost 48 million crowns.", OPENS)[1:] == alone


def test_verdict_and_score_change_nothing() -> None:
    assert of(OPENS, verdict="supported", confidence=0.5) == of(OPENS)


@pytest.mark.parametrize(
    "other",
    [
        "The harbour bridge opens on 5 June.",
        "The harbour bridge does not open on 4 June.",
        "The harbour tunnel opens on 4 June.",
        "On 4 June the harbour bridge opens.",
    ],
)
def test_a_claim_that_says_something_else_is_new(other: str) -> None:
    assert of(other) != of(OPENS)


@pytest.mark.parametrize(
    ("one", "other"), [("It fell by 5%.", "It fell by 5."), ("It cost £5.", "It cost €5."), ("It was -5 degrees.", "It was 5 degrees.")]
)
def test_signs_that_change_a_figure_count(one: str, other: str) -> None:
    assert of(one) != of(other)


def test_a_minus_is_a_minus_however_it_is_typed() -> None:
    assert of("It was −5 degrees.") == of("It was -5 degrees.")


def test_equal_claims_are_told_apart_by_their_order() -> None:
    first, second, third = of(OPENS, OPENS, OPENS.lower())
    assert len({first, second, third}) == 3
    assert of(OPENS, "It cost 48 million crowns.", OPENS)[2] == second


def test_equal_claims_of_one_path_in_several_articles_are_told_apart() -> None:
    one = report(OPENS, path="feed.json")
    two = dataclasses.replace(one, articles=one.articles * 2)
    (first,), (second,) = fingerprints(two)
    assert first != second
    assert first == fingerprints(one)[0][0]


def test_the_path_counts_but_not_how_its_separators_are_written() -> None:
    assert of(OPENS, path="./news//bridge.md") == of(OPENS, path="news\\bridge.md") == of(OPENS)
    assert of(OPENS, path="news/cafe\u0301.md") == of(OPENS, path="news/caf\xe9.md")
    assert len({of(OPENS, path=p) for p in ("news/bridge.md", "/news/bridge.md", "bridge.md", "", "-")}) == 5
    assert portable("") == ""


def test_any_string_has_a_fingerprint(make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(31)
    for _ in range(EXAMPLES):
        claims = [make_string(rng) for _ in range(3)]
        path = make_string(rng)
        assert len(set(of(*claims, path=path))) == 3
        assert of(*claims, path=path) == of(*claims, path=path, before="x ")
