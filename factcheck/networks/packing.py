"""Weights as they are stored: chosen matrices as 8-bit integers with a scale for each row, or in four bits, the rest in half precision.

A row of 8 bits keeps its direction to a few thousandths. In four bits each weight is one of 16 values times the scale of its group, a
stretch of its row (:mod:`factcheck.networks.rounding` chooses both). Weights are read back to float32 once, at loading, so nothing is
computed in 8 or 4 bits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import save_file
from torch import Tensor

_WORDS = ("word.weight",)

#: The 16 values of a weight in four bits, before its scale, ascending: NF4, which are dense where normally distributed weights are
#: (Dettmers et al. 2023, "QLoRA: Efficient Finetuning of Quantized LLMs", Appendix E).
CODE_BOOK = torch.tensor(
    [
        [-1.0, -0.69619280, -0.52507305, -0.39491749, -0.28444138, -0.18477343, -0.09105004, 0.0],
        [0.07958030, 0.16093020, 0.24611230, 0.33791524, 0.44070983, 0.56261700, 0.72295684, 1.0],
    ]
).flatten()

#: The two values of each byte, the first in the low four bits; as one 64-bit number each, so that one look-up fetches both.
_PAIRS = torch.stack([CODE_BOOK.repeat(16), CODE_BOOK.repeat_interleave(16)], 1).view(torch.int64).squeeze(1)


class Groups(NamedTuple):
    """A matrix (N, M) in four bits.

    levels: numbers of CODE_BOOK values, uint8 (N, M), M even. scales: float16 (N, M / group), of either sign; a weight is its level's value
    times its group's scale.
    """

    levels: Tensor
    scales: Tensor

    def stored(self) -> Tensor:
        """Two levels a byte, uint8 (N, M / 2)."""
        return self.levels[:, 0::2] | (self.levels[:, 1::2] << 4)

    def values(self) -> Tensor:
        """The matrix that loading will make of it, float32 (N, M)."""
        return _group_values(self.stored(), self.scales)


def packed(state: Mapping[str, Tensor], rows: Collection[str] = _WORDS, groups: Mapping[str, Groups] | None = None) -> dict[str, Tensor]:
    """The tensors to store for a model's ``state``; those named in ``rows``, each (N, M) and named "….weight", in 8 bits.

    groups: matrices rounded to four bits, by the names that they have in ``state``; in 8 bits is none of them.
    """
    groups = groups or {}
    rows = [name for name in rows if name not in groups]
    out = {k: v.detach().to(torch.float16).contiguous() for k, v in state.items() if k not in rows and k not in groups}
    for name in rows:
        values = state[name].detach().float()
        scale = values.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        out[name] = (values / scale).round().to(torch.int8)
        out[_scale(name)] = scale.squeeze(1)
    for name, matrix in groups.items():
        out[name], out[_scale(name)] = matrix.stored(), matrix.scales
    return out


def write_weights(
    state: Mapping[str, Tensor], folder: Path, rows: Collection[str] = _WORDS, groups: Mapping[str, Groups] | None = None
) -> None:
    """Pack and write a network's tensors; written to a sibling file first, since the old one may still be mapped."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(state, rows, groups), folder / "model.tmp")
    (folder / "model.tmp").replace(folder / "model.safetensors")


def unpacked(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The reverse of :func:`packed`, all in float32; weights stored whole come back as they are.

    Raises ValueError for integers without a scale that fits them.
    """
    scales = {_scale(name) for name, v in stored.items() if not v.is_floating_point()}
    return {name: _values(name, v, stored.get(_scale(name))) for name, v in stored.items() if name not in scales}


def groups_of(stored: Mapping[str, Tensor]) -> dict[str, Groups]:
    """The matrices in four bits of a stored model, by name: :func:`packed` writes them back as they were."""
    out = {}
    for name, values in stored.items():
        if values.dtype == torch.uint8:
            _values(name, values, stored.get(_scale(name)))  # refuses what does not fit
            levels = torch.stack([values & 15, values >> 4], 2).flatten(1)
            out[name] = Groups(levels, stored[_scale(name)].half())
    return out


def _values(name: str, values: Tensor, scale: Tensor | None) -> Tensor:
    if values.is_floating_point():
        return values.float()
    if scale is None or not scale.is_floating_point():
        raise ValueError(f"{name}: integer weights without a scale")
    # The shapes are a stranger's: broadcasting a wrong one could fill the memory.
    if values.dtype == torch.int8 and values.dim() == 2 and scale.shape == values.shape[:1]:
        return values.float() * scale.float()[:, None]
    if values.dtype == torch.uint8 and values.dim() == 2 and scale.dim() == 2 and len(scale) == len(values):
        columns, groups = 2 * values.shape[1], scale.shape[1]
        if columns and groups and columns % groups == 0:
            return _group_values(values, scale)
    raise ValueError(f"{name}: weights {tuple(values.shape)} and scales {tuple(scale.shape)} do not fit together")


def _group_values(stored: Tensor, scales: Tensor) -> Tensor:
    (rows, groups), columns = scales.shape, 2 * stored.shape[1]
    values = _PAIRS.to(stored.device).index_select(0, stored.reshape(-1).int()).view(torch.float32)
    return values.view(rows, groups, columns // groups).mul_(scales.float()[:, :, None]).view(rows, columns)


def _scale(name: str) -> str:
    return name.removesuffix("weight") + "scale"
