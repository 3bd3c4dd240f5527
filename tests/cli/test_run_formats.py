"""`factcheck run` with formats that take or tell something of their own; the check itself is a report made by hand."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factcheck import judging, pipeline
from factcheck.cli import run
from factcheck.errors import ConfigError
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report

TEXT = "The bridge cost 48 million crowns."


def report() -> Report:
    found = Finding(Claim(TEXT, ((0, len(TEXT)),), TEXT), "contradicted", 0.9, 0.1, 0.9)
    articles = (Article(TEXT, "plain.txt"), Article(TEXT, "page\x1b.html", kind="html"))
    return Report(tuple(CheckedArticle(a, (found,)) for a in articles), ModelInfo("m", "", "fp32"), "0.1.0")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """How often the check ran."""
    calls: list[object] = []

    def check(*args: Any, **options: Any) -> Report:
        calls.append(args)
        return report()

    monkeypatch.setattr(pipeline, "check", check)
    monkeypatch.setattr(judging.Judge, "open", lambda *args, **options: None)
    return calls


def factcheck_run(*args: str) -> Result:
    return CliRunner().invoke(run.command, list(args), standalone_mode=False)


def test_claimreview_without_a_reviewer_is_refused_before_the_work(checks: list[object]) -> None:
    result = factcheck_run("a.txt", "-f", "claimreview")
    assert isinstance(result.exception, ConfigError)
    assert result.exception.code == "E224"
    assert checks == []


def test_the_reviewer_answers_for_the_drafts_and_other_formats_take_none(checks: list[object], tmp_path: Path) -> None:
    out = tmp_path / "drafts.json"
    result = factcheck_run("a.txt", "-f", "sarif", "-f", f"claimreview={out}", "--reviewer", "The Ellery Desk")
    assert result.return_value == 1
    assert len(checks) == 1
    assert {d["author"]["name"] for d in json.loads(out.read_text("utf-8"))["@graph"]} == {"The Ellery Desk"}
    assert json.loads(result.stdout)["version"] == "2.1.0"


def test_line_ends_in_a_file_are_the_format_s_own(checks: list[object], tmp_path: Path) -> None:
    """Also where the system would write others: RFC 4180 wants CR LF, and two CR would be an empty line to a spreadsheet."""
    out = tmp_path / "report.csv"
    factcheck_run("a.txt", "-f", f"csv={out}", "-q")
    lines = out.read_bytes().split(b"\n")
    assert len(lines) > 2
    assert all(line.endswith(b"\r") and not line.endswith(b"\r\r") for line in lines[:-1])


def test_what_vale_s_format_leaves_out_is_told_on_standard_error(checks: list[object]) -> None:
    result = factcheck_run("a.txt", "-f", "vale", "-q")
    assert list(json.loads(result.stdout)) == ["plain.txt"]
    assert result.stderr == "note: page\\u{1B}.html: not in the vale format, which needs lines of a plain text file\n"
    assert "note" not in factcheck_run("a.txt", "-f", "sarif", "-q").stderr


@pytest.mark.skipif(os.name != "posix", reason="named pipes and links as POSIX has them")
def test_a_pipe_stays_a_pipe_and_a_link_a_link(checks: list[object], tmp_path: Path) -> None:
    """A file put in the place of /dev/null would end it for the whole machine."""
    pipe, link, behind = tmp_path / "pipe", tmp_path / "link.json", tmp_path / "deep" / "report.json"
    behind.parent.mkdir()
    os.mkfifo(pipe)
    link.symlink_to(behind)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    factcheck_run("a.txt", "-q", "-f", f"json={pipe}", "-f", f"jsonl={link}")
    assert pipe.is_fifo()
    reader.join(10)
    assert json.loads(read[0])["tool"]["name"] == "factcheck"
    assert link.is_symlink()
    assert behind.read_text("utf-8")
    assert list(behind.parent.iterdir()) == [behind]
