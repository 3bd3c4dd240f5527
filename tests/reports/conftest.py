"""Small reports made by hand from our own invented articles, and hostile strings."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable

import pytest

from factcheck.types import (
    Article,
    CheckedArticle,
    Claim,
    Considered,
    Evidence,
    Failure,
    Finding,
    Missing,
    ModelInfo,
    Relation,
    Report,
    Skipped,
    SkipReason,
    Span,
    Stance,
    Verdict,
)

MODEL = ModelInfo("factcheck-newsroom-1", "ab" * 32, "fp32")

GAZETTE = """# Harbour bridge to open in *June*

The new harbour bridge at Port Ellery cost 48 million crowns, the council said on Tuesday. It will open on 4 June.

Mayor Ines Okafor called it “the best thing to happen to this town”. The bridge, which replaces a ferry that ran for ninety years, \
carries two lanes of traffic and a cycle path. Will the ferry crews find work? Nobody at the council would say.

The contractor, Brandt & Søn, employed 310 people on the site. Its engineers came from Tromsø.
"""
HERALD = """BRIDGE BILL HITS 61 MILLION\r\n\r\n\U0001f309 The Port Ellery bridge has cost 61 million crowns, \
a third more than the 48 million crowns that the council announced.\r\n\
The crossing opens to traffic on 4 June.\r\nSubscribe to our newsletter!\r\n"""
WIRE = "Port Ellery's bridge came in at 48 million crowns. The opening has been put off to 18 June because of unfinished barriers."
RADIO = "The final bill stands at 61 million crowns, a council spokesman told us. Ferry crews were offered jobs on the island route."


def span(text: str, words: str) -> Span:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def evidence(
    number: int, text: str, words: str, relation: Relation, score: float, around: str | None = None, reason: str | None = None
) -> Evidence:
    """A passage of article ``number``."""
    return Evidence(number, span(text, words), words, relation, score, span(text, around) if around else None, reason)


def finding(
    text: str,
    claim: str,
    parts: tuple[str, ...],
    verdict: Verdict,
    confidence: float,
    *passages: Evidence,
    nearest: Evidence | None = None,
) -> Finding:
    """A claim made of ``parts`` of ``text``, with its verdict."""
    spans = tuple((s.start, s.end) for s in (span(text, p) for p in parts))
    quote = text[spans[0][0] : spans[-1][1]]
    against = max((e.score for e in passages if e.relation == "contradicts"), default=0.03)
    in_favour = max((e.score for e in passages if e.relation == "supports"), default=0.05)
    return Finding(Claim(claim, spans, quote, f"c{spans[0][0]}"), verdict, confidence, in_favour, against, passages, nearest)


def by(found: Finding, speaker: str | None, stance: Stance) -> Finding:
    """The finding, its claim said by somebody."""
    return dataclasses.replace(found, claim=dataclasses.replace(found.claim, speaker=speaker, stance=stance))


def skipped(text: str, words: str, reason: SkipReason) -> Skipped:
    """Words that are not checked."""
    return Skipped(span(text, words), words, reason)


_COST = "The new harbour bridge at Port Ellery cost 48 million crowns"
_BILL = "The Port Ellery bridge has cost 61 million crowns"
_LANES = "carries two lanes of traffic and a cycle path"
_FERRY = "replaces a ferry that ran for ninety years"
_BARRIERS = "The opening has been put off to 18 June because of unfinished barriers."


def _gazette() -> CheckedArticle:
    t = GAZETTE
    hidden = (span(t, "# "), Span(t.index("*"), t.index("*") + 1))
    cost = finding(
        t, f"{_COST}.", (_COST,), "disputed", 0.871,
        evidence(
            1, HERALD, _BILL, "contradicts", 0.97, HERALD[HERALD.index("The Port") : HERALD.index("\r\nThe crossing")],
            reason="48 and 61 million crowns",
        ),
        evidence(3, RADIO, "The final bill stands at 61 million crowns", "contradicts", 0.91),
        evidence(2, WIRE, "Port Ellery's bridge came in at 48 million crowns.", "supports", 0.954),
    )  # fmt: skip
    opens = finding(
        t, "The new harbour bridge at Port Ellery will open on 4 June.", ("It will open on 4 June",), "contradicted", 0.932,
        evidence(2, WIRE, _BARRIERS, "contradicts", 0.932),
    )  # fmt: skip
    lanes = finding(
        t, f"The bridge {_LANES}.", ("The bridge", _LANES),
        "unsupported", 0.8, nearest=evidence(1, HERALD, "The crossing opens to traffic on 4 June.", "supports", 0.21),
    )  # fmt: skip
    ferry = finding(t, f"The bridge {_FERRY}.", ("The bridge", _FERRY), "unsupported", 0.9)
    jobs = "Brandt & Søn employed 310 people on the site of the harbour bridge at Port Ellery, where its engineers from Tromsø worked."
    staff = finding(t, jobs, ("Brandt & Søn", "employed 310 people on the site"), "unsupported", 0.96)
    left_out = (
        skipped(t, "Mayor Ines Okafor called it “the best thing to happen to this town”.", "opinion"),
        skipped(t, "Will the ferry crews find work?", "question"),
        skipped(t, "Harbour bridge to open in *June*", "heading"),
    )
    article = Article(
        t,
        "articles/gazette.md",
        "Harbour bridge to open in June",
        "Ellery Gazette",
        dt.date(2026, 3, 3),
        kind="markdown",
        hidden=hidden,
    )
    cost = dataclasses.replace(
        by(cost, "the council", "said"), conflict="number", origins=(1, 2), considered=(
            Considered(1, span(HERALD, _BILL), _BILL, 0.01, 0.97),
            Considered(2, span(WIRE, _BARRIERS), _BARRIERS, 0.04, 0.02, "scout", may_deny=False, rule="quotes the same words"),
        ),
    )  # fmt: skip
    opens = dataclasses.replace(opens, conflict="date", outdated=True, origins=(0, 1))
    lanes = dataclasses.replace(lanes, missing=(Missing("figure", "two lanes"), Missing("actor", "a cycle path")))
    found = (cost, opens, lanes, by(ferry, None, "said"), staff)
    return CheckedArticle(article, found, left_out, 0.72)


def _herald() -> CheckedArticle:
    t = HERALD
    denials = {
        _COST: 0.64, "cost 48 million crowns": 0.6, "48 million crowns, the council said on Tuesday": 0.58,
        "48 million crowns": 0.55, "48 million": 0.52,
    }  # fmt: skip
    words = "The Port Ellery bridge has cost 61 million crowns"
    passages = (evidence(0, GAZETTE, w, "contradicts", score) for w, score in denials.items())
    cost = dataclasses.replace(finding(t, f"{words}.", (words,), "contradicted", 0.64, *passages), conflict="other", origins=(0, 1))
    words = "The crossing opens to traffic on 4 June."
    opens = finding(t, words, (words,), "supported", 0.997, evidence(0, GAZETTE, "It will open on 4 June.", "supports", 0.997))
    article = Article(t, "articles/herald.txt", None, "The Herald", dt.date(2026, 3, 12), encoding_source="bom")
    return CheckedArticle(article, (cost, opens), (skipped(t, "Subscribe to our newsletter!", "call_to_action"),), 0.951)


def _wire(gazette: int) -> CheckedArticle:
    article = Article(WIRE, "wire.json", "Bridge opening slips", "Coast Wire", dt.date(2026, 3, 14), "https://example.org/1", "wordpress")
    words = "Port Ellery's bridge came in at 48 million crowns."
    cost = finding(WIRE, words, (words,), "supported", 0.95, evidence(gazette, GAZETTE, _COST, "supports", 0.95))
    barriers = finding(WIRE, "The barriers are unfinished.", ("unfinished barriers",), "unsupported", 0.7)
    return CheckedArticle(article, (cost, barriers), (), 1.0)


def rich_report() -> Report:
    """Every part of a report, filled."""
    radio = Article(RADIO, "radio.html", outlet="Radio Ellery", kind="html", notes=("the date could not be found",))
    scan = Failure("articles/scan.pdf", "E114", "the PDF holds pictures of text only", "run OCR on it first, then give the new file")
    return Report(
        (_gazette(), _herald(), _wire(0), CheckedArticle(radio, source_only=True)),
        MODEL,
        "0.1.0",
        (scan,),
        ("articles/notes.xlsx", "articles/photo.jpg"),
        ("articles/herald.txt and radio.html look like copies of one report: they count as one origin",),
        {"threshold": 0.5, "seed": 7, "language": "en"},
        3,
    )


def empty_report() -> Report:
    """A run in which no input could be used."""
    return Report((), MODEL, "0.1.0")


def calm_report() -> Report:
    """Nothing to worry about, and an article with nothing to check."""
    day = CheckedArticle(Article("What a day!", "quiet.txt"), (), (Skipped(Span(0, 11), "What a day!", "opinion"),), 0.0)
    return Report((_wire(2), day, CheckedArticle(_gazette().article, source_only=True)), MODEL, "0.1.0")


_NASTY = (
    # escape sequences and control characters
    *(
        "\x1b[2J",
        "\x1b]0;pwned\x07",
        "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
        "\x1b]52;c;cm0gLXJm\x07",
        "\x9b31m",
        "\x9d0;t\x9c",
    ),
    *("\x7f", "\x00", "\x08", "\r", "\n", "\r\n", "\t", "\x85", "\x0b", "\x0c", "\x1c", "\u2028", "\u2029"),
    # markup of ours and of others
    *(
        "[/nope]",
        "[red]x[/red]",
        "[link=https://e/]x[/link]",
        "[bold",
        ":smile:",
        "</script>",
        "::error::",
        "=cmd",
        "\\",
        '"',
        "{0}",
        "%s",
    ),
    # direction, zero width, surrogates, tags, marks
    *(
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200e",
        "\u061c",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u2060",
        "\xad",
        "\ud83d",
        "\udc80",
        "\ufffe",
    ),
    *("\U000e0041", "\U000e0001", "a" + "\u0301" * 40, "e\u0301", "\u3164", "\u3000", "\xa0", "\u1680"),
    # wide, joined and right-to-left characters, and a long word
    *("👩\u200d🔬", "❤\ufe0f", "🇬🇧", "漢字仮名", "עברית", "مرحبا", "ﷺ", "x" * 130),
)


def hostile(rng: random.Random) -> str:
    """A string of words, nasty pieces and random code points; never blank."""
    parts = ["w" + str(rng.randrange(1000))]
    for _ in range(rng.randrange(1, 9)):
        kind = rng.random()
        if kind < 0.6:
            parts.append(rng.choice(_NASTY))
        elif kind < 0.8:
            parts.append(chr(rng.randrange(0x110000)))
        else:
            parts.append(rng.choice((" ", "bridge", "48 million", "café")))
    rng.shuffle(parts)
    return "".join(parts)


def hostile_report(rng: random.Random) -> Report:
    """A report in which every string is hostile."""

    def h() -> str:
        return hostile(rng)

    other, own, quote, answer = (h() for _ in range(4))
    text, there = own + quote + h(), other + answer
    claim = Claim(h(), ((len(own), len(own) + len(quote)),), quote, h(), speaker=h(), stance="said")
    relation: Relation = rng.choice(("supports", "contradicts"))
    passage = Evidence(1, Span(len(other), len(there)), answer, relation, 0.7, Span(0, len(there)))
    verdict: Verdict = rng.choice(("contradicted", "disputed", "unsupported"))
    found = Finding(claim, verdict, rng.random(), 0.1, 0.9, (passage,) * rng.randrange(5), passage if verdict == "unsupported" else None)
    kind = rng.choice(("text", "html"))
    first = CheckedArticle(
        Article(text, h(), h(), h(), kind=kind, notes=(h(),)), (found,), (Skipped(Span(0, len(own)), own, "opinion"),), 0.5
    )
    second = CheckedArticle(Article(there, h(), h(), h(), kind=kind), source_only=rng.random() < 0.5)
    return Report((first, second), ModelInfo(h(), h(), h()), h(), (Failure(h(), h(), h(), h()),), (h(), h()), (h(),), {"s": h()})


@pytest.fixture
def sample() -> Report:
    """:func:`rich_report`."""
    return rich_report()


@pytest.fixture
def empty() -> Report:
    """:func:`empty_report`."""
    return empty_report()


@pytest.fixture
def calm() -> Report:
    """:func:`calm_report`."""
    return calm_report()


@pytest.fixture
def make_hostile() -> Callable[[random.Random], Report]:
    """:func:`hostile_report`."""
    return hostile_report


@pytest.fixture
def make_string() -> Callable[[random.Random], str]:
    """:func:`hostile`."""
    return hostile
