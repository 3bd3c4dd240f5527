"""Passages, retrieval and copies."""

from __future__ import annotations

from factcheck.claims import as_article, read_claims
from factcheck.claims.syntax import load_syntax
from factcheck.evidence import Passage, Retriever, copies, passages
from factcheck.types import Article, Block, Span

FIRST = as_article("The ferry sank off Ilha Verde. It carried 120 people. Is it safe? No.")
SECOND = as_article("Rescuers saved 118 people from the ferry. The weather was calm.")


def build() -> list[Passage]:
    return [p for n, a in enumerate((FIRST, SECOND)) for p in passages(n, a, read_claims(a).sentences)]


def test_a_passage_is_a_sentence_with_the_one_before_it() -> None:
    first, second, answer = build()[:3]
    assert (first.text, first.context) == ("The ferry sank off Ilha Verde.",) * 2
    assert second.context == "The ferry sank off Ilha Verde. It carried 120 people."
    assert answer.context == "Is it safe? No."
    assert all(p.span.of((FIRST, SECOND)[p.article].text) == p.text for p in build())


def test_search_finds_shared_words_and_leaves_out_the_own_article() -> None:
    found = Retriever(build()).search("The ferry carried 118 people.", leave_out={0}, each=5)
    assert found[0].text == "Rescuers saved 118 people from the ferry."
    assert {p.article for p in found} == {1}


def test_every_article_with_a_shared_word_gets_its_place() -> None:
    found = Retriever(build()).search("The ferry carried people.", leave_out=(), each=1)
    assert [p.article for p in found] == [0, 1]


def test_nothing_in_common_means_nothing_found() -> None:
    assert Retriever(build()).search("Quantum zebras yodel.", leave_out=(), each=2) == []
    assert Retriever(build()).search("Is it?", leave_out=(), each=2) == []
    assert Retriever([]).search("The ferry sank.", leave_out=(), each=2) == []
    assert Retriever(build(), load_syntax().vectors).search("…", leave_out=(), each=2) == []


def test_like_words_are_found_and_the_same_words_come_first() -> None:
    text = "The mayor gave a speech. A vessel went under in the storm. The council met. The boat sank."
    article = as_article(text)
    found = passages(0, article, read_claims(article).sentences)
    near = Retriever(found, load_syntax().vectors).search("The ship sank.", leave_out=(), each=4)
    assert [p.text for p in near][:2] == ["The boat sank.", "A vessel went under in the storm."]
    assert [p.text for p in Retriever(found).search("The ship sank.", leave_out=(), each=4)] == ["The boat sank."]


def test_what_is_found_in_one_article_does_not_depend_on_the_others() -> None:
    texts = ["The ferry sank at night. It was built in 1998. Nobody knew why.", "A ship went down. The vessel dates from 2001. It rained."]
    other = "The ferry company said that the ferry was built in 1998, as ferries of its time were. Ferries sink. The night was calm."

    def found(*some: str) -> list[tuple[str, int]]:
        articles = [as_article(t) for t in some]
        index = Retriever([p for n, a in enumerate(articles) for p in passages(n, a, read_claims(a).sentences)], load_syntax().vectors)
        return [(p.text, p.article) for p in index.search("The ferry was built in 1998.", leave_out=(), each=2)]

    alone = found(*texts)
    assert {a for _, a in alone} == {0, 1}
    assert [(t, a) for t, a in found(*texts, other) if a < 2] == alone
    assert [(t, 1 - a) for t, a in found(*reversed(texts))] == alone


def test_copies_are_told_from_reports_of_the_same_event() -> None:
    story = "The ferry Estrela sank off Ilha Verde on Monday night after hitting a reef, the coast guard said. "
    more = "All 118 people on board were saved by two fishing boats that happened to be near the place of the accident. "
    other = "A passenger ship went down near Ilha Verde. Fishermen rescued everybody, according to the coast guard's spokesman."
    articles = [as_article(story + more), as_article("Ferry down\n\n" + story + more + "Our reporter adds this."), as_article(other)]
    assert copies(articles) == [{1}, {0}, set()]
    assert copies([as_article("Nobody was hurt."), as_article("Nobody was hurt.")]) == [{1}, {0}]


def test_a_flash_in_two_reports_does_not_make_them_copies() -> None:
    flash = "The ferry Estrela sank off Ilha Verde on Monday night, the coast guard said. "
    one = flash + "All 118 people on board were saved by two fishing boats that happened to be near the place of the accident at night."
    two = flash + "The owner blamed a reef that is missing from the charts and said that he would sue the harbour office for damages."
    found = copies([as_article(one), as_article(flash), as_article(two)])
    assert 2 not in found[0]
    assert found[1] == {0, 2}


def test_the_title_counts_as_the_outlets_own_words_and_other_headings_do_not() -> None:
    text = "Ferry sinks off Ilha Verde\n\nAll were saved.\n\nWhat we know"
    blocks = (Block(Span(0, 26), "heading"), Block(Span(28, 43)), Block(Span(45, 57), "heading"))
    article = Article(text, title="Ferry sinks off Ilha Verde", blocks=blocks)
    found = passages(0, article, read_claims(article).sentences)
    assert [(p.text, p.title) for p in found] == [("Ferry sinks off Ilha Verde", True), ("All were saved.", False)]
