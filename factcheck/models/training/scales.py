"""A model in four bits trained on: its scales learn, its levels stay.

Trained on whole and rounded again it falls back to what it was, since what it has learnt is less than the step from one level to the
next (reports/nli.md). Its scales, one for every few weights, are stored finely enough to keep all that they learn, as are biases and
norms (PEQA: Kim et al. 2023, "Memory-Efficient Fine-Tuning of Compressed Large Language Models via sub-4-bit Integer Quantization").
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils import parametrize

from factcheck.errors import ConfigError
from factcheck.networks.packing import CODE_BOOK, Groups, groups_of

_SCALES = "parametrizations.weight.original"


class _Scaled(nn.Module):
    """A matrix (N, M) as the values of its levels times its scales (N, groups), which are what is trained."""

    codes: Tensor

    def __init__(self, groups: Groups) -> None:
        super().__init__()
        rows, count = groups.scales.shape
        self.register_buffer("codes", CODE_BOOK[groups.levels.int()].view(rows, count, -1), persistent=False)
        self._scales = groups.scales.float()

    def forward(self, scales: Tensor) -> Tensor:
        return (self.codes * scales[:, :, None]).flatten(1)

    def right_inverse(self, _: Tensor) -> Tensor:
        return self._scales


def open_groups(folder: Path) -> dict[str, Groups]:
    """The matrices in four bits of a model folder, by name. Raises ConfigError E226 if it has none."""
    groups = groups_of(load_file(folder / "model.safetensors"))
    if not groups:
        raise ConfigError("E226", f"{folder}: has no weights in four bits", "pack it first, or train all of it")
    return groups


def train_scales(model: nn.Module, groups: Mapping[str, Groups]) -> None:
    """Of the linear maps of ``model`` that are in ``groups`` train the scales instead of the weights."""
    for name, found in groups.items():
        part = model.get_submodule(name.removesuffix(".weight"))
        if isinstance(part, nn.Linear):
            parametrize.register_parametrization(part, "weight", _Scaled(found), unsafe=True)


def learnt(state: Mapping[str, Tensor], groups: Mapping[str, Groups]) -> tuple[dict[str, Tensor], dict[str, Groups]]:
    """A plain state, float32, and the matrices in four bits, of the ``state`` of a model whose scales were trained.

    Both hold the scales as they will be stored, in half precision.
    """
    plain, now = dict(state), dict(groups)
    for name, found in groups.items():
        scales = plain.pop(f"{name.removesuffix('weight')}{_SCALES}", None)
        if scales is not None:
            now[name] = Groups(found.levels, scales.to("cpu", torch.float16))
            plain[name] = now[name].values()
    return plain, now
