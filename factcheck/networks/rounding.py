"""Choosing a matrix's levels and scales in four bits so that its products, rather than its weights, change least.

GPTQ (Frantar et al. 2023, "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers", algorithm 1): columns are
rounded one after another, and what rounding a column does to the products is made up for in the columns still to come.
"""

from __future__ import annotations

import torch
from torch import Tensor

from factcheck.networks.packing import CODE_BOOK, Groups

#: Weights of a row that share a scale. With 64 a model that was trained on from its rounded self fell back to it: what it had learnt was
#: less than a step (reports/nli.md).
GROUP = 32

#: Columns whose errors reach the columns after them in one matrix product.
_BLOCK = 128

#: What is added to the diagonal of the second moments, as a share of its mean; it also bounds their condition number, so that float32
#: is enough.
_DAMPENING = 0.01

#: Scales tried for a group, as shares of its largest weight; of both signs, because the code book has more values above 0 than below.
_SHARES = tuple(sign * (0.70 + 0.05 * step) for step in range(7) for sign in (1, -1))

#: Halfway between the neighbours of the code book: where a value's nearest level changes.
_MIDDLES = (CODE_BOOK[1:] + CODE_BOOK[:-1]) / 2

#: The smallest largest weight of a group, so that no scale is nothing in half precision.
_LEAST = 2.0**-14


def rounded(weight: Tensor, moments: Tensor | None = None, *, group: int = GROUP) -> Groups:
    """``weight`` (N, M) in four bits, a scale for each ``group`` weights of a row.

    moments: X^T X (M, M) of inputs X (inputs, M) that the matrix is multiplied with; without it, or where it is nothing, each weight is
    rounded to the nearest value. Raises ValueError unless M is even and a multiple of ``group``.
    """
    rows, columns = weight.shape
    if columns % group or columns % 2:
        raise ValueError(f"{columns} columns are no whole number of groups of {group}, or odd")
    # Columns first: each step works on whole columns.
    left = weight.detach().float().T.clone(memory_format=torch.contiguous_format)
    levels = torch.empty(columns, rows, dtype=torch.uint8, device=left.device)
    scales = torch.empty(columns // group, rows, device=left.device)
    spread = _spread(moments.float()) if moments is not None and moments.any() else None
    size = group * max(1, _BLOCK // group)
    for start in range(0, columns, size):
        block = slice(start, min(start + size, columns))
        numbers = slice(block.start // group, block.stop // group)
        if spread is None:
            levels[block], scales[numbers] = _nearest_block(left[block], group)
        else:
            levels[block], scales[numbers], errors = _block(left[block], spread[block, block], group)
            left[block.stop :] -= spread[block, block.stop :].T @ errors
    return Groups(levels.T.contiguous(), scales.T.to(torch.float16).contiguous())


def _nearest_block(left: Tensor, group: int) -> tuple[Tensor, Tensor]:
    scales = torch.stack([_best_scale(part) for part in left.view(-1, group, left.shape[1])])
    return _nearest(left, scales.repeat_interleave(group, 0)), scales


def _block(left: Tensor, spread: Tensor, group: int) -> tuple[Tensor, Tensor, Tensor]:
    """Levels (columns, N), scales (groups, N) and errors (columns, N) of a block of columns, which are changed on the way."""
    levels = torch.empty(left.shape, dtype=torch.uint8, device=left.device)
    errors = torch.empty_like(left)
    scales: list[Tensor] = []
    for i, column in enumerate(left):
        if i % group == 0:
            scales.append(_best_scale(left[i : i + group]))
        levels[i] = _nearest(column, scales[-1])
        errors[i] = (column - _value(levels[i], scales[-1])) / spread[i, i]
        left[i + 1 :].addr_(spread[i, i + 1 :], errors[i], alpha=-1)
    return levels, torch.stack(scales), errors


def _spread(moments: Tensor) -> Tensor:
    """The upper Cholesky factor of the inverse of the dampened ``moments``.

    If V V^T with an upper V are the moments, it is V's inverse, and V is the lower factor of the moments read backwards, read backwards.
    """
    dampened = moments + _DAMPENING * moments.diagonal().mean() * torch.eye(len(moments), device=moments.device)
    upper = torch.linalg.cholesky(dampened.flip(0, 1)).flip(0, 1)
    inverse: Tensor = torch.linalg.solve_triangular(upper, torch.eye(len(moments), device=moments.device), upper=True)
    return inverse


def _best_scale(part: Tensor) -> Tensor:
    """For each of N groups, ``part`` (group, N), the scale (N,) with the least squared error; a value that half precision has."""
    largest = part.abs().amax(0).clamp(min=_LEAST)
    best, least = largest, torch.full_like(largest, torch.inf)
    for share in _SHARES:
        scale = (share * largest).half().float()
        error = (part - _value(_nearest(part, scale), scale)).square().sum(0)
        best, least = torch.where(error < least, scale, best), torch.minimum(error, least)
    return best


def _nearest(values: Tensor, scale: Tensor) -> Tensor:
    return torch.bucketize(values / scale, _MIDDLES.to(values.device), out_int32=True).to(torch.uint8)


def _value(levels: Tensor, scale: Tensor) -> Tensor:
    return CODE_BOOK.to(scale.device)[levels.int()] * scale
