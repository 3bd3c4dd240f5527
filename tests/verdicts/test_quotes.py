"""Quotations of a claim against those of a passage: faithful, altered, moved, and what is no quotation of the same saying."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.verdicts.quotes import QuoteMatch, compare_quotes, quotations

PASSAGE = (
    "“We will not close the pier at Orrick this winter,” said harbour master Hedda Lunde. “It makes money, and it's full of people who"
    " could not go elsewhere.”"
)


def compared(claim: str, passage: str = PASSAGE) -> QuoteMatch:
    match = compare_quotes(claim, passage)
    assert match is not None
    return match


@pytest.mark.parametrize(
    "marks", ["“{}”", '"{}"', "'{}'", "‘{}’", "«{}»", "„{}“"], ids=["curly", "straight", "single", "curly single", "guillemets", "low"]
)
def test_marks_of_every_kind(marks: str) -> None:
    words = "we don't sell the boats' gear"
    (found,) = quotations(f"Lunde said {marks.format('we do not sell the gear')} in May.")
    assert found.text == "we do not sell the gear"
    assert found.speaker == "Lunde"
    assert (
        compared(f"Lunde said {marks.format(words.replace(chr(39) + ' gear', ' gear'))}.", f"“{words}”, Lunde said.").fidelity == "verbatim"
    )


def test_an_attribution_parts_a_quotation_without_ending_it() -> None:
    (found,) = quotations("“The pier,” said Hedda Lunde, “is not safe.”")
    assert found.text == "The pier, is not safe."
    assert found.speaker == "Hedda Lunde"


def test_two_speakers_are_two_quotations() -> None:
    found = quotations("Lunde called it “a great day for Orrick”, and Ida Moe said it was “the end of the pier”.")
    assert [q.text for q in found] == ["a great day for Orrick", "the end of the pier"]


def test_verbatim_whatever_the_case_the_house_style_and_the_edges() -> None:
    passage = "Lunde: “It's two per cent, organised and paid.”"
    assert compared("Lunde said ‘it is 2 percent, organized and paid’.", passage).fidelity == "verbatim"


@pytest.mark.parametrize(
    "claim",
    [
        "Lunde said “we will not close the pier”.",
        "Lunde said “It makes money … it's full of people”.",
        "Lunde said “we won't close the pier […] this winter”.",
        "Lunde said “[We] will not close the pier at Orrick this winter”.",
        # The claim's own words say what its quotation leaves out.
        "Lunde denied that “we will close the pier at Orrick this winter”.",
    ],
)
def test_trimmed(claim: str) -> None:
    match = compared(claim)
    assert (match.fidelity, match.removed, match.added) == ("trimmed", (), ())


@pytest.mark.parametrize(
    ("claim", "removed", "added"),
    [
        ("Lunde said “we will close the pier at Orrick this winter”.", ("not",), ()),
        ("Lunde said “we will … close the pier at Orrick”.", ("not",), ()),
        ("Lunde said “close the pier at Orrick”.", ("not",), ()),
        ("Lunde said “we will not close the pier at Orrick this summer”.", ("winter",), ("summer",)),
    ],
)
def test_altered(claim: str, removed: tuple[str, ...], added: tuple[str, ...]) -> None:
    match = compared(claim)
    assert (match.fidelity, match.removed, match.added) == ("altered", removed, added)


@pytest.mark.parametrize(
    ("passage", "lost"),
    [
        ("“I do not think the pier is unsafe,” said Lunde.", ("think", "not")),
        ("“If the state pays, the pier is unsafe no longer and stays,” said Lunde.", ("if",)),
        ("“The pier is unsafe if it snows,” said Lunde.", ("if",)),
    ],
)
def test_a_hedge_or_a_condition_cut_off_alters(passage: str, lost: tuple[str, ...]) -> None:
    match = compared("Lunde said “the pier is unsafe”.", passage)
    assert match.fidelity == "altered"
    assert set(match.removed) == set(lost)


@pytest.mark.parametrize(
    "passage",
    [
        "“We blame nobody, but the pier is unsafe,” said Lunde.",
        "“I cannot say more. The pier is unsafe,” said Lunde.",
        "“The pier is unsafe because nobody looked after it,” said Lunde.",
    ],
)
def test_a_negation_of_another_clause_may_be_cut_off(passage: str) -> None:
    assert compared("Lunde said “the pier is unsafe”.", passage).fidelity == "trimmed"


def test_the_same_words_on_other_lips() -> None:
    match = compared("Ida Moe said “we will not close the pier at Orrick this winter”.")
    assert match.moved
    assert match.claimed.speaker == "Ida Moe"
    assert match.found.speaker == "harbour master Hedda Lunde"


@pytest.mark.parametrize(
    "claim",
    [
        "Lunde said “we will not close the pier at Orrick this winter”.",
        "Hedda Lunde said “we will not close the pier at Orrick this winter”.",
        # A pronoun, a body for which she may speak, a surname alone, a description.
        "She said “we will not close the pier at Orrick this winter”.",
        "Orrick Council said “we will not close the pier at Orrick this winter”.",
        "Moe said “we will not close the pier at Orrick this winter”.",
        "The harbour master said “we will not close the pier at Orrick this winter”.",
        # Few words may be anybody's.
        "Ida Moe said “close the pier”.",
    ],
)
def test_not_plainly_moved(claim: str) -> None:
    match = compare_quotes(claim, PASSAGE)
    assert match is not None
    assert not match.moved


@pytest.mark.parametrize(
    "claim",
    [
        "Lunde said the pier would not close this winter.",
        "Lunde called it “a shame”.",
        "Lunde said “we will sell the ferry in the spring”.",
        "Lunde said “people should go and swim elsewhere”.",
        "The film “We Will Not Close the Pier” opens on Friday.",
    ],
)
def test_another_saying_or_none(claim: str) -> None:
    assert compare_quotes(claim, PASSAGE) is None


def test_of_several_quotations_the_worst_counts() -> None:
    claim = "Lunde said “it makes money” and “we will close the pier at Orrick this winter”."
    assert compared(claim).fidelity == "altered"


WORDS = st.lists(st.sampled_from("the old pier leaks, and nobody will pay for seven boats because it's cold".split()), min_size=3)


@given(WORDS)
def test_a_quotation_is_verbatim_in_itself(words: list[str]) -> None:
    text = f"Lunde said “{' '.join(words)}”."
    assert compared(text, text).fidelity == "verbatim"


@given(st.text(alphabet="ab A.,“”\"'’‘«»[]…!? \n", max_size=60), st.text(alphabet="ab A.,“”\"'’‘«»[]…!? \n", max_size=60))
def test_no_text_is_too_odd(claim: str, passage: str) -> None:
    for quotation in quotations(claim):
        assert 0 <= quotation.start <= quotation.end <= len(claim)
    match = compare_quotes(claim, passage)
    assert match is None or (match.fidelity == "altered") == bool(match.removed or match.added)
