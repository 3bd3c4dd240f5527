"""Gold clusters in both forms, and what the passages found in them truly say."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from factcheck.claims import read_claims
from factcheck.clusters import Cluster, gold_passages, read_clusters
from factcheck.config import Config
from factcheck.errors import InputError
from factcheck.evidence import passages
from factcheck.models.protocol import Scores
from factcheck.types import ModelInfo

EVENT = {
    "id": "e1",
    "articles": [
        {"id": "a", "title": "Bridge shut", "outlet": "Post", "date": "2026-03-04", "sentences": ["The bridge at Orme closed on Monday."]},
        {
            "id": "b",
            "title": "Orme bridge open as ever",
            "outlet": "Mail",
            "date": "2026-03-05",
            "sentences": ["Cars crossed the bridge at Orme all of Monday.", "It was shut down by the county later on that day."],
        },
    ],
    "claims": [
        {"article": "a", "claim": "The bridge at Orme closed on Monday.", "own": ["a0"], "entails": ["b1"], "contradicts": ["bt"]},
        {"article": "b", "claim": "Cars crossed the bridge at Orme.", "own": ["b0"], "entails": [], "contradicts": ["a0"]},
        {"article": "b", "claim": "The county shut the bridge at Orme.", "own": ["b1"], "entails": [], "contradicts": []},
    ],
}


class Even:
    """A model that knows nothing."""

    info = ModelInfo("even", "0", "float32")

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        return np.full((len(pairs), 3), 1 / 3, dtype=np.float32)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(EVENT) + "\n")
    return path


def test_an_event_is_a_cluster(events: Path) -> None:
    (cluster,) = read_clusters(events)
    assert [a.title for a in cluster.articles] == ["Bridge shut", "Orme bridge open as ever"]
    assert [a.outlet for a in cluster.articles] == ["Post", "Mail"]
    assert [t.verdict for t in cluster.claims] == ["disputed", "contradicted", "unsupported"]


def test_passages_carry_what_the_gold_says_of_them(events: Path) -> None:
    claims, found = gold_passages(read_clusters(events), Even(), config=Config(), stale_days=60)
    assert [c.verdict for c in claims] == ["disputed", "contradicted", "unsupported"]
    told = sorted((p.claim, p.relation or "") for p in found)
    assert (0, "contradicts") in told
    assert (0, "supports") in told
    assert (1, "contradicts") in told
    assert all(not relation for claim, relation in told if claim == 2)


def relations(cluster: Cluster) -> list[tuple[int, str]]:
    _, found = gold_passages([cluster], Even(), config=Config(), stale_days=60)
    return sorted((p.claim, p.relation or "") for p in found)


def test_evidence_named_by_a_title_is_the_title_only_and_other_evidence_the_body_only(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    articles = [
        EVENT["articles"][0],
        {
            "id": "b",
            "title": "Orme bridge shut",
            "outlet": "Mail",
            "date": "2026-03-05",
            "sentences": [
                "Was the Orme bridge shut to make a point, as some in the town say?",
                "Officials said the Orme bridge shut at noon.",
            ],
        },
    ]
    for evidence in ("bt", "b1"):
        claim = {"article": "a", "claim": "The Orme bridge shut.", "own": [], "entails": [evidence], "contradicts": []}
        path.write_text(json.dumps({"id": "e2", "articles": articles, "claims": [claim]}) + "\n")
        (cluster,) = read_clusters(path)
        # Title and sentence are both found, the words of the one stand in the other, and only the one that is named supports.
        assert relations(cluster) == [(0, ""), (0, "supports")]


def test_the_clusters_of_the_project_are_read() -> None:
    clusters = read_clusters(Path(__file__).parent.parent / "claims")
    assert {"freelander", "drug-trial"} <= {c.name for c in clusters}
    assert sum(len(c.claims) for c in clusters) > 600
    assert not any(c.titles_told for c in clusters)


def test_no_gold_is_a_coded_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E132"):
        read_clusters(tmp_path)
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(b'{"id": "x"}\n'))
    with pytest.raises(InputError, match="E132"):
        read_clusters(tmp_path / "x.jsonl.gz")


def test_plain_events_are_read_like_packed_ones(events: Path, tmp_path: Path) -> None:
    (tmp_path / "plain.jsonl").write_text(json.dumps(EVENT) + "\n")
    assert read_clusters(tmp_path / "plain.jsonl") == read_clusters(events)


@pytest.mark.parametrize("damage", [lambda data: data[:-20], lambda data: data[:30] + b"\xff" * 30 + data[60:], lambda data: b"plain"])
def test_a_damaged_file_of_events_is_a_coded_error(events: Path, damage: Callable[[bytes], bytes]) -> None:
    events.write_bytes(damage(events.read_bytes()))
    with pytest.raises(InputError, match="E132"):
        read_clusters(events)


def test_events_of_another_make_are_coded_errors(tmp_path: Path) -> None:
    long_id = json.dumps(EVENT).replace('"id": "b"', '"id": "bb"').replace('"article": "b"', '"article": "bb"')
    for line, words in ((long_id, "'bb' is not one letter"), (json.dumps({**EVENT, "claims": ["x"]}), "E132"), ("[]", "E132")):
        (tmp_path / "x.jsonl").write_text(line + "\n")
        with pytest.raises(InputError, match="E132") as caught:
            read_clusters(tmp_path / "x.jsonl")
        assert words in str(caught.value)


def test_gold_of_an_unknown_verdict_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text("Bridge shut\n\nThe bridge at Orme closed on Monday.\n")
    claim = {"article": "a", "claim": "The bridge closed.", "verdict": "refuted", "evidence": []}
    gold = {"articles": [{"id": "a", "file": "a.txt"}], "claims": [claim]}
    (tmp_path / "one" / "gold.json").write_text(json.dumps(gold))
    with pytest.raises(InputError, match=r"E132.*'refuted' is none of"):
        read_clusters(tmp_path)
    (tmp_path / "one" / "gold.json").write_text(json.dumps({**gold, "claims": [{**claim, "verdict": "unsupported"}]}))
    assert len(read_clusters(tmp_path)) == 1


def test_a_curt_answer_is_context_for_the_sentence_that_explains_it() -> None:
    (cluster,) = [c for c in read_clusters(Path(__file__).parent.parent / "claims") if c.name == "freelander"]
    article = next(a for a in cluster.articles if a.path.endswith("b.md"))
    found = passages(0, article, read_claims(article).sentences)
    assert "Only partly." not in [p.text for p in found]
    (hybrid,) = [p for p in found if p.text.startswith("It is a plug-in hybrid")]
    assert hybrid.context.startswith("So is it electric? Only partly. It is a plug-in hybrid")
