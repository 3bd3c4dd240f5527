"""Sentences that only judge, beside sentences that judge with the same words and state a fact all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from factcheck.claims.opinion import is_opinion, only_asks
from factcheck.claims.propositions import propositions
from factcheck.claims.syntax import load_syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPINIONS = [
    "The message is clear.",
    "The lead that Danish yards hold is decisive.",
    "The reform is clumsy and unfair.",
    "It was a disgraceful decision.",
    "The new timetable is an insult to commuters.",
    "That would be a terrible mistake.",
    "For Portugal the ruling is bad news.",
    "The whole affair looks absurd.",
    "The merger remains a gamble.",
    "The vote marks a turning point.",
    "This makes no sense.",
    "Shareholders have little choice.",
    "There is no excuse for such behaviour.",
    "There is much to admire in this production.",
    "The debate misses the point.",
    "The market is undergoing a profound transformation.",
    "Patience is only part of the answer.",
    "It is too early to celebrate.",
    "The exhibition is worth a visit.",
    "The importance of the deal cannot be overstated.",
    "The government should apologise.",
    "The minister should have listened.",
    "The team played badly.",
    "The view is better than anything on the coast.",
    "If the talks fail, the outlook is bleak.",
    "Winning here is difficult.",
    "Nurses deserve better.",
    "The praise is deserved.",
    "The plan is bold but flawed.",
    "It is hard to see the point.",
    "The talks are at a crossroads.",
    "The fund supplies the “muscle”.",
]

FACTS = [
    # A figure, a date, a name beyond what is judged.
    "The deal is important because it covers 40 airports.",
    "The harvest was the best in twenty years.",
    "The situation was chaotic on Tuesday.",
    "The crucial vote is in May.",
    "The best striker of the season is Ada Holm.",
    "The decisive goal came from Ada Holm.",
    # States, findings and measures that judging words may name.
    "The road is clear.",
    "The fund supplies the muscle relaxant.",
    "Ministers dropped the word “emergency” from the bill.",
    "The cause of the crash is not clear.",
    "The patient is better.",
    "His vote was decisive.",
    "It was a clear night.",
    "The permit is still outstanding.",
    "The payment is overdue.",
    "Volunteers are welcome.",
    "The drug is safe and effective.",
    "The mission was successful.",
    "The wrong valve was fitted.",
    "Two of the injuries are serious.",
    "Profits were better than expected.",
    "It was their best result.",
    "The faulty gearbox was the problem.",
    "Late rain was the growers' problem.",
    "The pilot is in shock.",
    "Fares are higher than ever.",
    # What happened, told with a judging word.
    "The brilliant young engineer left the company.",
    "The council made the controversial decision behind closed doors.",
    "It is clear that the pilots ignored the warning.",
    "It is a shame that the library closed.",
    "The delay was annoying and cost the city a contract.",
    "The plan that ministers drew up was absurd.",
    "It was a remarkable victory.",
    "She is a brilliant surgeon.",
    # Foretold or advised rather than demanded.
    "The bridge should reopen soon.",
    "Owners should use the mechanical key.",
    "Nobody should look for the old badge on the grille.",
    "Users have no doubt about the cause.",
    "The museum has a treasure from Peru.",
    "The shop sells wonderful cakes.",
    "The choir was grateful for the gift.",
    "The bank disappointed the markets.",
    "The crews are striking over pay.",
    "There is no doubt about the cause of death.",
    "There is no excuse in the contract.",
    "The play is a tragedy.",
    "Reactions were mixed.",
    "The mayor should face no charges.",
    "The fans were impressed by the keeper.",
    "The firm matters to the region, employing most of it.",
]

ASKING = [
    "Refresh this page for updates.",
    "Put the date in your diary.",
    "Don't forget to vote.",
    "To hear more, listen to our programme.",
]

TELLING = [
    "Keep the receipt, which the shop exchanges for a voucher.",
    "Turn left after 300 metres.",
    "The council put the date in its diary.",
    "Prices rose.",
    "Let sales fall and the plant will close.",
    "You can listen to the programme.",
]


@pytest.fixture(scope="module")
def trees() -> dict[str, Doc]:
    """Every sentence's analysis."""
    texts = [*OPINIONS, *FACTS, *ASKING, *TELLING]
    return dict(zip(texts, load_syntax().parse(texts), strict=True))


def _judged(doc: Doc) -> list[bool]:
    return [is_opinion(doc, p.words) for s in doc.sents for p in propositions(s)]


@pytest.mark.parametrize("text", OPINIONS)
def test_what_only_judges_is_opinion(trees: dict[str, Doc], text: str) -> None:
    judged = _judged(trees[text])
    assert judged
    assert all(judged)


@pytest.mark.parametrize("text", FACTS)
def test_what_can_be_checked_stays_a_claim(trees: dict[str, Doc], text: str) -> None:
    assert not all(_judged(trees[text]))


def test_of_two_propositions_only_the_judging_one_is_opinion(trees: dict[str, Doc]) -> None:
    doc = load_syntax().parse(["The fee rose to 90 euros, and the service is terrible."])[0]
    told = {" ".join(doc[i].text for i in p.words): is_opinion(doc, p.words) for s in doc.sents for p in propositions(s)}
    assert told == {"The fee rose to 90 euros": False, "the service is terrible": True}


def test_no_words_are_no_opinion(trees: dict[str, Doc]) -> None:
    assert not is_opinion(trees[OPINIONS[0]], ())


@pytest.mark.parametrize("text", ASKING)
def test_a_command_to_the_reader_only_asks(trees: dict[str, Doc], text: str) -> None:
    assert all(only_asks(s) for s in trees[text].sents)


@pytest.mark.parametrize("text", TELLING)
def test_a_command_that_tells_something_is_no_mere_command(trees: dict[str, Doc], text: str) -> None:
    assert not any(only_asks(s) for s in trees[text].sents)
