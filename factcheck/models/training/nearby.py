"""Pairs as the tool itself meets them: a claim against one or two sentences of a story on the same event.

At run time nearly all such pairs are neutral: another sentence on the same people and places, about another fact. Data sets have few
of them, and a model that never met them takes a different figure in a different statement for a contradiction.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

Row = dict[str, str]

_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])|\n+")
_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_STOP = frozenset(
    "a an the of in on at by for with from to and or but as is are was were be been being it its this that these those he she they his her"
    " their has have had will would can could who which said says".split()
)


def nearby(rows: list[Row], seed: int) -> list[Row]:
    """Pairs of one or two sentences, made from rows whose premises are short stories.

    For each row: the claim with the stretch of the premise that holds most of its words, under the row's label, if nothing that
    the claim shares with the premise is lost; and the claim with a stretch that has little of it, as neutral. For each premise:
    two different entailed claims as premise and claim, as neutral.
    """
    rng = random.Random(seed)
    out: list[Row] = []
    stated: dict[str, list[str]] = {}
    for row in rows:
        out += _cut(row, rng)
        if row["label"] == "entailment":
            stated.setdefault(row["premise"], []).append(row["claim"])
    for claims in stated.values():
        out += _between(claims, rng)
    return out


def _cut(row: Row, rng: random.Random) -> Iterator[Row]:
    sentences = [s.strip() for s in _BOUNDARY.split(row["premise"]) if len(_WORD.findall(s)) > 3]
    if len(sentences) < 2:
        return
    claim = content(row["claim"])
    stretches = [" ".join(sentences[i : i + n]) for n in (1, 2) for i in range(len(sentences) - n + 1)]
    shared = [len(claim & content(s)) for s in stretches]
    most, whole = max(shared), len(claim & content(row["premise"]))
    best = stretches[shared.index(most)]
    if row["label"] in ("neutral", "not_entailment") or (most == whole and most >= 0.4 * len(claim)):
        yield {"premise": best, "claim": row["claim"], "label": row["label"]}
    far = [s for s, n in zip(stretches, shared, strict=True) if n <= most / 2 and n < 0.35 * len(claim)]
    if far and row["label"] != "not_entailment":
        # The nearest of the far ones: names in common, another fact.
        far.sort(key=lambda s: (-len(claim & content(s)), s))
        yield {"premise": far[0] if rng.random() < 0.7 else rng.choice(far), "claim": row["claim"], "label": "neutral"}


def _between(claims: list[str], rng: random.Random) -> Iterator[Row]:
    pairs = [(a, b) for a in claims for b in claims if a != b]
    apart = [(a, b) for a, b in pairs if len(content(a) & content(b)) <= 0.4 * min(len(content(a)), len(content(b)))]
    if apart:
        premise, claim = rng.choice(apart)
        yield {"premise": premise, "claim": claim, "label": "neutral"}


def content(text: str) -> set[str]:
    """The different words and figures of a text, lower-cased, without the commonest."""
    return {w for w in _WORD.findall(text.lower()) if w not in _STOP}
