"""Training rows of the syntax network: paragraphs of a treebank, and texts with named entities."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.parsing.layout import MOST_TOKENS, Layout, Row
from factcheck.claims.parsing.lemmas import lemma_script
from factcheck.claims.parsing.network import LAYERS
from factcheck.claims.training.treebank import TreebankSentence
from factcheck.errors import InputError

IntArray = NDArray[np.int64]

#: What a word carries in a layer that its source says nothing of.
UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of the layers, and the relations. A label's number is its place."""

    layers: Mapping[str, tuple[str, ...]]
    relations: tuple[str, ...]

    def number(self, layer: str, label: str) -> int:
        """A label's number, or UNKNOWN."""
        labels = self.relations if layer == "relation" else self.layers[layer]
        return labels.index(label) if label in labels else UNKNOWN


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words as its source analyses it; a layer that it says nothing of is absent.

    labels: a label a word, by layer and "relation"; heads: index of each word's head (a root's own), empty without syntax;
    sentence: number of the sentence that each word is in.
    """

    words: list[str]
    spaces: list[bool]
    labels: dict[str, list[str]]
    heads: list[int]
    sentence: list[int]


@dataclass(frozen=True, slots=True)
class Example:
    """A row with its targets: labels (LAYERS, words), heads, relations and sentence numbers, each (words,); UNKNOWN where not given."""

    row: Row
    labels: IntArray
    heads: IntArray
    relations: IntArray
    sentence: IntArray


def paragraphs(sentences: Iterable[TreebankSentence], layout: Layout) -> Iterator[Words]:
    """Sentences of one paragraph together, as many as a row holds."""
    group: list[TreebankSentence] = []
    size = 0
    for s in sentences:
        tokens = sum(map(len, layout.pieces(s.words)))
        if group and (s.paragraph or s.document != group[0].document or size + tokens > MOST_TOKENS - 2):
            yield _together(group)
            group, size = [], 0
        group.append(s)
        size += tokens
    if group:
        yield _together(group)


def _together(group: Sequence[TreebankSentence]) -> Words:
    starts = np.cumsum([0, *map(len, group)]).tolist()
    return Words(
        [w for s in group for w in s.words],
        [b for s in group for b in s.spaces],
        {
            "morph": [f"{u}|{f}".rstrip("|") for s in group for u, f in zip(s.upos, s.feats, strict=True)],
            "xpos": [x for s in group for x in s.xpos],
            "lemma": [lemma_script(w, x) for s in group for w, x in zip(s.words, s.lemmas, strict=True)],
            "start": ["start" if k == 0 else "inside" for s in group for k in range(len(s))],
            "relation": [d for s in group for d in s.deps],
        },
        [start + h for start, s in zip(starts, group, strict=False) for h in s.heads],
        [n for n, s in enumerate(group) for _ in range(len(s))],
    )


def named(path: Path) -> Iterator[Words]:
    """Texts of a named-entity file: JSON lines with text, tokens, offsets and spans (start, end, label). Raises InputError E134."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield _named(json.loads(line))
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError) as err:
        problem = f"{path}: no named entities ({type(err).__name__}: {err})"
        raise InputError("E134", problem, "give JSON lines with tokens, offsets and spans") from err


def _named(row: Mapping[str, Any]) -> Words:
    words, offsets = row["tokens"], row["offsets"]
    ends = [offset + len(word) for offset, word in zip(offsets, words, strict=True)]
    labels = ["O"] * len(words)
    for span in row["spans"]:
        for k in range(span["start"], span["end"]):
            labels[k] = f"{'B' if k == span['start'] else 'I'}-{span['label']}"
    spaces = [after > end for end, after in zip(ends, [*offsets[1:], ends[-1] + 1], strict=True)]
    return Words(list(words), spaces, {"name": labels}, [], [0] * len(words))


def label_sets(texts: Sequence[Words], *, least: int = 3) -> Labels:
    """The labels that occur at least ``least`` times, commonest first."""
    counts = {layer: Counter(x for t in texts for x in t.labels.get(layer, ())) for layer in (*LAYERS, "relation")}
    found = {layer: tuple(x for x, n in c.most_common() if n >= least) for layer, c in counts.items()}
    return Labels({layer: found[layer] for layer in LAYERS}, found["relation"])


def example(text: Words, labels: Labels, layout: Layout) -> Example:
    """Lay out a run of words; what does not fit into a row is cut off, with the arcs that lead there."""
    pieces = layout.pieces(text.words)
    fits = int(np.searchsorted(np.cumsum([len(p) for p in pieces]), MOST_TOKENS - 2, side="right"))
    table = np.full((len(LAYERS), fits), UNKNOWN, dtype=np.int64)
    for k, layer in enumerate(LAYERS):
        if layer in text.labels:
            table[k] = [labels.number(layer, x) for x in text.labels[layer][:fits]]
    # A row's first word starts a sentence whatever it is.
    table[LAYERS.index("start"), :1] = UNKNOWN
    heads = np.asarray([h if h < fits else UNKNOWN for h in text.heads[:fits]] or [UNKNOWN] * fits, dtype=np.int64)
    relations = np.full(fits, UNKNOWN, dtype=np.int64)
    if text.heads:
        relations[:] = [labels.number("relation", x) for x in text.labels["relation"][:fits]]
    relations[heads < 0] = UNKNOWN
    return Example(
        layout.row(text.words[:fits], text.spaces[:fits], pieces[:fits]),
        table,
        heads,
        relations,
        np.asarray(text.sentence[:fits], dtype=np.int64),
    )


def respelled(text: Words, rng: random.Random) -> Words:
    """Now and then another spelling, so that the network does not lean on capitals and full stops alone."""
    draw = rng.random()
    if draw < 0.03:
        return Words(
            [w.upper() for w in text.words], text.spaces, {k: v for k, v in text.labels.items() if k != "lemma"}, text.heads, text.sentence
        )
    if draw < 0.06 and text.heads:
        return Words(
            [w.lower() for w in text.words], text.spaces, {k: v for k, v in text.labels.items() if k != "lemma"}, text.heads, text.sentence
        )
    return text
