"""The table for spreadsheets: read back by a CSV reader, and by one that cuts lines where a spreadsheet of another country would."""

from __future__ import annotations

import csv
import io
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.reports import csv as report_csv
from factcheck.reports import render
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report
from tests.reports.spiked import EXAMPLES, spiked_report

GOLDEN = Path(__file__).parent / "golden" / "sample.csv"
PIECES = (
    *("=1+2", "+1", "-2", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://e.example")', "＝1", "＋1", "－1", "＠A1"),
    *("\t=1", "\r=1", "\n=1", '";=1', '";"=1', '",=1', "|=1", " =1", "\xa0=1", "\u3000@x", '"', '""', "'", ";", "|", ",", "=", "\ufeff"),
)
#: What a spreadsheet takes for a formula, in the forms that any of them is known to read.
FORMULA = re.compile(r'[\s"\ufeff]*[=+\-@＝＋－＠]')


def rows(report: Report) -> list[dict[str, str]]:
    encoded = render("csv", report).encode("utf-8")
    return list(csv.DictReader(io.StringIO(encoded.decode("utf-8-sig"), newline=""), strict=True))


def about(text: str) -> Report:
    """A report on one claim."""
    found = Finding(Claim(text, ((0, len(text)),), text), "unsupported", 0.9, 0.1, 0.1)
    return Report((CheckedArticle(Article(text, "a.txt"), (found,)),), ModelInfo("m", "", "fp32"), "0.1.0")


def test_golden(sample: Report) -> None:
    text = render("csv", sample)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode())
    assert text == GOLDEN.read_bytes().decode()


def test_one_row_a_finding_in_the_order_of_the_report(sample: Report) -> None:
    table = rows(sample)
    claims = [finding.claim for checked in sample.articles for finding in checked.findings]
    assert [row["claim"] for row in table[:-1]] == [claim.text for claim in claims]
    assert [row["quote"] for row in table[:-1]] == [claim.quote for claim in claims]
    assert set(table[0]) == set(report_csv.COLUMNS)
    assert render("csv", sample, verbose=True) == render("csv", sample), "all findings are there anyway"


def test_a_disputed_claim_has_both_sides_in_its_row(sample: Report) -> None:
    cost = rows(sample)[0]
    assert (cost["verdict"], cost["confidence"], cost["likelihood"]) == ("disputed", "0.871", "likely")
    assert (cost["denials"], cost["denial_outlet"], cost["denial_place"]) == ("2", "The Herald", "articles/herald.txt:3:3")
    assert (cost["supports"], cost["support_outlet"], cost["support_place"]) == ("1", "Coast Wire", "wire.json")
    assert cost["denial_reason"] == "48 and 61 million crowns"
    assert (cost["speaker"], cost["stance"], cost["conflict"], cost["outdated"]) == ("the council", "said", "number", "")


def test_no_input_is_passed_over_in_silence(sample: Report, calm: Report) -> None:
    failed = rows(sample)[-1]
    assert (failed["verdict"], failed["article"]) == ("failed", "articles/scan.pdf")
    assert failed["note"].startswith("E114: the PDF holds pictures of text only; run OCR")
    quiet = next(row for row in rows(calm) if row["article"] == "quiet.txt")
    assert (quiet["verdict"], quiet["claim"]) == ("no claims", "")
    assert "articles/gazette.md" not in {row["article"] for row in rows(calm)}, "a mere source is not called unchecked"


def test_the_form_of_the_file(sample: Report) -> None:
    encoded = render("csv", sample).encode()
    assert encoded.startswith(b'\xef\xbb\xbf"verdict",')
    assert encoded.count(b"\r\n") == encoded.count(b"\n") == encoded.count(b"\r") == len(rows(sample)) + 1
    assert b'"contradicted",0.932,"very likely"' in encoded, "figures are no text"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Bread costs 5 crowns.", "Bread costs 5 crowns."),
        ("Prices rose by 5 %, -2 % in May; wages did not.", "Prices rose by 5 %, -2 % in May; wages did not."),
        ("He said: “1 + 1 = 2”, e-mail a@b.example", "He said: “1 + 1 = 2”, e-mail a@b.example"),
        ("=1+2", "'=1+2"),
        ("-5 degrees", "'-5 degrees"),
        ("\t@SUM(A1)", "'@SUM(A1)"),
        ("\r\n+1", "'+1"),
        ("＝1", "'＝1"),
        ('"=1', "\"'=1"),
        ('x";=1+2', "x\";'=1+2"),
        ("Rain; -5 degrees", "Rain; '-5 degrees"),
        ("x|\xa0=1", "x|\xa0'=1"),
        ("two\nlines", "two lines"),
        ("\x1b[2J", "\\u{1B}[2J"),
    ],
)
def test_formulas_are_defused_and_prose_is_left_alone(given: str, shown: str) -> None:
    assert rows(about(given))[0]["claim"] == shown


def test_a_cell_never_overflows() -> None:
    [row] = rows(about("bridge " * 5000))
    assert len(row["claim"]) == report_csv.MAX_CELL
    assert row["claim"].endswith("…")


@pytest.mark.parametrize("separator", [",", ";", "|"])
def test_no_cell_of_a_hostile_report_is_a_formula(separator: str, make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(62)
    for _ in range(EXAMPLES // 3):
        text = render("csv", spiked_report(rng, PIECES, make_string))
        table = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))
        if separator == ",":
            assert {len(row) for row in table} == {len(report_csv.COLUMNS)}
        assert not [cell for row in table for cell in row if FORMULA.match(cell)]
        assert not [cell for line in text.splitlines() for cell in line.split(separator) if separator != "," and FORMULA.match(cell)]
        text.encode()
