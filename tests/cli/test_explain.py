"""`factcheck explain` as a user runs it, in a process of its own, on a report like those that `factcheck run` writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import render
from factcheck.types import Article, CheckedArticle, Claim, ModelInfo, Report, Span
from factcheck.verdicts.decide import Judged, Thresholds, decide

from .test_run import RIVAL, STATION, factcheck

#: Claims of the first article, and how surely each sentence of the second states and denies them.
SCORES = {
    "The new station in Aldermoor opened on Monday.": ((0.02, 0.91), (0.01, 0.03)),
    "It has five platforms.": ((0.0, 0.04), (0.02, 0.31)),
}
DENIALS = ("The new station in Aldermoor has not opened and is still closed.", "It has nine platforms, the builder said.")


def checked(path: str, text: str, other: int, rival: str, scores: dict[str, Any], passages: tuple[str, ...]) -> CheckedArticle:
    limits = Thresholds(support=0.7, contradiction=0.4, weak=0.2)
    spans = [Span(rival.index(p), rival.index(p) + len(p)) for p in passages]
    findings = []
    for n, (words, rows) in enumerate(scores.items(), 1):
        start = text.index(words)
        claim = Claim(words, ((start, start + len(words)),), words, f"c{n}")
        judged = [Judged(other, s, s.of(rival), s, *row) for s, row in zip(spans, rows, strict=False)]
        findings.append(decide(claim, judged, limits))
    return CheckedArticle(Article(text, path), tuple(findings), (), 1.0)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = (
        checked("stories/a.txt", STATION, 1, RIVAL, SCORES, DENIALS),
        checked("stories/b.txt", RIVAL, 0, STATION, {DENIALS[0]: ((0.01, 0.88),)}, tuple(SCORES)),
    )
    settings: dict[str, float | int | str] = {"support": 0.7, "contradiction": 0.4, "weak": 0.2, "stale_days": 60}
    folder = tmp_path_factory.mktemp("explain")
    (folder / "a.txt").write_text(STATION)
    file = folder / "report.json"
    file.write_text(render("json", Report(articles, ModelInfo("m", "0", "mixed"), "0.1.0", settings=settings)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def claims(report: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every claim with its name in the whole report."""
    articles = json.loads(report.read_text(encoding="utf-8"))["articles"]
    return [(f"{n}:{claim['id']}", claim) for n, article in enumerate(articles, 1) for claim in article["claims"]]


def squeezed(text: str) -> str:
    return "".join(text.replace("│", " ").split())


def test_every_passage_considered_is_shown_and_those_that_count_say_so(report: Path, claims: list[tuple[str, dict[str, Any]]]) -> None:
    name, claim = claims[0]
    status, out, err = factcheck("explain", report, name)
    assert (status, err) == (0, "")
    assert f" {claim['verdict']} · " in out
    for passage in claim["considered"]:
        assert squeezed(passage["quote"]) in squeezed(out)
    assert "→ counts as a denial: 91% is above the threshold of 40%" in out
    assert "→ does not count: 3% is below the threshold of 40%" in out
    assert "\x1b" not in out, "no colour in a pipe"


def test_json_is_the_finding_as_it_stands(report: Path, claims: list[tuple[str, dict[str, Any]]]) -> None:
    for name, claim in claims[:2]:
        assert json.loads(factcheck("explain", report, name, "--json")[1]) == claim


def test_a_report_may_come_from_standard_input_and_a_claim_by_its_place(report: Path, claims: list[tuple[str, dict[str, Any]]]) -> None:
    name, claim = claims[0]
    place = f"a.txt:{claim['line']}:{claim['column']}"
    by_name = factcheck("explain", "-", name, stdin=report.read_bytes())
    assert by_name[0] == 0
    assert by_name == factcheck("explain", report, place)


@pytest.mark.parametrize("width", ["80", "200"])
def test_it_keeps_to_the_window(
    report: Path, claims: list[tuple[str, dict[str, Any]]], width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = factcheck("explain", report, claims[0][0])[1]
    assert max(len(line) for line in out.splitlines() if ".txt" not in line) <= min(int(width), 120)


def test_mistakes_are_told_with_the_next_step(report: Path, tmp_path: Path) -> None:
    for args, code, step in [
        ((report, "c99"), "E222", "the nearest are 1:c"),
        ((report, "c1"), "E223", "give one of 1:c1 ("),
        ((tmp_path / "none.json", "c1"), "E221", "write a report with factcheck run"),
        ((tmp_path, "c1"), "E221", "write a report with factcheck run"),
        ((report.parent / "a.txt", "c1"), "E221", "write a report with factcheck run"),
    ]:
        status, out, err = factcheck("explain", *args)
        assert (status, out) == (2, "")
        assert err.startswith(f"error: [{code}] ")
        assert step in err
    assert factcheck("explain", report)[0] == 2


def test_a_reader_that_goes_away_is_no_error(report: Path, claims: list[tuple[str, dict[str, Any]]]) -> None:
    code = "from factcheck.cli.main import main; main()"
    done = subprocess.Popen([sys.executable, "-c", code, "explain", report, claims[0][0]], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.stdout
    assert done.stderr
    done.stdout.close()
    assert done.wait(timeout=60) == 141
    assert done.stderr.read() == b""
    done.stderr.close()
