"""Sentence cutting on news prose: data first."""

from __future__ import annotations

import itertools
import random

import pytest

from factcheck.claims import as_article
from factcheck.claims.sentences import cuts, segment

CASES = [
    ["The mayor spoke on Tuesday.", "Nobody answered."],
    ["Mr. Ode met Dr. Lund at 3 p.m. on Nov. 3.", "They talked."],
    ["The U.S. Senate voted.", "The bill failed."],
    ["Sales rose 5.2 percent to $3.4 billion.", "Profit fell."],
    ["He works for Acme Inc. in Ohio.", "She does not."],
    ["She left Acme Inc.", "The company declined to comment."],
    ["“We won.”", "The crowd cheered."],
    ["“Why now?” she asked.", "No one knew."],
    ["“It is over,” said Roy Pemberton.", "“It really is.”"],
    ["J. R. Moss retired in 2014.", "He was 61."],
    ["It is no. 5 on the list.", "He said no.", "The talks ended."],
    ["Prices start at €48,900.", "In China the car costs more."],
    ["Wait…", "There is more!", "Is there?", "Yes."],
    ["The plant (see Fig. 2) closed.", "It reopened in Sept. 2019."],
    ["The vote was 9-4.", "2,000 people came."],
    ["Is the car a Land Rover?", "No."],
    ["It was plan B.", "The council agreed."],
    ["It began in Jan.", "It ended in Dec."],
    ["Roe v. Wade was overturned.", "Maj. Ann Lee left."],
    ["The plan failed.[1]", "The mayor left."],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda s: s[0][:30])
def test_cuts_where_a_reader_would(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[a:b].strip() for a, b in cuts(text)] == sentences


def test_a_sentence_never_crosses_a_paragraph() -> None:
    article = as_article("A headline without a stop\n\nThe first sentence\nbroken over two lines. The second.")
    assert [s.text for s in segment(article)] == ["A headline without a stop", "The first sentence broken over two lines.", "The second."]


def test_spans_are_exact_and_nothing_is_lost() -> None:
    rng = random.Random(7)
    pieces = [
        "Mr. ",
        "It rose. ",
        "“No,” ",
        "he said. ",
        "A\u00a0b",
        "\n\n",
        "😀 ",
        "3.5 ",
        "…",
        "? ",
        "\t",
        "U.S. ",
        "x)",
        "\u2028",
        "end. ",
    ]
    for _ in range(500):
        text = "".join(rng.choices(pieces, k=rng.randint(0, 25)))
        sentences = segment(as_article(text))
        covered = "".join(s.span.of(text) for s in sentences)
        assert "".join(covered.split()) == "".join(text.split())
        for before, after in itertools.pairwise(sentences):
            assert before.span.end <= after.span.start
        for s in sentences:
            assert " ".join(s.span.of(text).split()) == s.text
