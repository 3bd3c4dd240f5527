"""Reports against gold, and claims against documents: what counts as found, as right, as a false alarm."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from factcheck.clusters import Told, holds_clusters, read_clusters
from factcheck.config import Config
from factcheck.errors import InputError
from factcheck.judging import Judge
from factcheck.measuring.clusters import measure_cluster
from factcheck.measuring.documents import balanced_accuracy, best_threshold, half, measure_documents, read_questions
from factcheck.measuring.documents import figures as document_figures
from factcheck.measuring.matching import match, overlap, word_f1
from factcheck.measuring.outcomes import Measured, Outcome, figures, mistakes
from factcheck.models.protocol import Scores
from factcheck.text import content_words
from factcheck.types import Claim, Finding, ModelInfo, Verdict


class Rule:
    """A model that knows two things: what is open is not closed, and a text states what it has all the words of."""

    info = ModelInfo("rule", "0" * 64, "float32")

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        if any(len(claim) > 200 for _, claim in pairs):
            raise InputError("E120", "too long", "split")
        return np.asarray([self.row(set(content_words(p)), set(content_words(c))) for p, c in pairs], dtype=np.float32)

    def row(self, premise: set[str], claim: set[str]) -> tuple[float, float, float]:
        for one, other in (("open", "closed"), ("closed", "open")):
            if one in premise and other in claim:
                return 0.02, 0.03, 0.95
        return (0.95, 0.03, 0.02) if claim <= premise else (0.02, 0.96, 0.02)


OPEN = "Bridge news\n\nOrme Post, 2026-03-04\n\nThe bridge at Orme is open. Mayor Clara Venn cut the ribbon. The toll is two euros.\n"
CLOSED = "Word from the river\n\nOrme Mail, 2026-03-05\n\nThe bridge at Orme is closed. The mayor, Clara Venn, cut the ribbon.\n"
RIBBON = "Mayor Clara Venn cut the ribbon."


def evidence(article: str, quote: str, relation: str) -> list[dict[str, str]]:
    return [{"article": article, "quote": quote, "relation": relation}]


GOLD: dict[str, Any] = {
    "articles": [{"id": "a", "file": "a.txt"}, {"id": "b", "file": "b.txt"}],
    "claims": [
        {
            "id": "a1", "article": "a", "quote": "The bridge at Orme is open", "claim": "The bridge at Orme is open.",
            "verdict": "contradicted", "evidence": evidence("b", "The bridge at Orme is closed.", "contradicts"), "phenomenon": "status",
        },
        {
            "id": "a2", "article": "a", "quote": RIBBON, "claim": RIBBON, "verdict": "supported",
            "evidence": evidence("b", "The mayor, Clara Venn, cut the ribbon.", "supports"), "phenomenon": "paraphrase",
        },
        {
            "id": "a3", "article": "a", "quote": "The toll is two euros.", "claim": "Drivers pay a toll of two euros.",
            "verdict": "unsupported", "evidence": [], "phenomenon": "figure",
        },
        {
            "id": "b1", "article": "b", "quote": "", "claim": "A choir of schoolchildren sang on the quay.",
            "verdict": "unsupported", "evidence": [], "phenomenon": "figure",
        },
    ],
}  # fmt: skip


def write_cluster(folder: Path, gold: dict[str, Any] = GOLD) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(OPEN)
    (folder / "b.txt").write_text(CLOSED)
    (folder / "gold.json").write_text(json.dumps(gold))
    return folder


def test_a_report_is_held_against_its_gold(tmp_path: Path) -> None:
    (cluster,) = read_clusters(write_cluster(tmp_path / "orme"))
    measured = measure_cluster(cluster, Judge(Rule()), Config())
    said = {o.told.id: (o.said.verdict if o.said else None, o.evidence_hit, o.ranks) for o in measured.outcomes}
    # The alarm of b stands for no gold claim. What was not said has no evidence to hit, and what has none in gold neither.
    assert said == {
        "a1": ("contradicted", True, (0,)),
        "a2": ("supported", True, (0,)),
        "a3": ("unsupported", None, ()),
        "b1": (None, None, ()),
    }
    assert (measured.name, measured.articles, measured.alarms, measured.unmatched_alarms) == ("orme", ("a.txt", "b.txt"), 2, 1)
    found = figures([measured])
    assert (found["found"], found["accuracy"], found["accuracy_on_found"], found["evidence_hit"]) == (0.75, 0.75, 1.0, 1.0)
    assert (found["alarm_precision"], found["alarm_recall"], found["false_alarms_per_article"]) == (1.0, 1.0, 0.0)
    assert found["retrieval"] == {"gold_evidence": 2, "found": 1.0, "best_8": 1.0}


def test_gold_is_known_by_what_a_path_holds(tmp_path: Path) -> None:
    folder = write_cluster(tmp_path / "orme")
    pair = {"premise": "The bridge has articles of iron.", "claim": "It is iron.", "label": "entailment"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair) + "\n")
    with gzip.open(tmp_path / "events.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": "e", "articles": [], "claims": []}) + "\n")
    assert holds_clusters(folder)
    assert holds_clusters(tmp_path)
    assert holds_clusters(tmp_path / "events.jsonl.gz")
    assert not holds_clusters(tmp_path / "pairs.jsonl")
    assert not holds_clusters(tmp_path / "none.jsonl")
    assert not holds_clusters(folder / "a.txt")


def finding(text: str, verdict: Verdict = "unsupported", confidence: float = 0.5, *, quote: str = "") -> Finding:
    return Finding(Claim(text, ((0, 1),), quote or text), verdict, confidence, 0.0, 0.0)


def test_a_claim_is_matched_by_its_words_and_more_easily_where_the_quotes_are_the_same() -> None:
    toll = finding("The new toll at Orme is two euros.", quote="a toll of two euros, the new rate at Orme,")
    ribbon = finding("Clara Venn cut the ribbon.")
    assert match("Clara Venn, the mayor, cut a ribbon.", "", [toll, ribbon]) is ribbon
    # Two of seven words: too few, unless both stand on the same words of the article.
    few = "Cars pay two euros from Monday."
    assert 0.3 <= word_f1(toll.claim.text, few) < 0.5
    assert match(few, "", [toll, ribbon]) is None
    assert match(few, "a toll of two euros", [toll, ribbon]) is toll
    assert match("A choir sang.", "a toll of two euros", [toll, ribbon]) is None
    assert match("Clara Venn cut the ribbon.", "", []) is None


def test_quotes_overlap_when_one_has_most_of_the_other() -> None:
    assert overlap("It’s “closed” until\nMay", 'it\'s "closed" until May, the county said')
    assert overlap("The bridge at Orme closed on Monday evening", "on Monday, the Orme bridge closed")
    assert not overlap("The bridge at Orme closed on Monday", "The ferry at Orme sailed on Tuesday")
    assert not overlap("", "The bridge is closed")
    assert not overlap("of the", "in a")


def outcome(gold: Verdict, said: Verdict | None, confidence: float = 0.5, *, kind: str = "", ranks: tuple[int | None, ...] = ()) -> Outcome:
    found = finding("It rained.", said, confidence) if said else None
    return Outcome(Told(0, f"{gold} {said}", gold, (), phenomenon=kind), found, None, ranks)


def measured(*outcomes: Outcome) -> Measured:
    return Measured("storm", ("a.txt", "b.txt"), outcomes, len(outcomes), 0, 0, 1.0)


#: Four alarms, three of them of conflicts; a conflict passed as supported, and one not found.
MIXED = (
    outcome("contradicted", "contradicted", 0.92, kind="number", ranks=(0, 8)),
    outcome("contradicted", "disputed", 0.96, kind="number", ranks=(None,)),
    outcome("disputed", "disputed", 0.55, kind="date", ranks=(7,)),
    outcome("supported", "contradicted", 0.95, kind="date"),
    outcome("disputed", "supported", 0.8, kind="number"),
    outcome("contradicted", None, kind="place"),
    outcome("unsupported", "supported", 0.7, kind="place"),
    outcome("unsupported", "unsupported", 0.9, kind="place"),
)


def test_figures_count_alarms_by_whether_the_gold_is_one() -> None:
    found = figures([measured(*MIXED[:5]), measured(*MIXED[5:])])
    assert (found["found"], found["accuracy"], found["accuracy_on_found"]) == (7 / 8, 3 / 8, 3 / 7)
    assert (found["right_alarms"], found["alarms_on_gold"], found["alarm_precision"]) == (3, 4, 3 / 4)
    assert (found["alarm_recall"], found["false_alarms_per_article"]) == (3 / 5, 1 / 4)
    # contradicted: two said and three gold, one in common; disputed: two and two; unsupported: one and two; supported: two and one.
    assert found["f1"] == {"contradicted": 2 / 5, "disputed": 2 / 4, "unsupported": 2 / 3, "supported": 0.0}
    assert found["macro_f1"] == pytest.approx((2 / 5 + 2 / 4 + 2 / 3) / 4)
    assert found["phenomena"]["number"] == {"claims": 3, "right": 1 / 3, "conflicts": 3, "alarms_found": 2 / 3}
    assert found["phenomena"]["place"]["alarms_found"] == 0.0
    # Of four gold quotes one was not found at all, and one ninth.
    assert found["retrieval"] == {"gold_evidence": 4, "found": 3 / 4, "best_8": 2 / 4}


def test_the_confidence_of_alarms_is_held_against_how_many_are_right() -> None:
    found = figures([measured(*MIXED)])
    low, high = found["reliability"]
    assert low == {"alarms": 1, "said": 0.55, "right": 1.0}
    assert (high["alarms"], high["right"]) == (3, pytest.approx(2 / 3))
    assert high["said"] == pytest.approx((0.92 + 0.96 + 0.95) / 3)
    assert found["ece"] == pytest.approx((1 * 0.45 + 3 * (high["said"] - 2 / 3)) / 4)


def test_ratios_over_nothing_are_none() -> None:
    found = figures([measured(outcome("supported", "supported"))])
    assert found["accuracy"] == 1.0
    nothing = ("alarm_precision", "alarm_recall", "evidence_hit", "ece")
    assert [found[key] for key in nothing] == [None] * 4
    assert found["phenomena"]["-"]["alarms_found"] is None
    assert figures([])["found"] is None


def test_the_worst_mistakes_are_the_ones_an_editor_would_print() -> None:
    wrong = [m["claim"] for m in mistakes([measured(*MIXED)], 10)]
    assert wrong == [
        "supported contradicted",
        "disputed supported",
        "contradicted disputed",
        "unsupported supported",
        "contradicted None",
    ]
    assert len(mistakes([measured(*MIXED)], 2)) == 2


DOCUMENT = "The council met on Monday. The bridge at Orme is open. The mayor spoke for an hour about the drains."


def test_a_claim_is_as_well_supported_as_by_the_best_part_of_its_document(tmp_path: Path) -> None:
    rows = [
        {"premise": DOCUMENT, "claim": "The bridge at Orme is open.", "label": "entailment", "meta": {"kind": "news"}},
        {
            "premise": ["The drains are old.", "The mayor spoke."],
            "claim": "The mayor spoke.",
            "label": "entailment",
            "meta": {"kind": "news"},
        },
        {"premise": DOCUMENT, "claim": "The bridge at Orme is closed.", "label": "contradiction", "meta": {"kind": "news"}},
        {"premise": "It rained.", "claim": "The council met on Monday.", "label": "entailment", "meta": {"kind": "parts", "document": 7}},
        {"premise": DOCUMENT, "claim": "The council met on Monday.", "label": "entailment", "meta": {"kind": "parts", "document": 7}},
        {"premise": DOCUMENT, "claim": "The council met on Friday.", "label": "not_entailment", "meta": {"kind": "parts"}},
        {
            "premise": DOCUMENT,
            "claim": "The mayor said that " + "very " * 50 + "old drains leak.",
            "label": "neutral",
            "meta": {"kind": "long"},
        },
    ]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    seen: list[tuple[int, int]] = []
    asked = read_questions(tmp_path / "x.jsonl", group="meta.document", by="meta.kind")
    found = measure_documents(asked, Rule(), lambda done, total: seen.append((done, total)))
    assert (found["rows"], found["unread"], found["claims"], found["entailed"]) == (7, 1, 5, 3 / 5)
    assert (found["balanced_accuracy"], found["auroc"]) == (1.0, 1.0)
    assert {kind: part["claims"] for kind, part in found["by"].items()} == {"news": 3, "parts": 2}
    assert seen[-1] == (7, 7)
    assert found["rows_per_s"] > 0
    apart = measure_documents(read_questions(tmp_path / "x.jsonl"), Rule(), lambda *_: None)
    assert (apart["claims"], apart["balanced_accuracy"]) == (6, pytest.approx((3 / 4 + 1) / 2))


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ({"premise": [], "claim": "It rained.", "label": "neutral"}, "E130", "row 1: claim or premise is empty"),
        ({"premise": ["a", 3], "claim": "It rained.", "label": "neutral"}, "E130", "no text"),
        ({"premise": "a", "claim": " ", "label": "neutral"}, "E130", "row 1"),
        ({"premise": "a", "claim": "b", "label": "perhaps"}, "E131", "unknown label"),
        (["premise"], "E130", "row 1"),
    ],
)
def test_rows_that_cannot_be_used_are_named(tmp_path: Path, row: object, code: str, words: str) -> None:
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(InputError, match=words) as caught:
        read_questions(tmp_path / "x.jsonl")
    assert caught.value.code == code


def test_files_that_hold_no_documents_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(b'{"premise": "a"}\n' * 99)[:-20])
    for name in ("empty.jsonl", "torn.jsonl.gz", "none.jsonl"):
        with pytest.raises(InputError, match="E130"):
            read_questions(tmp_path / name)


def test_a_threshold_is_chosen_on_one_half_and_measured_on_the_other() -> None:
    scores, truth = np.asarray([0.9, 0.3, 0.2, 0.1, 0.9, 0.8, 0.6, 0.1]), np.asarray([True, True, False, False] * 2)
    assert best_threshold(scores[:4], truth[:4]) == pytest.approx(0.25)
    assert best_threshold(scores[4:], truth[4:]) == pytest.approx(0.7)
    found = document_figures(scores, truth, np.asarray([False] * 4 + [True] * 4))
    # At 0.7 the first half loses one of two claims; at 0.25 the second lets one of two pass.
    assert found["thresholds"] == pytest.approx([0.7, 0.25])
    assert found["balanced_accuracy_cross_fitted"] == pytest.approx((3 / 4 + 3 / 4) / 2)
    assert found["balanced_accuracy"] == balanced_accuracy(scores >= 0.5, truth) == pytest.approx((3 / 4 + 3 / 4) / 2)


def test_what_cannot_be_told_of_one_answer_is_none() -> None:
    one_sided = document_figures(np.asarray([0.2, 0.9]), np.asarray([True, True]), np.asarray([False, True]))
    assert (one_sided["auroc"], one_sided["balanced_accuracy"], one_sided["balanced_accuracy_cross_fitted"]) == (None, None, None)
    # Both answers, but each in a half of its own: no threshold can be chosen.
    halves = document_figures(np.asarray([0.2, 0.9]), np.asarray([False, True]), np.asarray([False, True]))
    assert (halves["balanced_accuracy"], halves["balanced_accuracy_cross_fitted"], halves["thresholds"]) == (1.0, None, None)


def test_documents_are_halved_by_what_they_say_whatever_their_order() -> None:
    texts = [f"Document {n}" for n in range(9)]
    halves = dict(zip(texts, half(texts).tolist(), strict=True))
    assert sum(halves.values()) == 4
    assert half([*reversed(texts), texts[3]]).tolist() == [*(halves[t] for t in reversed(texts)), halves[texts[3]]]
