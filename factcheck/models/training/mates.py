"""Unlabelled pairs for a teacher to judge: claims of one premise against each other, and claims against other premises like their own.

A data set labels a claim against its own premise only. Two claims of one premise, written to be true, false and undecided of the same
facts, stand in every relation to each other, and a premise on a like subject is the commonest thing that a claim meets at run time.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from factcheck.models.training.nearby import content

Row = dict[str, str]

#: The label of a pair that nobody has judged.
UNLABELLED = "unlabelled"


def mates(rows: Sequence[Row], seed: int, *, claims: int = 2) -> list[Row]:
    """For each claim ``claims`` others of its premise in the premise's place, and the foreign premise that shares its rarest words.

    No pair comes twice, and none that stands in ``rows``, where it has a label.
    """
    rng = random.Random(seed)
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(row["premise"], []).append(row["claim"])
    index = _Index(list(told))
    seen = {(row["premise"], row["claim"]) for row in rows}
    out: list[Row] = []
    for number, repeated in enumerate(told.values()):
        own = list(dict.fromkeys(repeated))
        for claim in own:
            others = [c for c in own if c != claim and (c, claim) not in seen]
            chosen = rng.sample(others, min(claims, len(others)))
            foreign = [p for p in index.alike(claim, number) if (p, claim) not in seen and p not in chosen]
            for premise in (*chosen, *foreign[:1]):
                seen.add((premise, claim))
                out.append({"premise": premise, "claim": claim, "label": UNLABELLED})
    return out


class _Index:
    """Premises by the words they hold."""

    def __init__(self, premises: Sequence[str]) -> None:
        self._premises = premises
        self._words = [content(premise) for premise in premises]
        self._holders: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            for word in words:
                self._holders.setdefault(word, []).append(number)

    def alike(self, claim: str, own: int) -> list[str]:
        """The premises but number ``own`` that share the claim's six rarest words, most first; rare among words that another one has."""
        spread = {w: len(self._holders[w]) for w in content(claim) & self._holders.keys()}
        rarest = sorted((w for w, n in spread.items() if n > (w in self._words[own])), key=lambda w: (spread[w], w))[:6]
        shared = Counter(n for word in rarest for n in self._holders[word][:200] if n != own)
        return [self._premises[n] for n in sorted(shared, key=lambda n: (-shared[n], n))]
