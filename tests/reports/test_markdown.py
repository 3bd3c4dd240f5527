"""The Markdown report, read by a CommonMark parser: its structure is ours alone, its text the articles'."""

from __future__ import annotations

import dataclasses
import itertools
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcheck.reports import QuoteMismatch, clean, markdown, render
from factcheck.types import Article, CheckedArticle, Claim, Evidence, Failure, Finding, ModelInfo, Report, Span, Verdict
from tests.reports.spiked import EXAMPLES, spiked_report

GOLDEN = Path(__file__).parent / "golden"
PIECES = (
    *("*x*", "**", "_x_", "__", "~~x~~", "`", "``x``", "[x](https://e.example)", "![x](https://e.example/p.png)", "[x]: /u", "[^1]", "]("),
    *(
        "<b>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "<https://e.example>",
        "</details>",
        "&lt;",
        "&#64;",
        "|",
        "|--|",
        "\\",
        "\\|",
        "> ",
        "# ",
    ),
    *("@name", "a@b.example", "#12", "GH-12", "owner/repo#3", "o/r@0a1b2c3", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "1234567"),
    *("https://e.example/x", "http://e.example", "www.e.example", "ftp://e.example", "mailto:a@b.example", ":shipit:", ":+1:", "$x$", "$$"),
    *(
        "1. ",
        "- ",
        "+ ",
        "* ",
        "---",
        "===",
        "    x",
        "\n\n# x",
        "\n- x",
        "\r| a |\n|---|",
        "\t",
        "{{ x }}",
        "{% x %}",
        "- [ ] x",
        "[!NOTE]",
    ),
)
OURS = frozenset(
    "inline text softbreak heading paragraph table thead tbody tr th td blockquote bullet_list list_item strong code_inline".split()
)
#: What GitHub makes something of in rendered text, after Markdown has been read.
REFERENCES = re.compile(r"@\w|#\w|\bgh-\d|://|\bwww\.|\b[0-9a-f]{7,40}\b|:[\w+-]+:|(?<!\u200b)\$(?!\d)", re.IGNORECASE)


def tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    return [token for block in parsed for token in (block, *(block.children or ()))]


def kind(token: Token) -> str:
    return re.sub("_(open|close)$", "", token.type)


def plain(text: str) -> str:
    """What a reader sees, white space and the parting zero-width spaces left out."""
    return re.sub(r"[\s\u200b]", "", "".join(t.content for t in tokens(text) if t.type in ("text", "text_special", "code_inline")))


def about(text: str, verdict: Verdict = "contradicted", path: str = "a.txt") -> Report:
    """A report on one claim that is denied in its own words."""
    denial = Evidence(1, Span(0, len(text)), text, "contradicts", 0.9)
    found = Finding(Claim(text, ((0, len(text)),), text, "c1"), verdict, 0.9, 0.1, 0.9, (denial,))
    other = CheckedArticle(Article(text, "b.txt"), source_only=True)
    return Report((CheckedArticle(Article(text, path), (found,)), other), ModelInfo("m", "", "fp32"), "0.1.0")


def many(count: int) -> Report:
    """A report with ``count`` alarms and as many unsupported claims in each of two articles, ever likelier to be denied."""
    text = "x " * count * 2
    found = tuple(
        Finding(
            Claim(f"Claim {i} of the harbour bridge.", ((2 * i, 2 * i + 1),), "x"), "contradicted" if i % 2 else "unsupported", 0.9, 0.0,
            (i + 1) / (2 * count + 1),
        )
        for i in range(2 * count)
    )  # fmt: skip
    articles = (CheckedArticle(Article(text, "a.txt"), found), CheckedArticle(Article(text, "b.txt"), found))
    return Report(articles, ModelInfo("m", "", "fp32"), "0.1.0")


@pytest.mark.parametrize(("name", "verbose"), [("sample.md", False), ("sample-verbose.md", True)])
def test_golden(name: str, verbose: bool, sample: Report) -> None:
    text = render("markdown", sample, verbose=verbose)
    file = GOLDEN / name
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()


