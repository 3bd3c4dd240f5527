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
        ("The bridge opened in 1998.", "The bridge opened in 2001.", None),  # two dates for one event: a conflict
        ("The bridge cost 40 million crowns.", "The bridge cost 60 million crowns.", None),
        ("The plant will close in May.", "The plant may close in May.", "says only that it may be or is planned"),
        ("The plant will close in May.", "The plant closes in May.", None),
        ("“We lost control of it,” said Ann Lee.", "“We nearly lost control of it,” said Ann Lee.", "quotes it with other words"),
    ],
)
def test_rules_name_what_keeps_a_passage_from_supporting(claim: str, passage: str, rule: Rule | None) -> None:
    assert no_support(claim, passage, passage) == rule


def test_only_another_time_keeps_a_passage_from_denying() -> None:
    assert set(NO_DENIAL) == {"speaks of another time"}
