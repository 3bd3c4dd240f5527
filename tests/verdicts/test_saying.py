"""Who says it and how they stand to it, read without a parser."""

from __future__ import annotations

import pytest

from factcheck.verdicts.saying import denied_by_speaker, denies, full_name, own_voice, sayings, speaker, unproven


@pytest.mark.parametrize(
    ("sentence", "who", "stance"),
    [
        ("The mayor of Orrick said the pier was safe.", "The mayor of Orrick", "said"),
        ("The pier was safe, the council said on Tuesday.", "the council", "said"),
        ("“The pier is safe,” said Hedda Lunde, who chairs the council.", "Hedda Lunde", "said"),
        ("Hedda Lunde, head of the harbour board, warned that the pier might fall.", "Hedda Lunde", "said"),
        ("According to Orrick police, nobody was hurt.", "Orrick police", "said"),
        ("Lunde's spokesman told reporters that she would stay.", "Lunde's spokesman", "said"),
        ("Stenlund has repeatedly denied that its ferry leaked.", "Stenlund", "denied"),
        ("The union rejected the claim that crews were tired.", "The union", "denied"),
        ("Neighbours claim that the kennel is never cleaned.", "Neighbours", "alleged"),
        ("Economists expect the rate to fall.", "Economists", "expects"),
        ("He added that nobody had asked.", None, "said"),
        ("The driver is believed to have fled to Malmo.", None, "believes"),
        ("The tower reportedly leans.", None, "alleged"),
    ],
)
def test_one_saying(sentence: str, who: str | None, stance: str) -> None:
    (found,) = sayings(sentence)
    assert (found.speaker, found.stance) == (who, stance)
    assert not own_voice(sentence)
    assert speaker(sentence) == who
    assert denies(sentence) == (stance == "denied")


@pytest.mark.parametrize(
    "sentence",
    [
        "The pier reopened on Monday.",
        "The judge denied bail to the captain.",
        "Councillors rejected the budget by nine votes to six.",
        "The claims of the union were examined for a year.",
        "Passengers were told to leave the ship.",
        "The council has not said when the pier will open.",
        "The expected rise did not come.",
        "The bus dispute ended on Friday.",
        "A mediator was named for the bus dispute.",
        "Three suspects spent the night in cells.",
        "Fjordlink added 31,000 customers.",
    ],
)
def test_no_saying(sentence: str) -> None:
    assert sayings(sentence) == ()
    assert own_voice(sentence)


def test_a_plan_is_told_in_the_outlets_own_voice_and_a_quotation_is_not() -> None:
    assert own_voice("Stenlund plans to open a second hotel.")
    assert not own_voice("“We never had a plan for this pier, not in my time.”")


def test_words_of_saying_inside_a_quotation_are_not_the_outlets() -> None:
    assert sayings("“My aunt said the pier was cursed” is the first line of the book.") == ()


def test_two_speakers_are_not_one() -> None:
    assert speaker("Lunde said the pier was safe, but the divers said it was not.") is None


@pytest.mark.parametrize(
    "passage",
    [
        "Neighbours claim that the kennel in Orrick burned down.",
        "The kennel in Orrick is said to have burned down.",
        "The owner denied that the kennel in Orrick had burned down.",
        "Police suspect that the kennel in Orrick burned down at night.",
    ],
)
def test_what_is_alleged_believed_or_denied_does_not_support_the_fact(passage: str) -> None:
    assert unproven("The kennel in Orrick burned down.", passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The kennel in Orrick burned down.", "The kennel in Orrick burned down, police said."),
        ("The kennel in Orrick burned down.", "The kennel in Orrick burned down; neighbours claim that dogs were in it."),
        ("Neighbours claim that the kennel in Orrick burned down.", "Neighbours allege that the kennel in Orrick burned down."),
        ("The kennel in Orrick has not burned down.", "The owner denied that the kennel in Orrick had burned down."),
    ],
)
def test_what_is_said_or_stated_is_left_to_the_model(claim: str, passage: str) -> None:
    assert not unproven(claim, passage)


def test_the_same_speaker_denies_it() -> None:
    claim = "Stenlund confirmed that its ferry had leaked for weeks."
    assert denied_by_speaker(claim, "Stenlund denied that its ferry had leaked for weeks.")
    assert denied_by_speaker("Hedda Lunde denied that the ferry had leaked.", "The ferry, Lunde said, leaked.") is False
    assert denied_by_speaker("Lunde denied that the ferry had leaked.", "Hedda Lunde said that the ferry had leaked.")


@pytest.mark.parametrize(
    "passage",
    [
        "The harbour board denied that the ferry had leaked for weeks.",
        "Stenlund denied that its hotel had closed.",
        "Stenlund said that its ferry had leaked for weeks.",
        "The judge denied Stenlund bail over the ferry that leaked for weeks.",
    ],
)
def test_another_speaker_or_another_thing_is_no_conflict(passage: str) -> None:
    assert not denied_by_speaker("Stenlund confirmed that its ferry had leaked for weeks.", passage)


def test_a_persons_full_name() -> None:
    text = "Hedda Lunde chairs the board. The pier is safe, Lunde said."
    assert full_name("Lunde", text) == "Hedda Lunde"
    assert full_name("managing director Hedda Lunde", "") == "Hedda Lunde"
    assert full_name("Lunde", "Lunde said so.") is None
    assert full_name("Orrick Council", "Orrick Council said so.") is None
    assert full_name("the council", text) is None
    assert full_name(None, text) is None
