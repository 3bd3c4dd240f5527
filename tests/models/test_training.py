"""Training on a tiny model: it learns, it stops and resumes exactly, and edits are what they say."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from factcheck.errors import ConfigError, InputError
from factcheck.models.batching import collate
from factcheck.models.calibration import FEATURES, Calibration, pair_features
from factcheck.models.encoder import PairEncoder
from factcheck.models.metrics import auroc
from factcheck.models.pairs import PairTokenizer
from factcheck.models.training.calibrate import DevScores, fit_calibration
from factcheck.models.training.data import epoch_batches, load_mix, read_rows
from factcheck.models.training.edits import counterfactuals, other_figure
from factcheck.models.training.events import event_pairs
from factcheck.models.training.loop import (
    Progress,
    Weights,
    accuracy,
    divergence,
    load_checkpoint,
    pair_loss,
    predict,
    save_checkpoint,
)
from factcheck.models.training.recipe import Recipe, Stage, read_recipe
from factcheck.networks.encoder import EncoderConfig
from factcheck.networks.packing import packed, unpacked

from .tiny import outputs_by_hash_seed, own_model, run, tiny_sizes


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "train").mkdir()
    rng = random.Random(0)
    with gzip.open(folder / "train" / "toy.jsonl.gz", "wt", encoding="utf-8") as file:
        for _ in range(300):
            word, other = rng.sample("abcdefgh", 2)
            label = rng.choice(["entailment", "contradiction"])
            claim = f"{word} is here" if label == "entailment" else f"{other} is here"
            file.write(json.dumps({"premise": f"only {word} is here", "claim": claim, "label": label}) + "\n")
    return folder


def setup(data: Path, tmp_path: Path, pairs: int = 900) -> tuple[PairEncoder, list, Recipe, PairTokenizer]:  # type: ignore[type-arg]
    recipe = Recipe(
        pairs=pairs,
        warmup_pairs=50,
        cooldown_pairs=300,
        learning_rate=4e-3,
        fresh_learning_rate=4e-3,
        dropout=0.0,
        batch_tokens=256,
        weights={"toy": 1.0},
        average_decay=0.9,
    )
    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    torch.manual_seed(1)
    return PairEncoder(tiny_sizes()), load_mix([data], tokenizer, recipe), recipe, tokenizer


def test_the_loss_falls(data: Path, tmp_path: Path) -> None:
    model, sets, recipe, tokenizer = setup(data, tmp_path, pairs=9000)
    events: list[dict[str, float]] = []
    run(model, sets, sets, recipe, out=tmp_path / "run", pad_id=tokenizer.pad_id, log=events.append)
    assert events[-1]["toy"] > 0.9


def test_a_run_that_no_longer_improves_stops_with_its_best_weights(data: Path, tmp_path: Path) -> None:
    model, sets, recipe, tokenizer = setup(data, tmp_path, pairs=9000)
    events: list[dict[str, float]] = []
    early = dataclasses.replace(recipe, patience=3, eval_every_pairs=300, pairs=20_000, cooldown_pairs=18_000)
    best = run(model, sets, sets, early, out=tmp_path / "run", pad_id=tokenizer.pad_id, log=events.append)
    assert events[-1]["event"] == "stopped"
    assert events[-1]["pairs"] < 20_000
    scores = {e["pairs"]: e["toy"] for e in events if e["event"] == "dev"}
    assert scores[events[-1]["best_pairs"]] == max(scores.values())
    kept = load_file(tmp_path / "run" / "best.safetensors")
    assert all(torch.equal(tensor, best.state_dict()[name]) for name, tensor in kept.items())
    last = load_file(tmp_path / "run" / "checkpoint.safetensors")
    assert not all(torch.equal(tensor, last[f"average/{name}"]) for name, tensor in kept.items())


def test_a_stopped_run_ends_with_the_same_weights(data: Path, tmp_path: Path) -> None:
    model, sets, recipe, tokenizer = setup(data, tmp_path)
    straight = run(model, sets, [], recipe, out=tmp_path / "a", pad_id=tokenizer.pad_id, log=lambda event: None)

    class Stop(Exception):
        pass

    model, sets, _, _ = setup(data, tmp_path)
    short, calls = Recipe(**{f: getattr(recipe, f) for f in recipe.__dataclass_fields__} | {"save_every_s": 0.0}), [0]

    def stop_midway(event: dict[str, float]) -> None:
        calls[0] += 1
        raise Stop

    import factcheck.models.training.loop as loop

    original = loop.save_checkpoint

    def save_then_stop(out: Path, weights: object, progress: loop.Progress) -> None:
        original(out, weights, progress)  # type: ignore[arg-type]
        if progress.step == 20:
            raise Stop

    loop.save_checkpoint = save_then_stop  # type: ignore[assignment]
    try:
        with pytest.raises(Stop):
            run(model, sets, [], short, out=tmp_path / "b", pad_id=tokenizer.pad_id, log=lambda event: None)
    finally:
        loop.save_checkpoint = original
    model, sets, _, _ = setup(data, tmp_path)
    resumed = run(model, sets, [], recipe, out=tmp_path / "b", pad_id=tokenizer.pad_id, log=lambda event: None)
    for name, tensor in straight.state_dict().items():
        assert torch.equal(tensor, resumed.state_dict()[name]), name


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    sizes = {"vocab_size": 9, "hidden_size": 8, "heads": 2, "intermediate_size": 8, "max_positions": 8, "head_size": 8}
    recipe = Recipe()
    save_checkpoint(tmp_path, Weights(PairEncoder(EncoderConfig(**sizes, layers=2)), recipe), Progress(pairs=7))
    assert load_checkpoint(tmp_path, Weights(PairEncoder(EncoderConfig(**sizes, layers=2)), recipe)).pairs == 7
    for changed in ({"layers": 1}, {"layers": 3}, {"layers": 2, "head_size": 4}, {"layers": 2, "relative_buckets": 8}):
        other = Weights(PairEncoder(EncoderConfig(**{**sizes, **changed})), recipe)
        with pytest.raises(ConfigError, match=r"E216.*another base"):
            load_checkpoint(tmp_path, other)


def test_batches_are_a_function_of_recipe_and_epoch(data: Path, tmp_path: Path) -> None:
    _, sets, recipe, _ = setup(data, tmp_path)
    assert epoch_batches(sets, recipe, 3) == epoch_batches(sets, recipe, 3)
    assert epoch_batches(sets, recipe, 3) != epoch_batches(sets, recipe, 4)


def test_a_stage_shows_other_sets_from_its_start(data: Path, tmp_path: Path) -> None:
    _, sets, recipe, _ = setup(data, tmp_path)
    staged = dataclasses.replace(recipe, stages=(Stage("late", 300, {"toy": 0.5}), Stage("last", 100, {"toy": 0.1})))
    assert [staged.stage_at(seen) for seen in (0, 599, 600, 799, 800, 900)] == [0, 0, 1, 1, 2, 2]
    sizes = [sum(map(len, epoch_batches(sets, staged, 1, stage))) for stage in (0, 1, 2)]
    assert sizes == [sizes[0], round(0.5 * sizes[0]), round(0.1 * sizes[0])]
    for wrong in ((Stage("last", 100, {}), Stage("late", 300, {})), (Stage("all", 900, {}),)):
        with pytest.raises(ConfigError, match="E209"):
            dataclasses.replace(recipe, stages=wrong)
    with pytest.raises(ConfigError, match="E208"):
        dataclasses.replace(recipe, stages=(Stage("x", 10, {"unheard": 1.0}),))
    with pytest.raises(ConfigError, match="E209"):
        epoch_batches(sets, dataclasses.replace(recipe, weights={"toy": 0.0}), 1)
    assert sizes[0] > 100


EVENT = {
    "articles": [
        {"id": "a", "title": "Bridge shut", "sentences": ["The bridge at Orme closed on Monday.", "It had stood for 90 years."]},
        {
            "id": "b",
            "title": "Orme bridge stays open",
            "sentences": ["Cars crossed at Orme all week.", "The mayor was away.", "A ferry runs too.", "The Orme bridge has two lanes."],
        },
    ],
    "claims": [{"article": "a", "claim": "The bridge at Orme closed.", "own": ["a0"], "entails": [], "contradicts": ["bt", "b0"]}],
}


def test_events_give_pairs_whose_label_is_that_of_the_sentences_they_hold() -> None:
    for seed in range(30):
        rows = event_pairs([EVENT], seed, neutrals=2)
        for row in rows:
            told = {"entailment": "closed on Monday" in row["premise"]}
            told["contradiction"] = "stays open" in row["premise"] or "crossed at Orme" in row["premise"]
            told["neutral"] = not any(told.values())
            assert told[row["label"]], row
        labels = [row["label"] for row in rows]
        assert labels.count("neutral") <= 2
        assert labels.count("contradiction") >= 2


def test_a_passage_that_says_both_is_left_out() -> None:
    event = json.loads(json.dumps(EVENT))
    event["claims"][0]["entails"] = ["b1"]
    for seed in range(30):
        for row in event_pairs([event], seed):
            assert not ("crossed at Orme" in row["premise"] and "mayor was away" in row["premise"])


def test_not_entailment_counts_both_other_labels() -> None:
    logits = torch.tensor([[0.0, 5.0, 5.0], [0.0, 5.0, 5.0]])
    assert pair_loss(logits[:1], torch.tensor([3])) < 0.01
    assert pair_loss(logits[1:], torch.tensor([1])) > 0.6


def test_a_smoothed_target_keeps_a_share_for_each_label() -> None:
    logits = torch.tensor([[9.0, 0.0, 0.0]])
    label = torch.tensor([0])
    hard, soft = pair_loss(logits, label), pair_loss(logits, label, smoothing=0.3)
    assert hard < 0.01
    # 0.1 of the target lies on each of two labels of log-probability -9.
    assert soft == pytest.approx(2 * 0.1 * 9.0, abs=0.01)


def test_two_readings_diverge_by_how_much_they_differ() -> None:
    one, two = torch.tensor([[2.0, 0.0, 0.0]]), torch.tensor([[0.0, 2.0, 0.0]])
    assert divergence(one, one) == 0
    assert divergence(one, two) == divergence(two, one) > 0.5
    # With three labels of which one is even: sum of (p - q)(log p - log q), halved, is (p0 - p1) * 2.
    p = torch.softmax(one, -1)[0]
    assert divergence(one, two) == pytest.approx(float(2 * (p[0] - p[1])), abs=1e-5)


def test_r_drop_makes_readings_of_a_pair_agree(data: Path, tmp_path: Path) -> None:
    spread = {}
    for weight in (0.0, 8.0):
        model, sets, recipe, tokenizer = setup(data, tmp_path, pairs=9000)
        # Smoothed targets keep the model from being so sure that dropout no longer moves it.
        recipe = dataclasses.replace(recipe, dropout=0.1, label_smoothing=0.2, r_drop=weight)
        trained = run(model, sets, [], recipe, out=tmp_path / f"run{weight}", pad_id=tokenizer.pad_id, log=lambda event: None)
        assert accuracy(predict(trained, sets[0].pairs, tokenizer.pad_id), sets[0].labels) > 0.9
        batch = collate(sets[0].pairs[:200], pad_id=tokenizer.pad_id)
        model.float().train()
        torch.manual_seed(3)
        with torch.no_grad():
            spread[weight] = float(divergence(model(*batch), model(*batch)))
    assert spread[8.0] < 0.7 * spread[0.0]


def test_edits_change_the_label_on_one_side_and_keep_it_on_both() -> None:
    rows = [{"premise": "Sales rose to 5,200 cars in May 2019.", "claim": "Sales rose to 5,200 in May 2019.", "label": "entailment"}] * 60
    made = counterfactuals(rows, seed=1)
    assert {r["label"] for r in made} == {"entailment", "contradiction"}
    for row in made:
        same = set(row["claim"].split()) <= set(row["premise"].replace(".", "").split()) | {"2019."}
        assert row["claim"] != rows[0]["claim"]
        if row["label"] == "contradiction":
            assert row["premise"] == rows[0]["premise"]
        else:
            assert same or row["premise"] != rows[0]["premise"]


def test_names_roles_and_scope_are_edited_with_both_labels() -> None:
    told = [
        ("In court Anna Lind sued Piet Kroll over the boat.", "The lawyer says Anna Lind sued Piet Kroll."),
        ("Then some ferries may sail late.", "Of these some ferries may sail late."),
        ("The judge praised Mara Voss in May.", "The judge praised Mara Voss."),
    ]
    rows = [{"premise": premise, "claim": claim, "label": "entailment"} for premise, claim in told] * 20
    made = counterfactuals(rows, seed=3)
    swapped = [r for r in made if "Piet Kroll sued Anna Lind" in r["claim"]]
    assert swapped
    assert {r["label"] for r in swapped if "Piet Kroll sued" not in r["premise"]} == {"not_entailment"}
    for words, label in (("all ferries", "not_entailment"), ("ferries will", "neutral")):
        assert {(r["label"], words in r["premise"]) for r in made if words in r["claim"]} == {(label, False), ("entailment", True)}
    kept = [r for r in made if r["label"] == "entailment" and "Mara" not in r["claim"] and "judge" in r["claim"]]
    assert kept
    assert all(r["claim"].removesuffix(".") in r["premise"] for r in kept)


@pytest.mark.parametrize(
    ("premise", "claim"),
    [
        ("He lives in Oslo, Norway, now.", "He lives in Oslo."),
        ("The judge praised Lind and met Lind's lawyer.", "The judge praised Lind."),
        ("It is the most expensive car of the year.", "It is the most expensive car."),
        ("The trains don't all run.", "The trains don't all run."),
        ("After all cars passed, how many trains ran?", "After all trains ran."),
        ("On that day Mayor Ito spoke on Monday.", "There Mayor Ito spoke on Monday."),
    ],
)
def test_no_edit_gives_a_wrong_label(premise: str, claim: str) -> None:
    for seed in range(40):
        for row in counterfactuals([{"premise": premise, "claim": claim, "label": "entailment"}], seed):
            assert "Norway." not in row["claim"]
            assert "Lind's" not in row["claim"]
            assert "Ito" in row["claim"] or "Ito" not in claim
            assert not re.search(r"the (many|all|some) expensive|n't (some|most) run|fter (some|most)", row["claim"])


def test_events_give_the_same_rows_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").write_text(json.dumps(EVENT) + "\n")
    code = "import sys, pathlib; from factcheck.models.training.data import read_rows; print(read_rows(pathlib.Path(sys.argv[1]), seed=5))"
    outs = outputs_by_hash_seed(code, str(tmp_path / "e.jsonl"))
    assert len(outs) == 1


def test_other_figures_are_never_an_honest_rounding() -> None:
    rng = random.Random(2)
    for figure in ["5", "12", "150", "4,187", "3.5", "0.2", "60,000", "1998", "2026"]:
        for _ in range(200):
            changed = float(other_figure(figure, rng).replace(",", ""))
            value = float(figure.replace(",", ""))
            assert changed != value
            assert abs(changed - value) / value > 0.08 or 1500 <= value <= 2100


def test_bad_recipes_and_rows_are_coded_errors(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("speed = 3")
    with pytest.raises(ConfigError, match="E208"):
        read_recipe(tmp_path / "r.toml")
    with pytest.raises(ConfigError, match="E207"):
        read_recipe(tmp_path / "none.toml")
    (tmp_path / "rule.toml").write_text('[weights]\n"mate:toy" = 1.0\n')
    with pytest.raises(ConfigError, match=r"E208.*mate:toy"):
        read_recipe(tmp_path / "rule.toml")
    for wrong in ({"label_smoothing": 1.5}, {"teacher_share": -0.1}, {"r_drop": -1.0}, {"r_drop": float("nan")}):
        with pytest.raises(ConfigError, match="E209"):
            Recipe(**wrong)
    (tmp_path / "x.jsonl").write_text('{"premise": "a", "claim": "b", "label": "maybe"}\n')
    with pytest.raises(InputError, match="E131"):
        read_rows(tmp_path / "x.jsonl")
    (tmp_path / "y.jsonl").write_text("{nonsense\n")
    with pytest.raises(InputError, match="E130"):
        read_rows(tmp_path / "y.jsonl")


def test_the_calibration_makes_probabilities_honest_where_one_temperature_cannot() -> None:
    rng = np.random.default_rng(0)
    truth = rng.dirichlet([0.6, 0.6, 0.6], 8000)
    labels = np.array([rng.choice(3, p=p) for p in truth])
    matched = rng.random(8000).round()
    features = np.zeros((8000, len(FEATURES)))
    features[:, FEATURES.index("constant")], features[:, FEATURES.index("matched")] = 1, matched
    logits = np.log(truth) * np.where(matched == 1, 2.5, 0.5)[:, None]  # too sure on one half, too modest on the other
    halves = {"near": matched == 1, "far": matched == 0}
    sets = {name: DevScores(logits[at], features[at], labels[at]) for name, at in halves.items()}
    calibration, figures = fit_calibration(sets)
    for name in halves:
        assert figures[name]["ece_after"] < 0.03 < figures[name]["ece_before"]
    again = Calibration.from_dict(json.loads(json.dumps(calibration.as_dict())))
    assert np.allclose(again.probabilities(logits, features), calibration.probabilities(logits, features), atol=1e-3)
    with pytest.raises(ValueError, match="another version"):
        Calibration.from_dict({**calibration.as_dict(), "features": ["constant"]})


def test_auroc_is_the_chance_of_the_right_order() -> None:
    assert auroc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])) == pytest.approx(0.75)
    assert auroc(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    assert auroc(np.array([0.5, 0.7]), np.array([True, True])) == 0.5


def test_the_features_of_a_pair(tmp_path: Path) -> None:
    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    premise, claim = tokenizer.encode(["a b. c 4.", "a d 5"])
    found = dict(zip(FEATURES, pair_features(tokenizer.pair(premise, claim), tokenizer.stop_id), strict=True))
    assert found["constant"] == found["claim_figure"] == found["claim_figure_unmatched"] == found["premise_figure"] == 1
    assert found["matched"] == pytest.approx(1 / 3)
    assert found["stops"] == pytest.approx(np.log(3) / 5)
    assert found["premise"] == pytest.approx(np.log(7) / 5)


def test_packed_weights_come_back_and_are_small() -> None:
    torch.manual_seed(0)
    state = PairEncoder(EncoderConfig(vocab_size=500, layers=1)).state_dict()
    stored = packed(state)
    back = unpacked(stored)
    assert set(back) == set(state)
    assert stored["word.weight"].dtype == torch.int8
    for name, tensor in state.items():
        assert torch.allclose(back[name], tensor.float(), atol=float(tensor.abs().max()) / 200 + 1e-6), name
    rows = torch.nn.functional.cosine_similarity(back["word.weight"], state["word.weight"].float())
    assert float(rows.min()) > 0.999
    assert torch.equal(unpacked({"a": torch.ones(2, dtype=torch.float16)})["a"], torch.ones(2))
