"""Words of an article, put together to a sentence that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Words of the document by number, and words that are added.
Pieces = Sequence[int | str]

_NOT = re.compile(r"n['’]t")
_ARTICLE = re.compile(r"\b[Aa]n?$")


def sentence(doc: Doc, pieces: Pieces) -> str:
    """The pieces as a sentence: capital first, full stop last, 'a' or 'an' as the next word wants it."""
    out = ""
    opened = False  # a comma was left out with what stood behind it, so its partner goes too
    for k, piece in enumerate(pieces):
        before = pieces[k - 1] if k else None
        text = _text(doc, piece)
        if isinstance(piece, int) and isinstance(before, int) and piece > before + 1 and doc[before + 1].text == ",":
            closes = doc[before + 1].head.i not in pieces and doc[before + 1].head.i < before  # and what it opened behind is not told
            if piece == before + 2 and not opened and not closes:
                out += ","  # the comma of the text between two words that are both told
            opened = piece > before + 2 and doc[piece - 1].text != ","
        if k and isinstance(piece, int) and doc[piece].is_sent_start and not _keeps_capital(doc[piece]):
            text = text[:1].lower() + text[1:]
        if k + 1 < len(pieces) and _new_neighbours(doc, piece, pieces[k + 1]):
            text = _with_article(text, _text(doc, pieces[k + 1]))
        if k:
            joined = isinstance(piece, int) and isinstance(before, int) and piece == before + 1 and not doc[before].whitespace_
            # A "n't" from elsewhere would make a new word of the one it is put behind.
            tight = re.fullmatch(r"[,.;:!?%)\]”’]|['’](?:s|re|ve|d|ll|m)", text) or (isinstance(before, str) and _NOT.fullmatch(text))
            out += "" if joined or (tight and not out.endswith("(")) else " "
        out += text
    out = " ".join(out.split()).strip(" ,;:–—-")
    out = out[:1].upper() + out[1:]
    return out if re.search(r"[.!?…][\"'”’)\]]*$", out) else out + "."


def _keeps_capital(word: Token) -> bool:
    """Whether a word is written with a capital inside a sentence too: names, nationalities, 'I'."""
    return word.pos_ == "PROPN" or bool(word.ent_type_ and word.pos_ not in ("DET", "ADP")) or word.text == "I" or word.text[1:2].isupper()


def _text(doc: Doc, piece: int | str) -> str:
    return piece if isinstance(piece, str) else doc[piece].text


def _new_neighbours(doc: Doc, piece: int | str, following: int | str) -> bool:
    """Whether an article at the end of a piece is put before another word than in the text: only there is anything to mend."""
    if isinstance(piece, str):
        return True
    return doc[piece].tag_ == "DT" and following != piece + 1


def _with_article(text: str, word: str) -> str:
    """'a' or 'an' at the end of ``text`` as ``word`` wants it; before figures, and letters that may be said one by one, as it is."""
    word = word.lstrip('“"‘')
    if not word or not word[0].isalpha() or word.isupper():
        return text
    want = "an" if _sounds_open(word) else "a"
    return _ARTICLE.sub(lambda said: want.capitalize() if said[0][0].isupper() else want, text)


def _sounds_open(word: str) -> bool:
    low = word.lower()
    if re.match(r"hour|honest|honou?r|heir", low):
        return True
    if re.match(r"eu|uni(?![mn])|unit|use|usu|uti|ura|uro|ubi|ukr|one\b|once|ewe", low):
        return False
    return low[0] in "aeiou"
