"""`factcheck diff`: what is new, solved and changed between two reports, told to people and to programs."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factcheck.cli import diff
from factcheck.errors import ConfigError
from factcheck.reports import render
from factcheck.types import Article, CheckedArticle, Claim, Failure, Finding, ModelInfo, Report, Verdict
from tests.reports.conftest import hostile

from .test_run import factcheck

COST = "The bridge cost 48 million crowns."
OPENS = "It opens on 4 June."
FERRY = "The ferry stopped in May."
LANES = "The bridge has four lanes."


def article(path: str, *claims: tuple[str, Verdict], before: str = "", **changes: Any) -> CheckedArticle:
    words, findings = before, []
    for claim, verdict in claims:
        place = (len(words), len(words) + len(claim))
        words += f"{claim}\n"
        findings.append(Finding(Claim(claim, (place,), claim, f"c{len(findings) + 1}"), verdict, 0.9, 0.1, 0.9))
    return CheckedArticle(Article(words or "-", path, **changes), tuple(findings), checked=1.0)


def report(*articles: CheckedArticle) -> Report:
    return Report(articles, ModelInfo("m", "", "fp32"), "0.1.0")


def aside(checked: CheckedArticle, **changes: Any) -> CheckedArticle:
    """With its first finding set aside."""
    first, *rest = checked.findings
    return dataclasses.replace(checked, findings=(dataclasses.replace(first, **changes), *rest))


OLD = report(
    article("a.txt", (COST, "contradicted"), (OPENS, "disputed"), (FERRY, "unsupported"), (LANES, "contradicted")),
    article("b.txt", (COST, "contradicted")),
)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Runs the command on two reports."""

    def run(old: Report, new: Report, *options: str) -> Result:
        for name, made in (("old.json", old), ("new.json", new)):
            (tmp_path / name).write_text(render("json", made), encoding="utf-8")
        return CliRunner().invoke(diff.command, [str(tmp_path / "old.json"), str(tmp_path / "new.json"), *options], standalone_mode=False)

    return run


def changes(result: Result) -> dict[str, list[str]]:
    return {name: [change["text"] for change in group] for name, group in json.loads(result.stdout)["changes"].items()}


def test_the_same_report_has_no_changes(run: Any) -> None:
    result = run(OLD, OLD, "--json")
    assert result.return_value == 0
    assert changes(result) == {"new": [], "solved": [], "changed": [], "unchecked": []}
    assert json.loads(result.stdout)["counts"]["unchanged"] == 4
    assert "0 new alarms" in run(OLD, OLD).stdout


def test_edits_around_a_claim_are_no_changes(run: Any) -> None:
    moved = article(
        "a.txt", (LANES, "contradicted"), (FERRY, "unsupported"), (OPENS, "disputed"), (COST, "contradicted"), before="New lead. "
    )
    assert changes(run(OLD, report(moved, OLD.articles[1]), "--json")) == {"new": [], "solved": [], "changed": [], "unchecked": []}


def test_new_solved_and_changed(run: Any) -> None:
    now = report(
        article("a.txt", (COST, "supported"), (OPENS, "contradicted"), (FERRY, "disputed"), ("The tunnel is shut.", "contradicted")),
        article("b.txt", (COST, "contradicted")),
    )
    result = run(OLD, now, "--json")
    assert result.return_value == 1
    assert changes(result) == {"new": [FERRY, "The tunnel is shut."], "solved": [COST, LANES], "changed": [OPENS], "unchecked": []}
    (ferry, tunnel), (cost, lanes) = (json.loads(result.stdout)["changes"][group] for group in ("new", "solved"))
    assert (ferry["before"]["verdict"], ferry["now"]["verdict"], ferry["place"]) == ("unsupported", "disputed", "a.txt:3:1")
    assert tunnel["before"] is None
    assert (cost["now"]["verdict"], lanes["now"]) == ("supported", None)
    told = " ".join(run(OLD, now).stdout.split())
    assert "2 new alarms, 2 solved, 1 with another verdict, 1 alarm as before" in told
    assert "unsupported → disputed" in told
    assert "contradicted → supported" in told
    assert "contradicted → gone from the article" in told
    assert "disputed → contradicted" in told
    assert told.index("new alarms") < told.index(FERRY) < told.index(COST)


def test_fewer_alarms_are_no_failure(run: Any) -> None:
    assert run(OLD, report(article("a.txt", (OPENS, "contradicted")), OLD.articles[1])).return_value == 0


def test_what_is_set_aside_is_no_alarm_in_either_report(run: Any) -> None:
    first, other = OLD.articles
    ignored, known = aside(first, ignored="cleared by legal"), aside(first, known=True)
    for now, why in ((ignored, "contradicted → contradicted (ignored: cleared by legal)"), (known, "contradicted → contradicted (known)")):
        result = run(OLD, report(now, other), "--json")
        assert result.return_value == 0
        assert changes(result)["solved"] == [COST]
        assert why in " ".join(run(OLD, report(now, other)).stdout.split())
        back = run(report(now, other), OLD, "--json")
        assert back.return_value == 1
        assert changes(back)["new"] == [COST]


