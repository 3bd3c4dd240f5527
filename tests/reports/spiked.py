"""Reports whose every text is spiked with what one format must not let through."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable, Sequence

from factcheck.types import (
    Article,
    CheckedArticle,
    Claim,
    Evidence,
    Failure,
    Finding,
    Missing,
    ModelInfo,
    Relation,
    Report,
    Span,
    Verdict,
)

#: Reports a property test looks at; FACTCHECK_EXAMPLES makes it many.
EXAMPLES = int(os.environ.get("FACTCHECK_EXAMPLES", "150"))


def spiked_report(rng: random.Random, pieces: Sequence[str], hostile: Callable[[random.Random], str]) -> Report:
    """Two articles with a finding each. Every string is made of ``pieces``, of harmless words and, at times, of ``hostile`` ones."""

    def s() -> str:
        if rng.random() < 0.2:
            return hostile(rng)
        return "".join(rng.choice((*pieces, *pieces, " ", "bridge", "4 ", "; ", ", ")) for _ in range(rng.randrange(1, 6))) or "x"

    words = [[s(), s(), s()] for _ in range(2)]
    texts = ["".join(part) for part in words]
    spans = [Span(len(before), len(before) + len(quote)) for before, quote, _ in words]

    def passage(number: int, relation: Relation, score: float) -> Evidence:
        return Evidence(number, spans[number], words[number][1], relation, score, Span(0, len(texts[number])), s())

    def checked(number: int) -> CheckedArticle:
        verdict: Verdict = rng.choice(("contradicted", "disputed", "unsupported", "supported"))
        evidence = (passage(1 - number, "contradicts", 0.8), passage(1 - number, "supports", 0.6))
        at = spans[number]
        claim = Claim(s(), ((at.start, at.end),), words[number][1], s(), speaker=rng.choice((None, s())), stance=rng.choice((None, "said")))
        finding = Finding(
            claim, verdict, rng.random(), 0.6, rng.random(), evidence, passage(1 - number, "supports", 0.2), rng.random() < 0.5,
            "number", (Missing("figure", s()),), (1, 1),
        )  # fmt: skip
        kind = rng.choice(("text", "html"))
        article = Article(texts[number], s(), s(), s(), dt.date(2026, 3, 4), s(), kind, notes=(s(),))
        return CheckedArticle(article, (finding,), checked=0.5)

    model = ModelInfo(s(), "0" * 64, "fp32")
    return Report((checked(0), checked(1)), model, s(), (Failure(s(), "E114", s(), s()),), (s(),), (s(),), {"seed": 1}, 2)
