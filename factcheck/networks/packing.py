"""Weights as they are stored: chosen matrices as 8-bit integers with a scale for each row, the rest in half precision.

A row of 8 bits keeps its direction to a few thousandths. Weights are read back to float32 once, at loading, so nothing is computed in
8 bits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

_WORDS = ("word.weight",)


def packed(state: Mapping[str, Tensor], rows: Collection[str] = _WORDS) -> dict[str, Tensor]:
    """The tensors to store for a model's ``state``; those named in ``rows``, each (N, M) and named "….weight", in 8 bits."""
    out = {k: v.detach().to(torch.float16).contiguous() for k, v in state.items() if k not in rows}
    for name in rows:
        values = state[name].detach().float()
        scale = values.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        out[name] = (values / scale).round().to(torch.int8)
        out[_scale(name)] = scale.squeeze(1)
    return out


def write_weights(state: Mapping[str, Tensor], folder: Path, rows: Collection[str] = _WORDS) -> None:
    """Pack and write a network's tensors; written to a sibling file first, since the old one may still be mapped."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(state, rows), folder / "model.tmp")
    (folder / "model.tmp").replace(folder / "model.safetensors")


def unpacked(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The reverse of :func:`packed`, all in float32; weights stored whole come back as they are.

    Raises ValueError for integers without their scale.
    """
    scaled = {name for name, v in stored.items() if not v.is_floating_point()}
    if any(_scale(name) not in stored for name in scaled):
        raise ValueError("integer weights without a scale")
    scales = {_scale(name) for name in scaled}
    return {
        name: v.float() * stored[_scale(name)].float()[:, None] if name in scaled else v.float()
        for name, v in stored.items()
        if name not in scales
    }


def _scale(name: str) -> str:
    return name.removesuffix("weight") + "scale"
