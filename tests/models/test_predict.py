"""What a score may depend on: its own pair, and nothing else."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch

from factcheck.errors import InputError
from factcheck.models import NLIModel, load
from factcheck.models.batching import by_length, padded
from factcheck.models.loading import SELF_TEST
from factcheck.models.windows import least_neutral, window_starts

from .tiny import hub_model, own_model


@pytest.fixture(scope="module", params=["own", "hub"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NLIModel:
    folder = tmp_path_factory.mktemp("model")
    return load((own_model if request.param == "own" else hub_model)(folder / "m"), precision="float32", self_test=False)


PAIRS = [("a b c " * (n % 7 + 1), "d e " * (n % 5 + 1)) for n in range(23)]


def test_batch_and_order_do_not_matter(model: NLIModel) -> None:
    together = model.predict(PAIRS)
    assert np.allclose(together, np.concatenate([model.predict([p]) for p in PAIRS]), atol=1e-5)
    assert np.allclose(together[::-1], model.predict(PAIRS[::-1]), atol=1e-5)


def test_mixed_precision_stays_near_float32_and_leaves_torch_as_it_was(tmp_path: Path) -> None:
    exact, mixed = (load(own_model(tmp_path / p), precision=p, self_test=False) for p in ("float32", "mixed"))
    assert np.allclose(exact.predict(PAIRS), mixed.predict(PAIRS), atol=0.02)
    assert torch.get_float32_matmul_precision() == "highest"


def test_mixed_precision_moves_the_embedded_models_scores_little_and_batches_hardly() -> None:
    pairs = [(premise, claim) for premise, claim, _ in SELF_TEST]
    exact, mixed = (load("nli-mini", precision=p).predict(pairs) for p in ("float32", "mixed"))
    assert np.abs(exact - mixed).max() < 0.02
    alone = np.concatenate([load("nli-mini", precision="mixed", self_test=False).predict([pair]) for pair in pairs[:3]])
    assert np.abs(alone - mixed[:3]).max() < 0.002  # the dead band of the verdicts


def test_threads_do_not_matter(model: NLIModel) -> None:
    before, threads = model.predict(PAIRS), torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        assert np.allclose(before, model.predict(PAIRS), atol=1e-5)
    finally:
        torch.set_num_threads(threads)


def test_the_window_that_says_most_speaks_for_its_pair() -> None:
    windows = np.array([[0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.3, 0.4, 0.3], [0.9, 0.05, 0.05]], dtype=np.float32)
    assert np.array_equal(least_neutral(windows, [0, 0, 0, 1], 2), windows[[1, 3]])


def test_the_end_of_a_long_premise_counts() -> None:
    filler = "The council met on Tuesday and talked about the weather, the roads and the price of fish. " * 60
    end, claim = "The old harbour bridge is closed to all traffic.", "The old harbour bridge is closed."
    with_end, without = load().predict([(filler + end, claim), (filler, claim)])
    assert with_end.argmax() == 0
    assert with_end[0] > without[0] + 0.5


def test_empty_texts_and_endless_claims_are_errors(model: NLIModel) -> None:
    with pytest.raises(ValueError, match="empty"):
        model.predict([("a", " ")])
    with pytest.raises(InputError, match="E120"):
        model.predict([("a b", "c " * 500)])
    assert model.predict([]).shape == (0, 3)


@pytest.mark.parametrize(("length", "size"), [(1, 8), (8, 8), (9, 8), (100, 8), (17, 16)])
def test_windows_cover_everything_and_overlap(length: int, size: int) -> None:
    starts = window_starts(length, size)
    covered = {i for s in starts for i in range(s, min(s + size, length))}
    assert covered == set(range(length))
    assert all(b - a < size for a, b in itertools.pairwise(starts))


def test_batches_hold_every_row_once_within_the_budget() -> None:
    lengths = [3, 70, 16, 17, 300, 8, 8, 45]
    batches = list(by_length(lengths, budget=128))
    assert sorted(i for b in batches for i in b) == list(range(len(lengths)))
    assert all(len(b) == 1 or len(b) * padded(max(lengths[i] for i in b)) <= 128 for b in batches)


def test_match_codes_mark_words_and_figures_without_a_counterpart(tmp_path: Path) -> None:
    from factcheck.models.pairs import FIGURE_MATCHED, FIGURE_UNMATCHED, MATCHED, UNMATCHED, PairTokenizer

    tokenizer = PairTokenizer.from_file(own_model(tmp_path / "m") / "tokenizer.json")
    premise, claim = tokenizer.encode(["a 5 b", "a 6 c 5"])
    pair = tokenizer.pair(premise, claim)
    claim_codes = pair.matches[pair.segments == 1].tolist()
    assert claim_codes == [MATCHED, FIGURE_UNMATCHED, UNMATCHED, FIGURE_MATCHED, 0]
    assert pair.positions[pair.segments == 1].tolist() == [1, 2, 3, 4, 5]
