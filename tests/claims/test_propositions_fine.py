"""Whole sentences taken apart as finely as a reader would: with the shipped weights, on news prose."""

from __future__ import annotations

import pytest

from factcheck.claims import as_article, read_claims, split
from factcheck.claims.fine.facts import facts
from factcheck.claims.propositions import propositions
from factcheck.claims.syntax import load_syntax

_FIRM = (
    "The company, which employs 4,300 people in Leeds and Hull, reported a loss of 12 million pounds"
    " in the first quarter and closed two mills."
)


def test_lists_and_adjuncts_are_told_one_by_one() -> None:
    told = [c.text for c in split(_FIRM)]
    assert "The company closed two mills." in told
    assert "The company employs 4,300 people in Leeds." in told
    assert "The company reported a loss of 12 million pounds." in told


def test_the_pipeline_keeps_to_the_sure_rules() -> None:
    assert len(read_claims(as_article(_FIRM)).claims) < len(split(_FIRM))


def test_spans_are_the_words_that_are_told() -> None:
    claim = next(c for c in split(_FIRM) if c.text == "The company closed two mills.")
    assert [_FIRM[a:b] for a, b in claim.spans] == ["The company", "closed two mills"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee and Bo Ode won the cup in Oslo.",
        "The board will sell the plant in Derby and the depot in Hull if the union agrees to a pay cut by Friday.",
        "No passenger and no member of the crew was hurt when the ferry and a tug collided near the port on Monday.",
        "The minister denied that the ministry had paid the firm and its owner two million euros for masks and gloves.",
    ],
)
def test_short_sentences_and_those_that_deny_or_demand_are_left_to_the_rules(sentence: str) -> None:
    (doc,) = load_syntax().parse([sentence])
    (part,) = doc.sents
    assert facts(part) == propositions(part)


def test_every_claim_ends_as_a_sentence_and_has_words_of_its_own() -> None:
    text = _FIRM + " Investigators searched the wreck, recovered the voyage recorder and sent it to a laboratory in Oslo on Tuesday."
    claims = split(text)
    assert all(c.text[0].isupper() and c.text.endswith(".") and c.spans for c in claims)
    assert len({c.text for c in claims}) == len(claims)
