"""The HTML page in a real browser: nothing hostile acts, the keyboard reaches everything, and it can be read without its script."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.reports import html
from factcheck.types import Article, CheckedArticle, Claim, Considered, Evidence, Failure, Finding, ModelInfo, Report, Skipped, Span
from tests.reports.chromium import Chromium, browser

EXECUTABLE = browser()
pytestmark = [
    pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium: install one, or name it in FACTCHECK_CHROMIUM"),
    pytest.mark.skipif(os.name != "posix", reason="the browser is spoken to over file descriptors 3 and 4"),
]

#: What a vector may do if anything of it comes alive: each opens a dialog, or asks for something.
_ACTS = ("alert(1)", "fetch('//127.0.0.1:9/f')", "new Image().src='//127.0.0.1:9/i'", "document.title='pwned'", "confirm`1`")
_ELEMENTS = (
    "<script>{0}</script>",
    "<ScRiPt >{0}</sCrIpT>",
    "<script src=//127.0.0.1:9/s.js></script><!--{0}-->",
    "<img src=x onerror={0}>",
    "<img/src='http://127.0.0.1:9/p.png'/onload=\"{0}\">",
    "<svg onload={0}>",
    "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<math><mtext><style><img src onerror={0}>",
    "<iframe srcdoc='<script>parent.{0}</script>'>",
    "<details open ontoggle={0}>",
    "<input autofocus onfocus={0}>",
    "<video><source onerror={0}></video>",
    "<object data=\"javascript:{0}\">",
    "<link rel=stylesheet href=http://127.0.0.1:9/c.css>{0}",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    "<base href=//127.0.0.1:9/><a href=x autofocus>{0}</a>",
    "<style>@import 'http://127.0.0.1:9/i.css';</style>{0}",
    "<template shadowrootmode=open><script>{0}</script></template>",
    "<form action=javascript:{0}><button autofocus>x",
    "&lt;script&gt;{0}&lt;/script&gt;",
    "&#60;img src=x onerror={0}&#62;",
    "\\u003cscript\\u003e{0}\\u003c/script\\u003e",
    "{{{{constructor.constructor('{0}')()}}}}",
    "<scr\x00ipt>{0}</scr\x00ipt>",
    "\ufeff<script>{0}</script>",
    "<\u200bscript>{0}</script>",
)  # fmt: skip
_BREAKOUTS = (
    "",
    '">',
    "'>",
    "</title></style></script>",
    "</textarea></select></option>",
    "--><!--",
    "]]>",
    "` autofocus onfocus=alert(1) x=`",
)
_ADDRESSES = (
    "javascript:{0}", "JAVASCRIPT:{0}", "java\tscript:{0}", "\x01javascript:{0}", " javascript:{0}", "javascript://example.org/%0a{0}",
    "data:text/html,<script>{0}</script>", "vbscript:{0}", "https://example.org/\" onmouseover=\"{0}",
    "https://example.org/' autofocus onfocus='{0}",
    "https://example.org/><script>{0}</script>", "blob:{0}", "view-source:javascript:{0}", "https:javascript:{0}", "//127.0.0.1:9/{0}",
)  # fmt: skip


#: Touch all that can be touched.
TOUCH = """
document.querySelectorAll("details").forEach((e) => { e.open = true; });
document.querySelectorAll("a, button, select, mark").forEach((e) => {
  e.focus({ preventScroll: true });
  e.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
});
document.querySelectorAll("mark").forEach((e) => e.click());
"""
#: How many elements load, run or send something.
LOADING = "document.querySelectorAll('script, style, meta, base, link, img, iframe, form').length"
#: How many attributes could act or ask for something.
ACTING = """
[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => /^on|^src|^style$/.test(a.name)).length
"""


def vectors(count: int) -> list[str]:
    """``count`` different attacks: every element and address with every way out of where it may stand, before any comes again."""
    elements = [out + e.format(act) for out, act, e in itertools.product(_BREAKOUTS, _ACTS, _ELEMENTS)]
    addresses = [a.format(act) for act, a in itertools.product(_ACTS, _ADDRESSES)]
    # Steps of a prime that divides no number of parts: no attack twice, and all elements, acts and ways out are met.
    return addresses + [elements[i * 139 % len(elements)] for i in range(count - len(addresses))]


def hostile(attacks: list[str]) -> Report:
    """A report with an attack in every text: of each article, its claim, its evidence and of the run."""
    model = attacks[0]
    articles = []
    for n, a in enumerate(attacks):
        there = attacks[(n + 1) % len(attacks)]
        claim = Claim(a, ((0, len(a)),), a, a, speaker=a, stance="said")
        passage = Evidence((n + 1) % len(attacks), Span(0, len(there)), there, "contradicts", 0.9, reason=a)
        seen = Considered(passage.article, passage.span, there, 0.1, 0.9)
        found = Finding(claim, "contradicted", 0.9, 0.1, 0.9, (passage,), considered=(seen,), conflict="number", origins=(0, 1))
        skipped = (Skipped(Span(len(a) + 2, 2 * len(a) + 2), a, "opinion"),)
        day = dt.date(2026, 1, 1) + dt.timedelta(n)
        article = Article(f"{a}\n\n{a}", a, a, a, day, a, notes=(a,))
        articles.append(CheckedArticle(article, (found,), skipped, 1.0))
    return Report(
        tuple(articles), ModelInfo(model, model, model), model, (Failure(model, model, model, model),), (model,), (model,), {model: model}
    )


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(EXECUTABLE or "", tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def page(chromium: Chromium, sample: Report, tmp_path: Path) -> Chromium:
    """The sample report, open in a wide window."""
    file = tmp_path / "report.html"
    file.write_text(html.render(sample, verbose=True), encoding="utf-8")
    chromium.scripts(run=True)
    chromium.size(1280, 900)
    chromium.prefers(prefers_reduced_motion="reduce", prefers_color_scheme="light")
    chromium.open(file)
    return chromium


def focused(chromium: Chromium) -> str:
    return str(chromium.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))


def shown(chromium: Chromium, query: str) -> list[str]:
    """Names of the elements that are seen."""
    seen = f"[...document.querySelectorAll({query!r})].filter((e) => e.checkVisibility()).map((e) => e.id)"
    return list(chromium.evaluate(seen))


def test_two_hundred_attacks_run_no_script_and_ask_for_nothing(chromium: Chromium, tmp_path: Path) -> None:
    attacks = vectors(200)
    assert len(set(attacks)) == 200
    chromium.scripts(run=True)
    chromium.size(1280, 900)
    calm = tmp_path / "calm.html"
    calm.write_text(html.render(hostile(["words"] * 25), verbose=True), encoding="utf-8")
    chromium.open(calm)
    own = chromium.evaluate(LOADING)
    for start in range(0, 200, 25):
        report = hostile(attacks[start : start + 25])
        file = tmp_path / f"{start}.html"
        file.write_text(html.render(report, verbose=True), encoding="utf-8")
        chromium.open(file)
        title = chromium.evaluate("document.title")
        chromium.evaluate(TOUCH)
        time.sleep(0.2)
        assert chromium.evaluate("document.title") == title == "factcheck: 25 contradicted, of 25 claims"
        assert chromium.evaluate(ACTING) == 0
        assert chromium.evaluate(LOADING) == own
        assert chromium.requests() == []
        assert chromium.complaints() == []


def test_the_policy_stops_what_would_get_in(page: Chromium, sample: Report, tmp_path: Path) -> None:
    """That the test above can fail: the same browser tells of a script and a request that are put into the page."""
    broken = tmp_path / "broken.html"
    attack = "<script>alert(1)</script><img src='http://127.0.0.1:9/x.png'><p style='color: red' onclick='alert(1)'>"
    broken.write_text(html.render(sample).replace("</main>", f"{attack}</main>"), encoding="utf-8")
    page.open(broken)
    time.sleep(0.2)
    told = page.complaints()
    assert sum("Content Security Policy" in c for c in told) >= 3
    assert not [c for c in told if "alert" in c and "javascriptDialog" in c]


def test_the_page_is_quiet(page: Chromium) -> None:
    assert page.requests() == []
    assert page.complaints() == []
    assert page.evaluate("document.documentElement.classList.contains('scripted')"), "its own script ran"


def test_the_keyboard_reaches_every_alarm_and_comes_back(page: Chromium) -> None:
    page.press("Tab")
    assert focused(page) == "skip"
    page.press("Enter")
    assert focused(page) == "main"
    page.press("j")
    assert focused(page) == "claim-1-1"
    page.press("Enter")
    assert focused(page) == "finding-1-1"
    page.press("Escape")
    assert focused(page) == "claim-1-1"
    page.press("j")
    assert focused(page) == "claim-1-2"
    assert "finding-1-2" in shown(page, ".finding")
    page.press("j")
    assert focused(page) == "claim-2-1"
    page.press("j")
    assert focused(page) == "claim-1-1", "after the last alarm the first"
    page.press("k")
    assert focused(page) == "claim-2-1"


def test_tab_goes_from_claim_to_claim_and_shows_each(page: Chromium) -> None:
    page.press("j")
    order = []
    for _ in range(4):
        page.press("Tab")
        order.append(focused(page))
        assert order[-1].replace("claim", "finding") in shown(page, "#article-1 .finding")
    assert order == ["claim-1-2", "claim-1-4", "claim-1-3", "claim-1-5"], "in the order of the text"


def test_single_keys_can_be_turned_off(page: Chromium) -> None:
    page.evaluate("document.querySelector('#keys').click(); document.querySelector('#main').focus()")
    page.press("j")
    assert focused(page) == "main"


def test_focus_is_seen(page: Chromium) -> None:
    page.press("Tab")
    page.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_words_of_two_claims_lead_to_both(chromium: Chromium, sample: Report, tmp_path: Path) -> None:
    nested = sample.articles[1].findings[0]
    start = sample.articles[1].article.text.index("bridge has cost")
    words = Claim("The bridge has cost it.", ((start, start + 15),), "bridge has cost")
    inner = dataclasses.replace(nested, claim=words, verdict="unsupported", evidence=())
    first = dataclasses.replace(sample.articles[1], findings=(nested, inner))
    file = tmp_path / "nested.html"
    file.write_text(html.render(dataclasses.replace(sample, articles=(sample.articles[0], first, *sample.articles[2:]))), encoding="utf-8")
    chromium.open(file)
    click = "document.querySelector('mark[data-claims~=\"2-2\"]').click()"
    chromium.evaluate(click)
    assert shown(chromium, "#article-2 .finding") == ["finding-2-1"]
    chromium.evaluate(click)
    assert shown(chromium, "#article-2 .finding") == ["finding-2-2"]


def test_pointing_at_a_claim_shows_it_for_the_time_being(page: Chromium) -> None:
    page.press("j")
    page.point("mark[data-claims='1-2']")
    time.sleep(0.4)
    assert shown(page, "#article-1 .finding") == ["finding-1-2"]
    page.point("#article-1 .prose")
    time.sleep(0.4)
    assert shown(page, "#article-1 .finding") == ["finding-1-1"], "the one that was chosen"


def test_filters_by_verdict_and_by_source(page: Chromium) -> None:
    page.evaluate("document.querySelector('#list-all').click()")
    assert len(shown(page, ".finding")) == 9
    page.evaluate("document.querySelector('#show-unsupported').click()")
    assert len(shown(page, ".finding")) == 5
    assert page.evaluate("document.querySelector('#shown').textContent") == "5 of 9 findings shown"
    line = "getComputedStyle(document.querySelector('mark[data-claims=\"1-5\"]')).textDecorationLine"
    assert page.evaluate(line) == "none", "its words are no longer underlined"
    page.evaluate("const s = document.querySelector('#source'); s.value = '4'; s.dispatchEvent(new Event('change'))")
    assert shown(page, ".finding") == ["finding-1-1"], "only this one has evidence from the radio"
    page.press("j")
    page.press("j")
    assert focused(page) == "claim-1-1", "alarms that are filtered out are passed over"


def test_it_can_be_read_without_its_script(page: Chromium, sample: Report, tmp_path: Path) -> None:
    page.scripts(run=False)
    page.call("Page.reload")
    time.sleep(0.5)
    page.scripts(run=True)
    assert not page.evaluate("document.documentElement.classList.contains('scripted')")
    assert len(shown(page, ".finding")) == 9
    assert len(shown(page, ".finding.contradicted blockquote, .finding.disputed blockquote")) >= 8
    assert shown(page, ".scripted-only") == []
    page.evaluate("document.querySelector('#claim-1-5').click()")
    assert page.evaluate("location.hash") == "#finding-1-5"
    assert page.evaluate("document.querySelector(':target').id") == "finding-1-5"


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1280, 1920])
def test_no_width_scrolls_sideways(page: Chromium, width: int) -> None:
    page.size(width, 800)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_small_screen_shows_the_finding_at_its_foot(page: Chromium) -> None:
    page.size(360, 740)
    assert shown(page, ".finding") == []
    page.evaluate("document.querySelector('mark[data-claims=\"1-2\"]').click()")
    assert shown(page, ".finding") == ["finding-1-2"]
    box = page.evaluate("(({top, bottom}) => [top, bottom])(document.querySelector('#finding-1-2').getBoundingClientRect())")
    assert box[0] > 100
    assert box[1] == pytest.approx(740, abs=1)
    page.press("Escape")
    assert shown(page, ".finding") == []
    assert focused(page) == "claim-1-2"


def test_print_shows_every_finding_and_no_controls(page: Chromium) -> None:
    page.call("Emulation.setEmulatedMedia", media="print", features=[])
    assert len(shown(page, ".finding")) == 9
    assert shown(page, ".filters, nav, button") == []
    page.call("Emulation.setEmulatedMedia", media="", features=[])
