"""Checkpoints of BERT and MPNet fill our network so that it computes what theirs computes."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from factcheck.errors import ConfigError
from factcheck.models.encoder import EncoderConfig, PairEncoder, distance_buckets
from factcheck.models.training.bases import BASES, Base, fill, open_base

SIZES = {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 24, "vocab_size": 50}
OURS = {"hidden_size": 16, "layers": 3, "heads": 4, "intermediate_size": 24, "vocab_size": 50, "head_size": 8}
BERT, MPNET = BASES.values()


def last_states(model: PairEncoder, ids: torch.Tensor, segments: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    seen: list[torch.Tensor] = []
    handle = model.layers[-1].register_forward_hook(lambda module, inputs, output: seen.append(output))
    model(ids, segments, positions, torch.zeros_like(ids), ids != 1)
    handle.remove()
    return seen[0]


@pytest.mark.parametrize("length", [9, 200])
@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_the_states_are_those_of_the_library(kind: str, length: int) -> None:
    torch.manual_seed(0)
    ids = torch.randint(2, 50, (2, length))
    ids[1, length - 3 :] = 1  # padding
    segments = (torch.arange(length) >= length // 2).long().expand_as(ids).contiguous()
    positions = torch.arange(length).expand_as(ids)
    if kind == "bert":
        theirs = BertModel(BertConfig(**SIZES, max_position_embeddings=256, pad_token_id=1)).eval()
        base = Base("tiny", EncoderConfig(**OURS, max_positions=256), BERT.layer)
        want = theirs(input_ids=ids, token_type_ids=segments, attention_mask=(ids != 1).long()).last_hidden_state
    else:
        theirs = MPNetModel(MPNetConfig(**SIZES, max_position_embeddings=258)).eval()
        torch.nn.init.normal_(theirs.encoder.relative_attention_bias.weight)
        config = EncoderConfig(**OURS, max_positions=256, layer_norm_eps=theirs.config.layer_norm_eps, relative_buckets=32)
        base = Base("tiny", config, MPNET.layer, first_position=2)
        want = theirs(input_ids=ids, attention_mask=(ids != 1).long()).last_hidden_state
    model = PairEncoder(base.config).eval()
    fill(model, theirs.state_dict(), base)
    with torch.no_grad():
        got = last_states(model, ids, segments, positions)
    real = ids != 1
    assert torch.allclose(got[real], want[real], atol=1e-4)


def test_distances_behind_and_ahead_have_buckets_of_their_own() -> None:
    buckets = distance_buckets(300, 32)
    assert (buckets.min(), buckets.max()) == (0, 31)
    assert (buckets[5, 5], buckets[5, 4], buckets[5, 6]) == (0, 1, 17)
    assert torch.equal(buckets[0, 1:] - 16, buckets[1:, 0])


def test_an_unknown_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="E214"):
        open_base(tmp_path)
    save_file({"x": torch.zeros(1)}, tmp_path / "model.safetensors")
    with pytest.raises(ConfigError, match="E214"):
        open_base(tmp_path)


def test_a_checkpoint_of_another_size_is_refused() -> None:
    theirs = BertModel(BertConfig(**SIZES))
    base = Base("tiny", EncoderConfig(**{**OURS, "intermediate_size": 32}), BERT.layer)
    with pytest.raises(ValueError, match="expand"):
        fill(PairEncoder(base.config), theirs.state_dict(), base)
