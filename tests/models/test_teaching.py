"""A teacher's probabilities: kept with the pairs they belong to, and learnt by a student."""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from factcheck.cli.train import command
from factcheck.errors import ConfigError
from factcheck.models.batching import collate
from factcheck.models.embedded import EmbeddedModel
from factcheck.models.encoder import PairEncoder
from factcheck.models.loading import load
from factcheck.models.pairs import PairTokenizer
from factcheck.models.training.data import NO_LABEL, best_window, encode_rows, epoch_batches, load_mix, rows_of
from factcheck.models.training.loop import accuracy, pair_loss, predict
from factcheck.models.training.mates import UNLABELLED, mates
from factcheck.models.training.recipe import Recipe
from factcheck.models.training.targets import Targets, read_targets, save_targets
from factcheck.models.training.teaching import Teacher, judge, open_teacher, write_targets

from .tiny import outputs_by_hash_seed, own_model, run, tiny_sizes

Row = dict[str, str]

ROWS = [
    {"premise": "The Orme bridge closed on Monday after a lorry hit it.", "claim": "The Orme bridge closed.", "label": "entailment"},
    {"premise": "The Orme bridge closed on Monday after a lorry hit it.", "claim": "The Orme bridge is open.", "label": "contradiction"},
    {"premise": "A lorry hit a house in Orme.", "claim": "A house was damaged.", "label": "neutral"},
    {"premise": "The club won its match.", "claim": "The club lost.", "label": "contradiction"},
]


#: Lengths that the tiny models can read.
SHORT = Recipe(max_premise=32, max_claim=24)


def teacher(folder: Path) -> Teacher:
    model = load(own_model(folder), self_test=False)
    assert isinstance(model, EmbeddedModel)
    return open_teacher(model)


def student() -> PairEncoder:
    torch.manual_seed(1)
    return PairEncoder(tiny_sizes())


def write_set(folder: Path, rows: list[Row]) -> None:
    with gzip.open(folder / "toy.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def test_mates_are_other_claims_of_the_premise_and_the_likest_foreign_premise() -> None:
    made = [(r["premise"], r["claim"]) for r in mates(ROWS, seed=1)]
    assert ("The Orme bridge is open.", "The Orme bridge closed.") in made
    assert ("A lorry hit a house in Orme.", "The Orme bridge closed.") in made
    assert not any(premise == claim or "club" in premise for premise, claim in made)
    assert {r["label"] for r in mates(ROWS, seed=1)} == {UNLABELLED}


def test_no_mates_come_twice_or_stand_in_the_set() -> None:
    told = ["The Orme bridge closed.", "The Orme bridge is open.", "A lorry hit the Orme bridge."]
    premises = ["A lorry hit the bridge in Orme.", "The Orme bridge closed in May.", "Orme has a bridge."]
    rows = [{"premise": premise, "claim": claim, "label": "neutral"} for premise in premises[:2] for claim in told]
    rows += [
        {"premise": told[0], "claim": told[1], "label": "contradiction"},
        {"premise": premises[2], "claim": "Cows.", "label": "neutral"},
    ]
    made = [(r["premise"], r["claim"]) for r in mates(rows, seed=1)]
    assert len(made) == len(set(made))
    assert not {(r["premise"], r["claim"]) for r in rows} & set(made)
    # The likest foreign premises stand in the set with these claims: the next one takes their place.
    assert {(premises[2], claim) for claim in told} <= set(made)


def test_words_of_one_premise_alone_do_not_hide_the_foreign_one() -> None:
    own = "Anna Berg, Carl Dorn and Emil Falk opened the bridge."
    rows = [
        {"premise": own, "claim": own, "label": "entailment"},
        {"premise": "A bridge fell.", "claim": "It fell.", "label": "entailment"},
    ]
    assert {"premise": "A bridge fell.", "claim": own, "label": UNLABELLED} in mates(rows, seed=1)


def test_mates_are_the_same_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps(ROWS * 2 + [{**row, "claim": row["premise"]} for row in ROWS]))
    code = "import json, sys; from factcheck.models.training.mates import mates; print(mates(json.load(open(sys.argv[1])), 5))"
    outs = outputs_by_hash_seed(code, str(tmp_path / "rows.json"))
    assert len(outs) == 1
    assert UNLABELLED.encode() in outs.pop()


