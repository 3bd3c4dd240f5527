"""What a passage cannot say of a claim, whatever a model makes of it."""

from __future__ import annotations

import pytest

from factcheck.types import NO_DENIAL, Rule
from factcheck.verdicts.rules import no_support


@pytest.mark.parametrize(
    ("claim", "passage", "rule"),
    [
        ("The festival was cancelled in 2020.", "The festival went ahead as planned in 2022.", "speaks of another time"),
        ("The 2026 budget passed by eight votes to five.", "The 2025 budget passed by eleven votes to two.", "speaks of another time"),
        ("The bridge opened in 1998.", "The bridge opened in 2001.", "has another figure"),  # two dates for one event: it may deny it
        ("The bridge cost 40 million crowns.", "The bridge cost 60 million crowns.", None),
        ("The plant will close in May.", "The plant may close in May.", "says only that it may be or is planned"),
        ("The plant will close in May.", "The plant closes in May.", None),
        ("“We lost control of it,” said Ann Lee.", "“We nearly lost control of it,” said Ann Lee.", "quotes it with other words"),
    ],
)
def test_rules_name_what_keeps_a_passage_from_supporting(claim: str, passage: str, rule: Rule | None) -> None:
    assert no_support(claim, passage, passage) == rule


@pytest.mark.parametrize(
    ("claim", "passage", "another"),
    [
        ("It is an injection, once every four weeks.", "It is injected under the skin every eight weeks.", True),
        ("The first hall opens in the autumn of 2027.", "The first hall is now due in 2028.", True),
        ("Dankwa was sold for £20 million.", "He went to Redmere last summer for a fee of £18m.", True),
        ("Dankwa was sold for £18 million.", "He went to Redmere last summer for a fee of £18m.", False),
        ("The talks lasted 90 minutes.", "They talked for 1.5 hours, 30 minutes more than planned.", False),
        ("There were 89 people on board.", "It carried 84 passengers and a crew of five.", False),  # a sum
        ("Three of the ten wells are clean.", "Seven of the ten wells are polluted.", False),  # the rest
        ("The hall opens in 2027.", "The hall opens late.", False),
    ],
)
def test_a_passage_with_another_figure_does_not_state_the_claim_s(claim: str, passage: str, another: bool) -> None:
    assert (no_support(claim, passage, passage) == "has another figure") is another


def test_only_another_time_keeps_a_passage_from_denying() -> None:
    assert set(NO_DENIAL) == {"speaks of another time"}
