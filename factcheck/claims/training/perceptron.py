"""A network of one hidden layer, fitted with AdamW (Loshchilov & Hutter 2019)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from factcheck.claims.fine.ranking import FloatArray

_UNITS, _EPOCHS, _BATCH = 48, 12, 512
_RATE, _DECAY = 4e-3, 0.3
_DROP_FEATURES, _DROP_UNITS = 0.1, 0.45
_WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class Perceptron:
    """weights: (features, units); bias, out: a value each unit; constant: added to the logit."""

    weights: FloatArray
    bias: FloatArray
    out: FloatArray
    constant: float


def fitted(rows: FloatArray, targets: FloatArray, weights: FloatArray, *, seed: int) -> Perceptron:
    """Fit to targets of 0..1 by weighted cross-entropy; rows are standardized. The same seed gives the same network on one machine."""
    torch.manual_seed(seed)
    x, y, w = (torch.from_numpy(np.ascontiguousarray(values)) for values in (rows, targets, weights))
    share = float(y.mean().clamp(1e-4, 1 - 1e-4))
    hidden, out = torch.nn.Linear(x.shape[1], _UNITS), torch.nn.Linear(_UNITS, 1)
    torch.nn.init.normal_(hidden.weight, std=(1.5 / x.shape[1]) ** 0.5)
    torch.nn.init.normal_(out.weight, std=_UNITS**-0.5)
    torch.nn.init.zeros_(hidden.bias)
    torch.nn.init.constant_(out.bias, float(np.log(share / (1 - share))))
    rest = [hidden.bias, *out.parameters()]
    optimizer = torch.optim.AdamW([{"params": [hidden.weight], "weight_decay": _DECAY}, {"params": rest, "weight_decay": 0.0}], lr=_RATE)
    batch = min(_BATCH, len(x))
    steps = _EPOCHS * (len(x) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate((step + 1) / steps))
    for _ in range(_EPOCHS):
        order = torch.randperm(len(x))
        for start in range(0, len(x) - batch + 1, batch):
            part = order[start : start + batch]
            kept = F.dropout(torch.ones(x.shape[1]), _DROP_FEATURES)
            logits = out(F.dropout(F.relu(hidden(x[part] * kept)), _DROP_UNITS)).squeeze(1)
            optimizer.zero_grad()
            F.binary_cross_entropy_with_logits(logits, y[part], w[part]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return Perceptron(
        hidden.weight.detach().numpy().T.copy(), hidden.bias.detach().numpy(), out.weight[0].detach().numpy(), out.bias.item()
    )


def _rate(done: float) -> float:
    """Share of the learning rate when a share of the steps is done: up to a tenth of them, then down."""
    return done / _WARM_UP if done < _WARM_UP else max(0.0, 1 - done) / (1 - _WARM_UP) + 0.01
