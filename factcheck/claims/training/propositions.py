"""Training the network that ranks candidates for what a sentence states, on propositions that annotators marked (PropSegmEnt).

Chen et al. 2023, "PropSegmEnt: A Large-Scale Corpus for Proposition-Level Segmentation and Entailment Recognition": every sentence has
the propositions of three annotators, one of whom is the reference, each a set of the sentence's words. A candidate is right where it
overlaps a proposition of the reference by at least 0.8 (Jaccard); the other annotators count for less.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.fine.ranking import CLIP, FloatArray, Ranker, chosen, features
from factcheck.claims.fine.roles import Axes
from factcheck.claims.fine.telling import statements
from factcheck.claims.fine.trees import Tree, each, lowest, overlap
from factcheck.claims.sentences import paragraphs, segment
from factcheck.claims.syntax import load_syntax
from factcheck.claims.training.perceptron import fitted
from factcheck.errors import InputError
from factcheck.types import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Overlap from which on a candidate says what a proposition says.
_RIGHT = 0.8

#: What the annotators that are not the reference weigh together; networks of one ensemble; folds of the cross-validation.
_OTHERS, _NETWORKS, _FOLDS = 0.4, 3, 8

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as annotators marked it. words: code-point ranges in the document; the rest: propositions as bit masks of these."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    reference: tuple[int, ...]
    others: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A document. cluster: of documents on one thing, which are trained on together or not at all."""

    cluster: int
    text: str
    sentences: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates of many sentences.

    axes: of all words' states; rows: features; right: how far each is right, 0..1; weights: of each in training; sentence, cluster:
    numbers; masks: of the marked sentence's words; references: the propositions of each sentence.
    """

    axes: Axes
    rows: FloatArray
    right: FloatArray
    weights: FloatArray
    sentence: NDArray[np.int64]
    cluster: NDArray[np.int64]
    masks: tuple[int, ...]
    references: tuple[tuple[int, ...], ...]


def read_marked(path: Path) -> list[MarkedText]:
    """Documents of a file of clusters, gzip JSON lines. Raises InputError E135 for anything else."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            clusters = [json.loads(line) for line in lines]
        return [
            MarkedText(number, document["text"], tuple(_sentences(document)))
            for number, cluster in enumerate(clusters)
            for document in cluster["documents"]
        ]
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as err:
        raise InputError("E135", f"{path}: is no file of marked propositions ({type(err).__name__})", "give PropSegmEnt clusters") from err


def _sentences(document: dict[str, Any]) -> Iterator[Marked]:
    text, at = document["text"], 0
    for sentence in document["sentences"]:
        start = text.find(sentence["text"], at)
        found = (sentence.get("propositions") or {}).get("propositions", [])
        if start < 0 or not found:
            continue
        at = start + len(sentence["text"])
        words = tuple((start + m.start(), start + m.end()) for m in _WORD.finditer(sentence["text"]))
        others = [a["propositions"] for a in sentence.get("all_segmentations", []) if not a["is_reference"]]
        yield Marked(start, at, words, _masks(found), tuple(_masks(o) for o in others))


