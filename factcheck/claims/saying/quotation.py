"""Quotation marks in pairs: which words of an analysed text stand between quotation marks, and how deep.

Pairs never cross a paragraph (a blank line). A mark without its partner counts for nothing, with one exception, the printers' rule for
long speeches: where a quotation is not closed at the end of its paragraph and the next paragraph opens with the same mark, it goes on.
Whether a straight mark opens or closes is told from the white space around it, as in R. Levien's and SmartyPants' rules, and only where
that does not help from what is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Opening mark to the marks that may close it.
_PARTNERS = {
    '"': '"',
    "“": '”"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
    "‹": "›",
    "``": "''",
}
#: Every token that may be one.
MARKS = frozenset(_PARTNERS) | frozenset("”’›") | {"''"}
_SINGLE = frozenset("‘'‚")
_OPENS_AFTER = frozenset("([{-–—/") | MARKS
_CLOSES_BEFORE = frozenset(".,;:!?)]}…/") | MARKS
#: What an apostrophe at the start of a word stands before, where it is not a quotation mark.
_CLIPPED = frozenset("em til till cause twas tis n bout round".split())


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of quotation marks.

    first, last: token indices of the marks; of a paragraph of a speech that goes on in the next one, ``last`` is one past its last token.
    depth: how many other quotations it lies in. continues: whether it carries on the quotation of the paragraph before.
    """

    first: int
    last: int
    depth: int = 0
    continues: bool = False

    def __contains__(self, index: int) -> bool:
        return self.first < index < self.last

    @property
    def inside(self) -> range:
        """Token indices between the marks."""
        return range(self.first + 1, self.last)


def paragraphs(doc: Doc) -> list[range]:
    """Token ranges of the text's paragraphs: what stands between tokens of white space with a blank line."""
    out, start = [], 0
    for token in doc:
        if token.is_space and token.text.count("\n") > 1:
            out.append(range(start, token.i))
            start = token.i + 1
    out.append(range(start, len(doc)))
    return [r for r in out if r]


def quotations(doc: Doc, parts: Sequence[range] | None = None) -> tuple[Quotation, ...]:
    """All quotations in the order of their opening marks; of two with one word in common one lies in the other.

    parts: the token ranges of the paragraphs, where no white space tells them.
    """
    pairs: list[tuple[int, int, bool]] = []
    parts = paragraphs(doc) if parts is None else parts
    continued = False
    for number, part in enumerate(parts):
        found, left_open = _pairs(doc, part)
        follower = doc[parts[number + 1].start].text if number + 1 < len(parts) else ""
        goes_on = left_open is not None and doc[left_open].text == follower and follower not in _SINGLE
        if left_open is not None and goes_on:
            found.append((left_open, part.stop))
        pairs += ((a, b, continued and a == part.start) for a, b in found)
        continued = goes_on
    pairs.sort()
    return tuple(Quotation(a, b, sum(x < a and b <= y for x, y, _ in pairs), again) for a, b, again in pairs)


def _pairs(doc: Doc, part: range) -> tuple[list[tuple[int, int]], int | None]:
    """Pairs of marks in one paragraph, and the outermost mark that is still open at its end."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    outward = next((doc[i].text for i in part if doc[i].text in ("«", "»")), "") != "»"
    for i in part:
        text = doc[i].text
        if text not in MARKS:
            continue
        partner, role = _partner(doc, i, opened), _role(doc, i)
        if partner is not None and role != "open":
            found.append((partner, i))
            # Marks opened in between have lost their partner.
            del opened[opened.index(partner) :]
        elif role == "open" or (role == "either" and text in ('"', "“", "«" if outward else "»")):
            # The same mark opened twice: the first has lost its partner.
            while text in (doc[o].text for o in opened):
                opened.pop()
            opened.append(i)
    return found, opened[0] if opened else None


def _partner(doc: Doc, i: int, opened: list[int]) -> int | None:
    """The open mark that this one may close."""
    text = doc[i].text
    if text in ("'", "’"):
        # Only the innermost: an apostrophe inside an inner quotation must not close the outer one.
        return opened[-1] if opened and text in _PARTNERS[doc[opened[-1]].text] else None
    return next((o for o in reversed(opened) if text in _PARTNERS[doc[o].text]), None)


def _role(doc: Doc, i: int) -> Literal["open", "close", "either", "none"]:
    """What a mark does by its form, by its tag and by the white space around it."""
    text = doc[i].text
    before, after = doc[i - 1] if i else None, doc[i + 1] if i + 1 < len(doc) else None
    if text in ("'", "’") and doc[i].tag_ == "POS" and after is not None and after.text not in _CLOSES_BEFORE:
        return "none"
    if text not in ("'", '"'):
        return "close" if text in ("”", "’", "›", "''") else "open" if text in ("‘", "``", "‹", "„", "‚") else "either"
    loose_before = before is None or bool(before.whitespace_) or before.is_space
    loose_after = after is None or bool(doc[i].whitespace_) or after.is_space
    if not loose_before and not loose_after and before is not None and after is not None:
        loose_before, loose_after = before.text in _OPENS_AFTER, after.text in _CLOSES_BEFORE
    if loose_before == loose_after:
        return "either"
    clipped = text == "'" and after is not None and (after.text[0].isdigit() or after.lower_ in _CLIPPED)
    return "close" if loose_after else "none" if clipped else "open"
