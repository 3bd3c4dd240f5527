"""Labelled pairs to measure on: JSON lines, or any data set that the ``datasets`` library opens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from factcheck.errors import ConfigError, InputError
from factcheck.models.training.data import LABEL_COLUMNS, read_rows

Row = dict[str, Any]

#: What a data set is named by: ``hf:NAME[:CONFIG][@SPLIT]``; NAME may be a local folder of JSON, CSV or Parquet files.
PREFIX = "hf:"

#: Column names that mean premise, claim or label, the first that a data set has.
_COLUMNS = {
    "premise": ("premise", "document", "doc", "evidence", "context", "sentence1", "text1"),
    "claim": ("claim", "hypothesis", "statement", "summary", "sentence2", "text2"),
    "label": ("label", "labels", "gold_label", "verdict"),
}
#: Words that name our labels, whole and in any case; "0" and "1" alone name nothing.
_LABELS = {
    "entailment": ("entailment", "entails", "entailed", "supports", "supported", "support", "consistent", "true"),
    "neutral": ("neutral", "not enough info", "nei", "unrelated"),
    "contradiction": ("contradiction", "contradicts", "refutes", "refuted"),
    "not_entailment": ("not_entailment", "not entailment", "non-entailment", "unsupported", "not_supported", "inconsistent", "false"),
}


def read_pairs(
    source: str, *, columns: Mapping[str, str] | None = None, labels: Mapping[str, str] | None = None, download: bool = False
) -> tuple[str, list[Row]]:
    """The name and the rows (premise, claim, label, and what else they have) of a file or a data set.

    source: a path of JSON lines, plain or gzip, or "hf:NAME[:CONFIG][@SPLIT]". columns: which column is premise, claim or label;
    labels: which value of the label column means which label of ours (both for data sets only, where the names do not say).
    download: whether a data set may be fetched; otherwise only folders and the local cache are used and no connection is made.
    Raises InputError E130, E131 for pairs that cannot be used, ConfigError E215 without the datasets library.
    """
    if not source.startswith(PREFIX):
        path = Path(source)
        return path.name.split(".jsonl")[0], list(read_rows(path))
    name, rows, names = _open(source, download=download)
    where = {key: (columns or {}).get(key) or _column(source, key, rows) for key in _COLUMNS}
    meaning = {**_meanings(names), **{str(k).casefold(): v for k, v in (labels or {}).items()}}
    return name, list(_renamed(source, rows, where, names, meaning))


def _open(source: str, *, download: bool) -> tuple[str, Sequence[Row], Sequence[str]]:
    """Name, rows, and the names of integer labels, if the data set has them."""
    try:
        import datasets
    except ImportError as err:
        raise ConfigError("E215", "the datasets library is not installed", "pip install 'factcheck[train]'") from err
    match = re.fullmatch(r"hf:(?P<name>[^:@]+)(?::(?P<config>[^@]+))?(?:@(?P<split>.+))?", source)
    if match is None:
        raise InputError("E130", f"{source}: is no name of a data set", "give hf:NAME, hf:NAME:CONFIG or hf:NAME:CONFIG@SPLIT")
    if not download:
        import huggingface_hub.constants

        datasets.config.HF_HUB_OFFLINE = huggingface_hub.constants.HF_HUB_OFFLINE = True
    try:
        found = datasets.load_dataset(match["name"], match["config"], split=match["split"] or "test")
    except Exception as err:  # the library raises many kinds, all with one meaning here
        problem = f"{source}: cannot be opened ({type(err).__name__})"
        raise InputError("E130", problem, "check name and split, or download it first") from err
    label = next((c for c in _COLUMNS["label"] if c in found.features), None)
    names = getattr(found.features.get(label), "names", None) or () if label else ()
    return match["name"].rstrip("/").rpartition("/")[2], list(found), names


def _column(source: str, key: str, rows: Sequence[Row]) -> str:
    have = list(rows[0]) if rows else []
    column = next((c for c in _COLUMNS[key] if c in have), None)
    if column is None:
        raise InputError("E130", f"{source}: no column for the {key} among {', '.join(have) or 'none'}", f"name it: --column {key}=NAME")
    return column


def _meanings(names: Iterable[str]) -> dict[str, str]:
    known = {word: label for label, words in _LABELS.items() for word in words}
    listed = {str(number): known[name.casefold()] for number, name in enumerate(names) if name.casefold() in known}
    return {**known, **listed}


def _renamed(source: str, rows: Sequence[Row], where: Mapping[str, str], names: Sequence[str], meaning: Mapping[str, str]) -> Iterable[Row]:
    for number, row in enumerate(rows):
        said = str(row[where["label"]]).strip().casefold()
        # By custom -1 marks a pair on which the annotators did not agree.
        if said in ("-1", "-"):
            continue
        if meaning.get(said) not in LABEL_COLUMNS:
            known = f"; its labels are {', '.join(names)}" if names else ""
            raise InputError("E131", f"{source}: row {number}: unknown label{known}", f"say what it means: --label {said}=entailment")
        yield {**row, "premise": str(row[where["premise"]]), "claim": str(row[where["claim"]]), "label": meaning[said]}
