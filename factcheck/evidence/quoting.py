"""Quotations of an article: the words between its quotation marks, wherever a reporter broke them off to say who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.text import Surface, surface, words
from factcheck.types import Article, Span

#: Words from which a quotation that two articles share is one source's words and no turn of phrase.
LEAST = 8
#: Words between two parts of one speech ('"We will stay," said Mayor Ana Reis of the Greens, "until …"').
_BETWEEN = 10

#: A speech that goes on in the next paragraph is not closed in this one. Straight marks open before a word and close behind one.
_QUOTED = re.compile(r"“([^”]+)(?:”|$)|«([^»]+)(?:»|$)|„([^“”]+)(?:[“”]|$)|(?<!\w)\"(?=\S)([^\"]+?)(?<=\S)\"(?!\w)")

_OPENING = re.compile('[“«„"]')


def quotations(article: Article) -> list[tuple[tuple[Span, ...], str]]:
    """Where the article quotes :data:`LEAST` words or more, and what: the parts of a speech from mark to mark, and all its words."""
    spans = [b.span for b in article.blocks if b.kind in ("paragraph", "item", "quote")]
    if not article.blocks and article.text:
        spans = [Span(0, len(article.text))]
    marked = (span for span in spans if _OPENING.search(article.text, span.start, span.end))
    return [quotation for span in marked for quotation in _in(surface(article.text, span, article.hidden))]


def _in(shown: Surface) -> Iterator[tuple[tuple[Span, ...], str]]:
    speeches: list[list[re.Match[str]]] = []
    for part in _QUOTED.finditer(shown.text):
        if speeches and len(words(shown.text[speeches[-1][-1].end() : part.start()])) <= _BETWEEN:
            speeches[-1].append(part)
        else:
            speeches.append([part])
    for parts in speeches:
        said = " ".join(part[part.lastindex or 0] for part in parts)
        if len(words(said)) >= LEAST:
            yield tuple(Span(shown.at[part.start()], shown.at[part.end() - 1] + 1) for part in parts), said
