"""The transformer that our models stand on: BERT's or MPNet's encoder.

Written out in plain torch, so that the default run needs neither the transformers package (3 s to import) nor its general
machinery: on a CPU with bf16 matrix units this trains 1.5 times as fast as the library's module (reports/nli.md). The encoder's
weights start from a published checkpoint.

Shapes: B rows, L tokens a row (padded), D hidden size, H heads.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: From this distance on, in tokens, relative positions are all the same.
_FARTHEST = 128


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Sizes of the network; written to config.json beside the weights.

    Raises ValueError unless ``relative_buckets`` is 0, or a multiple of 4 below 512.
    """

    vocab_size: int = 30522
    hidden_size: int = 384
    layers: int = 6
    heads: int = 12
    intermediate_size: int = 1536
    max_positions: int = 512
    head_size: int = 384
    layer_norm_eps: float = 1e-12
    #: Buckets of the relative position bias (Raffel et al. 2020, §2.1) of an MPNet encoder; 0: none, as in BERT.
    relative_buckets: int = 0

    def __post_init__(self) -> None:
        # Each of two sides has as many buckets for single distances, all of them near, as for wider ones.
        if self.relative_buckets not in range(0, 4 * _FARTHEST, 4):
            raise ValueError(f"relative_buckets must be a multiple of 4 below {4 * _FARTHEST}, or 0, not {self.relative_buckets!r}")

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


class Layer(nn.Module):
    """One post-norm transformer layer with query, key and value as one matrix product."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        d = config.hidden_size
        self.heads = config.heads
        self.qkv = nn.Linear(d, 3 * d)
        self.attention_out = nn.Linear(d, d)
        self.attention_norm = nn.LayerNorm(d, eps=config.layer_norm_eps)
        self.expand = nn.Linear(d, config.intermediate_size)
        self.contract = nn.Linear(config.intermediate_size, d)
        self.output_norm = nn.LayerNorm(d, eps=config.layer_norm_eps)

    def forward(self, h: Tensor, bias: Tensor, dropout: float) -> Tensor:
        """``h``: (B, L, D); ``bias``: (B, 1 or H, 1 or L, L), added to the attention scores; a large negative number for padding."""
        b, n, d = h.shape
        q, k, v = self.qkv(h).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        # Plain matrix products: the fused CPU kernel is slower at these lengths (reports/nli.md).
        weights = torch.softmax(torch.matmul(q * (d // self.heads) ** -0.5, k.transpose(-1, -2)) + bias, dim=-1)
        context = torch.matmul(weights, v).transpose(1, 2).reshape(b, n, d)
        h = self.attention_norm(h + feature_dropout(self.attention_out(context), dropout, training=self.training))
        return self.output_norm(h + feature_dropout(self.contract(F.gelu(self.expand(h))), dropout, training=self.training))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Embeddings and layers; what a task needs beside them, its network adds as a subclass."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        d = config.hidden_size
        self.word = nn.Embedding(config.vocab_size, d)
        self.position = nn.Embedding(config.max_positions, d)
        self.segment = nn.Embedding(2, d)
        self.norm = nn.LayerNorm(d, eps=config.layer_norm_eps)
        self.relative = nn.Embedding(config.relative_buckets, config.heads) if config.relative_buckets else None
        self.layers = nn.ModuleList([Layer(config) for _ in range(config.layers)])
        self.dropout = 0.0

    def encode(self, ids: Tensor, segments: Tensor, positions: Tensor, extra: Tensor, real: Tensor) -> Tensor:
        """Hidden states (B, L, D).

        The first three are (B, L) integers; ``extra`` (B, L, D) is added to the embeddings; ``real`` is (B, L) bool, False for padding.
        """
        h = self.norm(self.word(ids) + self.position(positions) + self.segment(segments) + extra)
        bias = torch.where(real, 0.0, -30000.0).to(h.dtype)[:, None, None, :]
        if self.relative is not None:
            bias = bias + self.relative(distance_buckets(h.shape[1], self.config.relative_buckets, h.device)).permute(2, 0, 1)
        for layer in self.layers:
            h = layer(h, bias, self.dropout)
        return h  # type: ignore[no-any-return]


def feature_dropout(x: Tensor, p: float, *, training: bool) -> Tensor:
    """Drop whole features of a row, one mask for all its tokens (Gal & Ghahramani 2016).

    On a CPU, drawing a mask for every element is a good part of a training step, this one is nothing.
    """
    if not training or p == 0:
        return x
    mask = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype, device=x.device).bernoulli_(1 - p).div_(1 - p)
    return x * mask


def plain_dropout(x: Tensor, p: float, *, training: bool) -> Tensor:
    """Dropout of single values; nothing at p = 0."""
    return F.dropout(x, p, training) if p else x


@lru_cache(maxsize=64)
def distance_buckets(length: int, buckets: int, device: torch.device | None = None) -> Tensor:
    """(length, length) bucket numbers of the distance from each token to each other one, as MPNet counts them.

    Half of the buckets are for tokens behind, half for those ahead. Of each half, half are single distances, and the rest widen up to
    128 tokens. The table is shared by all callers: it must not be changed.
    """
    # A table made in inference mode could not be used by a later training step.
    with torch.inference_mode(mode=False):
        place = torch.arange(length)
        ahead = place[None, :] - place[:, None]
        half, near = buckets // 2, buckets // 4
        distance = ahead.abs()
        wide = near + (torch.log(distance.clamp(min=1) / near) / math.log(_FARTHEST / near) * (half - near)).long()
        table = torch.where(distance < near, distance, wide.clamp(max=half - 1)) + half * (ahead > 0)
        return table.to(device or "cpu")
