"""Batches of similar length under a token budget.

Padding a short pair to a long one's length wastes the work on the padding, so pairs are sorted by length, padded to a multiple of
16 (few distinct shapes: each new one costs set-up time in the CPU kernels) and cut where rows x padded length passes the budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from factcheck.models.pairs import EncodedPair

PAD_TO = 16


def padded(length: int) -> int:
    """``length`` rounded up to a multiple of 16."""
    return -(-length // PAD_TO) * PAD_TO


def by_length(lengths: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Indices of ``lengths`` in batches, longest first; rows x padded longest <= ``budget`` tokens (one row may exceed it)."""
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    batch: list[int] = []
    for i in order:
        if batch and (len(batch) + 1) * padded(lengths[batch[0]]) > budget:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def collate(pairs: Sequence[EncodedPair], *, pad_id: int, device: torch.device | str = "cpu") -> tuple[Tensor, ...]:
    """(ids, segments, positions, matches, real), each (pairs, padded length), as :class:`PairEncoder` takes them."""
    width = padded(max(map(len, pairs)))
    ids = torch.full((len(pairs), width), pad_id, dtype=torch.int32)
    segments, positions, matches = (torch.zeros(len(pairs), width, dtype=torch.int32) for _ in range(3))
    real = torch.zeros(len(pairs), width, dtype=torch.bool)
    for row, pair in enumerate(pairs):
        n = len(pair)
        ids[row, :n] = torch.from_numpy(pair.ids)
        segments[row, :n] = torch.from_numpy(pair.segments)
        positions[row, :n] = torch.from_numpy(pair.positions)
        matches[row, :n] = torch.from_numpy(pair.matches)
        real[row, :n] = True
    return tuple(t.to(device) for t in (ids, segments, positions, matches, real))
