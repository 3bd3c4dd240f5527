"""Every error code in the source stands in CONTRIBUTING.md once, with one meaning, and every code there is in the source."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import factcheck

ROOT = Path(factcheck.__file__).parent
TABLE = ROOT.parent / "CONTRIBUTING.md"

#: Codes that several modules raise, looked at one by one: they mean the same everywhere. A new one here needs the same look.
SHARED = {"E107", "E109", "E120", "E130", "E131", "E133", "E135", "E208", "E209", "E214", "E215", "E216", "E218", "E303", "E304", "E309"}


def listed() -> list[tuple[list[str], list[str]]]:
    """The codes and the meanings of each row; "E207–E209" are three codes."""
    rows = re.findall(r"^\| (E\d.*?) \| (.*) \|$", TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [(codes_of(codes), meanings.split("; ")) for codes, meanings in rows]


def codes_of(cell: str) -> list[str]:
    out: list[str] = []
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        out += [f"E{n}" for n in range(int(first[1:]), int((last or first)[1:]) + 1)]
    return out


def raised() -> dict[str, set[str]]:
    """The modules that each code stands in as a string of its own."""
    out: dict[str, set[str]] = {}
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"E\d{3}", node.value):
                out.setdefault(node.value, set()).add(str(file.relative_to(ROOT)))
    return out


def test_the_table_and_the_source_have_the_same_codes_each_once() -> None:
    counts = Counter(code for codes, _ in listed() for code in codes)
    assert set(counts) == set(raised())
    assert set(counts.values()) == {1}


def test_each_code_has_one_meaning_in_the_table() -> None:
    for codes, meanings in listed():
        assert len(codes) == len(meanings), codes


def test_a_code_is_used_by_one_module_unless_it_is_known_to_mean_the_same() -> None:
    assert not {code for code, modules in raised().items() if len(modules) > 1} - SHARED
