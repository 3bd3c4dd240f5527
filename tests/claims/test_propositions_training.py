"""Marked propositions read, and a network fitted to them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from factcheck.claims.training.perceptron import fitted
from factcheck.claims.training.propositions import cross_validated, examples, read_marked, trained
from factcheck.errors import InputError


def _sentence(text: str, *facts: list[int]) -> dict[str, object]:
    marked = {"propositions": [{"token_indices": f} for f in facts]}
    return {"text": text, "propositions": marked, "all_segmentations": [{**marked, "is_reference": False}]}


def _write(path: Path) -> Path:
    first = "The harbour opened in 1902 and a storm wrecked it. "
    second = "The clinic has twelve beds and the school has two gyms."
    documents = [
        {"text": first + second, "sentences": [_sentence(first.strip(), [0, 1, 2], [6, 7, 8, 9]), _sentence(second, [0, 1, 2, 3, 4])]},
        {"text": second, "sentences": [_sentence(second, [0, 1, 2, 3, 4], [6, 7, 8, 9, 10])]},
    ]
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for document in documents:
            out.write(json.dumps({"documents": [document]}) + "\n")
    return path


def test_marked_sentences_become_ranked_candidates(tmp_path: Path) -> None:
    texts = read_marked(_write(tmp_path / "clusters.jsonl.gz"))
    assert [t.cluster for t in texts] == [0, 1]
    assert [len(t.sentences) for t in texts] == [2, 1]
    found = examples(texts)
    assert len(found.references) == 3
    assert found.right.max() == pytest.approx(1.0)
    assert found.right.min() == 0.0
    ranker = trained(found, np.ones(len(found.right), dtype=np.bool_))
    assert ranker.probabilities(found.rows).shape == (len(found.rows),)
    figures = cross_validated(found, tell=lambda line: None)
    assert figures["sentences"] == 3
    assert 0 <= figures["f1"] <= 100


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"{]"), gzip.compress(b'{"documents": [{}]}')])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clusters.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(InputError, match="E135"):
        read_marked(path)


def test_a_network_learns_what_one_unit_cannot() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(12000, 4)).astype(np.float32)
    y = (x[:, 0] * x[:, 1] > 0).astype(np.float32)
    net = fitted(x, y, np.ones(len(y), dtype=np.float32), networks=2, seed=1)
    z = np.maximum(x @ net.weights + net.bias, 0) @ net.out + net.constant
    assert ((z > 0) == (y > 0.5)).mean() > 0.8