def test_probabilities_come_back_for_their_rows_alone(tmp_path: Path) -> None:
    found = teacher(tmp_path / "m")
    out = tmp_path / "out"
    assert write_targets(found, "mates:toy", ROWS, SHORT, out)
    assert not write_targets(found, "mates:toy", ROWS, SHORT, out)
    read = read_targets(out, "mates:toy", ROWS)
    assert read is not None
    assert np.allclose(read, judge(found, ROWS, SHORT), atol=1e-3)
    assert np.allclose(read.sum(1), 1, atol=2e-3)
    assert read_targets(out, "other", ROWS) is None
    assert read_targets(None, "mates:toy", ROWS) is None
    with pytest.raises(ConfigError, match="E218"):
        read_targets(out, "mates:toy", ROWS[::-1])
    assert write_targets(found, "mates:toy", ROWS, Recipe(max_premise=16, max_claim=24), out)
    assert write_targets(Teacher(found.network, found.tokenizer, "other"), "mates:toy", ROWS, SHORT, out)


def test_a_damaged_file_is_an_error_to_read_and_is_written_again(tmp_path: Path) -> None:
    write_targets(teacher(tmp_path / "m"), "toy", ROWS, SHORT, tmp_path)
    (tmp_path / "toy.safetensors").write_bytes(b"no")
    with pytest.raises(ConfigError, match="E218"):
        read_targets(tmp_path, "toy", ROWS)
    assert write_targets(teacher(tmp_path / "m"), "toy", ROWS, SHORT, tmp_path)
    assert read_targets(tmp_path, "toy", ROWS) is not None


def test_pairs_are_judged_as_training_lays_them_out(tmp_path: Path) -> None:
    found = teacher(tmp_path / "m")
    long = "nothing of interest here, nothing of interest here, but orme has a bridge"
    texts = [(long, "orme has a bridge"), ("a", ""), ("", "a"), ("a", "b" * 30), ("a", "b")]
    rows = [{"premise": premise, "claim": claim, "label": UNLABELLED} for premise, claim in texts]
    probabilities = judge(found, rows, SHORT)
    assert [row.any() for row in probabilities] == [True, False, False, False, True]
    premise, claim = found.tokenizer.encode(texts[0])
    pair = found.tokenizer.pair(best_window(premise, claim, 32), claim)
    assert len(premise) > 32
    with torch.inference_mode():
        logits = found.network(*collate([pair], pad_id=found.tokenizer.pad_id, device=found.network.word.weight.device))
    assert np.allclose(probabilities[0], torch.softmax(logits, -1)[0].cpu(), atol=1e-2)
    kept = encode_rows("toy", rows, found.tokenizer, SHORT, targets=probabilities)
    assert len(kept.pairs) == 2


def test_unlabelled_rows_that_the_teacher_left_out_are_left_out(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "label": label} for label in (UNLABELLED, "entailment", UNLABELLED)]
    some = np.asarray([[0, 0, 0], [0, 0, 0], [0, 1, 0]], dtype=np.float32)
    kept = encode_rows("toy", rows, teacher(tmp_path).tokenizer, Recipe(), targets=some)
    assert kept.labels == (0, NO_LABEL)
    assert kept.targets is not None
    assert kept.targets.tolist() == [[0, 0, 0], [0, 1, 0]]


def test_the_teacher_shares_a_labelled_target_and_is_all_of_an_unlabelled_one() -> None:
    logits = torch.tensor([[4.0, 0.0, 0.0]])
    sure, none = torch.tensor([[0.0, 1.0, 0.0]]), torch.zeros(1, 3)
    entailed, unlabelled = torch.tensor([0]), torch.tensor([NO_LABEL])
    right, wrong = pair_loss(logits, entailed), pair_loss(logits, torch.tensor([1]))
    assert pair_loss(logits, entailed, targets=sure, teacher_share=0.25) == pytest.approx(float(0.75 * right + 0.25 * wrong))
    assert pair_loss(logits, unlabelled, targets=sure, teacher_share=0.25) == pytest.approx(float(wrong))
    assert pair_loss(logits, entailed, targets=none, teacher_share=0.25) == pytest.approx(float(right))


def letter_rows(letters: str = "kmp", *, label: str | None = None) -> list[Row]:
    """Distinct pairs of two letters each: entailed where the first one is the same, else denied, or all with ``label``."""
    texts = [f"{letter} {filler}" for letter in letters for filler in "stuvwxyz"]
    return [
        {"premise": premise, "claim": claim, "label": label or ("entailment" if premise[0] == claim[0] else "contradiction")}
        for premise, claim in itertools.permutations(texts, 2)
    ]


