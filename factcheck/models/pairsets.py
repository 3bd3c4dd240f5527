"""Labelled pairs to measure on: JSON lines, or any data set that the ``datasets`` library opens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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

    source: a path of JSON lines, plain or gzip, or "hf:NAME[:CONFIG][@SPLIT]", the split "test" or the only one if none is given.
    columns: which column is premise, claim or label; labels: which value of the label column means which label of ours (both for data
    sets only, where the names do not say). download: whether a data set may be fetched; otherwise only folders and the local cache
    are used and no connection is made. Raises InputError E130, E131 for pairs that cannot be used, ConfigError E217 without the
    datasets library.
    """
    columns, labels = columns or {}, labels or {}
    _check_names(columns, labels)
    if source.startswith(PREFIX):
        name, found = _open(source, download=download)
        where = {key: _column(source, key, columns.get(key), found.column_names) for key in _COLUMNS}
        names = getattr(found.features[where["label"]], "names", None) or ()
        meaning = {**_meanings(names), **{value.casefold(): label for value, label in labels.items()}}
        rows = list(_renamed(source, found, where, names, meaning))
    else:
        name, rows = Path(source).name.split(".jsonl")[0], list(read_rows(Path(source)))
        for number, row in enumerate(rows, 1):
            _check_texts(f"{source}: pair {number}", row["premise"], row["claim"])
    if not rows:
        raise InputError("E130", f"{source}: no labelled pair in it", "give pairs with premise, claim and label")
    return name, rows


def _check_names(columns: Mapping[str, str], labels: Mapping[str, str]) -> None:
    if strange := next((key for key in columns if key not in _COLUMNS), None):
        raise InputError("E130", f"no column is called {strange!r} here", f"name {', '.join(_COLUMNS)}, as in --column claim=NAME")
    if strange := next((label for label in labels.values() if label not in LABEL_COLUMNS), None):
        raise InputError("E131", f"{strange!r} is no label", f"use one of {', '.join(LABEL_COLUMNS)}, as in --label VALUE=neutral")


def _open(source: str, *, download: bool) -> tuple[str, Any]:
    """The name and the Dataset of the split. Raises InputError E130, ConfigError E217."""
    try:
        import datasets
    except ImportError as err:
        raise ConfigError("E217", "the datasets library is not installed", "pip install 'factcheck[train]'") from err
    match = re.fullmatch(r"hf:(?P<name>[^:@]+)(?::(?P<config>[^@]+))?(?:@(?P<split>.+))?", source)
    if match is None:
        raise InputError("E130", f"{source}: is no name of a data set", "give hf:NAME, hf:NAME:CONFIG or hf:NAME:CONFIG@SPLIT")
    try:
        with _connections(allowed=download):
            found = datasets.load_dataset(match["name"], match["config"], split=match["split"])
    except Exception as err:  # the library raises many kinds, all with one meaning here
        said = next(iter(str(err).splitlines()), "")[:200]
        problem = f"{source}: cannot be opened ({type(err).__name__}: {said})"
        raise InputError("E130", problem, "check name and split" if download else "check name and split, or add --download") from err
    return match["name"].rstrip("/").rpartition("/")[2], found if match["split"] else _test_split(source, found)


@contextmanager
def _connections(*, allowed: bool) -> Iterator[None]:
    """Unless allowed, keeps the two libraries from connecting; their own settings hold again afterwards."""
    import datasets.config
    import huggingface_hub.constants

    places: tuple[Any, Any] = (datasets.config, huggingface_hub.constants)
    before = [place.HF_HUB_OFFLINE for place in places]
    try:
        for place, offline in zip(places, before, strict=True):
            place.HF_HUB_OFFLINE = offline or not allowed
        yield
    finally:
        for place, offline in zip(places, before, strict=True):
            place.HF_HUB_OFFLINE = offline


def _test_split(source: str, splits: Mapping[str, Any]) -> Any:
    """The split "test", or the only one."""
    if "test" in splits or len(splits) == 1:
        return splits["test"] if "test" in splits else next(iter(splits.values()))
    raise InputError("E130", f"{source}: no split is called test; it has {', '.join(splits)}", f"name one: {source}@SPLIT")


def _column(source: str, key: str, named: str | None, have: Sequence[str]) -> str:
    column = next((c for c in ([named] if named else _COLUMNS[key]) if c in have), None)
    if column is None:
        problem = f"{source}: no column {named!r}" if named else f"{source}: no column for the {key}"
        raise InputError("E130", f"{problem} among {', '.join(have) or 'none'}", f"name it: --column {key}=NAME")
    return column


def _meanings(names: Iterable[str]) -> dict[str, str]:
    known = {word: label for label, words in _LABELS.items() for word in words}
    listed = {str(number): known[name.casefold()] for number, name in enumerate(names) if name.casefold() in known}
    return {**known, **listed}


def _renamed(source: str, rows: Iterable[Row], where: Mapping[str, str], names: Sequence[str], meaning: Mapping[str, str]) -> Iterable[Row]:
    for number, row in enumerate(rows):
        said = str(row[where["label"]]).strip().casefold()
        # By custom -1 marks a pair on which the annotators did not agree.
        if said in ("-1", "-"):
            continue
        if meaning.get(said) not in LABEL_COLUMNS:
            known = f"; its labels are {', '.join(names)}" if names else ""
            raise InputError("E131", f"{source}: row {number}: unknown label{known}", f"say what it means: --label {said}=entailment")
        premise, claim = row[where["premise"]], row[where["claim"]]
        _check_texts(f"{source}: row {number}", premise, claim)
        yield {**row, "premise": premise, "claim": claim, "label": meaning[said]}


def _check_texts(place: str, premise: object, claim: object) -> None:
    for name, text in (("premise", premise), ("claim", claim)):
        if not isinstance(text, str) or not text.strip():
            raise InputError("E130", f"{place}: the {name} is empty or no text", "correct it, or leave it out")
