"""What is said of some is not said of all."""

from __future__ import annotations

import pytest

from factcheck.verdicts.quantifiers import narrower
from factcheck.verdicts.rules import no_support


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("No shops opened on Sunday.", "Few shops opened on Sunday.", True),
        ("All of the bridges are closed.", "Some bridges are closed.", True),
        ("Every school in Melby shut.", "Most schools in Melby shut.", True),
        ("All the nurses walked out.", "Half of the nurses walked out.", True),
        ("No shops opened on Sunday.", "All shops stayed closed on Sunday.", False),
        ("Some bridges are closed.", "All bridges are closed.", False),
        ("All bridges are closed.", "All bridges are closed, and some roads.", False),
        ("All schools shut.", "Some parents complained.", False),
        ("There were no deaths.", "Several people were hurt.", False),
    ],
)
def test_a_passage_on_some_is_narrower_than_a_claim_on_all_or_none(claim: str, passage: str, expected: bool) -> None:
    assert narrower(claim, passage) is expected
    assert (no_support(claim, passage, passage) == "says it of some of them only") is expected
