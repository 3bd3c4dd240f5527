"""How firmly a sentence states what it tells, and which passages are weaker than a claim."""

from __future__ import annotations

import pytest

from factcheck.verdicts.modality import modality, weakens


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The harbour board closed the pier in 2024.", "fact"),
        ("The pier closes on 3 May.", "fact"),
        ("In May the board closed the pier.", "fact"),
        ("The council will close the pier.", "future"),
        ("The pier is to close in autumn.", "future"),
        ("The board said it would close the pier.", "future"),
        ("The council plans to close the pier.", "planned"),
        ("Stenlund hopes to reopen the hotel next year.", "planned"),
        ("The tram is expected to cost less.", "planned"),
        ("The council may close the pier.", "possible"),
        ("Stenlund is considering a second ferry.", "possible"),
        ("The two clubs are in talks over a joint ground.", "possible"),
        ("The pier will close if the storm comes.", "conditional"),
        ("A second ferry would cost 9 million euros.", "conditional"),
        ("The firm has scrapped its plans for a second ferry.", "dropped"),
    ],
)
def test_the_kind_of_a_statement(text: str, kind: str) -> None:
    assert modality(text) == kind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The council will close the pier at Orrick.", "The council may close the pier at Orrick."),
        ("The council closed the pier at Orrick.", "The council wants to close the pier at Orrick next year."),
        ("Stenlund has bought the hotel on Quay Street.", "Stenlund is in talks to buy the hotel on Quay Street."),
        ("Stenlund has bought the hotel on Quay Street.", "Stenlund will buy the hotel on Quay Street in June."),
        ("The tram to Orrick will run at night.", "The tram to Orrick will run at night if the state pays."),
        ("Stenlund will assemble the ferry in Orrick.", "Stenlund hopes to build the ferry in Orrick."),
        ("Stenlund will buy a second ferry.", "Stenlund has abandoned plans to buy a second ferry."),
    ],
)
def test_what_may_or_should_be_does_not_support_what_was_or_will_be(claim: str, passage: str) -> None:
    assert weakens(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # The same strength, or more.
        ("The council may close the pier at Orrick.", "The council may close the pier at Orrick."),
        ("The council plans to close the pier at Orrick.", "The council will close the pier at Orrick."),
        ("The council will close the pier at Orrick.", "The council has closed the pier at Orrick."),
        ("The council will close the pier at Orrick.", "The pier at Orrick is due to close in May, the council said."),
        ("The council will close the pier at Orrick.", "The council said it would close the pier at Orrick."),
        # The deed stands beside the plan.
        ("The council closed the pier at Orrick.", "The council closed the pier at Orrick and may close the beach."),
        # The marker governs something else, or the passage is about something else.
        ("The council closed the pier at Orrick.", "The pier at Orrick was shut by the council, which may sell the boats."),
        ("Stenlund has bought the hotel on Quay Street.", "Visitors may buy stamps at the kiosk."),
        # A plan is a reason why it has not been; and the month is no verb.
        ("The council has not closed the pier at Orrick.", "The council will close the pier at Orrick in June."),
        ("The council closed the pier at Orrick.", "In May the council closed the pier at Orrick."),
        # "Could not" and "may only" are no possibilities.
        ("The crew failed to close the hatch.", "The crew could not close the hatch."),
    ],
)
def test_what_is_as_strong_or_about_something_else_does_not_weaken(claim: str, passage: str) -> None:
    assert not weakens(claim, passage)


def test_tenses_of_a_verb_are_one_verb() -> None:
    assert weakens("Stenlund sold the hotel in Orrick.", "Stenlund might sell the hotel in Orrick.")
    assert weakens("Stenlund stopped the night ferry.", "Stenlund might be stopping the night ferry.")
    assert not weakens("The night ferry stop is in Orrick.", "The night ferry may stop in Orrick.")
