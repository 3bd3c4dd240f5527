"""Pairs of passages that may state a claim between them."""

from __future__ import annotations

from factcheck.claims import as_article, read_claims
from factcheck.evidence import Passage, pairs, passages

CLAIM = "Ana Ruiz captained the ferry that ran aground at Tolvik."
STORY = (
    "The ferry that ran aground at Tolvik on Friday belongs to Nordlink. Nobody on board was hurt. "
    "Ana Ruiz, its captain of nine years, was on the bridge. Divers will look at the hull on Monday."
)
FERRY, HURT, RUIZ, DIVERS = range(4)


def found(*stories: str) -> list[Passage]:
    articles = [as_article(story) for story in stories]
    return [p for n, a in enumerate(articles) for p in passages(n, a, read_claims(a).sentences)]


def told(claim: str, some: list[Passage]) -> list[tuple[int, str]]:
    return [(p.first.article, p.text) for p in pairs(claim, some)]


def test_the_two_passages_that_share_the_claim_between_them() -> None:
    some = found(STORY)
    (pair,) = pairs(CLAIM, some)
    assert (pair.first, pair.second) == (some[FERRY], some[RUIZ])
    assert pair.text == f"{some[FERRY].text} {some[RUIZ].text}"


def test_a_pair_is_in_text_order_whatever_comes_first() -> None:
    assert pairs(CLAIM, found(STORY)[::-1]) == pairs(CLAIM, found(STORY))


def test_the_pair_with_most_of_the_claim_is_taken() -> None:
    more = STORY + " The captain is Spanish."  # a second passage on the captain, with less of the claim
    assert told(CLAIM, found(more)) == told(CLAIM, found(STORY))


def test_no_pair_where_one_passage_has_all_that_the_other_has() -> None:
    whole = "Ana Ruiz was captain of the ferry that ran aground at Tolvik. It was a calm night. Nobody knew why. The ferry ran aground."
    assert pairs(CLAIM, found(whole)) == []
    assert pairs(CLAIM, found("The ferry lay at Tolvik. It rained. It snowed. There was no ferry to Tolvik.")) == []


def test_no_pair_of_sentences_that_were_read_together() -> None:
    beside = "The ferry ran aground at Tolvik on Friday. Ana Ruiz, its captain, was on the bridge."
    first, second = found(beside)
    assert second.context_span.start == first.span.start, "the second is read with the first as its context"
    assert pairs(CLAIM, [first, second]) == []


def test_passages_of_two_articles_are_no_pair_and_another_article_changes_nothing() -> None:
    sentences = [p.text for p in found(STORY)]
    assert pairs(CLAIM, found(sentences[FERRY], sentences[RUIZ])) == []
    others = "Tolvik has a harbour. Ana Ruiz lives there. No ferry calls at it. The captain of a trawler ran a shop."
    alone = told(CLAIM, found(STORY))
    assert [row for row in told(CLAIM, found(STORY, others)) if row[0] == 0] == alone
    assert [(1 - n, text) for n, text in told(CLAIM, found(others, STORY)) if n == 1] == alone


def test_passages_without_a_word_of_the_claim_are_in_no_pair() -> None:
    assert pairs("Quantum zebras yodel at dusk.", found(STORY)) == []
    assert pairs("It is.", found(STORY)) == []
    assert pairs(CLAIM, []) == []
