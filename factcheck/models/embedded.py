"""Models of our own making: a folder with config.json, model.safetensors, tokenizer.json and calibration.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import InputError, ModelError
from factcheck.models.pairs import EncodedPair, PairTokenizer
from factcheck.models.protocol import LABELS, Scores
from factcheck.models.windows import least_neutral, window_starts
from factcheck.types import ModelInfo

#: The ``architecture`` of config.json that says that a folder holds a model of this kind.
ARCHITECTURE = "factcheck-pair-encoder"

#: Tokens of one batch, padding included.
_BATCH_TOKENS = 4096


class EmbeddedModel:
    """An NLI model of this package's architecture. Loading imports torch; the transformers package is not needed."""

    def __init__(self, folder: Path, config: dict[str, Any], sha256: str, *, precision: str = "float32") -> None:
        """``config``: config.json, already checked by :mod:`factcheck.models.loading`.

        Raises ModelError E304 if the weights do not fit the config.
        """
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        from factcheck.models.encoder import EncoderConfig, PairEncoder

        try:
            self._model = PairEncoder(EncoderConfig(**config["encoder"]))
            state = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
            self._model.load_state_dict(state, strict=True)
            self._tokenizer = PairTokenizer.from_file(folder / "tokenizer.json")
            self._max_premise = int(config["max_premise"])
            self._max_tokens = int(config["encoder"]["max_positions"])
            self._name, self._sha256, self._precision = str(config["name"]), sha256, precision
            #: Divides the logits (temperature scaling, Guo et al. 2017); 1 where none was fitted.
            self._temperature = float(_settings(folder / "calibration.json").get("temperature", 1.0))
        except (SafetensorError, RuntimeError, TypeError, ValueError, KeyError, OSError) as err:
            raise ModelError("E304", f"{folder}: its files do not fit together: {err}", "reinstall the model") from err
        self._model.eval().to(torch.bfloat16 if precision == "bfloat16" else torch.float32)
        #: Weights and thresholds fitted for this model, as :mod:`factcheck.verdicts` stores them; None without.
        self.verdict_settings: dict[str, Any] | None = _settings(folder / "verdicts.json") or None

    @cached_property
    def info(self) -> ModelInfo:
        """Name, weights' sha256 and precision."""
        return ModelInfo(self._name, self._sha256, self._precision)

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        """See :class:`factcheck.models.protocol.NLIModel`."""
        if any(not text.strip() for pair in pairs for text in pair):
            raise ValueError("premise and hypothesis must not be empty")
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        encoded = dict(zip(texts, self._tokenizer.encode(texts), strict=True))
        rows: list[EncodedPair] = []
        owners: list[int] = []
        for number, (premise, claim) in enumerate(pairs):
            p, c = encoded[premise], encoded[claim]
            size = min(self._max_premise, self._max_tokens - 2 - len(c))
            if size < min(16, len(p)) or len(c) + 2 > self._max_tokens:
                raise InputError("E120", f"a claim of {len(c)} tokens is longer than the model can read", "split the sentence")
            for start in window_starts(len(p), size):
                rows.append(self._tokenizer.pair(p.window(start, start + size), c))
                owners.append(number)
        return least_neutral(self._score(rows), owners, len(pairs))

    def _score(self, rows: Sequence[EncodedPair]) -> Scores:
        import torch

        from factcheck.models.batching import by_length, collate

        out = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
        with torch.inference_mode():
            for batch in by_length([len(r) for r in rows], budget=_BATCH_TOKENS):
                logits = self._model(*collate([rows[i] for i in batch], pad_id=self._tokenizer.pad_id))
                out[batch] = torch.softmax(logits / self._temperature, dim=-1).numpy()
        return out


def _settings(path: Path) -> dict[str, Any]:
    """The object in a JSON file beside the weights, empty where there is none. Raises ModelError E304."""
    if not path.exists():
        return {}
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as err:
        raise ModelError("E304", f"{path}: cannot be read: {err}", "reinstall the model") from err
    if not isinstance(values, dict):
        raise ModelError("E304", f"{path}: is no JSON object", "reinstall the model")
    return values
