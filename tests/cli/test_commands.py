"""The other commands, and settings."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest

from factcheck.config import Config, load_config
from factcheck.errors import ConfigError
from factcheck.pipeline import nearest

from .test_run import STATION, factcheck


def test_help_is_fast_and_lists_every_command() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        status, out, _ = factcheck("--help")
        times.append(time.perf_counter() - start)
    assert status == 0
    assert min(times) < 0.5
    for name in COMMANDS:
        assert f"  {name} " in out


COMMANDS = "run split eval models schema train".split()
TRAININGS = ["train nli", "train verdicts", "train calibrate", "train speed", "train export", "train shortcuts"]


@pytest.mark.parametrize("name", [*COMMANDS, *TRAININGS])
def test_every_command_explains_itself(name: str) -> None:
    status, out, _ = factcheck(*name.split(), "--help")
    assert status == 0
    assert len(out.splitlines()) > 4


def test_split_prints_claims_and_what_it_skips(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION + "\nWould you use it?\n")
    rows = [json.loads(line) for line in factcheck("split", tmp_path, "--json")[1].splitlines()]
    text = (tmp_path / "a.txt").read_text()
    assert "It has five platforms." in [r.get("text") for r in rows]
    assert "question" in [r.get("skipped") for r in rows]
    for row in rows:
        (start, _), (_, end) = row["spans"][0], row["spans"][-1]
        assert text[start:end] == row["quote"]
    status, out, _ = factcheck("split", tmp_path / "a.txt")
    assert status == 0
    assert "question" in out


def test_eval_measures_pairs(tmp_path: Path) -> None:
    rows = [
        {
            "premise": "The bridge is still closed to traffic.",
            "claim": "The bridge is open to traffic.",
            "label": "contradiction",
            "kind": "x",
        },
        {"premise": "The minister resigned on Friday.", "claim": "The minister resigned.", "label": "entailment", "kind": "y"},
        {"premise": "She bought a car last week.", "claim": "Her brother works in a bank.", "label": "neutral", "kind": "y"},
    ]
    with gzip.open(tmp_path / "toy.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(r) + "\n" for r in rows)
    out = json.loads(factcheck("eval", tmp_path / "toy.jsonl.gz", "--by", "kind", "--json")[1])
    assert out["sets"]["toy"]["accuracy"] == 1.0
    assert out["sets"]["toy"]["by"]["y"]["pairs"] == 2
    assert factcheck("eval", tmp_path / "none.jsonl")[0] == 3


def test_eval_opens_data_sets_of_the_datasets_library(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    (tmp_path / "set").mkdir()
    rows = [
        {"doc": "The minister resigned on Friday.", "hypothesis": "The minister resigned.", "gold": "SUPPORTS"},
        {"doc": "The bridge is still closed to traffic.", "hypothesis": "The bridge is open to traffic.", "gold": "wrong"},
        {"doc": "She bought a car.", "hypothesis": "Her brother works in a bank.", "gold": "-1"},
    ]
    (tmp_path / "set" / "test.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    flags = ["--column", "label=gold", "--label", "wrong=not_entailment", "--json"]
    status, out, err = factcheck("eval", f"hf:{tmp_path / 'set'}", *flags)
    assert status == 0, err
    assert json.loads(out)["sets"]["set"] | {"auroc": 0} == {
        "pairs": 2, "ways": 2, "accuracy": 1.0, "balanced_accuracy": 1.0, "macro_f1": 1.0, "auroc": 0,
    }  # fmt: skip
    assert "E131" in factcheck("eval", f"hf:{tmp_path / 'set'}", "--column", "label=gold")[2]
    assert "no column for the label" in factcheck("eval", f"hf:{tmp_path / 'set'}")[2]
    assert "E130" in factcheck("eval", f"hf:{tmp_path / 'none'}")[2]


def test_eval_cuts_a_long_premise_to_its_nearest_passages(tmp_path: Path) -> None:
    filler = " ".join(f"The committee on drains met for the {n}th time in the old hall." for n in range(20))
    text = f"{filler} The minister resigned on Friday. {filler}"
    assert nearest(text, "The minister resigned.", 1) == "The minister resigned on Friday."
    assert nearest(text, "Zebras graze.", 1) == text
    (tmp_path / "x.jsonl").write_text(json.dumps({"premise": text, "claim": "The minister resigned.", "label": "entailment"}) + "\n")
    out = json.loads(factcheck("eval", tmp_path / "x.jsonl", "--passages", "1", "--json")[1])
    assert out["sets"]["x"]["accuracy"] == 1.0
    assert out["passages"] == 1


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(tmp_path: Path) -> None:
    (tmp_path / "factcheck.toml").write_text("passages = 5\nper_article = 3\n")
    (tmp_path / "inner").mkdir()
    environment = {"FACTCHECK_PASSAGES": "6"}
    assert load_config(tmp_path / "inner", {}).passages == 5
    assert load_config(tmp_path, environment).passages == 6
    assert load_config(tmp_path, environment, passages=7) == Config(passages=7, per_article=3)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("pasages = 5", "E204", "did you mean 'passages'?"),
        ("passages = 'many'", "E205", "whole number"),
        ("fail_on = 'disputd'", "E205", "did you mean 'disputed'?"),
        ("passages = [", "E203", "TOML"),
    ],
)
def test_wrong_settings_say_what_is_meant(tmp_path: Path, content: str, code: str, words: str) -> None:
    (tmp_path / "factcheck.toml").write_text(content)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, {})
    assert caught.value.code == code
    assert words in str(caught.value)
