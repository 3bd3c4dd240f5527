from __future__ import annotations

import datetime as dt

import pytest

from factcheck.text import visible_text


def shown(article):
    return [(b.kind, visible_text(article.text, b.span, article.hidden)) for b in article.blocks]


def test_front_matter_gives_metadata_and_is_no_prose(one):
    fields = 'title: "The \\"long\\" wait"\noutlet: Lock & Key\ndate: 2026-02-03T07:00:00Z\nurl: https://lock.example/1\ntags: [a, b]'
    source = f"---\n{fields}\n---\n\nBoats wait.\n"
    article = one("a.md", source)
    assert article.text == source
    assert (article.title, article.outlet, article.date) == ('The "long" wait', "Lock & Key", dt.date(2026, 2, 3))
    assert article.url == "https://lock.example/1"
    assert shown(article) == [("paragraph", "Boats wait.")]


def test_first_heading_and_the_line_below_give_metadata(one):
    article = one("a.md", "# Boats *wait* #\n\n*Lock & Key, 2026-02-03*\n\nBy Ada Merrow\n\nThe lock is shut.\n")
    assert (article.title, article.outlet, article.date) == ("Boats wait", "Lock & Key", dt.date(2026, 2, 3))
    assert shown(article) == [
        ("heading", "Boats wait"),
        ("byline", "Lock & Key, 2026-02-03"),
        ("byline", "By Ada Merrow"),
        ("paragraph", "The lock is shut."),
    ]


def test_blocks_of_every_kind(one):
    article = one(
        "a.md",
        "Boats wait\n==========\n\nThe lock is shut\nuntil Easter.\n\n"
        "What is known\n---\n\n- Two paddles\n  are cracked.\n* Parts are *cast*.\n\n1. Dredge.\n2) Rebuild.\n\n"
        "> We wait,\n> said Ada Merrow.\n\n| Lock | Year |\n|------|-----:|\n| Harrow | 1998 |\n\n"
        "```\ncode is no prose\n```\n\n<!-- a note -->\n\n[1]: https://x.example\n\n![chart](c.png)\n\n***\n\n"
        "**Who pays?**\n\nThe county.\n",
    )
    assert shown(article) == [
        ("heading", "Boats wait"),
        ("paragraph", "The lock is shut until Easter."),
        ("heading", "What is known"),
        ("item", "Two paddles are cracked."),
        ("item", "Parts are cast."),
        ("item", "Dredge."),
        ("item", "Rebuild."),
        ("quote", "We wait, said Ada Merrow."),
        ("item", "Lock Year"),
        ("item", "Harrow 1998"),
        ("heading", "Who pays?"),
        ("paragraph", "The county."),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("The **lock** is _shut_ and ***closed***.", "The lock is shut and closed."),
        ("A [link](https://x.example/a_(b) 'T') and [ref][1].", "A link and ref."),
        ("An ![image](x.png) is gone.", "An is gone."),
        ("[![logo](l.png)](https://x.example) Text", "Text"),
        ("Code `a*b*c` and ``x`y``.", "Code a*b*c and x`y."),
        (r"Escaped \*stars\* and 5 \$.", "Escaped *stars* and 5 $."),
        ("snake_case_word and 3 * 4 * 5 stay.", "snake_case_word and 3 * 4 * 5 stay."),
        ("Tags <b>go</b><!-- and notes --> and <https://x.example> stays.", "Tags go and https://x.example stays."),
        ("A note[^1] and a price of 5 < 6 > 4.", "A note and a price of 5 < 6 > 4."),
        ("It ~~rose~~ fell [by 3].", "It rose fell [by 3]."),
        ("**Unclosed and *half* done", "**Unclosed and half done"),
    ],
)
def test_markup_is_hidden_and_words_are_not(one, source, words):
    assert shown(one("a.md", source))[0][1] == words


@pytest.mark.parametrize("source", ["```\nThe lock is shut.\n", "<!-- never closed\nThe lock is shut.\n", "---\nThe lock is shut.\n"])
def test_what_is_never_closed_swallows_nothing(one, source):
    assert any("The lock is shut." in words for _, words in shown(one("a.md", source)))


def test_words_around_comments_are_kept(one):
    article = one("a.md", "<!-- a --> First.\n\n<!-- b\nc --> Second.\n\nThird.\n")
    assert [words for _, words in shown(article)] == ["First.", "Second.", "Third."]


@pytest.mark.parametrize(
    "comment", ["<!-- not yet -->", "<!-- one --> <!-- two -->", "<!-- so\nThe lock is open.\nor so -->", "<!--\n\nwhy\n\n-->"]
)
def test_a_comment_of_its_own_is_no_prose_and_hidden(one, comment):
    article = one("a.md", f"{comment}\nThe lock is shut.\n")
    assert shown(article) == [("paragraph", "The lock is shut.")]
    assert [article.text[h.start : h.end] for h in article.hidden] == [comment]


def test_indented_text_is_prose(one):
    assert shown(one("a.md", "    The lock is shut.\n")) == [("paragraph", "The lock is shut.")]
