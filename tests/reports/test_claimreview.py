"""Drafts of ClaimReview: nothing in them passes for a finished review, and hostile strings stay strings.

To write the golden file anew: ``FACTCHECK_UPDATE_GOLDEN=1 pytest tests/reports/test_claimreview.py``, then read the diff.
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

from factcheck.errors import ConfigError
from factcheck.reports import render
from factcheck.reports.claimreview import FILL_IN
from factcheck.types import Claim, Report, Stance
from tests.reports.spiked import EXAMPLES, spiked_report

GOLDEN = Path(__file__).parent / "golden" / "sample-claimreview.json"
DESK = "The Ellery Desk"
PIECES = ("javascript:alert(1)", "</script>", '"', "\u202e", "\x1b[")


def drafts(report: Report, *, verbose: bool = False) -> list[dict[str, Any]]:
    loaded = json.loads(render("claimreview", report, verbose=verbose, reviewer=DESK).encode("utf-8"))
    assert loaded["@context"] == "https://schema.org"
    return loaded["@graph"]  # type: ignore[no-any-return]


def draft_of(sample: Report, **claim: Any) -> dict[str, Any]:
    """The draft of the sample's disputed claim with other facts about it."""
    gazette = sample.articles[0]
    first = gazette.findings[0]
    changed: Claim = dataclasses.replace(first.claim, **claim)
    found = (dataclasses.replace(first, claim=changed),)
    articles = (dataclasses.replace(gazette, findings=found), *(dataclasses.replace(a, findings=()) for a in sample.articles[1:]))
    (draft,) = drafts(dataclasses.replace(sample, articles=articles))
    return draft


def test_golden(sample: Report) -> None:
    text = render("claimreview", sample, reviewer=DESK)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode("utf-8"))
    assert text == GOLDEN.read_bytes().decode("utf-8")


@pytest.mark.parametrize("reviewer", [None, "", "  \n"])
def test_nobody_answers_for_it_so_there_is_none(sample: Report, reviewer: str | None) -> None:
    with pytest.raises(ConfigError) as caught:
        render("claimreview", sample, reviewer=reviewer)
    assert caught.value.code == "E224"
    assert "--reviewer" in caught.value.step


@pytest.mark.parametrize("verbose", [False, True])
def test_alarms_only_worst_first(sample: Report, calm: Report, verbose: bool) -> None:
    assert [d["reviewRating"]["alternateName"] for d in drafts(sample, verbose=verbose)] == [
        *(["Draft: contradicted by other reports"] * 2), "Draft: other reports disagree on it",
    ]  # fmt: skip
    assert drafts(calm, verbose=verbose) == []


def test_what_is_known_or_ignored_is_not_drafted(sample: Report) -> None:
    gazette = sample.articles[0]
    first, *others = gazette.findings
    changed = dataclasses.replace(gazette, findings=(dataclasses.replace(first, ignored="asked the council again"), *others))
    assert len(drafts(dataclasses.replace(sample, articles=(changed, *sample.articles[1:])), verbose=True)) == len(drafts(sample)) - 1


def test_the_required_fields_are_there_and_what_a_person_must_say_is_open(sample: Report) -> None:
    for draft in drafts(sample):
        assert draft["@type"] == "ClaimReview"
        assert draft["creativeWorkStatus"].startswith("Draft")
        assert draft["claimReviewed"]
        assert draft["url"] == FILL_IN
        assert draft["author"] == {"@type": "Organization", "name": DESK}
        assert set(draft["reviewRating"]) == {"@type", "alternateName"}, "no rating on a scale of truth"
        assert "datePublished" not in draft


def test_the_evidence_is_cited_with_its_words_outlet_and_day(sample: Report) -> None:
    opens = next(d for d in drafts(sample) if "will open" in d["claimReviewed"])
    (passage,) = opens["citation"]
    assert passage["text"] == "The opening has been put off to 18 June because of unfinished barriers."
    assert passage["description"] == "denies the claim"
    assert passage["isPartOf"]["publisher"]["name"] == "Coast Wire"
    assert (passage["isPartOf"]["datePublished"], passage["isPartOf"]["url"]) == ("2026-03-14", "https://example.org/1")
    assert "Coast Wire, 14 Mar 2026" in opens["reviewBody"]
    appearance = opens["itemReviewed"]["appearance"]
    assert (appearance["text"], appearance["isPartOf"]["headline"]) == ("It will open on 4 June", "Harbour bridge to open in June")


OUTLET = {"@type": "Organization", "name": "Ellery Gazette"}


@pytest.mark.parametrize(
    ("speaker", "stance", "claimant"),
    [
        (None, None, OUTLET),
        ("Ines Okafor", "said", {"name": "Ines Okafor"}),
        ("the union", "alleged", {"name": "the union"}),
        ("he", "said", None),
        (None, "alleged", None),
        # Its words name the council already: what is told is that the council said so, and the outlet tells it.
        ("Port Ellery", "said", OUTLET),
        ("Ines Okafor", "denied", OUTLET),
    ],
)
def test_who_made_the_claim(sample: Report, speaker: str | None, stance: Stance | None, claimant: dict[str, str] | None) -> None:
    assert draft_of(sample, speaker=speaker, stance=stance)["itemReviewed"].get("author") == claimant


def test_hostile_texts_make_no_address_and_no_control_character(
    make_string: Callable[[random.Random], str], make_hostile: Callable[[random.Random], Report]
) -> None:
    rng = random.Random(36)
    for i in range(EXAMPLES):
        report = spiked_report(rng, PIECES, make_string) if i % 2 else make_hostile(rng)
        name = make_string(rng)
        text = render("claimreview", report, reviewer=name)
        assert text == render("claimreview", report, reviewer=name)
        told = json.loads(text.encode("utf-8"))["@graph"]
        assert len(told) == sum(f.verdict in ("contradicted", "disputed") for a in report.articles for f in a.findings)
        assert not [s for s in strings(told) if "\x1b" in s or "\u202e" in s or "\n" in s]
        assert {s for key, s in fields(told) if key == "url"} <= {FILL_IN}


def fields(value: Any) -> list[tuple[str, str]]:
    """Every named string."""
    if isinstance(value, list):
        return [pair for part in value for pair in fields(part)]
    if not isinstance(value, dict):
        return []
    return [pair for key, part in value.items() for pair in ([(key, part)] if isinstance(part, str) else fields(part))]


def strings(value: Any) -> list[str]:
    return [s for _, s in fields(value)]
