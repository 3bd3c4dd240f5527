"""The measures of the syntax network, on analyses with known errors."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from factcheck.claims.training.examples import Words
from factcheck.claims.training.measure import spans
from factcheck.claims.training.raw import name_scores, treebank_scores
from factcheck.claims.training.treebank import TreebankSentence

from .toy import (
    gold_docs,
    toy_sentence,
)


def parser_of(docs: Sequence[Doc]) -> Callable[[Sequence[str]], list[Doc]]:
    def parse(texts: Sequence[str]) -> list[Doc]:
        assert list(texts) == [doc.text for doc in docs]
        return list(docs)

    return parse


def toy_paragraphs() -> list[TreebankSentence]:
    rng = random.Random(6)
    return [toy_sentence(rng, paragraph=k % 2 == 0) for k in range(8)]


def test_gold_against_itself_is_perfect() -> None:
    sentences = toy_paragraphs()
    scores = treebank_scores(parser_of(gold_docs(sentences)), sentences)
    assert scores == dict.fromkeys(("words", "sentences", "upos", "xpos", "lemmas", "uas", "las", "las_subtypes"), 100.0)


def test_each_error_costs_its_own_measures_alone() -> None:
    sentences = toy_paragraphs()
    words = sum(map(len, sentences))
    one_less = round(100 * (words - 1) / words, 2)

    def scores(**changes: list[Any]) -> dict[str, float]:
        wrong = [*sentences[:2], dataclasses.replace(sentences[2], **changes), *sentences[3:]]
        found = treebank_scores(parser_of(gold_docs(wrong)), sentences)
        return {k: v for k, v in found.items() if v != 100}

    s = sentences[2]
    assert scores(heads=[*s.heads[:2], 1, *s.heads[3:]]) == {"uas": one_less, "las": one_less, "las_subtypes": one_less}
    assert scores(deps=["obj", *s.deps[1:]]) == {"las": one_less, "las_subtypes": one_less}
    assert scores(deps=[f"{s.deps[0]}:pass", *s.deps[1:]]) == {"las_subtypes": one_less}
    assert scores(xpos=["NN", *s.xpos[1:]]) == {"xpos": one_less}
    assert scores(upos=["NOUN", *s.upos[1:]]) == {"upos": one_less}
    assert scores(lemmas=["x", *s.lemmas[1:]]) == {"lemmas": one_less}


def test_sentences_that_are_run_together_are_both_missed() -> None:
    sentences = toy_paragraphs()[:2]
    first, second = sentences
    joined = dataclasses.replace(
        first, **{f: getattr(first, f) + getattr(second, f) for f in ("words", "spaces", "lemmas", "upos", "xpos", "feats")}
    )
    joined = dataclasses.replace(
        joined, heads=[*first.heads, 1, *(len(first) + h for h in second.heads[1:])], deps=[*first.deps, "nsubj", "conj", *second.deps[2:]]
    )
    joined.heads[len(first) : len(first) + 2] = [len(first) + 1, 1]
    scores = treebank_scores(parser_of(gold_docs([joined])), sentences)
    words = len(joined)
    one_less = round(100 * (words - 1) / words, 2)
    whole, less = dict.fromkeys(("words", "upos", "xpos", "lemmas"), 100.0), dict.fromkeys(("uas", "las", "las_subtypes"), one_less)
    assert scores == {**whole, **less, "sentences": 0.0}


def test_sentences_stand_as_close_as_in_the_treebank() -> None:
    first, second = toy_paragraphs()[:2]
    close = dataclasses.replace(first, spaces=[*first.spaces[:-1], False])
    texts: list[str] = []

    def parse(given: Sequence[str]) -> list[Doc]:
        texts.extend(given)
        return gold_docs([close, second])

    assert set(treebank_scores(parse, [close, second]).values()) == {100.0}
    (text,) = texts
    assert f".{second.words[0]}" in text


def test_words_are_matched_by_their_characters() -> None:
    gold = TreebankSentence(
        "d",
        True,
        ["Unions", "ca", "n't", "."],
        [True, False, False, True],
        [*"abcd"],
        ["X"] * 4,
        ["X"] * 4,
        [""] * 4,
        [0, 0, 0, 0],
        ["ROOT", "aux", "advmod", "punct"],
    )
    found = Doc(
        Vocab(),
        words=["Unions", "can't", "."],
        spaces=[True, False, True],
        lemmas=["a", "b", "d"],
        pos=["X"] * 3,
        tags=["X"] * 3,
        heads=[0, 0, 0],
        deps=["ROOT", "aux", "punct"],
    )
    scores = treebank_scores(parser_of([found]), [gold])
    # Two right of four and of three.
    assert scores == {
        **dict.fromkeys(("words", "upos", "xpos", "lemmas", "uas", "las", "las_subtypes"), round(200 * 2 / 7, 2)),
        "sentences": 100.0,
    }


def test_names_count_by_characters_and_kind() -> None:
    words = ["Omar", "Lind", "left", "Oslo", "."]
    text = Words(words, [True, True, True, False, False], {"name": ["B-Person", "I-Person", "O", "B-Location", "O"]}, [], [0] * 5)

    def scores(*ents: str) -> dict[str, float]:
        return name_scores(lambda texts: [Doc(Vocab(), words=words, spaces=text.spaces, ents=list(ents))], [text])

    assert scores("B-Person", "I-Person", "O", "B-Location", "O") == {"Person": 100.0, "Location": 100.0, "all": 100.0}
    assert scores("B-Person", "O", "O", "B-Location", "O") == {"Person": 0.0, "Location": 100.0, "all": 50.0}
    assert scores("B-Person", "I-Person", "O", "B-Facility", "O") == {"Person": 100.0, "Location": 0.0, "Facility": 0.0, "all": 50.0}
    assert scores("B-Person", "I-Person", "O", "O", "O")["all"] == round(200 / 3, 2)


def test_spans_of_labels() -> None:
    assert spans(["B-Date", "I-Date", "B-Date", "O", "B-Person"]) == {(0, 2, "Date"), (2, 3, "Date"), (4, 5, "Person")}
    assert spans([]) == spans(["O", "O"]) == set()
