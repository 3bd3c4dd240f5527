"""A text cut into words, digit clusters and signs, and what their neighbours look like. Linear in the length of the text."""

from __future__ import annotations

import re
from decimal import Decimal

#: Digits with their inner signs are taken whole, so that a version or an address is never half a number: 1.2.3, 12/09/2026, 18:30.
_TOKEN = re.compile(
    r"(?P<number>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])|[1-9][0-9]{0,2}(?:[ \xa0\u2009\u202f][0-9]{3})+(?![.,:/]?[0-9])"
    r"|[0-9]+(?:[.,:/][0-9]+)*)|(?P<word>[^\W0-9_]+)|(?P<sign>\S)|(?P<gap>\n[ \t\r]*\n)"
)
_FULL = re.compile(r"[0-9]{1,3}(?:[,\u2009\u202f\xa0 ][0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]+(?:\.[0-9]+)?")
_SEPARATORS = str.maketrans("", "", ", \xa0\u2009\u202f")
_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2}")
_POINT_OR_COMMA = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}|[0-9]+,[0-9]{1,2}")
#: A longer cluster is no figure of a news text.
_LONGEST = 30
_SENTENCE_BREAKS = frozenset("\n.!?:;\"“”‘'’([•·—*>")


class Tokens:
    """The tokens of one text as parallel lists, for look-ups by index that may run over either end.

    kinds: "n" digits, "w" a word (letters only), "s" one sign, "g" a blank line, which no figure crosses.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.texts: list[str] = []
        self.low: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[str] = []
        for match in _TOKEN.finditer(text):
            kind = "nwsg"[(match.lastindex or 1) - 1]
            token = match.group() if kind != "g" else "\n"
            self.texts.append(token)
            self.low.append(token.lower())
            # One in from either end, so that nothing is glued to a blank line.
            self.starts.append(match.start() + (kind == "g"))
            self.ends.append(match.end() - (kind == "g"))
            self.kinds.append(kind)

    def __len__(self) -> int:
        return len(self.texts)

    def word(self, i: int) -> str:
        """Token ``i`` in lower case, "" outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def words(self, i: int, n: int) -> tuple[str, ...]:
        """``n`` tokens from ``i`` on in lower case, fewer at the end of the text; none before its start."""
        return tuple(self.low[i : i + n]) if i >= 0 else ()

    def kind(self, i: int) -> str:
        """The kind of token ``i``, "" outside the text."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else ""

    def glued(self, i: int) -> bool:
        """Whether no space parts token ``i`` from the one before it."""
        return 0 < i < len(self.texts) and self.starts[i] == self.ends[i - 1]

    def capital(self, i: int) -> bool:
        """Whether token ``i`` is a word with a capital."""
        return self.kind(i) == "w" and self.texts[i][0].isupper()

    def opens(self, i: int) -> bool:
        """Whether a sentence, a quotation or a line may begin at token ``i``, so that its capital says nothing."""
        return i <= 0 or self.texts[i - 1] in _SENTENCE_BREAKS or "\n" in self.text[self.ends[i - 1] : self.starts[i]]

    def hyphen(self, i: int) -> bool:
        """Whether token ``i`` is a hyphen or dash that joins its neighbours without a space."""
        return self.word(i) in ("-", "–", "‑", "−") and self.glued(i) and self.glued(i + 1)


def digits(cluster: str) -> Decimal | None:
    """The value of a digit cluster written the English way (or with spaces between thousands), or None if it is something else."""
    if len(cluster) > _LONGEST:
        return None
    if _FULL.fullmatch(cluster) and not _POINT_OR_COMMA.fullmatch(cluster):
        return Decimal(cluster.translate(_SEPARATORS))
    return Decimal(cluster.replace(".", "")) if _POINTS.fullmatch(cluster) else None


def digits_of_a_measure(cluster: str) -> Decimal | None:
    """Like ``digits``, for a cluster before a sign or scale that can only follow a decimal: 1.200 and 3,5 are ambiguous elsewhere."""
    if len(cluster) <= _LONGEST and _POINT_OR_COMMA.fullmatch(cluster):
        return Decimal(cluster.replace(",", "."))
    return digits(cluster)
