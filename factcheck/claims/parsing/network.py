"""The network that analyses sentences: one encoder, and a head for each layer of the analysis.

Tags, lemmas, names and sentence starts are labels of words; dependencies are scored by a deep biaffine parser (Dozat & Manning 2017,
"Deep Biaffine Attention for Neural Dependency Parsing"), in which a root is its own head. The encoder is uncased, so each token also
carries a *shape*: how its word is written, and whether white space stands before it.

Shapes: B rows, L tokens, W words a row (both padded), D hidden size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from factcheck.claims.parsing.layout import SHAPE_CODES
from factcheck.networks.encoder import Encoder, EncoderConfig, plain_dropout

#: Label layers, each a label a word.
LAYERS = ("morph", "xpos", "lemma", "name", "start")

_ARC_SIZE, _LABEL_SIZE = 192, 64


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch. ids, shapes: (B, L) integers; real: (B, L) bool; first: (B, W) index of each word's first token, -1 for padding."""

    ids: Tensor
    shapes: Tensor
    real: Tensor
    first: Tensor


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits. labels: layer to (B, W, labels of that layer); arcs: (B, W, W), word i's head is j; relation: call with chosen heads.

    states: (B, W, D), what the encoder makes of each word.
    """

    labels: Mapping[str, Tensor]
    arcs: Tensor
    relations: Tensor
    heads_side: Tensor
    weight: Tensor
    states: Tensor

    def relation(self, heads: Tensor) -> Tensor:
        """(B, W, relations) logits of the relation of each word to its head; ``heads``: (B, W) indices."""
        side = self.heads_side.gather(1, heads[..., None].expand(-1, -1, self.heads_side.shape[-1]))
        return torch.einsum("bwi,rij,bwj->bwr", _with_one(self.relations), self.weight, _with_one(side))


class SyntaxNetwork(Encoder):
    """Scores every layer of the analysis at once."""

    def __init__(self, config: EncoderConfig, sizes: Mapping[str, int], relations: int) -> None:
        """``sizes``: number of labels of each of LAYERS; ``relations``: of dependency relations."""
        super().__init__(config)
        d = config.hidden_size
        self.shape = nn.Embedding(SHAPE_CODES, d)
        self.tags = nn.ModuleDict({layer: nn.Linear(d, sizes[layer]) for layer in LAYERS})
        self.arc_side, self.arc_head = nn.Linear(d, _ARC_SIZE), nn.Linear(d, _ARC_SIZE)
        self.arc_weight = nn.Parameter(torch.zeros(_ARC_SIZE + 1, _ARC_SIZE))
        self.label_side, self.label_head = nn.Linear(d, _LABEL_SIZE), nn.Linear(d, _LABEL_SIZE)
        self.label_weight = nn.Parameter(torch.zeros(relations, _LABEL_SIZE + 1, _LABEL_SIZE + 1))
        nn.init.zeros_(self.shape.weight)
        nn.init.normal_(self.arc_weight, std=_ARC_SIZE**-0.5 / 4)
        nn.init.normal_(self.label_weight, std=1 / _LABEL_SIZE)

    def forward(self, rows: Rows) -> Scores:
        """All logits, float32."""
        length = rows.ids.shape[1]
        positions = torch.arange(length, device=rows.ids.device).expand_as(rows.ids)
        h = self.encode(rows.ids, torch.zeros_like(rows.ids), positions, self.shape(rows.shapes), rows.real)
        words = h.gather(1, rows.first.clamp(min=0)[..., None].expand(-1, -1, h.shape[-1]))
        words = plain_dropout(words, self.dropout, training=self.training)
        side, head = (F.gelu(layer(words)) for layer in (self.arc_side, self.arc_head))
        arcs = _with_one(side) @ self.arc_weight @ head.transpose(1, 2)
        return Scores(
            {layer: tagger(words).float() for layer, tagger in self.tags.items()},
            arcs.float().masked_fill((rows.first < 0)[:, None, :], -1e4),
            F.gelu(self.label_side(words)).float(),
            F.gelu(self.label_head(words)).float(),
            self.label_weight.float(),
            words.float(),
        )


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)
