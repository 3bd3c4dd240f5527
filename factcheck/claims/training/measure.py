"""How well the syntax network does while it trains, on words and sentences that are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import torch

from factcheck.claims.parsing.decoding import names
from factcheck.claims.parsing.layout import Layout
from factcheck.claims.parsing.network import LAYERS, Scores, SyntaxNetwork
from factcheck.claims.training.examples import UNKNOWN, Labels, Words, example
from factcheck.claims.training.loop import Targets, batch

_ROWS = 24


def quick_scores(network: SyntaxNetwork, sets: Mapping[str, Sequence[Words]], labels: Labels, layout: Layout) -> dict[str, float]:
    """Figures of each set, in percent.

    Of a treebank UAS, LAS (likeliest heads, no tree enforced), tags, lemmas and F1 of sentence starts within paragraphs; of names F1 of
    whole names.
    """
    out = {}
    for name, texts in sets.items():
        counts: Counter[str] = Counter()
        for scores, targets in _scored(network, texts, labels, layout):
            if (targets.heads >= 0).any():
                _count_syntax(scores, targets, labels, counts)
            else:
                _count_names(scores, targets, labels, counts)
        short = name.split(".")[0]
        if counts["words"]:
            for key in ("uas", "las", "xpos", "lemma"):
                out[f"{short}_{key}"] = round(100 * counts[key] / counts["words"], 2)
        for key in ("start", "name"):
            if counts[f"{key}_gold"]:
                out[f"{short}_{key}"] = round(200 * counts[f"{key}_right"] / (counts[f"{key}_gold"] + counts[f"{key}_said"]), 2)
    return out


def _scored(network: SyntaxNetwork, texts: Sequence[Words], labels: Labels, layout: Layout) -> Iterator[tuple[Scores, Targets]]:
    examples = sorted((example(t, labels, layout) for t in texts if t.words), key=lambda e: len(e.row.ids))
    for start in range(0, len(examples), _ROWS):
        rows, targets = batch(examples[start : start + _ROWS], layout)
        with torch.inference_mode():
            yield network(rows), targets


def _count_syntax(scores: Scores, targets: Targets, labels: Labels, counts: Counter[str]) -> None:
    known = targets.heads >= 0
    same = targets.sentence[:, :, None] == targets.sentence[:, None, :]
    heads = scores.arcs.masked_fill(~same, -1e4).argmax(-1)
    right = (heads == targets.heads) & known
    relations = scores.relation(heads).argmax(-1)
    counts["words"] += int(known.sum())
    counts["uas"] += int(right.sum())
    counts["las"] += int((right & (relations == targets.relations)).sum())
    for layer in ("xpos", "lemma"):
        k = LAYERS.index(layer)
        counts[layer] += int(((scores.labels[layer].argmax(-1) == targets.labels[:, k]) & known).sum())
    k = LAYERS.index("start")
    begin = labels.number("start", "start")
    given = targets.labels[:, k] != UNKNOWN
    said, gold = (scores.labels["start"].argmax(-1) == begin) & given, (targets.labels[:, k] == begin) & given
    counts["start_said"] += int(said.sum())
    counts["start_gold"] += int(gold.sum())
    counts["start_right"] += int((said & gold).sum())


def _count_names(scores: Scores, targets: Targets, labels: Labels, counts: Counter[str]) -> None:
    k = LAYERS.index("name")
    kinds = labels.layers["name"]
    for row in range(len(targets.heads)):
        wanted = [kinds[n] if n >= 0 else "O" for n in targets.labels[row, k].tolist()]
        length = int((targets.labels[row, k] != UNKNOWN).nonzero().max()) + 1
        said = spans([kinds[n] for n in names(scores.labels["name"][row, :length].numpy(), kinds)])
        gold = spans(wanted[:length])
        counts["name_said"] += len(said)
        counts["name_gold"] += len(gold)
        counts["name_right"] += len(said & gold)


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """The names that "B-X" and "I-X" labels mark: (first, behind the last, X)."""
    out, start = set(), 0
    for k, label in enumerate([*labels, "O"]):
        before = labels[k - 1] if k else "O"
        if before != "O" and not label.startswith("I-"):
            out.add((start, k, before[2:]))
        if label.startswith("B-"):
            start = k
    return out
