"""Weights while they are trained: bf16 in the network, fp32 masters with their AdamW state, and a running average."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from factcheck.errors import ConfigError


class Masters:
    """fp32 masters of a network's trainable weights, their AdamW state, and their running average.

    The average is what is evaluated and kept (Polyak & Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging").
    """

    def __init__(
        self, model: nn.Module, *, peak: Callable[[str], float], weight_decay: float, clip_norm: float, average_decay: float
    ) -> None:
        """``peak``: the peak learning rate of a weight, by its name. The network is set to :func:`working_dtype`."""
        self.named = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self.master = {n: p.detach().float().clone().requires_grad_() for n, p in self.named.items()}
        self.average = {n: m.detach().clone() for n, m in self.master.items()}
        self._clip_norm, self._average_decay = clip_norm, average_decay
        peaks = sorted({peak(n) for n in self.master})
        self.optimizer = torch.optim.AdamW(
            [{"params": [m for n, m in self.master.items() if peak(n) == p], "peak": p} for p in peaks],
            lr=peaks[0],
            betas=(0.9, 0.98),
            weight_decay=weight_decay,
            fused=True,
        )
        model.to(working_dtype(next(model.parameters()).device))

    def step(self, rate: float) -> float:
        """Apply the gradients at ``rate`` of the peak learning rates; returns their norm before clipping.

        A weight that the batch did not reach has a gradient of nothing.
        """
        for name, parameter in self.named.items():
            self.master[name].grad = torch.zeros_like(self.master[name]) if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        norm = torch.nn.utils.clip_grad_norm_(list(self.master.values()), self._clip_norm)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["peak"]
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(list(self.named.values()), list(self.master.values()))
            torch._foreach_lerp_(list(self.average.values()), list(self.master.values()), 1 - self._average_decay)
        return float(norm)

    def tensors(self) -> dict[str, Tensor]:
        """Everything a resumed run needs, by name."""
        out = {}
        for name, master in self.master.items():
            state = self.optimizer.state.get(master, {})
            out[f"master/{name}"] = master.detach()
            out[f"average/{name}"] = self.average[name]
            for key in ("exp_avg", "exp_avg_sq", "step"):
                if key in state:
                    out[f"{key}/{name}"] = state[key]
        return {k: v.contiguous() for k, v in out.items()}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """The reverse of :meth:`tensors`."""
        with torch.no_grad():
            for name, master in self.master.items():
                master.copy_(tensors[f"master/{name}"])
                self.named[name].copy_(master)
                self.average[name].copy_(tensors[f"average/{name}"])
                if f"exp_avg/{name}" in tensors:
                    self.optimizer.state[master] = {
                        # The step too: the fused optimizer counts on the weights' device.
                        k: tensors[f"{k}/{name}"].to(master.device)
                        for k in ("step", "exp_avg", "exp_avg_sq")
                    }

    def save(self, path: Path, progress: Any) -> None:
        """Write all tensors and ``progress`` (JSON values); by way of a sibling file, so that a killed run leaves a whole one."""
        temporary = path.with_suffix(".tmp")
        save_file(self.tensors(), temporary, metadata={"progress": json.dumps(progress)})
        temporary.replace(path)

    def load(self, path: Path, *, of: str, step: str) -> Any:
        """Restore the tensors of :meth:`save` and return its ``progress``.

        Raises ConfigError E216, with the next ``step``, for a checkpoint of another network; ``of``: what made it another.
        """
        with safe_open(path, framework="pt") as file:
            progress = json.loads(file.metadata()["progress"])
        tensors = load_file(path)
        shapes = {name.removeprefix("master/"): tensor.shape for name, tensor in tensors.items() if name.startswith("master/")}
        if shapes != {name: master.shape for name, master in self.master.items()}:
            raise ConfigError("E216", f"{path}: a training checkpoint of another {of}", step)
        self.restore(tensors)
        return progress

    def averaged(self, model: nn.Module) -> dict[str, Tensor]:
        """``model``'s whole state, float32, with the averaged weights."""
        return {k: v.float() for k, v in model.state_dict().items()} | self.average


def working_dtype(device: torch.device) -> torch.dtype:
    """What networks compute in while training: bf16, or float32 on a GPU that has none."""
    return torch.bfloat16 if device.type == "cpu" or torch.cuda.is_bf16_supported() else torch.float32
