"""Training and dev sets: gzip JSON lines {premise, claim, label}, encoded, balanced, mixed by weight and cut into batches."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import ConfigError, InputError
from factcheck.models.batching import padded
from factcheck.models.pairs import EncodedPair, EncodedText, PairTokenizer
from factcheck.models.training.events import event_pairs
from factcheck.models.training.mates import UNLABELLED
from factcheck.models.training.recipe import RULES, Recipe
from factcheck.models.training.targets import Targets, read_targets, require_targets

#: Column of each label; ``not_entailment`` says only that it is one of the other two.
LABEL_COLUMNS = {"entailment": 0, "neutral": 1, "contradiction": 2, "not_entailment": 3}
#: Column of pairs that only a teacher has judged.
NO_LABEL = 4

_COLUMNS = {**LABEL_COLUMNS, UNLABELLED: NO_LABEL}


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """One data set: its name and its encoded pairs with their labels (columns of LABEL_COLUMNS, or NO_LABEL).

    targets: a teacher's probabilities (pairs, 3), None without.
    """

    name: str
    pairs: tuple[EncodedPair, ...]
    labels: tuple[int, ...]
    targets: Targets | None = None


def read_rows(path: Path, *, seed: int = 0) -> list[dict[str, str]]:
    """Rows of one file, plain or gzip; a file of events (:mod:`.events`) gives the pairs that ``seed`` makes of them.

    Raises InputError E130 for a missing or damaged file, a broken line, or one without premise or claim, E131 for an unknown label.
    """
    rows: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = _row(line, f"{path}:{number}")
                (events if "articles" in row else rows).append(row)
        return rows + event_pairs(events, seed)
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError) as err:
        problem = f"{path}: cannot read pairs ({type(err).__name__}: {err})"
        raise InputError("E130", problem, "give JSON lines with premise, claim, label, plain or gzip") from err


def _row(line: str, place: str) -> dict[str, Any]:
    """One line: an event, or a labelled pair. Raises InputError E130 or E131, which name its place."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as err:
        raise InputError("E130", f"{place}: is no JSON ({err})", "give one JSON object a line") from err
    if not isinstance(row, dict):
        raise InputError("E130", f"{place}: is no JSON object", "give premise, claim and label")
    if "articles" in row:
        return row
    if missing := next((key for key in ("premise", "claim") if not isinstance(row.get(key), str)), None):
        raise InputError("E130", f"{place}: no {missing}, or one that is no text", "give premise, claim and label")
    if str(row.get("label")) not in LABEL_COLUMNS:
        raise InputError("E131", f"{place}: unknown label", f"use one of {', '.join(LABEL_COLUMNS)}")
    return row


def load_set(path: Path, tokenizer: PairTokenizer, recipe: Recipe) -> LabelledSet:
    """Read and encode one set; a long premise is cut to the stretch that shares most words with the claim, as at run time."""
    return encode_rows(path.name.split(".jsonl")[0], read_rows(path), tokenizer, recipe)


def encode_rows(
    name: str, rows: Sequence[dict[str, str]], tokenizer: PairTokenizer, recipe: Recipe, *, targets: Targets | None = None
) -> LabelledSet:
    """Encode rows of premise, claim and label, without those that :func:`encode_pairs` leaves out.

    targets: a teacher's probabilities (rows, 3), all zero where it has none; an unlabelled row without any is left out too.
    Raises ConfigError E218 for a set with unlabelled rows that has no targets at all.
    """
    if targets is None and any(row["label"] == UNLABELLED for row in rows):
        step = "run `factcheck train targets` for this set and give its folder with --targets"
        raise ConfigError("E218", f"{name}: its pairs have no labels, and no teacher has judged them", step)
    pairs = encode_pairs(rows, tokenizer, recipe)
    if targets is not None:
        pairs = {i: pair for i, pair in pairs.items() if rows[i]["label"] != UNLABELLED or targets[i].any()}
    labels = tuple(_COLUMNS[rows[i]["label"]] for i in pairs)
    return LabelledSet(name, tuple(pairs.values()), labels, None if targets is None else targets[list(pairs)])


def encode_pairs(rows: Sequence[Mapping[str, str]], tokenizer: PairTokenizer, recipe: Recipe) -> dict[int, EncodedPair]:
    """The rows' encoded pairs by row number; rows with an empty text or an overlong claim are left out."""
    premises = tokenizer.encode([r["premise"] for r in rows])
    claims = tokenizer.encode([r["claim"] for r in rows])
    return {
        i: tokenizer.pair(best_window(premise, claim, recipe.max_premise), claim)
        for i, (premise, claim) in enumerate(zip(premises, claims, strict=True))
        if 0 < len(claim) <= recipe.max_claim and len(premise)
    }


