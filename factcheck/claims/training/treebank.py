"""Treebanks in CoNLL-U (https://universaldependencies.org/format.html) as sentences with their analysis."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import InputError

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

#: Genres of GUM whose texts may not be used commercially: shipped weights never see them.
NON_COMMERCIAL = frozenset({"essay", "fiction", "letter", "podcast", "whow"})


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """One sentence. heads: index of each word's head, a root's own index; spaces: whether white space follows the word.

    paragraph: whether a paragraph starts with it.
    """

    document: str
    paragraph: bool
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)


def read_treebank(path: Path, *, leave_out: frozenset[str] = frozenset()) -> Iterator[TreebankSentence]:
    """Sentences of a .conllu file, plain or gzip, without those of documents in ``leave_out``.

    Empty nodes are skipped; of a multi-word token ("don't") the words are kept, with no space between them.
    Raises InputError E133 for a file that is no CoNLL-U.
    """
    document, paragraph, rows = "", True, list[list[str]]()
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in (*lines, "\n"):
                if line.startswith("# newdoc"):
                    document, paragraph = line.partition("=")[2].strip(), True
                elif line.startswith("# newpar"):
                    paragraph = True
                elif line[:1].isdigit():
                    rows.append(line.rstrip("\n").split("\t"))
                elif not line.strip() and rows:
                    if document not in leave_out:
                        yield _sentence(document, rows, paragraph=paragraph)
                    rows, paragraph = [], False
    except (OSError, EOFError, zlib.error, ValueError, IndexError) as err:
        raise InputError("E133", f"{path}: no CoNLL-U ({type(err).__name__}: {err})", "give a Universal Dependencies treebank") from err


def _sentence(document: str, rows: Sequence[Sequence[str]], *, paragraph: bool) -> TreebankSentence:
    out = TreebankSentence(document, paragraph)
    joined: dict[int, bool] = {}
    for row in rows:
        if "." in row[0]:
            continue
        spaced = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            joined.update({n: n == last and spaced for n in range(first, last + 1)})
            continue
        number, head = int(row[0]), int(row[6])
        out.words.append(row[1])
        out.spaces.append(joined.get(number, spaced))
        out.lemmas.append(row[2])
        out.upos.append(row[3])
        out.xpos.append(row[4])
        out.feats.append(row[5] if row[5] != "_" else "")
        out.heads.append(head - 1 if head else number - 1)
        out.deps.append(row[7] if head else "ROOT")
    return out


def non_commercial(table: Path) -> frozenset[str]:
    """Names of the documents of NON_COMMERCIAL genres in a table with columns doc and genre (tab-separated)."""
    with table.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["doc"] for row in csv.DictReader(lines, delimiter="\t") if row["genre"] in NON_COMMERCIAL)


def as_doc(sentences: Sequence[TreebankSentence], vocab: Vocab) -> Doc:
    """Consecutive sentences of one document as an analysed spaCy document, as :mod:`factcheck.claims.syntax` gives them."""
    from spacy.tokens import Doc

    starts = [sum(len(s) for s in sentences[:k]) for k in range(len(sentences))]
    return Doc(
        vocab,
        words=[w for s in sentences for w in s.words],
        spaces=[b for s in sentences for b in s.spaces],
        tags=[x for s in sentences for x in s.xpos],
        pos=[x for s in sentences for x in s.upos],
        morphs=[x for s in sentences for x in s.feats],
        lemmas=[x for s in sentences for x in s.lemmas],
        heads=[start + h for start, s in zip(starts, sentences, strict=True) for h in s.heads],
        deps=[x for s in sentences for x in s.deps],
        sent_starts=[k == 0 for s in sentences for k in range(len(s))],
    )
