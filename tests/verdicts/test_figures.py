"""Figures of news sentences, and how a claim's compare with a passage's."""

from __future__ import annotations

import pytest

from factcheck.verdicts.figures import Figure, compare, figures, same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has six or seven seats.", [Figure(6, "seat"), Figure(7, "seat")]),
        ("The car is 5.1 metres long.", [Figure(5.1, "metre")]),
        ("The vehicle measures 5,100 millimetres.", [Figure(5.1, "metre")]),
        ("A rise of 25 basis points to 3.5 percent.", [Figure(0.25, "%"), Figure(3.5, "%")]),
        ("Prices start at €48,900.", [Figure(48900, "€")]),
        ("It cost 14 billion kronor in 2023.", [Figure(14e9, "kronor"), Figure(2023, "year")]),
        ("On Tuesday, 12 May, at 03:12.", [Figure(2, "weekday"), Figure(12, "day of month"), Figure(5, "month"), Figure(192, "clock")]),
        ("2000 people died in 1998.", [Figure(2000, "person"), Figure(1998, "year")]),
        ("It is 10 m long and cost $10m.", [Figure(10, "metre"), Figure(10e6, "$")]),
        ("Five per cent of 40 per day.", [Figure(5, "%"), Figure(40, "per")]),
        ("They may march, one said.", []),
    ],
)
def test_figures_with_their_units(text: str, found: list[Figure]) -> None:
    got = figures(text)
    assert [f.unit for f in got if f.unit] == [f.unit for f in found if f.unit]
    assert [f.value for f in got] == pytest.approx([f.value for f in found])


@pytest.mark.parametrize(("a", "b"), [(4200, 4187), (5.1, 5.1), (14e9, 13.8e9), (85.19, 85)])
def test_honest_rounding_is_the_same(a: float, b: float) -> None:
    assert same(a, b)
    assert same(b, a)


@pytest.mark.parametrize(("a", "b"), [(5, 6), (1997, 1998), (150, 620), (249800, 299800), (3.5, 3.75), (38, 50)])
def test_other_values_are_not(a: float, b: float) -> None:
    assert not same(a, b)
    assert not same(b, a)


@pytest.mark.parametrize(
    ("claim", "passage", "counts"),
    [
        ("The car has five seats.", "Choose between six and seven seats.", (0, 1, 0)),
        ("It is 5.1 metres long.", "The vehicle measures 5,100 millimetres.", (1, 0, 0)),
        ("About 4,200 people came.", "Police counted 4,187 people.", (1, 0, 0)),
        ("It has nine paint colours.", "It has two doors.", (0, 0, 1)),
        ("The car is red.", "It has two doors.", (0, 0, 0)),
    ],
)
def test_a_claims_figures_agree_have_a_rival_or_are_absent(claim: str, passage: str, counts: tuple[int, int, int]) -> None:
    assert compare(figures(claim), figures(passage)) == counts
