"""`factcheck models`: the table fits a terminal and holds every name whole; the JSON holds every field."""

from __future__ import annotations

import dataclasses
import hashlib
import json

from factcheck.models.hub import MODEL_TYPES
from factcheck.models.registry import KNOWN
from factcheck.networks.files import embedded_folder

from .test_run import factcheck


def test_the_table_fits_80_columns_and_names_every_model() -> None:
    status, out, _ = factcheck("models")
    assert status == 0
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert out.isascii()
    assert lines[0].startswith("nli-base      embedded")
    assert "the default" in lines[0]
    assert lines[3].startswith("nli-mini      embedded")
    assert all("Apache-2.0" in lines[n] for n in (1, 4))
    for kind in MODEL_TYPES:
        assert kind in out
    taken, refused = out.split("known and refused")
    for model in KNOWN:
        part = refused if model.refused else taken
        (line,) = [line for line in part.splitlines() if line.startswith(f"{model.name} ")]
        assert line.endswith(model.licence or "not stated")
        assert model.megabytes is None or f" {model.megabytes} " in line
    assert "not loaded: needs remote code" in refused
    assert "T5 is not supported" in refused


def test_the_json_holds_every_field() -> None:
    status, out, _ = factcheck("models", "--json")
    assert status == 0
    shown = json.loads(out)
    assert shown["known"] == json.loads(json.dumps([dataclasses.asdict(model) for model in KNOWN]))
    assert shown["model_types"] == list(MODEL_TYPES)
    assert [(model["name"], model["default"], model["scout"]) for model in shown["embedded"]] == [
        ("nli-base", True, "nli-mini"),
        ("nli-mini", False, None),
    ]
    for model in shown["embedded"]:
        weights = (embedded_folder(model["name"]) / "model.safetensors").read_bytes()
        assert model["sha256"] == hashlib.sha256(weights).hexdigest()
        assert model["labels"] == ["entailment", "neutral", "contradiction"]
        assert model["licence"] == "Apache-2.0"
