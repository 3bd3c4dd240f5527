"""Faithfulness: whatever the text, every span is exact, nothing of it is lost unseen, and nothing is said that it does not say.

The texts are generated (:mod:`tests.claims.newsroom`); FACTCHECK_EXAMPLES sets how many, CONTRIBUTING.md says how to run many.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.claims import Reading, as_article, read_claims
from factcheck.claims.faq import answered
from factcheck.claims.splitter import MOST_WORDS
from factcheck.claims.syntax import Syntax
from factcheck.errors import InputError
from factcheck.sources import read
from factcheck.text import squeeze, visible_parts, visible_text
from factcheck.types import Article, Span

from .newsroom import articles, texts

_SOME = 60
_EXAMPLES = int(os.environ.get("FACTCHECK_EXAMPLES", _SOME))
#: The few of every run are always the same ones; many are new ones each time, or those of pytest's --hypothesis-seed.
_GENERATED = settings(
    max_examples=_EXAMPLES,
    derandomize=_EXAMPLES == _SOME,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

#: Words that a claim may have beyond its article's: forms of 'be', 'have' and 'do', articles, ages, and what turns a question and its
#: answer to a statement.
_ADDED = frozenset("is are was were has does a an the s not no longer cannot so far you your years old".split())
_ADDED_SIGNS = frozenset(".,'()[]")


@pytest.fixture(scope="module", autouse=True)
def _parsed_once() -> Iterator[None]:
    """The analysis of the article read last is kept: read at both grains, it is analysed once."""
    analyse = Syntax.parse
    last: dict[tuple[str, ...], list] = {}

    def parse(self: Syntax, texts: Sequence[str], *, one_article: bool = False) -> list:
        key = (*texts, str(one_article))
        if key not in last:
            last.clear()
            last[key] = analyse(self, texts, one_article=one_article)
        return last[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Syntax, "parse", parse)
        yield


def check(article: Article) -> list[Reading]:
    """Read an article at both grains and check all that is promised of a reading."""
    readings = [read_claims(article), read_claims(article, fine=True)]
    check_sentences(article, readings[0])
    for reading in readings:
        assert reading.sentences == readings[0].sentences
        check_claims(article, reading)
        check_nothing_lost(reading)
        check_nothing_added(article, reading)
    return readings


def check_sentences(article: Article, reading: Reading) -> None:
    """Sentences stand in text order, apart, and hold all words of the prose."""
    prose = [block.span for block in article.blocks or as_article(article.text).blocks]
    spans = [s.span for s in reading.sentences]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(any(block.start <= s.start and s.end <= block.end for block in prose) for s in spans)
    assert _words_of(article, spans) == _words_of(article, prose)
    for s in reading.sentences:
        assert s.text == visible_text(article.text, s.span, article.hidden) != ""


def _words_of(article: Article, spans: Sequence[Span]) -> str:
    """All that a reader sees in the spans, without white space."""
    return "".join("".join(part.of(article.text).split()) for span in spans for part in visible_parts(span, article.hidden))


def check_claims(article: Article, reading: Reading) -> None:
    """Spans are in the article, in order and apart; quotes are its words; claims and what is skipped come in text order."""
    text = article.text
    assert [c.id for c in reading.claims] == [f"c{n}" for n in range(1, len(reading.claims) + 1)]
    assert [c.start for c in reading.claims] == sorted(c.start for c in reading.claims)
    for claim in reading.claims:
        assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in claim.spans)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(claim.spans))
        assert (claim.start, claim.end) == (claim.spans[0][0], claim.spans[-1][1])
        assert claim.quote == text[claim.start : claim.end]
    for one in reading.skipped:
        assert one.span.end <= len(text)
        assert one.quote == one.span.of(text)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(reading.skipped))


def check_nothing_lost(reading: Reading) -> None:
    """Every sentence is in a claim or skipped, no word is in both, and the checked share is that of what is not skipped."""
    told = [Span(a, b) for c in reading.claims for a, b in c.spans]
    left = [s.span for s in reading.skipped]
    assert not any(_overlap(a, b) for a in told for b in left)
    for sentence in reading.sentences:
        assert any(_overlap(sentence.span, span) for span in (*told, *left))
    for span in (*told, *left):
        assert any(s.span.start <= span.start and span.end <= s.span.end for s in reading.sentences)
    prose = {i for s in reading.sentences for i in range(s.span.start, s.span.end)}
    skipped = {i for span in left for i in range(span.start, span.end)}
    assert reading.checked == pytest.approx(len(prose - skipped) / len(prose) if prose else 0.0)
    assert not [one for one in reading.skipped if one.reason == "too_long" and len(one.quote) <= MOST_WORDS]


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def check_nothing_added(article: Article, reading: Reading) -> None:
    """A claim is a sentence of the article's own words and signs, but for a few that make it one."""
    seen = " ".join(s.text for s in reading.sentences).casefold()
    signs = _ADDED_SIGNS.union(seen)
    for claim in reading.claims:
        assert claim.text == squeeze(claim.text)
        assert any(c.isalnum() for c in claim.text)
        words = re.findall(r"\w+", claim.text.casefold())
        assert article.date or [w for w in words if w not in _ADDED and not _written(w, seen)] == []
        assert {c for c in claim.text.casefold() if not c.isalnum()} <= signs | {" "}


