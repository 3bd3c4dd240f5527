"""Claims: what an article states, sentence by sentence, with the words it is made of."""

from __future__ import annotations

from factcheck.claims.sentences import paragraphs
from factcheck.claims.splitter import Reading, read_claims
from factcheck.types import Article, Claim

__all__ = ["Reading", "read_claims", "split"]


def split(text_or_article: str | Article) -> tuple[Claim, ...]:
    """The claims of a text or an article, in text order, as finely as a reader would take them apart.

    ``Claim.text`` is a standalone sentence, ``Claim.spans`` the code-point ranges of the words it is made of, ``Claim.quote`` the
    smallest stretch that holds them. A plain string is taken as plain text; its paragraphs end at blank lines.
    """
    article = text_or_article if isinstance(text_or_article, Article) else as_article(text_or_article)
    return read_claims(article, fine=True).claims


def as_article(text: str) -> Article:
    """A bare string as an article: one block a paragraph."""
    return Article(text, blocks=paragraphs(text))