def test_the_table_counts_each_article(sample: Report) -> None:
    text = render("markdown", sample)
    assert "| `articles/gazette.md` | 1 | 1 | 3 | 0 | 72% |" in text
    assert "radio.html` |" not in text, "a mere source has no row"
    kinds = Counter(t.type for t in tokens(text))
    assert (kinds["table_open"], kinds["tr_open"], kinds["td_open"]) == (1, 4, 18)


def test_alarms_are_told_in_full_and_the_rest_in_a_line(sample: Report) -> None:
    text = render("markdown", sample)
    assert "- denied by **Coast Wire**, 14 Mar 2026, `wire.json` (93%): “The opening has been put off" in text
    assert "; 48 and 61 million crowns" in text
    assert "**≠ disputed** · likely, 87% · number · `articles/gazette.md:3:1`" in text
    assert "crowns.** (said by the council)" in text
    assert "- `articles/gazette.md:5:70`: The bridge carries two lanes of traffic and a cycle path." in text
    assert "- denied by 2 more passages" in text
    assert "✓" not in text
    gazette = text[text.index("### `articles/gazette.md`") : text.index("### `articles/herald.txt`")]
    assert gazette.index("contradicted") < gazette.index("disputed") < gazette.index("3 unsupported")


def test_verbose_adds_what_is_supported_and_what_came_closest(sample: Report) -> None:
    text = render("markdown", sample, verbose=True)
    assert "**✓ supported** · virtually certain, >99%" in text
    assert "- closest: **The Herald**, 12 Mar 2026, `articles/herald.txt:4:1` (21%)" in text
    assert "- missing: figure two lanes, actor a cycle path" in text


def test_articles_on_one_side_that_are_one_source(sample: Report) -> None:
    first = sample.articles[0].findings[0]
    articles = (dataclasses.replace(sample.articles[0], findings=(dataclasses.replace(first, origins=(1, 1)),)), *sample.articles[1:])
    assert "- denied by 2 articles, 1 origin\n" in render("markdown", dataclasses.replace(sample, articles=articles))
    assert "1 origin\n" not in render("markdown", sample)


def test_no_claim_means_no_clearance(empty: Report) -> None:
    assert "this report clears nothing" in render("markdown", empty)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Bread cost $5 in May, 12% more.", "Bread cost &#36;5 in May, 12% more."),
        ("snake_case * 2", "snake\\_case \\* 2"),
        ("ask @desk", "ask @&#8203;desk"),
        ("see #12 or GH-12", "see #&#8203;12 or GH-&#8203;12"),
        ("at 10:30", "at 10:30"),
        ("page.txt:100:5", "page.txt:&#8203;100:5"),
        ("https://e.example", "https:&#8203;//e.example"),
        ("since 2026", "since 2026"),
        ("fixed in 0a1b2c3d4e5f6", "fixed in 0a1b2c&#8203;3d4e5f&#8203;6"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("", "…"),
        ("\xad", "…"),
    ],
)
def test_escape(given: str, written: str) -> None:
    assert markdown.escape(given) == written


def test_escape_cuts_what_it_writes_and_not_an_escape() -> None:
    for given in ("@" * 5000, "word " * 900, "\x00" * 2000):
        written = markdown.escape(given, 100)
        assert len(written) <= 101
        assert written.endswith("…")
        assert "&" not in re.sub(r"&#?\w+;", "", written)


@pytest.mark.parametrize("path", ["- @x/a.txt", "1. #x", "+ a`b", "a|b.txt", "`", "x" * 400, "notes:100:5.txt"])
def test_odd_paths_stay_text(path: str) -> None:
    text = render("markdown", about("It rose.", path=path))
    found = tokens(text)
    assert {kind(t) for t in found} <= OURS
    assert path[:40].replace(" ", "") in plain(text)
    cells = [inline.content for td, inline in itertools.pairwise(found) if td.type == "td_open"]
    assert cells[1:] == ["1", "0", "0", "0", "0%"], "the row's other cells stand where they belong"


