"""Sentences for test_propositions: what stands beside a thing or is understood: relatives, ages, offices, examples, comments, gaps."""

from __future__ import annotations

#: Sentences of several facts, and their facts in text order.
TAKEN_APART = {
    # A description behind 'a' holds of its subject, and so does what it is told by.
    "She is a lawyer who represented the families in 2019.": ["She is a lawyer.", "She represented the families in 2019."],
    "Ines Prada is a photographer, editor and writer based in Porto.": [
        "Ines Prada is a photographer.",
        "Ines Prada is an editor.",
        "Ines Prada is a writer.",
        "Ines Prada is based in Porto.",
    ],
    # Relative clauses whose pronoun is an object, a place, or one of several.
    "The flat, which the minister bought in 2010, was sold last week.": [
        "The flat was sold last week.",
        "The minister bought the flat in 2010.",
    ],
    "The prize, for which she was nominated twice, went to Ben Ode.": [
        "The prize went to Ben Ode.",
        "She was nominated twice for the prize.",
    ],
    "He studied at Leeds University, where he met his wife.": ["He studied at Leeds University.", "He met his wife at Leeds University."],
    "The mayor opened the bridge, which cost £4m and which the city had planned since 1990.": [
        "The mayor opened the bridge.",
        "The bridge cost £4m.",
        "The city had planned the bridge since 1990.",
    ],
    # Ages, the years of a life, measures, one of several.
    "Police arrested Tom Finch, 47, and Jane Orr, 39, on Monday.": [
        "Police arrested Tom Finch on Monday.",
        "Police arrested Jane Orr on Monday.",
        "Tom Finch was 47 years old.",
        "Jane Orr was 39 years old.",
    ],
    "Omar Said (1921-1998) was an Egyptian painter.": [
        "Omar Said was born in 1921.",
        "Omar Said died in 1998.",
        "Omar Said was an Egyptian painter.",
    ],
    "The 42-metre vessel was built in 1998.": ["The vessel measured 42 metres.", "The 42-metre vessel was built in 1998."],
    "The ferry, one of the oldest in the fleet, kept sailing.": ["The ferry kept sailing.", "The ferry is one of the oldest in the fleet."],
    "Swiss drugmaker Alvio Pharma rose 11 percent on Monday.": [
        "Alvio Pharma is a Swiss drugmaker.",
        "Swiss drugmaker Alvio Pharma rose 11 percent on Monday.",
    ],
    # Offices held in one firm.
    "She is the founder and chief executive of Solara, a solar firm in Lyon.": [
        "She is the founder of Solara.",
        "She is the chief executive of Solara.",
        "Solara is a solar firm in Lyon.",
    ],
    "Anna Holt is a doctor and mother of three.": ["Anna Holt is a doctor.", "Anna Holt is a mother of three."],
    # Examples, and lists of which each holds.
    "The blast killed 12 people, including two children.": ["The blast killed 12 people.", "The blast killed two children."],
    "The bill passed with support from parties including the Greens.": [
        "The bill passed with support from parties.",
        "The bill passed with support from the Greens.",
    ],
    "Twelve people, including two children, were killed on Sunday.": [
        "Twelve people were killed on Sunday.",
        "Two children were killed on Sunday.",
    ],
    "He was charged with murder and arson.": ["He was charged with murder.", "He was charged with arson."],
    "She was arrested along with two aides.": ["She was arrested along with two aides.", "Two aides were arrested."],
    # Passives that go on, and comments on a whole clause.
    "He was arrested in May 2020, convicted in June 2021.": ["He was arrested in May 2020.", "He was convicted in June 2021."],
    "The minister resigned on Friday, citing ill health.": [
        "The minister resigned on Friday.",
        "The minister resigned on Friday, citing ill health.",
    ],
    "The bank cut its key rate on Thursday, the first reduction in almost three years.": [
        "The bank cut its key rate on Thursday.",
        "The bank cut its key rate on Thursday, the first reduction in almost three years.",
    ],
    "Five died, four of them in Lima and one in Cusco.": ["Five died.", "Five died, four of them in Lima and one in Cusco."],
    # Verbs that are understood.
    "Chery supplies the platform and the batteries, JLR the design and the name.": [
        "Chery supplies the platform and the batteries.",
        "JLR supplies the design and the name.",
    ],
    "France supplies the engines and Italy the hulls.": ["France supplies the engines.", "Italy supplies the hulls."],
    "Her father was a miner and her mother a nurse.": ["Her father was a miner.", "Her mother was a nurse."],
    # Little words that say who or when.
    "She is a lawyer and she is still my agent.": ["She is a lawyer.", "She is still my agent."],
    "He died in the year 120 AD.": ["He died in the year 120 AD."],
    "The law held even after the king had fled to Spain.": [
        "The law held even after the king had fled to Spain.",
        "The king had fled to Spain.",
    ],
}

#: What looks like the above and must stay whole.
TOLD_WHOLE = [
    "He is the only minister who voted against it.",
    "He may be a spy who sold secrets.",
    "He is not a doctor who lost his licence.",
    "There is a rule that bars players.",
    "It is a law that bans smoking.",
    "The blast did not kill 12 people, including two children.",
    "Ministers met officials from countries including Spain and Chile to agree a common tariff.",
    "The firm will build a 90-metre tower.",
    "The 100-metre champion retired.",
    "Paris sent doctors and Berlin two field hospitals.",
    "The firm paid £3m for works including a bronze.",
    "Smith and Jones killed two men.",
    "Six players, including Ann Lee, won the cup.",
]

#: What a sentence must not be made to say.
NEVER_TOLD = [
    ("The 2019 election was won by the Social Democrats, led by Maria Berg.", "The 2019 election was led by Maria Berg."),
    ("Ajax bought a striker, Porto a goalkeeper.", "A striker is Porto a goalkeeper."),
    ("Machines fail when sand gets into the engine.", "Sand gets into the engine."),
    ("King Oskar (1848-1903) ruled from Bergen.", "King Oskar was born in 1848."),
    ("She studied in Durham, North Carolina, and taught in Ohio.", "Durham is North Carolina."),
    ("He made over 90 films, most notably Night Bus.", "Night Bus are over 90 films."),
    ("The firm kept its holdings of bonds, currently 41 billion crowns, unchanged.", "The firm kept its holdings of bonds."),
    ("Ruiz scored on Sunday, beating Meyer, 34 minutes into the game.", "Meyer is 34 years old."),
]
