"""What the sources would have to say before a claim could be settled."""

from __future__ import annotations

import pytest

from factcheck.verdicts.missing import Missing, missing

SOURCES = (
    "The ferry Alma sank off Arda on Tuesday with 180 passengers on board.",
    "Captain Ann Lowe survived, said Carla Benz of the coastguard. The wreck lies 40 metres deep.",
)


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("The ferry Alma had 23 crew on board.", [("figure", "23 crew")]),
        ("The ferry Alma sank off Arda on Friday.", [("date", "Friday")]),
        ("The ferry Alma was built in 1998.", [("date", "1998")]),
        ("The ferry Alma was on its way to the port near Corro.", [("place", "Corro")]),
        ("The ferry Alma belongs to Brenner Lines.", [("actor", "Brenner Lines")]),
        (
            "The ferry Alma was sold to Brenner Lines for $4 million in 2019.",
            [("figure", "$4 million"), ("actor", "Brenner Lines"), ("date", "2019")],
        ),
    ],
)
def test_parts_that_no_passage_has_the_most_telling_first(claim: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.kind, part.words) for part in missing(claim, SOURCES)] == parts


@pytest.mark.parametrize(
    "claim",
    [
        "The ferry Alma carried 180 passengers.",
        "The wreck of the Alma lies 4,000 centimetres deep.",
        "The ferry Alma sank on Tuesday.",
        "Lowe blamed Benz.",
        "The third officer of the Alma survived.",
    ],
)
def test_nothing_is_missing_where_all_parts_occur(claim: str) -> None:
    assert missing(claim, SOURCES) == ()


def test_a_subject_that_no_source_speaks_of() -> None:
    assert missing("The hospital in Ferndale hired 30 nurses.", SOURCES) == (Missing("subject", "Ferndale"),)
    assert missing("Bakers went on strike over wages.", SOURCES) == (Missing("subject", "Bakers, strike, wages"),)


def test_without_passages_the_subject_is_missing() -> None:
    assert [part.kind for part in missing("The ferry Alma sank.", ())] == ["subject"]


def test_an_opening_plural_is_no_actor() -> None:
    assert not [part for part in missing("Divers of the coastguard found the wreck of the ferry.", SOURCES) if part.words == "Divers"]
