from __future__ import annotations

import datetime as dt

import pytest

LEAD = "The lock at Harrow Weir will stay shut until Easter, the canal trust said on Monday."


def test_title_outlet_and_date_of_the_first_lines(one, kinds):
    article = one("a.txt", f"Harrow lock shut until Easter\nWaterway Post, 2026-02-03\n\n{LEAD}\n")
    assert (article.title, article.outlet, article.date) == ("Harrow lock shut until Easter", "Waterway Post", dt.date(2026, 2, 3))
    assert kinds(article) == [
        ("heading", "Harrow lock shut until Easter"),
        ("byline", "Waterway Post, 2026-02-03"),
        ("paragraph", LEAD),
    ]


def test_a_title_may_be_a_sentence_if_outlet_and_date_follow(one):
    article = one("a.txt", f"They shut it. We wait.\nThe Towpath (blog), 14 September 2026\nBy Ada Merrow\n\n{LEAD}")
    assert (article.title, article.outlet, article.date) == ("They shut it. We wait.", "The Towpath (blog)", dt.date(2026, 9, 14))
    assert [b.kind for b in article.blocks] == ["heading", "byline", "byline", "paragraph"]


@pytest.mark.parametrize("first", [LEAD, "Nobody was hurt.", "x" * 160])
def test_prose_at_the_top_is_no_title(one, first):
    article = one("a.txt", f"{first}\n\n{LEAD}")
    assert article.title is None
    assert [b.kind for b in article.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_endings_stay_as_they_are(one, kinds, end):
    text = f"Harrow lock shut{end}{end}{LEAD}{end}{end}Boats wait.{end}"
    article = one("a.txt", text)
    assert article.text == text
    assert kinds(article) == [("heading", "Harrow lock shut"), ("paragraph", LEAD), ("paragraph", "Boats wait.")]


def test_unicode_line_separators_end_no_line(one):
    article = one("a.txt", "The pump\u2028was repaired\x85on Monday. It runs.")
    assert len(article.blocks) == 1


def test_one_paragraph_a_line_with_one_broken_inside_a_sentence(one, kinds):
    article = one(
        "a.txt",
        "Why canals are back in fashion\n"
        "For years the canals of the county lay silted up and nobody cared for them. The trust now says that it is reviving the Harrow\n"
        "branch as a route for freight, which surprised the towns along it.\n"
        "A plan in three parts\n"
        "The trust wants to dredge the branch first and then rebuild its four locks, which will take until 2031.\n"
        "What comes next:\n"
        "- Dredging starts in May.\n"
        "- Two locks are rebuilt in 2028.\n"
        "Will boats pay a toll?\n"
        "No. The branch stays free for boats under 20 metres.\n"
        "\n"
        "Who pays?\n"
        "The county pays two thirds, the trust the rest.\n",
    )
    listed = kinds(article)
    assert [k for k, _ in listed] == ["heading", "paragraph", "heading", "paragraph", "heading", "item", "item"] + [
        "heading",
        "paragraph",
    ] * 2
    assert listed[1][1].endswith("the Harrow\nbranch as a route for freight, which surprised the towns along it.")
    assert listed[5] == ("item", "Dredging starts in May.")


def test_hard_wrapped_prose_is_one_paragraph(one):
    wrapped = (
        "The lock at Harrow Weir will stay shut until Easter, the trust\n"
        "said on Monday. Divers had found that two of the four paddles\n"
        "Smithson & Sons fitted in 1998 are cracked right through. Spare\n"
        "parts must be cast anew.\n"
    )
    article = one("a.txt", f"{wrapped}\n{wrapped}")
    assert [b.kind for b in article.blocks] == ["paragraph", "paragraph"]


def test_short_lines_of_facts_stay_apart_and_are_no_headings(one, kinds):
    article = one("a.txt", f"Bulletin 12\n\nDepth: 42 kilometres\nMagnitude: 6.1. This value is final.\n\n{LEAD}")
    assert [k for k, _ in kinds(article)] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_a_number_that_opens_an_answer_is_no_list_mark(one, kinds):
    article = one("a.txt", "Facts about the club\n\nWhat number does he wear?\n14. It was free.\n\n1. First thing.\n2. Second thing.\n")
    assert kinds(article)[2:] == [("paragraph", "14. It was free."), ("item", "First thing."), ("item", "Second thing.")]


@pytest.mark.parametrize(
    "line", ["(Also Read: Ten boats we liked)", "Advertisement", "Related: The toll war", "© 2026 Waterway Post. All rights reserved.",
             "This post may contain affiliate links.", "Subscribe to our free weekly newsletter"],
)  # fmt: skip
def test_notices_of_the_site_are_boilerplate(one, line):
    article = one("a.txt", f"{LEAD}\n\n{line}\n\n{LEAD}")
    assert [b.kind for b in article.blocks] == ["paragraph", "boilerplate", "paragraph"]


@pytest.mark.parametrize(
    "line", ["Advertisement revenue fell by 3 percent.", "Related companies were not affected.", "Copyright law changed on Monday.",
             "Sponsored walks raised 400 pounds.", "Recommended doses were halved in May.", "Share prices fell by 2 percent."],
)  # fmt: skip
def test_sentences_that_only_begin_like_notices_are_prose(one, line):
    assert [b.kind for b in one("a.txt", f"{LEAD}\n\n{line}\n\n{LEAD}").blocks] == ["paragraph"] * 3
