"""Words of an article put together to a sentence."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from factcheck.claims.wording import sentence


@pytest.mark.parametrize(
    ("words", "spaces", "pieces", "text"),
    [
        (["The", "board", "has", "n't", "paid"], [True, True, False, True, True], (0, 1, 2, 3, 4), "The board hasn't paid."),
        (
            ["The", "board", "and", "she", "have", "n't", "paid"],
            [True] * 4 + [False, True, True],
            (0, 1, "has", 5, 6),
            "The board hasn't paid.",
        ),
        # Signs from elsewhere in a damaged text are no part of the word that they are put behind.
        (["The", "board", "paid", "|", "n't", "Leeds"], [True] * 6, (0, 1, 2, 4, 5), "The board paid n't Leeds."),
        (["The", "board", "of", "Leeds", ",", "paid"], [True, True, True, False, True, True], (0, 1, 5), "The board paid."),
    ],
)
def test_words_are_put_together(words: list[str], spaces: list[bool], pieces: tuple[int | str, ...], text: str) -> None:
    assert sentence(Doc(Vocab(), words=words, spaces=spaces), pieces) == text
