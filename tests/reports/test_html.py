"""The HTML page: what it says, that claims may overlap, that no article's text becomes markup, and that its colours can be read."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import os
import random
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest

from factcheck.reports import QuoteMismatch, clean, html, render
from factcheck.reports.paragraphs import sentences_around
from factcheck.types import Article, Block, CheckedArticle, Claim, Evidence, Finding, ModelInfo, Report, Skipped, Span, Verdict

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = int(os.environ.get("FACTCHECK_EXAMPLES", 60))
VOID = {"meta", "input"}
DAY = "The ferry to Port Ellery was cancelled on Sunday, the harbour office said. Nobody was hurt."


class Dom(HTMLParser):
    """A page's elements with their attributes and text; fails on one that is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.style = self.script = ""
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            setattr(self, self.open[-1], data)
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def values(self, name: str, tag: str | None = None) -> list[str]:
        return [attrs[name] or "" for t, attrs in self.elements if name in attrs and tag in (None, t)]

    @property
    def shape(self) -> set[tuple[str, str]]:
        return {(tag, name) for tag, attrs in self.elements for name in ("", *attrs)}

    @property
    def classes(self) -> set[str]:
        return {c for value in self.values("class") for c in value.split()}


def two(text: str, *claims: tuple[Verdict, str], blocks: tuple[Block, ...] = (), skipped: tuple[Skipped, ...] = ()) -> Report:
    """One article with claims of its words, and a source that denies or states them all."""
    said = "It sailed."
    findings = []
    for verdict, words in claims:
        start = text.index(words)
        relation = "supports" if verdict == "supported" else "contradicts"
        passage = () if verdict == "unsupported" else (Evidence(1, Span(0, len(said)), said, relation, 0.9),)
        findings.append(Finding(Claim(words, ((start, start + len(words)),), words), verdict, 0.9, 0.1, 0.9, passage))
    first = CheckedArticle(Article(text, "a.txt", outlet="Post", blocks=blocks), tuple(findings), skipped, 1.0)
    return Report((first, CheckedArticle(Article(said, "b.txt", outlet="Wire"), source_only=True)), ModelInfo("m", "0", "mixed"), "0.1.0")


def marks(page: str) -> list[tuple[str, str, str]]:
    """The marked words of the articles: classes, claims, words."""
    return re.findall(r'<mark class="claim ([^"]*)" data-claims="([^"]*)">(.*?)</mark>', page)


# -- what it says ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample", "sample-verbose", "calm", "empty"])
def test_golden(name: str, sample: Report, calm: Report, empty: Report) -> None:
    """The page without its style and script, an element a line; FACTCHECK_UPDATE_GOLDEN writes it anew."""
    report = {"sample": sample, "calm": calm, "empty": empty}[name.partition("-")[0]]
    page = html.render(report, verbose=name.endswith("verbose"))
    page = re.sub(r"(<(style|script)[^>]*>).*?</\2>", r"\1</\2>", page, flags=re.S)
    page = re.sub(r"sha256-[\w+/]*=", "sha256-", page)
    page = re.sub(r"(?=<(?:p|li|section|article|details|figure|tr|h\d|div|label|meta|header|nav|ul|ol|blockquote)\b)", "\n", page)
    assert report.version in page
    file = GOLDEN / f"{name}.html"
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        file.write_bytes(page.encode("utf-8"))
    assert page == file.read_bytes().decode("utf-8")


def test_the_same_report_gives_the_same_bytes(sample: Report) -> None:
    assert render("html", sample) == html.render(sample)


def test_everything_a_finding_has_is_there(sample: Report) -> None:
    text = Dom(html.render(sample)).text
    for checked in sample.articles:
        for finding in checked.findings:
            assert finding.claim.text in text
            for passage in (*finding.evidence, *([finding.nearest] if finding.nearest else [])):
                assert clean.one_line(passage.quote) in text
    for words in ("very likely, 93%", "They differ in the number", "Outdated", "Denied by 2 independent sources", "Said by the council"):
        assert words in text
    for words in ("48 and 61 million crowns", "articles/herald.txt:3:3", "“", "two lanes", "opinion", "9 days later", "E114", "notes.xlsx"):
        assert words in text


def test_only_verbose_lists_what_was_considered(sample: Report) -> None:
    assert "Compared with 2 passages" in html.render(sample, verbose=True)
    assert "Compared with" not in html.render(sample)


@pytest.mark.parametrize(
    ("which", "words"),
    [("calm", "No claim is contradicted or disputed"), ("empty", "No claim was checked: this report clears nothing")],
)
def test_a_report_without_alarms_says_so(which: str, words: str, calm: Report, empty: Report) -> None:
    page = html.render({"calm": calm, "empty": empty}[which])
    assert words in Dom(page).text
    assert 'id="alarms"' not in page


