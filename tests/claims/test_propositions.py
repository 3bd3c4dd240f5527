"""Sentences of news prose taken apart: what each states, and what must stay together to mean what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from factcheck.claims.propositions import propositions
from factcheck.claims.syntax import load_syntax
from factcheck.claims.wording import sentence as worded

from . import beside

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Sentences of several facts, and their facts in text order.
TAKEN_APART = {
    "The Senate voted 52-48 to confirm Judge Maria Ortega, who was nominated in March.": [
        "The Senate voted 52-48 to confirm Judge Maria Ortega.",
        "Judge Maria Ortega was nominated in March.",
    ],
    "No one was injured in the fire, which destroyed three warehouses near Leeds.": [
        "No one was injured in the fire.",
        "The fire destroyed three warehouses near Leeds.",
    ],
    "The firm will not only close its Derby plant but also cut 400 jobs in Wales.": [
        "The firm will close its Derby plant.",
        "The firm will cut 400 jobs in Wales.",
    ],
    "Manchester United beat Chelsea 2-1 at Old Trafford on Saturday, with Marcus Dale scoring twice.": [
        "Manchester United beat Chelsea 2-1 at Old Trafford on Saturday.",
        "Manchester United beat Chelsea 2-1 on Saturday, with Marcus Dale scoring twice.",
    ],
    "The storm, which killed 14 people in Haiti, is expected to reach Florida by Thursday.": [
        "The storm killed 14 people in Haiti.",
        "The storm is expected to reach Florida by Thursday.",
    ],
    "Police arrested a 34-year-old man in Bristol and seized two cars, a knife and £5,000 in cash.": [
        "Police arrested a 34-year-old man in Bristol.",
        "Police seized two cars, a knife and £5,000 in cash.",
    ],
    "The bridge, built in 1932 by Danish engineers, was closed for repairs last week.": [
        "The bridge was built in 1932 by Danish engineers.",
        "The bridge was closed for repairs last week.",
    ],
    "Her brother, a former soldier, lives in Berlin with his wife.": [
        "Her brother is a former soldier.",
        "Her brother lives in Berlin with his wife.",
    ],
    '"The economy grew by 2% last year," said Bank of England governor Mark Tully.': [
        '"The economy grew by 2% last year," said Bank of England governor Mark Tully.',
        "The economy grew by 2% last year.",
        "Mark Tully is a Bank of England governor.",
    ],
    "The new law, passed by 310 votes to 205, bans smoking in cars carrying children.": [
        "The new law was passed by 310 votes to 205.",
        "The new law bans smoking in cars carrying children.",
    ],
    "France, Germany and Italy signed the treaty in Rome in 1957.": [
        "France signed the treaty in Rome in 1957.",
        "Germany signed the treaty in Rome in 1957.",
        "Italy signed the treaty in Rome in 1957.",
    ],
    "The museum opened in 1994 and attracts about 2 million visitors a year.": [
        "The museum opened in 1994.",
        "The museum attracts about 2 million visitors a year.",
    ],
    "Tesla recalled 12,000 cars in China, the world's biggest car market.": [
        "Tesla recalled 12,000 cars in China.",
        "China is the world's biggest car market.",
    ],
    "The suspect was arrested, charged and released on bail.": [
        "The suspect was arrested.",
        "The suspect was charged.",
        "The suspect was released on bail.",
    ],
    "Born in Lagos in 1971, Adeola studied law at Oxford before joining the UN.": [
        "Adeola was born in Lagos in 1971.",
        "Adeola studied law at Oxford before joining the UN.",
    ],
    "The team lost their captain to injury and finished seventh.": ["The team finished seventh.", "The team lost their captain to injury."],
    "The government ordered schools to close and told people to stay at home.": [
        "The government ordered schools to close.",
        "The government told people to stay at home.",
    ],
    "Rain is forecast for Scotland, and snow may fall in the Highlands.": [
        "Rain is forecast for Scotland.",
        "Snow may fall in the Highlands.",
    ],
    "The company (formerly known as Brightcom) makes batteries for electric buses.": [
        "The company was formerly known as Brightcom.",
        "The company makes batteries for electric buses.",
    ],
    "The first woman to lead the party, Ms Grant, stepped down in 2016.": [
        "Ms Grant is the first woman to lead the party.",
        "The first woman to lead the party, Ms Grant, stepped down in 2016.",
    ],
    "Although sales rose 5%, the retailer made a loss of £20m.": ["Sales rose 5%.", "The retailer made a loss of £20m."],
    "Scotland has its own parliament but is part of the United Kingdom.": [
        "Scotland has its own parliament.",
        "Scotland is part of the United Kingdom.",
    ],
    "The vaccine is safe and effective, the agency said.": [
        "The vaccine is safe.",
        "The vaccine is effective.",
        "The vaccine is safe and effective, the agency said.",
    ],
    "The fire started in the kitchen, spread to the roof and destroyed the hotel.": [
        "The fire destroyed the hotel.",
        "The fire started in the kitchen.",
        "The fire spread to the roof.",
    ],
    "Ridley Sutton, a forward from Leeds, scored in the 89th minute to give City a 3-2 win.": [
        "Ridley Sutton is a forward from Leeds.",
        "Ridley Sutton scored in the 89th minute to give City a 3-2 win.",
    ],
    "Zhang Wei, chief executive of the Shanghai-based carmaker, resigned in March.": [
        "Zhang Wei resigned in March.",
        "Zhang Wei is chief executive of the Shanghai-based carmaker.",
    ],
    "The couple married in 2004 and divorced in 2011.": ["The couple married in 2004.", "The couple divorced in 2011."],
    "At least 30 people died and more than 200 were injured.": ["At least 30 people died.", "More than 200 were injured."],
    "The jury found her guilty of murder but cleared her of arson.": [
        "The jury cleared her of arson.",
        "The jury found her guilty of murder.",
    ],
    "The regulator, which is based in Dublin, fined the firm €20m, its largest penalty to date.": [
        "The regulator is based in Dublin.",
        "The regulator fined the firm €20m, its largest penalty to date.",
    ],
    "Three of the dead were children, police said.": ["Three of the dead were children.", "Three of the dead were children, police said."],
    "The bank said it would cut 1,200 jobs if the merger failed.": [
        "The bank said it would cut 1,200 jobs if the merger failed.",
        "It would cut 1,200 jobs if the merger failed.",
    ],
    "The ferry sank because it was overloaded.": ["The ferry sank because it was overloaded.", "It was overloaded."],
    "The novel was written by Ana Costa and translated by Jim Reed.": [
        "The novel was written by Ana Costa.",
        "The novel was translated by Jim Reed.",
    ],
    "The stadium can hold 60,000 people and was built for the 1998 World Cup.": [
        "The stadium can hold 60,000 people.",
        "The stadium was built for the 1998 World Cup.",
    ],
    "The study, published in Nature, found that bees can count to four.": [
        "The study was published in Nature.",
        "The study found that bees can count to four.",
        "Bees can count to four.",
    ],
    "Inflation, which peaked at 11.1% in October 2022, has since fallen to 2%.": [
        "Inflation has since fallen to 2%.",
        "Inflation peaked at 11.1% in October 2022.",
    ],
    "Sales of electric cars doubled in Norway but fell by 3% in Germany.": [
        "Sales of electric cars doubled in Norway.",
        "Sales of electric cars fell by 3% in Germany.",
    ],
    "The group, which includes Spain, Portugal and Greece, opposes the plan.": [
        "The group includes Spain.",
        "The group includes Portugal.",
        "The group includes Greece.",
        "The group opposes the plan.",
    ],
    "The former president, who is 81, was taken to hospital with chest pains.": [
        "The former president is 81.",
        "The former president was taken to hospital with chest pains.",
    ],
    "Mr Hale, who took charge in July, won only two of his 14 games.": [
        "Mr Hale took charge in July.",
        "Mr Hale won only two of his 14 games.",
    ],
    "Wales beat Italy 24-10 in Cardiff to reach the final.": [
        "Wales beat Italy 24-10 in Cardiff.",
        "Wales beat Italy 24-10 to reach the final.",
    ],
    "The party's deputy leader, Tom Finch, has been suspended pending an inquiry.": [
        "Tom Finch is the party's deputy leader.",
        "The party's deputy leader, Tom Finch, has been suspended pending an inquiry.",
    ],
    "The city, home to 2 million people, has been under siege since May.": [
        "The city is home to 2 million people.",
        "The city has been under siege since May.",
    ],
    "The school was named after Rosa Klein, a Jewish poet who died in 1942.": [
        "The school was named after Rosa Klein.",
        "Rosa Klein is a Jewish poet who died in 1942.",
    ],
    "After the war, he emigrated to Canada and worked as a baker.": [
        "After the war, he emigrated to Canada.",
        "After the war, he worked as a baker.",
    ],
    "The board, chaired by Jane Orr, rejected the offer and asked for more time.": [
        "The board rejected the offer.",
        "The board was chaired by Jane Orr.",
        "The board asked for more time.",
    ],
    "In 2019 the firm closed its plant and cut 400 jobs.": ["In 2019 the firm closed its plant.", "In 2019 the firm cut 400 jobs."],
    "On Monday, the court jailed Hill for six years and fined his brother £3,000.": [
        "On Monday, the court jailed Hill for six years.",
        "On Monday, the court fined his brother £3,000.",
    ],
    "If the vote fails, the minister will resign and the party will choose a new leader.": [
        "If the vote fails, the minister will resign.",
        "If the vote fails, the party will choose a new leader.",
    ],
    "Ann Frost and Bill Dean died in 1998.": ["Ann Frost died in 1998.", "Bill Dean died in 1998."],
    "The coach praised Lopez, Meyer and Adu after the game.": [
        "The coach praised Lopez after the game.",
        "The coach praised Meyer after the game.",
        "The coach praised Adu after the game.",
    ],
    "The bank's chief executive, who joined in 2012, earned £4m last year.": [
        "The bank's chief executive joined in 2012.",
        "The bank's chief executive earned £4m last year.",
    ],
    "Ms Ito, 58, is a lawyer, a novelist and a mother of three.": [
        "Ms Ito is 58 years old.",
        "Ms Ito is a lawyer.",
        "Ms Ito is a novelist.",
        "Ms Ito is a mother of three.",
    ],
    "Sven Dahl is a Swedish actor and singer.": ["Sven Dahl is a Swedish actor.", "Sven Dahl is a Swedish singer."],
    "The drug is cheap but less effective than aspirin.": ["The drug is cheap.", "The drug is less effective than aspirin."],
    "The building, which dates from 1880 and was once a bank, is now a hotel.": [
        "The building dates from 1880.",
        "The building was once a bank.",
        "The building is now a hotel.",
    ],
    "The girl, whose parents live in Kent, was found safe on Sunday night.": [
        "The girl's parents live in Kent.",
        "The girl was found safe on Sunday night.",
    ],
    "Founded in 1901, the club plays at Hill Park.": ["The club was founded in 1901.", "The club plays at Hill Park."],
    "The firm sells cars, vans and parts in Europe.": [
        "The firm sells cars in Europe.",
        "The firm sells vans in Europe.",
        "The firm sells parts in Europe.",
    ],
    "The price includes flights and hotels.": ["The price includes flights.", "The price includes hotels."],
    "Turkey, a Nato member, shot down the jet.": ["Turkey is a Nato member.", "Turkey shot down the jet."],
    "Norwegian climber Siri Holm reached the summit at dawn on 3 May.": [
        "Siri Holm is a Norwegian climber.",
        "Norwegian climber Siri Holm reached the summit at dawn on 3 May.",
    ],
    "He was born in Cairo, grew up in Paris and now lives in Rome.": [
        "He was born in Cairo.",
        "He grew up in Paris.",
        "He now lives in Rome.",
    ],
    "The ministry said the plane had been delayed and would land at noon.": [
        "The ministry said the plane had been delayed and would land at noon.",
        "The plane had been delayed.",
        "The plane would land at noon.",
    ],
    "The train, which was travelling from Milan to Turin and was carrying 90 people, left the rails near Novara.": [
        "The train was carrying 90 people.",
        "The train left the rails near Novara.",
        "The train was travelling from Milan to Turin.",
    ],
    "The plant in Seoul will open in 2026 and make 50,000 cars a year.": [
        "The plant in Seoul will open in 2026.",
        "The plant in Seoul will make 50,000 cars a year.",
    ],
    "Mr Brandt, who won the seat in 1998 and held it until 2010, died on Sunday.": [
        "Mr Brandt died on Sunday.",
        "Mr Brandt held it until 2010.",
        "Mr Brandt won the seat in 1998.",
    ],
    "Almost all of the money was spent, and none of it was recovered.": ["Almost all of the money was spent.", "None of it was recovered."],
    "The hospital, which opened in 1901, will be knocked down and replaced by flats.": [
        "The hospital opened in 1901.",
        "The hospital will be knocked down.",
        "The hospital will be replaced by flats.",
    ],
    "The bomb exploded near a market, killing six people.": [
        "The bomb exploded near a market.",
        "The bomb exploded near a market, killing six people.",
    ],
    "The actress will star in the film and direct a play in London.": [
        "The actress will star in the film.",
        "The actress will direct a play in London.",
    ],
}

#: Sentences whose parts would say something else: lists that act together, denials, conditions, comparisons, shared objects, gaps.
TOLD_WHOLE = [
    "Only two of the nine councillors voted against the plan.",
    "Few residents returned to the village after the flood.",
    "If the strike goes ahead, trains will stop running at midnight on Friday.",
    "Neither Smith nor Jones attended the hearing.",
    "The company neither confirmed nor denied the report.",
    "Both Toyota and Honda raised their prices in April.",
    "Not only did profits fall, but the company also lost its finance chief.",
    "It was the union, not the management, that called off the talks.",
    "The two sides met in Geneva to discuss a ceasefire.",
    "The plant employs fewer people than it did ten years ago.",
    "He was neither charged nor questioned.",
    "Two thirds of voters back the plan, according to a poll published on Friday.",
    "Labour won 12 seats and the Conservatives nine.",
    "Amazon hired 100,000 workers in the US and 20,000 in Europe.",
    "The deal, worth $3bn, must still be approved by shareholders.",
    "Among the victims were two children and a teacher.",
    "All 27 member states agreed to the sanctions except Hungary.",
    "Anna Lind shared the prize with two colleagues.",
    "Smith and Jones met in Paris in 2004.",
    "The council approved the budget by 12 votes to 9 on Thursday evening.",
    "Nearly half of the country's 5,000 schools remain closed.",
    "The company does not expect to make a profit until 2026.",
    "The company has not paid a dividend since 2019.",
    "The firm is accused of polluting the river.",
    "It was in Vienna that the treaty was signed.",
    "The 2019 election was won by the Social Democrats, led by Maria Berg.",
    "The study found no link between coffee and cancer.",
    "Most of the workers come from Poland and Romania.",
    "Neither the airline nor the airport would comment.",
    "The treaty was signed by neither Russia nor China.",
    "He was the only MP to vote against the war.",
    "Voters in Ohio, Florida and Texas go to the polls on Tuesday.",
    "With 98% of votes counted, the opposition had won 61 of the 120 seats.",
    "Instead of raising taxes, the government will borrow £20bn.",
    "The club will close its academy and sell its ground if the sale goes through.",
    "The army did not attack the town and withdraw.",
    "The doctor did not examine the patient or call an ambulance.",
    "Investigators found and removed two devices from the car park.",
    "The band wrote and recorded the album in Lisbon.",
    "Ann Frost and Bill Dean founded the company in 1998.",
    "Most voters support the strike and the marches.",
    "He is not a doctor and nurse.",
    "The country where she was born no longer exists.",
    "The tunnel links Dover and Calais.",
    "The committee compared wages in Spain and Portugal.",
    "The dispute between the union and the company ended in May.",
    "At the time, he was the youngest player to score for Spain.",
    "The talks were neither long nor friendly.",
    "A total of 45 houses and two schools were damaged.",
    "The company employs 300 people in Cork and Galway.",
    "The ferry did not sink because it was overloaded.",
    "The club bought Adams and Brooks for £5m.",
    "Three charities received food and blankets.",
    "Heavy rain closed roads in Devon but not in Cornwall.",
    "No player has scored more goals than Ruiz or won more caps.",
    "The virus can survive on steel but not on copper.",
    "The government has banned the sale and export of ivory.",
    "Labour or the Greens will run the council.",
]

#: What must not be told apart from the sentence it stands in.
NEVER_TOLD = [
    (
        "That is how the two partners have divided the work on the Orlander 8, the large SUV that revives a badge dropped in October 2014.",
        "The work on the Orlander 8 is the large SUV that revives a badge dropped in October 2014.",
    ),
    ("The head of Ondrel, an engineer from Leeds, resigned on Monday.", "Ondrel is an engineer from Leeds."),
    ("The minister denied that he had taken bribes from the firm.", "He had taken bribes from the firm."),
    ("The spokeswoman did not say that the bank had lost money.", "The bank had lost money."),
    ("The minister may say that the plan has failed.", "The plan has failed."),
    ("He was neither charged nor questioned.", "He was questioned."),
    ("The judge ruled that the ban was lawful and dismissed the claim.", "The ban dismissed the claim."),
    ("The council did not approve the budget because two members were absent.", "Two members were absent."),
    ("The winger joined Arsenal from Lyon for £30m in 2021.", "The winger joined Arsenal from Lyon."),
    ("He was the only MP to vote against the war.", "He was the only MP."),
    ("Temperatures reached 43C on Sunday, the highest since records began.", "Records began."),
    ("The European Central Bank (ECB) kept rates unchanged at 4%.", "The European Central Bank is ECB."),
]

#: Those told in their own words; what stands beside a thing or is understood wants more ("at the age of").
OWN_WORDS = {*TAKEN_APART, *TOLD_WHOLE, *(text for text, _ in NEVER_TOLD)}

TAKEN_APART |= beside.TAKEN_APART
TOLD_WHOLE += beside.TOLD_WHOLE
NEVER_TOLD += beside.NEVER_TOLD

#: Words that a claim may hold beyond those of its sentence.
ADDED = {"is", "was", "are", "were", "a", "an", "'s", "'", ",", "years", "old"}


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    """Every sentence of this file, analysed once."""
    texts = [*TAKEN_APART, *TOLD_WHOLE, *(text for text, _ in NEVER_TOLD)]
    return dict(zip(texts, load_syntax().parse(texts), strict=True))


def told(doc: Doc) -> list[str]:
    """The claims of a document, without bare clauses that others tell with more."""
    return [worded(doc, one.pieces) for part in doc.sents for one in propositions(part) if one.kind != "core"]


@pytest.mark.parametrize("text", TAKEN_APART)
def test_each_fact_is_told_once(docs: dict[str, Doc], text: str) -> None:
    assert told(docs[text]) == TAKEN_APART[text]


@pytest.mark.parametrize("text", TOLD_WHOLE)
def test_what_means_something_only_together_stays_together(docs: dict[str, Doc], text: str) -> None:
    assert told(docs[text]) == [text]


@pytest.mark.parametrize(("text", "claim"), NEVER_TOLD)
def test_what_the_sentence_does_not_state_is_not_told(docs: dict[str, Doc], text: str, claim: str) -> None:
    found = told(docs[text])
    assert found
    assert claim not in found


def test_claims_are_made_of_their_sentences_words(docs: dict[str, Doc]) -> None:
    for text, doc in docs.items():
        for part in doc.sents:
            for one in propositions(part):
                assert set(one.words) <= set(range(part.start, part.end))
                assert list(one.words) == sorted(set(one.words))
                assert text not in OWN_WORDS or {p for p in one.pieces if isinstance(p, str)} <= ADDED
                assert {p for p in one.pieces if isinstance(p, int)} <= set(one.words)


def test_claims_of_a_sentence_differ(docs: dict[str, Doc]) -> None:
    for doc in docs.values():
        found = told(doc)
        assert len(found) == len(set(found))


def test_a_time_stays_with_its_clause(docs: dict[str, Doc]) -> None:
    text = "Manchester United beat Chelsea 2-1 at Old Trafford on Saturday, with Marcus Dale scoring twice."
    assert all("on Saturday" in claim for claim in told(docs[text]))


def test_bare_clauses_are_marked_as_such(docs: dict[str, Doc]) -> None:
    doc = docs["Wales beat Italy 24-10 in Cardiff to reach the final."]
    cores = [worded(doc, one.pieces) for part in doc.sents for one in propositions(part) if one.kind == "core"]
    assert cores == ["Wales beat Italy 24-10."]
