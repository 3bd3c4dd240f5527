"""Claims against passages: probabilities of support and denial, by one model or by a slow one and its scout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from factcheck.config import Config
from factcheck.errors import InputError, ModelError
from factcheck.evidence import Passage
from factcheck.models.protocol import NLIModel
from factcheck.verdicts import Combiner, Scouting

#: (stage, done, total): "read", "split", "scout", "judge"; done == total ends a stage.
Progress = Callable[[str, int, int], None]

#: Probabilities (supports, contradicts) of a claim and a passage, or None where the claim is too long for the model.
Row = tuple[float, float] | None

#: A claim and the passages it is compared with.
Asked = tuple[str, Sequence[Passage]]

#: Pairs scored between two calls of the progress display.
_CHUNK = 256


class Judge:
    """A model with its combiner, and the scout that reads for it first, if it names one.

    Raises ModelError E310 if the verdict weights beside the model do not fit.
    """

    def __init__(self, model: NLIModel, scout: NLIModel | None = None) -> None:
        self.model, self.scout = model, scout
        settings = getattr(model, "verdict_settings", None) or {}
        try:
            self.combiner = Combiner.from_dict(settings) if settings else Combiner()
            self.scouting = Scouting.from_dict(settings["scouting"]) if "scouting" in settings else Scouting()
        except (KeyError, TypeError, ValueError) as err:
            raise ModelError("E310", f"{model.info.name}: verdicts.json does not fit: {err}", "run factcheck train verdicts") from err

    @classmethod
    def open(cls, model: NLIModel | str | Path | None, config: Config, *, download: bool = False) -> Judge:
        """The judge with ``model``: an open one, a name or folder, or None for config's; opens its scout too. Raises ModelError."""
        from factcheck.models import load

        if isinstance(model, NLIModel):
            opened = model
        elif name := model or config.model:
            opened = load(name, precision=config.precision, download=download)
        else:
            opened = _embedded(None, config.precision)
        scout = getattr(opened, "scout", None)
        return cls(opened, _embedded(scout, opened.info.precision) if scout else None)

    def __call__(self, asked: Sequence[Asked], tell: Progress) -> list[list[Row]]:
        """For each claim the rows of its passages."""
        if self.scout is None:
            return _rows(self.model, self.combiner, asked, "judge", tell)
        rows = _rows(self.scout, self.scouting.combiner, asked, "scout", tell, both=False)
        chosen = [self._telling(passages, found) for (_, passages), found in zip(asked, rows, strict=True)]
        telling = [(claim, [passages[n] for n in some]) for (claim, passages), some in zip(asked, chosen, strict=True)]
        for old, some, new in zip(rows, chosen, _rows(self.model, self.combiner, telling, "judge", tell), strict=True):
            for n, row in zip(some, new, strict=True):
                old[n] = row
        return rows

    def _telling(self, passages: Sequence[Passage], rows: Sequence[Row]) -> list[int]:
        return self.scouting.telling([row or (0.0, 0.0) for row in rows], [p.text + p.context for p in passages])


@lru_cache(maxsize=4)
def _embedded(name: str | None, precision: str) -> NLIModel:
    """An embedded model, kept open: ``verify`` is called once a claim."""
    from factcheck.models import load

    return load(name, precision=precision)


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


def readings(asked: Sequence[Asked], *, both: bool) -> list[tuple[str, str]]:
    """The pairs that a model sees of claims and passages: each passage's sentence alone, and if ``both`` in its context too.

    A scout makes do with the sentence: with the context it chooses no better, at twice the cost.
    """
    return [(text, claim) for claim, passages in asked for p in passages for text in ((p.text, p.context) if both else (p.text,))]


def _rows(model: NLIModel, combiner: Combiner, asked: Sequence[Asked], stage: str, tell: Progress, *, both: bool = True) -> list[list[Row]]:
    found: dict[tuple[str, str], Any] = scores(model, readings(asked, both=both), stage, tell)

    def row(claim: str, p: Passage) -> Row:
        alone, within = found[p.text, claim], found[p.context if both else p.text, claim]
        if alone is None or within is None:
            return None
        return combiner(alone, within, claim=claim, passage=p.text, context=p.context)

    return [[row(claim, p) for p in passages] for claim, passages in asked]


def _predicted(model: NLIModel, chunk: list[tuple[str, str]]) -> list[list[float] | None]:
    try:
        return [*model.predict(chunk).tolist()]
    except InputError:
        # One claim is too long for the model: find it, and let the others go on.
        return [None] if len(chunk) == 1 else [row for pair in chunk for row in _predicted(model, [pair])]
