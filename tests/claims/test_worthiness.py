"""Sentences that are not checked, by their words alone; and sentences like them that are."""

from __future__ import annotations

import pytest

from factcheck.claims.worthiness import MOST_CHARACTERS, skip_reason
from factcheck.types import Sentence, SkipReason, Span


def _reason(text: str) -> SkipReason | None:
    return skip_reason(Sentence(Span(0, len(text)), text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We think the harbour deserves a second chance.", "opinion"),
        ("What a shambles this has become!", "opinion"),
        ("I came home tired and oddly happy.", "opinion"),
        ("Our thoughts are with the crew.", "opinion"),
        ("This newspaper hopes that he stays.", "opinion"),
        ("The timing could not be worse.", "opinion"),
        ("Mark my words, it comes back before spring.", "prediction"),
        ("Sign up for our weekly letter.", "call_to_action"),
        ("All rights reserved.", "boilerplate"),
        ("Who pays for the new roof?", "question"),
        ("No.", "too_short"),
        ("Der Rat hat die Gebühren für das Bad erhöht.", "other_language"),
        ("x" * (MOST_CHARACTERS + 1), "too_long"),
    ],
)
def test_what_is_not_checked(text: str, reason: SkipReason) -> None:
    assert _reason(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        # What somebody tells of themselves can be looked up once it has a figure or a name.
        "I moved to Trondheim as a child.",
        "I have run the bakery for thirty years.",
        "I sold four hundred loaves a day.",
        "My mother worked for Brandt in Kiel.",
        # What somebody is said to think is a fact of its own.
        "The mayor said that our thoughts are with the crew.",
        "We believe 300 people are missing.",
        "Our offices are in Leeds.",
        "This newspaper was founded by two printers.",
        "The ferry could not be raised.",
        "The strike ended on Monday.",
        "What a neighbour took for thunder was a gas explosion.",
    ],
)
def test_what_is_checked(text: str) -> None:
    assert _reason(text) is None
