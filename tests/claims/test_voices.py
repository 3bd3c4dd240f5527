"""Speaker and stance of claims, over whole articles."""

from __future__ import annotations

import pytest

from factcheck.claims import as_article, read_claims
from factcheck.types import Stance

Said = tuple[str | None, Stance | None]


def voices(text: str) -> dict[str, Said]:
    return {c.text: (c.speaker, c.stance) for c in read_claims(as_article(text)).claims}


@pytest.mark.parametrize(
    ("text", "claim", "said"),
    [
        # Direct, indirect and turned-round reports; what is said, and that it is said.
        ("“The ferry is safe,” said Helen Marchbank.", "The ferry is safe.", ("Helen Marchbank", "said")),
        ("“The ferry is safe,” said Helen Marchbank.", "“The ferry is safe,” said Helen Marchbank.", ("Helen Marchbank", "said")),
        ("Helen Marchbank said that the ferry is safe.", "The ferry is safe.", ("Helen Marchbank", "said")),
        ("The ferry, police said, is safe.", "The ferry is safe.", ("police", "said")),
        ("Two men drowned, according to the coastguard.", "Two men drowned, according to the coastguard.", ("the coastguard", "said")),
        # Names: the fullest that is sure, without what only describes them; else the article's own words.
        ("“The ferry is safe,” said Helen Marchbank, an analyst at Hull & Sons.", "The ferry is safe.", ("Helen Marchbank", "said")),
        ("The mayor, Ines Okafor, said that the bridge was shut.", "The bridge was shut.", ("Ines Okafor", "said")),
        ("Helen Marchbank owns nine ferries. She said that the tenth was sold.", "The tenth was sold.", ("Helen Marchbank", "said")),
        ("The Fishermen's Savings Bank said the boat was sold.", "The boat was sold.", ("the Fishermen's Savings Bank", "said")),
        (
            "Two people familiar with the matter said the plant would close.",
            "The plant would close.",
            ("two people familiar with the matter", "said"),
        ),
        ("Anna Holt and Omar Reyes said the plant would close.", "The plant would close.", ("Anna Holt and Omar Reyes", "said")),
        # Stances: told only together with who has them.
        ("The minister denied that the bridge was closed.", "The minister denied that the bridge was closed.", ("the minister", "denied")),
        ("Mr Halloran denied wrongdoing.", "Mr Halloran denied wrongdoing.", ("Halloran", "denied")),
        ("Prosecutors allege that managers lied.", "Prosecutors allege that managers lied.", ("prosecutors", "alleged")),
        (
            "The union accused the owner of hiding a report.",
            "The union accused the owner of hiding a report.",
            ("the union", "alleged"),
        ),
        ("The bank expects inflation to slow.", "The bank expects inflation to slow.", ("the bank", "expects")),
        ("The ministry expects growth of 2 percent.", "The ministry expects growth of 2 percent.", ("the ministry", "expects")),
        # Nobody named, and the article's own voice.
        ("The ferry is reportedly up for sale.", "The ferry is reportedly up for sale.", (None, "said")),
        ("The ferry is safe.", "The ferry is safe.", (None, None)),
        ("The “smart” meters failed in May.", "The “smart” meters failed in May.", (None, None)),
        ("The office did not say whether the crew was paid.", "The office did not say whether the crew was paid.", (None, None)),
        ("Critics could say that it failed.", "Critics could say that it failed.", (None, None)),
        ("All told, the city spent 3 million dollars.", "The city spent 3 million dollars.", (None, None)),
        # Only the main clause counts: the article closes the plant, inspectors said that it leaked.
        (
            "The plant that inspectors said was leaking shut on Monday.",
            "The plant that inspectors said was leaking shut on Monday.",
            (None, None),
        ),
        # An apposition in reported speech is the writer's.
        ("Ines Okafor said that Norvik, the insurer, would pay.", "Norvik is the insurer.", (None, None)),
        ("We understand that the ship was sold.", "The ship was sold.", (None, None)),
    ],
)  # fmt: skip
def test_a_claim_has_its_speaker_and_stance(text: str, claim: str, said: Said) -> None:
    found = voices(text)
    assert claim in found, [*found]
    assert found[claim] == said


SPEECH = """\
“Why did it burn for nine hours? The sprinklers failed. Two tanks had no foam,” fire chief Lena Ortiz told reporters. “One pump broke.”

The town has 9,000 residents.

“The valves were older than the plant.
"""


def test_every_sentence_of_a_quotation_has_its_speaker() -> None:
    found = voices(SPEECH)
    ortiz = ("Lena Ortiz", "said")
    assert {t: found[t] for t in ("The sprinklers failed.", "Two tanks had no foam.", "One pump broke.")} == dict.fromkeys(
        ("The sprinklers failed.", "Two tanks had no foam.", "One pump broke."), ortiz
    )
    assert found["The town has 9,000 residents."] == (None, None), "another paragraph is the article's own again"
    assert found["The valves were older than the plant."] == (None, None), "a mark without its partner quotes nothing"


def test_a_quotation_goes_on_in_the_next_paragraph_and_no_further() -> None:
    text = "Omar Reyes said: “The office had three inspectors.\n\n“Now the office has one inspector.”\n\n“Nobody inspects the bridges.”"
    found = voices(text)
    assert found["Now the office has one inspector."] == ("Omar Reyes", "said")
    assert found["Nobody inspects the bridges."] == (None, "said"), "said by somebody, but nobody is plainly named"


def test_a_quotation_in_a_quotation_is_the_inner_speakers() -> None:
    found = voices("“The mayor said that the pumps worked in May,” deckhand Omar Reyes told reporters.")
    assert found["The mayor said that the pumps worked in May."] == ("Omar Reyes", "said")
    assert found["The pumps worked in May."] == ("the mayor", "said")


def test_the_first_person_in_a_quotation_is_its_speaker() -> None:
    found = voices("“I believe that the ship was overloaded,” said Omar Reyes.")
    assert set(found.values()) <= {("Omar Reyes", "said"), ("Omar Reyes", "believes")}


def test_what_is_denied_or_alleged_is_never_told_alone() -> None:
    text = "The owner denied that the report was hidden. Prosecutors allege that the valves leaked. The firm expects the loss to double."
    assert len(voices(text)) == 3


def test_what_speaks_of_us_is_kept_where_no_sentence_names_the_speaker() -> None:
    found = voices("“We sold nine ferries and the tenth sank. The yard is closed,” said Helen Marchbank.")
    assert found["We sold nine ferries."] == ("Helen Marchbank", "said")
