"""The figures of a claim beside those of a passage: which speak of the same thing, and whether they are one value.

A witness of its own beside the model, that is sure or says nothing. Figures are compared where kind, unit and counted thing allow it
(:func:`factcheck.quantities.same`: conversion, honest rounding, hedges and bounds), the words around them name one subject, and nothing
makes them figures of two matters (:mod:`factcheck.verdicts.scope`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from factcheck.quantities import Quantity
from factcheck.types import Relation
from factcheck.verdicts.scope import WHEN, Figures, apart, not_before, one_role, same_value, says_when
from factcheck.verdicts.wording import names, subject_words, unreal

#: Share of the claim's subject words that must stand in the clause of the passage's figure before that figure denies the claim's, and how
#: alike claim and clause must be (Dice). Years and durations stand in many sentences by the way: there all words must be shared.
_DENYING, _DENYING_LOOSE, _ALIKE = 0.6, 1.0, 0.4
_LOOSE = frozenset({"year", "duration"})
#: Share of the subject words that must stand in the passage's sentence before equal figures support. A measure or sum that recurs is
#: hardly another's; a small count may be.
_SUPPORTING, _SUPPORTING_MEASURE = 0.6, 1 / 3
_MEASURED = frozenset({"measure", "money", "percent", "points", "duration"})
#: What rises or falls does so many times.
_RECURRING = subject_words("rise fall win score")


_UNRELATED = ": the words around them do not show that they are of the same thing"


#: Kinds of figures that a passage states or does not. Counts and shares may add up to the claim's, or be the rest of it.
_PLAIN = frozenset({"duration", "money", "year"})

#: Figures of one sentence. More of them are a table: nothing tells which of its figures belong together.
_MOST = 24


@dataclass(frozen=True, slots=True)
class Alignment:
    """A figure of the claim and the passage's figure for what may be the same thing.

    relation: what follows for the claim by rule; None where the rule is not sure, ``reason`` then says why. claim, passage: the two
    figures, with spans into the texts given. near: share of the claim's subject words in the clause of the passage's figure, 0..1.
    equal: whether the two can be one value. reason: one line for a reader.
    """

    relation: Relation | None
    claim: Quantity
    passage: Quantity
    equal: bool
    near: float
    reason: str

    @property
    def another_time(self) -> bool:
        """Whether the passage tells of another day or year than the claim, or has figures of another, so that it cannot deny it."""
        if self.relation is not None or self.equal:
            return False
        return self.reason.endswith(_UNRELATED) if self.claim.kind in WHEN else self.reason.startswith("figures of two")


@lru_cache(maxsize=4096)
def compare_figures(claim: str, passage: str, context: str) -> Alignment | None:
    """What the figures of a passage (a sentence) say of a claim's; None where no two of them can be compared.

    context: the passage with what stands before it, for names and years. A claim is supported when the passage has every figure of it,
    denied when one figure has another value there; where dates stand beside other figures they say when, and only those are compared.
    "supports" speaks of the figures only: who did what, and whether, is the model's to see. It may settle what the model leaves open and
    overrules no denial of the model's.
    """
    said, found, around = Figures.read(claim), Figures.read(passage), Figures.read(context)
    if max(len(said.found), len(found.found)) > _MOST:
        return None
    main = [q for q in said.found if not says_when(q)] or [q for q in said.found if q.kind in WHEN]
    subject = subject_words(said.blank) - names(claim, openers=False) or names(claim)
    pairs = [pair for q in main if (pair := _partner(said, q, found, subject)) is not None]
    if not pairs:
        return None
    rivals = [pair for pair in pairs if not pair.equal]
    best = max(rivals or pairs, key=lambda pair: pair.near)
    if why := apart(said, best.claim, found, best.passage, around):
        return Alignment(None, best.claim, best.passage, best.equal, best.near, why)
    if rivals:
        relation, reason = _denial(said, found, around, subject, best)
    else:
        relation, reason = _support(said, found, subject, pairs, len(main))
    return Alignment(relation, best.claim, best.passage, best.equal, best.near, reason)


def another_figure(claim: str, passage: str, context: str) -> bool:
    """Whether the passage has another duration, sum of money or year than the claim, and its context nowhere the claim's."""
    said, found, around = Figures.read(claim), Figures.read(passage), Figures.read(context)
    if max(len(side.found) for side in (said, found, around)) > _MOST:
        return False
    missing = [q for q in said.found if q.kind in _PLAIN and not any(same_value(q, p) for p in around.found)]
    return any(same_value(q, p) is False for q in missing for p in found.found)


@dataclass(frozen=True, slots=True)
class _Pair:
    claim: Quantity
    passage: Quantity
    equal: bool
    near: float


