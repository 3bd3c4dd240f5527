"""The only door out: what it shows, what it lets through, and that nothing gets round it."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable

import pytest

from factcheck.reports import clean


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain words", "plain words"),
        ("Zoë’s café — 4,5 Mio. €", "Zoë’s café — 4,5 Mio. €"),
        ("漢字 👍🏽 🇬🇧 ❤️", "漢字 👍🏽 🇬🇧 ❤️"),
        ("a\tb", "a b"),
        ("a\nb", "a\\u{A}b"),
        ("a\r\nb", "a\\u{D}\\u{A}b"),
        ("\x1b[2J", "\\u{1B}[2J"),
        ("\x9b31m\x7f", "\\u{9B}31m\\u{7F}"),
        ("a\u202eb\u2066c\u200e\u061c", "a\\u{202E}b\\u{2066}c\\u{200E}\\u{61C}"),
        ("a\u200bb\ufeff\u2060", "a\\u{200B}b\\u{FEFF}\\u{2060}"),
        ("a\u2028b\u2029", "a\\u{2028}b\\u{2029}"),
        ("\ud83d \udc80", "\\u{D83D} \\u{DC80}"),
        ("\U000e0041\ufffe\u3164", "\\u{E0041}\\u{FFFE}\\u{3164}"),
        ("Bundes\xadtag", "Bundestag"),
        ("e" + "\u0301" * 4, "e" + "\u0301" * 4),
        ("e" + "\u0301" * 9 + "x", "e" + "\u0301" * 4 + "…x"),
        ("[/nope] :smile:", "[/nope] :smile:"),
    ],
)
def test_terminal(given: str, shown: str) -> None:
    assert clean.terminal(given) == shown


def test_newline_only_when_asked() -> None:
    assert clean.terminal("a\nb\r", newlines=True) == "a\nb\\u{D}"


def test_encoding_gets_likenesses_then_escapes() -> None:
    assert clean.terminal("“Zoë” – 漢", encoding="ascii") == '"Zo\\u{EB}" - \\u{6F22}'
    assert clean.terminal("“Zoë” – 漢", encoding="cp1252") == "“Zoë” – \\u{6F22}"


def test_one_line() -> None:
    assert clean.one_line(" a\r\n\t b\n\nc\xa0d\u2028") == " a b c\xa0d\u2028"


def test_every_code_point_is_harmless_afterwards() -> None:
    for start in range(0, 0x110000, 0x1000):
        shown = "".join(clean.terminal(chr(i)) for i in range(start, start + 0x1000))
        bad = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert not bad


def test_random_strings(make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(20)
    for _ in range(2000):
        s = make_string(rng)
        shown = clean.terminal(s)
        assert shown.isprintable() or all(unicodedata.category(c) in ("Zs", "Co", "Cn") for c in shown if not c.isprintable())
        assert clean.terminal(shown) == shown, "cleaning twice changes nothing"
        for encoding in ("ascii", "cp1252", "cp437", "euc-jp"):
            clean.terminal(s, encoding=encoding).encode(encoding)


def test_json_text_round_trip(make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(21)
    for _ in range(2000):
        s = make_string(rng).replace("\ud83d\udc80", "")
        text = clean.json_text(json.dumps(s, ensure_ascii=False))
        assert json.loads(text.encode("utf-8")) == s
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in text)


def test_json_text_keeps_offsets_of_a_split_pair() -> None:
    assert json.loads(clean.json_text(json.dumps("a\ud83d\ude00b", ensure_ascii=False))) == "a\ufffd\ufffdb"
