"""Candidates for a sentence's facts on small trees made by hand: what they hold, how they are told, which are chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from factcheck.claims.fine.ranking import Ranker, chosen, features, read_ranker
from factcheck.claims.fine.roles import Axes
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


LAKE = _tree("""
The DET det 2
mayor NOUN nsubj 7 NN Number=Sing
and CCONJ cc 5
two NUM nummod 5
deputies NOUN conj 2 NNS Number=Plur
also ADV advmod 7
oppose VERB ROOT 0 VBP VerbForm=Fin|Number=Plur|Tense=Pres
the DET det 9
dam NOUN obj 7
and CCONJ cc 13
are AUX cop 13 VBP VerbForm=Fin|Number=Plur|Tense=Pres
still ADV advmod 13
angry ADJ conj 7
""")

MILL = _tree("""
Founded VERB advcl 9 VBN VerbForm=Part
by ADP case 3
weavers NOUN obl 1
, PUNCT punct 1
the DET det 6
mill NOUN nsubj 9 NN Number=Sing
in ADP case 8
Hull PROPN nmod 6
employs VERB ROOT 0 VBZ VerbForm=Fin|Number=Sing|Tense=Pres
ninety NUM nummod 11
people NOUN obj 9 NNS Number=Plur
""")

ISLE = _tree("""
Norra PROPN ROOT 0 NNP Number=Sing
( PUNCT punct 3
Island PROPN dep 1
) PUNCT punct 3
is AUX cop 8 VBZ VerbForm=Fin|Number=Sing|Tense=Pres
an DET det 8
remote ADJ amod 8
island NOUN parataxis 1 NN Number=Sing
""")

JET = _tree("""
The DET det 3
next ADJ amod 3
Falcon PROPN nmod 6 NNP Number=Sing
has AUX aux 6 VBZ VerbForm=Fin|Number=Sing|Tense=Pres
a DET det 6
cabin NOUN ROOT 0 NN Number=Sing
for ADP case 8
twelve NUM nmod 6
""")

PORT = _tree("""
A DET det 2
port NOUN ROOT 0 NN Number=Sing
since ADP case 4
1860 NUM nmod 2
, PUNCT punct 7
it PRON nsubj 7
thrives VERB parataxis 2 VBZ VerbForm=Fin|Number=Sing|Tense=Pres
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
        (LAKE, "The mayor oppose the dam", "The mayor opposes the dam"),
        (LAKE, "The mayor are still angry", "The mayor is still angry"),
        (LAKE, "two deputies oppose the dam", "two deputies oppose the dam"),
        (LAKE, "The mayor and two deputies oppose the dam", "The mayor and two deputies oppose the dam"),
        (MILL, "Founded by weavers the mill", "the mill was Founded by weavers"),
        (MILL, "Founded by weavers Hull", ""),
        (MILL, "the mill employs ninety people", "the mill employs ninety people"),
        (ISLE, "Norra is an island", "Norra is an island"),
        (ISLE, "Norra is an remote", "Norra is remote"),
        (JET, "The next Falcon has a cabin", "The next Falcon has a cabin"),
        (JET, "has a cabin for twelve", ""),
        (PORT, "A port it thrives", ""),
    ],
)
def test_what_can_be_told_is_a_statement(tree: Tree, words: str, told: str) -> None:
    assert _told(tree, _of(words, tree)) == told


@pytest.mark.parametrize("words", ["The ferry carried", "The ferry carried cars to", "She directed Road"])
def test_nothing_is_told_that_lacks_its_object_or_half_of_a_name(words: str) -> None:
    tree = FILM if words.startswith("She") else FERRY
    assert _of(words, tree) not in statements(tree)


def test_words_are_seen_by_their_part_in_a_candidate() -> None:
    roles = _AXES.roles(FERRY, _STATES, [_of("ferry carried trucks", FERRY), _of("The ferry", FERRY)]).reshape(2, -1, 2)
    seen = _STATES[:, :2] - 0.5
    words = "the ferry built safely carried cars trucks and to bergen"
    the, ferry, built, safely, carried, cars, trucks, joint, to, bergen = (FERRY.lower.index(word) for word in words.split())
    inside, cut_before, cut_behind, top, first, last, behind, before, above, between, _ = roles[0]
    assert inside == pytest.approx(seen[[ferry, carried, trucks]].mean(0), abs=1e-5)
    assert cut_before == pytest.approx(seen[[the, built, safely, cars, joint]].sum(0), abs=1e-5)
    assert cut_behind == pytest.approx(seen[bergen], abs=1e-5)
    assert [top, first, last, behind, before] == [pytest.approx(seen[i], abs=1e-5) for i in (carried, ferry, trucks, to, the)]
    assert not above.any()
    assert between == pytest.approx(0.25 * seen[[FERRY.lower.index(w) for w in ("in", "1987")]].sum(0), abs=1e-5)
    assert roles[1][8] == pytest.approx(seen[carried], abs=1e-5)


def test_axes_are_those_of_most_variance() -> None:
    states = np.random.default_rng(3).normal(size=(500, 40)) * ([9.0] + [1.0] * 39) + 2.0
    axes = Axes.of(states.astype(np.float32))
    assert axes.center == pytest.approx(states.mean(0), abs=0.05)
    assert abs(axes.directions[0, 0]) > 0.99
    assert axes.directions.T @ axes.directions == pytest.approx(np.eye(32), abs=1e-4)


def test_the_best_of_overlapping_candidates_is_chosen() -> None:
    facts = [0b0000_1111, 0b0001_1111, 0b1111_0000, 0b1000_0001]
    assert chosen(facts, [0.5, 0.6, 0.7, 0.01]) == [0b1111_0000, 0b0001_1111]
    assert chosen(facts, [0.01, 0.02, 0.03, 0.04]) == [0b1000_0001]
    assert chosen([], []) == []


_STATES = np.random.default_rng(2).normal(size=(len(FERRY), 5)).astype(np.float32)
_AXES = Axes(np.full(5, 0.5, dtype=np.float32), np.eye(5, 2, dtype=np.float32))


def _ranker(width: int) -> Ranker:
    rng = np.random.default_rng(1)
    parts = (rng.normal(size=shape).astype(np.float32) for shape in (width, (width, 3), 3, 4))
    mean, weights, bias, out = parts
    return Ranker(_AXES, mean, np.ones(width, dtype=np.float32), weights, bias, out)


def test_every_main_clause_is_told_whatever_the_network_thinks() -> None:
    rows = features(FERRY, _STATES, candidates(FERRY), _AXES)
    assert np.isfinite(rows).all()
    facts = _ranker(rows.shape[1]).facts(FERRY, _STATES)
    assert any("carried" in [FERRY.text[i] for i in each(words)] for words in facts)


def test_a_ranker_is_read_as_it_was_written(tmp_path: Path) -> None:
    import json

    path = tmp_path / "propositions.json"
    first = _ranker(5)
    path.write_text(json.dumps(first.as_dict()), encoding="utf-8")
    rows = np.ones((2, 5), dtype=np.float32)
    assert read_ranker(path).probabilities(rows) == pytest.approx(first.probabilities(rows), abs=1e-3)
    path.write_text(json.dumps({**first.as_dict(), "bias": first.as_dict()["scale"]}), encoding="utf-8")
    with pytest.raises(ModelError, match="E304"):
        read_ranker(path)