def test_alarms_come_first_and_worst_first(sample: Report) -> None:
    page = html.render(sample)
    alarms = page[page.index('id="alarms"') : page.index('id="article-1"')]
    assert re.findall(r'href="#finding-([^"]*)"', alarms) == ["1-2", "2-1", "1-1"]


def test_the_matrix_tells_who_states_and_who_denies(sample: Report) -> None:
    page = html.render(sample)
    row = next(r for r in re.findall(r"<tr.*?</tr>", page[page.index('id="matrix"') :]) if "cost 48 million" in r)
    cells = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", row)]
    assert cells == ["its own articleclaim", "✗ denies 97%", "✓ states 95%", "✗ denies 91%"]


def test_no_timeline_of_a_single_day(sample: Report) -> None:
    assert 'id="timeline"' in html.render(sample)
    day = sample.articles[0].article.date
    same = [dataclasses.replace(a, article=dataclasses.replace(a.article, date=day)) for a in sample.articles]
    assert 'id="timeline"' not in html.render(dataclasses.replace(sample, articles=tuple(same)))


def test_a_wrong_quote_is_no_page(sample: Report) -> None:
    broken = dataclasses.replace(sample.articles[0], skipped=(Skipped(Span(0, 3), "xyz", "opinion"),))
    with pytest.raises(QuoteMismatch):
        html.render(dataclasses.replace(sample, articles=(broken, *sample.articles[1:])))


# -- claims in their text ----------------------------------------------------------------------------------------------------------


def test_nested_claims_are_cut_where_they_begin_and_end() -> None:
    page = html.render(two(DAY, ("supported", DAY[:73]), ("contradicted", "cancelled on Sunday")))
    assert marks(page) == [
        ("supported", "1-1", "The ferry to Port Ellery was "),
        ("contradicted supported", "1-2 1-1", "cancelled on Sunday"),
        ("supported", "1-1", ", the harbour office said"),
    ]


def test_overlapping_claims_keep_every_word_once_and_a_way_to_each_finding() -> None:
    report = two(DAY, ("disputed", "The ferry to Port Ellery was"), ("unsupported", "Port Ellery was cancelled on Sunday"))
    page = html.render(report)
    assert [(m[1], m[2]) for m in marks(page)] == [
        ("1-1", "The ferry to "), ("1-1 1-2", "Port Ellery was"), ("1-2", " cancelled on Sunday")
    ]  # fmt: skip
    assert page.index('href="#finding-1-1" data-claims') < page.index('href="#finding-1-2" data-claims')


def test_a_claim_in_parts_marks_only_its_own_words(sample: Report) -> None:
    lanes = [words for _, claims, words in marks(html.render(sample)) if "1-3" in claims.split()]
    assert " ".join(lanes) == "The bridge carries two lanes of traffic and a cycle path"


def test_markup_in_the_article_is_not_shown(sample: Report) -> None:
    page = html.render(sample)
    prose = re.sub("<[^>]*>", "", page[page.index('class="prose"') : page.index('class="findings"')])
    assert "Harbour bridge to open in June" in prose
    assert "# Harbour" not in prose


def test_blocks_keep_their_form_and_what_is_skipped_says_why() -> None:
    text = "FERRY NEWS\nThe ferry sailed.\nWhat a day!\n"
    blocks = (Block(Span(0, 10), "heading"), Block(Span(11, 28)), Block(Span(29, 40), "quote"))
    skips = (Skipped(Span(0, 10), "FERRY NEWS", "heading"), Skipped(Span(29, 40), "What a day!", "opinion"))
    page = html.render(two(text, ("supported", "The ferry sailed"), blocks=blocks, skipped=skips))
    assert '<h3 id="text-1-1" class="block heading"><span class="skipped">FERRY NEWS</span>' in page
    assert re.search(r'<blockquote id="text-1-3" class="block quote"><span class="skipped">What a day!</span>.*opinion', page)


def test_a_claim_outside_all_blocks_is_shown() -> None:
    page = html.render(two(DAY, ("contradicted", "Nobody was hurt"), blocks=(Block(Span(0, 74)),)))
    assert [m[2] for m in marks(page)] == ["Nobody was hurt"]


def test_a_claim_that_ends_in_blanks_keeps_its_reference() -> None:
    page = html.render(two(f"{DAY}\n\nMore.", ("contradicted", "Nobody was hurt.\n")))
    assert 'id="claim-1-1"' in page
    assert page.index("Nobody was hurt.") < page.index('id="claim-1-1"') < page.index("More.")


