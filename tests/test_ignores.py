"""Ignoring findings: which claims a comment or an entry means, what needs a reason, and what each report then says."""

from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck import judging, pipeline
from factcheck.claims import read_claims
from factcheck.claims.sentences import segment
from factcheck.cli import run
from factcheck.config import Config, Ignore, load_config
from factcheck.errors import ConfigError
from factcheck.ignores import mark_ignored
from factcheck.reports import render
from factcheck.reports.fingerprint import fingerprints
from factcheck.sources import read
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report, Verdict

COST = "The harbour bridge cost 48 million crowns."
OPENS = "It opens on 4 June."
FERRY = "The ferry stopped in May."


def checked(article: Article, verdict: Verdict = "contradicted") -> Report:
    """A report with a finding on each sentence that is no heading."""
    found = tuple(
        Finding(Claim(s.text, ((s.span.start, s.span.end),), s.span.of(article.text)), verdict, 0.9, 0.1, 0.9)
        for s in segment(article)
        if s.kind != "heading"
    )
    return Report((CheckedArticle(article, found),), ModelInfo("m", "", "fp32"), "0.1.0")


def markdown(text: str) -> Article:
    (article,) = read("news/bridge.md", text.encode())
    return article


def reasons(report: Report) -> list[str | None]:
    return [finding.ignored for finding in report.articles[0].findings]


def ignored(text: str) -> list[str | None]:
    return reasons(mark_ignored(checked(markdown(text))))


def notes(text: str) -> tuple[str, ...]:
    return mark_ignored(checked(markdown(text))).articles[0].article.notes


def comment(reason: str = "the council's own figure", word: str = "ignore") -> str:
    return f"<!-- factcheck: {word} {reason} -->"


OWN = "the council's own figure"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{comment()}\n{COST}\n\n{OPENS}\n", [OWN, None]),
        (f"{comment()}\r\n{COST}\r\n\r\n{OPENS}\r\n", [OWN, None]),
        (f"# Bridge\n\n{comment()}\n\n{COST}\n\n{OPENS}\n", [OWN, None]),
        (f"{COST} {comment()}\n\n{OPENS}\n", [OWN, None]),
        (f"{comment()} {COST}\n\n{OPENS}\n", [OWN, None]),
        (f"{COST}\n\n{comment()}\n{OPENS}\n", [None, OWN]),
        (f"{COST}\n{comment()}\n{FERRY}\n", [None, OWN]),
        (f"- {COST}\n- {OPENS} {comment()}\n- {FERRY}\n", [None, OWN, None]),
        (f"> {COST} {comment()}\n\n{OPENS}\n", [OWN, None]),
        (f"The harbour bridge cost\n48 million crowns. {comment()}\n{OPENS}\n", [OWN, None]),
        (f"The harbour bridge cost {comment()}\n48 million crowns.\n{OPENS}\n", [OWN, None]),
        (f"<!--factcheck:ignore\n  the council's\n  own figure\n-->\n\n{COST}\n\n{OPENS}\n", [OWN, None]),
        (f"<!-- Factcheck: Ignore: {OWN} -->\n{COST}\n", [OWN]),
    ],
    ids=[
        "line above", "CRLF", "a blank line below", "end of the line", "start of the line", "second paragraph", "within a paragraph",
        "item", "quotation", "last line of a sentence", "first line of a sentence", "several lines", "capitals and a colon",
    ],
)  # fmt: skip
def test_a_comment_speaks_of_its_line_or_the_next(text: str, expected: list[str | None]) -> None:
    assert ignored(text) == expected
    assert notes(text) == ()


def test_claims_as_they_are_split_are_meant_with_their_sentence() -> None:
    article = markdown(f"{comment()}\nThe harbour bridge cost 48 million crowns, and it has four lanes.\n\nThe ferry stopped in May.\n")
    claims = read_claims(article).claims
    found = tuple(Finding(claim, "contradicted", 0.9, 0.1, 0.9) for claim in claims)
    report = mark_ignored(Report((CheckedArticle(article, found),), ModelInfo("m", "", "fp32"), "0.1.0"))
    told = {finding.claim.text: finding.ignored for finding in report.articles[0].findings}
    assert len(told) >= 2
    assert {reason for text, reason in told.items() if "ferry" not in text.lower()} == {OWN}
    assert not any("factcheck" in claim.text or "figure" in claim.text for claim in claims), "a comment is no claim"
    assert [told[text] for text in told if "ferry" in text.lower()] == [None]


