"""Workflow commands, read back as GitHub's runner reads them."""

from __future__ import annotations

import dataclasses
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.reports import QuoteMismatch, clean, github, render
from factcheck.types import Article, CheckedArticle, Claim, Failure, Finding, ModelInfo, Report, Verdict
from tests.reports.spiked import EXAMPLES, spiked_report

GOLDEN = Path(__file__).parent / "golden" / "sample-github.txt"
PIECES = (
    "::error::x",
    "::stop-commands::t",
    "##[error]x",
    "\n::add-mask::x",
    "\r::error::",
    "%0A::error::x",
    "%25",
    "%",
    ",line=1",
    "::",
    ",",
    ":",
    "=",
)


@dataclasses.dataclass
class Command:
    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command:
    """One line as the runner reads it: name to the first blank, properties to the next ::, escapes undone with % last."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, given = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in given.strip().split(",") if pair)
    return Command(name, {key: unescaped(value, "\r\n:,") for key, value in properties.items()}, unescaped(data, "\r\n"))


def unescaped(s: str, characters: str) -> str:
    for c in (*characters, "%"):
        s = s.replace(f"%{ord(c):02X}", c)
    return s


def commands(report: Report, *, verbose: bool = False) -> list[Command]:
    text = render("github", report, verbose=verbose)
    assert text.endswith("\n")
    return [read(line) for line in text[:-1].split("\n")]


def many(verdict: Verdict, count: int) -> Report:
    """A report with ``count`` claims of one verdict, the last the likeliest to be denied."""
    text = "x " * count
    found = tuple(Finding(Claim(f"Claim {i}.", ((2 * i, 2 * i + 1),), "x"), verdict, 0.9, 0.0, (i + 1) / (count + 1)) for i in range(count))
    return Report((CheckedArticle(Article(text, "a.txt"), found),), ModelInfo("m", "", "fp32"), "0.1.0")


def test_golden(sample: Report) -> None:
    text = render("github", sample, verbose=True)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode())
    assert text == GOLDEN.read_bytes().decode()


def test_levels_and_order(sample: Report) -> None:
    told = [(c.name, c.properties["title"].split()[0]) for c in commands(sample)]
    assert told[:5] == [
        ("notice", "factcheck"), ("error", "contradicted"), ("error", "contradicted"), ("error", "disputed"), ("warning", "not")
    ]  # fmt: skip
    assert told[5:] == [("warning", "unsupported")] * 4
    assert [c.name for c in commands(sample, verbose=True)][len(told) :] == ["notice"] * 2
    assert commands(many("contradicted", 3))[1].message.startswith("Claim 2."), "likeliest to be denied first"


def test_a_finding_says_who_denies_it_where(sample: Report) -> None:
    opens = commands(sample)[1]
    assert opens.properties == {
        "title": "contradicted (very likely, 93%, date, outdated)",
        "file": "articles/gazette.md", "line": "3", "endLine": "3", "col": "92", "endColumn": "114",
    }  # fmt: skip
    assert opens.message.split("\n") == [
        "The new harbour bridge at Port Ellery will open on 4 June.",
        "says “It will open on 4 June”",
        "denied by Coast Wire, 14 Mar 2026, wire.json (93%): “The opening has been put off to 18 June because of unfinished barriers.”",
    ]


def test_places_are_only_given_where_they_mean_something(sample: Report) -> None:
    wire = commands(sample)[-1]
    assert wire.properties["file"] == "wire.json"
    assert not {"line", "col"} & set(wire.properties), "no plain file"
    text = "It opens\nin June."
    found = Finding(Claim("It opens in June.", ((0, len(text)),), text), "contradicted", 0.9, 0.0, 0.9)
    report = Report((CheckedArticle(Article(text, "a.txt"), (found,)),), sample.model, "0.1.0")
    properties = commands(report)[1].properties
    assert (properties["line"], properties["endLine"]) == ("1", "2")
    assert "col" not in properties, "GitHub refuses columns over two lines"
    piped = dataclasses.replace(report, articles=(CheckedArticle(Article(text, "-"), (found,)),))
    assert "file" not in commands(piped)[1].properties


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (many("contradicted", 10), None),
        (many("contradicted", 11), "GitHub shows the first 10 of 11 errors;"),
        (many("unsupported", 23), "GitHub shows the first 10 of 23 warnings;"),
        (many("supported", 40), None),
    ],
)
def test_what_github_does_not_show_is_counted(report: Report, words: str | None) -> None:
    said = commands(report)[0].message
    assert (words in said) if words else ("GitHub shows" not in said)
    assert len(commands(report, verbose=True)) == 1 + len(report.articles[0].findings), "the log has all"


def test_an_empty_run_clears_nothing(empty: Report) -> None:
    [only] = commands(empty)
    assert "clears nothing" in only.message


def test_a_failure_is_a_warning_at_its_file(sample: Report) -> None:
    scan = next(c for c in commands(sample) if c.properties.get("file") == "articles/scan.pdf")
    assert (scan.name, scan.properties["title"]) == ("warning", "not checked (E114)")
    assert scan.message == "the PDF holds pictures of text only\nrun OCR on it first, then give the new file"


def test_long_texts_keep_githubs_limits() -> None:
    text = "é" * 9000
    found = Finding(Claim(text, ((0, len(text)),), text), "contradicted", 0.9, 0.0, 0.9)
    failure = Failure("a", "E" * 999, "p", "s")
    report = Report((CheckedArticle(Article(text, "a.txt"), (found,)),), ModelInfo("m", "", "fp32"), "0.1.0", (failure,))
    _, error, warning = commands(report)
    assert 4000 < len(error.message.encode()) <= github.MAX_MESSAGE
    assert len(warning.properties["title"]) == github.MAX_TITLE


def test_a_wrong_quote_is_an_internal_error(sample: Report) -> None:
    first = sample.articles[0].findings[0]
    broken = dataclasses.replace(first, claim=dataclasses.replace(first.claim, quote="other words"))
    articles = (dataclasses.replace(sample.articles[0], findings=(broken,)), *sample.articles[1:])
    with pytest.raises(QuoteMismatch):
        render("github", dataclasses.replace(sample, articles=articles))


def test_hostile_strings_make_no_command(make_string: Callable[[random.Random], str]) -> None:
    """Every line is one of ours, and what the runner reads from it is the cleaned text."""
    rng = random.Random(63)
    for _ in range(EXAMPLES):
        report = spiked_report(rng, PIECES, make_string)
        text = render("github", report, verbose=True)
        lines = text.encode().decode().splitlines()
        assert len(lines) == 1 + 1 + 2
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)
        for line in lines:
            command = read(line)
            assert command.name in ("error", "warning", "notice")
            assert set(command.properties) <= {"title", "file", "line", "endLine", "col", "endColumn"}
        told = {command.message.split("\n")[0] for command in map(read, lines)}
        for checked in report.articles:
            claim = clean.terminal(clean.one_line(checked.findings[0].claim.text)).strip()
            assert any(first.startswith(claim) for first in told)
