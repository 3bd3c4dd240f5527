"""Which of the candidates for what a sentence states a reader would take for its facts: a small network, and a choice among its best.

The network sees how a candidate lies in the dependency tree: which relations it holds and which it cuts, what it begins and ends with,
what stands just outside; and what the encoder makes of the words there (:mod:`factcheck.claims.fine.roles`). Its weights are learned from
propositions that annotators marked (:mod:`factcheck.claims.training.propositions`).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.fine.roles import Axes
from factcheck.claims.fine.telling import Pieces, statements
from factcheck.claims.fine.trees import DENIALS, RELATIVE, Tree, each, highest, lowest, overlap, span
from factcheck.claims.phrases import SUBJECTS
from factcheck.errors import ModelError
from factcheck.networks.files import embedded_folder, json_object

FloatArray = NDArray[np.float32]

#: The weights' file, beside those of the syntax model.
FILE = "propositions.json"

#: Two candidates that overlap so far are one fact, differently cut.
_SAME = 0.8

#: Below this probability a candidate is none that is chosen, whatever the others are; and so many of one sentence at the most.
_LEAST, _MOST = 0.16, 30

#: Share of a sentence's facts that the candidates' probabilities add up to; what precision weighs against recall, of two.
_COVERED, _PRECISION = 0.5, 1.2

#: Standard deviations beyond which a feature says no more.
CLIP = 6.0

_RELATIONS = (
    "nsubj nsubj:pass obj iobj obl obl:unmarked obl:agent advmod advcl ccomp xcomp acl acl:relcl appos nmod nmod:poss nmod:desc"
    " nmod:unmarked amod compound flat det case mark cc conj cop aux aux:pass nummod parataxis compound:prt expl other"
).split()
_TAGS = ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON", "NUM", "ADV", "X")
_WORDS = (
    "also such including like who which that where when because although after before as with by in of for is was and or not"
    " he she it its his her they"
).split()
_RELATION = {name: k for k, name in enumerate(_RELATIONS)}
_COORDINATORS = ("and", "or")


class Sights:
    """What the network sees of a sentence's candidates."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._words = span(0, len(tree)) & ~tree.signs
        self._relation = [_RELATION.get(d, _RELATION["other"]) for d in tree.dep]
        self._tags = [tree.mask(lambda i, tag=tag: tree.pos[i] == tag) for tag in _TAGS]  # type: ignore[misc]  # mypy cannot infer it
        self._marked = [tree.mask(lambda i, word=word: tree.lower[i] == word) for word in _WORDS]  # type: ignore[misc]
        self._finite = tree.mask(lambda i: "VerbForm=Fin" in tree.morph[i])
        self._predicates = tree.mask(lambda i: tree.pos[i] == "VERB" or tree.dep[i] == "cop")
        self._subjects = tree.mask(lambda i: tree.dep[i] in SUBJECTS)
        self._relative = tree.mask(lambda i: tree.tag[i] in RELATIVE)
        self._denials = tree.mask(lambda i: tree.lower[i] in DENIALS)
        self._commas = tree.mask(lambda i: tree.text[i] == ",")
        self._years = tree.mask(lambda i: tree.text[i].isdigit() and len(tree.text[i]) == 4)
        self._opening = tree.mask(lambda i: tree.text[i] in ("(", "["))
        self._bracketed = 0
        depth = 0
        for i, text in enumerate(tree.text):
            depth += text in ("(", "[")
            self._bracketed |= (depth > 0) << i
            depth = max(0, depth - (text in (")", "]")))
        self._whole = (
            self._words.bit_count() / 20,
            tree.clausal.bit_count() / 4,
            self._commas.bit_count() / 4,
            self._bracketed != 0,
            list(tree.dep).count("conj") / 4,
        )

    def of(self, found: Iterable[int]) -> FloatArray:
        """A row of features for each candidate (a set of words that are not all signs)."""
        rows = []
        for mask in found:
            words = mask & self._words
            rows.append([*self._size(words), *self._arcs(words), *self._kinds(words), *self._edges(mask, words), *self._whole])
        return np.array(rows, dtype=np.float32)

    def _size(self, words: int) -> Sequence[float]:
        t = self._tree
        n, first, last = words.bit_count(), lowest(words), highest(words)
        skipped = (span(first, last + 1) & self._words & ~words).bit_count()
        return (
            min(n, 20) / 10,
            n <= 2,
            n == 3,
            n == 4,
            n >= 15,
            n / self._words.bit_count(),
            skipped / 10,
            min(skipped, 5) / 5,
            skipped == 0,
            (words & ~(words << 1)).bit_count(),
            words == self._words,
            first / len(t),
            last == highest(self._words),
        )

    def _arcs(self, words: int) -> Sequence[float]:
        """Relations within the candidate, those cut (and those cut before its end), and those by which it hangs on what is outside."""
        t = self._tree
        held, cut, inner, tops = ([0] * len(_RELATIONS) for _ in range(4))
        last, top = highest(words), -1
        for i in each(self._words):
            head, relation = t.head[i], self._relation[i]
            hangs = head != i and words >> head & 1
            if words >> i & 1 and hangs:
                held[relation] += 1
            elif words >> i & 1:
                tops[relation] += 1
                if top < 0 or t.depth[i] < t.depth[top]:
                    top = i
            elif hangs:
                cut[relation] += 1
                inner[relation] += i < last
        many = sum(tops)
        return (
            *(min(x, 3) for x in (*held, *cut)),
            *(min(x, 2) for x in (*tops, *inner)),
            many,
            many == 1,
            many == 2,
            *(m >> top & 1 for m in self._tags),
        )

    def _kinds(self, words: int) -> Sequence[float]:
        """What kinds of words the candidate has, begins with and ends with."""
        first, last = lowest(words), highest(words)
        bracketed = words & self._bracketed
        return (
            *(m >> last & 1 for m in self._tags),
            *(m >> first & 1 for m in self._tags),
            *((words & m).bit_count() / 3 for m in self._tags),
            *((words & m) != 0 for m in self._marked),
            words & self._finite != 0,
            min((words & self._predicates).bit_count(), 4),
            words & self._predicates == 0,
            words & self._subjects == 0,
            min((words & self._subjects).bit_count(), 3),
            min((words & self._tree.clausal).bit_count(), 4),
            words & self._relative != 0,
            bracketed.bit_count() / words.bit_count(),
            bracketed != 0,
            bracketed == words,
            words & self._years != 0,
            bracketed & self._years != 0,
        )

    def _edges(self, mask: int, words: int) -> Sequence[float]:
        """Signs and denials inside, told or left out; and what stands just before and behind."""
        t = self._tree
        first, last = lowest(words), highest(words)
        inside = span(first, last + 1)
        before = t.lower[first - 1] if first else ""
        behind = t.lower[last + 1] if last + 1 < len(t) else ""
        tag = t.tag[first - 1] if first else ""
        return (
            mask & self._opening != 0,
            self._bracketed & inside & ~words != 0,
            (mask & self._commas).bit_count() / 2,
            (inside & self._commas & ~mask).bit_count() / 3,
            self._denials & ~words & inside != 0,
            self._denials & words != 0,
            behind in ("(", "["),
            behind == ",",
            behind in _COORDINATORS,
            behind != "" and not t.signs >> (last + 1) & 1,
            last + 1 >= len(t) - 1,
            before == ",",
            before in _COORDINATORS,
            tag == "IN",
            tag == "DT",
            not first,
            before in ("(", "["),
            before != "" and not t.signs >> (first - 1) & 1,
        )


