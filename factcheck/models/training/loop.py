"""The training loop: bf16 weights with fp32 masters, averaged weights, dev scores, checkpoints with exact resume."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from factcheck.errors import ConfigError
from factcheck.models.batching import by_length, collate
from factcheck.models.encoder import PairEncoder
from factcheck.models.pairs import EncodedPair
from factcheck.models.training.data import NO_LABEL, LabelledSet, epoch_batches
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.scales import learnt, train_scales
from factcheck.networks.masters import Masters
from factcheck.networks.packing import Groups

Log = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class Progress:
    """Where a run stands; all that resuming needs beside the tensors."""

    epoch: int = 0
    batch: int = 0
    stage: int = 0
    step: int = 0
    pairs: int = 0
    seconds: float = 0.0
    best: float = -1.0
    best_pairs: int = 0
    worse: int = 0
    last_eval: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)


class Weights(Masters):
    """The masters of a pair encoder; word embeddings stay frozen (no loss seen, and half the memory).

    groups: matrices in four bits, of which only the scales are trained.
    """

    FRESH = ("match.", "compare.", "classify.")

    def __init__(self, model: PairEncoder, recipe: Recipe, groups: Mapping[str, Groups] | None = None) -> None:
        model.word.weight.requires_grad = False
        self.model, self._groups = model, groups or {}
        train_scales(model, self._groups)
        super().__init__(
            model,
            peak=lambda name: recipe.fresh_learning_rate if name.startswith(self.FRESH) else recipe.learning_rate,
            weight_decay=recipe.weight_decay,
            clip_norm=recipe.clip_norm,
            average_decay=recipe.average_decay,
        )

    def averaged_model(self) -> PairEncoder:
        """A float32 model with the averaged weights."""
        twin = PairEncoder(self.model.config)
        twin.load_state_dict(self.averaged_state()[0])
        return twin.eval()

    def averaged_state(self) -> tuple[dict[str, Tensor], dict[str, Groups]]:
        """The averaged weights, float32, and the matrices in four bits with their averaged scales; both as they will be stored."""
        return learnt(self.averaged(self.model), self._groups)


def pair_loss(
    logits: Tensor, labels: Tensor, *, smoothing: float = 0.0, targets: Tensor | None = None, teacher_share: float = 0.0
) -> Tensor:
    """Mean cross-entropy; for ``not_entailment`` -log(P(neutral) + P(contradiction)).

    logits: (B, 3) float; labels: (B,) columns 0..3, or NO_LABEL. smoothing: share of the target that is spread evenly over the three
    labels. targets: a teacher's probabilities (B, 3), all zero where it has none; they are ``teacher_share`` of a labelled pair's target,
    and all of an unlabelled one's.
    """
    log_p = torch.log_softmax(logits, dim=-1)
    log_not = torch.logsumexp(log_p[:, 1:], dim=-1, keepdim=True)
    loss = -torch.cat([log_p, log_not], dim=-1).gather(1, labels.clamp(max=3)[:, None]).squeeze(1)
    if smoothing:
        loss = (1 - smoothing) * loss - smoothing * log_p.mean(-1)
    if targets is not None:
        share = torch.where(labels == NO_LABEL, 1.0, teacher_share) * (targets.sum(-1) > 0)
        loss = (1 - share) * loss - share * (targets * log_p).sum(-1)
    return loss.mean()


def divergence(one: Tensor, two: Tensor) -> Tensor:
    """Mean symmetric Kullback-Leibler divergence of two readings' logits, each (B, 3)."""
    log_p, log_q = torch.log_softmax(one, dim=-1), torch.log_softmax(two, dim=-1)
    return 0.5 * ((log_p.exp() - log_q.exp()) * (log_p - log_q)).sum(-1).mean()


def _step_loss(model: PairEncoder, sets: Sequence[LabelledSet], rows: Sequence[tuple[int, int]], recipe: Recipe, pad_id: int) -> Tensor:
    """The loss of one batch; with R-Drop every pair is read twice, side by side, so that each reading draws its own dropout masks."""
    device = model.word.weight.device
    readings = 2 if recipe.r_drop else 1
    tensors = collate([sets[s].pairs[i] for s, i in rows], pad_id=pad_id, device=device)
    labels = torch.tensor([sets[s].labels[i] for s, i in rows], device=device).repeat(readings)
    targets = None
    if any(part.targets is not None for part in sets):
        none = np.zeros(3, dtype=np.float32)
        found = [none if (judged := sets[s].targets) is None else judged[i] for s, i in rows]
        targets = torch.from_numpy(np.stack(found)).to(device).repeat(readings, 1)
    logits = model(*(tensor.repeat(readings, 1) for tensor in tensors))
    loss = pair_loss(logits, labels, smoothing=recipe.label_smoothing, targets=targets, teacher_share=recipe.teacher_share)
    return loss + recipe.r_drop * divergence(*logits.chunk(2)) if recipe.r_drop else loss


def predict(model: PairEncoder, pairs: Sequence[EncodedPair], pad_id: int, *, budget: int = 8192) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Probabilities (pairs, 3), computed on the model's device."""
    out = np.zeros((len(pairs), 3), dtype=np.float32)
    device = model.word.weight.device
    with torch.inference_mode():
        for rows in by_length([len(p) for p in pairs], budget=budget):
            logits = model(*collate([pairs[i] for i in rows], pad_id=pad_id, device=device))
            out[rows] = torch.softmax(logits, dim=-1).cpu().numpy()
    return out


