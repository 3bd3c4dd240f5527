"""The import directions of the design, and what an import may cost."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import factcheck

ROOT = Path(factcheck.__file__).parent

#: What a part may import. types, text and errors know nothing above them; the parts in the middle meet only in the pipeline.
ALLOWED = {
    "types": set(),
    "errors": set(),
    "text": {"types"},
    "networks": {"types", "errors"},
    "quantities": {"text"},
    "config": {"types", "errors"},
    "sources": {"types", "text", "errors"},
    "claims": {"types", "text", "errors", "networks", "quantities"},
    "evidence": {"types", "text", "errors"},
    "models": {"types", "text", "errors", "networks"},
    "verdicts": {"types", "text", "errors", "quantities"},
    "reports": {"types", "text", "errors"},
    "clusters": {"types", "text", "errors", "config", "sources", "claims", "evidence", "models", "verdicts", "judging", "pipeline"},
    "measuring": {"types", "errors", "config", "evidence", "models", "judging", "pipeline", "clusters"},
    "judging": {"config", "errors", "evidence", "models", "verdicts"},
    "mining": {"types", "config", "evidence", "models", "judging", "clusters"},
    "inputs": {"types", "errors", "sources"},
    "lsp": {
        "types",
        "text",
        "errors",
        "config",
        "sources",
        "quantities",
        "models",
        "verdicts",
        "judging",
        "pipeline",
        "reports",
        "ignores",
    },
    "baseline": {"types", "errors", "reports"},
    "ignores": {"types", "text", "config", "claims", "reports"},
    "pipeline": {
        "types",
        "text",
        "errors",
        "config",
        "inputs",
        "judging",
        "sources",
        "claims",
        "evidence",
        "models",
        "verdicts",
        "reports",
    },
}


def imported(path: Path) -> set[str]:
    """Parts of the package that a module imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "factcheck" else [f"factcheck.{a.name}" for a in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("factcheck.")}
    return found


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    files = [ROOT / f"{part}.py"] if (ROOT / f"{part}.py").exists() else sorted((ROOT / part).rglob("*.py"))
    assert files, f"no such part: {part}"
    for file in files:
        above = imported(file) - ALLOWED[part] - {part, "__version__"}
        assert not above, f"{file.relative_to(ROOT)} imports {sorted(above)}"


def test_every_part_is_in_the_list() -> None:
    parts = {p.stem for p in ROOT.iterdir() if not p.name.startswith("_")}
    assert parts - {"cli"} == set(ALLOWED)


def test_no_module_is_longer_than_500_lines() -> None:
    assert not {f.name for f in ROOT.rglob("*.py") if len(f.read_text(encoding="utf-8").splitlines()) > 500}


HEAVY = "torch transformers spacy datasets lxml trafilatura tokenizers rich.console"


@pytest.mark.parametrize("code", ["import factcheck", "from factcheck.cli.main import cli; cli.main(['--help'], standalone_mode=False)"])
def test_heavy_packages_are_imported_only_when_needed(code: str) -> None:
    check = f"import sys; {code}; print([m for m in {HEAVY.split()!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_every_public_name_has_a_docstring() -> None:
    bare = []
    for file in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        public = [n for n in tree.body if isinstance(n, (ast.ClassDef, ast.FunctionDef)) and not n.name.startswith("_")]
        methods = [m for n in public if isinstance(n, ast.ClassDef) for m in n.body if isinstance(m, ast.FunctionDef) and m.name[0] != "_"]
        bare += [f"{file.relative_to(ROOT)}: {n.name}" for n in (*public, *methods) if ast.get_docstring(n) is None]
        assert ast.get_docstring(tree), f"{file} has no docstring"
    assert not bare
