"""Claims, and sources that read otherwise but deny nothing: what they add, say in other words, round, or tell of another year."""

from __future__ import annotations

QUALIFIED = [
    ("The council approved the stadium.", "The council approved the stadium on condition that the club pays for the access road."),
    (
        "The vaccine protects against the new strain.",
        "The vaccine protects most adults against the new strain, the institute found, though less well after six months.",
    ),
    ("The airline cancelled its flights to Lagos.", "The airline cancelled its flights to Lagos until Thursday because of the strike."),
    ("The museum is free.", "The museum is free for residents of the city who show proof of address."),
    ("Helen Marchbank won the leadership vote.", "Helen Marchbank won the leadership vote by a margin of only eleven ballots."),
    ("The company will close its Leeds plant.", "The company will close its Leeds plant next spring unless a buyer is found."),
    ("The bridge has reopened to traffic.", "The bridge has reopened to traffic, with lorries still limited to one lane."),
    ("Residents support the new tram line.", "Most residents support the new tram line, according to a survey by the university."),
    ("The minister resigned.", "The minister resigned on Friday evening after pressure from her own party."),
    ("The hospital has stopped admitting patients.", "The hospital has stopped admitting patients to two of its wards."),
    ("The bank raised its interest rate.", "The bank raised its interest rate for savers but left the mortgage rate alone."),
    ("The festival drew record crowds.", "The festival drew record crowds on its opening night, the organisers said."),
]
PARAPHRASED = [
    ("The company laid off 300 workers.", "Three hundred employees lost their jobs at the company."),
    ("The police arrested a man in Bristol.", "A man was taken into custody by officers in Bristol."),
    ("The ferry was late because of fog.", "Thick fog held up the ferry."),
    ("Parliament passed the budget on Tuesday.", "Lawmakers gave the budget their approval on Tuesday."),
    ("Ivo Reis died in hospital on Sunday.", "Ivo Reis, who was being treated in hospital, passed away on Sunday."),
    ("The club signed the striker on a free transfer.", "The striker joined the club without a transfer fee."),
    ("The firm's profits fell in the third quarter.", "Third-quarter earnings at the firm were down."),
    ("The union rejected the pay offer.", "Members of the union turned down the pay offer."),
    ("No one was hurt in the crash.", "Everyone involved in the crash escaped unharmed."),
    ("The court threw out the appeal.", "The appeal was dismissed by the court."),
    ("The author was born in Lisbon.", "The Lisbon-born author grew up with three sisters."),
    ("The road is closed to cars.", "Cars are banned from the road."),
]
ROUNDED = [
    ("About 4,000 people marched through Leeds.", "Police counted 3,960 people on the march through Leeds."),
    ("The stadium cost nearly £90 million.", "The stadium cost £89.6 million."),
    ("Around 60% of voters backed the plan.", "The plan was backed by 59.7% of voters."),
    ("The fire destroyed roughly 200 hectares of forest.", "The fire destroyed 197 hectares of forest."),
    ("The company sold 1.2 million phones last year.", "The company sold 1,204,500 phones last year."),
    ("More than 500 homes lost power in the storm.", "The storm left 538 homes without power."),
    ("Almost half of the pupils failed the test.", "The test was failed by 48% of the pupils."),
    ("The tunnel is 12 kilometres long.", "The tunnel, 12.1 kilometres long, runs under the fjord."),
    ("The journey takes about two hours.", "The journey takes one hour and 55 minutes."),
    ("Some 30 firefighters fought the blaze.", "The blaze was fought by 31 firefighters."),
    ("The bank was fined about $2 billion.", "The bank was fined $1.98 billion."),
    ("The town has about 25,000 inhabitants.", "The town has 24,870 inhabitants."),
]
OTHER_YEAR = [
    ("Unemployment stood at 4.1% in 2023.", "Unemployment stood at 5.6% in 2021."),
    ("The club won the league in 2019.", "The club finished third in the league in 2022."),
    ("The charity spent £3 million on shelters in 2022.", "The charity spent £5 million on shelters in 2024."),
    ("The museum had 410,000 visitors in 2018.", "The museum had 275,000 visitors in 2020."),
    ("The airline made a loss in 2020.", "The airline made a profit in 2023."),
    ("Exports rose by 6% in 2017.", "Exports fell by 2% in 2019."),
    ("In 2015 the city had 12 libraries.", "In 2024 the city had nine libraries."),
    ("The river flooded the old town in 2013.", "The river did not flood the old town in 2021."),
    ("House prices fell in 2009.", "House prices rose in 2014."),
    ("The festival was cancelled in 2020.", "The festival went ahead as planned in 2022."),
    ("Turnout was 61% in the 2016 election.", "Turnout was 54% in the 2020 election."),
    ("The company employed 900 people in 2011.", "The company employed 1,400 people in 2021."),
]