def best_window(premise: EncodedText, claim: EncodedText, size: int, *, step: int = 16) -> EncodedText:
    """The window of at most ``size`` tokens that holds most different words of the claim (the first of equals)."""
    if len(premise) <= size:
        return premise
    wanted = set(claim.keys)
    starts = [*range(0, len(premise) - size, step), len(premise) - size]
    found = [len({premise.keys[w] for w in set(premise.words[s : s + size].tolist())} & wanted) for s in starts]
    start = starts[int(np.argmax(found))]
    return premise.window(start, start + size)


def load_mix(data: Sequence[Path], tokenizer: PairTokenizer, recipe: Recipe, *, targets: Path | None = None) -> list[LabelledSet]:
    """All sets the recipe weighs, with the teacher's probabilities from the folder ``targets`` for those that it has.

    Raises InputError for a set that cannot be read, ConfigError E218 for targets that are missing, damaged, or of other pairs.
    """
    if targets is not None:
        require_targets(targets, recipe.weights)
    sets = []
    for name in sorted(recipe.weights):
        rows = rows_of(name, data, recipe)
        sets.append(encode_rows(name, rows, tokenizer, recipe, targets=read_targets(targets, name, rows)))
    return sets


def rows_of(name: str, data: Sequence[Path], recipe: Recipe) -> list[dict[str, str]]:
    """Rows of one set, from the folders ``data`` and their train/ and authored/, the first that has it.

    "edits:NAME", "nearby:NAME" and "mates:NAME" are made by rule from the set NAME.
    """
    rule, _, source = name.rpartition(":")
    rows = read_rows(find_set(data, source), seed=recipe.seed)
    return RULES[rule](rows, recipe.seed) if rule else rows


def find_set(data: Sequence[Path], name: str) -> Path:
    """The file of a set such as "newsroom-nli.train" or "dev/xnli_en.dev"; the first place where it could be if it is nowhere."""
    places = [folder / part / f"{name}.jsonl.gz" for folder in data for part in ("", "train", "authored")]
    return next((p for p in places if p.exists()), places[0])


def epoch_batches(sets: Sequence[LabelledSet], recipe: Recipe, epoch: int, stage: int = 0) -> list[list[tuple[int, int]]]:
    """Batches of one epoch as (set, row) numbers: a function of its arguments alone, so that a run resumes exactly.

    A set of weight w gives each of its rows w times on average. Of a set's entailed and not entailed rows the larger part is cut
    to twice the smaller, anew each epoch: a set that is nearly all of one label would teach that its style means the label. Not so of
    sets that the recipe lists as ``unbalanced``, nor of those with unlabelled rows.
    """
    rng = random.Random(f"{recipe.seed}/{epoch}")
    picked: list[tuple[int, int]] = []
    for number, part in enumerate(sets):
        all_rows = part.name in recipe.unbalanced or NO_LABEL in part.labels
        rows = list(range(len(part.labels))) if all_rows else _balanced(part, rng)
        weight = recipe.weight(part.name, stage)
        whole, rest = int(weight), weight - int(weight)
        picked += [(number, i) for i in rows * whole]
        picked += [(number, i) for i in rng.sample(rows, round(rest * len(rows)))]
    if not picked:
        raise ConfigError("E209", "the recipe's weights leave no pair to train on", "give some set more weight")
    rng.shuffle(picked)
    batches = []
    for start in range(0, len(picked), 4096):
        chunk = sorted(picked[start : start + 4096], key=lambda at: -len(sets[at[0]].pairs[at[1]]))
        batches += list(_cut(chunk, sets, recipe.batch_tokens))
    rng.shuffle(batches)
    return batches


def _balanced(part: LabelledSet, rng: random.Random) -> list[int]:
    entailed = [i for i, y in enumerate(part.labels) if y == 0]
    other = [i for i, y in enumerate(part.labels) if y != 0]
    small, large = sorted((entailed, other), key=len)
    return small + rng.sample(large, min(len(large), 2 * len(small)))


def _cut(rows: Sequence[tuple[int, int]], sets: Sequence[LabelledSet], budget: int) -> Iterator[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    width = 0
    for at in rows:
        length = padded(len(sets[at[0]].pairs[at[1]]))
        if batch and (len(batch) + 1) * max(width, length) > budget:
            yield batch
            batch, width = [], 0
        batch.append(at)
        width = max(width, length)
    if batch:
        yield batch
