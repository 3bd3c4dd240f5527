"""What the syntax model's encoder makes of a candidate's words, by the part that each word has in the candidate.

The encoder's states know what the tree does not say: whether 'in Leeds' belongs to the deed or only sets the scene, whether a name's
description can be spared. A state is told by its directions of largest variance in the propositions the ranker was trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.fine.trees import Tree

FloatArray = NDArray[np.float32]
_Bits = NDArray[np.bool_]

#: Directions that a state is told by, and parts that a word may have.
_DIRECTIONS, _ROLES = 32, 11

#: What a word left out in the middle weighs that hangs on nothing told: there may be many of them.
_BETWEEN = 0.25


@dataclass(frozen=True, slots=True)
class Axes:
    """Principal axes of word states. center: their mean (dimensions,); directions: (dimensions, axes)."""

    center: FloatArray
    directions: FloatArray

    @classmethod
    def of(cls, states: FloatArray) -> Axes:
        """The axes of many words' states (words, dimensions)."""
        center = states.mean(0)
        _, vectors = np.linalg.eigh(np.cov(states - center, rowvar=False))
        return cls(center, np.ascontiguousarray(vectors[:, ::-1][:, :_DIRECTIONS], dtype=np.float32))

    def roles(self, tree: Tree, states: FloatArray, found: Sequence[int]) -> FloatArray:
        """For each candidate the projected states of the words of each part, summed, (candidates, parts * axes).

        states: (words, dimensions), a row a word of the tree; found: sets of words that are not all signs.
        """
        told = (states - self.center) @ self.directions
        parts = _parts(tree, _bits(found, len(tree)))
        sums = parts.reshape(-1, len(tree)) @ told
        return np.asarray(sums.reshape(len(found), _ROLES * told.shape[1]), dtype=np.float32)


def _bits(found: Sequence[int], words: int) -> _Bits:
    size = (words + 7) // 8
    data = np.frombuffer(b"".join(mask.to_bytes(size, "little") for mask in found), dtype=np.uint8)
    return np.unpackbits(data.reshape(len(found), size), axis=1, count=words, bitorder="little").astype(np.bool_)


def _parts(tree: Tree, held: _Bits) -> FloatArray:
    """The weight of each word in each part, (candidates, parts, words)."""
    n = held.shape[1]
    at, head = np.arange(n), np.array(tree.head)
    spoken = _bits([~tree.signs & (1 << n) - 1], n)[0]
    held = held & spoken
    first, last = held.argmax(1), n - 1 - held[:, ::-1].argmax(1)
    hanging = held[:, head] & (head != at)
    out = ~held & spoken
    cut = out & hanging
    tops = held & ~hanging
    top = np.where(tops, np.array(tree.depth), n).argmin(1)
    early = at < last[:, None]

    def one(place: NDArray[np.int64]) -> _Bits:
        found: _Bits = at == place[:, None]
        return found

    parts = (
        held / held.sum(1, keepdims=True),
        cut & early,
        cut & ~early,
        one(top),
        one(first),
        one(last),
        one(last + 1),
        one(first - 1),
        one(np.where(head[top] == top, -1, head[top])),
        _BETWEEN * (out & ~cut & early & (at > first[:, None])),
        tops & ~one(top),
    )
    return np.stack([part.astype(np.float32) for part in parts], axis=1)