def test_an_alarm_of_an_article_that_was_not_checked_is_not_solved(run: Any) -> None:
    source = dataclasses.replace(OLD.articles[1], findings=(), source_only=True)
    for rest in ((), (source,)):
        result = run(OLD, report(OLD.articles[0], *rest), "--json")
        assert changes(result) == {"new": [], "solved": [], "changed": [], "unchecked": [COST]}
        assert result.return_value == 0
    told = " ".join(run(OLD, report(OLD.articles[0])).stdout.split())
    assert "not checked this time" in told
    assert "gone from the article" not in told


def test_an_alarm_that_lost_what_denied_it_is_not_solved(run: Any) -> None:
    open_now = article("a.txt", (COST, "unsupported"), (OPENS, "unsupported"), (FERRY, "unsupported"), (LANES, "supported"))
    alone = dataclasses.replace(report(aside(open_now, ignored="they said so")), failures=(Failure("./a.txt", "E111", "alone", "add"),))
    result = run(OLD, alone, "--json")
    assert changes(result) == {"new": [], "solved": [COST, LANES], "changed": [], "unchecked": [OPENS, COST]}
    assert [c["now"] for c in json.loads(result.stdout)["changes"]["unchecked"]] == [None, None]
    told = " ".join(run(OLD, alone).stdout.split())
    assert "note: 1 input of the new report could not be used" in told
    assert json.loads(run(OLD, OLD, "--json").stdout)["failures"] == 0
    assert "could not be used" not in run(OLD, OLD).stdout
    # A source that was lost leaves the article checked, but not against all that there was.
    lost = dataclasses.replace(report(open_now, OLD.articles[1]), failures=(Failure("wire.txt", "E101", "no such file", "check"),) * 2)
    assert changes(run(OLD, lost, "--json"))["solved"] == [COST, OPENS, LANES]
    assert "2 inputs of the new report could not be used" in " ".join(run(OLD, lost).stdout.split())


def test_an_article_without_lines_is_told_by_path_and_claim(run: Any) -> None:
    page = report(article("b.html", (COST, "contradicted"), kind="html"))
    (change,) = json.loads(run(report(), page, "--json").stdout)["changes"]["new"]
    assert change["place"] == "b.html c1"


def test_another_model_is_told(run: Any) -> None:
    other = dataclasses.replace(OLD, model=ModelInfo("n", "", "fp32"))
    assert "another model or other settings" in " ".join(run(OLD, other).stdout.split())
    assert "another model" not in run(OLD, OLD).stdout
    assert json.loads(run(OLD, other, "--json").stdout)["same_model"] is False


def test_reports_written_before_there_were_ignores(run: Any, tmp_path: Path) -> None:
    data = json.loads(render("json", OLD))
    for checked in data["articles"]:
        for claim in checked["claims"]:
            for key in ("known", "ignored", "fingerprint"):
                del claim[key]
    (tmp_path / "older.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "new.json").write_text(render("json", OLD), encoding="utf-8")
    args = [str(tmp_path / "older.json"), str(tmp_path / "new.json"), "--json"]
    assert changes(CliRunner().invoke(diff.command, args, standalone_mode=False))["new"] == []


@pytest.mark.parametrize("broken", ["claims", "text", "verdict", "confidence", "start"])
def test_a_damaged_report_is_an_error(tmp_path: Path, broken: str) -> None:
    data = json.loads(render("json", OLD))
    if broken == "claims":
        data["articles"][0]["claims"] = 5
    else:
        data["articles"][0]["claims"][0][broken] = [7]
    (tmp_path / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "good.json").write_text(render("json", OLD), encoding="utf-8")
    for pair in (("bad.json", "good.json"), ("good.json", "bad.json")):
        result = CliRunner().invoke(diff.command, [str(tmp_path / name) for name in pair], standalone_mode=False)
        assert isinstance(result.exception, ConfigError)
        assert result.exception.code == "E221"
        assert "bad.json" in result.exception.problem


def test_as_a_user_runs_it(tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(render("json", OLD), encoding="utf-8")
    before = render("json", report(OLD.articles[1])).encode()
    status, out, err = factcheck("diff", "-", tmp_path / "new.json", stdin=before)
    assert (status, err) == (1, "")
    assert "3 new alarms" in out
    assert "standard input →" in out
    assert "\x1b" not in out
    for args in (["-", "-"], [tmp_path / "new.json", tmp_path / "gone.json"]):
        status, out, err = factcheck("diff", *args, stdin=before)
        assert (status, out) == (2, "")
        assert err.startswith("error: [E2")


def test_hostile_reports_reach_no_terminal(run: Any) -> None:
    rng = random.Random(12)
    for _ in range(40):
        claims = [(hostile(rng), rng.choice(("contradicted", "supported"))) for _ in range(3)]
        paths = [hostile(rng), hostile(rng)]
        old, new = (report(aside(article(rng.choice(paths), *rng.sample(claims, 2)), ignored=hostile(rng))) for _ in range(2))
        out = run(old, new).stdout
        assert not any((ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066\u200b\u2028" for c in out)
        assert run(old, new).stdout == out
        json.loads(run(old, new, "--json").stdout)