def features(tree: Tree, states: FloatArray, found: Sequence[int], axes: Axes) -> FloatArray:
    """A row for each of a sentence's candidates: how it lies in the tree, and what the encoder makes of the words there."""
    return np.concatenate([Sights(tree).of(found), axes.roles(tree, states, found)], axis=1)


@dataclass(frozen=True, slots=True)
class Ranker:
    """A network of one hidden layer over standardized features.

    axes: what word states are told by; mean, scale: of each feature; weights: (features, units); bias: a value each unit; out: a weight
    each unit, and the constant.
    """

    axes: Axes
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    bias: FloatArray
    out: FloatArray

    def probabilities(self, rows: FloatArray) -> FloatArray:
        """Of each row, that a reader would mark the candidate."""
        x = np.clip((rows - self.mean) / self.scale, -CLIP, CLIP)
        z = np.maximum(x @ self.weights + self.bias, 0) @ self.out[:-1] + self.out[-1]
        found: FloatArray = (1 / (1 + np.exp(-z))).astype(np.float32)
        return found

    def facts(self, tree: Tree, states: FloatArray) -> dict[int, Pieces]:
        """The sets of words that a sentence's facts are told with, and how they are told; the likeliest first.

        Each main clause is in one, if it can be told at all. states: of the encoder, a row a word.
        """
        found = statements(tree)
        likely = self.probabilities(features(tree, states, list(found), self.axes)).tolist() if found else []
        best = chosen(list(found), likely)
        ranked = [words for _, words in sorted(zip(likely, found, strict=True), key=lambda one: (-one[0], one[1]))]
        for predicate in _main_predicates(tree):
            holding = (words for words in ranked if words >> predicate & 1)
            if not any(words >> predicate & 1 for words in best) and (words := next(holding, 0)):
                best.append(words)
        return {words: found[words] for words in best}

    def as_dict(self) -> dict[str, Any]:
        """For a JSON file: sizes, and values in half precision, which is enough."""
        values = {name: getattr(self, name) for name in ("mean", "scale", "weights", "bias", "out")}
        values |= {name: getattr(self.axes, name) for name in ("center", "directions")}
        return {name: {"shape": x.shape, "float16": base64.b64encode(x.astype("<f2").tobytes()).decode()} for name, x in values.items()}


