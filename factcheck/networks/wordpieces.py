"""Tokenizers of the published checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def open_tokenizer(path: Path) -> Tokenizer:
    """Read ``tokenizer.json``. Raises ValueError for a file that is none."""
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(path))
    except Exception as err:  # the library raises nothing narrower
        raise ValueError(f"{path}: {err}") from err


def special_token(tokenizer: Tokenizer, *names: str) -> int:
    """The id of the first of ``names`` that the vocabulary has. Raises ValueError if it has none of them.

    Name MPNet's before BERT's: MPNet's vocabulary holds BERT's special tokens too, untrained, and BERT's holds none of MPNet's.
    """
    found = [number for name in names if (number := tokenizer.token_to_id(name)) is not None]
    if not found:
        raise ValueError(f"the tokenizer has no {' or '.join(names)} token")
    return int(found[0])
