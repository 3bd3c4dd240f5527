"""Claims against whole documents, as ``factcheck.verify`` judges them, where it is known whether the document entails the claim.

The score is :attr:`factcheck.types.Finding.support`. Published checkers are compared by balanced accuracy at a threshold; one that is
chosen on the very rows it is measured on flatters, so here each half of the documents is judged by the threshold that is best on the
other half (cross-fitting). All claims on one document are in the same half.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import InputError
from factcheck.models.metrics import auroc
from factcheck.models.protocol import NLIModel
from factcheck.models.training.data import LABEL_COLUMNS
from factcheck.pipeline import verify

Scores = NDArray[np.float64]
Truth = NDArray[np.bool_]

#: Called after every row with how many are done, of how many.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """A claim and the sources it is to be judged by. group: questions of one group are on parts of one document; kind: what to count by."""

    claim: str
    sources: tuple[str, ...]
    entailed: bool
    group: str
    kind: str = "-"


def read_questions(path: Path, *, group: str | None = None, by: str | None = None) -> list[Question]:
    """The rows (premise, claim, label) of JSON lines, plain or gzip; a premise is a text or a list of texts.

    group, by: keys of a row, "a.b" for key b inside a; a row without the key ``group`` stands for itself. Raises InputError E130 for a
    file or a row that cannot be used, E131 for an unknown label.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as err:
        raise InputError("E130", f"{path}: cannot read documents ({type(err).__name__}: {err})", "give JSON lines, plain or gzip") from err
    return questions(str(path), rows, group=group, by=by)


def questions(place: str, rows: Sequence[Any], *, group: str | None = None, by: str | None = None) -> list[Question]:
    """The same of rows already read. place: what errors name."""
    if not rows:
        raise InputError("E130", f"{place}: no labelled document in it", "give rows with premise, claim and label")
    return [_question(f"{place}: row {number}", row, number, group, by) for number, row in enumerate(rows, 1)]


def _question(place: str, row: Any, number: int, group: str | None, by: str | None) -> Question:
    found = row if isinstance(row, dict) else {}
    claim, premise = found.get("claim"), found.get("premise")
    sources: list[Any] = premise if isinstance(premise, list) else [premise]
    if not sources or not all(isinstance(text, str) and text.strip() for text in (claim, *sources)):
        raise InputError("E130", f"{place}: claim or premise is empty or no text", "give premise (a text, or a list of texts) and claim")
    if str(found.get("label")) not in LABEL_COLUMNS:
        raise InputError("E131", f"{place}: unknown label", f"use one of {', '.join(LABEL_COLUMNS)}")
    document, kind = (_value(found, key) if key else None for key in (group, by))
    # The name of a group must not be that of a row.
    name = f"row {number}" if document is None else f"group {document}"
    return Question(str(claim), tuple(sources), found["label"] == "entailment", name, "-" if kind is None else str(kind))


def _value(row: dict[str, Any], key: str) -> object:
    value: object = row
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def measure_documents(asked: Sequence[Question], model: NLIModel, tell: Tell) -> dict[str, Any]:
    """The figures of :func:`figures`, rows and seconds too; ``unread``: rows left out, their claim being too long for the model.

    A claim on parts of one document is as well supported as by the best of them. Raises ModelError.
    """
    started = time.perf_counter()
    supports: list[float | None] = []
    for question in asked:
        supports.append(_support(question, model))
        tell(len(supports), len(asked))
    seconds = time.perf_counter() - started
    best: dict[str, tuple[Question, float]] = {}
    for question, support in zip(asked, supports, strict=True):
        if support is not None:
            best[question.group] = max(best.get(question.group, (question, support)), (question, support), key=lambda pair: pair[1])
    entailed = {q.group for q in asked if q.entailed}
    scores = np.asarray([support for _, support in best.values()], dtype=np.float64)
    truth = np.asarray([group in entailed for group in best], dtype=bool)
    first = {q.group: q for q in reversed(asked)}
    halves = half(["\n".join(first[group].sources) for group in best])
    measured: dict[str, Any] = {"rows": len(asked), "unread": sum(s is None for s in supports), **figures(scores, truth, halves)}
    kinds = [first[group].kind for group in best]
    if len(set(kinds)) > 1:
        at = {kind: np.asarray([k == kind for k in kinds]) for kind in sorted(set(kinds))}
        measured["by"] = {kind: figures(scores[own], truth[own], halves[own]) for kind, own in at.items()}
    return measured | {"seconds": seconds, "rows_per_s": len(asked) / seconds}


def figures(scores: Scores, truth: Truth, halves: Truth) -> dict[str, Any]:
    """Claims, the share entailed, AUROC, balanced accuracy at 0.5, and cross-fitted with the thresholds that the halves are judged by.

    scores, truth, halves: of each claim its support, whether it is entailed, and the half that it is in. None for what cannot be told of
    claims of one answer only.
    """
    both = truth.any() and not truth.all()
    out: dict[str, Any] = {"claims": len(truth), "entailed": float(truth.mean()) if len(truth) else None}
    out["auroc"] = auroc(scores, truth) if both else None
    out["balanced_accuracy"] = balanced_accuracy(scores >= 0.5, truth) if both else None
    best = [t for own in (halves, ~halves) if (t := best_threshold(scores[own], truth[own])) is not None]
    fitted = len(best) == 2
    out["balanced_accuracy_cross_fitted"] = balanced_accuracy(scores >= np.where(halves, best[1], best[0]), truth) if fitted else None
    out["thresholds"] = best if fitted else None
    return out


def balanced_accuracy(said: Truth, truth: Truth) -> float:
    """The mean of the shares of right answers among the entailed claims and among the others, both of which there must be."""
    return float(said[truth].mean() + (~said[~truth]).mean()) / 2


def best_threshold(scores: Scores, truth: Truth) -> float | None:
    """The score from which on to say entailed for the best balanced accuracy, half-way between two scores; of equals the nearest to 0.5.

    None if the claims have one answer only.
    """
    if not truth.any() or truth.all():
        return None
    have = np.unique(scores)
    tried = [float(t) for t in (have[0], *((have[1:] + have[:-1]) / 2))]
    return max(tried, key=lambda t: (balanced_accuracy(scores >= t, truth), -abs(t - 0.5)))


def half(documents: Iterable[str]) -> Truth:
    """In which of two halves each document is: the same texts in the same one, as many different texts in each, whatever their order."""
    names = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in documents]
    places = {name: n % 2 == 1 for n, name in enumerate(sorted(set(names)))}
    return np.asarray([places[name] for name in names], dtype=bool)


def _support(question: Question, model: NLIModel) -> float | None:
    try:
        return verify(question.claim, question.sources, model=model).support
    except InputError:
        return None
