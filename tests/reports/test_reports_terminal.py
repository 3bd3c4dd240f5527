"""The terminal report: golden files, widths, encodings, and hostile strings.

To write the golden files anew after a wanted change: ``FACTCHECK_UPDATE_GOLDEN=1 pytest tests/reports``, then read the diff.
"""

from __future__ import annotations

import dataclasses
import io
import os
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from factcheck.errors import ConfigError
from factcheck.reports import RENDERERS, clean, layout, phrases, render, telling, terminal
from factcheck.reports.voice import untold, voice
from factcheck.types import Article, CheckedArticle, Claim, Evidence, Finding, ModelInfo, Report, Span, Stance

GOLDEN = Path(__file__).parent / "golden"
SGR = re.compile(r"\x1b\[[0-9;]*m")


def squeezed(text: str) -> str:
    """Without white space, bars and colours, so that words can be found however they were wrapped."""
    return re.sub(r"\s|│", "", SGR.sub("", text))


def plain_console(encoding: str, width: int = 80) -> tuple[Console, io.BytesIO]:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    return Console(file=file, width=width, color_system=None, force_terminal=False, _environ={}), raw


def in_encoding(report: Report, encoding: str) -> str:
    console, raw = plain_console(encoding)
    terminal.print_to(console, report)
    console.file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("sample", lambda r: terminal.render(r["sample"], width=80)),
        ("sample-verbose", lambda r: terminal.render(r["sample"], width=80, verbose=True)),
        ("sample-60", lambda r: terminal.render(r["sample"], width=60)),
        ("sample-ascii", lambda r: in_encoding(r["sample"], "ascii")),
        ("empty", lambda r: terminal.render(r["empty"], width=80)),
        ("calm", lambda r: terminal.render(r["calm"], width=80)),
    ],
)
def test_golden(name: str, make: Callable[[dict[str, Report]], str], sample: Report, empty: Report, calm: Report) -> None:
    text = make({"sample": sample, "empty": empty, "calm": calm})
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        file.write_bytes(text.encode("utf-8"))
    assert text == file.read_bytes().decode("utf-8")


@pytest.mark.parametrize("width", [1, 30, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("verbose", [False, True])
def test_widths(sample: Report, width: int, verbose: bool) -> None:
    text = terminal.render(sample, width=width, verbose=verbose)
    room = max(layout.MIN_MEASURE, min(width, layout.MAX_MEASURE))
    for line in text.split("\n"):
        assert cell_len(line) <= room or re.search(r"\.(md|txt|json|html|pdf)", line), "only paths run over, to stay links"
        assert line == line.rstrip()
    assert "\n\n\n" not in text
    for checked in sample.articles:
        for finding in checked.findings:
            if finding.verdict != "supported" or verbose:
                words = squeezed(finding.claim.text).rstrip(".")
                assert words in squeezed(text)
            for evidence in (
                finding.evidence[: None if verbose else terminal.MAX_EVIDENCE] if finding.verdict in ("contradicted", "disputed") else ()
            ):
                assert squeezed(evidence.quote) in squeezed(text)


def test_colour_adds_nothing_but_colour(sample: Report) -> None:
    coloured = terminal.render(sample, colour=True)
    assert SGR.search(coloured)
    assert SGR.sub("", coloured) == terminal.render(sample) == terminal.render(sample, colour=False)


def test_the_environment_changes_nothing(sample: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = terminal.render(sample), terminal.render(sample, colour=True)
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "33", "TERM": "dumb", "JUPYTER_COLUMNS": "20"}.items():
        monkeypatch.setenv(name, value)
        assert (terminal.render(sample), terminal.render(sample, colour=True)) == before


def test_worst_first_in_text_order(sample: Report) -> None:
    text = terminal.render(sample, verbose=True)
    article = text[text.index("articles/gazette.md ─") : text.index("articles/herald.txt ─")]
    assert re.findall(r"^[✗≠?✓] (\w+)", article, re.M) == ["contradicted", "disputed", "unsupported", "unsupported", "unsupported"]


def test_places_are_links_only_in_plain_files(sample: Report) -> None:
    text = terminal.render(sample, verbose=True)
    assert "articles/herald.txt:3:3" in text
    assert not re.search(r"(wire\.json|radio\.html):\d", text)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "euc-jp"])
