"""A model in four bits: written, opened, and nearer to the full one for having read pairs."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file, save_file
from torch import nn

from factcheck.cli.train import command
from factcheck.errors import ConfigError
from factcheck.models.embedded import EmbeddedModel
from factcheck.models.encoder import PairEncoder
from factcheck.models.loading import load
from factcheck.models.training.loop import predict
from factcheck.models.training.pack import difference, draw_pairs, pack
from factcheck.models.training.recipe import Recipe, Stage
from factcheck.models.training.teaching import Teacher, open_teacher
from factcheck.networks.encoder import EncoderConfig
from factcheck.networks.files import write_manifest
from factcheck.networks.packing import unpacked
from factcheck.networks.rounding import rounded

from .tiny import VOCABULARY, own_model

SIZES = EncoderConfig(
    vocab_size=len(VOCABULARY), hidden_size=64, layers=2, heads=2, intermediate_size=128, max_positions=64, head_size=64, relative_buckets=8
)
TOY = Recipe(max_premise=32, max_claim=24, weights={"toy": 1.0})


def full_model(folder: Path, sizes: EncoderConfig = SIZES) -> Path:
    """A model of random weights whose groups are whole, large enough for its labels to differ from pair to pair."""
    own_model(folder, encoder=sizes.as_dict())
    torch.manual_seed(0)
    network = PairEncoder(sizes)
    nn.init.normal_(network.classify.weight)
    for name, weight in network.named_parameters():
        if name.startswith("layers.") and weight.dim() == 2:
            nn.init.normal_(weight, std=0.15)
    save_file(network.state_dict(), folder / "model.safetensors")
    write_manifest(folder)
    return folder


def opened(folder: Path) -> Teacher:
    model = load(folder, self_test=False)
    assert isinstance(model, EmbeddedModel)
    return open_teacher(model)


def write_set(folder: Path, name: str, rows: list[tuple[str, str, str]]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"premise": p, "claim": c, "label": label}) + "\n" for p, c, label in rows)


def toy_rows(letters: str = "abcdefgh", label: str = "") -> list[tuple[str, str, str]]:
    """Pairs of short texts: entailed where both begin with the same letter, or all of one label."""
    texts = [f"{a} {b} met {b}{a}" for a, b in itertools.product(letters, "stuv")]
    return [(p, c, label or ("entailment" if p[0] == c[0] else "contradiction")) for p, c in itertools.permutations(texts, 2)]


def test_the_packed_model_opens_is_small_and_says_nearly_the_same(tmp_path: Path) -> None:
    source = full_model(tmp_path / "full")
    write_set(tmp_path, "toy", toy_rows())
    model = opened(source)
    drawn = draw_pairs(300, [tmp_path], model.tokenizer, TOY)
    full = predict(model.network, drawn, model.tokenizer.pad_id)
    pack(model, source, tmp_path / "packed", drawn[:200])
    assert {file.name for file in (tmp_path / "packed").iterdir()} == {
        "config.json",
        "tokenizer.json",
        "manifest.json",
        "model.safetensors",
    }
    again = opened(tmp_path / "packed")
    figures = difference(full[200:], predict(again.network, drawn[200:], again.tokenizer.pad_id))
    assert figures["agreement"] > 0.8
    assert 0 < figures["kl"] < 0.05
    stored = load_file(tmp_path / "packed" / "model.safetensors")
    bits = {name for name, tensor in stored.items() if tensor.dtype == torch.uint8}
    layer = {"qkv", "attention_out", "expand", "contract"}
    assert bits == {"word.weight", "compare.weight", *(f"layers.{n}.{part}.weight" for n in (0, 1) for part in layer)}
    assert all(tensor.dtype == torch.float16 for name, tensor in stored.items() if name not in bits)


def test_reading_pairs_keeps_the_model_nearer_than_rounding_to_the_nearest(tmp_path: Path) -> None:
    source = full_model(tmp_path / "full")
    write_set(tmp_path, "toy", toy_rows())
    model = opened(source)
    drawn = draw_pairs(500, [tmp_path], model.tokenizer, TOY)
    full = predict(model.network, drawn[400:], model.tokenizer.pad_id)
    nearest = opened(source).network
    with torch.no_grad():
        for name, weight in nearest.named_parameters():
            if name == "word.weight" or (name.endswith("weight") and name.startswith(("layers.", "compare.")) and weight.dim() == 2):
                weight.copy_(rounded(weight).values())
    plain = difference(full, predict(nearest, drawn[400:], model.tokenizer.pad_id))
    pack(model, source, tmp_path / "packed", drawn[:400])
    read = difference(full, predict(opened(tmp_path / "packed").network, drawn[400:], model.tokenizer.pad_id))
    assert read["kl"] < 0.8 * plain["kl"]


def test_a_packed_model_s_words_are_the_same_when_it_is_packed_again(tmp_path: Path) -> None:
    write_set(tmp_path, "toy", toy_rows())
    model = opened(full_model(tmp_path / "full"))
    drawn = draw_pairs(50, [tmp_path], model.tokenizer, TOY)
    pack(model, tmp_path / "full", tmp_path / "once", drawn)
    pack(opened(tmp_path / "once"), tmp_path / "once", tmp_path / "twice", drawn)
    once, twice = (unpacked(load_file(tmp_path / name / "model.safetensors"))["word.weight"] for name in ("once", "twice"))
    torch.testing.assert_close(once, twice, rtol=0, atol=1e-4)


def test_a_model_too_narrow_for_groups_is_stored_in_half_precision(tmp_path: Path) -> None:
    source = full_model(tmp_path / "narrow", replace(SIZES, hidden_size=40, intermediate_size=80, head_size=40))
    write_set(tmp_path, "toy", toy_rows())
    model = opened(source)
    pack(model, source, tmp_path / "packed", draw_pairs(20, [tmp_path], model.tokenizer, TOY))
    before, after = load_file(source / "model.safetensors"), load_file(tmp_path / "packed" / "model.safetensors")
    assert all(torch.equal(weight.half(), after[name]) for name, weight in before.items())


def test_pairs_are_drawn_as_the_end_of_a_run_shows_them(tmp_path: Path) -> None:
    """Of a set that is nearly all denied, as many of those as twice the others; a set without weight at the end not at all."""
    write_set(tmp_path, "toy", [*toy_rows("ab", "entailment")[:20], *toy_rows("cdef", "contradiction")])
    write_set(tmp_path, "likewise", [*toy_rows("gh", "entailment")[:20], *toy_rows("ijkl", "contradiction")])
    write_set(tmp_path, "over", toy_rows("mnop"))
    recipe = Recipe(
        max_premise=32,
        max_claim=24,
        unbalanced=("likewise",),
        weights={"toy": 1.0, "likewise": 0.1, "over": 1.0},
        stages=(Stage("last", 1000, {"over": 0.0}),),
    )
    tokenizer = opened(full_model(tmp_path / "m")).tokenizer
    drawn = draw_pairs(30, [tmp_path], tokenizer, recipe)
    assert [pair.ids.tolist() for pair in drawn] == [pair.ids.tolist() for pair in draw_pairs(30, [tmp_path], tokenizer, recipe)]
    first = Counter(VOCABULARY[int(pair.ids[1])] for pair in drawn)
    shares = {
        name: sum(first[letter] for letter in letters) for name, letters in (("entailed", "ab"), ("denied", "cdef"), ("over", "mnop"))
    }
    assert shares["over"] == 0
    assert 3 <= shares["entailed"] < shares["denied"]
    assert sum(first[letter] for letter in "ghijkl") > 0
    other = draw_pairs(30, [tmp_path], tokenizer, Recipe(**{**{f: getattr(recipe, f) for f in recipe.__slots__}, "seed": 2}))
    assert [pair.ids.tolist() for pair in drawn] != [pair.ids.tolist() for pair in other]


def test_too_few_pairs_are_an_error(tmp_path: Path) -> None:
    rows = toy_rows("a")
    write_set(tmp_path, "toy", rows * 5)
    tokenizer = opened(full_model(tmp_path / "m")).tokenizer
    assert len(draw_pairs(len(rows), [tmp_path], tokenizer, Recipe(weights={"toy": 1.0}, unbalanced=("toy",)))) == len(rows)
    with pytest.raises(ConfigError, match=f"E209.* {len(rows)} pairs"):
        draw_pairs(len(rows) + 1, [tmp_path], tokenizer, Recipe(weights={"toy": 1.0}, unbalanced=("toy",)))


def test_the_difference_of_two_sets_of_probabilities() -> None:
    full = np.asarray([[0.8, 0.1, 0.1], [0.5, 0.4, 0.1]], dtype=np.float32)
    other = np.asarray([[0.8, 0.1, 0.1], [0.4, 0.5, 0.1]], dtype=np.float32)
    assert difference(full, full) == {"kl": 0.0, "agreement": 1.0, "difference": 0.0}
    found = difference(full, other)
    assert found["kl"] == pytest.approx((0.5 * np.log(0.5 / 0.4) + 0.4 * np.log(0.4 / 0.5)) / 2, abs=1e-5)
    assert (found["agreement"], found["difference"]) == (0.5, 0.05)


def test_the_command_packs_and_reports(tmp_path: Path) -> None:
    source = full_model(tmp_path / "full")
    write_set(tmp_path, "toy", toy_rows())
    (tmp_path / "recipe.toml").write_text('max_premise = 32\nmax_claim = 24\n[weights]\n"toy" = 1.0\n')
    run = ["pack", "--model", str(source), "--data", str(tmp_path), "--recipe", str(tmp_path / "recipe.toml"), "--pairs", "64"]
    made = CliRunner().invoke(command, [*run, "--out", str(tmp_path / "packed"), "--seed", "3"])
    assert made.exit_code == 0, made.output
    figures = json.loads(made.output)
    assert (figures["pairs"], figures["held_out"]) == (64, 256)
    assert figures["agreement"] > 0.8
    assert figures["megabytes"] < 0.2
    assert load(tmp_path / "packed", self_test=False).predict([("a is here", "b is here")]).shape == (1, 3)
    refused = CliRunner().invoke(command, [*run, "--out", str(source)])
    assert refused.exit_code == 2
    assert "another" in refused.output
