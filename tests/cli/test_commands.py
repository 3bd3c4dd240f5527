"""The other commands, and settings."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from factcheck.claims import as_article
from factcheck.cli.eval import command
from factcheck.config import Config, load_config
from factcheck.errors import ConfigError
from factcheck.models.protocol import Scores
from factcheck.pipeline import nearest
from factcheck.types import ModelInfo
from tests.models.tiny import hub_model, own_model

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


COMMANDS = "run explain diff split eval models schema lsp train".split()
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


def test_split_tells_who_says_what_without_acting_on_the_terminal(tmp_path: Path) -> None:
    text = "Helen Marchbank said that the ferry is safe. The fare is 5 euros. The owner\x1b[2J denied that the hull leaks.\n"
    (tmp_path / "a.txt").write_text(text)
    claims = [json.loads(line) for line in factcheck("split", tmp_path, "--json")[1].splitlines()]
    rows = {c["text"]: (c["speaker"], c["stance"]) for c in claims}
    assert rows["The ferry is safe."] == ("Helen Marchbank", "said")
    assert rows["The fare is 5 euros."] == (None, None)
    out = factcheck("split", tmp_path)[1]
    assert "The ferry is safe.  (said by Helen Marchbank)\n" in out
    assert "The fare is 5 euros.\n" in out
    assert "(denied by " in out
    assert "\x1b" not in out


def test_eval_measures_pairs(tmp_path: Path) -> None:
    rows = [
        {
            "premise": "The bridge is still closed to traffic.",
            "claim": "The bridge is open to traffic.",
            "label": "contradiction",
            "kind": "x",
        },
        {"premise": "The minister resigned on Friday.", "claim": "The minister resigned.", "label": "entailment", "kind": "y"},
        {"premise": "The city council met on Tuesday.", "claim": "The mayor owns two dogs.", "label": "neutral", "kind": "y"},
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
    figures = json.loads(out)["sets"]["set"]
    assert figures.pop("pairs_per_s") > 0
    assert figures | {"auroc": 0} == {
        "pairs": 2, "ways": 2, "accuracy": 1.0, "balanced_accuracy": 1.0, "macro_f1": 1.0, "auroc": 0,
    }  # fmt: skip
    assert "E131" in factcheck("eval", f"hf:{tmp_path / 'set'}", "--column", "label=gold")[2]
    assert "no column for the label" in factcheck("eval", f"hf:{tmp_path / 'set'}")[2]
    assert "E130" in factcheck("eval", f"hf:{tmp_path / 'none'}")[2]


def test_eval_tells_ordinary_mistakes_from_bugs(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "test.jsonl").write_text(json.dumps({"premise": "a", "claim": "b", "a=b": "x=y"}) + "\n")
    (tmp_path / "x.jsonl").write_text(json.dumps({"claim": "b", "label": "neutral"}) + "\n")
    name = f"hf:{tmp_path / 'set'}"
    for flags, code in [
        ((name, "--column", "label=nope"), "[E130]"),
        ((name, "--column", "lable=label"), "[E130]"),
        ((name, "--column", "label=a=b", "--label", "x=y=contradicted"), "[E131]"),
        ((tmp_path / "x.jsonl",), "[E130]"),
    ]:
        status, _, err = factcheck("eval", *flags)
        assert (status, code in err) == (3, True), err
    assert factcheck("eval", name, "--column", "label=a=b", "--label", "x=y=neutral")[0] == 0
    assert factcheck("eval", tmp_path / "x.jsonl", "--column", "label=claim")[0] == 2
    assert factcheck("eval", name, "--column", "label")[0] == 2


HOSTILE = "\x1b]0;x\x07"


def test_eval_prints_no_control_characters_of_models_sets_and_rows(tmp_path: Path) -> None:
    model = own_model(tmp_path / "model", name=HOSTILE)
    row = {"premise": "a b", "claim": "the end", "label": "neutral", "kind": HOSTILE}
    (tmp_path / f"{HOSTILE}.jsonl").write_text(json.dumps(row) + "\n")
    status, out, err = factcheck("eval", tmp_path / f"{HOSTILE}.jsonl", "--model", model, "--by", "kind")
    assert status == 0, err
    assert out.count("\\u{1B}]0;x\\u{7}") == 3
    assert out.replace("\n", "").isprintable()


def test_train_shortcuts_prints_no_control_characters_of_file_names(tmp_path: Path) -> None:
    with gzip.open(tmp_path / f"{HOSTILE}.jsonl.gz", "wt") as file:
        file.write(json.dumps({"premise": "a b", "claim": "the end", "label": "neutral"}) + "\n")
    status, out, err = factcheck("train", "shortcuts", "--data", tmp_path, HOSTILE)
    assert status == 0, err
    assert out.replace("\n", "").isprintable()


def test_train_calibrate_counts_two_files_of_one_name(tmp_path: Path) -> None:
    model = own_model(tmp_path / "model")
    labels = ("entailment", "neutral", "contradiction")
    for folder, pairs in (("a", 3), ("b", 6)):
        (tmp_path / folder).mkdir()
        rows = [{"premise": "a b c", "claim": "the end", "label": labels[n % 3]} for n in range(pairs)]
        (tmp_path / folder / "dev.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    status, out, err = factcheck("train", "calibrate", "--model", model, tmp_path / "a" / "dev.jsonl", tmp_path / "b" / "dev.jsonl")
    assert status == 0, err
    assert {name: part["pairs"] for name, part in json.loads(out).items()} == {"dev.jsonl": 3, str(tmp_path / "b" / "dev.jsonl"): 6}
    status, _, err = factcheck("train", "calibrate", "--model", hub_model(tmp_path / "hub"), tmp_path / "a" / "dev.jsonl")
    assert (status, "[E312]" in err) == (2, True), err


class Asked:
    """A model that keeps what it is asked."""

    info = ModelInfo("asked", "0" * 64, "float32")

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        self.pairs += pairs
        return np.full((len(pairs), 3), 1 / 3, dtype=np.float32)


def test_eval_cuts_a_long_premise_to_its_nearest_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = " ".join(f"The committee on drains met for the {n}th time in the old hall." for n in range(20))
    text = f"{filler} The minister resigned on Friday. {filler}"
    assert nearest(text, "The minister resigned.", 1) == "The minister resigned on Friday."
    assert nearest(text, "Zebras graze.", 1) == text
    claims = ["The minister resigned.", "The committee met for the 7th time."]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps({"premise": text, "claim": c, "label": "entailment"}) + "\n" for c in claims))
    cut = ["The minister resigned on Friday.", "The committee on drains met for the 7th time in the old hall."]
    for flags, premises in (([], [text, text]), (["--passages", "1"], cut)):
        model = Asked()
        monkeypatch.setattr("factcheck.models.load", lambda *_, model=model, **__: model)
        done = CliRunner().invoke(command, [str(tmp_path / "x.jsonl"), "--json", *flags])
        assert model.pairs == list(zip(premises, claims, strict=True))
        assert json.loads(done.output)["passages"] == len(flags) // 2


def test_a_premise_of_many_claims_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr("factcheck.pipeline.as_article", lambda text: read.append(text) or as_article(text))
    text = " ".join(f"The train to platform {n} was late." for n in range(9))
    assert [nearest(text, f"Platform {n} had a late train.", 1) for n in (3, 5)] == [f"The train to platform {n} was late." for n in (3, 5)]
    assert read == [text]


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(tmp_path: Path) -> None:
    (tmp_path / "factcheck.toml").write_text("passages = 5\nfalse_alarms = 3\n")
    (tmp_path / "inner").mkdir()
    environment = {"FACTCHECK_PASSAGES": "6"}
    assert load_config(tmp_path / "inner", {}).passages == 5
    assert load_config(tmp_path, environment).passages == 6
    assert load_config(tmp_path, environment, passages=7) == Config(passages=7, false_alarms=3)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("pasages = 5", "E204", "did you mean 'passages'?"),
        ("passages = 'many'", "E205", "whole number"),
        ("fail_on = 'disputd'", "E205", "did you mean 'disputed'?"),
        ("passages = [", "E203", "TOML"),
        (f"passages = {'9' * 5000}", "E203", "TOML"),
        (f"sources = {'[' * 100_000}", "E203", "TOML"),
    ],
)
def test_wrong_settings_say_what_is_meant(tmp_path: Path, content: str, code: str, words: str) -> None:
    (tmp_path / "factcheck.toml").write_text(content)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, {})
    assert caught.value.code == code
    assert words in str(caught.value)
