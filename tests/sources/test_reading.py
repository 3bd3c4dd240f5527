from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

from factcheck.errors import InputError
from factcheck.sources import LIMIT_BYTES, read

LEAD = (
    "The lock at Harrow Weir will stay shut until Easter, the canal trust said on Monday. "
    "Boats wait, and nobody knows why it takes so long."
)
PAGE = f"<!doctype html><html><body><article><p>{LEAD}</p></article></body></html>"
POST = json.dumps({"title": {"rendered": "T"}, "content": {"rendered": f"<p>{LEAD}</p>"}})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", LEAD, "text"), ("a.txt", PAGE, "html"), ("a.md", PAGE, "html"), ("a.html", PAGE, "html"), ("a.htm", LEAD, "text"),
        ("A.MD", LEAD, "markdown"), ("-", LEAD, "text"), ("-", PAGE, "html"), ("-", POST, "wordpress"), ("-", f"# T\n\n{LEAD}", "markdown"),
        ("-", f"---\ntitle: T\n---\n{LEAD}", "markdown"), ("-", f"[Update] {LEAD}", "text"),
        ("a.json", POST, "wordpress"), ("a", POST, "wordpress"),
        ("-", "\ufeff" + PAGE, "html"), ("a.txt", f"{{not json}} {LEAD}", "text"),
    ],
)  # fmt: skip
def test_kind_by_suffix_and_content(one, name, content, kind):
    assert one(name, content).kind == kind


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "-"])
def test_empty_files(refused, name, data):
    refused("E103", name, data)


def test_files_that_cannot_be_read(refused, tmp_path):
    refused("E101", str(tmp_path / "missing.txt"), None)
    refused("E101", "a\0b.txt", None)
    refused("E102", str(tmp_path), None)
    refused("E102", "-", None)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    refused("E102", str(pipe), None)
    refused("E102", os.devnull, None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(refused, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LEAD)
    path.chmod(0)
    refused("E102", str(path), None)


def test_too_large_is_refused_before_reading(refused, tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT_BYTES + 1)  # sparse: nothing is written
    assert "20 MB" in refused("E105", str(path), None).problem
    refused("E105", "a.txt", b"x" * (LIMIT_BYTES + 1))


def test_a_file_on_disk(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(LEAD.encode())
    (article,) = read(str(path))
    assert (article.text, article.path) == (LEAD, str(path))


def test_a_file_without_prose_is_an_error(refused):
    refused("E109", "a.md", b"---\ntitle: only front matter\n---\n")


_PARTS = [
    b"<p>", b"</p>", b"<article>", b"<!--", b"-->", b"<script>", b"<div class='ad'>", b"<br>", b"<table><tr><td>",
    b"&#xD800;", b"&#0;", b"&amp", b"<![CDATA[", b"<?x", b"{", b"}", b"[", b"]", b'"title"', b":", b'"text"', b",",
    b"\\ud800", b"---\n", b"```\n", b"**", b"_", b"`", b"](", b"![", b"# ", b"> ", b"| a | b |\n", b"- ", b"1. ", b"\n",
    b"\r", b"\r\n\r\n", b"\t", b" ", b"\x00", b"\x1b[31m", b"\xff", b"\xc3", b"\xc3\xa9", b"\xed\xa0\x80", b"\xe2\x80\xa8",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"Outlet, 2026-02-31\n", b"By Ada\n", b"Boats wait. ", b"Is it?\n",
    b"\xf0\x9f\x9a\xa2", b"title: x\n", b"<html>", b"<meta charset=utf-16>", b"<base href=x>", b"<form>", b"<pre>", b"\x0c",
    b"1" * 50, b"=" * 9,
]  # fmt: skip


def _hostile(rng: random.Random) -> bytes:
    if rng.random() < 0.2:
        return rng.randbytes(rng.randrange(1, 400))
    return b"".join(rng.choice(_PARTS) for _ in range(rng.randrange(1, 80)))


@pytest.mark.parametrize("seed", range(300))
def test_hostile_bytes_give_articles_or_an_input_error(seed):
    rng = random.Random(seed)
    data = _hostile(rng)
    for name in ("a.txt", "a.md", "a.html", "a.json", "-"):
        outcome = _outcome(name, data)
        assert outcome in _CODES or isinstance(outcome, tuple)
        for article in outcome if isinstance(outcome, tuple) else ():
            _check(article)


_CODES = {"E103", "E104", "E106", "E107", "E109", "E110"}


def _outcome(name, data):
    """Articles, or the code of an InputError; anything else that is raised fails the test."""
    try:
        return read(name, data)
    except InputError as error:
        return error.code


def _check(article):
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(article.text)
        at = block.span.end
    at = 0
    for hidden in article.hidden:
        assert at <= hidden.start < hidden.end <= len(article.text)
        at = hidden.end
    article.text.encode("utf-8")
    assert (article.title or "").encode("utf-8") is not None


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, factcheck.sources; print([m for m in ('lxml', 'trafilatura', 'charset_normalizer', 'torch') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
