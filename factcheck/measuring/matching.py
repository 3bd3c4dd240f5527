"""Which reported claim says what a gold claim says, and whether two quotes are of the same words.

No two readers take a sentence apart alike, so claims are matched by their words: the F1 of their content words, each counted as often as
it stands there. A gold claim is matched to the claim of its own article that has the highest, if that is at least a half; at least 0.3
where the two quote the same words of the article, for which 0.3 is added too. One reported claim may be the match of several gold claims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from factcheck.types import Finding

_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_COMMON = frozenset(
    "a an the this that these those it its he his she her they their and or but as of to in on at by for with from"
    " is are was were be been being has have had".split()
)
_PLAIN = str.maketrans("‘’“”–\xa0", "''\"\"- ")

#: The least F1 of a match, where the quotes are of the same words and where they are not; what the same words add.
_NEAR, _FAR, _SAME_WORDS = 0.3, 0.5, 0.3

#: Share of the shorter quote's different words that the other must have.
_MOST = 0.6


def match(claim: str, quote: str, findings: Sequence[Finding]) -> Finding | None:
    """The finding on the claim that says what ``claim`` says, None if none does. quote: the words of the article that state it."""
    best, best_score = None, 0.0
    for finding in findings:
        same = overlap(finding.claim.quote, quote)
        score = word_f1(finding.claim.text, claim)
        if score >= (_NEAR if same else _FAR) and score + _SAME_WORDS * same > best_score:
            best, best_score = finding, score + _SAME_WORDS * same
    return best


def word_f1(one: str, other: str) -> float:
    """F1 of the content words of two texts, 0..1."""
    a, b = Counter(_words(one.lower())), Counter(_words(other.lower()))
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0


def overlap(one: str, other: str) -> bool:
    """Whether two quotes are of the same words: one holds the other, or the longer has most of the shorter one's content words."""
    one, other = _flat(one), _flat(other)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    a, b = set(_words(one)), set(_words(other))
    return bool(a and b) and len(a & b) >= _MOST * min(len(a), len(b))


def _words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if w not in _COMMON]


def _flat(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split()).lower()
