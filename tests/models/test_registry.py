"""The list of known hub models, and what loading by such a name does. No entry is fetched."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.models import load
from factcheck.models.hub import MODEL_TYPES, fetch, label_columns, model_columns
from factcheck.models.registry import KNOWN, KnownModel, find

from .tiny import hub_model

PAIRS = [("a bridge is shut", "a bridge is open"), ("a b c", "d e f")]
MINICHECK = "lytang/MiniCheck-RoBERTa-Large"
DEBERTA = "MoritzLaurer/DeBERTa-v3-base-mnli-fever-anli"


@pytest.mark.parametrize("model", KNOWN, ids=lambda m: m.name)
def test_every_entry_is_whole(model: KnownModel) -> None:
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.name)
    assert re.fullmatch(r"[0-9a-f]{40}|main", model.revision)
    assert model.source
    assert model.refused or model.model_type in MODEL_TYPES
    assert all(0 < figure.value <= 100 and figure.measure and figure.source for figure in model.figures)
    if model.labels:
        denies = label_columns(dict(enumerate(model.labels)))[2] is not None
        assert denies == model.denies


def test_names_are_unique_and_found_with_a_revision_and_in_any_case() -> None:
    assert len({m.name.casefold() for m in KNOWN}) == len(KNOWN)
    for model in KNOWN:
        assert find(model.name) is find(f"{model.name.upper()}@0123") is model
    assert find("nobody/no-such-model") is None
    assert find(MINICHECK.partition("/")[2]) is None  # a folder's name is no hub name


@pytest.mark.parametrize(
    ("name", "labels", "columns"),
    [
        (MINICHECK, {"0": "0", "1": "1"}, (1, None, None)),
        (f"{MINICHECK}@refs/pr/1", {0: "LABEL_0", 1: "LABEL_1"}, (1, None, None)),
        (MINICHECK, None, (1, None, None)),
        (DEBERTA, {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, (0, 1, 2)),
        ("cross-encoder/nli-deberta-v3-base", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, (1, 2, 0)),
        # names that say something are always believed
        (DEBERTA, {0: "contradiction", 1: "neutral", 2: "entailment"}, (2, 1, 0)),
    ],
)
def test_the_registry_names_labels_that_the_configuration_does_not(name: str, labels: object, columns: tuple[int | None, ...]) -> None:
    assert model_columns(name, labels) == columns


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("nobody/no-such-model", {0: "LABEL_0", 1: "LABEL_1"}),
        ("MiniCheck-RoBERTa-Large", {0: "LABEL_0", 1: "LABEL_1"}),
        (MINICHECK, {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}),
        (MINICHECK, {0: "positive", 1: "negative"}),
        (DEBERTA, None),
        ("yaxili96/FactCG-DeBERTa-v3-Large", None),
        ("tasksource/ModernBERT-large-nli", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}),
    ],
)
def test_other_names_other_sizes_and_refused_models_are_not_guessed(name: str, labels: object) -> None:
    with pytest.raises(ModelError, match="E306"):
        model_columns(name, labels)


class Hub:
    """Stands for the hub's client: hands out one folder, and keeps what it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.folder = folder
        self.revisions: list[str] = []
        monkeypatch.setattr("huggingface_hub.snapshot_download", self.download)

    def download(self, name: str, *, revision: str, **_: object) -> str:
        self.revisions.append(revision)
        return str(self.folder)


def test_a_known_name_stands_for_its_pinned_revision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hub = Hub(monkeypatch, tmp_path)
    for name in (DEBERTA, f"{DEBERTA}@0123abc", "nobody/no-such-model", MINICHECK):
        fetch(name, download=True)
    known = find(DEBERTA)
    assert known is not None
    assert hub.revisions == [known.revision, "0123abc", "main", "main"]


@pytest.mark.parametrize("model", [m for m in KNOWN if m.refused], ids=lambda m: m.name)
def test_a_refused_model_is_never_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: KnownModel) -> None:
    hub = Hub(monkeypatch, tmp_path)
    for name in (model.name, f"{model.name}@0123abc"):
        with pytest.raises(ModelError, match="E311") as caught:
            fetch(name, download=True)
        assert str(model.refused) in str(caught.value)
    assert hub.revisions == []


@pytest.mark.parametrize("model", [m for m in KNOWN if not m.refused], ids=lambda m: m.name)
def test_a_model_says_if_it_is_not_pinned(model: KnownModel) -> None:
    assert ("not pinned" in model.note) == (model.revision == "main")


def test_a_known_model_without_label_names_loads_by_name_and_not_as_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = hub_model(tmp_path / "MiniCheck-RoBERTa-Large", "roberta", labels=("LABEL_0", "LABEL_1"))
    assert "id2label" not in (folder / "config.json").read_text()
    with pytest.raises(ModelError, match="E306"):
        load(folder, self_test=False)
    Hub(monkeypatch, folder)
    by_name = load(f"{MINICHECK}@refs/pr/1", self_test=False).predict(PAIRS)
    named = hub_model(tmp_path / "named", "roberta", labels=("unsupported", "supported"))
    assert np.allclose(by_name, load(named, self_test=False).predict(PAIRS), atol=1e-6)
    assert (by_name[:, 2] == 0).all()


@pytest.mark.parametrize("kind", MODEL_TYPES)
def test_each_architecture_reads_a_premise_longer_than_its_positions(tmp_path: Path, kind: str) -> None:
    folder = hub_model(tmp_path / kind, kind)
    settings = folder / "tokenizer_config.json"
    settings.write_text(settings.read_text().replace('"model_max_length": 64', '"model_max_length": 100000'))
    model = load(folder, self_test=False)
    scores = model.predict([("a b c d e f g h " * 40, "the end"), ("a b", "the end")])
    assert np.isfinite(scores).all()
    assert np.allclose(scores.sum(1), 1, atol=1e-5)


def test_entries_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        KNOWN[0].revision = "other"  # type: ignore[misc]
