"""Readers: bytes in, :class:`factcheck.types.Article` out. Plain text, Markdown, HTML pages, WordPress posts, article JSON.

``read`` turns one file into its articles, ``expand`` turns what a user named into the files to read. Importing this package
loads nothing heavy: lxml, trafilatura and charset-normalizer are imported by the function that needs them.
"""

from factcheck.sources.folder import Expansion, expand, is_article
from factcheck.sources.reading import LIMIT_BYTES, read

__all__ = ["LIMIT_BYTES", "Expansion", "expand", "is_article", "read"]
