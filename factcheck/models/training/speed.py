"""How fast a training step is, side by side with the same step through the transformers package."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from factcheck.models.encoder import PairEncoder
from factcheck.models.training.loop import Weights, pair_loss
from factcheck.models.training.recipe import Recipe
from factcheck.networks.encoder import EncoderConfig
from factcheck.networks.memory import keep_freed_memory

Step = Callable[[torch.Tensor, torch.Tensor], None]


def training_speed(*, rows: int = 64, tokens: int = 48, rounds: int = 5, seconds: float = 3.0) -> dict[str, float]:
    """Median pairs a second of one training step (forward, backward, AdamW), for each kind of step.

    The kinds take turns, ``rounds`` times ``seconds`` each, so that a busy spell of the machine meets them all.
    """
    keep_freed_memory()
    steps = {"factcheck": _own(Recipe()), "transformers, default attention": _library("sdpa"), "transformers, eager": _library("eager")}
    seen: dict[str, list[float]] = {name: [] for name in steps}
    generator = torch.Generator().manual_seed(0)
    ids = torch.randint(1000, 20000, (rows, tokens), generator=generator)
    labels = torch.randint(0, 3, (rows,), generator=generator)
    for turn in range(rounds + 1):
        for name, step in steps.items():
            start, done = time.perf_counter(), 0
            while time.perf_counter() - start < seconds:
                step(ids, labels)
                done += rows
            if turn:  # the first turn warms up
                seen[name].append(done / (time.perf_counter() - start))
    return {name: float(np.median(rates)) for name, rates in seen.items()}


def _own(recipe: Recipe) -> Step:
    model = PairEncoder().train()
    model.dropout = recipe.dropout
    weights = Weights(model, recipe)

    def step(ids: torch.Tensor, labels: torch.Tensor) -> None:
        half = ids.shape[1] // 2
        segments = (torch.arange(ids.shape[1]) >= half).int().expand_as(ids)
        positions = torch.arange(ids.shape[1]).expand_as(ids)
        real = torch.ones_like(ids, dtype=torch.bool)
        torch.autograd.backward(pair_loss(model(ids, segments, positions, segments, real), labels))
        weights.step(1.0)

    return step


def _library(attention: str) -> Step:
    """The same sizes as BertForSequenceClassification trains: bf16 autocast, dropout 0.1, frozen word embeddings, fused AdamW."""
    from transformers import AutoConfig, AutoModelForSequenceClassification

    own = EncoderConfig()
    sizes = {"vocab_size": own.vocab_size, "hidden_size": own.hidden_size, "num_hidden_layers": own.layers, "num_labels": 3,
             "num_attention_heads": own.heads, "intermediate_size": own.intermediate_size}  # fmt: skip
    model: Any = AutoModelForSequenceClassification.from_config(  # type: ignore[no-untyped-call]
        AutoConfig.for_model("bert", **sizes), attn_implementation=attention
    )
    model.train()
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], 1e-5, fused=True)

    def step(ids: torch.Tensor, labels: torch.Tensor) -> None:
        logits: torch.Tensor
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
        torch.autograd.backward(pair_loss(logits.float(), labels))
        optimizer.step()
        optimizer.zero_grad()

    return step
