"""Checkpoints of BERT and MPNet fill our network so that it computes what theirs computes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from factcheck.errors import ConfigError, ModelError
from factcheck.models.batching import collate
from factcheck.models.embedded import EmbeddedModel
from factcheck.models.encoder import PairEncoder
from factcheck.models.loading import load
from factcheck.models.pairs import PairTokenizer
from factcheck.models.training.export import export
from factcheck.models.training.loop import Weights
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.run import open_base
from factcheck.networks.bases import BASES, Base, fill
from factcheck.networks.encoder import EncoderConfig, distance_buckets
from factcheck.networks.packing import unpacked

from .tiny import VOCABULARY, own_model, tokenizer_json

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


def test_a_table_of_distances_made_while_scoring_serves_training() -> None:
    torch.manual_seed(0)
    model = PairEncoder(EncoderConfig(**OURS, relative_buckets=8))
    ids = torch.randint(2, 50, (2, 21))
    batch = (ids, torch.zeros_like(ids), torch.arange(21).expand_as(ids), torch.zeros_like(ids), ids != 1)
    with torch.inference_mode():
        scored = model(*batch)
    trained = model(*batch)
    assert torch.equal(scored, trained)
    trained.sum().backward()
    assert model.relative is not None
    assert model.relative.weight.grad is not None
    assert distance_buckets(21, 8, ids.device) is distance_buckets(21, 8, ids.device)


@pytest.mark.parametrize("buckets", [-4, 2, 6, 512])
def test_buckets_that_cannot_be_shared_out_are_refused(buckets: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="relative_buckets"):
        EncoderConfig(relative_buckets=buckets)
    with pytest.raises(ModelError, match="E304"):
        load(own_model(tmp_path, encoder={**OURS, "relative_buckets": buckets}), self_test=False)


def test_a_network_with_relative_positions_comes_back_from_its_folder(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = PairEncoder(EncoderConfig(**{**OURS, "vocab_size": len(VOCABULARY)}, relative_buckets=8)).eval()
    assert model.relative is not None
    torch.nn.init.normal_(model.relative.weight)
    tokenizer_json(tmp_path)
    export(Weights(model, Recipe()), Recipe(max_premise=32), tmp_path / "m", name="tiny", tokenizer=tmp_path / "tokenizer.json")
    again = load(tmp_path / "m", self_test=False)
    assert isinstance(again, EmbeddedModel)
    tokenizer = PairTokenizer.from_file(tmp_path / "tokenizer.json")
    premise, claim = tokenizer.encode(["the bridge at orme", "it is shut"])
    batch = collate([tokenizer.pair(premise, claim)], pad_id=tokenizer.pad_id)
    with torch.no_grad():
        want = model(*batch)
        model.relative.weight.zero_()
        without = model(*batch)
    got = torch.from_numpy(again.raw_scores([("the bridge at orme", "it is shut")])[0])
    # Stored weights are rounded: by far less than the relative positions matter.
    assert (got - want).abs().max() < 0.2 * (without - want).abs().max()


def test_the_special_tokens_are_the_trained_ones() -> None:
    """MPNet's vocabulary holds BERT's special tokens too."""
    bert = {token: number for number, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "."])}
    mpnet = {"<s>": 0, "<pad>": 1, "</s>": 2, **{token: number + 3 for token, number in bert.items()}}
    for vocabulary, expected in ((bert, (2, 3, 0)), (mpnet, (0, 2, 1))):
        tokenizer = PairTokenizer(Tokenizer(WordPiece(vocabulary, unk_token="[UNK]")))
        assert (tokenizer.cls_id, tokenizer.sep_id, tokenizer.pad_id) == expected
    with pytest.raises(ValueError, match=r"no <s> or \[CLS\]"):
        PairTokenizer(Tokenizer(WordPiece({"[UNK]": 0}, unk_token="[UNK]")))


def test_an_unknown_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"E214.* no such file"):
        open_base(tmp_path)
    save_file({"x": torch.zeros(1)}, tmp_path / "model.safetensors")
    with pytest.raises(ConfigError, match=r"E214.* sha256 .*--base the folder of"):
        open_base(tmp_path)


def test_a_base_folder_without_its_tokenizer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = BertModel(BertConfig(**SIZES))
    save_file(theirs.state_dict(), tmp_path / "model.safetensors")
    sha256 = hashlib.sha256((tmp_path / "model.safetensors").read_bytes()).hexdigest()
    monkeypatch.setitem(BASES, sha256, Base("tiny", EncoderConfig(**OURS), BERT.layer))
    with pytest.raises(ConfigError, match=r"E214.* tokenizer"):
        open_base(tmp_path)
    tokenizer_json(tmp_path)
    model, tokenizer = open_base(tmp_path)
    assert torch.equal(model.word.weight, theirs.embeddings.word_embeddings.weight)
    assert tokenizer.cls_id == VOCABULARY.index("[CLS]")


def test_a_trained_model_is_a_base_with_its_head(tmp_path: Path) -> None:
    """Training goes on from what a run wrote: every weight as stored, in float32, and free to learn."""
    folder = own_model(tmp_path / "trained")
    model, tokenizer = open_base(folder)
    stored = unpacked(load_file(folder / "model.safetensors"))
    assert {name: p.shape for name, p in model.state_dict().items()} == {name: v.shape for name, v in stored.items()}
    assert all(torch.equal(tensor, stored[name]) and tensor.dtype == torch.float32 for name, tensor in model.state_dict().items())
    assert all(p.requires_grad for p in model.parameters())
    assert tokenizer.cls_id == VOCABULARY.index("[CLS]")
    (folder / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelError, match="E308"):
        open_base(folder)


def test_a_checkpoint_of_another_size_is_refused() -> None:
    theirs = BertModel(BertConfig(**SIZES))
    base = Base("tiny", EncoderConfig(**{**OURS, "intermediate_size": 32}), BERT.layer)
    with pytest.raises(ValueError, match="expand"):
        fill(PairEncoder(base.config), theirs.state_dict(), base)