def _partner(said: Figures, q: Quantity, found: Figures, subject: frozenset[str]) -> _Pair | None:
    """The passage's figure to which ``q`` is compared: one of the same value if there is any, then the one amid most shared words."""
    pairs = [
        _Pair(q, p, equal, _share(subject, found.around(p)))
        for p in found.found
        if (equal := same_value(q, p)) is not None and (one_role(said, q, found, p) or (equal and not _before_a_change(found, p)))
    ]
    return max(pairs, key=lambda pair: (pair.equal, pair.near), default=None)


def _before_a_change(side: Figures, q: Quantity) -> bool:
    """'from 34 to 41 billion': what was and no longer is."""
    return side.text[: q.start].rstrip().lower().endswith(" from")


def _share(subject: frozenset[str], text: str) -> float:
    return len(subject & subject_words(text)) / len(subject) if subject else 0.0


def _denial(said: Figures, found: Figures, around: Figures, subject: frozenset[str], pair: _Pair) -> tuple[Relation | None, str]:
    both = f"{said.shown(pair.claim)} and {found.shown(pair.passage)}"
    if pair.claim.kind in WHEN and subject & _RECURRING:
        return None, f"{both}: what is told may have happened at both"
    if any(same_value(pair.claim, other) for other in around.found):
        return None, f"{both}, but the text before has the claim's figure too"
    if 0 in (pair.claim.high, pair.passage.high) and not (pair.claim.thing and pair.passage.thing):
        return None, f"{both} may not count the same thing"
    if pair.claim.unit == "%" and pair.claim.low == pair.claim.high and same_value(pair.claim, _complement(pair.passage)):
        return None, f"{both}: what one counts may be the rest of the other"
    late = pair.passage.low > pair.claim.low
    earliest = not_before(said, pair.claim), not_before(found, pair.passage)
    if all(earliest) or (earliest[0] and late) or (earliest[1] and not late):
        return None, f"{both}: one is only the earliest that is possible"
    if pair.claim.kind not in WHEN and unreal(said.blank) != unreal(found.around(pair.passage)):
        return None, "one tells what is, the other what will, may or must be"
    things = subject_words(f"{pair.claim.thing} {pair.passage.thing}")
    words, beside = subject | names(said.text), subject_words(found.around(pair.passage))
    shared = len(words & beside)
    unknown = not (names(said.text) & names(around.text)) and bool(names(said.text, openers=False))
    needed = _DENYING_LOOSE if pair.claim.kind in _LOOSE or unknown else _DENYING
    alike = 2 * shared / max(1, len(subject | words & beside) + len(beside))
    if pair.near < needed or alike < _ALIKE or (not (words & beside) - things and alike < 0.7):
        return None, f"{both}{_UNRELATED}"
    return "contradicts", both


def _complement(share: Quantity) -> Quantity:
    return replace(share, low=100 - share.high, high=100 - share.low)


def _support(said: Figures, found: Figures, subject: frozenset[str], pairs: list[_Pair], count: int) -> tuple[Relation | None, str]:
    if len(pairs) < count:
        return None, f"the passage has {len(pairs)} of the claim's {count} figures"
    if unreal(said.blank) != unreal(found.around(pairs[0].passage)):
        return None, "one tells what is, the other what will, may or must be"
    loose = next((pair for pair in pairs if not _says_as_much(pair.claim, pair.passage)), None)
    if loose is not None:
        return None, f"{found.shown(loose.passage)} leaves {said.shown(loose.claim)} open"
    kinds = {pair.claim.kind for pair in pairs}
    reason = "; ".join(_equality(said, found, pair) for pair in pairs)
    needed = _SUPPORTING_MEASURE if kinds <= _MEASURED else _SUPPORTING if kinds <= _MEASURED | {"count", "date"} else 1.0
    if _share(subject, found.blank) < needed:
        return None, f"{reason}{_UNRELATED}"
    return "supports", reason


def _says_as_much(claim: Quantity, passage: Quantity) -> bool:
    """Whether the passage's figure is no vaguer than the claim's: "up to seven hours" does not state two."""
    if passage.kind in WHEN or (passage.low, passage.high) == (claim.low, claim.high):
        return True
    if claim.hedge in ("more_than", "less_than", "at_least", "at_most") or claim.approximate:
        return (claim.low <= passage.low and passage.high <= claim.high) or (claim.approximate and passage.low == passage.high)
    # "About" is looser than rounding: nearly 50 does not state 45.
    return claim.low == claim.high and passage.low == passage.high and same_value(claim, replace(passage, approximate=False)) is True


def _equality(said: Figures, found: Figures, pair: _Pair) -> str:
    mine, theirs = said.shown(pair.claim), found.shown(pair.passage)
    if mine == theirs:
        return f"both say {mine}"
    if (pair.claim.low, pair.claim.high) == (pair.passage.low, pair.passage.high):
        return f"{mine} and {theirs} are the same"
    bounded = pair.claim.low != pair.claim.high or pair.passage.low != pair.passage.high
    return f"{theirs} lies within {mine}" if bounded else f"{mine} and {theirs} are the same after rounding"
