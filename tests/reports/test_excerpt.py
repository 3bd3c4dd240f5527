"""Words marked in their sentence: what is marked, what surrounds it, where a long sentence is cut."""

from __future__ import annotations

import pytest

from factcheck.reports.excerpt import MAX_AROUND, Excerpts
from factcheck.types import Article, CheckedArticle, ModelInfo, Report, Span


def around(text: str, *words: str, hidden: tuple[str, ...] = (), wider: str | None = None) -> str:
    """The excerpt of ``words``, marked with brackets, its cuts with dots."""
    article = Article(text, "a.md", kind="markdown", hidden=tuple(span(text, h) for h in hidden))
    report = Report((CheckedArticle(article),), ModelInfo("m", "", "fp32"), "0")
    found = Excerpts(report).around(0, [span(text, w) for w in words], span(text, wider) if wider else None)
    shown = "".join(f"[{part}]" if marked and not found.whole else part for part, marked in found.parts)
    return ("…" if found.cut[0] else "") + shown + ("…" if found.cut[1] else "")


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Rain fell. The pier, built in 1903, has closed.", ("The pier", "has closed"), "[The pier], built in 1903, [has closed]."),
        ("Rain fell. The pier has closed. It was old.", ("The pier has closed",), "The pier has closed."),
        ("Can I swim there? No. The pier has closed.", ("Can I swim there?", "No."), "Can I swim there? No."),
        ("Dr. Ames said the pier has closed.", ("the pier has closed",), "Dr. Ames said [the pier has closed]."),
    ],
)
def test_words_are_marked_in_their_sentence_unless_they_are_all_of_it(text: str, words: tuple[str, ...], shown: str) -> None:
    assert around(text, *words) == shown


def test_markup_is_not_shown_and_splits_no_mark() -> None:
    text = "Rain fell. The **pier has** closed, the mayor said."
    spans = ("The ", "pier has", " closed")
    first, second = text.index("**"), text.rindex("**")
    article = Article(text, kind="markdown", hidden=(Span(first, first + 2), Span(second, second + 2)))
    found = Excerpts(Report((CheckedArticle(article),), ModelInfo("m", "", "fp32"), "0")).around(0, [span(text, s) for s in spans])
    assert found.parts == (("The pier has closed", True), (", the mayor said.", False))


def test_the_passage_before_is_shown_where_it_is_asked_for() -> None:
    text = "The pier is old. It has closed."
    assert around(text, "It has closed.") == "It has closed."
    assert around(text, "It has closed.", wider=text) == "The pier is old. [It has closed.]"


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    shown = around("before " * 200 + "the pier has closed" + " after" * 200, "the pier has closed")
    assert "[the pier has closed]" in shown
    assert shown.startswith("… before")
    assert shown.endswith("after…")
    assert len(shown) <= 2 * MAX_AROUND + 30


def test_a_long_word_beside_the_marked_ones_goes_whole() -> None:
    assert around("x" * 500 + " closed", "closed") in ("… [closed]", "…closed", "… closed")