def _written(word: str, seen: str) -> bool:
    """Whether a text has a word, or the plural of it as a verb: of several who act one acts ("Lee and Ode plan": "Lee plans")."""
    return any(form in seen for form in (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)))


@_GENERATED
@given(texts())
def test_any_text_is_read_faithfully(text: str) -> None:
    check(as_article(text))


@_GENERATED
@given(
    texts(),
    st.sampled_from(("a.txt", "a.md", "-", "a.html")),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
)
def test_any_file_is_read_faithfully_or_refused(text: str, path: str, encoding: str) -> None:
    page = f"<html><body><article><h1>Ferry news</h1><p>{text}</p></article></body></html>" if path.endswith("html") else text
    with contextlib.suppress(InputError):
        for article in read(path, page.encode(encoding, errors="replace")):
            check(article)


@settings(_GENERATED, max_examples=max(_EXAMPLES // 6, 1))
@given(articles(), articles())
def test_the_same_text_gives_the_same_claims_whatever_was_read_before(text: str, other: str) -> None:
    first = read_claims(as_article(text))
    read_claims(as_article(other))
    assert read_claims(as_article(text)) == first


@pytest.mark.parametrize("text", ["", " ", "\r\n\t\x85\u2028", "\0", "\ufeff", "\u202e\u202c", "…", "👩\u200d🚒", "\u0301", "“”", "</p>"])
def test_what_holds_no_words_holds_no_claims(text: str) -> None:
    for reading in check(as_article(text)):
        assert reading.claims == ()
        assert reading.checked == 0
        assert [s.quote for s in reading.skipped] == ([text.strip()] if text.strip() else [])


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed.\r\n\r\nTwo ferries\r\nsank on Friday.",
        "The bridge is closed.\r\rTwo ferries\rsank on Friday.",
        "The bridge is closed. Two ferries\x85sank\u2028on\u2029Friday.",
        "The  bridge\xa0is\u2009closed.\t\n \nTwo ferries sank\von\fFriday.",
        "\n\n  The bridge is closed.  \n\nTwo ferries sank on Friday.  \n\n",
    ],
)
def test_lines_may_end_as_they_like(text: str) -> None:
    for reading in check(as_article(text)):
        assert [c.text for c in reading.claims] == ["The bridge is closed.", "Two ferries sank on Friday."]
        assert "".join(reading.claims[1].quote.split()) == "TwoferriessankonFriday"


@pytest.mark.parametrize(
    "text",
    [
        "THE OLD BRIDGE IS CLOSED TO TRAFFIC. TWO FERRIES SANK ON FRIDAY.",
        "the old bridge is closed to traffic\n\ntwo ferries sank on friday",
        "🌉 The old bridge is closed to traffic. 👩\u200d🚒 Two ferries sank on Friday 😀.",
        "\u202bThe old bridge is closed to traffic.\u202c Two \u2067ferries\u2069 sank on Friday.",
        "𝐓𝐡𝐞 𝐨𝐥𝐝 𝐛𝐫𝐢𝐝𝐠𝐞 is closed to traffic. Two fe\u0301rries sank on Friday.",
        "«The old bridge is closed to traffic. (Two ferries sank on Friday.",
        "The old bridge is closed to traffic. הגשר סגור. Two ferries sank on Friday.",
        "The old bridge is closed to traffic. Anna Holt, ², said ፩ May. Two ferries sank on Friday.",
    ],
)
def test_odd_writing_is_checked_all_the_same(text: str) -> None:
    for reading in check(as_article(text)):
        assert len(reading.claims) >= 2
        assert reading.checked > 0.8


def test_what_has_no_claim_is_not_called_too_long() -> None:
    for reading in check(as_article("A380s, F16s, B52s.")):
        assert [(s.quote, s.reason) for s in reading.skipped] == [("A380s, F16s, B52s.", "too_short")]


@pytest.mark.parametrize("sign", [".", "! ", "…", ".)", "“", "(", "-", "x", "é\u0301", "\u202e", "👩\u200d", "\n", "?)", "a-b/", "A. "])
def test_a_long_row_of_signs_takes_no_time(sign: str) -> None:
    start = time.process_time()
    read_claims(as_article(sign * (60_000 // len(sign))))
    assert time.process_time() - start < 5


def test_a_question_of_many_marks_takes_no_time() -> None:
    start = time.process_time()
    assert answered("Is it " + "?" * 60_000 + ")", "No.") is None
    assert answered("Is the bridge open" + "?" * 60_000, "No.") == "The bridge is not open."
    assert time.process_time() - start < 2


def test_a_heading_without_end_is_not_analysed() -> None:
    (article,) = read("a.md", b"# " + b"The bridge is closed " * 5_000 + b"\n\nTwo ferries sank on Friday.\n")
    start = time.process_time()
    reading = read_claims(article)
    assert ([s.reason for s in reading.skipped], len(reading.claims)) == (["too_long"], 1)
    assert time.process_time() - start < 5


def test_a_megabyte_without_a_stop_is_one_skipped_sentence() -> None:
    text = "the bridge is closed " * 50_000
    reading = read_claims(as_article(text))
    assert [(s.reason, s.quote) for s in reading.skipped] == [("too_long", text.strip())]
    assert (reading.claims, reading.checked) == ((), 0.0)