def by_letter(rows: list[Row]) -> Targets:
    """What a teacher that knows the rule of :func:`letter_rows` says."""
    same = np.asarray([row["premise"][0] == row["claim"][0] for row in rows])
    return np.where(same[:, None], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]).astype(np.float32)


LEARN = Recipe(pairs=9000, warmup_pairs=50, cooldown_pairs=300, learning_rate=4e-3, fresh_learning_rate=4e-3, dropout=0.0,
               batch_tokens=256, weights={"mates:toy": 1.0}, average_decay=0.9, teacher_share=1.0)  # fmt: skip


def test_a_student_learns_from_unlabelled_pairs_what_its_teacher_says(tmp_path: Path) -> None:
    """The toy teacher knows the rule; no label ever reaches the student."""
    texts = sorted({row["claim"] for row in letter_rows()})
    write_set(tmp_path, [{"premise": f"one {n}", "claim": claim, "label": "neutral"} for n in range(9) for claim in texts])
    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    with pytest.raises(ConfigError, match=r"E218.*train targets.*--targets"):
        load_mix([tmp_path], tokenizer, LEARN)
    with pytest.raises(ConfigError, match=r"E218.*for any set of the recipe"):
        load_mix([tmp_path], tokenizer, LEARN, targets=tmp_path)
    rows = rows_of("mates:toy", [tmp_path], LEARN)
    save_targets(by_letter(rows), tmp_path, "mates:toy", rows, {})
    sets = load_mix([tmp_path], tokenizer, LEARN, targets=tmp_path)
    assert set(sets[0].labels) == {NO_LABEL}
    assert sum(map(len, epoch_batches(sets, LEARN, 0))) == len(rows)
    trained = run(student(), sets, [], LEARN, out=tmp_path / "run", pad_id=tokenizer.pad_id, log=lambda event: None)
    assert sets[0].targets is not None
    want = sets[0].targets.argmax(1)
    right = predict(trained, sets[0].pairs, tokenizer.pad_id).argmax(1) == want
    assert min(right[want == 0].mean(), right[want == 2].mean()) > 0.9


def test_a_set_without_targets_beside_one_with_them_keeps_its_labels(tmp_path: Path) -> None:
    """The teacher, whose word is all where it has one, calls all pairs of other letters neutral."""
    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    unlabelled = letter_rows("abc", label=UNLABELLED)
    neutral = np.tile(np.asarray([0, 1, 0], dtype=np.float32), (len(unlabelled), 1))
    judged = encode_rows("judged", unlabelled, tokenizer, LEARN, targets=neutral)
    plain = encode_rows("plain", letter_rows(), tokenizer, LEARN)
    recipe = dataclasses.replace(LEARN, weights={"plain": 1.0, "judged": 0.2})
    trained = run(student(), [judged, plain], [], recipe, out=tmp_path / "r", pad_id=tokenizer.pad_id, log=lambda event: None)
    assert accuracy(predict(trained, plain.pairs, tokenizer.pad_id), plain.labels) > 0.9
    assert (predict(trained, judged.pairs, tokenizer.pad_id).argmax(1) == 1).mean() > 0.9


def test_the_command_judges_the_sets_of_a_recipe(tmp_path: Path) -> None:
    write_set(tmp_path, letter_rows()[:200])
    (tmp_path / "recipe.toml").write_text("seed = 1\nmax_premise = 32\n[weights]\n'toy' = 1.0\n'mates:toy' = 1.0\n")
    run = ["targets", "--model", str(own_model(tmp_path / "m")), "--recipe", str(tmp_path / "recipe.toml"), "--data", str(tmp_path)]
    run += ["--out", str(tmp_path / "out"), "--seed", "4"]
    first, again = CliRunner().invoke(command, run), CliRunner().invoke(command, run)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "toy: judged" in first.output
    assert again.output.count("was judged before") == 2
    tokenizer = PairTokenizer.from_file(tmp_path / "m" / "tokenizer.json")
    weights = {"toy": 1.0, "mates:toy": 1.0}
    sets = load_mix([tmp_path], tokenizer, Recipe(seed=4, weights=weights), targets=tmp_path / "out")
    assert all(part.targets is not None for part in sets)
    with pytest.raises(ConfigError, match="E218"):
        load_mix([tmp_path], tokenizer, Recipe(seed=5, weights=weights), targets=tmp_path / "out")
