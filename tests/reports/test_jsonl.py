"""The JSON lines: the same values as the JSON report, each line by itself."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from factcheck.reports import json as report_json
from factcheck.reports import jsonl, render
from factcheck.reports import schema as report_schema
from factcheck.types import Report
from tests.reports.spiked import EXAMPLES

GOLDEN = Path(__file__).parent / "golden" / "sample.jsonl"
#: Two halves of one character, which no decoder makes and JSON cannot write as two.
SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
IN_EVERY_CLAIM = ("path", "article", "outlet", "date", "title", "url")


def parsed(report: Report) -> list[dict[str, Any]]:
    return [json.loads(line) for line in render("jsonl", report).encode().split(b"\n")[:-1]]


def rebuilt(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON report that the lines were made from."""
    report: dict[str, Any] = {}
    for line in lines:
        kind = line.pop("type")
        if kind == "run":
            report = line | {"articles": [], "failures": []}
        elif kind == "failure":
            report["failures"].append(line)
        elif kind == "article":
            assert line.pop("article") == len(report["articles"])
            report["articles"].append(line | {"claims": [], "skipped": []})
        else:
            article = report["articles"][line["article"]]
            told = {name: line.pop(name) for name in (IN_EVERY_CLAIM if kind == "claim" else IN_EVERY_CLAIM[:2])}
            del told["article"]
            assert told.items() <= article.items(), "what a line repeats of its article is the article's"
            article["claims" if kind == "claim" else "skipped"].append(line)
    return report


def test_golden(sample: Report) -> None:
    text = render("jsonl", sample)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode())
    assert text == GOLDEN.read_bytes().decode()


def test_the_lines_hold_all_that_the_json_report_holds(sample: Report, empty: Report, calm: Report) -> None:
    for report in (sample, empty, calm):
        assert rebuilt(parsed(report)) == report_json.as_dict(report)
        jsonschema.Draft202012Validator(report_schema.schema()).validate(rebuilt(parsed(report)))


def test_the_order_of_the_lines(sample: Report) -> None:
    lines = parsed(sample)
    kinds = [line["type"] for line in lines]
    assert kinds[:3] == ["run", "failure", "article"]
    assert kinds.count("claim") == 9
    numbers = [line["article"] for line in lines[2:]]
    assert numbers == sorted(numbers), "article after article, each begun by its own line"
    assert [line["type"] for line in lines if line.get("article") == 0] == ["article", *["claim"] * 5, *["skipped"] * 3]


def test_a_claim_can_be_read_without_the_other_lines(sample: Report) -> None:
    opens = next(line for line in parsed(sample) if line["type"] == "claim" and line["outdated"])
    assert (opens["path"], opens["line"], opens["outlet"]) == ("articles/gazette.md", 3, "Ellery Gazette")
    assert opens["evidence"][0]["outlet"] == "Coast Wire"


def test_verbose_changes_nothing(sample: Report) -> None:
    assert render("jsonl", sample, verbose=True) == render("jsonl", sample)


def test_hostile_strings_stay_in_their_line(make_hostile: Callable[[random.Random], Report]) -> None:
    rng = random.Random(61)
    for _ in range(EXAMPLES):
        report = make_hostile(rng)
        text = jsonl.render(report)
        lines = text.encode().decode().splitlines()
        assert len(lines) == text.count("\n") == len(list(jsonl.lines(report))), "no reader sees a line end inside a line"
        if not SPLIT_PAIR.search(json.dumps(report_json.as_dict(report), ensure_ascii=False)):
            assert rebuilt([json.loads(line) for line in lines]) == report_json.as_dict(report)


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_jq_streams_it(sample: Report) -> None:
    program = 'select(.verdict == "contradicted") | "\\(.path):\\(.line)"'
    ran = subprocess.run(["jq", "-r", program], input=render("jsonl", sample).encode(), capture_output=True, check=True)
    assert ran.stdout.decode().split() == ["articles/gazette.md:3", "articles/herald.txt:3"]