def accuracy(probabilities: np.ndarray[Any, np.dtype[np.float32]], labels: Sequence[int]) -> float:
    """Share of right arg-max labels; a ``not_entailment`` row is right with either of the other two."""
    said, want = probabilities.argmax(1), np.asarray(labels)
    return float(np.mean(np.where(want == 3, said != 0, said == want)))


def train(
    weights: Weights, sets: Sequence[LabelledSet], dev: Sequence[LabelledSet], recipe: Recipe, *, out: Path, pad_id: int, log: Log
) -> None:
    """Train to ``recipe.pairs`` pairs, resuming from ``out``/checkpoint if there is one."""
    out.mkdir(parents=True, exist_ok=True)
    model, progress = weights.model, Progress()
    if (out / "checkpoint.safetensors").exists():
        progress = load_checkpoint(out, weights)
        log({"event": "resumed", "pairs": progress.pairs})
    model.dropout = recipe.dropout
    batches = epoch_batches(sets, recipe, progress.epoch, progress.stage)
    started, saved = time.monotonic() - progress.seconds, time.monotonic()
    losses: list[float] = []
    while progress.pairs < recipe.pairs and not _stops(recipe, progress):
        stage = recipe.stage_at(progress.pairs)
        if progress.batch >= len(batches) or stage != progress.stage:
            progress.epoch, progress.batch, progress.stage = progress.epoch + 1, 0, stage
            batches = epoch_batches(sets, recipe, progress.epoch, stage)
        rows = batches[progress.batch]
        torch.manual_seed(recipe.seed * 1_000_003 + progress.step)
        model.train()
        loss = _step_loss(model, sets, rows, recipe, pad_id)
        loss.backward()  # type: ignore[no-untyped-call]
        weights.step(recipe.rate_at(progress.pairs))
        losses.append(loss.item())
        progress.batch, progress.step, progress.pairs = progress.batch + 1, progress.step + 1, progress.pairs + len(rows)
        progress.seconds = time.monotonic() - started
        if progress.step % 100 == 0:
            log(
                {
                    "event": "step",
                    "pairs": progress.pairs,
                    "epoch": progress.epoch,
                    "loss": round(float(np.mean(losses)), 4),
                    "pairs_per_s": round(progress.pairs / progress.seconds, 1),
                    "hours": round(progress.seconds / 3600, 3),
                }
            )
            losses.clear()
        if progress.pairs - progress.last_eval >= recipe.eval_every_pairs or progress.pairs >= recipe.pairs:
            evaluate_dev(weights, dev, progress, pad_id, log)
            # While the learning rate is high dev scores wander: only from the cooldown on does a worse one mean anything.
            if recipe.pairs - progress.pairs > recipe.cooldown_pairs:
                progress.worse = 0
            if progress.best_pairs == progress.pairs:
                save_best(out, weights)
        if time.monotonic() - saved > recipe.save_every_s or progress.pairs >= recipe.pairs:
            save_checkpoint(out, weights, progress)
            saved = time.monotonic()
    if _stops(recipe, progress):
        log({"event": "stopped", "pairs": progress.pairs, "best_pairs": progress.best_pairs})
        save_checkpoint(out, weights, progress)
    if recipe.patience and progress.best_pairs:
        load_best(out, weights)


def _stops(recipe: Recipe, progress: Progress) -> bool:
    return 0 < recipe.patience <= progress.worse


def evaluate_dev(weights: Weights, dev: Sequence[LabelledSet], progress: Progress, pad_id: int, log: Log) -> None:
    """Score the averaged weights on the dev sets and log them; dev sets choose between runs, they never train."""
    if not dev:
        return
    model = weights.averaged_model().to(weights.model.word.weight.device)
    model.to(torch.bfloat16 if weights.model.word.weight.dtype == torch.bfloat16 else torch.float32)
    scores = {part.name: round(accuracy(predict(model, part.pairs, pad_id), part.labels), 4) for part in dev}
    progress.last_eval = progress.pairs
    mean = float(np.mean(list(scores.values())))
    if mean > progress.best:
        progress.best, progress.best_pairs, progress.worse = mean, progress.pairs, 0
    else:
        progress.worse += 1
    progress.history.append({"pairs": progress.pairs, **scores})
    log({"event": "dev", "pairs": progress.pairs, **scores})


def save_best(out: Path, weights: Weights) -> None:
    """Keep the averaged weights of the best dev score so far."""
    save_file({k: v.contiguous() for k, v in weights.average.items()}, out / "best.tmp")
    (out / "best.tmp").replace(out / "best.safetensors")


def load_best(out: Path, weights: Weights) -> None:
    """Take back the averaged weights of :func:`save_best`."""
    with torch.no_grad():
        for name, tensor in load_file(out / "best.safetensors").items():
            weights.average[name].copy_(tensor)


def save_checkpoint(out: Path, weights: Weights, progress: Progress) -> None:
    """Write all that resuming needs."""
    weights.save(out / "checkpoint.safetensors", {k: getattr(progress, k) for k in Progress.__dataclass_fields__})


def load_checkpoint(out: Path, weights: Weights) -> Progress:
    """Restore the tensors and return the progress of :func:`save_checkpoint`.

    Raises ConfigError E216 for a checkpoint of another version, or of a network that is not ``weights``'.
    """
    path = out / "checkpoint.safetensors"
    state = weights.load(path, of="base checkpoint", step="give its --base")
    if unknown := set(state) - set(Progress.__dataclass_fields__):
        raise ConfigError("E216", f"{path}: a checkpoint of another version ({', '.join(sorted(unknown))})", "train to a new --out")
    return Progress(**state)
