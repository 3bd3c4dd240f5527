"""What kind of conflict there is between a claim and a passage that denies it."""

from __future__ import annotations

import pytest

from factcheck.verdicts.kinds import kind_of


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("The hall in Melby has 900 seats.", "There are 650 seats in Melby's new hall.", "number"),
        ("Prices rose by 6 percent.", "Prices rose by 4 percent.", "number"),
        ("Two thirds of the staff voted for the strike.", "Only the pilots voted for it.", "number"),
        ("The fair opens on 3 May.", "Visitors are let in from 10 May.", "date"),
        ("Brenner was founded in 2011.", "The firm was founded in 2013.", "date"),
        ("The vote was held on Tuesday.", "Members voted on Thursday.", "date"),
        ("The pool in Arda is closed.", "The pool in Arda reopened this week.", "status"),
        ("The concert in Lund goes ahead.", "The concert in Lund was cancelled.", "status"),
        ("The climber is missing.", "The climber was found alive in a hut.", "status"),
        ("Brenner will build a mill at Corro.", "Corro has been given up, and the land sold to farmers.", "status"),
        ("Nobody was hurt in the fire.", "Three guests were hurt in the fire.", "negation"),
        ("The driver had been drinking.", "The driver had not been drinking.", "negation"),
        ("No money changed hands.", "The mayor took an envelope of cash.", "negation"),
        ("The tractors are built in Poland.", "The tractors are built in Ostrava.", "place"),
        ("The plane came from Lima.", "The plane came from Quito.", "place"),
        ("Ann Lowe designed the bridge.", "Carla Benz designed the bridge.", "name"),
        ("Councillor Moss voted for the budget.", "Moss voted against the budget.", "role"),
        ("The plane veered to the left.", "The plane veered to the right.", "role"),
        ("Ann Lowe said that the bridge is safe.", "Not Ann Lowe but Carla Benz said that the bridge is safe.", "attribution"),
        ("The bridge might have been cut.", "The bridge was cut with a saw.", "modality"),
        ("The bridge is ugly.", "The bridge is handsome.", "other"),
    ],
)
def test_kinds_of_conflict(claim: str, passage: str, kind: str) -> None:
    assert kind_of(claim, passage) == kind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The same figure in other words is not what the two differ in.
        ("The hall with 900 seats is open.", "The hall with nine hundred seats is closed."),
        # A different figure for something that nobody compares.
        ("The museum is still open.", "The museum has been closed for two years."),
    ],
)
def test_a_figure_that_is_not_at_issue_makes_no_number_conflict(claim: str, passage: str) -> None:
    assert kind_of(claim, passage) == "status"
