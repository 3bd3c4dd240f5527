"""Data sets as labelled pairs: columns, labels, splits, and mistakes in them. All lie in a folder; nothing is fetched."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import ConfigError, InputError
from factcheck.models.pairsets import read_pairs

datasets = pytest.importorskip("datasets")

ROW = {"premise": "The minister resigned.", "claim": "He left.", "label": "entailment"}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


def folder_of(tmp_path: Path, **splits: list[dict[str, Any]]) -> str:
    folder = tmp_path / "set"
    folder.mkdir()
    for split, rows in splits.items():
        (folder / f"{split}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return f"hf:{folder}"


def refused(code: str, source: str, words: str, **options: Mapping[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        read_pairs(source, **options)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert words in str(caught.value)


def test_label_names_are_those_of_the_column_that_is_read(tmp_path: Path) -> None:
    features = datasets.Features(
        {
            "premise": datasets.Value("string"),
            "claim": datasets.Value("string"),
            "label": datasets.ClassLabel(names=["entailment", "contradiction"]),
            "gold": datasets.ClassLabel(names=["refuted", "supported"]),
        }
    )
    rows = {"premise": ["a", "b"], "claim": ["c", "d"], "label": [0, 0], "gold": [0, 1]}
    (tmp_path / "set").mkdir()
    datasets.Dataset.from_dict(rows, features=features).to_parquet(tmp_path / "set" / "test.parquet")
    source = f"hf:{tmp_path / 'set'}"
    assert [r["label"] for r in read_pairs(source)[1]] == ["entailment", "entailment"]
    assert [r["label"] for r in read_pairs(source, columns={"label": "gold"})[1]] == ["contradiction", "entailment"]


@pytest.mark.parametrize(
    ("columns", "labels", "code", "words"),
    [
        ({"label": "nope"}, {}, "E130", "no column 'nope' among premise, claim, label"),
        ({"lable": "label"}, {}, "E130", "'lable'"),
        ({}, {"wrong": "contradicted"}, "E131", "'contradicted' is no label"),
    ],
)
def test_names_that_do_not_exist_are_refused(
    tmp_path: Path, columns: dict[str, str], labels: dict[str, str], code: str, words: str
) -> None:
    refused(code, folder_of(tmp_path, test=[ROW]), words, columns=columns, labels=labels)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"premise": None}, "E130", "row 1: the premise is empty"),
        ({"claim": "  "}, "E130", "row 1: the claim is empty"),
        ({"label": "perhaps"}, "E131", "row 1: unknown label"),
        ({"label": None}, "E131", "row 1: unknown label"),
    ],
)
def test_rows_that_cannot_be_used_are_named(tmp_path: Path, change: dict[str, Any], code: str, words: str) -> None:
    refused(code, folder_of(tmp_path, test=[ROW, {**ROW, **change}]), words)


def test_a_set_without_a_labelled_pair_is_refused(tmp_path: Path) -> None:
    refused("E130", folder_of(tmp_path, test=[{**ROW, "label": "-1"}]), "no labelled pair")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ('{"claim": "b", "label": "neutral"}', "E130", "x.jsonl:2: no premise"),
        ('{"premise": null, "claim": "b", "label": "neutral"}', "E130", "x.jsonl:2: no premise"),
        ('{"premise": "a", "claim": " ", "label": "neutral"}', "E130", "pair 2: the claim is empty"),
        ('{"premise": "a", "claim": "b", "label": ["neutral"]}', "E131", "x.jsonl:2: unknown label"),
        ("[1]", "E130", "x.jsonl:2: is no JSON object"),
        ("{", "E130", "x.jsonl:2: is no JSON"),
        ("[" * 100_000, "E130", "x.jsonl:2: is no JSON"),
        ('{"articles": [], "claims": ["x"]}', "E130", "AttributeError"),
    ],
)
def test_lines_that_cannot_be_used_are_named(tmp_path: Path, line: str, code: str, words: str) -> None:
    (tmp_path / "x.jsonl").write_text(f"{json.dumps(ROW)}\n{line}\n")
    refused(code, str(tmp_path / "x.jsonl"), words)


def test_damaged_and_empty_files_are_coded_errors(tmp_path: Path) -> None:
    packed = gzip.compress("".join(json.dumps({**ROW, "n": n}) + "\n" for n in range(200)).encode())
    for data in (packed[:-30], packed[:40] + b"\xff" * 40 + packed[80:], b"plain", gzip.compress(b"")):
        (tmp_path / "x.jsonl.gz").write_bytes(data)
        refused("E130", str(tmp_path / "x.jsonl.gz"), "x.jsonl.gz")


def test_without_a_split_the_test_split_or_the_only_one_is_read(tmp_path: Path) -> None:
    source = folder_of(tmp_path, train=[ROW, ROW])
    assert read_pairs(source)[0] == "set"
    assert len(read_pairs(source)[1]) == len(read_pairs(f"{source}@train")[1]) == 2
    (tmp_path / "set" / "validation.jsonl").write_text(json.dumps(ROW) + "\n")
    refused("E130", source, "it has train, validation")
    refused("E130", f"{source}@dev", "Should be one of ['train', 'validation']")
    (tmp_path / "set" / "test.jsonl").write_text(f"{json.dumps(ROW)}\n" * 3)
    assert len(read_pairs(source)[1]) == 3


@pytest.mark.parametrize("download", [False, True])
def test_connections_are_refused_only_while_a_set_is_opened(monkeypatch: pytest.MonkeyPatch, download: bool) -> None:
    import huggingface_hub.constants

    places = (datasets.config, huggingface_hub.constants)
    for place in places:
        monkeypatch.setattr(place, "HF_HUB_OFFLINE", False)
    seen = []

    def look(*_: object, **__: object) -> None:
        seen.extend(place.HF_HUB_OFFLINE for place in places)
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(datasets, "load_dataset", look)
    with pytest.raises(InputError, match=r"RuntimeError: first line\)") as caught:
        read_pairs("hf:nobody/none", download=download)
    assert "second" not in str(caught.value)
    assert ("--download" in caught.value.step) != download
    assert seen == [not download] * 2
    assert [place.HF_HUB_OFFLINE for place in places] == [False, False]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(ConfigError, match="E217"):
        read_pairs("hf:any")
