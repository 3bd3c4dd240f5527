"""The network that judges pairs: an encoder over premise and claim, and a head that compares the two.

Match embeddings and head start fresh, the encoder from a published checkpoint (:mod:`factcheck.networks.bases`).
Shapes: B pairs, L tokens a pair (padded), D hidden size.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from factcheck.models.pairs import MATCH_CODES
from factcheck.networks.encoder import Encoder, EncoderConfig, plain_dropout


class PairEncoder(Encoder):
    """Scores pairs: logits for entailment, neutral and contradiction."""

    def __init__(self, config: EncoderConfig | None = None) -> None:
        config = config or EncoderConfig()
        super().__init__(config)
        d = config.hidden_size
        self.match = nn.Embedding(MATCH_CODES, d)
        self.compare = nn.Linear(6 * d, config.head_size)
        self.classify = nn.Linear(config.head_size, 3)
        nn.init.zeros_(self.match.weight)
        nn.init.normal_(self.compare.weight, std=1 / math.sqrt(6 * d))
        nn.init.zeros_(self.compare.bias)
        nn.init.normal_(self.classify.weight, std=0.02)
        nn.init.zeros_(self.classify.bias)

    def forward(self, ids: Tensor, segments: Tensor, positions: Tensor, matches: Tensor, real: Tensor) -> Tensor:
        """Logits (B, 3), float32. The first four are (B, L) integers; ``real`` is (B, L) bool, False for padding."""
        h = self.encode(ids, segments, positions, self.match(matches), real)
        return self._head(h, segments, real).float()

    def _head(self, h: Tensor, segments: Tensor, real: Tensor) -> Tensor:
        """[CLS], mean premise u, mean claim v, |u - v|, u * v, and the claim's strongest value of each feature.

        Means because the checkpoint was tuned for them; the maximum because one wrong word decides a claim.
        """
        claim = (real & (segments == 1)).to(h.dtype).unsqueeze(-1)
        premise = (real & (segments == 0)).to(h.dtype).unsqueeze(-1)
        u = (h * premise).sum(1) / premise.sum(1).clamp(min=1)
        v = (h * claim).sum(1) / claim.sum(1).clamp(min=1)
        peak = (h + (claim - 1) * 100).amax(1)
        x = torch.cat([h[:, 0], u, v, (u - v).abs(), u * v, peak], dim=-1)
        x = F.gelu(self.compare(plain_dropout(x, self.dropout, training=self.training)))
        return self.classify(plain_dropout(x, self.dropout, training=self.training))  # type: ignore[no-any-return]