def test_other_encodings_carry_every_alarm(sample: Report, encoding: str) -> None:
    text = in_encoding(sample, encoding)
    assert "x 2 contradicted" in text
    assert not any(sign in text for sign in "✗≠✓│─·“”" if encoding == "ascii")
    assert "Tromsø".encode(encoding, "ignore").decode(encoding)[:5] in text


def test_confidence_never_claims_certainty() -> None:
    shown = ["<1%", "<1%", "1%", "50%", "99%", ">99%", ">99%"]
    assert [phrases.percent(p) for p in (0, 0.009, 0.01, 0.5, 0.99, 0.991, 1)] == shown
    assert phrases.confidence(0.83) == "likely, 83%"
    assert phrases.confidence(0.899) == "very likely, 90%", "the word fits the figure"
    assert telling.share(0.9999) == "99%", "rounded down: 100% means all"
    assert [telling.share(p) for p in (0.29, 1.0)] == ["29%", "100%"]


@pytest.mark.parametrize(
    ("speaker", "stance", "words"),
    [
        (None, None, ""),
        ("Helen Marchbank", "said", "said by Helen Marchbank"),
        ("she", "alleged", "alleged by “she”"),
        (None, "expects", "expected by somebody not named"),
    ],
)
def test_who_says_it_in_words(speaker: str | None, stance: Stance | None, words: str) -> None:
    assert voice(Claim("The ferry is safe.", ((0, 17),), "The ferry is safe", speaker=speaker, stance=stance)) == words


def test_a_speaker_in_the_claim_is_not_told_again() -> None:
    claim = Claim("The ferry is safe, the mayor said.", ((0, 33),), "The ferry is safe, the mayor said", speaker="the mayor", stance="said")
    assert not untold(claim)
    assert untold(dataclasses.replace(claim, speaker="the may")) == "said by the may", "only whole words name somebody"


def with_threshold(report: Report, least: float) -> Report:
    return dataclasses.replace(report, settings={**report.settings, "contradiction": least, "support": least})


def test_a_passage_below_the_threshold_is_called_weak_with_its_probability(sample: Report) -> None:
    assert "weak sign" not in terminal.render(sample), "nobody knows what is weak in a report without thresholds"
    text = terminal.render(with_threshold(sample, 0.62), width=120)
    assert re.findall(r"denied by .*weak sign.*", text) == [
        "denied by  Ellery Gazette · 3 Mar 2026 · articles/gazette.md:3:39 · weak sign, 60%"
    ]


def test_two_passages_a_side_are_shown_one_of_each_article_first(sample: Report) -> None:
    gazette, herald, *others = sample.articles
    (cost, opens), text = herald.findings, sample.articles[3].article.text
    far = Evidence(3, Span(0, 41), text[:41], "contradicts", 0.51)
    more = dataclasses.replace(herald, findings=(dataclasses.replace(cost, evidence=(*cost.evidence, far)), opens))
    block = terminal.render(dataclasses.replace(sample, articles=(gazette, more, *others))).partition("articles/herald.txt ─")[2]
    assert re.findall(r"denied by  (\w+ \w+)", block) == ["Ellery Gazette", "Radio Ellery"]
    assert "… and 4 passages more" in block


@pytest.mark.parametrize(("share", "bar"), [(0, "─────"), (0.42, "━━───"), (0.5, "━━╾──"), (0.999, "━━━━╾"), (1, "━━━━━"), (7, "━━━━━")])
def test_a_bar_is_full_only_for_all(share: float, bar: str) -> None:
    assert layout.Page(plain_console("utf-8")[0]).meter(share).plain == bar


def test_many_unsupported_claims_are_cut_to_a_few_unless_verbose(sample: Report) -> None:
    texts = [f"Claim number {i} stands alone." for i in range(20, 30)]
    text = " ".join(texts)
    spans = [(text.index(t), text.index(t) + len(t)) for t in texts]
    found = tuple(Finding(Claim(t, (s,), t), "unsupported", 0.9, 0.0, 0.0) for t, s in zip(texts, spans, strict=True))
    report = Report((CheckedArticle(Article(text, "a.txt"), found),), sample.model, "0.1.0")
    assert "10 unsupported" in terminal.render(report)
    assert terminal.render(report).count("stands alone.") == terminal.MAX_UNSUPPORTED
    assert f"… and {10 - terminal.MAX_UNSUPPORTED} more" in terminal.render(report)
    assert all(t in terminal.render(report, verbose=True) for t in texts)