def _main_predicates(tree: Tree) -> list[int]:
    """Heads of a sentence's main clauses: none of them may be lost, however unlikely its facts look."""
    roots = [i for i in range(len(tree)) if tree.head[i] == i and not tree.signs >> i & 1]
    return roots + [c for i in roots for c in tree.kids[i] if tree.dep[c] == "conj" and tree.clausal >> c & 1]


def chosen(found: Sequence[int], probabilities: Sequence[float]) -> list[int]:
    """The best of some candidates, no two of them the same fact: as many as precision and recall together are thought to be best with."""
    if not found:
        return []
    ranked = sorted(zip(probabilities, found, strict=True), key=lambda one: (-one[0], one[1]))
    best: list[tuple[float, int]] = []
    for p, words in ranked:
        if len(best) == _MOST or (best and p < _LEAST):
            break
        if all(overlap(words, other) < _SAME for _, other in best):
            best.append((p, words))
    wanted = max(1.0, sum(p for p, _ in best) / _COVERED)
    right, values = 0.0, []
    for count, (p, _) in enumerate(best, 1):
        right += p
        values.append(_PRECISION * right / count + (2 - _PRECISION) * right / wanted)
    return [words for _, words in best[: values.index(max(values)) + 1]]


@lru_cache(maxsize=1)
def load_ranker() -> Ranker:
    """The embedded weights, read once. Raises ModelError E302, E303, E304."""
    return read_ranker(embedded_folder("syntax-en") / FILE)


def read_ranker(path: Path) -> Ranker:
    """Weights from a file. Raises ModelError E303, E304."""
    values = json_object(path, code="E303", fix="reinstall the model")
    try:
        mean, scale, weights, bias, out, center, directions = (
            _array(values[name]) for name in ("mean", "scale", "weights", "bias", "out", "center", "directions")
        )
        if scale.shape != mean.shape or weights.shape != mean.shape + bias.shape or len(out) != len(bias) + 1:
            raise ValueError("sizes differ")
        if directions.ndim != 2 or directions.shape[:1] != center.shape:
            raise ValueError("axes and their center differ")
    except (KeyError, TypeError, ValueError) as err:
        raise ModelError("E304", f"{path}: its values do not fit together: {err}", "reinstall the model") from err
    return Ranker(Axes(center, directions), mean, scale, weights, bias, out)


def _array(stored: dict[str, Any]) -> FloatArray:
    return np.frombuffer(base64.b64decode(stored["float16"]), dtype="<f2").reshape(stored["shape"]).astype(np.float32)
