"""Offsets in every unit, on text with emoji, CRLF and the line separators that are none."""

from __future__ import annotations

import random

import pytest

from factcheck.text import LineIndex, code_point_offset, fold, merge, surface, utf16_offset, visible_text, words
from factcheck.types import Span

ALPHABET = "aé😀\U0001f469\u200d\r\n\u2028\x85\t \ud800Z"


def test_line_and_column_as_editors_count_them() -> None:
    index = LineIndex("ab\r\nc\u2028d\re\n")
    assert [index.line_column(i) for i in (0, 2, 4, 6, 8, 10)] == [(1, 1), (1, 3), (2, 1), (2, 3), (3, 1), (4, 1)]
    with pytest.raises(ValueError, match="outside"):
        index.line_column(99)


def test_utf16_round_trip() -> None:
    rng = random.Random(1)
    for _ in range(500):
        text = "".join(rng.choices(ALPHABET, k=rng.randint(0, 30)))
        for i in range(len(text) + 1):
            assert utf16_offset(text, i) == len(text[:i].encode("utf-16-le", "surrogatepass")) // 2
            assert code_point_offset(text, utf16_offset(text, i)) == i


def test_surface_points_back_at_the_words() -> None:
    text = "A **bold** [link](http://x) \n\n here"
    hidden = (Span(2, 4), Span(8, 10), Span(11, 12), Span(16, 27))
    shown = surface(text, Span(0, len(text)), hidden)
    assert shown.text == "A bold link here" == visible_text(text, Span(0, len(text)), hidden)
    at = shown.text.index("link")
    assert [text[a:b] for a, b in shown.spans(at, at + 4)] == ["link"]
    assert [text[a:b] for a, b in shown.spans(0, 6)] == ["A ", "bold"]


def test_white_space_between_markup_is_no_span() -> None:
    text = "A <b>bold</b>\n<i>link</i>"
    hidden = (Span(2, 5), Span(9, 13), Span(14, 17), Span(21, 25))
    shown = surface(text, Span(0, len(text)), hidden)
    assert [text[a:b] for a, b in shown.spans(0, len(shown.text))] == ["A ", "bold", "link"]


def test_folding_makes_quotes_dashes_accents_and_case_equal() -> None:
    assert fold("“Café” – ONE\u00a0two") == fold('"cafe" - one two')
    assert words("It’s 5,100 mm (5.1 m)!") == ["it's", "5,100", "mm", "5.1", "m"]


def test_spans_refuse_nonsense_and_merge() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 3)
    assert merge([Span(4, 6), Span(0, 2), Span(1, 3)]) == [Span(0, 3), Span(4, 6)]
