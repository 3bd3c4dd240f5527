"""All, most, some, few, none: whether a passage speaks of as many of a kind of thing as a claim does."""

from __future__ import annotations

import re

from factcheck.text import fold, stem

#: How many, as bounds of a share: what a wider one states a narrower one does not.
_SHARES = {
    **dict.fromkeys(("all", "every", "each", "both", "any"), "all"),
    **dict.fromkeys(("no", "none", "neither"), "none"),
    **dict.fromkeys(("most", "many", "several", "some", "few", "half", "certain"), "some"),
}
_QUANTIFIED = re.compile(rf"\b({'|'.join(_SHARES)})(?: of)?(?: the| its| their| his| her| these| those)?(?: \w+)?? (\w+)")


def narrower(claim: str, passage: str) -> bool:
    """Whether the claim says of all or none what the passage says of some of the same things."""
    said, found = _quantified(claim), _quantified(passage)
    return any(
        share in ("all", "none") and "some" in found.get(noun, ()) and share not in found[noun]
        for noun, shares in said.items()
        for share in shares
    )


def _quantified(text: str) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for match in _QUANTIFIED.finditer(fold(text)):
        out.setdefault(stem(match[2]), set()).add(_SHARES[match[1]])
    return out
