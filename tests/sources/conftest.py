from __future__ import annotations

from collections.abc import Callable

import pytest

from factcheck.errors import InputError
from factcheck.sources import read
from factcheck.types import Article


def check_spans(article: Article) -> None:
    """Every block lies inside the text, in order and apart; hidden spans likewise, inside blocks; no empty block."""
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(article.text)
        words = block.span.of(article.text)
        assert words == words.strip()
        assert words
        at = block.span.end
    at = 0
    for hidden in article.hidden:
        assert at <= hidden.start < hidden.end <= len(article.text)
        at = hidden.end
    article.text.encode("utf-8")  # no lone surrogates


Reader = Callable[..., Article]


@pytest.fixture
def one() -> Reader:
    """Read bytes or text that hold one article, and check its spans."""

    def reader(path: str, content: str | bytes) -> Article:
        (article,) = read(path, content.encode("utf-8") if isinstance(content, str) else content)
        check_spans(article)
        assert article.path == path
        return article

    return reader


@pytest.fixture
def refused() -> Callable[..., InputError]:
    """Read bytes that must be refused with a code; the error."""

    def refuse(code: str, path: str, content: bytes | None) -> InputError:
        with pytest.raises(InputError) as caught:
            read(path, content)
        assert caught.value.code == code
        assert caught.value.problem
        assert caught.value.step
        return caught.value

    return refuse


@pytest.fixture
def kinds() -> Callable[[Article], list[tuple[str, str]]]:
    """(kind, words) of every block."""

    def listing(article: Article) -> list[tuple[str, str]]:
        return [(block.kind, block.span.of(article.text)) for block in article.blocks]

    return listing
