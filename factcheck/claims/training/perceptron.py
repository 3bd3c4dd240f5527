"""Networks of one hidden layer, fitted side by side with AdamW (Loshchilov & Hutter 2019); their mean is the answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from factcheck.claims.fine.ranking import FloatArray

_UNITS, _EPOCHS, _BATCH = 48, 6, 512
_RATE, _DECAY = 4e-3, 0.3
_DROP_FEATURES, _DROP_UNITS = 0.4, 0.45
_WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class Perceptron:
    """The networks as one. weights: (features, units); bias, out: a value each unit; constant: added to the logit."""

    weights: FloatArray
    bias: FloatArray
    out: FloatArray
    constant: float


def fitted(rows: FloatArray, targets: FloatArray, weights: FloatArray, *, networks: int, seed: int) -> Perceptron:
    """Fit to targets of 0..1 by weighted cross-entropy; rows are standardized. The same seed gives the same networks on one machine."""
    torch.manual_seed(seed)
    x, y, w = (torch.from_numpy(np.ascontiguousarray(values)) for values in (rows, targets, weights))
    share = float(y.mean().clamp(1e-4, 1 - 1e-4))
    hidden = torch.nn.Linear(x.shape[1], networks * _UNITS)
    torch.nn.init.normal_(hidden.weight, std=(1.5 / x.shape[1]) ** 0.5)
    torch.nn.init.zeros_(hidden.bias)
    out = torch.nn.Parameter(torch.randn(networks, _UNITS) * _UNITS**-0.5)
    constant = torch.nn.Parameter(torch.full((networks,), float(np.log(share / (1 - share)))))
    rest = [hidden.bias, out, constant]
    optimizer = torch.optim.AdamW([{"params": [hidden.weight], "weight_decay": _DECAY}, {"params": rest, "weight_decay": 0.0}], lr=_RATE)
    batch = min(_BATCH, len(x))
    steps = _EPOCHS * (len(x) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate((step + 1) / steps))
    torch.set_flush_denormal(True)  # weights that decay to almost nothing would make every product slow
    for _ in range(_EPOCHS):
        order = torch.randperm(len(x))
        for start in range(0, len(x) - batch + 1, batch):
            part = order[start : start + batch]
            kept = F.dropout(torch.ones(x.shape[1]), _DROP_FEATURES)
            units = F.dropout(F.relu(hidden(x[part] * kept)), _DROP_UNITS)
            logits = (units.view(batch, networks, _UNITS) * out).sum(2) + constant
            losses = F.binary_cross_entropy_with_logits(logits, y[part, None].expand_as(logits), w[part, None])
            optimizer.zero_grad()
            (losses * networks).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    torch.set_flush_denormal(False)
    return Perceptron(
        hidden.weight.detach().numpy().T.copy(),
        hidden.bias.detach().numpy(),
        (out / networks).detach().flatten().numpy(),
        constant.mean().item(),
    )


def _rate(done: float) -> float:
    """Share of the learning rate when a share of the steps is done: up to a tenth of them, then down."""
    return done / _WARM_UP if done < _WARM_UP else max(0.0, 1 - done) / (1 - _WARM_UP) + 0.01
