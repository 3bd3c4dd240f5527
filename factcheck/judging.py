"""Claims against passages: probabilities of support and denial, by one model or by a slow one and its scout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from factcheck.config import Config
from factcheck.errors import InputError, ModelError
from factcheck.evidence import Pair, Passage
from factcheck.models.protocol import ENTAILMENT, NLIModel
from factcheck.verdicts import Combiner, Scouting
from factcheck.verdicts.combine import Sight
from factcheck.verdicts.operating import at_most, operating_points

#: (stage, done, total): "read", "split", "scout", "judge"; done == total ends a stage.
Progress = Callable[[str, int, int], None]


class Row(NamedTuple):
    """Probabilities that a passage states and that it denies a claim, and which of the two models said so."""

    supports: float
    contradicts: float
    read_by: Literal["model", "scout"] = "model"


#: A model's (entailment, neutral, contradiction) by pair; None where the claim is too long for it.
Scored = Mapping[tuple[str, str], Sequence[float] | None]

#: Pairs scored between two calls of the progress display.
_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim and the passages it is compared with. older: numbers of the articles that are older than the claim's."""

    claim: str
    passages: Sequence[Passage]
    older: frozenset[int] = frozenset()


class Judge:
    """A model with its combiner, and the scout that reads for it first, if it names one.

    false_alarms: at most so many to be expected in 50 articles. Raises ModelError E310 if the verdict weights beside the model do not
    fit, E313 if they do not say how many false alarms a threshold costs.
    """

    def __init__(self, model: NLIModel, scout: NLIModel | None = None, *, false_alarms: int | None = None) -> None:
        self.model, self.scout = model, scout
        settings = getattr(model, "verdict_settings", None) or {}
        try:
            self.combiner = Combiner.from_dict(settings) if settings else Combiner()
            self.scouting = Scouting.from_dict(settings["scouting"]) if "scouting" in settings else Scouting()
            points = operating_points(settings.get("operating_points", ()))
        except (KeyError, TypeError, ValueError) as err:
            raise ModelError("E310", f"{model.info.name}: verdicts.json does not fit: {err}", "run factcheck train verdicts") from err
        self.thresholds = self.combiner.thresholds
        if false_alarms is not None:
            if not points:
                problem = f"{model.info.name} does not say how many false alarms a threshold costs"
                raise ModelError("E313", problem, "leave --false-alarms out, or run factcheck train verdicts")
            self.thresholds = at_most(false_alarms, points, self.thresholds)

    @classmethod
    def open(cls, model: NLIModel | str | Path | None, config: Config, *, download: bool = False) -> Judge:
        """The judge with ``model``: an open one, a name or folder, or None for config's; opens its scout too. Raises ModelError."""
        name = model or config.model
        opened = name if isinstance(name, NLIModel) else _kept(str(name) if name else None, config.precision, download=download)
        scout = getattr(opened, "scout", None)
        return cls(opened, _kept(scout, opened.info.precision, download=False) if scout else None, false_alarms=config.false_alarms)

    def __call__(self, asked: Sequence[Asked], tell: Progress) -> list[list[Row | None]]:
        """For each claim the rows of its passages; None where the claim is too long for the model."""
        if self.scout is None:
            return _rows(self.combiner, asked, scores(self.model, readings(asked), "judge", tell))
        first = scores(self.scout, readings(asked), "scout", tell)
        rows = _rows(self.scouting.combiner, asked, first, read_by="scout")
        chosen = [self._telling(one.passages, found) for one, found in zip(asked, rows, strict=True)]
        telling = [Asked(one.claim, [one.passages[n] for n in some], one.older) for one, some in zip(asked, chosen, strict=True)]
        second = scores(self.model, readings(telling), "judge", tell)
        for old, some, new in zip(rows, chosen, _rows(self.combiner, telling, second, scouted=first), strict=True):
            for n, row in zip(some, new, strict=True):
                old[n] = row
        return rows

    def together(self, asked: Sequence[tuple[str, Sequence[Pair]]], tell: Progress) -> list[list[float]]:
        """For each claim :func:`stated_together` of its pairs: the model reads them itself, no scout and no combiner has a say."""
        return stated_together(self.model, asked, tell)

    def _telling(self, passages: Sequence[Passage], rows: Sequence[Row | None]) -> list[int]:
        scores, names = [row[:2] if row else (0.0, 0.0) for row in rows], [p.text + p.context for p in passages]
        return self.scouting.telling(scores, names, [p.article for p in passages])


@lru_cache(maxsize=4)
def _kept(name: str | None, precision: str, *, download: bool) -> NLIModel:
    """A model, kept open: ``verify`` is called once a claim."""
    from factcheck.models import load

    return load(name, precision=precision, download=download)


def no_progress(stage: str, done: int, total: int) -> None:
    """For callers that show nothing."""


def scores(model: NLIModel, pairs: Sequence[tuple[str, str]], stage: str, tell: Progress) -> dict[tuple[str, str], list[float] | None]:
    """The model's probabilities of each pair; None where the claim is too long for it."""
    # Like lengths together: the model pads each chunk on its own.
    wanted = sorted(set(pairs), key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
    out: dict[tuple[str, str], list[float] | None] = {}
    for start in range(0, len(wanted), _CHUNK):
        tell(stage, start, len(wanted))
        chunk = wanted[start : start + _CHUNK]
        out.update(zip(chunk, _predicted(model, chunk), strict=True))
    tell(stage, len(wanted), len(wanted))
    return out


def readings(asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """The pairs that a model sees of claims and passages: each passage's sentence alone.

    Read in its context too it told next to nothing more (reports/verdicts.md); other passages, read instead, tell more.
    """
    return [(p.text, one.claim) for one in asked for p in one.passages]


def stated_together(model: NLIModel, asked: Sequence[tuple[str, Sequence[Pair]]], tell: Progress) -> list[list[float]]:
    """For each claim the probability with which each pair of passages, read as one premise, entails it; 0 if it is too long."""
    found = scores(model, [(pair.text, claim) for claim, some in asked for pair in some], "judge", tell)

    def stated(claim: str, pair: Pair) -> float:
        row = found[pair.text, claim]
        return row[ENTAILMENT] if row else 0.0

    return [[stated(claim, pair) for pair in some] for claim, some in asked]


def sight(asked: Asked, passage: Passage, found: Scored, scouted: Scored | None = None) -> Sight | None:
    """A claim and one of its passages with the scores in ``found`` (and the scout's); None if the claim is too long for the model."""
    row = found[passage.text, asked.claim]
    if row is None:
        return None
    first = scouted[passage.text, asked.claim] if scouted else None
    return Sight(asked.claim, passage.text, passage.context, row, passage.article in asked.older, first)


def _rows(
    combiner: Combiner,
    asked: Sequence[Asked],
    found: Scored,
    *,
    scouted: Scored | None = None,
    read_by: Literal["model", "scout"] = "model",
) -> list[list[Row | None]]:
    def row(one: Asked, passage: Passage) -> Row | None:
        seen = sight(one, passage, found, scouted)
        return Row(*combiner(seen), read_by) if seen else None

    return [[row(one, p) for p in one.passages] for one in asked]


def _predicted(model: NLIModel, chunk: list[tuple[str, str]]) -> list[list[float] | None]:
    try:
        return [*model.predict(chunk).tolist()]
    except InputError:
        # One claim is too long for the model: find it, and let the others go on.
        return [None] if len(chunk) == 1 else [row for pair in chunk for row in _predicted(model, [pair])]
