"""Whether a denied claim was overtaken by events rather than wrong: a plan, a running count, a first estimate when it was written."""

from __future__ import annotations

import datetime as dt
import re

#: What may still change: plans and forecasts, counts that run on, first estimates.
_OPEN = re.compile(
    r"\b(?:will|won't|shall|is to|are to|plans?|planned|due|expects?|expected|forecasts?|intends?|aims?|scheduled|reopens?|remains?|still"
    r"|so far|yet|at least|preliminary|provisional|initial|estimated?|being retired)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:dead|died|deaths?|killed|injured|hurt|wounded|missing|casualties|victims|toll|cases|infected|displaced)\b", re.IGNORECASE
)

#: What a later text says of an earlier state.
_CHANGED = re.compile(
    r"\b(?:revised|corrected|correction|updated?|now|no longer|since|meanwhile|final|abandon(?:ed|s)|scrapped|cancelled|dropped|back"
    r"|postponed|delayed|earlier (?:estimate|figure|reports?)|previously|replac(?:es|ed))\b",
    re.IGNORECASE,
)

#: Days after which a plan or a forecast has had time to change.
_TIME_TO_CHANGE = 7


def outdated(claim: str, passage: str, claimed: dt.date | None, denied: dt.date | None) -> bool:
    """Whether ``passage``, which denies ``claim``, tells a later state of things.

    claimed, denied: dates of the articles; of an unknown date nothing is told. A later count of victims, an end to a plan or forecast a
    week old, and words of change ("revised", "no longer") make a claim outdated; so do words of change on the same day, of a count.
    """
    if claimed is None or denied is None or denied < claimed:
        return False
    counted, changed = _COUNTED.search(claim), _CHANGED.search(passage)
    if denied == claimed:
        return bool(changed and (counted or re.search(r"\d", claim)))
    stale = (denied - claimed).days >= _TIME_TO_CHANGE
    return bool(counted or (_OPEN.search(claim) and (stale or changed)) or (changed and stale))
