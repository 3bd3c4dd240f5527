"""Trees and names from scores: always well formed, and the best of all that are, found by trying every one; names agree in an article."""

from __future__ import annotations

import itertools
import time
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from factcheck.claims.parsing.decoding import agreed, names, tree
from factcheck.claims.parsing.lemmas import lemma_of, lemma_script

KINDS = ("Person", "Date")
LABELS = ["O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI")]


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, no cycles, and every word between a word and its head hangs below that head."""
    above = []
    for word in range(len(heads)):
        path = [word]
        while heads[path[-1]] != path[-1]:
            path.append(heads[path[-1]])
            if len(path) > len(heads):
                return False
        above.append(set(path))
    if sum(head == word for word, head in enumerate(heads)) != 1:
        return False
    return all(head in above[k] for word, head in enumerate(heads) for k in range(min(word, head) + 1, max(word, head)))


@lru_cache
def all_trees(words: int) -> tuple[tuple[int, ...], ...]:
    return tuple(heads for heads in itertools.product(range(words), repeat=words) if is_tree(heads))


def total(arcs: NDArray[np.float32], heads: tuple[int, ...]) -> float:
    return float(arcs[np.arange(len(heads)), list(heads)].sum(dtype=np.float64))


def test_the_count_of_projective_trees_is_the_known_one() -> None:
    # Dependency trees with one root and no crossing arcs: 1, 2, 7, 30, 143 (OEIS A006013).
    assert [len(all_trees(n)) for n in range(1, 6)] == [1, 2, 7, 30, 143]


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("push", [0.0, 6.0, -6.0])
def test_no_tree_scores_higher_than_the_one_found(words: int, push: float) -> None:
    """push: a bonus on being the root, so that every word, or none, would be one."""
    rng = np.random.default_rng(words)
    for _ in range(60):
        arcs = (rng.normal(scale=3, size=(words, words)) + push * np.eye(words)).astype(np.float32)
        heads = tuple(tree(arcs).tolist())
        assert is_tree(heads), (heads, arcs)
        best = max(all_trees(words), key=lambda candidate: total(arcs, candidate))
        assert total(arcs, heads) == pytest.approx(total(arcs, best), abs=1e-3), (heads, best)


@pytest.mark.parametrize(
    "wanted",
    [
        (0,),
        (1, 1, 1),
        (1, 2, 3, 3),  # a chain to the right
        (0, 0, 1, 2),  # a chain to the left
        (2, 2, 2, 4, 2),
        (1, 4, 1, 2, 4),
    ],
)
def test_a_tree_that_the_scores_agree_on_is_taken(wanted: tuple[int, ...]) -> None:
    arcs = np.zeros((len(wanted), len(wanted)), dtype=np.float32)
    arcs[np.arange(len(wanted)), list(wanted)] = 5
    assert tuple(tree(arcs).tolist()) == wanted


@pytest.mark.parametrize(
    "drawn",
    [
        (1, 0),  # a cycle
        (0, 1),  # two roots
        (1, 2, 0, 3),  # a cycle beside a root
        (2, 3, 2, 2),  # crossing arcs
        (2, 1, 1),  # an arc over the root
        (0, 0, 0, 1, 2),
    ],
)
def test_what_each_word_likes_best_is_no_answer_where_it_is_no_tree(drawn: tuple[int, ...]) -> None:
    assert not is_tree(drawn)
    arcs = np.zeros((len(drawn), len(drawn)), dtype=np.float32)
    arcs[np.arange(len(drawn)), list(drawn)] = 5
    heads = tuple(tree(arcs).tolist())
    assert is_tree(heads)
    assert total(arcs, heads) == max(total(arcs, candidate) for candidate in all_trees(len(drawn)))


@pytest.mark.parametrize("fill", [0.0, -1e4, 1e4])
@pytest.mark.parametrize("words", [1, 2, 3, 7, 30])
def test_scores_that_are_all_the_same_still_give_a_tree(words: int, fill: float) -> None:
    assert is_tree(tuple(tree(np.full((words, words), fill, dtype=np.float32)).tolist()))


def test_two_hundred_words_are_analysed_in_time() -> None:
    """The longest sentence that a row holds, with scores that agree on nothing: the slowest case."""
    words = 200
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(words, words)).astype(np.float32)
    started = time.process_time()
    assert is_tree(tuple(tree(noise).tolist()))
    assert time.process_time() - started < 5
    wanted = tuple(random_tree(words, rng))
    assert is_tree(wanted)
    noise[np.arange(words), list(wanted)] += 20
    assert tuple(tree(noise).tolist()) == wanted
    # Two words that want to be the root as well cost the right tree nothing but these two.
    for word in [k for k in range(words) if wanted[k] != k][:2]:
        noise[word, word] = noise[word, wanted[word]] + 0.5
    assert tuple(tree(noise).tolist()) == wanted


def random_tree(words: int, rng: np.random.Generator) -> list[int]:
    heads = [0] * words
    todo = [(0, words, -1)]
    while todo:
        start, end, above = todo.pop()
        if start < end:
            head = int(rng.integers(start, end))
            heads[head] = above if above >= 0 else head
            todo += [(start, head, head), (head + 1, end, head)]
    return heads


def holds(sequence: tuple[int, ...]) -> bool:
    before = "O"
    for number in sequence:
        label = LABELS[number]
        if label.startswith("I-") and before not in (f"B-{label[2:]}", label):
            return False
        before = label
    return True


@pytest.mark.parametrize("words", [1, 2, 3, 4])
def test_names_are_the_best_sequence_that_holds(words: int) -> None:
    rng = np.random.default_rng(words)
    candidates = [c for c in itertools.product(range(len(LABELS)), repeat=words) if holds(c)]
    for _ in range(40):
        scores = rng.normal(scale=3, size=(words, len(LABELS))).astype(np.float32)
        found = tuple(names(scores, LABELS))
        assert holds(found), [LABELS[k] for k in found]
        best = max(float(scores[np.arange(words), list(c)].sum()) for c in candidates)
        assert float(scores[np.arange(words), list(found)].sum()) == pytest.approx(best, abs=1e-3)


@pytest.mark.parametrize(
    ("liked", "found"),
    [
        (["B-Person", "I-Person", "O"], ["B-Person", "I-Person", "O"]),
        (["B-Person", "B-Person"], ["B-Person", "B-Person"]),
        (["O", "I-Person", "I-Person"], ["O", "B-Person", "I-Person"]),
        (["I-Date"], ["B-Date"]),
        (["B-Person", "I-Date"], ["B-Person", "B-Date"]),
        (["O", "O"], ["O", "O"]),
    ],
)
def test_a_name_begins_before_it_goes_on(liked: list[str], found: list[str]) -> None:
    """Second to the label that is liked best, each word likes one that begins a name of its kind."""
    scores = np.zeros((len(liked), len(LABELS)), dtype=np.float32)
    for k, label in enumerate(liked):
        scores[k, LABELS.index(label)] = 4
        if label != "O":
            scores[k, LABELS.index("B-" + label[2:])] += 3
    assert [LABELS[k] for k in names(scores, LABELS)] == found


def test_the_order_of_the_labels_is_of_no_account() -> None:
    rng = np.random.default_rng(5)
    scores = rng.normal(size=(30, len(LABELS))).astype(np.float32)
    order = [4, 1, 0, 3, 2]
    shuffled = [LABELS[k] for k in order]
    assert [shuffled[k] for k in names(scores[:, order], shuffled)] == [LABELS[k] for k in names(scores, LABELS)]


PLACES = ["O", *(f"{mark}-{kind}" for kind in ("Person", "Location", "Organization") for mark in "BI")]


def scored(*words: tuple[str, float]) -> NDArray[np.float32]:
    """Scores of a text's words: (label, by how much it is liked more than any other)."""
    out = np.zeros((len(words), len(PLACES)), dtype=np.float32)
    for row, (label, lead) in zip(out, words, strict=True):
        row[PLACES.index(label)] = lead
    return out


