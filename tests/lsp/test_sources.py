"""What a draft is checked against, and how an editor's text becomes an article."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from factcheck.config import Config, load_config
from factcheck.errors import ConfigError
from factcheck.lsp.sources import MOST_BESIDE, Shelf, paths

TEXT = "# Harbour news\n\nThe bridge cost 48 million crowns.\n"


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), TEXT + "\x0b\u2028 🌉 é\n", TEXT + "a\ud83d b\n"])
def test_offsets_of_the_draft_are_offsets_of_the_editor_s_text(text: str) -> None:
    article = Shelf().draft(Path("/news/draft.md"), text)
    assert article is not None
    assert len(article.text) == len(text)
    assert article.text.index("48 million") == text.index("48 million")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", "<p>It rained.</p>"),
        ("post.json", "{}"),
        ("tool.py", "x = 1"),
        ("empty.md", ""),
        ("begun.md", "---\n"),
        ("page.txt", "<!doctype html><html><body><p>It rained all day in Ellery.</p></body></html>"),
    ],
)
def test_what_is_no_text_or_markdown_article_is_no_draft(name: str, text: str) -> None:
    assert Shelf().draft(Path("/news") / name, text) is None


def test_an_unsaved_text_beats_the_file_and_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file, shelf = tmp_path / "wire.md", Shelf(tmp_path)
    file.write_text(TEXT, encoding="utf-8")
    first = shelf.source(file, {})
    assert [a.path for a in first.articles] == ["wire.md"]
    assert shelf.source(file, {}) is first
    opened = shelf.source(file, {file: TEXT.replace("48", "61")})
    assert "61 million" in opened.articles[0].text
    file.write_text(TEXT.replace("48", "7"), encoding="utf-8")
    assert "7 million" in shelf.source(file, {}).articles[0].text
    file.unlink()
    gone = shelf.source(file, {})
    assert (gone.articles, gone.error and gone.error.code) == ((), "E101")


def test_the_sources_are_the_articles_beside_the_draft(tmp_path: Path) -> None:
    for name in ("draft.md", "b.txt", "a.html", "c.json", ".hidden.md", "photo.jpg", "deep/more.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "b.txt")
    (tmp_path / "c.json").write_text(json.dumps({"title": "Harbour news", "text": TEXT}), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"private": true}', encoding="utf-8")
    (tmp_path / "report.txt").write_text("factcheck 0.1.0 · model nli-base\n" + TEXT, encoding="utf-8")
    assert [p.name for p in paths(tmp_path / "draft.md", ())] == ["a.html", "b.txt", "c.json"]
    assert paths(tmp_path / "yet" / "to" / "come.md", ()) == []


def test_a_folder_full_of_notes_is_refused_with_what_to_do(tmp_path: Path) -> None:
    for n in range(MOST_BESIDE + 2):
        (tmp_path / f"{n}.md").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"E231.*51 files.*sources = "):
        paths(tmp_path / "0.md", ())


def test_named_sources_are_meant_from_the_settings_file_s_place(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "wire" / "old").mkdir(parents=True)
    for name in ("drafts/draft.md", "drafts/other.md", "wire/one.md", "wire/old/two.txt", "statement.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "factcheck.toml").write_text('sources = ["wire", "drafts/../statement.md", "drafts/draft.md"]\n', encoding="utf-8")
    config = load_config(tmp_path / "drafts", {})
    found = paths(tmp_path / "drafts" / "draft.md", config.sources)
    assert found == [tmp_path / "wire" / "old" / "two.txt", tmp_path / "wire" / "one.md", tmp_path / "statement.md"]


def test_sources_from_the_environment_are_parted_as_in_path(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert load_config(tmp_path, {"FACTCHECK_SOURCES": os.pathsep.join(("wire", "a b.md"))}).sources == ("wire", "a b.md")
    assert Config().sources == ()


@pytest.mark.parametrize("value", ['"wire"', "[1]", '[""]', "3"])
def test_sources_that_are_no_list_of_paths_are_a_coded_error(tmp_path: Path, value: str) -> None:
    (tmp_path / "factcheck.toml").write_text(f"sources = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="E205"):
        load_config(tmp_path, {})
