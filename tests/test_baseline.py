"""The baseline: what is known, what is told of it, and a file that reads well in a diff."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from factcheck import judging, pipeline
from factcheck.baseline import Entry, entries, mark_known, read, text
from factcheck.cli import run
from factcheck.errors import ConfigError
from factcheck.reports import json as report_json
from factcheck.reports import render, schema
from factcheck.reports.fingerprint import fingerprints
from factcheck.types import Article, CheckedArticle, Claim, Failure, Finding, ModelInfo, Report, Verdict
from tests.reports.conftest import hostile

COST = "The bridge cost 48 million crowns."
OPENS = "It opens on 4 June."
FERRY = "The ferry stopped in May."
ALARM: Verdict = "contradicted"


def article(path: str, *claims: tuple[str, Verdict]) -> CheckedArticle:
    words, findings = "", []
    for claim, verdict in claims:
        place = (len(words), len(words) + len(claim))
        words += f"{claim}\n\n"
        findings.append(Finding(Claim(claim, (place,), claim, f"c{len(findings) + 1}"), verdict, 0.9, 0.1, 0.9))
    return CheckedArticle(Article(words, path), tuple(findings), checked=1.0)


def report(*articles: CheckedArticle) -> Report:
    return Report(articles, ModelInfo("m", "", "fp32"), "0.1.0")


FIRST = report(article("a.txt", (COST, ALARM), (OPENS, "disputed"), (FERRY, "unsupported")), article("b.txt", (FERRY, "supported")))


def known(found: Report) -> list[bool]:
    return [finding.known for checked in found.articles for finding in checked.findings]


def test_what_was_written_is_known() -> None:
    marked = mark_known(FIRST, entries(FIRST))
    assert known(marked) == [True, True, True, False]
    assert [f.alarming for f in marked.articles[0].findings] == [False, False, False]
    assert marked.notes == ()
    assert mark_known(FIRST, ()) == FIRST


def test_only_the_same_claim_with_the_same_verdict_is_known() -> None:
    now = report(article("a.txt", (OPENS, "contradicted"), (FERRY, "unsupported"), ("The bridge cost 61 million crowns.", ALARM)))
    assert known(mark_known(now, entries(FIRST))) == [False, True, False]
    assert known(mark_known(report(article("c.txt", (COST, ALARM))), entries(FIRST))) == [False], "in another article it is another claim"


def test_entries_that_no_longer_occur_are_told_and_only_of_articles_that_were_checked() -> None:
    before = entries(FIRST)
    assert mark_known(report(article("a.txt", (FERRY, "unsupported"))), before).notes == ("2 entries of the baseline no longer occur",)
    assert mark_known(report(article("a.txt", (COST, "supported"), (OPENS, "disputed"), (FERRY, "unsupported"))), before).notes == (
        "1 entry of the baseline no longer occurs",
    )
    source = dataclasses.replace(article("a.txt"), source_only=True)
    assert mark_known(report(article("b.txt", (FERRY, "supported")), source), before).notes == ()


def test_ignored_findings_are_neither_written_nor_known() -> None:
    (checked, other) = FIRST.articles
    ignored = dataclasses.replace(checked, findings=tuple(dataclasses.replace(f, ignored="why") for f in checked.findings))
    now = dataclasses.replace(FIRST, articles=(ignored, other))
    assert entries(now) == []
    assert known(mark_known(now, entries(FIRST))) == [False] * 4
    assert mark_known(now, entries(FIRST)).notes == (), "they do occur"


def test_a_new_baseline_keeps_the_entries_of_articles_not_checked_this_time() -> None:
    before = [*entries(FIRST), Entry("gone.txt", "Old.", "0" * 32, "contradicted")]
    now = report(article("a.txt", (COST, ALARM)))
    assert {(e.path, e.claim) for e in entries(now, before)} == {("a.txt", COST), ("gone.txt", "Old.")}


def test_the_file_has_a_line_for_each_finding_sorted(tmp_path: Path) -> None:
    found = entries(FIRST)
    written = text([*reversed(found), found[0]])
    lines = written.splitlines()
    assert lines[0] == '{"factcheck_baseline": 1, "fingerprints": 1, "findings": ['
    assert lines[1] == f'{{"path": "a.txt", "verdict": "disputed", "claim": "{OPENS}", "fingerprint": "{fingerprints(FIRST)[0][1]}"}},'
    assert [line[:15] for line in lines[1:-1]] == ['{"path": "a.txt'] * 3
    (tmp_path / "b.json").write_text(written, encoding="utf-8")
    assert read(tmp_path / "b.json") == tuple(sorted(found))
    assert json.loads(text([]))["findings"] == []


def test_an_edit_of_one_claim_changes_one_line() -> None:
    edited = report(
        article("a.txt", (COST, ALARM), ("A new lead.", "supported"), ("It opens on 5 June.", "disputed"), (FERRY, "unsupported"))
    )
    one, other = (set(text(entries(r)).splitlines()) for r in (FIRST, edited))
    assert len(one - other) == len(other - one) == 1


@pytest.mark.parametrize(
    "content",
    [
        None, b"", b"\xff\xfe", b"[]", b"{}", b'{"factcheck_baseline": 2, "fingerprints": 1, "findings": []}',
        b'{"factcheck_baseline": 1, "fingerprints": 9, "findings": []}', b'{"factcheck_baseline": 1, "fingerprints": 1}',
        b'{"factcheck_baseline": 1, "fingerprints": 1, "findings": [{"path": "a.txt"}]}',
        b'{"factcheck_baseline": 1, "fingerprints": 1, "findings": [{"path": 1, "claim": "", "fingerprint": "", "verdict": "disputed"}]}',
        b'{"factcheck_baseline": 1, "fingerprints": 1, "findings": [{"path": "", "claim": "", "fingerprint": "", "verdict": "wrong"}]}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_missing_or_damaged_file_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "baseline.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read(file)
    assert caught.value.code == "E225"
    assert "--write-baseline" in caught.value.step
    with pytest.raises(ConfigError):
        read(tmp_path)


def test_any_string_comes_back(tmp_path: Path) -> None:
    rng = random.Random(6)
    file = tmp_path / "b.json"
    for _ in range(200):
        found = sorted(Entry(hostile(rng), hostile(rng), f"{rng.getrandbits(128):032x}", ALARM) for _ in range(3))
        written = text(found)
        assert not any(0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066\u2028" for c in written)
        file.write_text(written, encoding="utf-8")
        if "\ufffd" not in written:  # a split surrogate pair cannot be written
            assert list(read(file)) == found


# -- factcheck run -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """What the next check finds: its last item."""
    found = [FIRST]
    monkeypatch.setattr(pipeline, "check", lambda *args, **options: found[-1])
    monkeypatch.setattr(judging.Judge, "open", lambda *args, **options: None)
    return found


def factcheck_run(*args: Any) -> Result:
    return CliRunner().invoke(run.command, ["a.txt", "-q", *map(str, args)], standalone_mode=False)


def test_known_alarms_are_counted_not_shown_and_no_failure(now: list[Report], tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    first = factcheck_run("--write-baseline", file)
    assert first.return_value == 1, "what is only being written down is still shown"
    assert COST in first.stdout
    again = factcheck_run("--baseline", file)
    assert again.return_value == 0
    assert "3 known, not shown" in again.stdout
    assert COST not in again.stdout
    assert factcheck_run("--baseline", file, "--fail-on", "unsupported").return_value == 0
    verbose = factcheck_run("--baseline", file, "-v").stdout
    assert COST in verbose
    assert "not shown" not in verbose


def test_a_new_alarm_is_shown_and_fails(now: list[Report], tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    factcheck_run("--write-baseline", file)
    now.append(report(article("a.txt", ("The tunnel is closed.", ALARM), (COST, ALARM))))
    result = factcheck_run("--baseline", file, "-f", "json", "--write-baseline", file)
    assert result.return_value == 1
    data = json.loads(result.stdout)
    jsonschema.Draft202012Validator(schema.schema()).validate(data)
    assert [claim["known"] for claim in data["articles"][0]["claims"]] == [False, True]
    assert (data["summary"]["known"], data["summary"]["verdicts"]["contradicted"]) == (1, 1)
    assert data["notes"] == ["2 entries of the baseline no longer occur"]
    assert [e.claim for e in read(file)] == [COST, "The tunnel is closed."], "the new one holds what there is now"
    assert list(tmp_path.iterdir()) == [file]


def test_a_lost_input_still_beats_the_baseline(now: list[Report], tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    factcheck_run("--write-baseline", file)
    now.append(dataclasses.replace(FIRST, failures=(Failure("c.txt", "E101", "no such file", "check the name"),)))
    assert factcheck_run("--baseline", file).return_value == 3


@pytest.mark.parametrize(("option", "code"), [("--baseline", "E225"), ("--write-baseline", "E212")])
def test_a_file_that_cannot_be_used_is_told_before_the_work(now: list[Report], tmp_path: Path, option: str, code: str) -> None:
    now.clear()  # a check would fail
    result = factcheck_run(option, tmp_path / "none" / "b.json")
    assert isinstance(result.exception, ConfigError)
    assert result.exception.code == code


def test_every_format_leaves_known_alarms_out_unless_it_holds_everything() -> None:
    marked = mark_known(FIRST, [e for e in entries(FIRST) if e.claim == COST])
    for name in ("terminal", "markdown", "github", "vale", "sarif"):
        shown = render(name, marked)
        assert COST not in shown, name
        assert OPENS in shown, name
    for name in ("terminal", "markdown", "github"):
        assert "1 known" in render(name, marked), name
    for name in ("terminal", "markdown", "github", "sarif"):
        assert COST in render(name, marked, verbose=True), name
    for name in ("json", "jsonl", "csv", "html"):
        assert COST in render(name, marked), name
    assert report_json.as_dict(marked)["summary"]["known"] == 1
