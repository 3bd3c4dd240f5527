from __future__ import annotations

import codecs

import pytest

TEXT = "Der Café-Streit: „Wir warten“, sagte Ada Merrow – über 5 € mehr."
MORE = "Und noch ein Satz, damit der Absatz lang genug ist: Das Café öffnet im März."
PAGE = "<html><head>{}</head><body><article><p>{} " + MORE + "</p></article></body></html>"


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_byte_order_marks(one, bom, encoding):
    article = one("a.txt", bom + TEXT.encode(encoding))
    assert (article.text, article.encoding, article.encoding_source) == (TEXT, encoding, "bom")


def test_plain_utf8(one):
    article = one("a.txt", TEXT)
    assert (article.encoding, article.encoding_source, article.notes) == ("utf-8", "utf-8", ())


def test_cp1252_is_guessed_and_said(one):
    article = one("a.txt", TEXT.encode("cp1252"))
    assert (article.text, article.encoding, article.encoding_source) == (TEXT, "cp1252", "guessed")
    assert article.notes == ("encoding guessed as cp1252",)


def test_cyrillic_is_guessed(one):
    text = "Шлюз останется закрытым до Пасхи, сообщил в понедельник фонд канала. Лодки ждут. " * 10
    article = one("a.txt", text.encode("cp1251"))
    assert (article.text, article.encoding_source) == (text, "guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(one, encoding):
    article = one("a.txt", ("The lock is shut. " * 10).encode(encoding))
    assert (article.encoding, article.encoding_source) == (encoding, "guessed")


@pytest.mark.parametrize(
    ("declared", "written", "read_as", "source"),
    [
        ("iso-8859-1", "cp1252", "cp1252", "declared"),
        ("windows-1252", "cp1252", "cp1252", "declared"),
        ("utf-8", "utf-8", "utf-8", "declared"),
        ("iso-8859-1", "utf-8", "utf-8", "utf-8"),
        ("utf-8", "cp1252", "cp1252", "guessed"),
        ("zlib", "utf-8", "utf-8", "utf-8"),
        ("unicode_escape", "cp1252", "cp1252", "guessed"),
    ],
)
def test_declarations_of_pages(one, declared, written, read_as, source):
    html = PAGE.format(f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">', TEXT)
    article = one("a.html", html.encode(written))
    assert TEXT in article.text
    assert (article.encoding, article.encoding_source) == (read_as, source)


def test_a_wrong_declaration_is_said(one):
    article = one("a.html", PAGE.format("<meta charset=utf-8>", TEXT).encode("cp1252"))
    assert article.notes[0] == "declared as utf-8, which does not fit"


def test_an_xml_declaration_counts(one):
    html = '<?xml version="1.0" encoding="iso-8859-15"?>' + PAGE.format("", TEXT)
    article = one("a.xhtml", html.encode("iso8859-15", "replace"))
    assert article.encoding == "iso8859-15"
    assert "5 €" in article.text


def test_a_broken_mark_is_refused(refused):
    refused("E106", "a.txt", codecs.BOM_UTF8 + b"caf\xe9 is open")
    refused("E106", "a.txt", codecs.BOM_UTF16_LE + b"\x00\xd8a\x00")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", "PDF"), (b"\x89PNG\r\n\x1a\n\0\0", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04....word/document.xml", "Word"),
        (b"PK\x03\x04....", "ZIP"), (b"\x1f\x8b\x08", "gzip"), (b"{\\rtf1 Hello}", "RTF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\0\0\0\x18ftypmp42", "video"), (b"text with a \0 in it", "binary"), (bytes(range(1, 32)) * 20, "binary"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json"])
def test_binary_files_are_named(refused, data, what, name):
    assert what in refused("E104", name, data).problem


@pytest.mark.parametrize("text", ["ID3 is the name of a tag format.", "BZh is no word, said the trust.", "OggS was a typing error."])
def test_prose_that_begins_like_a_binary_file(one, text):
    assert one("a.txt", text).text == text
