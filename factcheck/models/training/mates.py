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
    """For each claim ``claims`` others of its premise in the premise's place, and the foreign premise that shares its rarest words."""
    rng = random.Random(seed)
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row["premise"], []).append(row["claim"])
    premises = list(groups)
    words = [content(premise) for premise in premises]
    spread = Counter(word for own in words for word in own)
    holders: dict[str, list[int]] = {}
    for number, own in enumerate(words):
        for word in own:
            holders.setdefault(word, []).append(number)
    out: list[Row] = []
    for number, told in enumerate(groups.values()):
        for claim in dict.fromkeys(told):
            others = [c for c in dict.fromkeys(told) if c != claim]
            out += [_pair(other, claim) for other in rng.sample(others, min(claims, len(others)))]
            rarest = sorted(content(claim) & set(holders), key=lambda w: (spread[w], w))[:6]
            shared = Counter(n for word in rarest for n in holders[word][:200] if n != number)
            if shared:
                out.append(_pair(premises[max(shared, key=lambda n: (shared[n], -n))], claim))
    return out


def _pair(premise: str, claim: str) -> Row:
    return {"premise": premise, "claim": claim, "label": UNLABELLED}
