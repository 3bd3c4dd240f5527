"""Models of our own making: a folder with config.json, model.safetensors, tokenizer.json and calibration.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
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

#: Tokens a premise may have in one window. Training cuts premises to this length, so no longer one is ever judged whole.
_BUDGET_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Calibration:
    """How raw scores become probabilities and probabilities alarms, fitted on dev data.

    temperature: divides the logits (Guo et al. 2017). fitted_on: names of the dev sets.
    """

    temperature: float = 1.0
    fitted_on: tuple[str, ...] = ()

    @classmethod
    def from_file(cls, path: Path) -> Calibration:
        """Read calibration.json; a folder without one is uncalibrated (temperature 1)."""
        if not path.exists():
            return cls()
        values = json.loads(path.read_text(encoding="utf-8"))
        return cls(float(values["temperature"]), tuple(values.get("fitted_on", ())))


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
        except (SafetensorError, RuntimeError, TypeError, KeyError, OSError) as err:
            raise ModelError("E304", f"{folder}: the weights do not fit config.json: {err}", "reinstall the model") from err
        self._model.eval().to(torch.bfloat16 if precision == "bfloat16" else torch.float32)
        self._tokenizer = PairTokenizer.from_file(folder / "tokenizer.json")
        self._calibration = Calibration.from_file(folder / "calibration.json")
        rules = folder / "verdicts.json"
        #: Weights and thresholds fitted for this model, as :mod:`factcheck.verdicts` stores them; None without.
        self.verdict_settings: dict[str, Any] | None = json.loads(rules.read_text(encoding="utf-8")) if rules.exists() else None
        self._max_premise = int(config["max_premise"])
        self._max_tokens = int(config["encoder"]["max_positions"])
        self._name, self._sha256, self._precision = str(config["name"]), sha256, precision

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
            for batch in by_length([len(r) for r in rows], budget=_BUDGET_TOKENS):
                logits = self._model(*collate([rows[i] for i in batch], pad_id=self._tokenizer.pad_id))
                out[batch] = torch.softmax(logits / self._calibration.temperature, dim=-1).numpy()
        return out
