"""Tiny NLI models for tests: real files of the real formats, random or rigged weights, a few kilobytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.models.encoder import PairEncoder
    from factcheck.models.training.recipe import Recipe
    from factcheck.networks.encoder import EncoderConfig

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    *"abcdefghijklmnopqrstuvwxyz0123456789.,'",
    *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz0123456789"),
]


def tokenizer_json(folder: Path) -> None:
    """A BERT-style tokenizer of single letters."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordPiece({t: i for i, t in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))


def hub_model(
    folder: Path, kind: str = "bert", *, labels: tuple[str, ...] = ("contradiction", "entailment", "neutral"), **changes: Any
) -> Path:
    """A sequence classifier of the transformers package with random weights, as a local folder."""
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer_json(folder)
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "model_max_length": 64,
                "pad_token": "[PAD]",
                "cls_token": "[CLS]",
                "sep_token": "[SEP]",
                "unk_token": "[UNK]",
                "mask_token": "[MASK]",
            }
        )
    )
    sizes = {
        "vocab_size": len(VOCABULARY),
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 80,
        "pad_token_id": 0,
        "type_vocab_size": 2,
    }
    names = {"id2label": dict(enumerate(labels)), "label2id": {n: i for i, n in enumerate(labels)}}
    torch.manual_seed(0)
    config = AutoConfig.for_model(kind, **sizes, **names)
    AutoModelForSequenceClassification.from_config(config).save_pretrained(folder)
    if changes:
        values = json.loads((folder / "config.json").read_text()) | changes
        (folder / "config.json").write_text(json.dumps(values))
    return folder


def tiny_sizes() -> EncoderConfig:
    """Sizes of our network that train in seconds."""
    from factcheck.networks.encoder import EncoderConfig

    return EncoderConfig(vocab_size=len(VOCABULARY), hidden_size=16, layers=2, heads=2, intermediate_size=32, max_positions=64, head_size=8)


def outputs_by_hash_seed(code: str, *arguments: str) -> set[bytes]:
    """What a Python program prints in processes whose sets and dicts of strings are ordered differently."""
    outs = set()
    for seed in ("1", "2", "3"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        outs.add(subprocess.run([sys.executable, "-c", code, *arguments], env=env, capture_output=True, check=True).stdout)
    return outs


def own_model(folder: Path, **changes: Any) -> Path:
    """A model of this package's architecture with random weights, as a local folder."""
    import torch
    from safetensors.torch import save_file

    from factcheck.models.encoder import PairEncoder
    from factcheck.networks.files import write_manifest

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer_json(folder)
    config = tiny_sizes()
    torch.manual_seed(0)
    save_file(PairEncoder(config).state_dict(), folder / "model.safetensors")
    values = {
        "architecture": "factcheck-pair-encoder",
        "name": "tiny",
        "labels": ["entailment", "neutral", "contradiction"],
        "max_premise": 32,
        "encoder": config.as_dict(),
    } | changes
    (folder / "config.json").write_text(json.dumps(values))
    write_manifest(folder)
    return folder


def run(model: PairEncoder, sets: Any, dev: Any, recipe: Recipe, **where: Any) -> PairEncoder:
    """The averaged model of a training run; arguments as for the training loop's ``train``."""
    from factcheck.models.training.loop import Weights, train

    weights = Weights(model, recipe)
    train(weights, sets, dev, recipe, **where)
    return weights.averaged_model()
