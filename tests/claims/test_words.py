"""Words as the treebanks cut them, and texts that come back whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.parsing.words import EnglishWords

WORDS = EnglishWords()


def cut(text: str) -> str:
    """The words of a text with one space between them."""
    return " ".join(t.text for t in WORDS(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A re-elected co-founder of the non-profit", "A re-elected co-founder of the non-profit"),
        ("pro-Kyiv and anti-war e-mails", "pro-Kyiv and anti-war e-mails"),
        ("the UN-backed, state-run fund", "the UN - backed , state - run fund"),
        ("an over-the-counter pill", "an over - the - counter pill"),
        ("Call 212-555-0142 before 2024-05-12.", "Call 212-555-0142 before 2024-05-12 ."),
        ("won 3-1 in 1998-99", "won 3 - 1 in 1998 - 99"),
        ("the 2019–20 season", "the 2019 – 20 season"),
        ("Bond yields fell—again", "Bond yields fell — again"),
        ("the 1960's and the 1990s", "the 1960's and the 1990s"),
        ("the mayor's #SaveOurPool march", "the mayor 's #SaveOurPool march"),
        ("Why?! Never!!", "Why ?! Never !!"),
        ("an F-16 over Gdansk", "an F - 16 over Gdansk"),
        ("the U.S.-led force", "the U.S. - led force"),
        ("$2.8B, £3bn and 40m people", "$ 2.8 B , £ 3 bn and 40 m people"),
        ("5G, 3D and flat 2B", "5G , 3D and flat 2B"),
        ("from 7:30pm, or 9am-5pm", "from 7:30 pm , or 9 am - 5 pm"),
        ("pre- and post-war", "pre - and post-war"),
        ("He was evac- they left", "He was evac- they left"),
        ("CHINA'S PLAN WASN'T READY", "CHINA 'S PLAN WAS N'T READY"),
        ("O'Hara of Xi'an didn’t", "O'Hara of Xi'an did n’t"),
        ("Omar (aged 8): lost", "Omar ( aged 8 ) : lost"),
        ("his and/or her", "his and / or her"),
        ("candidate(s)", "candidate ( s )"),
    ],
)
def test_words_are_cut_as_in_the_treebanks(text: str, words: str) -> None:
    assert cut(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ranked No. 5 by Sgt. Dahl", "Ranked No. 5 by Sgt. Dahl"),
        ("The board said no.", "The board said no ."),
        ("on Wed. 3 May", "on Wed. 3 May"),
        ("She told The Sun. He left.", "She told The Sun . He left ."),
        ("They were wed in Oslo.", "They were wed in Oslo ."),
        ("boats, nets, etc., sank", "boats , nets , etc. , sank"),
        ("boats, nets, etc. The", "boats , nets , etc . The"),
        ("Lind et al. found", "Lind et al. found"),
        ("There is no plan B.", "There is no plan B ."),
        ("Anna B. Holt spoke", "Anna B. Holt spoke"),
    ],
)
def test_a_stop_belongs_to_an_abbreviation_by_what_follows(text: str, words: str) -> None:
    assert cut(text) == words


@pytest.mark.parametrize(
    "address",
    ["https://example.org/non-stop/F-16?id=40m&x=a--b", "www.example.org/a(s)/9am-5pm", "press-office@pro-city.example.org"],
)
def test_addresses_are_left_whole(address: str) -> None:
    assert cut(f"See {address} now") == f"See {address} now"


def test_white_space_is_kept() -> None:
    doc = WORDS("  Prices\n\nrose  by 3bn ")
    assert [t.text for t in doc] == ["  ", "Prices", "\n\n", "rose", " ", "by", "3", "bn"]
    assert [bool(t.whitespace_) for t in doc] == [False, False, False, True, False, True, False, True]
    assert len(WORDS("")) == 0


PIECES = [*"non- F- 16 40m ’s n't -- — !? ### etc. No. U.S. 9am ( ) . a@b.org".split(), " ", "  ", "\n"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    doc = WORDS(text)
    assert doc.text == text
    assert all(t.text for t in doc)
    # White space stands alone or behind a word, never within one.
    assert all(t.is_space or not any(map(str.isspace, t.text)) for t in doc)
