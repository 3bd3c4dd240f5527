"""A model that remembers what it said of a pair: an article checked again after an edit costs only what the edit changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from factcheck.models.protocol import NLIModel, Scores
from factcheck.types import ModelInfo

#: Pairs remembered: some articles of a thousand words against ten others. With their texts they take about a kilobyte each.
MOST = 50_000
#: Pairs read between two calls of ``between``: half a second's work on a slow machine.
_STEP = 16


class Remembered:
    """An NLI model around another, whose rows it keeps by premise and hypothesis, those asked for last the longest.

    most: pairs kept. between: called every few pairs; what it raises ends the reading, and what was read till then is kept.
    Everything but the scores (verdict weights, the scout's name) is the inner model's.
    """

    def __init__(self, model: NLIModel, *, most: int = MOST, between: Callable[[], None] | None = None) -> None:
        self._model, self._most, self._between = model, most, between
        self._rows: OrderedDict[tuple[str, str], Scores] = OrderedDict()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    @property
    def info(self) -> ModelInfo:
        """The inner model's."""
        return self._model.info

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        """As :meth:`NLIModel.predict`; only pairs that are not remembered are read. Raises what the inner model does."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._rows]
        for start in range(0, len(new), _STEP):
            if self._between is not None:
                self._between()
            some = new[start : start + _STEP]
            self._rows.update(zip(some, np.array(self._model.predict(some)), strict=True))
        out = np.array([self._rows[pair] for pair in pairs], dtype=np.float32).reshape(-1, 3)
        for pair in pairs:
            self._rows.move_to_end(pair)
        while len(self._rows) > self._most:
            self._rows.popitem(last=False)
        return out
