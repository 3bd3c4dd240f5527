"""Sentences of an article: cut inside its blocks, never across them, with exact spans."""

from __future__ import annotations

import re

from factcheck.text import Surface, surface, trimmed
from factcheck.types import Article, Block, Sentence, Span

#: Words after which a full stop rarely ends a sentence. Those of the second line do end one before a capital that starts a sentence.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr maj pres supt insp cpl det sec art rs p v"
    " prof sen rep gov gen col lt sgt capt cmdr adm rev hon st mt ft no nos vs etc eg ie cf al fig figs vol pp ed eds"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun approx dept est univ ave blvd".split()
)
_MONTHS_AND_DAYS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun".split())
_COMPANY = frozenset("inc co corp ltd plc bros jr sr".split())

# A stop, then closing quotes or brackets, then a gap, then what may open a sentence. A row of stops is read once, from its first.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?:\[\d+\])?(?=\s+[\"'“‘«(\[]*[^\W_])")
_FRESH = re.compile(r"\s+[\"“‘(]*(The|A|An|It|He|She|They|This|That|These|Those|In|On|At|But|And|We|I|No|There)\b")
_OPENER = re.compile(r"\s+[\"'“‘«(\[]*([^\W_])")


def segment(article: Article) -> tuple[Sentence, ...]:
    """All sentences of the article's blocks, in order. An article without blocks has one a paragraph."""
    blocks = article.blocks or paragraphs(article.text)
    return tuple(sentence for block in blocks for sentence in _of_block(article, block))


def paragraphs(text: str) -> tuple[Block, ...]:
    """Blocks of a bare text: what stands between blank lines."""
    blocks, start = [], 0
    for end in [*(m.start() for m in re.finditer(r"\n\s*\n", text)), len(text)]:
        if span := trimmed(text, start, end):
            blocks.append(Block(span))
        start = end
    return tuple(blocks)


def _of_block(article: Article, block: Block) -> list[Sentence]:
    shown = surface(article.text, block.span, article.hidden)
    whole = block.kind in ("heading", "byline")
    pieces = [(0, len(shown.text))] if whole else cuts(shown.text)
    out: list[Sentence] = []
    for start, end in pieces:
        span = _span(shown, start, end)
        if span is not None:
            words = shown.text[start:end].strip()
            out.append(Sentence(span, words, block.kind))
    return out


def _span(shown: Surface, start: int, end: int) -> Span | None:
    while start < end and shown.text[start] == " ":
        start += 1
    while end > start and shown.text[end - 1] == " ":
        end -= 1
    return Span(shown.at[start], shown.at[end - 1] + 1) if start < end else None


def cuts(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of a run of prose; together they hold all of it but the gaps between them."""
    out, start = [], 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match):
            out.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        out.append((start, len(text)))
    return out


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    opener = _OPENER.match(text, match.end())
    if opener is None:
        return False
    first = opener.group(1)
    if first.islower():
        # "?" and "!" inside a quotation go on in lower case ('"Why now?" she asked.'); so do brand names, rarely at a start.
        return False
    if match.group()[0] != "." or len(match.group().rstrip("\"'”’»)]")) > 1:
        return True
    before = re.search(r"([^\W_][\w'’.]*)$", text[max(0, match.start() - 64) : match.start()])
    word = before.group(1) if before else ""
    folded = word.casefold().replace(".", "")
    if folded in _ABBREVIATIONS:
        # "at no. 5" and "on Nov. 3" go on, and so do titles; "he said no. The …" ends.
        if folded in _MONTHS_AND_DAYS:
            return not first.isdigit() and _FRESH.match(text, match.end()) is not None
        return folded in ("no", "etc", "al", "est", "ed") and not first.isdigit()
    if folded in _COMPANY or "." in word or (len(word) == 1 and word.isupper() and word != "I"):
        # "Acme Inc. The …" and "in the U.S. The …": a new sentence only if its first word can hardly be part of a name.
        return _FRESH.match(text, match.end()) is not None
    return True
