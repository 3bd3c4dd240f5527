"""What a passage's figures say of a claim's: the same, another value of the same thing, or a figure of something else."""

from __future__ import annotations

import pytest

from factcheck.verdicts.aligned import Alignment, compare_figures
from factcheck.verdicts.scope import Figures


def relation(claim: str, passage: str, context: str = "") -> str | None:
    found = compare_figures(claim, passage, f"{context} {passage}".strip())
    return found.relation if found else None


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Units.
        ("The footbridge at Melby is 5.1 metres wide.", "The footbridge at Melby is 5,100 millimetres wide."),
        ("The Halden tunnel is 12 kilometres long.", "At 12,000 metres, the Halden tunnel is twice as long as the old one."),
        ("The trip takes two and a half hours.", "The trip takes 150 minutes."),
        # Rounding and hedges, on either side.
        ("Some 4,200 runners entered the Lowick marathon.", "The Lowick marathon was entered by 4,187 runners."),
        ("The Lowick marathon was entered by 4,187 runners.", "Some 4,200 runners entered the Lowick marathon."),
        ("The new hall cost $11.8 million.", "The hall cost nearly $12 million."),
        # Shares.
        ("Half of the pupils at Ferndale stayed at home.", "At Ferndale, 50 per cent of the pupils stayed at home."),
        ("A quarter of the staff at Ferndale left.", "25 percent of the staff at Ferndale left."),
        # Bounds that the passage's figure meets.
        ("More than 600 guests came to the gala in Ostra.", "The gala in Ostra had 640 guests, who came from nine countries."),
        # Several figures: every one of them.
        ("The council in Marsh End voted nine to four for 30 homes.", "The council in Marsh End voted for 30 homes by nine to four."),
        # Nouns of one concept.
        ("The flood in Alvera destroyed 40 houses.", "In Alvera, 40 homes were destroyed in the flood."),
    ],
)
def test_equal_figures_for_one_thing_support(claim: str, passage: str) -> None:
    assert relation(claim, passage) == "supports"


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The Halden tunnel is 12 kilometres long.", "The Halden tunnel is 14 kilometres long."),
        ("The ferry Alma carries 150 passengers.", "The ferry Alma carries 180 passengers."),
        ("Three miners died in the blast at Corro.", "In the blast at Corro, five miners died."),
        ("Brenner was founded in 2011.", "Founded in 2013, Brenner has 600 employees."),
        ("The exhibition in Lund opens on 3 May.", "The exhibition in Lund opens on 10 May."),
        ("The boat left Arda at 16:30.", "The boat left Arda at 17:10."),
        ("The Ostra gala raised €2 million.", "The Ostra gala raised 1.4 million euros."),
        # Bounds that the other value breaks.
        ("The lift in Ferndale holds at most five passengers.", "The lift in Ferndale holds seven passengers."),
        ("Prices in Melby rose by more than 6 percent.", "Prices in Melby rose by 4 percent."),
        # A range and a figure outside of it.
        ("The new Tarn has six or seven seats.", "The new Tarn has five seats."),
        # "No" and "nobody" are nought.
        ("No miners died in the blast at Corro.", "Three miners died in the blast at Corro."),
        # The earliest that is possible.
        ("The Skarn bridge opens in 2029.", "The Skarn bridge will not open before 2031."),
        ("Ann Lowe is 34 years old.", "Ann Lowe, 43, has been a pilot since 2009."),
        ("Ann Lowe is the third winner of the Corro prize.", "Ann Lowe is the fourth winner of the Corro prize."),
    ],
)
def test_another_value_of_one_thing_denies(claim: str, passage: str) -> None:
    assert relation(claim, passage) == "contradicts"


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Other days, years and dates.
        ("Seven ships searched the bay on Tuesday.", "Four ships searched the bay on Monday."),
        ("Unemployment in Melby was 6 percent in 2024.", "Unemployment in Melby was 9 percent in 2019."),
        ("The 2019 strike in Ferndale lasted nine days.", "The strike in Ferndale lasted five days."),
        ("Sales at Brenner fell by 3 percent in the second quarter.", "Sales at Brenner fell by 9 percent in the fourth quarter."),
        ("Rents in Melby rose in March.", "Rents in Melby rose in August."),
        # Other stages: then and now, plan and fact, asked and agreed.
        ("The blast at Corro killed 12 miners.", "A preliminary count said the blast at Corro killed nine miners."),
        ("Brenner sold 900 tractors.", "Brenner planned to sell 1,200 tractors."),
        ("The union demanded a rise of 7 percent.", "The union agreed to a rise of 4 percent."),
        # Parts and totals, additions and levels.
        ("Five guests were hurt in the fire.", "Two of the guests were hurt badly in the fire."),
        ("Brenner has 600 engineers in Lund.", "Brenner has 80 fewer engineers in Lund."),
        ("Brenner employs 600 engineers.", "Brenner employs another 40 engineers in Spain."),
        ("Prices rose by 3 percent.", "Prices rose to 8 percent above the level of May."),
        ("Three of the nine judges voted for the song.", "All 12 judges voted on Sunday."),
        # Other subjects and names.
        ("The ferry Alma carries 150 passengers.", "The hotel has 40 passengers' lockers."),
        ("Ann Lowe scored 12 goals for Ferndale.", "Carla Benz scored 20 goals for Marsh End."),
        ("The Halden tunnel is 12 kilometres long.", "The village is 4 kilometres from the sea."),
        # Bounds that leave the other figure room, and what is too vague to support.
        ("More than 600 guests came to the gala in Ostra.", "Dozens of reporters stood outside."),
        ("The repair took two hours.", "The repair took up to seven hours."),
        ("Teles won 52.4 percent of the vote.", "Teles won about half of the vote."),
        # The earliest that is possible leaves later ones open.
        ("The Skarn bridge opens in 2033.", "The Skarn bridge will not open before 2031."),
        ("The Skarn bridge will not open before 2033.", "The Skarn bridge opens in 2031 at the earliest."),
        # Percent is no percentage point, and a dollar no euro.
        ("The rate rose by 2 percent.", "The rate rose by 2 percentage points."),
        ("The hall cost 12 million dollars.", "The hall cost 10 million euros."),
        # What is kept and what is lost.
        ("Ferndale lost 8 percent of its pupils.", "Ferndale kept 92 percent of its pupils."),
        # One of two figures only.
        ("Ferndale lost 12 jobs and 3 shops.", "Ferndale lost 12 jobs."),
        # Nothing to compare.
        ("The car is red.", "The car has two doors."),
        ("The car has two doors.", "The car is red."),
    ],
)
def test_figures_of_different_things_do_neither(claim: str, passage: str) -> None:
    assert relation(claim, passage) is None