def _masks(propositions: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    return tuple(sum(1 << i for i in set(p["token_indices"])) for p in propositions if p["token_indices"])


def examples(texts: Sequence[MarkedText]) -> Examples:
    """All candidates of the sentences, analysed as a user's articles are."""
    rows, right, weights, sentence, cluster, masks = [], [], [], [], [], []
    references: list[tuple[int, ...]] = []
    read = [list(_analysed(text.text)) for text in texts]
    axes = Axes.of(np.concatenate([one.states for analysed in read for one in analysed]))
    for text, analysed in zip(texts, read, strict=True):
        for marked in text.sentences:
            found = _candidates(marked, analysed, axes)
            rows += [row for _, row in found]
            right += [_right(mask, marked) for mask, _ in found]
            weights += [1 / math.sqrt(len(found))] * len(found) if found else []
            masks += [mask for mask, _ in found]
            sentence += [len(references)] * len(found)
            cluster += [text.cluster] * len(found)
            references.append(marked.reference)
    return Examples(
        axes,
        np.array(rows, dtype=np.float32),
        np.array(right, dtype=np.float32),
        np.array(weights, dtype=np.float32) / np.float32(np.mean(weights)),
        np.array(sentence),
        np.array(cluster),
        tuple(masks),
        tuple(references),
    )


@dataclass(frozen=True, slots=True)
class _Analysed:
    """A sentence of a text. ranges: code points of each word; states: of the encoder, a row a word."""

    tree: Tree
    ranges: list[tuple[int, int]]
    states: FloatArray


def _analysed(text: str) -> Iterator[_Analysed]:
    """The sentences of a text that have words."""
    sentences = segment(Article(text, blocks=paragraphs(text)))
    docs: list[Doc] = load_syntax().parse([s.text for s in sentences])
    for sentence, doc in zip(sentences, docs, strict=True):
        for part in doc.sents:
            words = [t for t in part if not t.is_space]
            if words:
                ranges = [(sentence.span.start + t.idx, sentence.span.start + t.idx + len(t)) for t in words]
                yield _Analysed(Tree.of(part), ranges, np.asarray(doc.tensor, dtype=np.float32)[[t.i for t in words]])


def _candidates(marked: Marked, analysed: Sequence[_Analysed], axes: Axes) -> list[tuple[int, FloatArray]]:
    """Candidates that begin in a marked sentence, as masks of its words, with their features."""
    out: dict[int, FloatArray] = {}
    for one in analysed:
        if one.ranges[0][0] >= marked.end or one.ranges[-1][1] <= marked.start:
            continue
        place = [sum(1 << k for k, (a, b) in enumerate(marked.words) if a < end and b > start) for start, end in one.ranges]
        found = [mask for mask in statements(one.tree) if place[lowest(mask)]]
        if not found:
            continue
        for mask, row in zip(found, features(one.tree, one.states, found, axes), strict=True):
            told = 0
            for i in each(mask):
                told |= place[i]
            out.setdefault(told, row)
    return list(out.items())


def _right(mask: int, marked: Marked) -> float:
    def hits(propositions: Sequence[int]) -> bool:
        return any(overlap(mask, p) >= _RIGHT for p in propositions)

    others = [hits(o) for o in marked.others]
    share = sum(others) / len(others) if others else float(hits(marked.reference))
    return (1 - _OTHERS) * hits(marked.reference) + _OTHERS * share


def trained(found: Examples, part: NDArray[np.bool_], *, seed: int = 0) -> Ranker:
    """A ranker fitted on a part of the examples."""
    rows = found.rows[part]
    mean, scale = rows.mean(0), rows.std(0) + np.float32(1e-2)
    x = np.clip((rows - mean) / scale, -CLIP, CLIP)
    net = fitted(x, found.right[part], found.weights[part], networks=_NETWORKS, seed=seed)
    return Ranker(found.axes, mean, scale, net.weights, net.bias, np.append(net.out, np.float32(net.constant)))


def cross_validated(found: Examples, *, tell: Callable[[str], None]) -> dict[str, float]:
    """Precision, recall and F1 in percent, macro over sentences, each cluster ranked by a network that has not seen it."""
    probabilities = np.zeros(len(found.right), dtype=np.float32)
    for fold in range(_FOLDS):
        held_out = found.cluster % _FOLDS == fold
        if held_out.any() and not held_out.all():
            probabilities[held_out] = trained(found, ~held_out, seed=fold).probabilities(found.rows[held_out])
            tell(f"fold {fold + 1} of {_FOLDS}")
    return scores(found, probabilities)


def scores(found: Examples, probabilities: FloatArray) -> dict[str, float]:
    """What the choice by these probabilities reaches, as in the paper: best matching of chosen and marked propositions."""
    bounds = np.searchsorted(found.sentence, np.arange(len(found.references) + 1))
    precision, recall = [], []
    for n, reference in enumerate(found.references):
        part = slice(int(bounds[n]), int(bounds[n + 1]))
        best = chosen(found.masks[part], probabilities[part].tolist())
        hits = _matched(best, reference)
        precision.append(hits / len(best) if best else 0.0)
        recall.append(hits / len(reference))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return {"sentences": len(precision), "precision": 100 * p, "recall": 100 * r, "f1": 200 * p * r / (p + r) if p + r else 0.0}


def _matched(found: Sequence[int], reference: Sequence[int]) -> int:
    """How many of the found can be paired with a marked proposition each (augmenting paths)."""
    partner: dict[int, int] = {}

    def pair(k: int, tried: set[int]) -> bool:
        for n, gold in enumerate(reference):
            if n not in tried and overlap(found[k], gold) >= _RIGHT:
                tried.add(n)
                if n not in partner or pair(partner[n], tried):
                    partner[n] = k
                    return True
        return False

    return sum(pair(k, set()) for k in range(len(found)))
