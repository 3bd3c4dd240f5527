"""The server with a real client over its standard input and output."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .client import Client

ROOT = Path(__file__).parent.parent.parent
DRAFT = """# Harbour news

🌉 The mayor is proud. The harbour bridge cost 48 million crowns.

The ferry to the island carried 310 people in May.
"""
WIRE = """Bridge bill

The council said the bridge in the harbour cost 61 million crowns. In May the island ferry carried 310 people.
"""
WINDOW = {"workDoneProgress": True, "showDocument": {"support": True}}


def start(folder: Path, **capabilities: Any) -> Client:
    client = Client([sys.executable, "-m", "tests.lsp.server"], ROOT)
    options = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {"window": WINDOW, **capabilities}}
    client.server = client.ask("initialize", options)["capabilities"]  # type: ignore[attr-defined]
    client.send("initialized", {})
    return client


def write(folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def opened(client: Client, file: Path) -> str:
    uri = file.as_uri()
    text = file.read_text(encoding="utf-8")
    client.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
    return uri


def change(client: Client, uri: str, version: int, text: str) -> None:
    client.send("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]})


def close(client: Client, uri: str) -> None:
    client.send("textDocument/didClose", {"textDocument": {"uri": uri}})


def published(client: Client, uri: str, version: int | None) -> list[dict[str, Any]]:
    """The next diagnostics of this version of a document."""
    note = client.note("textDocument/publishDiagnostics", lambda n: (n["uri"], n.get("version")) == (uri, version))
    return note["diagnostics"]  # type: ignore[no-any-return]


def at(line: int, start: int, end: int) -> dict[str, Any]:
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path]]:
    folder = tmp_path_factory.mktemp("pushed")
    client = start(folder, textDocument={"hover": {"contentFormat": ["markdown", "plaintext"]}})
    yield client, folder
    assert client.leave() == 0


def test_an_editor_s_whole_way(pushed: tuple[Client, Path]) -> None:
    client, root = pushed
    folder = root / "way"
    write(folder, draft_md=DRAFT, wire_txt=WIRE)
    assert client.server["positionEncoding"] == "utf-16"  # type: ignore[attr-defined]
    uri, wire = opened(client, folder / "draft.md"), (folder / "wire.txt").as_uri()
    (alarm,) = (d for d in published(client, uri, 1) if d["code"] == "contradicted")
    # The emoji is two units of UTF-16.
    assert alarm["range"] == at(2, 23, 64)
    assert (alarm["severity"], alarm["source"]) == (1, "factcheck")
    assert alarm["relatedInformation"][0]["location"] == {"uri": wire, "range": at(2, 0, 66)}
    here = {"textDocument": {"uri": uri}}

    hover = client.ask("textDocument/hover", {**here, "position": {"line": 2, "character": 30}})
    assert hover["range"] == alarm["range"]
    assert hover["contents"]["kind"] == "markdown"
    assert "denied by **Bridge bill**, way/wire.txt:3:1" in hover["contents"]["value"]
    assert client.ask("textDocument/hover", {**here, "position": {"line": 0, "character": 3}}) is None

    asked = {**here, "range": at(2, 30, 30), "context": {"diagnostics": [alarm]}}
    actions = {a["title"]: a for a in client.ask("textDocument/codeAction", asked)}
    (edit,) = actions["Replace “48 million” by “61 million” (Bridge bill)"]["edit"]["changes"][uri]
    assert (edit["range"], edit["newText"]) == (at(2, 47, 57), "61 million")
    assert "Ignore this finding" in actions
    command = next(a["command"] for title, a in actions.items() if title.startswith("Show evidence: Bridge bill denies it: “The council"))
    client.ask("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    (shown,) = (r["params"] for r in client.requests if r["method"] == "window/showDocument")
    assert (shown["uri"], shown["selection"]) == (wire, at(2, 0, 66))

    # Only the changed claim is read again, and the correction solves the finding.
    first = sum(int(line.split()[1]) for line in client.errors if line.startswith("READ"))
    change(client, uri, 2, DRAFT.replace("48 million", "61 million"))
    assert [d["code"] for d in published(client, uri, 2) if d["severity"] == 1] == []
    again = sum(int(line.split()[1]) for line in client.errors if line.startswith("READ")) - first
    assert 0 < again < first

    # The comment counts once a reason stands in the place of the word "reason".
    (edit,) = actions["Ignore this finding"]["edit"]["changes"][uri]
    assert (edit["range"], edit["newText"]) == (at(2, 0, 0), "<!-- factcheck: ignore reason -->\n")
    lines = DRAFT.splitlines(keepends=True)
    for version, why, alarms in ((3, "reason", 1), (4, "the council gave us the bill", 0)):
        change(client, uri, version, "".join([*lines[:2], edit["newText"].replace("reason", why), *lines[2:]]))
        assert len([d for d in published(client, uri, version) if d["severity"] == 1]) == alarms
    assert any(r["method"] == "window/workDoneProgress/create" for r in client.requests)
    close(client, uri)
    assert published(client, uri, None) == []


def test_the_unsaved_text_of_a_source_counts_once_it_is_saved_or_opened(pushed: tuple[Client, Path]) -> None:
    client, root = pushed
    folder = root / "unsaved"
    write(folder, draft_md=DRAFT, wire_txt=WIRE)
    uri = opened(client, folder / "draft.md")
    assert 1 in [d["severity"] for d in published(client, uri, 1)]
    wire = opened(client, folder / "wire.txt")
    change(client, wire, 2, WIRE.replace("61 million", "48 million"))
    client.send("textDocument/didSave", {"textDocument": {"uri": wire}})
    client.note("textDocument/publishDiagnostics", lambda n: n["uri"] == uri and all(d["severity"] > 1 for d in n["diagnostics"]))
    close(client, uri)
    close(client, wire)


def test_a_newer_version_drops_the_work_on_the_older(pushed: tuple[Client, Path]) -> None:
    client, root = pushed
    folder = root / "newer"
    write(folder, draft_md=DRAFT, wire_txt=WIRE)
    uri = opened(client, folder / "draft.md")
    published(client, uri, 1)
    slow = DRAFT.replace("The mayor is proud.", "The harbour bridge is a slow bridge.")
    before = len(client.errors)
    change(client, uri, 2, slow)
    while len(client.errors) == before:  # until the model reads
        time.sleep(0.05)
    change(client, uri, 3, slow + "\nIt is so.\n")
    change(client, uri, 4, DRAFT)
    versions = []
    while 4 not in versions:
        versions.append(client.note("textDocument/publishDiagnostics", lambda n: n["uri"] == uri)["version"])
    assert versions == [4]
    close(client, uri)


def test_an_error_is_told_once_with_its_code_and_the_server_goes_on(pushed: tuple[Client, Path]) -> None:
    client, root = pushed
    folder = root / "errors"
    write(folder, draft_md=DRAFT, wire_txt=WIRE, factcheck_toml='model = "none"\n')
    uri = opened(client, folder / "draft.md")
    told = client.note("window/showMessage")
    assert (told["type"], "[E305] no such model; name another" in told["message"]) == (1, True)
    change(client, uri, 2, DRAFT + "\nMore.\n")
    assert published(client, uri, 2) == []
    (folder / "factcheck.toml").unlink()
    change(client, uri, 3, DRAFT.replace("bridge cost", "crash cost"))
    assert "internal error" in client.note("window/showMessage")["message"]
    change(client, uri, 4, DRAFT)
    assert 1 in [d["severity"] for d in published(client, uri, 4)]
    close(client, uri)


def test_other_files_and_lonely_articles_get_none(pushed: tuple[Client, Path]) -> None:
    client, root = pushed
    write(root / "lonely", draft_md=DRAFT)
    uri = opened(client, root / "lonely" / "draft.md")
    assert published(client, uri, 1) == []
    close(client, uri)
    write(root / "page", draft_html=f"<p>{DRAFT}</p>", wire_txt=WIRE)
    uri = opened(client, root / "page" / "draft.html")
    assert published(client, uri, 1) == []
    close(client, uri)


def test_an_editor_that_asks_for_diagnostics_is_sent_none(tmp_path: Path) -> None:
    write(tmp_path, draft_md=DRAFT, wire_txt=WIRE)
    client = start(tmp_path, general={"positionEncodings": ["utf-8", "utf-16"]}, textDocument={"diagnostic": {}})
    uri = opened(client, tmp_path / "draft.md")
    here = {"textDocument": {"uri": uri}}
    full = client.ask("textDocument/diagnostic", here)
    assert full["kind"] == "full"
    (alarm,) = (d for d in full["items"] if d["code"] == "contradicted")
    assert alarm["range"] == at(2, 25, 66)  # in bytes of UTF-8
    same = client.ask("textDocument/diagnostic", {**here, "previousResultId": full["resultId"]})
    assert (same["kind"], same["resultId"]) == ("unchanged", full["resultId"])

    change(client, uri, 2, DRAFT.replace("The mayor is proud.", "The harbour bridge is a slow bridge."))
    number = client.begin("textDocument/diagnostic", here)
    client.send("$/cancelRequest", {"id": number})
    assert client.answer(number)["error"]["code"] == -32800
    change(client, uri, 3, DRAFT.replace("48 million", "61 million"))
    solved = client.ask("textDocument/diagnostic", here)
    assert [d for d in solved["items"] if d["severity"] == 1] == []
    assert client.ask("textDocument/diagnostic", {"textDocument": {"uri": (tmp_path / "none.md").as_uri()}})["items"] == []
    assert client.leave() == 0
    assert [n for n in client.notes if n["method"] == "textDocument/publishDiagnostics"] == []


COMMAND = "import sys; from factcheck.cli.main import main; sys.argv = ['factcheck', 'lsp']; main()"


def test_the_command_keeps_standard_output_for_the_protocol() -> None:
    noisy = "import factcheck.lsp.server as s, factcheck.cli.lsp; serve = s.serve\n"
    noisy += "def loud(*args): print('noise', flush=True); import os; os.write(1, b'noise'); return serve(*args)\ns.serve = loud\n"
    noisy += "import logging; serve = lambda *args, s=serve: (logging.getLogger('pygls').error('\\x1b[2J\\u202e'), s(*args))[1]\n"
    client = Client([sys.executable, "-c", noisy + COMMAND], ROOT)
    assert "capabilities" in client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert client.leave() == 0
    errors = "".join(client.errors)
    assert "noise" in errors
    assert "\\u{1B}[2J\\u{202E}" in errors, "what is logged may quote an article, and the log may be a terminal"
    assert "\x1b" not in errors


def test_an_editor_that_hangs_up_without_a_word_is_exit_code_1() -> None:
    client = Client([sys.executable, "-c", COMMAND], ROOT)
    client.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert client.close() == 1


def test_without_pygls_the_command_says_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['pygls'] = None\n{COMMAND}"], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert done.returncode == 2
    assert "[E230]" in done.stderr
    assert "pip install 'factcheck[lsp]'" in done.stderr
    assert done.stdout == ""
