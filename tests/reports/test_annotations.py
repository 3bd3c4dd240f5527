"""Web annotations: the model's required fields, selectors that find the words again, and hostile strings.

To write the golden file anew: ``FACTCHECK_UPDATE_GOLDEN=1 pytest tests/reports/test_annotations.py``, then read the diff.
"""

from __future__ import annotations

import dataclasses
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import render
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report
from tests.reports.spiked import EXAMPLES, spiked_report

PIECES = ("javascript:alert(1)", "</script>", '"', "\\", "\u202e", "\x1b[")

GOLDEN = Path(__file__).parent / "golden" / "sample-annotations.jsonld"


def collection(report: Report, *, verbose: bool = False) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render("annotations", report, verbose=verbose).encode("utf-8"))
    return loaded


def items(report: Report, *, verbose: bool = False) -> list[dict[str, Any]]:
    return collection(report, verbose=verbose)["first"]["items"]  # type: ignore[no-any-return]


def of(text: str, start: int, end: int, **about: Any) -> dict[str, Any]:
    """The target of a claim made of ``text[start:end]``."""
    found = Finding(Claim("It is so.", ((start, end),), text[start:end]), "contradicted", 0.9, 0.1, 0.9)
    article = Article(text, **{"path": "a.txt", **about})
    (item,) = items(Report((CheckedArticle(article, (found,)),), ModelInfo("m", "", "fp32"), "0.1.0"))
    return item["target"]  # type: ignore[no-any-return]


def test_golden(sample: Report) -> None:
    text = render("annotations", sample)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode("utf-8"))
    assert text == GOLDEN.read_bytes().decode("utf-8")


def test_the_model_s_required_fields(sample: Report, empty: Report) -> None:
    for report in (sample, empty):
        whole = collection(report, verbose=True)
        assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert (whole["type"], whole["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
        assert whole["total"] == len(whole["first"]["items"]) == sum(len(a.findings) for a in report.articles)
        names = [whole["id"], whole["first"]["id"], *(item["id"] for item in whole["first"]["items"])]
        assert len(set(names)) == len(names)
        assert all(name.startswith("urn:factcheck:") for name in names)
        for item in whole["first"]["items"]:
            assert (item["type"], item["motivation"]) == ("Annotation", "assessing")


def test_bodies_say_the_verdict_and_link_to_the_words(sample: Report) -> None:
    cost = items(sample)[0]
    verdict, sentences, *links = cost["body"]
    assert (verdict["purpose"], verdict["value"]) == ("classifying", "disputed")
    assert sentences["value"].startswith("Disputed (likely, 87%;")
    assert (sentences["format"], sentences["language"]) == ("text/plain", "en")
    assert [(link["purpose"], link["source"]) for link in links] == [
        ("linking", "articles/herald.txt"), ("linking", "radio.html"), ("linking", "https://example.org/1"),
    ]  # fmt: skip
    assert links[0]["selector"][0]["exact"] == "The Port Ellery bridge has cost 61 million crowns"


def test_supported_claims_only_when_asked_for(sample: Report) -> None:
    verdicts = [[item["body"][0]["value"] for item in items(sample, verbose=v)] for v in (False, True)]
    assert "supported" not in verdicts[0]
    assert verdicts[1].count("supported") == 2
    assert verdicts[1] == [f.verdict for a in sample.articles for f in a.findings], "in the report's order"


def test_what_is_known_or_ignored_only_when_asked_for(sample: Report) -> None:
    gazette = sample.articles[0]
    first, *others = gazette.findings
    changed = dataclasses.replace(gazette, findings=(dataclasses.replace(first, known=True), *others))
    report = dataclasses.replace(sample, articles=(changed, *sample.articles[1:]))
    assert len(items(report)) == len(items(sample)) - 1
    assert len(items(report, verbose=True)) == len(items(sample, verbose=True))


def test_a_quote_has_its_surroundings_and_a_file_its_positions() -> None:
    text = "The council met on Tuesday evening. \U0001f309 The bridge cost 48 million crowns. Nobody objected to the bill at all."
    start = text.index("The bridge")
    target = of(text, start, start + 10)
    quote, position = target["selector"]
    assert quote == {
        "type": "TextQuoteSelector", "exact": "The bridge",
        "prefix": text[start - 32 : start], "suffix": " cost 48 million crowns. Nobody ",
    }  # fmt: skip
    assert position == {"type": "TextPositionSelector", "start": start, "end": start + 10}, "code points"
    assert target["source"] == "a.txt"


@pytest.mark.parametrize(
    ("about", "source"),
    [
        ({"kind": "html"}, "a.txt"),
        ({"url": "https://example.org/1"}, "https://example.org/1"),
        ({"kind": "wordpress", "url": "https://example.org/1"}, "https://example.org/1"),
    ],
)
def test_no_position_where_the_text_is_not_the_source_s(about: dict[str, str], source: str) -> None:
    target = of("The bridge opened.", 4, 10, **about)
    assert target["source"] == source
    assert [s["type"] for s in target["selector"]] == ["TextQuoteSelector"]


def test_an_address_that_is_none_is_not_one() -> None:
    assert of("The bridge opened.", 4, 10, url="javascript:alert(1)")["source"] == "a.txt"


@pytest.mark.parametrize(
    ("left", "prefix"),
    [
        ("e\u0301" + "x" * 31, "x" * 31),
        ("a" + "\u0301" * 3 + "x" * 30, "x" * 30),
        ("\U0001f44d\U0001f3fd" + "x" * 31, "x" * 31),
        ("👩\u200d🔬" + "x" * 30, "x" * 30),
        ("\r\n" + "x" * 31, "x" * 31),
        ("y" * 40, "y" * 32),
        ("y" * 5, "y" * 5),
        ("", ""),
    ],
)
def test_surroundings_part_no_character_from_its_marks(left: str, prefix: str) -> None:
    text = left + "bridge"
    assert of(text, len(left), len(text))["selector"][0]["prefix"] == prefix


def test_a_suffix_parts_none_either() -> None:
    assert of("bridge" + "x" * 31 + "e\u0301 and", 0, 6)["selector"][0]["suffix"] == "x" * 31


def test_hostile_texts_come_back_as_they_were(
    make_string: Callable[[random.Random], str], make_hostile: Callable[[random.Random], Report]
) -> None:
    rng = random.Random(35)
    for i in range(EXAMPLES):
        report = spiked_report(rng, PIECES, make_string) if i % 2 else make_hostile(rng)
        text = render("annotations", report, verbose=True)
        assert text == render("annotations", report, verbose=True)
        told = iter(json.loads(text.encode("utf-8"))["first"]["items"])
        for checked in report.articles:
            whole = checked.article.text
            for found in checked.findings:
                item = next(told)
                quote = item["target"]["selector"][0]
                if "\ud83d\udc80" not in whole:  # a split pair cannot be written
                    assert quote["exact"] == found.claim.quote
                    assert quote["prefix"] + quote["exact"] + quote["suffix"] in whole
                    assert whole[: found.claim.start].endswith(quote["prefix"])
                assert not item["target"]["source"].lower().startswith("javascript:")
                assert item["target"]["source"].isascii()
                assert "\x1b" not in item["body"][1]["value"]
        assert next(told, None) is None