def test_a_comment_for_the_file_means_all_claims_and_one_at_the_claim_goes_before_it() -> None:
    text = f"---\ntitle: Bridge\n---\n{comment('an archive piece', 'ignore-file')}\n\n{COST} {comment()}\n\n{OPENS}\n"
    assert ignored(text) == [OWN, "an archive piece"]


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{comment()}\n{comment('x', 'ignore-file')}\n```\n\n{COST}\n",
        f"Write `{comment()}` above it. {COST}\n",
        f"---\ntitle: Bridge\nnote: {comment('x', 'ignore-file')}\n---\n\n{COST}\n",
        f"<!-- factcheck: call the council about this -->\n{COST}\n",
        f"<!-- ignore this -->\n{COST}\n",
        f"<!-- factcheck: ignore-file never closed\n\n{COST}\n",
    ],
    ids=["code block", "code", "front matter", "a note among colleagues", "another comment", "never closed"],
)
def test_what_is_no_comment_of_ours_ignores_nothing(text: str) -> None:
    assert set(ignored(text)) == {None}
    assert notes(text) == ()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f"{comment('')}\n{COST}\n", "line 1: “factcheck: ignore” gives no reason, so it ignores nothing"),
        (f"{COST}\n\n{OPENS} {comment('reason')}\n", "line 3: “factcheck: ignore” gives no reason, so it ignores nothing"),
        (f"{comment('', 'ignore-file')}\n\n{COST}\n", "line 1: “factcheck: ignore-file” gives no reason, so it ignores nothing"),
        (f"{comment(word='ignroe')}\n{COST}\n", "line 1: “factcheck: ignroe” means nothing; write “factcheck: ignore” and a reason"),
        (f"{comment(word='ignore_file')}\n{COST}\n", "line 1: “factcheck: ignore_file” means nothing"),
        (f"{COST}\n\n# More {comment()}\n", "line 3: “factcheck: ignore” stands at no claim; put it above a claim's line or at its end"),
        (f"{COST}\n{comment()}\n\n{OPENS}\n", "line 2: “factcheck: ignore” stands at no claim"),
        (f"{comment()}\n\n![the bridge](b.png)\n\n{COST}\n", "line 1: “factcheck: ignore” stands at no claim"),
        (f"{COST}\n\n{comment()}", "line 3: “factcheck: ignore” stands at no claim"),
    ],
    ids=[
        "no reason", "a placeholder", "no reason for the file", "a slip", "another slip", "a heading", "open which it means", "a picture",
        "the end",
    ],
)  # fmt: skip
def test_a_comment_that_ignores_nothing_is_told(text: str, note: str) -> None:
    assert set(ignored(text)) == {None}
    (told,) = notes(text)
    assert told.startswith(note)


def test_what_is_supported_is_not_ignored() -> None:
    article = markdown(f"{comment()}\n{COST}\n")
    assert reasons(mark_ignored(checked(article, "supported"), [Ignore("*", "all")])) == [None]
    assert reasons(mark_ignored(checked(article, "unsupported"))) == [OWN]
    assert mark_ignored(checked(article, "supported")).articles[0].article.notes == ()


def test_comments_of_other_formats_ignore_nothing() -> None:
    text = f"{comment()}\n{COST}\n"
    assert set(reasons(mark_ignored(checked(Article(text, "a.txt"))))) == {None}
    (page,) = read("a.html", f"<html><body><article><p>{comment()}{COST} {OPENS * 6}</p></article></body></html>".encode())
    assert "factcheck" not in page.text
    assert set(reasons(mark_ignored(checked(page)))) == {None}


# -- factcheck.toml ----------------------------------------------------------------------------------------------------------------


def plain(path: str) -> Report:
    return checked(Article(f"{COST}\n\n{FERRY}\n", path))


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("drafts/*.txt", "drafts/bridge.txt"), ("drafts/*.txt", "/home/desk/drafts/bridge.txt"), ("*.txt", "drafts/bridge.txt"),
        ("drafts", "drafts/old/bridge.txt"), ("drafts/", "./drafts/bridge.txt"), ("drafts/**", "drafts/old/bridge.txt"),
        ("drafts/**/*.txt", "drafts/bridge.txt"), ("drafts\\*.txt", "drafts\\bridge.txt"), ("/home/desk/*", "/home/desk/bridge.txt"),
        ("-", "-"),
    ],
)  # fmt: skip
def test_a_path_is_a_glob_of_the_path_its_end_or_its_folder(glob: str, path: str) -> None:
    assert reasons(mark_ignored(plain(path), [Ignore(glob, "why")])) == ["why", "why"]


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("drafts/*.txt", "drafts/bridge.md"),
        ("afts/*.txt", "drafts/bridge.txt"),
        ("/desk/*", "/home/desk/bridge.txt"),
        ("x/bridge.txt", "bridge.txt"),
    ],
)
def test_another_path_is_not_meant(glob: str, path: str) -> None:
    assert reasons(mark_ignored(plain(path), [Ignore(glob, "why")])) == [None, None]


def test_an_entry_may_name_words_or_a_fingerprint() -> None:
    report = plain("a.txt")
    assert reasons(mark_ignored(report, [Ignore("*", "why", claim="“48 MILLION” crowns")])) == ["why", None]
    assert reasons(mark_ignored(report, [Ignore("*", "why", claim="8 million")])) == [None, None], "whole words"
    assert reasons(mark_ignored(report, [Ignore("*", "why", claim="48%")])) == [None, None], "a sign says what a figure means"
    assert reasons(mark_ignored(report, [Ignore("*", "why", claim="%")])) == [None, None]
    assert reasons(mark_ignored(report, [Ignore("*", "why", claim="bridge 48 million")])) == [None, None], "next to each other"
    ((_, ferry),) = fingerprints(report)
    assert reasons(mark_ignored(report, [Ignore("*", "why", fingerprint=ferry.upper())])) == [None, "why"]
    assert reasons(mark_ignored(report, [Ignore("b.txt", "why", fingerprint=ferry)])) == [None, None]
    both = [Ignore("a.txt", "first", claim="ferry"), Ignore("*", "second")]
    assert reasons(mark_ignored(report, both)) == ["second", "first"]


def settings(folder: Path, text: str) -> Config:
    (folder / "factcheck.toml").write_text(text, encoding="utf-8")
    return load_config(folder, {})


def test_entries_are_read_from_the_settings(tmp_path: Path) -> None:
    first = '[[ignore]]\npath = "drafts/*.txt"\nclaim = "48 million"\nreason = "their own figure"\n'
    text = first + '[[ignore]]\npath = "old"\nreason = "archive"\n'
    assert settings(tmp_path, text).ignore == (Ignore("drafts/*.txt", "their own figure", "48 million"), Ignore("old", "archive"))
    assert settings(tmp_path, "").ignore == ()
    hash(settings(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ('[[ignore]]\npath = "a.txt"\n', "E205", "reason = "),
        ('[[ignore]]\npath = "a.txt"\nreason = " "\n', "E205", "reason = "),
        ('[[ignore]]\nreason = "why"\n', "E205", "path = "),
        ('[[ignore]]\npath = "a.txt"\nreason = "why"\nclaim = 48\n', "E205", "claim = "),
        ('[[ignore]]\npath = "a.txt"\nreason = "why"\nclaims = "48"\n', "E204", "'claim'"),
        ('ignore = "a.txt"\n', "E205", "[[ignore]]"),
        ('ignore = ["a.txt"]\n', "E205", "[[ignore]]"),
    ],
)
def test_an_entry_that_is_not_whole_is_an_error(tmp_path: Path, text: str, code: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    assert caught.value.code == code
    assert told in caught.value.step


# -- reports -----------------------------------------------------------------------------------------------------------------------


def test_reports_count_what_is_ignored_and_do_not_show_it() -> None:
    text = f"{comment('Zwischenruf')}\n{COST}\n\n{FERRY}\n"
    report = mark_ignored(checked(markdown(text)))
    data = json.loads(render("json", report))
    assert [claim["ignored"] for claim in data["articles"][0]["claims"]] == ["Zwischenruf", None]
    assert (data["summary"]["ignored"], data["summary"]["verdicts"]["contradicted"], data["summary"]["claims"]) == (1, 1, 2)
    (annotation,) = json.loads(render("annotations", report))["first"]["items"]
    assert FERRY in json.dumps(annotation["target"])
    for name in ("terminal", "markdown", "github", "vale", "sarif"):
        shown = render(name, report)
        assert "ferry stopped" in shown, name
        assert "48 million" not in shown, name
    for name in ("terminal", "markdown", "github"):
        assert "1 ignored" in render(name, report), name
    for name in ("terminal", "markdown", "github", "annotations", "sarif", "html", "csv", "jsonl"):
        verbose = render(name, report, verbose=True)
        assert "48 million" in verbose, name
        assert "Zwischenruf" in verbose, name
    assert len(json.loads(render("claimreview", report, reviewer="The Ellery Desk"))["@graph"]) == 1
    assert "::error" not in render("github", alone(report), verbose=True)


def alone(report: Report) -> Report:
    """The report with its first finding only."""
    (article,) = report.articles
    return dataclasses.replace(report, articles=(dataclasses.replace(article, findings=article.findings[:1]),))


def test_run_heeds_comments_and_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings(tmp_path, '[[ignore]]\npath = "news/*"\nclaim = "ferry"\nreason = "told by the union"\n')
    found = checked(markdown(f"{comment()}\n{COST}\n\n{FERRY}\n"))
    monkeypatch.setattr(pipeline, "check", lambda *args, **options: found)
    monkeypatch.setattr(judging.Judge, "open", lambda *args, **options: None)
    result = CliRunner().invoke(run.command, ["news/bridge.md", "-q", "-f", "json"], standalone_mode=False)
    assert result.return_value == 0
    assert [claim["ignored"] for claim in json.loads(result.stdout)["articles"][0]["claims"]] == [OWN, "told by the union"]
    found = checked(markdown(f"{COST}\n"))
    assert CliRunner().invoke(run.command, ["news/bridge.md", "-q"], standalone_mode=False).return_value == 1


def test_a_report_with_nothing_but_ignored_alarms_says_so() -> None:
    report = alone(mark_ignored(checked(markdown(f"{comment()}\n{COST}\n"))))
    for name in ("terminal", "html"):
        assert "No claim is contradicted or disputed, other than those known or ignored" in " ".join(render(name, report).split()), name


def test_many_comments_take_no_time() -> None:
    text = (f"{COST} {comment()} " * 1000) + "\n" + (f"{comment()}\n\n" * 1000) + f"{OPENS}\n"
    report = checked(markdown(text))
    started = time.perf_counter()
    mark_ignored(report)
    assert time.perf_counter() - started < 2
