"""Model folders that must be refused, and label orders that must not matter. Folders are made here; nothing is fetched."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from factcheck.errors import ModelError
from factcheck.models import load
from factcheck.models.embedded import EMBEDDED, EmbeddedModel
from factcheck.models.hub import MODEL_TYPES, label_columns
from factcheck.models.loading import SELF_TEST, read_config

from .tiny import hub_model, own_model

PAIRS = [("a bridge is shut", "a bridge is open"), ("a b c", "d e f")]


def refused(folder: Path, code: str, **options: bool) -> None:
    with pytest.raises(ModelError) as caught:
        load(folder, **options)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", MODEL_TYPES)
def test_each_architecture_loads_from_a_local_folder(tmp_path: Path, kind: str) -> None:
    model = load(hub_model(tmp_path / kind, kind), self_test=False)
    scores = model.predict(PAIRS)
    assert scores.shape == (2, 3)
    assert np.allclose(scores.sum(1), 1, atol=1e-5)


def test_columns_follow_label_names_and_not_their_order(tmp_path: Path) -> None:
    first = load(hub_model(tmp_path / "a"), self_test=False).predict(PAIRS)
    renamed = hub_model(tmp_path / "b", labels=("entailment", "neutral", "contradiction"))
    second = load(renamed, self_test=False).predict(PAIRS)
    assert np.allclose(first[:, [2, 0, 1]], second, atol=1e-6)


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        ({0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"}, (2, 1, 0)),
        ({"0": "entailment", "1": "not_entailment"}, (0, None, None)),
        ({0: "unsupported", 1: "supported"}, (1, None, None)),
        ({0: "SUPPORTS", 1: "REFUTES", 2: "NOT ENOUGH INFO"}, (0, 2, 1)),
    ],
)
def test_label_names_in_use(labels: dict[object, str], columns: tuple[int | None, ...]) -> None:
    assert label_columns(labels) == columns


@pytest.mark.parametrize("labels", [{0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, {0: "positive", 1: "negative"}, {}])
def test_labels_that_do_not_say_are_refused(labels: dict[object, str]) -> None:
    with pytest.raises(ModelError, match="E306"):
        label_columns(labels)


@pytest.mark.parametrize(
    "changes",
    [
        {"auto_map": {"AutoModel": "evil.Model"}},
        {"_attn_implementation_internal": "someone/kernel"},
        {"text_config": {"auto_map": {}}},
        {"attn_implementation": "someone/kernel"},
        {"quantization_config": {"quant_method": "someone"}},
        {"model_type": "lightglue"},
    ],
)
def test_a_config_that_could_run_code_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    refused(hub_model(tmp_path / "m", **changes), "E303")


@pytest.mark.parametrize("content", ["", "[]", "nonsense", "[" * 100_000])
def test_a_broken_config_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content)
    with pytest.raises(ModelError, match="E303"):
        read_config(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("manifest.json", "{", "E303"),
        ("manifest.json", "[1]", "E303"),
        ("tokenizer.json", "{}", "E304"),
        ("calibration.json", '{"scale": "warm"}', "E304"),
        ("verdicts.json", "[]", "E304"),
        ("config.json", '{"architecture": "factcheck-pair-encoder"}', "E304"),
        ("adapter_config.json", "{}", "E303"),
        ("tokenizer_config.json", '{"auto_map": {"AutoTokenizer": "evil.T"}}', "E303"),
    ],
)
def test_damaged_folders_are_refused_without_a_traceback(tmp_path: Path, name: str, content: str, code: str) -> None:
    folder = own_model(tmp_path / "m")
    (folder / "manifest.json").unlink()
    (folder / name).write_text(content)
    refused(folder, code)


@pytest.mark.parametrize("labels", [["entailment"], None, {"first": "entailment"}])
def test_label_maps_that_are_none_are_refused(labels: object) -> None:
    with pytest.raises(ModelError, match="E306"):
        label_columns(labels)


def test_pickled_weights_are_never_read(tmp_path: Path) -> None:
    folder = hub_model(tmp_path / "m")
    (folder / "model.safetensors").unlink()
    mark = tmp_path / "ran"

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (mark,))

    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Evil()))
    refused(folder, "E303")
    assert not mark.exists()


def test_a_truncated_file_and_a_missing_head_are_refused(tmp_path: Path) -> None:
    folder = hub_model(tmp_path / "short")
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])
    refused(folder, "E304")
    folder = hub_model(tmp_path / "headless")
    state = {k: v for k, v in load_file(folder / "model.safetensors").items() if not k.startswith("classifier")}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    refused(folder, "E307")


def test_own_models_are_checked_against_their_manifest(tmp_path: Path) -> None:
    folder = own_model(tmp_path / "m")
    assert load(folder, self_test=False).predict(PAIRS).shape == (2, 3)
    config = json.loads((folder / "config.json").read_text())
    config["labels"] = ["contradiction", "neutral", "entailment"]
    (folder / "config.json").write_text(json.dumps(config))
    refused(folder, "E308")


def test_noise_fails_the_self_test(tmp_path: Path) -> None:
    refused(own_model(tmp_path / "own"), "E309")
    refused(hub_model(tmp_path / "hub"), "E309")


def test_a_file_or_an_unknown_name_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weights.bin").write_bytes(b"x")
    refused(tmp_path / "weights.bin", "E301")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="E305"):
        load("nobody/no-such-model")


def test_only_an_embedded_model_may_be_a_scout(tmp_path: Path) -> None:
    model = load(own_model(tmp_path / "good", scout="nli-mini"), self_test=False)
    assert isinstance(model, EmbeddedModel)
    assert model.scout == "nli-mini"
    refused(own_model(tmp_path / "bad", scout="../elsewhere"), "E304")
    refused(own_model(tmp_path / "worse", scout=["nli-mini"]), "E304")


def test_an_unknown_precision_is_refused() -> None:
    with pytest.raises(ModelError, match=r"E300.*float8"):
        load(precision="float8")


@pytest.mark.parametrize("name", EMBEDDED)
def test_the_embedded_models_pass_their_self_test(name: str) -> None:
    model = load(name)
    scores = model.predict([(p, h) for p, h, _ in SELF_TEST])
    said = [("entailment", "neutral", "contradiction")[i] for i in scores.argmax(1)]
    assert sum(s == want for s, (_, _, want) in zip(said, SELF_TEST, strict=True)) >= 10
