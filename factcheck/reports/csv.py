"""The report as a table for spreadsheets (CSV by RFC 4180), one row a finding: filtered by verdict, sorted by confidence, counted.

One row a finding and not one a passage, so that counts are counts of claims and sorting never parts a disputed claim's two sides:
each side has the strongest passage in columns of its own and the number of the others. All findings are there, articles in input
order and findings in text order; a spreadsheet filters better than an option. An input that failed and an article without claims
have a row too, since a table that is silent on them looks as if it had cleared them. Skipped text is left to the JSON report.

The file starts with a byte order mark, without which Excel reads it in the computer's old code page; Python reads it as
``utf-8-sig``. Article text cannot become a formula (CWE-1236): where a spreadsheet would start to calculate, at a cell's start or
behind a separator that it may take for its own, an apostrophe stands before the sign, as one writes such text in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from factcheck.reports.json import as_dict
from factcheck.reports.phrases import confidence
from factcheck.reports.wording import shown
from factcheck.types import Report

_PASSAGE = ("outlet", "date", "place", "quote", "score", "reason")

#: The table's head. confidence and scores are 0..1; conflict to missing as in the JSON report; *_origins are independent sources.
COLUMNS = (
    *("verdict", "confidence", "likelihood", "claim", "quote", "speaker", "stance"),
    *("article", "line", "column", "outlet", "date", "title", "id", "conflict", "outdated"),
    *("denials", "denial_origins", *(f"denial_{name}" for name in _PASSAGE)),
    *("supports", "support_origins", *(f"support_{name}" for name in _PASSAGE)),
    *("nearest_relation", *(f"nearest_{name}" for name in _PASSAGE)),
    *("missing", "known", "ignored", "note"),
)
#: Excel holds 32,767 UTF-16 units in a cell and spills the rest over the next rows; half as many code points always fit.
MAX_CELL = 16_000

# Excel, LibreOffice and Google Sheets calculate from = + - @, some also from their wide forms; blanks and quotes before them are
# passed over. Where the computer's list separator is no comma, Excel cuts the line at ; or |, inside quoted cells too.
_FORMULA = re.compile(r'((?:^|[;|])[\s"]*)(?=[=+\-@＝＋－＠])')


def render(report: Report, *, verbose: bool = False) -> str:
    """The report as CSV text with CRLF line ends and a byte order mark; it holds all findings, ``verbose`` or not.

    Raises as the JSON report does, whose values it shows.
    """
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_NONNUMERIC)
    table.writeheader()
    for row in _rows(as_dict(report)):
        table.writerow({name: cell(value) if isinstance(value, str) else value for name, value in row.items() if value is not None})
    return "\ufeff" + out.getvalue()


def cell(s: str) -> str:
    """``s`` as text that stays text: one line, nothing that acts on a terminal, no formula, at most :data:`MAX_CELL` code points."""
    text = _FORMULA.sub(r"\1'", shown(s))
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def _rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for article in report["articles"]:
        about = {"article": article["path"] or article["title"], **{name: article[name] for name in ("outlet", "date", "title")}}
        rows += [{**about, **_claim(claim)} for claim in article["claims"]]
        if not article["claims"] and not article["source_only"]:
            rows.append({**about, "verdict": "no claims", "note": "no checkable claim was found in this article"})
    for failure in report["failures"]:
        note = f"{failure['code']}: {failure['problem']}; {failure['step']}"
        rows.append({"verdict": "failed", "article": failure["path"], "note": note})
    return rows


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    sides = {relation: [e for e in claim["evidence"] if e["relation"] == relation] for relation in ("contradicts", "supports")}
    return {
        **{name: claim[name] for name in ("verdict", "confidence", "quote", "speaker", "stance", "id", "conflict")},
        **{name: claim.get(name) for name in ("line", "column")},
        "likelihood": confidence(claim["confidence"]).partition(",")[0],
        "claim": claim["text"],
        "outdated": "yes" if claim["outdated"] else None,
        "known": "yes" if claim["known"] else None,
        "ignored": claim["ignored"],
        "denials": len(sides["contradicts"]),
        "denial_origins": claim["origins"]["contradicts"],
        **_passage("denial", *sides["contradicts"][:1]),
        "supports": len(sides["supports"]),
        "support_origins": claim["origins"]["supports"],
        **_passage("support", *sides["supports"][:1]),
        "nearest_relation": claim["nearest"]["relation"] if claim["nearest"] else None,
        **_passage("nearest", *([claim["nearest"]] if claim["nearest"] else [])),
        "missing": "; ".join(f"{missing['kind']}: {missing['words']}" for missing in claim["missing"]),
    }


def _passage(side: str, evidence: dict[str, Any] | None = None) -> dict[str, Any]:
    if evidence is None:
        return {}
    place = f"{evidence['path']}:{evidence['line']}:{evidence['column']}" if "line" in evidence else evidence["path"]
    return {f"{side}_{name}": place if name == "place" else evidence[name] for name in _PASSAGE}
