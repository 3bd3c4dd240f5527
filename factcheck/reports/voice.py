"""Who is reported to say a claim, in a few words: "said by Helen Marchbank", "denied by the union", "alleged"."""

from __future__ import annotations

import re

from factcheck.types import Claim, Stance

_DONE: dict[Stance, str] = {
    "said": "said",
    "denied": "denied",
    "alleged": "alleged",
    "believes": "believed",
    "expects": "expected",
    "plans": "planned",
    "hopes": "hoped for",
    "fears": "feared",
    "asked": "asked",
}
#: Speakers of whom the article leaves open who they are; bare in a sentence of ours they would be bad English ("said by he").
_OPEN = frozenset("he she it they who".split())


def voice(claim: Claim) -> str:
    """The claim's stance and speaker; empty for the article's own voice. Holds the article's words: to be cleaned as all text is."""
    if claim.stance is None:
        return ""
    if claim.speaker is None:
        return f"{_DONE[claim.stance]} by somebody not named"
    shown = f"“{claim.speaker}”" if claim.speaker.casefold() in _OPEN else claim.speaker
    return f"{_DONE[claim.stance]} by {shown}"


def untold(claim: Claim) -> str:
    """:func:`voice`, where the claim's own words do not name the speaker already; else empty."""
    named = claim.speaker is not None and re.search(rf"(?<!\w){re.escape(claim.speaker)}(?!\w)", claim.text, re.IGNORECASE)
    return "" if named else voice(claim)