def test_a_title_is_not_told_twice_and_evidence_in_it_is_found() -> None:
    report = two(DAY, ("contradicted", "Nobody was hurt"))
    titled = dataclasses.replace(report.articles[1].article, title="It sailed.")
    page = html.render(dataclasses.replace(report, articles=(report.articles[0], dataclasses.replace(report.articles[1], article=titled))))
    article = page[page.index('id="article-2"') :].partition("</article>")[0]
    assert article.count("It sailed.") == 1
    dom = Dom(page)
    assert {href[1:] for href in dom.values("href") if href[0] == "#"} <= set(dom.values("id"))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Is it a Tarn? No. The badge is gone. It is grey.", "The badge is gone", "The badge is gone."),
        ("It was lot No. 4 of the sale. It sold.", "lot", "It was lot No. 4 of the sale."),
        ("It rained. Mr. Alder came late. He left.", "Alder", "Mr. Alder came late."),
    ],
)
def test_a_claim_is_shown_with_its_sentence(text: str, words: str, shown: str) -> None:
    start = text.index(words)
    around, whole = sentences_around(Article(text, "a.txt"), Span(start, start + len(words)), [Block(Span(0, len(text)))])
    assert around.of(text) == shown
    assert whole == Span(0, len(text))


def test_text_outside_the_prose_is_not_shown() -> None:
    page = html.render(two(f"layout: post\n\n{DAY}", ("supported", "Nobody was hurt"), blocks=(Block(Span(14, 14 + len(DAY))),)))
    assert "layout: post" not in page


# -- safety ------------------------------------------------------------------------------------------------------------------------


def test_the_policy_lets_only_our_own_style_and_script_act(sample: Report) -> None:
    dom = Dom(html.render(sample))
    policy = next(attrs["content"] for tag, attrs in dom.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    for kind, body in (("style", dom.style), ("script", dom.script)):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none'; ")
    assert "unsafe" not in (policy or "")


def test_nothing_comes_from_elsewhere(sample: Report) -> None:
    dom = Dom(html.render(sample, verbose=True))
    assert not [name for _, name in dom.shape if name in ("src", "srcset", "style", "action", "data", "poster") or name.startswith("on")]
    assert not {tag for tag, _ in dom.shape} & {"link", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
    assert not re.search(r"url\(|@import|https?:", dom.style + dom.script)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)//https://example.org", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org/x", False),
        ("https:example", False),
        (" https://example.org", False),
        ("https://example.org/\u202egpj.exe", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_plain_web_addresses_become_links(sample: Report, url: str, linked: bool) -> None:
    first = dataclasses.replace(sample.articles[0], article=dataclasses.replace(sample.articles[0].article, url=url))
    dom = Dom(html.render(dataclasses.replace(sample, articles=(first, *sample.articles[1:]))))
    ours = [attrs for tag, attrs in dom.elements if tag == "a" and attrs.get("class") == "address"]
    assert [a["href"] for a in ours if a["href"] != "https://example.org/1"] == ([url] if linked else [])
    assert all(a["rel"] == "noopener noreferrer nofollow" for a in ours)
    assert clean.terminal(url) in dom.text


def test_hostile_strings_become_neither_markup_nor_controls(
    make_hostile: Callable[[random.Random], Report], sample: Report, calm: Report, empty: Report
) -> None:
    """Only elements, attributes, classes and names that honest reports have; FACTCHECK_EXAMPLES sets how many pages."""
    honest = [Dom(html.render(r, verbose=v)) for r in (sample, calm, empty) for v in (False, True)]
    shapes = set().union(*(d.shape for d in honest))
    classes = set().union(*(d.classes for d in honest)) | {"closest"}
    rng = random.Random(61)
    for i in range(EXAMPLES):
        report = make_hostile(rng)
        page = html.render(report, verbose=bool(i % 2))
        page.encode("utf-8")
        dom = Dom(page)
        assert dom.shape <= shapes
        assert dom.classes <= classes
        ids = dom.values("id")
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z-]+[\d-]*", name) for name in ids)
        for href in dom.values("href"):
            assert href[1:] in ids if href[0] == "#" else re.match("https?://", href)
        bad = {c for c in dom.text if c not in "\n\u2060" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert not bad, ascii(bad)
        found = report.articles[0].findings[0]
        for words in (found.claim.text, report.notes[0], report.failures[0].problem, report.articles[0].article.outlet or ""):
            assert clean.terminal(clean.one_line(words)) in dom.text


# -- colours -----------------------------------------------------------------------------------------------------------------------

HUES = ("contradicted", "disputed", "unsupported", "supported")


def palette(*, dark: bool) -> dict[str, str]:
    style = resources.files("factcheck.reports.page").joinpath("style.css").read_text(encoding="utf-8")
    light, in_the_dark = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return colours | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", in_the_dark)) if dark else colours


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_meet_wcag_aa(dark: bool) -> None:
    colours = palette(dark=dark)
    words = list(itertools.product(("ink", "muted", "accent", *HUES), ("paper", "card")))
    words += [("ink", f"{hue}-tint") for hue in HUES] + [(hue, f"{hue}-tint") for hue in HUES]
    for front, back in words:
        assert contrast(colours[front], colours[back]) >= 4.5, (front, back)
    for back in ("paper", "card"):
        assert contrast(colours["edge"], colours[back]) >= 3, "controls have an edge that is seen"


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
