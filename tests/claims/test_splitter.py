"""Claims of whole texts: what is said, what is skipped and why, and that every span is exact."""

from __future__ import annotations

import random

import pytest

from factcheck.claims import as_article, read_claims, split
from factcheck.claims.faq import answered
from factcheck.claims.splitter import MOST_WORDS
from factcheck.types import Article, Block, Span


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Is the new Freelander still a Land Rover?", "No. It is a brand of its own.", "The new Freelander is no longer a Land Rover."),
        ("Is it a pill?", "No.", "It is not a pill."),
        ("Is the bridge open?", "Yes.", "The bridge is open."),
        ("Did children take part?", "No.", "Children did not take part."),
        ("Can I order one in Europe?", "No.", "You cannot order one in Europe."),
        ("Will these cars be sold in Europe?", "Not yet.", "These cars will not be sold in Europe so far."),
        ("What does it cost?", "No idea.", None),
        ("Is it safe?", "Doctors think so.", None),
        ("Is it safe?", "Absolutely not.", None),
        ("Is it safe?", "Of course not.", None),
        ("Did it work?", "No. 10 Downing Street would not say.", None),
        ("Is it bigger?", "No less than a Golf.", None),
        ("Is it legal?", "Yes, but only in Spain.", None),
        ("Is the war over?", "Yes, says Kyiv.", None),
        ("Will you resign?", "No.", None),
        ("Is the plan not dead?", "No.", None),
        ("Is the deal dead?", "No.", "The deal is not dead."),
        ("Has Apple paid the fine?", "Not yet.", "Apple has not paid the fine so far."),
        ("Has the Bank of England cut rates?", "Not yet.", None),
        ("Were any of the passengers hurt?", "No.", None),
        ("Is the car made in China?", "No.", "The car is not made in China."),
        ("Who makes it?", "Ondrel.", None),
    ],
)
def test_yes_or_no_answers_become_statements(question: str, answer: str, statement: str | None) -> None:
    assert answered(question, answer) == statement


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("The SUV is fully electric and has five seats.", ["The SUV is fully electric.", "The SUV has five seats."]),
        ("The mayor left; the council stayed.", ["The mayor left.", "The council stayed."]),
        ("The man who is ill and has two sons left.", ["The man who is ill and has two sons left."]),
        ("If the bridge is shut and has no lights, ships wait.", ["If the bridge is shut and has no lights, ships wait."]),
        (
            "The minister said the deal was dead and was not coming back.",
            ["The minister said the deal was dead and was not coming back.", "The deal was dead.", "The deal was not coming back."],
        ),
        ("No one has been charged and is in custody.", ["No one has been charged and is in custody."]),
        ("; the plan was dropped by the council.", ["The plan was dropped by the council."]),
        ("Ann Lee and Bo Ode won the cup.", ["Ann Lee and Bo Ode won the cup."]),
        ("The bridge is closed and trucks wait.", ["The bridge is closed.", "Trucks wait."]),
        ("The minister denied that the bridge was closed.", ["The minister denied that the bridge was closed."]),
        ("“We sold nine ferries,” the owner said on Monday.", ["“We sold nine ferries,” the owner said on Monday."]),
        ("LIMA, May 12 (Meridian) - Two bridges fell on Tuesday.", ["Two bridges fell on Tuesday."]),
    ],
)
def test_a_sentence_is_taken_apart_into_what_it_states(sentence: str, claims: list[str]) -> None:
    assert [c.text for c in split(sentence)] == claims


def test_a_claim_of_two_pieces_has_two_spans() -> None:
    text = "The SUV is fully electric and has five seats."
    second = split(text)[1]
    assert [text[a:b] for a, b in second.spans] == ["The SUV", "has five seats"]
    assert second.quote == text[second.start : second.end] == text[:-1]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Would you have one on your drive?", "question"),
        ("Tell us in the comments and follow us on our channels!", "call_to_action"),
        ("This post may contain affiliate links.", "boilerplate"),
        ("Copyright 2026 Example Media.", "boilerplate"),
        ("I think it is the comeback of the year.", "opinion"),
        ("I would bet on 2028 at the earliest.", "prediction"),
        ("Brand spin-offs: Expect more brands to follow.", "prediction"),
        ("So there.", "too_short"),
        ("Die Regierung hat am Dienstag ein neues Gesetz beschlossen und verkündet.", "other_language"),
        ("政府は火曜日に新しい法律を可決した。", "other_language"),
    ],
)
def test_what_is_no_statement_of_fact_is_skipped_with_its_reason(sentence: str, reason: str) -> None:
    reading = read_claims(as_article(sentence))
    assert (len(reading.claims), [s.reason for s in reading.skipped]) == (0, [reason])