def agree(*texts: tuple[str, NDArray[np.float32]]) -> list[list[str]]:
    scores = [rows for _, rows in texts]
    found = agreed([names(rows, PLACES) for rows in scores], scores, [text.split() for text, _ in texts], PLACES)
    return [[PLACES[k] for k in labels] for labels in found]


def test_a_doubtful_name_is_of_the_kind_that_it_has_elsewhere() -> None:
    found = agree(
        ("Halvorsen resigned", scored(("B-Person", 6), ("O", 6))),
        ("critics of Halvorsen", scored(("O", 6), ("O", 6), ("B-Location", 1))),
        ("Halvorsen declined to comment", scored(("B-Person", 2), ("O", 6), ("O", 6), ("O", 6))),
    )
    assert found == [["B-Person", "O"], ["O", "O", "B-Person"], ["B-Person", "O", "O", "O"]]


def test_one_sure_place_outweighs_a_doubtful_one_and_two_doubtful_ones_outweigh_a_third() -> None:
    sure, doubtful = scored(("B-Organization", 7)), scored(("B-Location", 0.5))
    assert agree(("Brightwater", doubtful), ("Brightwater", sure)) == [["B-Organization"]] * 2
    assert agree(("Brightwater", doubtful), ("Brightwater", scored(("B-Person", 0.6))), ("Brightwater", doubtful)) == [["B-Location"]] * 3


