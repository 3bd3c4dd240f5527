from __future__ import annotations

import datetime as dt
import time

import pytest

from factcheck.errors import InputError
from factcheck.sources.isolate import extract, is_heavy
from factcheck.sources.page import read_page

LEAD = "The lock at Harrow Weir will stay shut until Easter, the canal trust said on Monday."
MORE = "Divers had found cracks in two of its four paddles, which were fitted in 1998 by a local firm."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


FULL = page(
    "<nav><a href='/'>Waterway Post</a></nav><div id='cookie-bar'>We use cookies. <button>OK</button></div>"
    "<article><h1>Harrow lock shut</h1><p class='byline'>By Ada Merrow &middot; February 3, 2026</p>"
    f"<figure><img src='x.jpg'><figcaption>The weir in winter.</figcaption></figure><p>{LEAD}</p>"
    f"<div class='ad'>Advertisement: Ropes!</div><p>Boats wait.</p><aside>Our newsletter</aside><p>{MORE}</p><p>Boats wait.</p>"
    "<ul><li>Dredging starts in May.</li><li><b>10:20</b><p>Two locks are next.</p></li></ul><blockquote><p>We wait.</p></blockquote>"
    "<script>var x = 'The trust lies';</script><form><p>Your e-mail</p></form></article>"
    "<section class='comments'><p>waterrat: they never tell the truth about anything at all, do they, and never will</p></section>"
    "<footer>© Waterway Post</footer>",
    '<title>Harrow lock shut - Waterway Post</title><meta property="og:site_name" content="Waterway Post">'
    '<meta property="article:published_time" content="2026-02-03T23:30:00-05:00"><link rel="canonical" href="https://w.example/1">',
)


def test_the_article_and_nothing_else(one, kinds):
    article = one("a.html", FULL)
    assert (article.title, article.outlet, article.date) == ("Harrow lock shut", "Waterway Post", dt.date(2026, 2, 3))
    assert (article.kind, article.url) == ("html", "https://w.example/1")
    assert kinds(article) == [
        ("heading", "Harrow lock shut"),
        ("byline", "By Ada Merrow · February 3, 2026"),
        ("caption", "The weir in winter."),
        ("paragraph", LEAD),
        ("paragraph", "Boats wait."),
        ("paragraph", MORE),
        ("paragraph", "Boats wait."),
        ("item", "Dredging starts in May."),
        ("item", "10:20 Two locks are next."),
        ("quote", "We wait."),
    ]
    assert article.text == "\n\n".join(words for _, words in kinds(article))


def test_a_page_without_article_element_keeps_repeated_and_short_paragraphs(one):
    body = "".join(f"<p>{LEAD.replace('Easter', day)} {MORE}</p><p>Boats wait.</p>" for day in ("Monday", "Tuesday", "Wednesday", "Friday"))
    menu = "<div>" + "".join(f"<a href='/{n}'>Menu {n}</a> " for n in range(20)) + "</div>"
    article = one("a.html", page(f"{menu}<div><h1>Harrow lock shut</h1>{body}</div>"))
    assert article.text.count("Boats wait.") == 4
    assert "Menu 3" not in article.text


def test_json_ld_goes_first_and_broken_json_ld_does_no_harm(one):
    head = (
        "<title>x</title><script type='application/ld+json'>{broken</script><script type='application/ld+json'>"
        '{"@graph": [{"@type": "WebSite", "name": "no"}, {"@type": ["NewsArticle"], "headline": "Lock shut \\ud800",'
        '"publisher": {"name": "Waterway Post"}, "datePublished": "2026-02-03"}]}</script>'
    )
    article = one("a.html", page(f"<main><p>{LEAD}</p><p>{MORE}</p></main>", head))
    assert (article.title, article.outlet, article.date) == ("Lock shut ?", "Waterway Post", dt.date(2026, 2, 3))


@pytest.mark.parametrize("value", ["2026-13-40", "yesterday", "03/02/2026", "20260203"])
def test_dates_that_are_none_are_not_guessed(one, value):
    head = f'<meta name="date" content="{value}">'
    assert one("a.html", page(f"<article><p>{LEAD}</p><p>{MORE}</p></article>", head)).date is None


def test_outlet_from_the_window_title_and_date_from_time_element(one):
    article = one(
        "a.html",
        page(
            f"<article><h1>Lock shut</h1><time datetime='2026-02-03'>today</time><p>{LEAD}</p><p>{MORE}</p></article>",
            "<title>Lock shut | Canal Eye</title>",
        ),
    )
    assert (article.title, article.outlet, article.date) == ("Lock shut", "Canal Eye", dt.date(2026, 2, 3))