@pytest.mark.parametrize("limit", [2_000, 5_000, 20_000, markdown.MAX_LENGTH])
def test_the_mildest_go_first(limit: int) -> None:
    report = many(400)
    text = markdown.render(report, limit=limit)
    assert len(text) <= limit
    left_out = int(re.search(r"\*\*([\d]+) more findings left out, the mildest:\*\*", text)[1])  # type: ignore[index]
    shown = [int(n) for n in re.findall(r"Claim (\d+) of", text)]
    assert left_out == 1600 - len(shown)
    alarms = {n for n in shown if n % 2}
    if len(alarms) < 400:
        assert alarms == set(range(799, 799 - 2 * len(alarms), -2)), "the likeliest to be denied are there"
        assert alarms == set(shown), "no unsupported claim while an alarm is left out"


def test_a_short_report_is_whole(sample: Report) -> None:
    text = render("markdown", sample)
    assert "left out" not in text
    assert len(text) < markdown.MAX_LENGTH


def test_no_text_however_long_crowds_out_the_findings() -> None:
    """Everything at its longest: thousands of inputs and notes, and texts in which every character has to be escaped."""
    long = "@{$" * 5000
    base = about(long)
    first = base.articles[0].findings[0]
    other = dataclasses.replace(base.articles[1], article=Article(long, long, long, long))
    whole = dataclasses.replace(first, evidence=first.evidence * 20, nearest=first.evidence[0])
    articles = [dataclasses.replace(base.articles[0], findings=(whole,) * 3), other]
    articles += [CheckedArticle(Article("x", f"{long}{i}")) for i in range(200)]
    report = Report(tuple(articles), ModelInfo(long, "", long), long, (Failure(long, long, long, long),) * 99, (long,) * 99, (long,) * 99)
    for verbose in (False, True):
        text = render("markdown", report, verbose=verbose)
        assert len(text) <= markdown.MAX_LENGTH
        assert text.count("**✗ contradicted**") >= 1
        assert "… and 171 more articles" in text
        assert "… and 89 more notes" in text


def test_a_wrong_quote_is_an_internal_error() -> None:
    report = about("It rose.")
    broken = dataclasses.replace(report.articles[0].findings[0].evidence[0], quote="It fell.")
    found = dataclasses.replace(report.articles[0].findings[0], evidence=(broken,))
    with pytest.raises(QuoteMismatch):
        render(
            "markdown",
            dataclasses.replace(report, articles=(dataclasses.replace(report.articles[0], findings=(found,)), report.articles[1])),
        )


def test_hostile_strings_make_no_markup(make_string: Callable[[random.Random], str]) -> None:
    """No link, image, HTML, emphasis, list or table of an article's; nothing that GitHub refers to; every claim readable as it was."""
    rng = random.Random(64)
    for i in range(EXAMPLES):
        report = spiked_report(rng, PIECES, make_string)
        text = render("markdown", report, verbose=bool(i % 2))
        text.encode()
        assert not re.search("[{$\u200b]", text), "no template, no formula, nothing that cannot be seen in the file"
        found = tokens(text)
        assert {kind(t) for t in found} <= OURS
        counts = Counter(t.type for t in found)
        shown = [c.findings[0] for c in report.articles if c.findings[0].verdict != "supported" or i % 2]
        blocks = [f for f in shown if f.verdict != "unsupported" or i % 2]
        assert counts["table_open"] == 1
        assert (counts["tr_open"], counts["th_open"], counts["td_open"]) == (3, 6, 12)
        assert counts["heading_open"] == 1 + len(shown)
        assert counts["blockquote_open"] == len(blocks)
        assert all(t.level <= 3 for t in found if t.type == "list_item_open"), "no list in a list"
        for token in found:
            if token.type == "code_inline":
                assert re.fullmatch(r"[\w./:\\ -]+", token.content)
            if token.type == "text":
                assert not REFERENCES.search(token.content), token.content
        seen = plain(text)
        for finding in shown:
            assert re.sub(r"\s", "", clean.terminal(clean.one_line(finding.claim.text))) in seen
