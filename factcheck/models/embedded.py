"""Models of our own making: a folder with config.json, model.safetensors, tokenizer.json and calibration.json."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import InputError, ModelError
from factcheck.models.calibration import FEATURES, Calibration, pair_features
from factcheck.models.pairs import EncodedPair, PairTokenizer
from factcheck.models.protocol import LABELS, Scores
from factcheck.models.windows import least_neutral, least_neutral_rows, window_starts
from factcheck.networks.arithmetic import products
from factcheck.networks.files import json_object
from factcheck.types import ModelInfo

if TYPE_CHECKING:
    from factcheck.models.encoder import PairEncoder

#: The ``architecture`` of config.json that says that a folder holds a model of this kind.
ARCHITECTURE = "factcheck-pair-encoder"

#: Names of the models inside the package.
EMBEDDED = ("nli-base", "nli-mini")

#: Tokens of one batch, padding included: few enough that what the layers pass on stays in the processor's cache (4096: a third slower).
_BATCH_TOKENS = 1024


class EmbeddedModel:
    """An NLI model of this package's architecture. Loading imports torch; the transformers package is not needed."""

    def __init__(self, folder: Path, config: dict[str, Any], sha256: str, *, precision: str = "mixed") -> None:
        """``config``: config.json, already checked by :mod:`factcheck.models.loading`.

        Raises ModelError E304 if the weights do not fit the config.
        """
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        from factcheck.models.encoder import PairEncoder
        from factcheck.networks.encoder import EncoderConfig
        from factcheck.networks.packing import unpacked

        try:
            with torch.device("meta"):  # no memory and no random numbers for weights that are about to be read
                self._model = PairEncoder(EncoderConfig(**config["encoder"]))
            self._model.load_state_dict(unpacked(load_file(folder / "model.safetensors")), strict=True, assign=True)
            self._tokenizer = PairTokenizer.from_file(folder / "tokenizer.json")
            self._max_premise = int(config["max_premise"])
            self._max_tokens = int(config["encoder"]["max_positions"])
            self._name, self._sha256, self._precision = str(config["name"]), sha256, precision
            self._calibration = Calibration.from_dict(_settings(folder / "calibration.json"))
            scout = _scout(config)
            if tuple(config["labels"]) != LABELS:
                raise ValueError(f"config.json has the labels in another order than {', '.join(LABELS)}")
        except (SafetensorError, RuntimeError, TypeError, ValueError, KeyError, OSError) as err:
            raise ModelError("E304", f"{folder}: its files do not fit together: {err}", "reinstall the model") from err
        #: The embedded model that reads first and chooses what this one reads in a run; None: this one reads all.
        self.scout: str | None = scout
        self._model.eval().to(torch.bfloat16 if precision == "bfloat16" else torch.float32)
        #: Weights and thresholds fitted for this model, as :mod:`factcheck.verdicts` stores them; None without.
        self.verdict_settings: dict[str, Any] | None = _settings(folder / "verdicts.json") or None

    @cached_property
    def info(self) -> ModelInfo:
        """Name, weights' sha256 and precision."""
        return ModelInfo(self._name, self._sha256, self._precision)

    @property
    def network(self) -> PairEncoder:
        """The network itself, for the training recipes."""
        return self._model

    @property
    def tokenizer(self) -> PairTokenizer:
        """The tokenizer that lays out its pairs."""
        return self._tokenizer

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        """See :class:`factcheck.models.protocol.NLIModel`."""
        rows, owners = self._lay_out(pairs)
        scores = self._calibration.probabilities(*self._raw(rows))
        if not np.isfinite(scores).all():
            raise ModelError("E309", f"{self._name}: gives scores that are no numbers", "reinstall the model")
        return least_neutral(scores, owners, len(pairs))

    def raw_scores(self, pairs: Sequence[tuple[str, str]]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Logits (pairs, 3) and features (pairs, features) before calibration; of a long premise the least neutral window's."""
        rows, owners = self._lay_out(pairs)
        logits, features = self._raw(rows)
        plain = Calibration.none().probabilities(logits, features)
        chosen = least_neutral_rows(plain, owners, len(pairs))
        return logits[chosen], features[chosen]

    def _lay_out(self, pairs: Sequence[tuple[str, str]]) -> tuple[list[EncodedPair], list[int]]:
        """One encoded pair for each window of each premise, and the number of the pair it belongs to."""
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
        return rows, owners

    def _raw(self, rows: Sequence[EncodedPair]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        import torch

        from factcheck.models.batching import by_length, collate

        out = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
        with torch.inference_mode(), products(self._precision):
            for batch in by_length([len(r) for r in rows], budget=_BATCH_TOKENS):
                logits = self._model(*collate([rows[i] for i in batch], pad_id=self._tokenizer.pad_id))
                out[batch] = logits.float().numpy()
        return out, self._features(rows)

    def _features(self, rows: Sequence[EncodedPair]) -> NDArray[np.float64]:
        return np.asarray([pair_features(row, self._tokenizer.stop_id) for row in rows]).reshape(len(rows), len(FEATURES))


def _scout(config: dict[str, Any]) -> str | None:
    """The scout that config.json names: one of EMBEDDED, since a folder from elsewhere must not choose what is opened beside it."""
    name = config.get("scout")
    if name is not None and name not in EMBEDDED:
        raise ValueError(f"config.json names a scout that is none of {', '.join(EMBEDDED)}")
    return name


def _settings(path: Path) -> dict[str, Any]:
    """The object in a JSON file beside the weights, empty where there is none. Raises ModelError E304."""
    return json_object(path, code="E304", fix="reinstall the model") if path.exists() else {}
