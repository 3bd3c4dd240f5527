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
    assert "nli-mini" in lines[0]
    assert "Apache-2.0" in lines[1]
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
    embedded = shown["embedded"]
    weights = (embedded_folder("nli-mini") / "model.safetensors").read_bytes()
    assert embedded["sha256"] == hashlib.sha256(weights).hexdigest()
    assert embedded["labels"] == ["entailment", "neutral", "contradiction"]
    assert embedded["licence"] == "Apache-2.0"