def test_a_place_that_is_sure_keeps_its_kind_among_many_that_are_not_of_it() -> None:
    """ "Mr Ford" the premier in an article on Ford the car maker."""
    company = [("Ford said", scored(("B-Organization", 9), ("O", 9)))] * 5
    assert agree(*company, ("Mr Ford", scored(("O", 9), ("B-Person", 9))))[-1] == ["O", "B-Person"]


def test_a_name_of_several_words_changes_its_kind_as_a_whole() -> None:
    port = ("Port Albert", scored(("B-Location", 5), ("I-Location", 5)))
    man = ("of Port Albert", scored(("O", 9), ("B-Person", 1), ("I-Person", 1)))
    assert agree(man, port) == [["O", "B-Location", "I-Location"], ["B-Location", "I-Location"]]
    split = ("Port Albert", scored(("B-Location", 5), ("B-Person", 1)))
    assert agree(port, split)[1] == ["B-Location", "B-Person"]


@pytest.mark.parametrize("other", ["MARSH rose", "Marshall rose", "Marsh Farm"])
def test_only_the_same_words_are_the_same_name(other: str) -> None:
    rows = scored(("B-Organization", 9), ("I-Organization", 9) if other == "Marsh Farm" else ("O", 9))
    assert agree(("Marsh spoke", scored(("B-Person", 1), ("O", 9))), (other, rows))[0] == ["B-Person", "O"]


def test_what_was_not_taken_for_a_name_becomes_none() -> None:
    assert agree(("Rose left", scored(("B-Person", 9), ("O", 9))), ("Prices Rose", scored(("O", 9), ("O", 1))))[1] == ["O", "O"]


def test_names_side_by_side_agree_each_with_its_own() -> None:
    side_by_side = ("Lund Oslo", scored(("B-Person", 1), ("B-Person", 1)))
    assert agree(side_by_side, ("Oslo", scored(("B-Location", 9))))[0] == ["B-Person", "B-Location"]


@pytest.mark.parametrize("words", [0, 1, 5, 40])
def test_a_text_whose_words_are_all_different_stays_as_it_was(words: int) -> None:
    rows = np.random.default_rng(words).normal(scale=2, size=(words, len(PLACES))).astype(np.float32)
    found = names(rows, PLACES) if words else []
    assert agreed([found, []], [rows, []], [[f"Word{k}" for k in range(words)], []], PLACES) == [found, []]


def test_a_kind_that_never_goes_on_is_never_that_of_two_words() -> None:
    labels = ["O", "B-Person", "I-Person", "B-Date"]
    rows = np.array([[0, 1, 0, 9], [0, 0, 1, 0]], dtype=np.float32)
    assert agreed([[1, 2]], [rows], [["Anna", "Holt"]], labels) == [[1, 2]]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("was", "be"),
        ("'s", "be"),
        ("Running", "run"),
        ("STRIKES", "strike"),
        ("went", "go"),
        ("mice", "mouse"),
        ("better", "good"),
        ("n't", "not"),
        ("Leeds", "Leeds"),
        ("LEEDS", "Leeds"),
        ("Greens", "Green"),
        ("McDonald", "McDonald"),
        ("iPhones", "iPhone"),
        ("eBay", "eBay"),
        ("4,000", "4000"),
        ("10:30", "10:30"),
        (":", ":"),
        ("::", "a:b:c"),
        ("the", "the"),
        ("The", "the"),
        ("Übergänge", "übergang"),
        ("İzmir", "İzmir"),
        ("ﬁled", "file"),
        ("😀", "😀"),
        ("I", "I"),
        ("us", "we"),
    ],
)
def test_a_lemma_comes_back_from_its_edit(form: str, lemma: str) -> None:
    assert lemma_of(form, lemma_script(form, lemma)) == lemma


def test_words_that_bend_alike_share_an_edit() -> None:
    assert lemma_script("running", "run") == lemma_script("Sitting", "sit") == "l:4:"
    assert lemma_script("was", "be") == "l:3:be"
    assert lemma_script("Oslo", "Oslo") == "k:0:"
    assert lemma_of("STOPPED", lemma_script("begged", "beg")) == "stop"


@pytest.mark.parametrize(
    ("form", "script", "lemma"),
    [
        ("As", "l:2:", "as"),  # an edit that would leave nothing
        ("a", "l:3:", "a"),
        ("is", "l:3:be", "be"),  # an edit that cuts more than there is
        ("so", "l:3:", "so"),
        ("of", "k:4:y", "y"),
        ("abcde", "l:0:", "abcde"),
    ],
)
def test_an_edit_learnt_from_longer_words_is_safe_on_short_ones(form: str, script: str, lemma: str) -> None:
    assert lemma_of(form, script) == lemma
