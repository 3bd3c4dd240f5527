"""Words of a text as the English treebanks cut them: spaCy's tokenizer, mended where the English Web Treebank and GUM agree otherwise.

spaCy cuts a stretch between spaces by what stands at its ends; what the treebanks keep together or take apart is often told by its
neighbours ("No. 5", "he said no."). So its bounds are taken, and some are then added or taken away by what the text holds there.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

#: Special cases of spaCy's that cost news more than they give: faces that take a bracket from "(aged 8):", contractions without a mark.
_NO_CASES = frozenset("(= ): )-: 8) 8-) and/or Id id Wed wed".split())

# Prefixes that stay with their word, as the Linguistic Data Consortium's guidelines for treebanks have it. "UN-backed" has none.
_PREFIXES = (
    "anti arch bi bio co counter cross cyber de e ex extra hyper inter intra macro mega micro mid mini mis multi neo non post pre pro"
    " pseudo re semi sub super tri ultra un".split()
)
_TITLES = "Attn Capt Cmdr Col Cpl Det Ft Insp Lt Maj Pres Reps Sens Sgt Supt".split()
_DAYS = "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()

#: Each group of a match is a word of its own.
_APART = tuple(
    map(
        re.compile,
        (
            r"(?<![\w.,])[\d.,]*\d([kKmM]|mn|bn|tn|trn)\b",
            r"(?:[$£€]\d+|\.\d+)([bB])\b",
            r"\d((?:[ap]\.?m|[AP]\.?M)\b\.?)(?!\w)(?:(-)(?=\d))?",
            r"(?<![\w/.-])[A-Z][^\W\d_]*(-)(?=[\d:]+(?![\w-]))",  # F-16, Covid-19
            r"(?<![\w.])(?:[^\W\d_]\.)+(-)(?=[^\W\d_])",  # U.S.-led
            r"[^\s-]([–—]|--+)(?=[^\s-])",
            r"(?<=[^\W\d_])(--+)(?=\s)",
            # "pre- and post-war", "lawmakers- who"; but "evac- they left", a word cut short, is one.
            r"(?<=[^\W\d_]{5})(-)(?=\s)|(?<=[^\W\d_])(-)(?=\s(?:and|or|to)\s)",
            r"(?<!\S)(--?)(?=[^\W\d_])",
            r"(?<=[^\W\d_])(\()(?=[^\W_])",
            r"(?<=[^\W\d_])(n['’]t|N['’]T|['’](?:s|re|ve|ll|d|m|S|RE|VE|LL|D|M))\b(?!['’])",
            r"(?<=[^\W\d_]{2})([!?]+)(?=[^\W\d_])",
            r"\b([Ww]an|[Oo]ut|[Ll]ot)(?=[nt]a\b)",
            r"(?<![\w.])[^\W\d_](\.)(?=[\"”'’)]*\s*$)",  # a text's end: plan B.
        ),
    )
)

#: What matches is one word.
_JOINED = tuple(
    map(
        re.compile,
        (
            rf"(?<![\w'’.-])(?:{'|'.join(f'[{p[0].upper()}{p[0]}]{p[1:]}' for p in _PREFIXES)})-[^\W\d_]+(?![^\W\d_]|-)",
            r"(?<![\w-])(?:\d{3}-\d{4}|\d{5}-\d{4}|\d+(?:-\d+){2,})(?![\w-])",  # telephone numbers, zip codes, dates
            r"(?<!\w)\d*0['’]s\b",  # 1960's
            r"(?<![\w.,])[2-6][gG]\b",  # 5G
            r"(?<!\S)#[^\W\d_]\w*",
            r"([*=_~#+^<>$])\1+",
            r"[!?]{2,}",
            rf"\b(?:{'|'.join(_TITLES)})\.(?= [A-Z])",
            rf"\b(?:{'|'.join(_DAYS)})\.(?=,| (?:[\da-z]|[A-Z][a-z]+\.? \d))",
            r"\b(?:[Nn]os?|[Vv]ol|[Ss]ec|[Pp]ara|approx|ca)\.(?= ?\d)",
            r"(?<=\bet )al\.|\b(?:etc|[Ee]sp|oz|lb)\.(?=[,;:)]| [\da-z(])",
        ),
    )
)


class EnglishWords:
    """Cuts texts into words."""

    def __init__(self) -> None:
        from spacy import blank

        self._language = blank("en")
        self._language.max_length = 10**9
        tokenizer: Any = self._language.tokenizer
        tokenizer.rules = {form: case for form, case in tokenizer.rules.items() if form not in _NO_CASES}

    @property
    def vocab(self) -> Vocab:
        """The vocabulary of its documents."""
        return self._language.vocab

    def __call__(self, text: str) -> Doc:
        """The text as a document. White space is a word too, but for a single space behind a word."""
        from spacy.tokens import Doc

        found = self._language.make_doc(text)
        addresses = {k for t in found if t.like_url or t.like_email for k in range(t.idx, t.idx + len(t))}
        starts = {t.idx for t in found}
        bounds = starts | {t.idx + len(t) for t in found}
        for match in _matches(_APART, text, addresses):
            added = {k for group in match.regs[1:] for k in group if k >= 0}
            bounds |= added
            starts |= {k for k in added if k < len(text) and not text[k].isspace()}
        for match in _matches(_JOINED, text, addresses):
            bounds.difference_update(range(match.start() + 1, match.end()))
        words = [(start, end) for start, end in itertools.pairwise(sorted(bounds)) if start in starts]
        return Doc(
            found.vocab,
            words=[text[start:end] for start, end in words],
            spaces=[end < len(text) and end not in starts for _, end in words],
        )


def _matches(patterns: tuple[re.Pattern[str], ...], text: str, left_out: set[int]) -> Iterator[re.Match[str]]:
    """Matches of all patterns but those that begin at a place in ``left_out``."""
    return (match for pattern in patterns for match in pattern.finditer(text) if match.start() not in left_out)
