"""From a network's scores to an analysis that holds together: whole trees; names that begin before they go on, and stay what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

_NEVER = -1e9

#: The least probability of its kind at which a name keeps it whatever the same words are elsewhere. Of names that the shipped model is so
#: sure of 97 % have the right kind (development part of Worldwide Newswire, bounds given); of the others 68 %.
_SURE = 0.98


def tree(arcs: FloatArray) -> IntArray:
    """The best projective tree of one sentence: each word's head, a root's own index; exactly one root, no arcs that cross.

    arcs: (words, words) scores, word i's head is j; the diagonal is for being the root. English has hardly any crossing arcs, and most
    that a parser draws are wrong.
    """
    heads: IntArray = arcs.argmax(1)
    return heads if _is_projective_tree(heads) else _eisner(arcs.astype(np.float64))


def _is_projective_tree(heads: IntArray) -> bool:
    words = np.arange(len(heads))
    if (heads == words).sum() != 1:
        return False
    reach = heads
    for _ in range(len(heads).bit_length()):
        reach = reach[reach]
    if (reach != words[heads == words][0]).any():
        return False
    # The root hangs on something beyond the last word: no arc passes over it.
    left, right = np.minimum(words, heads), np.where(heads == words, len(heads), np.maximum(words, heads))
    starts_inside = (left[:, None] < left) & (left < right[:, None])
    return not (starts_inside & (right > right[:, None])).any()


def _eisner(arcs: NDArray[np.float64]) -> IntArray:
    """Eisner (1996), "Three New Probabilistic Models for Dependency Parsing", with one root: spans by length, all of a length at once."""
    n = len(arcs)
    # [0]: the head is the span's first word, [1]: its last. open: the span is one arc and what stands under it; whole: complete.
    whole, open_ = np.zeros((2, n, n)), np.full((2, n, n), _NEVER)
    whole_at, open_at = np.zeros((2, n, n), dtype=np.int64), np.zeros((n, n), dtype=np.int64)
    for length in range(1, n):
        i = np.arange(n - length)[:, None]
        j, k = i + length, np.arange(length)[None, :]
        splits = whole[0, i, i + k] + whole[1, i + k + 1, j]
        first, last = i[:, 0], j[:, 0]
        open_at[first, last] = splits.argmax(1) + first
        open_[0, first, last] = splits.max(1) + arcs[last, first]
        open_[1, first, last] = splits.max(1) + arcs[first, last]
        right = open_[0, i, i + k + 1] + whole[0, i + k + 1, j]
        left = whole[1, i, i + k] + open_[1, i + k, j]
        whole_at[0, first, last], whole[0, first, last] = right.argmax(1) + first + 1, right.max(1)
        whole_at[1, first, last], whole[1, first, last] = left.argmax(1) + first, left.max(1)
    root = int((whole[1, 0] + whole[0, :, n - 1] + arcs.diagonal()).argmax())
    return _traced(root, n, whole_at, open_at)


def _traced(root: int, n: int, whole_at: IntArray, open_at: IntArray) -> IntArray:
    heads = np.full(n, root)
    todo = [(1, 0, root, False), (0, root, n - 1, False)]
    while todo:
        side, i, j, is_open = todo.pop()
        if i == j:
            continue
        if is_open:
            heads[i if side else j] = j if side else i
            k = int(open_at[i, j])
            todo += [(0, i, k, False), (1, k + 1, j, False)]
        else:
            k = int(whole_at[side, i, j])
            todo += [(1, i, k, False), (1, k, j, True)] if side else [(0, i, k, True), (0, k, j, False)]
    return heads


def names(scores: FloatArray, labels: Sequence[str]) -> list[int]:
    """The best sequence of "O", "B-X" and "I-X" in which every I-X follows a B-X or I-X. scores: (words, labels)."""
    allowed = _transitions(labels)
    best = scores[0] + np.where([label.startswith("I-") for label in labels], _NEVER, 0.0)
    back = []
    for row in scores[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    out = [int(best.argmax())]
    for pointers in reversed(back):
        out.append(int(pointers[out[-1]]))
    return out[::-1]


def _transitions(labels: Sequence[str]) -> NDArray[np.float64]:
    out = np.zeros((len(labels), len(labels)))
    for k, label in enumerate(labels):
        if label.startswith("I-"):
            out[:, k] = [0.0 if before[2:] == label[2:] and before != "O" else _NEVER for before in labels]
    return out


def agreed(
    found: Sequence[Sequence[int]], scores: Sequence[Sequence[FloatArray]], words: Sequence[Sequence[str]], labels: Sequence[str]
) -> list[list[int]]:
    """Names of one article's texts in which the same words are of one kind: of the one that all their places together make likeliest.

    Every place gives each kind its probability there, so that sure places count for more than doubtful ones; a place that is all but sure
    keeps its own ("Ford" the minister beside "Ford" the company). Where a name begins and ends stays as it was found. After Krishnan &
    Manning (2006), "An Effective Two-Stage Model for Exploiting Non-Local Dependencies in Named Entity Recognition".

    found: labels of each text's words, from :func:`names`; scores: a text's word has one for each of ``labels``.
    """
    kinds = [label[2:] for label in labels if label.startswith("B-")]
    number = {label: k for k, label in enumerate(labels)}
    votes: defaultdict[tuple[str, ...], NDArray[np.float64]] = defaultdict(lambda: np.zeros(len(kinds)))
    doubtful: list[tuple[int, int, int]] = []
    for text, own in enumerate(found):
        for start, end in _bounds([labels[k] for k in own]):
            shares = _shares(np.stack(scores[text][start:end]), kinds, number)
            votes[tuple(words[text][start:end])] += shares
            if shares.max() < _SURE:
                doubtful.append((text, start, end))
    out = [list(own) for own in found]
    for text, start, end in doubtful:
        kind = kinds[int(votes[tuple(words[text][start:end])].argmax())]
        out[text][start:end] = [number[f"{'I' if k > start else 'B'}-{kind}"] for k in range(start, end)]
    return out


def _bounds(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where names begin and end (behind their last words)."""
    for start, label in enumerate(labels):
        if label.startswith("B-"):
            yield start, next((k for k in range(start + 1, len(labels)) if not labels[k].startswith("I-")), len(labels))


def _shares(scores: FloatArray, kinds: Sequence[str], number: Mapping[str, int]) -> NDArray[np.float64]:
    """The probability of each kind, given that these words are a name. A kind without an "I-X" has none of more than a word."""
    rest = [number.get(f"I-{kind}") for kind in kinds]
    totals = np.array([_NEVER if k is None and len(scores) > 1 else scores[1:, k].sum() for k in rest], dtype=np.float64)
    totals += scores[0, [number[f"B-{kind}"] for kind in kinds]]
    odds = np.exp(totals - totals.max())
    return np.asarray(odds / odds.sum())
