"""A slow model and its scout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from factcheck.errors import InputError, ModelError
from factcheck.evidence import Pair, Passage
from factcheck.judging import Asked, Judge, no_progress
from factcheck.models.protocol import Scores
from factcheck.types import ModelInfo, Span
from factcheck.verdicts import Combiner, Scouting


@dataclass
class Says:
    """A model that gives every premise the row that stands beside it, and remembers what it read."""

    rows: dict[str, tuple[float, float, float]]
    read: list[tuple[str, str]] = field(default_factory=list)
    info: ModelInfo = field(default_factory=lambda: ModelInfo("says", "0", "float32"))
    verdict_settings: dict[str, object] | None = None

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        if any(claim == "too long" for _, claim in pairs):
            raise InputError("E120", "too long", "split")
        self.read += pairs
        return np.asarray([self.rows.get(premise, (0.0, 1.0, 0.0)) for premise, _ in pairs], dtype=np.float32)


def passage(text: str) -> Passage:
    return Passage(1, Span(0, len(text)), text, Span(0, len(text)), text)


#: Two denials and one support, each with a probability of a tenth at least; the scout's word is taken for it.
SETTINGS = {**Combiner().as_dict(), "scouting": Scouting(denials=2, supports=1, floor=0.1).as_dict()}

PASSAGES = [passage(t) for t in ("It rained.", "It was dry.", "The sun shone.", "A dog barked.", "It poured.")]
PAIRED = (("It rained.", "It was dry."), ("It was dry.", "The sun shone."))
SCOUT = {
    "It rained.": (0.9, 0.1, 0.0),
    "It was dry.": (0.0, 0.5, 0.5),
    "The sun shone.": (0.0, 0.7, 0.3),
    "A dog barked.": (0.0, 0.8, 0.2),
    "It poured.": (0.4, 0.6, 0.0),
}


def test_the_model_reads_what_its_scout_passes_on_and_the_rest_keeps_the_scouts_scores() -> None:
    scout = Says(SCOUT)
    model = Says({"It was dry.": (0.0, 0.0, 1.0), "It rained.": (0.7, 0.3, 0.0)}, verdict_settings=SETTINGS)
    (rows,) = Judge(model, scout)([Asked("It rained on Monday.", PASSAGES)], no_progress)
    assert [row and row.read_by for row in rows] == ["model", "model", "model", "scout", "scout"]
    rained, dry, sun, dog, poured = (row and row[:2] for row in rows)
    assert {premise for premise, _ in scout.read} == set(SCOUT)
    assert {premise for premise, _ in model.read} == {"It rained.", "It was dry.", "The sun shone."}
    assert (rained, dry, sun) == (pytest.approx((0.7, 0.0)), pytest.approx((0.0, 1.0)), pytest.approx((0.0, 0.0)))
    assert (dog, poured) == (pytest.approx((0.0, 0.2)), pytest.approx((0.4, 0.0)))


def test_without_a_scout_the_model_reads_all() -> None:
    model = Says(SCOUT)
    ((*rows,),) = Judge(model)([Asked("It rained on Monday.", PASSAGES)], no_progress)
    assert [row and row[:2] for row in rows] == [pytest.approx((row[0], row[2])) for row in SCOUT.values()]


def test_a_claim_too_long_has_no_rows_and_the_others_go_on() -> None:
    for judge in (Judge(Says(SCOUT)), Judge(Says(SCOUT), Says(SCOUT))):
        long, short = judge([Asked("too long", PASSAGES), Asked("It rained.", PASSAGES)], no_progress)
        assert set(long) == {None}
        assert None not in short


def test_each_pair_is_read_once() -> None:
    model = Says({})
    Judge(model)([Asked("It rained.", PASSAGES), Asked("It rained.", PASSAGES[:2])], no_progress)
    assert len(model.read) == len(set(model.read)) == len(PASSAGES)


def test_pairs_are_read_by_the_model_alone_as_one_premise() -> None:
    scout, model = Says(SCOUT), Says({"It rained. It was dry.": (0.8, 0.1, 0.1)}, verdict_settings=SETTINGS)
    rained, dry, sun, *_ = PASSAGES
    asked = [("It was a mixed day.", [Pair(rained, dry), Pair(dry, sun)]), ("too long", [Pair(rained, dry)]), ("It rained.", [])]
    assert Judge(model, scout).together(asked, no_progress) == [[pytest.approx(0.8), 0.0], [0.0], []]
    assert scout.read == []
    assert set(model.read) == {(f"{text} {other}", "It was a mixed day.") for text, other in PAIRED}


def test_settings_that_do_not_fit_are_a_coded_error() -> None:
    with pytest.raises(ModelError, match="E310"):
        Judge(Says({}, verdict_settings={"features": []}))


def test_the_knob_for_false_alarms_needs_the_models_table() -> None:
    table = [{"contradiction": c, "false_alarms": f, "precision": 0.8, "recall": 1 - c} for c, f in ((0.3, 9.0), (0.6, 4.0))]
    settings = {**Combiner().as_dict(), "operating_points": table}
    assert Judge(Says({}, verdict_settings=settings), false_alarms=5).thresholds.contradiction == 0.6
    assert Judge(Says({}, verdict_settings=settings)).thresholds == Combiner().thresholds
    with pytest.raises(ModelError, match="E313"):
        Judge(Says({}), false_alarms=5)
