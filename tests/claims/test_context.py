"""What an article lends to its sentences: names for pronouns, days for weekdays."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from factcheck.claims import as_article, read_claims, split
from factcheck.sources import read


def claims_of(text: str) -> list[str]:
    (article,) = read("a.txt", text.encode())
    return [c.text for c in read_claims(article).claims]


ARTICLE = """Ferry line Marholm sold

Harbour Post, 2027-03-04

{}
"""


@pytest.mark.parametrize(
    ("prose", "claim"),
    [
        ("Ines Marholm founded the line. She sold it on Tuesday.", "Ines Marholm sold it on Tuesday, 2 March 2027."),
        ("Ines Marholm owns nine ferries. Marholm bought the first in 1998.", "Ines Marholm bought the first in 1998."),
        ("Ines Marholm and Olga Brandt met. She left early.", "She left early."),  # either may be meant
        ("Ines Marholm runs a brand in its own right.", "Ines Marholm runs a brand in its own right."),
        ("It rained in Aldermoor.", "It rained in Aldermoor."),
    ],
)
def test_what_is_sure_is_put_in_and_nothing_else(prose: str, claim: str) -> None:
    assert claim in claims_of(ARTICLE.format(prose))


def test_an_article_without_a_date_keeps_its_weekdays() -> None:
    assert [c.text for c in split("The bridge fell on Tuesday.")] == ["The bridge fell on Tuesday."]


def test_spans_are_the_articles_own_words() -> None:
    text = ARTICLE.format("Ines Marholm founded the line. She sold nine ferries on Tuesday.")
    (article,) = read("a.txt", text.encode())
    assert article.date == dt.date(2027, 3, 4)
    sold = read_claims(article).claims[-1]
    assert sold.text == "Ines Marholm sold nine ferries on Tuesday, 2 March 2027."
    assert [text[a:b] for a, b in sold.spans] == ["She sold nine ferries on Tuesday"]
    assert sold.quote == "She sold nine ferries on Tuesday"


@pytest.mark.parametrize(
    ("prose", "ambiguous"),
    [
        ("They have not won back their market.", True),
        ("Their challenges would be greater.", True),
        ("Ines Marholm sold the line. She kept her ferry, and she named it after her aunt.", False),
        ("The minister said she would resign.", False),
        ("There was rain in Aldermoor.", False),
    ],
)
def test_a_claim_whose_subject_is_left_open_is_marked(prose: str, ambiguous: bool) -> None:
    (article,) = read("a.txt", ARTICLE.format(prose).encode())
    assert any(c.ambiguous for c in read_claims(article).claims) == ambiguous


def test_a_long_run_of_capitals_is_read_in_no_time() -> None:
    start = time.perf_counter()
    (skipped,) = read_claims(as_article("A" * 100_000 + " - the bridge fell.")).skipped
    assert (skipped.reason, time.perf_counter() - start < 5) == ("too_long", True)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("You cannot order one in Europe.", True), ("Our ferries are safe.", True), ("The ferry sank at noon.", False)],
)
def test_what_is_so_of_the_reader_or_the_speakers_is_open(text: str, *, ambiguous: bool) -> None:
    assert [c.ambiguous for c in split(text)] == [ambiguous]
