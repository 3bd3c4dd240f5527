"""Opening a model safely: files checked before they are parsed, no foreign code, a self-test before the first verdict.

Rules and the advisories behind them: CVE-2025-32434 (pickled weights), CVE-2026-4372 (``_attn_implementation_internal`` in
config.json downloads and runs code), CVE-2026-5241 (remote code through a nested config). Only safetensors are read, and config.json
is read by us before any library sees it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import ModelError
from factcheck.models.embedded import ARCHITECTURE, EMBEDDED, EmbeddedModel
from factcheck.models.hub import MODEL_TYPES, HubModel, fetch
from factcheck.models.protocol import LABELS, NLIModel
from factcheck.networks.arithmetic import known_precision
from factcheck.networks.files import check_manifest, embedded_folder, json_object, sha256_of

DEFAULT_MODEL = "nli-base"

#: Twelve pairs that no usable NLI model gets wrong often; ten must be right.
SELF_TEST: tuple[tuple[str, str, str], ...] = (
    ("A man is playing a guitar on stage.", "A man is playing music.", "entailment"),
    ("The company opened a new factory in Spain in May.", "The company opened a factory in Spain.", "entailment"),
    ("All three children were found alive on Monday.", "The children were found.", "entailment"),
    ("The minister resigned on Friday after a week of protests.", "The minister resigned.", "entailment"),
    ("The restaurant is open every day.", "The restaurant is closed every day.", "contradiction"),
    ("Nobody was hurt in the fire.", "Several people were hurt in the fire.", "contradiction"),
    ("The team won the match.", "The team lost the match.", "contradiction"),
    ("The bridge is still closed to traffic.", "The bridge is open to traffic.", "contradiction"),
    ("A woman is reading a book in the park.", "The woman is a famous doctor.", "neutral"),
    ("The city council met on Tuesday.", "The mayor owns two dogs.", "neutral"),
    ("She bought a car last week.", "Her brother works in a bank.", "neutral"),
    ("The film opens in cinemas on Thursday.", "The film cost 90 million dollars to make.", "neutral"),
)
SELF_TEST_FLOOR = 10


#: Keys by which a configuration makes transformers fetch or run code: custom classes, attention and expert kernels from a hub,
#: quantisers, weight conversions.
_CODE_KEYS = ("auto_map", "quantization_config", "transformers_weights", "trust_remote_code")
_CODE_PREFIXES = ("attn_implementation", "experts_implementation")


def load(name_or_path: str | Path | None = None, *, precision: str = "mixed", download: bool = False, self_test: bool = True) -> NLIModel:
    """Open an NLI model.

    name_or_path: None for the default one; the name of an embedded model; a folder; or the name of a hub model, ``owner/name[@revision]``.
    precision: one of :data:`factcheck.types.PRECISIONS`; on processors with bf16 units "mixed" and "bfloat16" are faster and
    move scores a little.
    download: whether a hub model may be fetched; otherwise no connection is ever made.
    self_test: whether to refuse a model that fails SELF_TEST; only a measurement of a bad model has reason not to.
    Raises ModelError for anything that is not a sound NLI model.
    """
    known_precision(precision)
    if name_or_path is None or str(name_or_path) in EMBEDDED:
        name = str(name_or_path or DEFAULT_MODEL)
        folder = embedded_folder(name)
    elif Path(name_or_path).is_dir():
        folder, name = Path(name_or_path), Path(name_or_path).name
    elif Path(name_or_path).exists():
        raise ModelError("E301", f"{name_or_path}: is a file", "give the folder that holds config.json and model.safetensors")
    else:
        folder, revision = fetch(str(name_or_path), download=download)
        name = f"{str(name_or_path).partition('@')[0]}@{revision}"
    model = _open(folder, name, precision)
    if self_test:
        _self_test(model, name)
    return model


def _open(folder: Path, name: str, precision: str) -> NLIModel:
    config = read_config(folder)
    if (folder / "adapter_config.json").exists():
        raise ModelError("E303", f"{name}: holds an adapter, which would be applied unseen", "merge it into the model")
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        raise ModelError("E303", f"{name}: no .safetensors file (pickled weights are never read)", "convert the model to safetensors")
    check_manifest(folder)
    sha256 = sha256_of(weights)
    if config.get("architecture") == ARCHITECTURE:
        return EmbeddedModel(folder, config, sha256, precision=precision)
    return HubModel(folder, config, name=name, sha256=sha256, precision=precision)


def read_config(folder: Path) -> dict[str, Any]:
    """config.json, refused (ModelError E303) if it could run code, or if its architecture is not on the list."""
    config = _json_object(folder / "config.json")
    if (folder / "tokenizer_config.json").exists():
        _json_object(folder / "tokenizer_config.json")
    if config.get("architecture") != ARCHITECTURE and config.get("model_type") not in MODEL_TYPES:
        kinds = ", ".join(MODEL_TYPES)
        raise ModelError("E303", f"{folder}: model type {config.get('model_type')!r} is not supported", f"use one of {kinds}")
    return config


def _json_object(path: Path) -> dict[str, Any]:
    """A JSON object that no library has seen yet, without any key that makes one fetch or run code."""
    values = json_object(path, code="E303", fix="give a model folder")
    if key := _code_key(values):
        raise ModelError("E303", f"{path}: the key {key!r} can run foreign code", "use a model without it")
    return values


def _code_key(value: Any) -> str | None:
    """The first key, at any depth, that makes a library fetch or run code."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if isinstance(key, str) and (key in _CODE_KEYS or key.lstrip("_").startswith(_CODE_PREFIXES)) and inner is not None:
            return key
        if found := _code_key(inner):
            return found
    return None


def _self_test(model: NLIModel, name: str) -> None:
    """Refuse a model whose labels are swapped or whose head is noise."""
    scores = model.predict([(premise, claim) for premise, claim, _ in SELF_TEST])
    if not np.isfinite(scores).all():
        raise ModelError("E309", f"{name}: gives scores that are no numbers", "fetch the model again")
    binary = bool((scores[:, 2] == 0).all())
    want = [LABELS.index(label) for _, _, label in SELF_TEST]
    said = scores.argmax(1).tolist()
    right = sum((s == 0) == (w == 0) if binary else s == w for s, w in zip(said, want, strict=True))
    if right < SELF_TEST_FLOOR:
        raise ModelError("E309", f"{name}: answers only {right} of {len(want)} plain test pairs rightly", "give an NLI cross-encoder")
