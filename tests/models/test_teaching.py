"""A teacher's probabilities: kept with the pairs they belong to, and learnt by a student."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from factcheck.errors import ConfigError
from factcheck.models.embedded import EmbeddedModel
from factcheck.models.encoder import EncoderConfig, PairEncoder
from factcheck.models.loading import load
from factcheck.models.pairs import PairTokenizer
from factcheck.models.training.data import NO_LABEL, LabelledSet, epoch_batches, load_mix, rows_of
from factcheck.models.training.loop import pair_loss, predict, train
from factcheck.models.training.mates import UNLABELLED, mates
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.teaching import read_targets, write_targets

from .tiny import VOCABULARY, own_model

ROWS = [
    {"premise": "The Orme bridge closed on Monday after a lorry hit it.", "claim": "The Orme bridge closed.", "label": "entailment"},
    {"premise": "The Orme bridge closed on Monday after a lorry hit it.", "claim": "The Orme bridge is open.", "label": "contradiction"},
    {"premise": "A lorry hit a house in Orme.", "claim": "A house was damaged.", "label": "neutral"},
    {"premise": "The club won its match.", "claim": "The club lost.", "label": "contradiction"},
]


def teacher(folder: Path) -> EmbeddedModel:
    model = load(own_model(folder), self_test=False)
    assert isinstance(model, EmbeddedModel)
    return model


def test_mates_are_other_claims_of_the_premise_and_the_likest_foreign_premise() -> None:
    made = [(r["premise"], r["claim"]) for r in mates(ROWS, seed=1)]
    assert ("The Orme bridge is open.", "The Orme bridge closed.") in made
    assert ("A lorry hit a house in Orme.", "The Orme bridge closed.") in made
    assert not any(premise == claim or "club" in premise for premise, claim in made)
    assert not {(r["premise"], r["claim"]) for r in ROWS} & set(made)
    assert {r["label"] for r in mates(ROWS, seed=1)} == {UNLABELLED}
    assert mates(ROWS, seed=1) == mates(ROWS, seed=1)


def test_probabilities_come_back_for_their_rows_alone(tmp_path: Path) -> None:
    judge = teacher(tmp_path / "m")
    assert write_targets(judge, "mates:toy", ROWS, tmp_path / "out")
    assert not write_targets(judge, "mates:toy", ROWS, tmp_path / "out")
    found = read_targets(tmp_path / "out", "mates:toy", ROWS)
    assert found is not None
    assert found.shape == (4, 3)
    assert np.allclose(found.sum(1), 1, atol=2e-3)
    logits = judge.raw_scores([(r["premise"], r["claim"]) for r in ROWS])[0]
    assert (found.argmax(1) == logits.argmax(1)).all()
    assert read_targets(tmp_path / "out", "other", ROWS) is None
    assert read_targets(None, "mates:toy", ROWS) is None
    with pytest.raises(ConfigError, match="E218"):
        read_targets(tmp_path / "out", "mates:toy", ROWS[::-1])
    (tmp_path / "out" / "broken.safetensors").write_bytes(b"no")
    with pytest.raises(ConfigError, match="E218"):
        read_targets(tmp_path / "out", "broken", ROWS)


def test_the_teacher_shares_a_labelled_target_and_is_all_of_an_unlabelled_one() -> None:
    logits = torch.tensor([[4.0, 0.0, 0.0]])
    sure, none = torch.tensor([[0.0, 1.0, 0.0]]), torch.zeros(1, 3)
    entailed, unlabelled = torch.tensor([0]), torch.tensor([NO_LABEL])
    right, wrong = pair_loss(logits, entailed), pair_loss(logits, torch.tensor([1]))
    assert pair_loss(logits, entailed, targets=sure, teacher_share=0.25) == pytest.approx(float(0.75 * right + 0.25 * wrong))
    assert pair_loss(logits, unlabelled, targets=sure, teacher_share=0.25) == pytest.approx(float(wrong))
    assert pair_loss(logits, entailed, targets=none, teacher_share=0.25) == pytest.approx(float(right))


def test_a_student_learns_from_unlabelled_pairs_what_its_teacher_says(tmp_path: Path) -> None:
    """The toy teacher says entailment where the claim's letter is the premise's; no label ever reaches the student."""
    rng = random.Random(0)
    rows = []
    for _ in range(300):
        word, other = rng.sample("abcdefgh", 2)
        claims = [f"{word} is here", f"{other} is here"]
        rows += [{"premise": f"only {word} is here", "claim": claim, "label": "neutral"} for claim in claims]
    with gzip.open(tmp_path / "toy.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    recipe = Recipe(pairs=9000, warmup_pairs=50, cooldown_pairs=300, learning_rate=4e-3, fresh_learning_rate=4e-3, dropout=0.0,
                    batch_tokens=256, weights={"mates:toy": 1.0}, average_decay=0.9)  # fmt: skip
    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    with pytest.raises(ConfigError, match="E218"):
        load_mix([tmp_path], tokenizer, recipe)

    class Judge:
        info = teacher(tmp_path / "t").info

        def raw_scores(self, pairs: list[tuple[str, str]]) -> tuple[np.ndarray, None]:  # type: ignore[type-arg]
            same = np.asarray([p.removeprefix("only ")[0] == c[0] for p, c in pairs])
            return np.where(same[:, None], [5.0, 0.0, 0.0], [0.0, 0.0, 5.0]).astype(np.float32), None

    judged = rows_of("mates:toy", [tmp_path], recipe)
    write_targets(Judge(), "mates:toy", judged, tmp_path / "out")  # type: ignore[arg-type]
    sets = load_mix([tmp_path], tokenizer, recipe, targets=tmp_path / "out")
    assert set(sets[0].labels) == {NO_LABEL}
    assert sum(map(len, epoch_batches(sets, recipe, 0))) == len(judged)
    torch.manual_seed(1)
    config = EncoderConfig(
        vocab_size=len(VOCABULARY), hidden_size=16, layers=2, heads=2, intermediate_size=32, max_positions=64, head_size=8
    )
    student = train(PairEncoder(config), sets, [], recipe, out=tmp_path / "run", pad_id=tokenizer.pad_id, log=lambda event: None)
    assert sets[0].targets is not None
    said = predict(student, dataclasses.replace(sets[0], labels=()), tokenizer.pad_id)
    assert (said.argmax(1) == sets[0].targets.argmax(1)).mean() > 0.9


def test_a_set_without_targets_beside_one_with_them_keeps_its_labels(tmp_path: Path) -> None:
    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    texts = tokenizer.encode(["a is here", "b is here"])
    pair = tokenizer.pair(*texts)
    with_targets = LabelledSet("x", (pair,), (NO_LABEL,), np.asarray([[0.0, 0.0, 1.0]], dtype=np.float32))
    plain = LabelledSet("y", (pair,) * 4, (0, 0, 2, 2))
    recipe = Recipe(pairs=200, warmup_pairs=10, cooldown_pairs=50, weights={"x": 1.0, "y": 1.0}, batch_tokens=256)
    torch.manual_seed(1)
    config = EncoderConfig(
        vocab_size=len(VOCABULARY), hidden_size=16, layers=1, heads=2, intermediate_size=32, max_positions=64, head_size=8
    )
    events: list[dict[str, float]] = []
    train(PairEncoder(config), [with_targets, plain], [plain], recipe, out=tmp_path / "r", pad_id=tokenizer.pad_id, log=events.append)
    assert np.isfinite(events[-1]["y"])