def test_invisible_and_retracted_words_are_not_read(one):
    hidden = "<p style='display: none'>Secret.</p><p hidden>Secret.</p>"
    body = f"<article><p>{LEAD}</p>{hidden}<p>{MORE} <del>Secret.</del><ins>New.</ins></p></article>"
    article = one("a.html", page(body))
    assert "Secret" not in article.text
    assert article.text.endswith("New.")


@pytest.mark.parametrize(
    "name", ["tag-comments", "no-sidebar", "has-ads", "comments-open", "elementor-widget", "address", "shared-space", "header"]
)
def test_class_names_that_only_look_like_noise_lose_nothing(one, name):
    assert MORE in one("a.html", page(f"<article><p>{LEAD}</p><div class='{name}'><p>{MORE}</p></div></article>")).text


def test_an_article_inside_a_block_named_as_noise_is_still_read(one):
    article = one("a.html", page(f"<div class='sponsored'><p>{LEAD}</p><p>{MORE}</p></div>"))
    assert LEAD in article.text


def test_line_breaks_part_paragraphs_only_where_sentences_end(one, kinds):
    article = one("a.html", page(f"<article><p>{LEAD}<br>{MORE}<br><br>It is the\nsecond<br>time.</p></article>"))
    assert [words for _, words in kinds(article)] == [LEAD, MORE, "It is the second time."]


def test_a_live_page_of_many_articles_is_read_whole(one):
    body = "".join(f"<article><h2>Entry {n}</h2><p>{LEAD} {MORE} Entry {n}.</p></article>" for n in range(6))
    assert all(f"Entry {n}." in one("a.html", page(f"<main>{body}</main>")).text for n in range(6))


@pytest.mark.parametrize("cut", range(40, len(FULL), 150))
def test_a_truncated_page_holds_nothing_but_the_start_of_the_article(cut):
    whole = [piece.text for piece in read_page(FULL).pieces]
    for piece in read_page(FULL[:cut]).pieces:
        assert any(text.startswith(piece.text.split(" &")[0]) for text in whole)


def test_a_short_item_is_read_in_blocks(one, kinds):
    article = one("a.html", page("<article><h1>Boats wait</h1><p class='byline'>By Ada Merrow</p><p>The lock is shut.</p></article>"))
    assert kinds(article) == [("heading", "Boats wait"), ("byline", "By Ada Merrow"), ("paragraph", "The lock is shut.")]


@pytest.mark.parametrize("body", ["", "<nav>Menu</nav>", "<h1>Only a title</h1>", "<script>1</script>"])
def test_a_page_without_text_is_an_error_and_no_empty_article(refused, body):
    refused("E109", "a.html", page(body).encode())


def test_deep_nesting_loses_nothing_or_says_so(one, refused):
    nested = "<div>" * 300 + f"<p>{MORE}</p>" + "</div>" * 300
    assert MORE in one("a.html", page(f"<article><p>{LEAD}</p>{nested}</article>")).text
    deeper = "<div>" * 3000 + f"<p>{MORE}</p>"
    assert "nested too deeply" in refused("E109", "a.html", page(f"<article>{deeper}</article>").encode()).problem


def test_a_page_of_nearly_the_limit_is_read(one):
    padding = "<script>" + "x" * 19_000_000 + "</script>"
    start = time.perf_counter()
    assert LEAD in one("a.html", page(f"{padding}<article><p>{LEAD}</p><p>{MORE}</p></article>")).text
    assert time.perf_counter() - start < 5


def test_a_page_that_hangs_is_stopped():
    hostile = "<html><p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x"
    assert is_heavy(hostile)
    with pytest.raises(InputError) as caught:
        extract(hostile, "page", "a.html", timeout_s=0.7)
    assert caught.value.code == "E110"


def test_child_and_own_process_read_the_same():
    heavy = FULL.replace("<nav>", "<nav>" + "<i></i>" * 20_000)
    assert is_heavy(heavy)
    in_child, here = extract(heavy, "page", "a.html"), read_page(FULL)
    assert [(p.text, p.kind) for p in in_child.pieces] == [(p.text, p.kind) for p in here.pieces]
    assert (in_child.title, in_child.date, in_child.outlet) == (here.title, here.date, here.outlet)
