"""Vale's JSON: its fields, its unit, and hostile strings.

To write the golden file anew: ``FACTCHECK_UPDATE_GOLDEN=1 pytest tests/reports/test_vale.py``, then read the diff.
"""

from __future__ import annotations

import dataclasses
import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import render
from factcheck.reports.vale import left_out
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report
from tests.reports.spiked import EXAMPLES, spiked_report

GOLDEN = Path(__file__).parent / "golden" / "sample-vale.json"
FIELDS = {
    "Action": dict, "Span": list, "Check": str, "Description": str, "Link": str, "Message": str, "Severity": str, "Match": str, "Line": int,
}  # fmt: skip


def alerts(report: Report, *, verbose: bool = False) -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = json.loads(render("vale", report, verbose=verbose).encode("utf-8"))
    return loaded


def one(text: str, words: str, *, path: str = "a.txt", kind: str = "text") -> Report:
    """An article with one contradicted claim."""
    start = text.index(words)
    found = Finding(Claim(words, ((start, start + len(words)),), words), "contradicted", 0.9, 0.1, 0.9)
    return Report((CheckedArticle(Article(text, path, kind=kind), (found,)),), ModelInfo("m", "", "fp32"), "0.1.0")


def test_golden(sample: Report) -> None:
    text = render("vale", sample)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode("utf-8"))
    assert text == GOLDEN.read_bytes().decode("utf-8")


def test_an_alert_has_vale_s_fields_and_no_others(sample: Report) -> None:
    for alert in (a for found in alerts(sample).values() for a in found):
        assert {name: type(value) for name, value in alert.items()} == FIELDS
        assert alert["Action"] == {"Name": "", "Params": None}
        assert alert["Severity"] in ("error", "warning", "suggestion")


def test_alarms_are_errors_what_nobody_settles_a_warning_and_supported_claims_nothing(sample: Report) -> None:
    for verbose in (False, True):
        told = [(a["Check"], a["Severity"]) for found in alerts(sample, verbose=verbose).values() for a in found]
        assert told == [
            ("factcheck.Disputed", "error"), ("factcheck.Contradicted", "error"), *([("factcheck.Unsupported", "warning")] * 3),
            ("factcheck.Contradicted", "error"),
        ]  # fmt: skip


def test_what_is_known_or_ignored_is_no_alert(sample: Report) -> None:
    aside = tuple(
        dataclasses.replace(a, findings=tuple(dataclasses.replace(f, ignored="a test") for f in a.findings)) for a in sample.articles
    )
    report = dataclasses.replace(sample, articles=aside)
    assert alerts(report, verbose=True) == {}
    assert left_out(report) == ()


def test_articles_that_are_no_plain_files_are_left_out_and_named(sample: Report, calm: Report) -> None:
    assert list(alerts(sample)) == ["articles/gazette.md", "articles/herald.txt"]
    assert [a.article.path for a in left_out(sample)] == ["wire.json"], "radio.html has no findings, so nothing of it is left out"
    assert alerts(calm) == {}


def test_lines_and_columns_count_code_points_from_one_with_the_end_included() -> None:
    (alert,) = alerts(one("First.\r\nCafé \U0001f309 rose by 5%. More.", "rose by 5%."))["a.txt"]
    assert (alert["Line"], alert["Span"], alert["Match"]) == (2, [8, 18], "rose by 5%.")


def test_a_claim_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    (alert,) = alerts(one("The bridge\ncost\r\n48 million.", "bridge\ncost\r\n48 million."))["a.txt"]
    assert (alert["Line"], alert["Span"], alert["Match"]) == (1, [5, 10], "bridge")


def test_the_message_cites_the_place_and_the_link_leads_to_the_strongest_source(sample: Report) -> None:
    disputed, contradicted, *_ = alerts(sample)["articles/gazette.md"]
    assert "Denied by The Herald, 12 Mar 2026 (articles/herald.txt:3:3): “The Port Ellery bridge has cost 61" in disputed["Message"]
    assert disputed["Link"] == ""
    assert contradicted["Link"] == "https://example.org/1"


@pytest.mark.parametrize(
    ("path", "kind", "key"), [("-", "text", "stdin.txt"), ("-", "markdown", "stdin.md"), ("./b.md", "markdown", "./b.md")]
)
def test_keys_are_paths_as_given_and_standard_input_has_vale_s_name(path: str, kind: str, key: str) -> None:
    assert list(alerts(one("It rose.", "It rose.", path=path, kind=kind))) == [key]


def test_hostile_texts(make_string: Callable[[random.Random], str], make_hostile: Callable[[random.Random], Report]) -> None:
    rng = random.Random(34)
    pieces = ("\x1b[31m", "\r\n", "\n", "\r", "\u2028", "javascript:alert(1)", "\\", '"', "\U0001f309")
    for i in range(EXAMPLES):
        report = spiked_report(rng, pieces, make_string) if i % 2 else make_hostile(rng)
        found = alerts(report)
        by_path = {a.article.path: a.article.text for a in report.articles if a.article.plain}
        if len(by_path) < sum(a.article.plain for a in report.articles):
            continue  # two articles of one path: which one a place is in cannot be told
        for path, told in found.items():
            lines = re.split("\r\n|\r|\n", by_path[path])
            for alert in told:
                first, last = alert["Span"]
                assert first <= last
                assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e]", alert["Message"])
                assert alert["Link"] == ""
                if "\ud83d\udc80" not in by_path[path]:  # a split pair cannot be written
                    assert lines[alert["Line"] - 1][first - 1 : last].startswith(alert["Match"])
