"""Shortcuts: a set gives itself away by its claims, by overlap, or not at all."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli.train import command
from factcheck.models.training.shortcuts import Row, Shortcuts, measure_shortcuts, overlap_numbers, premise_folds

WORDS = [f"{a}{b}" for a in "bcdfghklmnprst" for b in ("ado", "elin", "imur", "ost")]
CLASSES = ("entailment", "neutral")


def rows_of(kind: str, count: int = 400) -> list[Row]:
    """Random words; ``kind`` says what the label can be read from: "claim", "overlap" or "nothing"."""
    rng = random.Random(kind)
    rows = []
    for _ in range(count):
        label = rng.choice(CLASSES)
        premise = rng.sample(WORDS, 8)
        shared = (4 if label == "entailment" else 1) if kind == "overlap" else 2
        claim = rng.sample(premise, shared) + rng.sample([w for w in WORDS if w not in premise], 5 - shared)
        if kind == "claim":
            claim[rng.randrange(5)] = "surely" if label == "entailment" else "hardly"
        rows.append({"premise": " ".join(premise) + ".", "claim": " ".join(claim) + ".", "label": label})
    return rows


def test_a_word_in_the_claim_gives_the_label_away() -> None:
    found = measure_shortcuts("toy", rows_of("claim"))
    assert found.claim_only > 0.95
    assert found.overlap < 0.65
    assert found.keep == 0.25


def test_overlap_gives_the_label_away() -> None:
    found = measure_shortcuts("toy", rows_of("overlap"))
    assert found.overlap > 0.95
    assert found.claim_only < 0.65
    assert found.keep == 0.25


def test_a_balanced_set_is_near_chance() -> None:
    found = measure_shortcuts("toy", rows_of("nothing", 1000))
    assert found.chance == 0.5
    assert found.claim_only == pytest.approx(0.5, abs=0.06)
    assert found.overlap == pytest.approx(0.5, abs=0.06)
    assert found.keep > 0.85


def test_a_rare_label_counts_as_much_as_a_common_one() -> None:
    rows = [r for i, r in enumerate(rows_of("nothing", 1000)) if r["label"] == "entailment" or i % 10 == 0]
    found = measure_shortcuts("toy", rows)
    assert found.claim_only < 0.65
    assert found.overlap < 0.65


def test_the_figures_are_a_function_of_rows_and_seed() -> None:
    rows = rows_of("nothing")
    assert measure_shortcuts("toy", rows, max_rows=200) == measure_shortcuts("toy", rows, max_rows=200)
    assert measure_shortcuts("toy", rows, max_rows=200) != measure_shortcuts("toy", rows, max_rows=200, seed=2)
    assert measure_shortcuts("toy", rows, max_rows=200).rows == 200


def test_a_premise_is_in_one_fold_and_folds_are_about_equal() -> None:
    rng = random.Random(3)
    premises = [f"p{rng.randrange(60)}" for _ in range(500)]
    where: dict[str, set[int]] = defaultdict(set)
    folds = premise_folds(premises, seed=1)
    for premise, fold in zip(premises, folds, strict=True):
        where[premise].add(fold)
    assert all(len(found) == 1 for found in where.values())
    assert all(90 <= folds.count(fold) <= 110 for fold in range(5))


def test_keep_falls_in_a_line_from_chance() -> None:
    assert [Shortcuts("s", 9, 2, reached, 0.5).keep for reached in (0.4, 0.5, 0.625, 0.75, 0.875, 1.0)] == [1, 1, 0.75, 0.5, 0.25, 0.25]
    assert Shortcuts("s", 9, 3, 1 / 3, 2 / 3).keep == pytest.approx(0.5)


@pytest.mark.parametrize("rows", [[], rows_of("claim")[:2], [{"premise": w, "claim": w, "label": "neutral"} for w in WORDS]])
def test_a_set_that_cannot_be_measured_is_at_chance(rows: list[Row]) -> None:
    one_premise = [{**row, "premise": "same"} for row in rows[:2]] if len(rows) == 2 else rows
    found = measure_shortcuts("toy", one_premise)
    assert (found.claim_only, found.overlap, found.keep) == (found.chance, found.chance, 1.0)


def test_overlap_numbers_count_what_they_say() -> None:
    numbers = overlap_numbers("Sales rose to 5,200 cars in 2019, never higher.", "Sales didn't rise to 5,300 in 2019.")
    assert numbers[0] == pytest.approx(2 / 6)
    assert numbers[1] == pytest.approx(2 / 7)
    assert numbers[2:6] == (1.0, 1.0, 1.0, 0.0)


def test_the_command_lists_the_worst_set_first(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    for kind in ("claim", "nothing"):
        with gzip.open(tmp_path / "train" / f"{kind}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows_of(kind))
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('[weights]\n"nothing" = 1.0\n"claim" = 0.5\n"edits:claim" = 0.5\n')
    run = ["shortcuts", "--data", str(tmp_path), "--recipe", str(recipe)]
    shown = CliRunner().invoke(command, run)
    assert shown.exit_code == 0
    assert [line.split()[0] for line in shown.output.splitlines()] == ["set", "claim", "nothing"]
    sets = json.loads(CliRunner().invoke(command, [*run, "--json"]).output)["sets"]
    assert sets["claim"]["keep"] == 0.25
    assert sets["nothing"]["rows"] == 400
    one = json.loads(CliRunner().invoke(command, ["shortcuts", "--data", str(tmp_path), "nothing", "--json"]).output)["sets"]
    assert one == {"nothing": sets["nothing"]}
    assert CliRunner().invoke(command, run[:3]).exit_code == 2