def test_more_than_a_bound_is_no_conflict() -> None:
    found = compare_figures("More than 600 guests came to Ostra.", "640 guests came to Ostra.", "640 guests came to Ostra.")
    assert found is not None
    assert found.equal


def test_a_figure_that_stands_in_the_text_before_is_not_denied() -> None:
    claim, passage = "The ferry Alma carries 150 passengers.", "The ferry Alma carries 180 passengers."
    assert relation(claim, passage) == "contradicts"
    assert relation(claim, passage, context="In winter the Alma is licensed for 150 passengers.") is None


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        # Equal figures say nothing of who did it, or whether it was done.
        ("Brenner completed its purchase of Tarn for 740 million euros.", "Brenner is to buy Tarn for 740 million euros."),
        ("Melby did not get the 40 new buses.", "Melby got the 40 new buses."),
    ],
)
def test_equal_figures_do_not_support_what_is_not_so(claim: str, passage: str) -> None:
    found = compare_figures(claim, passage, passage)
    assert found is not None
    assert found.equal
    assert found.relation is None


def test_the_spans_are_those_of_the_two_figures() -> None:
    claim, passage = "The ferry Alma carries 150 passengers.", "Built in Arda, the ferry Alma carries 180 passengers."
    found = compare_figures(claim, passage, passage)
    assert isinstance(found, Alignment)
    assert claim[found.claim.start : found.claim.end] == "150"
    assert passage[found.passage.start : found.passage.end] == "180"


@pytest.mark.parametrize(
    ("claim", "passage", "reason"),
    [
        ("The Alma carries 150 passengers.", "The Alma carries 180 passengers.", "150 passengers and 180 passengers"),
        ("The Alma carries 150 passengers.", "The Alma carries 150 passengers.", "both say 150 passengers"),
        ("The trip takes two hours.", "The trip takes 120 minutes.", "two hours and 120 minutes are the same"),
        ("About 4,200 runners came.", "4,187 runners came.", "About 4,200 runners and 4,187 runners are the same after rounding"),
        ("More than 600 guests came.", "640 guests came.", "640 guests lies within More than 600 guests"),
        ("Seven ships sailed on Tuesday.", "Four ships sailed on Monday.", "figures of two days: Tuesday and Monday"),
    ],
)
def test_the_reason_is_in_plain_words(claim: str, passage: str, reason: str) -> None:
    found = compare_figures(claim, passage, passage)
    assert found is not None
    assert found.reason == reason


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("No deaths were reported.", "count", 0),
        ("Nobody was hurt.", "count", 0),
        ("Ann Lowe is 34.", "age", 34),
        ("She was 91.", "age", 91),
        ("The total was 40.", "count", 40),
        ("Half of the crew left.", "percent", 50),
    ],
)
def test_figures_are_read_as_they_are_compared(text: str, kind: str, value: int) -> None:
    (found,) = Figures.read(text).found
    assert found.kind == kind
    assert found.low == value == found.high