@pytest.mark.parametrize(("name", "told"), [("c127", True), ("$(reboot)", False), ("c1; ls", False), ("", False)])
def test_the_next_command_holds_nothing_that_a_shell_would_run(sample: Report, name: str, told: bool) -> None:
    gazette, *others = sample.articles
    found = tuple(dataclasses.replace(f, claim=dataclasses.replace(f.claim, id=name)) for f in gazette.findings)
    report = dataclasses.replace(sample, articles=(dataclasses.replace(gazette, findings=found), *others))
    assert ("factcheck explain report.json 1:" in terminal.render(report)) == told


def test_reasons_are_counted_in_english() -> None:
    counted = [phrases.unchecked(reason, n) for reason, n in (("heading", 4), ("call_to_action", 2), ("too_short", 2), ("opinion", 1))]
    assert counted == ["4 headings", "2 calls to action", "2 too short", "1 opinion"]


def test_many_alarms_are_repeated_at_the_end(sample: Report) -> None:
    texts = [f"Claim number {i} is wrong." for i in range(20)]
    text = " ".join(texts)
    spans = [(text.index(t), text.index(t) + len(t)) for t in texts]
    found = tuple(Finding(Claim(t, (s,), t), "contradicted", 0.9, 0.0, 0.9) for t, s in zip(texts, spans, strict=True))
    report = Report((CheckedArticle(Article(text, "a.txt"), found),), sample.model, "0.1.0")
    end = terminal.render(report).partition("summary ─")[2]
    assert end.count("a.txt:1:") == terminal.MAX_REPEATED
    assert "… and 8 more" in end


def test_hostile_strings_do_nothing(make_hostile: Callable[[random.Random], Report]) -> None:
    """No control byte but newline and our colours, no markup error, nothing lost; FACTCHECK_EXAMPLES makes it many."""
    rng = random.Random(23)
    for i in range(int(os.environ.get("FACTCHECK_EXAMPLES", "500"))):
        report = make_hostile(rng)
        coloured = bool(i % 2)
        out = terminal.render(report, width=rng.choice((40, 60, 80, 120)), verbose=bool(i % 3), colour=coloured)
        text = SGR.sub("", out) if coloured else out
        bad = {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert not bad, ascii(bad)
        out.encode("utf-8")
        found = report.articles[0].findings[0]
        claim, quote = (squeezed(clean.terminal(clean.one_line(s))) for s in (found.claim.text, found.claim.quote))
        assert claim in squeezed(text) or (quote in squeezed(text) and found.verdict != "unsupported")
        assert squeezed(clean.terminal(clean.one_line(untold(found.claim)))) in squeezed(text)
        for failure in report.failures:
            assert squeezed(clean.terminal(clean.one_line(failure.problem))) in squeezed(text)


def test_a_console_that_reads_markup_gets_none(make_hostile: Callable[[random.Random], Report]) -> None:
    """print_to is safe even on a console that was not made with markup, emoji and highlighting off."""
    rng = random.Random(24)
    for _ in range(50):
        report = make_hostile(rng)
        out = io.StringIO()
        terminal.print_to(Console(file=out, width=80, color_system=None, force_terminal=False, _environ={}), report)
        assert out.getvalue() == terminal.render(report, width=80)


def test_wrap_loses_nothing(make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(25)
    for _ in range(2000):
        s = clean.terminal(clean.one_line(make_string(rng) + " " + make_string(rng)))
        lines = [line.plain for line in layout.wrap(Text(s), rng.randrange(2, 60))]
        assert "".join("".join(lines).split()) == "".join(s.split())


def test_empty_body_wraps_to_one_line() -> None:
    assert [line.plain for line in layout.wrap(Text(""), 10)] == [""]


def test_render_by_name(sample: Report) -> None:
    assert render("terminal", sample, width=60) == terminal.render(sample, width=60)
    assert render("json", sample).startswith('{\n "schema"')
    assert set(RENDERERS) >= {"terminal", "json"}


@pytest.mark.parametrize(
    ("name", "step"), [("jsno", "did you mean 'json'?"), ("Terminal", "did you mean 'terminal'?"), ("zzz", "choose one of")]
)
def test_unknown_format(name: str, step: str) -> None:
    with pytest.raises(ConfigError) as caught:
        render(name, Report((), ModelInfo("m", "", "fp32"), "0"))
    assert caught.value.code == "E220"
    assert step in caught.value.step


def test_importing_the_package_is_light() -> None:
    code = "import sys, factcheck.reports; sys.exit(any(m in sys.modules for m in ('rich', 'jsonschema', 'torch')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
