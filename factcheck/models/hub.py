"""Hugging Face NLI cross-encoders, from a local folder or a revision of the hub, without running foreign code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import InputError, ModelError
from factcheck.models import registry
from factcheck.models.batching import by_length
from factcheck.models.protocol import LABELS, Scores
from factcheck.models.windows import least_neutral, window_starts
from factcheck.networks.arithmetic import products
from factcheck.types import ModelInfo

#: Architectures whose loading runs only code of the transformers package and whose inputs are plain pairs.
MODEL_TYPES = ("bert", "roberta", "xlm-roberta", "deberta", "deberta-v2", "distilbert", "modernbert", "electra", "albert", "mpnet")

_FILES = ["*.json", "*.safetensors", "*.txt", "*.model"]
#: Signs of each label in its name, the negative ones first: "not_entailment" holds "entailment".
_LABEL_SIGNS = (
    ("not", r"(not|non|no|un)[ _-]?(entail|support|consistent)|unfactual|hallucinat|inconsistent"),
    ("contradiction", r"contradict|refute"),
    ("neutral", r"neutral|not.?enough|unrelated"),
    ("entailment", r"entail|support|consistent|factual"),
)


def fetch(name: str, *, download: bool) -> tuple[Path, str]:
    """The local folder of a hub model ``owner/name[@revision]`` and the commit found there.

    The bare name of a known model stands for the revision in :mod:`factcheck.models.registry`, so that it means the same tomorrow
    where the registry states a commit. Without ``download`` only files already in the local cache are used and no connection is made.
    Raises ModelError E305, and E311 for a model that the registry refuses.
    """
    known = registry.find(name)
    if known and known.refused:
        raise ModelError("E311", f"{name}: cannot be used: {known.refused}", "see factcheck models for those that can")
    name, _, revision = name.partition("@")
    revision = revision or (known.revision if known else "main")
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(name, revision=revision, allow_patterns=_FILES, local_files_only=not download))
    except Exception as err:  # the hub's client raises many kinds, all with one meaning here
        how = "check the name" if download else "add --download to fetch it, or give a folder"
        raise ModelError("E305", f"{name}: not in the local cache and not a folder ({type(err).__name__})", how) from err
    return folder, folder.name


def label_columns(labels: object) -> tuple[int, int | None, int | None]:
    """Which output is entailment, which neutral, which contradiction, read from the label names.

    A model of two labels (supported or not) has only the first; the rest of its probability counts as neutral, since it does not say
    that the source denies the claim. Raises ModelError E306 if the names do not say.
    """
    found: dict[str, int] = {}
    if not isinstance(labels, Mapping) or not all(str(number).isdecimal() for number in labels):
        raise ModelError("E306", "config.json has no id2label", "name the labels in config.json")
    for number, name in labels.items():
        folded = str(name).casefold()
        label = next((label for label, pattern in _LABEL_SIGNS if re.search(pattern, folded)), None)
        if label:
            found.setdefault(label, int(number))
    if len(labels) == 3 and set(found) == set(LABELS):
        return found["entailment"], found["neutral"], found["contradiction"]
    if len(labels) == 2 and set(found) == {"entailment", "not"}:
        return found["entailment"], None, None
    names = ", ".join(map(str, labels.values()))
    raise ModelError("E306", f"the model's labels do not say which is entailment: {names}", "name them in config.json's id2label")


def model_columns(name: str, labels: object) -> tuple[int, int | None, int | None]:
    """:func:`label_columns`; where the names are mere numbers and the model is a known one, the registry says what they mean."""
    known = registry.find(name)
    # transformers leaves id2label out of config.json when it is its own LABEL_0 and LABEL_1.
    given = {0: "LABEL_0", 1: "LABEL_1"} if labels is None else labels
    if known and known.labels and not known.refused and isinstance(given, Mapping):
        nameless = all(re.fullmatch(r"(label_)?\d+", str(label).casefold()) for label in given.values())
        if nameless and len(given) == len(known.labels):
            return label_columns(dict(enumerate(known.labels)))
    return label_columns(labels)


class HubModel:
    """An NLI cross-encoder of the transformers package."""

    def __init__(self, folder: Path, config: dict[str, Any], *, name: str, sha256: str, precision: str = "mixed") -> None:
        """``config``: config.json, already checked by :mod:`factcheck.models.loading`. Raises ModelError E304, E306 or E307."""
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging

        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._columns = model_columns(name, config.get("id2label"))
        #: Whether it can tell that a source denies a claim; a model of two labels cannot.
        self.denies = self._columns[2] is not None
        try:
            model, loading = AutoModelForSequenceClassification.from_pretrained(
                folder,
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
                attn_implementation="eager",  # named, so that no configuration can ask for a kernel of a hub
                output_loading_info=True,
            )
            self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        except Exception as err:  # the library raises many kinds for a damaged folder
            raise ModelError("E304", f"{name}: cannot be loaded: {err}", "check the folder, or fetch it again") from err
        _refuse_unmatched(name, loading)
        self._model = model.eval().to(torch.bfloat16 if precision == "bfloat16" else torch.float32)
        limit = min(int(self._tokenizer.model_max_length), int(config.get("max_position_embeddings", 512)))
        # RoBERTa counts positions from 2.
        self._max_tokens = min(limit - (2 if "roberta" in str(config.get("model_type")) else 0), 512)
        self.info = ModelInfo(name, sha256, precision)

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        """See :class:`factcheck.models.protocol.NLIModel`."""
        if any(not text.strip() for pair in pairs for text in pair):
            raise ValueError("premise and hypothesis must not be empty")
        rows: list[tuple[str, str]] = []
        owners: list[int] = []
        for number, (premise, claim) in enumerate(pairs):
            for window in self._windows(premise, claim):
                rows.append((window, claim))
                owners.append(number)
        return least_neutral(self._score(rows), owners, len(pairs))

    def _windows(self, premise: str, claim: str) -> list[str]:
        special = self._tokenizer.num_special_tokens_to_add(pair=True)
        # A window cut inside a word may have a few tokens more when it is read anew.
        room = self._max_tokens - special - 4 - len(self._tokenizer(claim, add_special_tokens=False)["input_ids"])
        offsets = self._tokenizer(premise, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
        if room < min(16, len(offsets)):
            raise InputError("E120", "a claim is longer than the model can read", "split the sentence")
        starts = window_starts(len(offsets), room)
        return [premise[offsets[s][0] : offsets[min(s + room, len(offsets)) - 1][1]] for s in starts] if offsets else [premise]

    def _score(self, rows: Sequence[tuple[str, str]]) -> Scores:
        import torch

        lengths = [len(self._tokenizer(p, c)["input_ids"]) for p, c in rows]
        out = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
        with torch.inference_mode(), products(self.info.precision):
            for batch in by_length(lengths, budget=4096):
                inputs = self._tokenizer([rows[i][0] for i in batch], [rows[i][1] for i in batch], return_tensors="pt", padding=True)
                probabilities = torch.softmax(self._model(**inputs).logits.float(), dim=-1).numpy()
                out[batch] = self._ordered(probabilities)
        return out

    def _ordered(self, probabilities: Scores) -> Scores:
        entailment, neutral, contradiction = self._columns
        if neutral is None or contradiction is None:
            yes = probabilities[:, entailment]
            return np.stack([yes, 1 - yes, np.zeros_like(yes)], axis=1)
        return probabilities[:, [entailment, neutral, contradiction]]


def _refuse_unmatched(name: str, loading: dict[str, Iterable[Any]]) -> None:
    """A checkpoint without its classifier loads with a random one, and its verdicts would be noise."""
    for kind in ("missing_keys", "mismatched_keys", "unexpected_keys"):
        keys = [str(k) for k in loading.get(kind) or () if "position_ids" not in str(k) and "pooler" not in str(k)]
        if keys:
            raise ModelError("E307", f"{name}: {kind.replace('_', ' ')}: {', '.join(sorted(keys)[:3])}", "give an NLI cross-encoder")
