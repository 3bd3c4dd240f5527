from __future__ import annotations

import json

import pytest

from factcheck.errors import InputError
from factcheck.reports import render
from factcheck.sources import expand
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report

POST = json.dumps({"title": {"rendered": "T"}, "content": {"rendered": "<p>Boats wait.</p>"}})


@pytest.fixture
def folder(tmp_path):
    for name, content in {
        "b.txt": "B", "a.md": "A", "sub/c.html": "<p>C", "sub-2/d.json": POST, "gold.json": '{"claims": []}', "broken.json": "{",
        "photo.jpg": "x",
        ".hidden.txt": "x", ".git/e.txt": "x", "sub/list.json": f"[{POST}]", "notes": "x",
    }.items():  # fmt: skip
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "in"


def names(folder, paths):
    return [path.removeprefix(str(folder) + "/") for path in paths]


def test_a_folder_stands_for_its_articles(folder):
    found = expand([str(folder)])
    assert names(folder, found.files) == ["a.md", "b.txt", "broken.json", "sub/c.html", "sub/list.json", "sub-2/d.json"]
    assert names(folder, found.passed_over) == ["gold.json", "notes", "photo.jpg"]


@pytest.mark.parametrize(("name", "file"), [("html", "r.html"), ("markdown", "r.md"), ("terminal", "r.txt")])
def test_a_report_of_ours_is_no_article(folder, name, file):
    text = "The bridge cost 48 million crowns."
    found = Finding(Claim(text, ((0, len(text)),), text), "unsupported", 0.9, 0.1, 0.1)
    report = Report((CheckedArticle(Article(text, "a.txt"), (found,)),), ModelInfo("m", "", "fp32"), "0.1.0")
    (folder / file).write_text(render(name, report), encoding="utf-8")
    (folder / "fact.md").write_text("## Fact check: 2 contradicted claims on the bridge\n\nIt cost 48 million.\n")
    expanded = expand([str(folder)])
    assert file in names(folder, expanded.passed_over)
    assert "fact.md" in names(folder, expanded.files)
    assert expand([str(folder / file)]).files == (str(folder / file),), "named itself it is read"


def test_links_in_a_folder_are_not_followed(folder, tmp_path):
    (tmp_path / "outside.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    found = expand([str(folder)])
    assert len(found.files) == 6
    assert {"link.txt", "loop"} <= set(names(folder, found.passed_over))


def test_named_files_are_kept_and_read_once(folder):
    odd, gold = str(folder / "notes"), str(folder / "gold.json")
    found = expand([odd, str(folder), gold, str(folder / "sub" / ".." / "a.md"), "missing.txt", "-", "-"])
    assert found.files[0] == odd
    assert found.files[-3:] == (gold, "missing.txt", "-")
    assert len(found.files) == len(set(found.files)) == 10
    assert names(folder, found.passed_over) == ["photo.jpg"]


@pytest.mark.parametrize("content", [None, "gold.json"])
def test_a_folder_without_article_is_an_error(tmp_path, content):
    if content:
        (tmp_path / content).write_text("{}")
    with pytest.raises(InputError) as caught:
        expand([str(tmp_path)])
    assert caught.value.code == "E108"


def test_a_name_with_a_nul_is_left_to_read():
    assert expand(["a\0b"]).files == ("a\0b",)
