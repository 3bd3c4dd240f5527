"""Words as rows of token ids for the syntax network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from factcheck.networks.wordpieces import open_tokenizer, special_token

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from factcheck.claims.parsing.network import Rows

IntArray = NDArray[np.int64]

#: How a word is written; twice as many codes, since each comes with and without white space before it.
SHAPES = ("lower", "Title", "UPPER", "miXed", "number", "other")
SHAPE_CODES = 2 * len(SHAPES)

#: Tokens a row; a longer run of words is cut into windows.
MOST_TOKENS = 224


@dataclass(frozen=True, slots=True)
class Row:
    """A run of words. ids, shapes: (tokens,), with [CLS] and [SEP]; first: (words,) index of each word's first token."""

    ids: IntArray
    shapes: IntArray
    first: IntArray


class Layout:
    """Lays out words with the encoder's own word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """``tokenizer``: BERT's, with [CLS], [SEP], [UNK] and [PAD]."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._cls, self._sep, self._unknown, self.pad_id = (special_token(tokenizer, n) for n in ("[CLS]", "[SEP]", "[UNK]", "[PAD]"))

    @classmethod
    def from_file(cls, path: Path) -> Layout:
        """Read ``tokenizer.json``. Raises ValueError for a file that is none."""
        return cls(open_tokenizer(path))

    def pieces(self, words: Sequence[str]) -> list[list[int]]:
        """Token ids of each word, at least one, at most eight (a longer word's rest is never read)."""
        out: list[list[int]] = [[] for _ in words]
        if words:
            encoding = self._tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
            for number, word in zip(encoding.ids, encoding.word_ids, strict=True):
                if word is not None:
                    out[word].append(number)
        return [found[:8] or [self._unknown] for found in out]

    def knows(self, word: str) -> bool:
        """Whether a word is a piece of its own, as common words are."""
        return self._tokenizer.token_to_id(word.lower()) is not None

    def row(self, words: Sequence[str], spaces: Sequence[bool], pieces: Sequence[Sequence[int]]) -> Row:
        """Lay out words. spaces: whether white space follows each; pieces: from :meth:`pieces`."""
        ids, shapes, first = [self._cls], [0], []
        for k, found in enumerate(pieces):
            first.append(len(ids))
            ids += found
            shapes += [shape_of(words[k], spaced=k > 0 and spaces[k - 1])] * len(found)
        return Row(np.asarray([*ids, self._sep]), np.asarray([*shapes, 0]), np.asarray(first, dtype=np.int64))

    def collate(self, rows: Sequence[Row]) -> Rows:
        """One padded batch."""
        import torch

        from factcheck.claims.parsing.network import Rows

        length, words = max(len(r.ids) for r in rows), max(len(r.first) for r in rows)
        ids, shapes = np.full((len(rows), length), self.pad_id), np.zeros((len(rows), length), dtype=np.int64)
        real, first = np.zeros((len(rows), length), dtype=np.bool_), np.full((len(rows), words), -1)
        for k, row in enumerate(rows):
            ids[k, : len(row.ids)], shapes[k, : len(row.ids)], real[k, : len(row.ids)] = row.ids, row.shapes, True
            first[k, : len(row.first)] = row.first
        return Rows(*(torch.from_numpy(a) for a in (ids, shapes, real, first)))


def shape_of(word: str, *, spaced: bool) -> int:
    """The code of how a word is written."""
    if any(c.isdigit() for c in word):
        kind = 4
    elif not any(c.isalpha() for c in word):
        kind = 5
    elif word.islower():
        kind = 0
    elif word[:1].isupper() and (len(word) == 1 or word[1:].islower()):
        kind = 1
    else:
        kind = 2 if word.isupper() else 3
    return 2 * kind + spaced
