"""A model that remembers reads no pair twice, and can be stopped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from factcheck.errors import InputError
from factcheck.models.protocol import NLIModel, Scores
from factcheck.models.remembered import Remembered
from factcheck.types import ModelInfo


class Counting:
    """Gives each pair a row of its own and counts what it reads."""

    info = ModelInfo("counting", "0", "float32")
    verdict_settings = {"scouting": 1}  # noqa: RUF012 - as a model has it

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        if any(claim == "too long" for _, claim in pairs):
            raise InputError("E120", "too long", "split")
        self.read += pairs
        return np.array([self.row(*pair) for pair in pairs], dtype=np.float32)

    @staticmethod
    def row(premise: str, claim: str) -> list[float]:
        return [len(premise) / 100, 1 - (len(premise) + len(claim)) / 100, len(claim) / 100]


PAIRS = [("It rained." * n, "It was wet.") for n in range(1, 5)]


def test_rows_are_the_model_s_in_the_order_asked_for_and_each_pair_is_read_once() -> None:
    model = Counting()
    remembered = Remembered(model)
    assert isinstance(remembered, NLIModel)
    first = remembered.predict(PAIRS[:3])
    again = remembered.predict([PAIRS[3], PAIRS[1], PAIRS[1], PAIRS[0]])
    assert model.read == PAIRS
    assert first.dtype == again.dtype == np.float32
    assert np.array_equal(first, np.array([model.row(*p) for p in PAIRS[:3]], dtype=np.float32))
    assert np.array_equal(again[1:], first[[1, 1, 0]])
    assert remembered.predict([]).shape == (0, 3)


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    model = Counting()
    remembered = Remembered(model, most=2)
    remembered.predict(PAIRS[:2])
    remembered.predict(PAIRS[:1])
    assert len(remembered.predict(PAIRS[:3])) == 3  # more than it keeps
    remembered.predict(PAIRS[1:3])
    assert model.read == PAIRS[:3]
    remembered.predict(PAIRS[:1])
    assert model.read == [*PAIRS[:3], PAIRS[0]]


def test_all_else_is_the_model_s() -> None:
    remembered = Remembered(Counting())
    assert (remembered.info.name, remembered.verdict_settings) == ("counting", {"scouting": 1})
    assert getattr(remembered, "denies", True) is True
    with pytest.raises(InputError, match="E120"):
        remembered.predict([("It rained.", "too long")])


def test_it_can_be_stopped_and_keeps_what_it_read() -> None:
    model, calls = Counting(), 0

    def between() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise TimeoutError

    many = [("It rained." * n, "It was wet.") for n in range(1, 60)]
    remembered = Remembered(model, between=between)
    with pytest.raises(TimeoutError):
        remembered.predict(many)
    assert 0 < len(model.read) < len(many)
    remembered.predict(many)
    assert model.read == many
