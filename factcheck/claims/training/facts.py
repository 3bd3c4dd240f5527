"""How the splitter's claims compare with facts that people wrote out of the same sentences."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from factcheck.errors import InputError

#: Token F1 from which a claim counts as a fact.
SAME = 0.7


def fact_scores(path: Path, split: Callable[[str], Sequence[str]]) -> dict[str, float]:
    """Precision, recall and F1 in percent, over all sentences, of the claims that a run makes of each sentence.

    path: JSON lines with a sentence and its claims. A claim is right if its token F1 with some fact is at least SAME, a fact is found
    if that of some claim is. Also claims and facts a sentence. Raises InputError E135.
    """
    counts: Counter[str] = Counter()
    for sentence, facts in _rows(path):
        gold = [_tokens(fact) for fact in facts]
        found = [_tokens(claim) for claim in split(sentence)]
        counts["sentences"] += 1
        counts["claims"] += len(found)
        counts["facts"] += len(gold)
        counts["right"] += sum(any(_f1(f, g) >= SAME for g in gold) for f in found)
        counts["told"] += sum(any(_f1(f, g) >= SAME for f in found) for g in gold)
    precision, recall = counts["right"] / max(1, counts["claims"]), counts["told"] / max(1, counts["facts"])
    return {
        "sentences": counts["sentences"],
        "claims_a_sentence": round(counts["claims"] / max(1, counts["sentences"]), 2),
        "facts_a_sentence": round(counts["facts"] / max(1, counts["sentences"]), 2),
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "f1": round(200 * precision * recall / max(1e-9, precision + recall), 2),
    }


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield str(row["sentence"]), [str(claim) for claim in row["claims"]]
    except (OSError, EOFError, ValueError, LookupError, TypeError) as err:
        problem = f"{path}: no facts ({type(err).__name__}: {err})"
        raise InputError("E135", problem, "give JSON lines with sentence and claims") from err


def _tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _f1(one: Counter[str], two: Counter[str]) -> float:
    total = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / total if total else 0.0
