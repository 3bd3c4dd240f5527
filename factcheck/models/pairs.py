"""Pairs of texts as token ids, with one alignment feature a token.

A premise and a claim are laid out as ``[CLS] premise [SEP] claim [SEP]``. Each token also carries a *match* code: does the word
it belongs to occur, letter for letter, in the other text? Disagreements in news are mostly a figure, a date or a name between
otherwise equal sentences, and a small encoder learns to see them much sooner when it is told which words have no counterpart.
Exact-match features are an old device of readers (Chen et al. 2017, "Reading Wikipedia to Answer Open-Domain Questions", §3.2).
"""

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

IntArray = NDArray[np.int32]

#: Match codes. Special tokens have none; words with a digit have codes of their own, since a figure without a counterpart
#: weighs more than a word without one.
NO_MATCH_CODE, MATCHED, UNMATCHED, FIGURE_MATCHED, FIGURE_UNMATCHED = range(5)
MATCH_CODES = 5


@dataclass(frozen=True, slots=True)
class EncodedText:
    """One text as word pieces, without special tokens.

    ids: token ids, int32, shape (tokens,). words: for every token the number of its word, shape (tokens,); word numbers index
    ``keys``. keys: one key a word, equal for equal words. figures: whether the word holds a digit, shape (words,).
    """

    ids: IntArray
    words: IntArray
    keys: tuple[tuple[int, ...], ...]
    figures: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def window(self, start: int, stop: int) -> EncodedText:
        """The tokens ``start <= i < stop``, keeping word numbers and keys."""
        return EncodedText(self.ids[start:stop], self.words[start:stop], self.keys, self.figures)


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """One laid-out pair: ``ids``, ``segments`` (0 premise, 1 claim), ``positions`` and ``matches``, each int32 (tokens,)."""

    ids: IntArray
    segments: IntArray
    positions: IntArray
    matches: IntArray

    def __len__(self) -> int:
        return len(self.ids)


class PairTokenizer:
    """Turns texts into :class:`EncodedText` and two of those into an :class:`EncodedPair`."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """``tokenizer``: a fast tokenizer of BERT or MPNet; its truncation and padding are switched off, we do our own."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.cls_id = special_token(tokenizer, "<s>", "[CLS]")
        self.sep_id = special_token(tokenizer, "</s>", "[SEP]")
        self.pad_id = special_token(tokenizer, "<pad>", "[PAD]")
        self.stop_id = special_token(tokenizer, ".")
        size = tokenizer.get_vocab_size()
        self._digit = np.zeros(size, dtype=np.bool_)
        for token, number in tokenizer.get_vocab().items():
            self._digit[number] = any(c.isdigit() for c in token)

    @classmethod
    def from_file(cls, path: Path) -> PairTokenizer:
        """Read ``tokenizer.json``. Raises ValueError for a file that is none."""
        return cls(open_tokenizer(path))

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode each text on its own, at full length."""
        out = []
        for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False):
            ids = np.asarray(encoding.ids, dtype=np.int32)
            # Tokens without a word (none in BERT vocabularies) would each count as a word of their own.
            raw = [-1 - i if w is None else w for i, w in enumerate(encoding.word_ids)]
            order: dict[int, int] = {}
            words = np.asarray([order.setdefault(w, len(order)) for w in raw], dtype=np.int32)
            pieces: list[list[int]] = [[] for _ in order]
            for number, word in zip(encoding.ids, words, strict=True):
                pieces[word].append(number)
            figures = np.asarray([bool(self._digit[p].any()) for p in pieces], dtype=np.bool_)
            out.append(EncodedText(ids, words, tuple(map(tuple, pieces)), figures))
        return out

    def pair(self, premise: EncodedText, claim: EncodedText) -> EncodedPair:
        """Lay out one pair. Claim positions start at 0 again, so a claim looks the same behind a short and a long premise."""
        n, m = len(premise), len(claim)
        ids = np.empty(n + m + 3, dtype=np.int32)
        ids[0], ids[1 : n + 1], ids[n + 1] = self.cls_id, premise.ids, self.sep_id
        ids[n + 2 : -1], ids[-1] = claim.ids, self.sep_id
        segments = np.zeros(n + m + 3, dtype=np.int32)
        segments[n + 2 :] = 1
        positions = np.concatenate([np.arange(n + 2, dtype=np.int32), np.arange(1, m + 2, dtype=np.int32)])
        matches = np.full(n + m + 3, NO_MATCH_CODE, dtype=np.int32)
        matches[1 : n + 1] = _matches(premise, claim)
        matches[n + 2 : -1] = _matches(claim, premise)
        return EncodedPair(ids, segments, positions, matches)


def _matches(text: EncodedText, other: EncodedText) -> IntArray:
    there = {other.keys[w] for w in set(other.words.tolist())}
    found = np.asarray([key in there for key in text.keys], dtype=np.bool_)
    codes = np.where(text.figures, np.where(found, FIGURE_MATCHED, FIGURE_UNMATCHED), np.where(found, MATCHED, UNMATCHED))
    return codes.astype(np.int32)[text.words] if len(text) else np.zeros(0, dtype=np.int32)