@pytest.mark.parametrize(
    "sentence",
    [
        "“I think we will win,” said the coach, Ann Lee.",
        "The ministry expects growth of 2 percent.",
        "Workers downed tools on Monday.",
        "The car is not for sale in Europe.",
        "Subscribers rose to 2 million in May.",
        "Sales rose 12%.",
        "Liverpool won 2-1.",
        "About 40 died.",
        "More than 3,000 people are expected to sign up for the scheme.",
        "Bird flu first appeared in Hong Kong in 1997.",
        "Copyright law was changed by parliament in 2011.",
        "Reporting by the BBC in May showed that 40 people had died.",
        "President Macron met Chancellor Merz near Berlin late Thursday evening.",
        "Sadly, the mayor of Lyon died on Friday aged 71.",
        "JLR said: “We believe Freelander will go on sale in China in 2026.”",
        "I was in the bank when the robbers came in, she said.",
        "My Chemical Romance split up in March.",
        "Download speeds in rural Wales doubled to 40 Mbps.",
    ],
)
def test_statements_of_fact_are_never_skipped(sentence: str) -> None:
    assert split(sentence)


def test_markup_is_in_the_quote_and_not_in_the_claim() -> None:
    text = "The *new* bridge is **very** long."
    hidden = tuple(Span(i, j) for i, j in ((4, 5), (8, 9), (20, 22), (26, 28)))
    (claim,) = split(Article(text, blocks=(Block(Span(0, len(text))),), hidden=hidden, kind="markdown"))
    assert claim.text == "The new bridge is very long."
    assert claim.quote == text[:-1]
    assert "".join(text[a:b] for a, b in claim.spans) == "The new bridge is very long"


def test_no_claim_is_longer_than_the_model_can_take() -> None:
    scores = "The final scores were " + ", ".join("6-4" for _ in range(230)) + "."
    question = "Is " + "the very " * 400 + "old bridge made of stone?"
    for text in (scores, question + "\n\nNo."):
        reading = read_claims(as_article(text))
        assert all(len(c.text.split()) <= MOST_WORDS for c in reading.claims)
        assert reading.claims or reading.skipped


def test_long_texts_take_time_in_proportion() -> None:
    import time

    for text in ("The old bridge is closed to traffic. ", "· ", "a; ", "Mr. ", "and and "):
        seconds = []
        for words in (600, 2400):
            start = time.perf_counter()
            read_claims(as_article(text * (words // len(text.split()))))
            seconds.append(time.perf_counter() - start)
        assert seconds[1] < 10 * seconds[0] + 0.5


def test_an_answer_in_the_same_sentence_leaves_the_rest_as_its_own_claim() -> None:
    claims = split("Is the car a Land Rover?\n\nNo, it is a brand of its own.")
    assert [c.text for c in claims] == ["The car is not a Land Rover.", "It is a brand of its own."]


def test_an_opinion_behind_a_yes_or_no_is_listed_as_skipped() -> None:
    reading = read_claims(as_article("Is the bridge open? No, I think it is the best bridge."))
    assert [c.text for c in reading.claims] == ["The bridge is not open."]
    assert [(s.quote, s.reason) for s in reading.skipped] == [("I think it is the best bridge.", "opinion")]
    assert not read_claims(as_article("Is the bridge open? No, it is not.")).skipped


@pytest.mark.parametrize(
    "sentence",
    ["Hepatitis A infections rose in Leeds.", "Plan A is dead.", "Vitamin A intake fell in 2019.", "A union said that it would strike."],
)
def test_letters_that_are_names_are_no_articles(sentence: str) -> None:
    assert sentence in [c.text for c in split(sentence)]


def test_the_checked_share_is_exact() -> None:
    text = "The bridge is shut. Would you use it?"
    reading = read_claims(as_article(text))
    assert reading.checked == pytest.approx(19 / 36)


def test_every_sentence_is_in_a_claim_or_listed_as_skipped() -> None:
    rng = random.Random(3)
    pieces = [
        "The SUV is red and has four doors. ",
        "Is it? ",
        "No. ",
        "Sign up now! ",
        "\n\n",
        "I like it. ",
        "😀 ",
        "It rose; it fell. ",
        "A. ",
    ]
    for _ in range(300):
        text = "".join(rng.choices(pieces, k=rng.randint(0, 12)))
        reading = read_claims(as_article(text))
        told = [(a, b) for c in reading.claims for a, b in c.spans] + [(s.span.start, s.span.end) for s in reading.skipped]
        for sentence in reading.sentences:
            assert any(a < sentence.span.end and b > sentence.span.start for a, b in told)
        for claim in reading.claims:
            assert claim.quote == text[claim.start : claim.end]
            assert list(claim.spans) == sorted(claim.spans)
