"""Weights as they are stored: word embeddings as 8-bit integers with a scale for each row, the rest in half precision.

The word embeddings are half of the weights and were never trained here, and a row of 8 bits keeps its direction to a few thousandths;
they are read back to float32 once, at loading, so nothing is computed in 8 bits.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

_ROWS = "word.weight"
_SCALE = "word.scale"


def packed(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors to store for a model's ``state``."""
    out = {k: v.detach().to(torch.float16).contiguous() for k, v in state.items() if k != _ROWS}
    rows = state[_ROWS].detach().float()
    scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    out[_ROWS] = (rows / scale).round().to(torch.int8)
    out[_SCALE] = scale.squeeze(1)
    return out


def unpacked(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The reverse of :func:`packed`, all in float32; weights stored whole come back as they are.

    Raises ValueError for integers without their scale.
    """
    if _SCALE not in stored and any(not v.is_floating_point() for v in stored.values()):
        raise ValueError("integer weights without a scale")
    state = {k: v.float() for k, v in stored.items() if k != _SCALE}
    if _SCALE in stored:
        state[_ROWS] = state[_ROWS] * stored[_SCALE].float()[:, None]
    return state
