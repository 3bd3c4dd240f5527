"""`factcheck eval` on gold clusters and on documents, with a model of two rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli.eval import command
from factcheck.cli.main import ExitStatus
from tests.test_measuring import GOLD, Rule, write_cluster


@pytest.fixture(autouse=True)
def rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.models.load", lambda *_, **__: Rule())


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(command, [*map(str, args)], standalone_mode=False)


HOSTILE = "\x1b]0;x\x07"

EVENT = {
    "id": "levy",
    "articles": [
        {"id": "a", "title": "Levy set", "outlet": "Post", "date": "2026-05-01", "sentences": ["The quay at Orme is open."]},
        {"id": "b", "title": "Levy due", "outlet": "Mail", "date": "2026-05-01", "sentences": ["The quay at Orme is closed."]},
    ],
    "claims": [
        {"article": "a", "claim": "The quay at Orme is open.", "own": ["a0"], "entails": [], "contradicts": ["b0"], "phenomenon": "status"}
    ],
}


def test_clusters_and_events_are_measured_and_a_broken_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "claims"
    folder.mkdir()
    write_cluster(folder / "orme")
    shutil.copytree(folder / "orme", folder / "torn")
    (folder / "torn" / "gold.json").write_text('{"articles": [')
    (tmp_path / "events.jsonl").write_text(json.dumps(EVENT) + "\n")
    done = run(folder, tmp_path / "events.jsonl", "--json")
    assert done.exception is None
    assert done.return_value == ExitStatus.SOME_FAILED
    assert "[E132]" in done.stderr
    assert "orme: 3 of 4 gold claims found" in done.stderr
    out = json.loads(done.stdout)
    assert out["sets"] == out["documents"] == {}
    own = out["clusters"]["claims"]
    assert [f["code"] for f in own["failures"]] == ["E132"]
    assert Path(own["failures"][0]["path"]).name == "torn"
    assert (own["clusters"], own["articles"], own["gold_claims"], own["accuracy"]) == (1, 2, 4, 0.75)
    event = out["clusters"]["events"]
    assert (event["found"], event["accuracy"], event["evidence_hit"], event["failures"]) == (1.0, 1.0, 1.0, [])
    assert event["phenomena"] == {"status": {"claims": 1, "right": 1.0, "conflicts": 1, "alarms_found": 1.0}}


def test_the_table_shows_mistakes_without_acting_on_the_terminal(tmp_path: Path) -> None:
    claims = [{**c, "verdict": "supported" if c["id"] == "a1" else c["verdict"], "phenomenon": HOSTILE} for c in GOLD["claims"]]
    claims[0]["evidence"] = [{"article": "b", "quote": f"The bridge {HOSTILE}\nis open", "relation": "supports"}]
    folder = write_cluster(tmp_path / "orme", GOLD | {"claims": claims})
    done = run(folder, "--errors", "1", "-q")
    assert (done.exception, done.return_value, done.stderr) == (None, ExitStatus.OK, "")
    assert done.stdout.replace("\n", "").isprintable()
    # The worst mistake is the false alarm, shown with the gold's words and the report's.
    shown = done.stdout[done.stdout.index("\n- ") + 1 :].splitlines()
    assert shown[0].startswith("- orme a.txt a1 ")
    assert shown[0].endswith("gold supported: The bridge at Orme is open.")
    assert shown[1] == "    gold supports, b.txt: The bridge \\u{1B}]0;x\\u{7} is open"
    assert shown[2].startswith("    said contradicted 0.")
    assert shown[3] == "    shown contradicts, b.txt: The bridge at Orme is closed."
    assert done.stdout.count("\n- ") == 1


def test_documents_are_judged_whole(tmp_path: Path) -> None:
    filler = " ".join(f"The committee on drains met for the {n}th time in the old hall." for n in range(12))
    rows = [
        {"premise": f"{filler} The bridge at Orme is open.", "claim": "The bridge at Orme is open.", "label": "entailment"},
        {"premise": ["The bridge at Orme is closed.", filler], "claim": "The bridge at Orme is open.", "label": "contradiction"},
    ]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    done = run(tmp_path / "docs.jsonl", "--verify")
    assert (done.exception, done.return_value) == (None, ExitStatus.OK)
    assert "docs: 2 rows, " in done.stdout
    assert "balanced accuracy at .5 1.000  cross-fitted -  AUC 1.000" in done.stdout


def test_flags_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    folder = write_cluster(tmp_path / "orme")
    (tmp_path / "x.jsonl").write_text(json.dumps({"premise": "a", "claim": "b", "label": "neutral"}) + "\n")
    pairs = tmp_path / "x.jsonl"
    for args in ([folder, "--verify"], [pairs, "--verify", "--passages", "3"], [pairs, "--group", "id"], [pairs, "--errors", "3"]):
        assert "UsageError" in repr(run(*args).exception), args
    (tmp_path / "empty").mkdir()
    assert "E132" in str(run(tmp_path / "empty").exception)


def test_events_can_be_read_as_pairs(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(json.dumps(EVENT) + "\n")
    out = json.loads(run(tmp_path / "events.jsonl", "--as-pairs", "--json").stdout)
    assert out["clusters"] == {}
    assert out["sets"]["events"]["pairs"] >= 1
