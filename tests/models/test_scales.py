"""A model in four bits trained on in its scales: its levels stay, and what it has learnt is stored whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from factcheck.errors import ConfigError
from factcheck.models.training.data import load_mix
from factcheck.models.training.loop import accuracy, predict
from factcheck.models.training.pack import draw_pairs, pack
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.run import export_run, train_from_recipe
from factcheck.networks.packing import groups_of, packed, unpacked

from .test_pack import full_model, opened, toy_rows, write_set
from .tiny import own_model

TOY = Recipe(
    max_premise=32,
    max_claim=24,
    pairs=6000,
    warmup_pairs=200,
    cooldown_pairs=2000,
    learning_rate=3e-3,
    fresh_learning_rate=3e-3,
    dropout=0.0,
    average_decay=0.9,
    batch_tokens=512,
    scales_only=True,
    weights={"toy": 1.0},
)


def packed_model(tmp_path: Path) -> Path:
    source = full_model(tmp_path / "full")
    write_set(tmp_path, "toy", toy_rows())
    model = opened(source)
    pack(model, source, tmp_path / "packed", draw_pairs(200, [tmp_path], model.tokenizer, TOY))
    return tmp_path / "packed"


def test_groups_of_a_stored_model_are_written_back_as_they_were(tmp_path: Path) -> None:
    stored = load_file(packed_model(tmp_path) / "model.safetensors")
    again = packed(unpacked(stored), groups=groups_of(stored))
    assert stored.keys() == again.keys()
    assert all(torch.equal(tensor, again[name]) for name, tensor in stored.items())


def test_scales_learn_levels_stay_and_nothing_is_lost_by_storing(tmp_path: Path) -> None:
    base = packed_model(tmp_path)
    folder = train_from_recipe(TOY, data=[tmp_path], base=base, out=tmp_path / "run", tell=lambda _: None)
    before, after = (groups_of(load_file(path / "model.safetensors")) for path in (base, folder))
    assert before.keys() == after.keys()
    assert len(before) == 2 * 4 + 2  # four maps a layer, the words and the head's large matrix
    assert all(torch.equal(groups.levels, after[name].levels) for name, groups in before.items())
    moved = {name for name, groups in before.items() if not torch.equal(groups.scales, after[name].scales)}
    assert moved == before.keys() - {"word.weight"}
    one, two = opened(base), opened(folder)
    toy = load_mix([tmp_path], one.tokenizer, TOY)[0]
    scores = [accuracy(predict(model.network, toy.pairs, model.tokenizer.pad_id), toy.labels) for model in (one, two)]
    assert scores[0] < 0.95 < 0.99 < scores[1]


def test_a_run_exported_midway_opens(tmp_path: Path) -> None:
    base = packed_model(tmp_path)
    recipe = replace(TOY, pairs=600, cooldown_pairs=200)
    whole = train_from_recipe(recipe, data=[tmp_path], base=base, out=tmp_path / "run", tell=lambda _: None)
    export_run(recipe, base=base, run=tmp_path / "run", folder=tmp_path / "out", name="toy")
    one, two = (load_file(path / "model.safetensors") for path in (whole, tmp_path / "out"))
    assert all(torch.equal(tensor, two[name]) for name, tensor in one.items())


def test_a_base_without_four_bits_is_a_coded_error(tmp_path: Path) -> None:
    write_set(tmp_path, "toy", toy_rows())
    with pytest.raises(ConfigError, match="E226"):
        train_from_recipe(TOY, data=[tmp_path], base=own_model(tmp_path / "m"), out=tmp_path / "run", tell=lambda _: None)
