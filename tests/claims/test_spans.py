"""Candidates for a sentence's facts on small trees made by hand: what they hold, how they are told, which are chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from factcheck.claims.fine.ranking import Ranker, Sights, chosen, read_ranker
from factcheck.claims.fine.spans import candidates
from factcheck.claims.fine.telling import statements, telling
from factcheck.claims.fine.trees import Tree, each
from factcheck.errors import ModelError

_TAGS = {"VERB": "VBD", "NOUN": "NN", "PROPN": "NNP", "ADP": "IN", "DET": "DT", "ADJ": "JJ", "NUM": "CD", "PUNCT": ",", "PRON": "PRP"}


def _tree(rows: str) -> Tree:
    """A tree of lines 'word POS relation head [tag [features]]'; heads count from 1, 0 for the root."""
    cells = [line.split() for line in rows.strip().splitlines()]
    return Tree(
        text=[c[0] for c in cells],
        pos=[c[1] for c in cells],
        tag=[c[4] if len(c) > 4 else _TAGS.get(c[1], "X") for c in cells],
        dep=[c[2] for c in cells],
        head=[int(c[3]) - 1 if c[3] != "0" else k for k, c in enumerate(cells)],
        morph=[c[5] if len(c) > 5 else "" for c in cells],
    )


def _of(text: str, tree: Tree) -> int:
    """The words of ``text``, each the next one so written."""
    out, at = 0, 0
    for word in text.split():
        at = list(tree.text).index(word, at)
        out |= 1 << at
        at += 1
    return out


def _told(tree: Tree, words: int) -> str:
    return " ".join(tree.text[p] if isinstance(p, int) else p for p in telling(tree, words))


FERRY = _tree("""
The DET det 2
ferry NOUN nsubj 9
, PUNCT punct 4
built VERB acl 2 VBN VerbForm=Part
in ADP case 6
1987 NUM obl 4
, PUNCT punct 4
safely ADV advmod 9
carried VERB ROOT 0 VBD VerbForm=Fin|Tense=Past
cars NOUN obj 9
and CCONJ cc 12
trucks NOUN conj 10
to ADP case 14
Bergen PROPN obl 9
""")

FILM = _tree("""
She PRON nsubj 2
directed VERB ROOT 0 VBD VerbForm=Fin|Tense=Past
the DET det 4
drama NOUN obj 2
Salt PROPN compound 6
Road PROPN appos 4
( PUNCT punct 8
2016 NUM nmod:unmarked 6
) PUNCT punct 8
""")


@pytest.mark.parametrize(
    "words",
    [
        "The ferry carried cars",
        "The ferry carried trucks",
        "The ferry carried cars and trucks",
        "The ferry safely carried trucks to Bergen",
        "The ferry , built in 1987",
    ],
)
def test_clauses_are_told_with_each_phrase_and_each_of_a_list(words: str) -> None:
    assert _of(words, FERRY) in candidates(FERRY)


def test_names_are_told_with_their_brackets_and_with_what_they_are() -> None:
    found = candidates(FILM)
    assert _of("Salt Road ( 2016", FILM) in found
    assert _of("She directed Salt Road", FILM) in found


def test_candidates_are_words_of_the_sentence_without_repeats_or_loose_signs() -> None:
    for tree in (FERRY, FILM):
        found = candidates(tree)
        assert len(found) == len(set(found))
        for words in found:
            assert 0 < words < 1 << len(tree)
            assert words & ~tree.signs
            assert not tree.signs >> (words.bit_length() - 1) & 1


@pytest.mark.parametrize(
    ("tree", "words", "told"),
    [
        (FERRY, "The ferry carried cars", "The ferry carried cars"),
        (FERRY, "The ferry , built in 1987", "The ferry was built in 1987"),
        (FILM, "Salt Road ( 2016", "Salt Road ( 2016 )"),
        (FILM, "the drama Salt Road", "Salt Road is the drama"),
        (FERRY, "The ferry", ""),
        (FERRY, "carried cars", ""),
        (FERRY, "to Bergen", ""),
    ],
)
def test_what_can_be_told_is_a_statement(tree: Tree, words: str, told: str) -> None:
    assert _told(tree, _of(words, tree)) == told


@pytest.mark.parametrize("words", ["The ferry carried", "The ferry carried cars to", "She directed Road"])
def test_nothing_is_told_that_lacks_its_object_or_half_of_a_name(words: str) -> None:
    tree = FILM if words.startswith("She") else FERRY
    assert _of(words, tree) not in statements(tree)


def test_the_best_of_overlapping_candidates_is_chosen() -> None:
    facts = [0b0000_1111, 0b0001_1111, 0b1111_0000, 0b1000_0001]
    assert chosen(facts, [0.5, 0.6, 0.7, 0.01]) == [0b1111_0000, 0b0001_1111]
    assert chosen(facts, [0.01, 0.02, 0.03, 0.04]) == [0b1000_0001]
    assert chosen([], []) == []


def _ranker(features: int) -> Ranker:
    rng = np.random.default_rng(1)
    parts = (rng.normal(size=shape).astype(np.float32) for shape in (features, (features, 3), 3, 4))
    mean, weights, bias, out = parts
    return Ranker(mean, np.ones(features, dtype=np.float32), weights, bias, out)


def test_every_main_clause_is_told_whatever_the_network_thinks() -> None:
    rows = Sights(FERRY).of(candidates(FERRY))
    assert np.isfinite(rows).all()
    facts = _ranker(rows.shape[1]).facts(FERRY)
    assert any("carried" in [FERRY.text[i] for i in each(words)] for words in facts)


def test_a_ranker_is_read_as_it_was_written(tmp_path: Path) -> None:
    import json

    path = tmp_path / "propositions.json"
    first = _ranker(5)
    path.write_text(json.dumps(first.as_dict()), encoding="utf-8")
    rows = np.ones((2, 5), dtype=np.float32)
    assert read_ranker(path).probabilities(rows) == pytest.approx(first.probabilities(rows), abs=1e-3)
    path.write_text(json.dumps({**first.as_dict(), "bias": [1.0]}), encoding="utf-8")
    with pytest.raises(ModelError, match="E304"):
        read_ranker(path)
