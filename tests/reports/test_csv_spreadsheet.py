"""The table in a real spreadsheet program, which makes a formula of whatever it takes for one: Gnumeric, where it is installed."""

from __future__ import annotations

import random
import shutil
import subprocess
import xml.etree.ElementTree as ET  # of a file that the test itself makes
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.reports import csv as report_csv
from factcheck.reports import render
from factcheck.types import Report
from tests.reports.spiked import EXAMPLES, spiked_report
from tests.reports.test_csv import PIECES

CONVERT = shutil.which("ssconvert")
pytestmark = pytest.mark.skipif(CONVERT is None, reason="no ssconvert: install Gnumeric")
_SPACE = "{http://www.gnumeric.org/v10.dtd}"


def opened(text: str, folder: Path) -> tuple[list[str], list[str]]:
    """The contents of the cells that Gnumeric takes for formulas, and of all others."""
    table, book = folder / "report.csv", folder / "report.xml"
    table.write_bytes(text.encode("utf-8"))
    command = [CONVERT or "", "--import-type=Gnumeric_stf:stf_csvtab", "--export-type=Gnumeric_XmlIO:sax", str(table), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    cells = ET.parse(book).iter(f"{_SPACE}Cell")
    # A value has a type; a formula has none, or is one of several that share an expression.
    found = [(cell.get("ValueType") is None or cell.get("ExprID") is not None, cell.text or "") for cell in cells]
    return [text for formula, text in found if formula], [text for formula, text in found if not formula]


def test_the_program_does_open_formulas(tmp_path: Path) -> None:
    formulas, values = opened('\ufeff"claim","quote"\r\n"=1+2","plain"\r\n"+1+2","@SUM(1)"\r\n', tmp_path)
    assert formulas
    assert "plain" in values


def test_a_report_opens_as_it_is(sample: Report, tmp_path: Path) -> None:
    formulas, values = opened(render("csv", sample), tmp_path)
    assert formulas == []
    assert set(report_csv.COLUMNS) <= set(values)
    assert {f.claim.text for checked in sample.articles for f in checked.findings} <= set(values)


def test_nothing_hostile_becomes_a_formula(make_string: Callable[[random.Random], str], tmp_path: Path) -> None:
    rng = random.Random(63)
    whole = render("csv", spiked_report(rng, PIECES, make_string))
    for _ in range(EXAMPLES // 3):
        _, _, rows = render("csv", spiked_report(rng, PIECES, make_string)).partition("\r\n")
        whole += rows
    formulas, values = opened(whole, tmp_path)
    assert formulas == []
    assert len(values) > 10 * EXAMPLES
