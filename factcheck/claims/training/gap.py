"""Measuring and fitting the resolution of pronouns: on GAP (Webster et al. 2018) and on the chains of GUM.

    parse = load_syntax().parse
    gap_score(Path("coref/gap.development.jsonl.gz"), parse)
    fitted_weights(Path("data"), parse)     # writes the weights that ship

GAP's score is that of its authors: each of an example's two candidates is a yes or a no, and F1 is of the yes answers. A pronoun
left unresolved, or resolved to a third thing, is a no for both.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.claims.reference.salience import WEIGHTS_FILE, Features, Weights, weights
from factcheck.claims.resolve import Choice, choices, resolve
from factcheck.claims.training.treebank import NON_COMMERCIAL, as_doc, read_treebank

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    from factcheck.claims.reference.entities import Entity

Parse = Callable[[Sequence[str]], Sequence["Doc"]]

#: GUM's genres of connected prose that may train shipped weights; talk between people at hand is another matter.
GENRES = frozenset({"academic", "bio", "court", "interview", "news", "speech", "textbook", "voyage"}) - NON_COMMERCIAL
_LABELS = {"person": "Person", "organization": "Organization", "place": "Location", "time": "Date", "event": "Misc", "object": "Product"}
_SHARED = {"he": "person", "she": "person", "it": "it", "they": "they"}
_ROUNDS, _STEPS, _RATE = 3, 400, 0.05
#: Strength of the pull towards zero: a feature must earn its weight on several examples.
_RIDGE = 1.0
#: Weights smaller than this are left out.
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Chained:
    """A GUM document and the chain of each of its mentions, by the index of the mention's head; joined ones: minus one minus it."""

    doc: Doc
    chain: dict[int, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One choice with what is right: for each candidate whether it is."""

    choice: Choice
    right: tuple[bool, ...]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def gap_score(path: Path, parse: Parse, *, by: Weights | None = None, least: float = 0.0) -> dict[str, float]:
    """Precision, recall and F1 of GAP examples in per cent, all, masculine and feminine; ``answered`` is the share resolved.

    parse: texts to analysed documents. least: probability below which a pronoun counts as unresolved.
    """
    counts: dict[str, list[int]] = {"": [0, 0, 0], "masculine ": [0, 0, 0], "feminine ": [0, 0, 0]}
    rows, answered = read_rows(path), 0
    for row, doc in zip(rows, parse([str(r["text"]) for r in rows]), strict=True):
        choice = next((c for c in choices(doc, by or weights()) if doc[c.pronoun.head].idx == row["pronoun"]["start"]), None)
        probability, entity = choice.entities()[0] if choice else (0.0, None)
        entity = entity if probability >= least else None
        answered += entity is not None
        sex = "masculine " if row["pronoun"]["text"].lower() in ("he", "him", "his") else "feminine "
        for candidate in row["candidates"]:
            said = entity is not None and _names(doc, entity, candidate)
            for key in ("", sex):
                counts[key][0] += said and candidate["coref"]
                counts[key][1] += said
                counts[key][2] += candidate["coref"]
    out = {"answered": 100 * answered / len(rows)}
    for key, (hits, given, gold) in counts.items():
        p, r = hits / max(given, 1), hits / max(gold, 1)
        out.update({f"{key}precision": 100 * p, f"{key}recall": 100 * r, f"{key}f1": 100 * 2 * p * r / max(p + r, 1e-9)})
    return {name: round(value, 1) for name, value in out.items()}


def _names(doc: Doc, entity: Entity, candidate: Mapping[str, Any]) -> bool:
    """Whether a mention of the entity names a GAP candidate: a name that shares a word with it, a noun that heads it."""
    words = doc.char_span(candidate["start"], candidate["end"], alignment_mode="expand")
    if words is None:
        return False
    names = (m for m in entity.mentions if m.kind == "name" and m.start < words.end and words.start < m.end)
    return any(names) or any(words.start <= m.head < words.end for m in entity.mentions if m.kind == "nominal")


def gap_choices(path: Path, docs: Sequence[Doc], by: Weights) -> Iterator[Labelled]:
    """The labelled choices of GAP examples; where neither candidate is right, everything else may be."""
    for row, doc in zip(read_rows(path), docs, strict=True):
        for choice in choices(doc, by):
            if doc[choice.pronoun.head].idx != row["pronoun"]["start"]:
                continue
            marked = [[c is not None and _names(doc, c[1], g) for c in choice.candidates] for g in row["candidates"]]
            truths = [m for m, g in zip(marked, row["candidates"], strict=True) if g["coref"]]
            right = [any(t[k] for t in truths) if truths else not any(m[k] for m in marked) for k in range(len(choice.candidates))]
            if any(right):
                yield Labelled(choice, tuple(right))


def gum_documents(treebank: Path, chains: Path, vocab: Vocab, *, genres: frozenset[str] = GENRES) -> Iterator[Chained]:
    """GUM's documents with their gold trees, names and chains. treebank: gum-*.conllu.gz; chains: gum_coref.*.jsonl.gz."""
    rows = {row["id"]: row for row in read_rows(chains) if row["genre"] in genres}
    for name, sentences in groupby(read_treebank(treebank), key=lambda s: s.document):
        if (row := rows.get(name)) is None:
            continue
        group = list(sentences)
        starts = [sum(len(s) for s in group[:k]) for k in range(len(group))]
        doc = as_doc(group, vocab)
        doc.set_ents(_named(doc, row["mentions"], starts), default="outside")
        yield Chained(doc, _chain(doc, row["mentions"], starts))


def _chain(doc: Doc, marked: Sequence[Mapping[str, Any]], starts: Sequence[int]) -> dict[int, str]:
    """The chain of each head: of several mentions with one head the shortest, as the longer ones hold clauses or lists."""
    out: dict[int, str] = {}
    for m in sorted(marked, key=lambda m: int(m["start"]) - int(m["end"])):
        at, end = starts[m["sent"]] + m["head"], starts[m["sent"]] + m["end"]
        joined = any(t.dep_ == "conj" and t.i < end for t in doc[at].children)
        out[-1 - at if joined else at] = m["chain"]
    return out


def _named(doc: Doc, marked: Sequence[Mapping[str, Any]], starts: Sequence[int]) -> list[Span]:
    """GUM's names as the syntax model labels them; of two that overlap the shorter."""
    from spacy.tokens import Span

    spans: list[Span] = []
    for m in sorted(marked, key=lambda m: int(m["end"]) - int(m["start"])):
        start, end = starts[m["sent"]] + m["start"], starts[m["sent"]] + m["end"]
        if m["named"] and m["type"] in _LABELS and not any(s.start < end and start < s.end for s in spans):
            spans.append(Span(doc, start, end, label=_LABELS[m["type"]]))
    return spans


def gum_choices(documents: Sequence[Chained], by: Weights) -> Iterator[Labelled]:
    """The labelled choices of GUM documents. A pronoun none of whose chain is a candidate stands for nothing named."""
    for document in documents:
        chain = document.chain
        for choice in choices(document.doc, by):
            mine = chain.get(choice.pronoun.head)
            keys = [-1 - c[0].head if c[0].kind == "group" else c[0].head for c in choice.candidates if c is not None]
            right = [mine is not None and chain.get(key) == mine for key in keys]
            yield Labelled(choice, (*right, not any(right)))


def gum_score(documents: Sequence[Chained], *, by: Weights | None = None, least: float = 0.0) -> dict[str, dict[str, float]]:
    """By pronoun: how many, the share resolved, how often the entity chosen is right, the share of the resolvable ones got right.

    In per cent. An entity is right if most of its mentions that are candidates are of the pronoun's chain. least: as in gap_score.
    """
    tally: dict[str, list[int]] = {form: [0, 0, 0, 0] for form in _SHARED}
    for labelled in gum_choices(documents, by or weights()):
        counts = tally[next(iter(labelled.choice.pronoun.agrees))]
        probability, entity = labelled.choice.entities()[0]
        right = [r for c, r in zip(labelled.choice.candidates, labelled.right, strict=True) if (c[1] if c else None) is entity]
        given = entity is not None and probability >= least
        counts[0] += 1
        counts[1] += given
        counts[2] += given and 2 * sum(right) > len(right)
        counts[3] += not labelled.right[-1]
    return {
        form: {
            "pronouns": n,
            "resolved": round(100 * given / max(n, 1), 1),
            "precision": round(100 * good / max(given, 1), 1),
            "recall": round(100 * good / max(resolvable, 1), 1),
        }
        for form, (n, given, good, resolvable) in tally.items()
    }


def gum_forms_score(documents: Sequence[Chained]) -> dict[str, dict[str, float]]:
    """Of the short names and descriptions that are sure: how many, and the share whose full form is in the same chain, in per cent.

    Too low where GUM hangs a name's chain on a word outside the name ("campaigner Inge Holm").
    """
    tally = {"name": [0, 0], "description": [0, 0]}
    for document in documents:
        for at, reference in resolve(document.doc).items():
            if reference.kind in tally and not reference.ambiguous:
                words = range(reference.antecedent_start, reference.antecedent_end)
                chain = document.chain.get(at)
                tally[reference.kind][0] += 1
                tally[reference.kind][1] += chain is not None and any(document.chain.get(i) == chain for i in words)
    return {kind: {"sure": n, "precision": round(100 * good / max(n, 1), 1)} for kind, (n, good) in tally.items()}


def fitted_weights(data: Path, parse: Parse, *, write_to: Path = WEIGHTS_FILE) -> Weights:
    """Fit on GAP's validation set and GUM's training documents under ``data`` and write the weights. Neither's other parts are read."""
    from spacy import blank

    gap = data / "coref" / "gap.validation.jsonl.gz"
    gum = list(gum_documents(data / "syntax" / "gum-train.conllu.gz", data / "coref" / "gum_coref.train.jsonl.gz", blank("en").vocab))
    found = fit(gap, parse([str(row["text"]) for row in read_rows(gap)]), gum)
    write_to.write_text(
        json.dumps({pool: found[form] for form, pool in _SHARED.items()}, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return found


def fit(gap: Path, gap_docs: Sequence[Doc], gum: Sequence[Chained]) -> Weights:
    """Weights by pronoun: in each round the texts are read with the last round's, as earlier pronouns are features of later ones."""
    by: Weights = {form: {} for form in _SHARED}
    for _ in range(_ROUNDS):
        pools: dict[str, list[Labelled]] = {}
        for labelled in (*gum_choices(gum, by), *gap_choices(gap, gap_docs, by)):
            pools.setdefault(_SHARED[next(iter(labelled.choice.pronoun.agrees))], []).append(labelled)
        fitted = {pool: _fitted(examples) for pool, examples in pools.items()}
        by = {form: fitted.get(pool, {}) for form, pool in _SHARED.items()}
    return by


def _fitted(examples: Sequence[Labelled]) -> dict[str, float]:
    """Maximum likelihood of the right candidates together, with a ridge, by Adam on all examples at once."""
    import numpy as np

    names = sorted({name for e in examples for row in e.choice.features for name in row})
    index = {name: k for k, name in enumerate(names)}
    rows: list[Features] = [row for e in examples for row in e.choice.features]
    x = np.zeros((len(rows), len(names)))
    for k, row in enumerate(rows):
        for name, value in row.items():
            x[k, index[name]] = value
    right = np.array([r for e in examples for r in e.right])
    sizes = np.array([len(e.right) for e in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    w, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))

    def shares(scores: Any) -> Any:
        parts = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        return parts / np.repeat(np.maximum(np.add.reduceat(parts, starts), 1e-12), sizes)

    for step in range(1, _STEPS + 1):
        scores = x @ w
        slope = x.T @ (shares(scores) - shares(np.where(right, scores, -1e9))) + _RIDGE * w
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        w -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(v), 2) for name, v in zip(names, w, strict=True) if abs(v) >= _LEAST}
