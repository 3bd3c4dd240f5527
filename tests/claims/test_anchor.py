"""Relative dates on the calendar, and the many that must be left alone. Trees are written by hand: word/TAG/relation/head from 1."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from factcheck.claims.reference.anchor import anchored

VOCAB = English().vocab
POS = {
    "VB": "VERB",
    "NN": "NOUN",
    "NNP": "PROPN",
    "IN": "ADP",
    "JJ": "ADJ",
    "MD": "AUX",
    "RB": "ADV",
    "PR": "PRON",
    "CD": "NUM",
    "DT": "DET",
}

#: A Thursday.
DAY = dt.date(2027, 3, 4)


def sentence(tree: str) -> Doc:
    rows = [token.rsplit("/", 3) for token in tree.split()]
    heads = [int(head) - 1 if int(head) else k for k, (*_, head) in enumerate(rows)]
    aux = {"aux", "aux:pass", "cop"}
    return Doc(
        VOCAB,
        words=[r[0] for r in rows],
        tags=[r[1] for r in rows],
        pos=["AUX" if r[2] in aux else POS.get(r[1], POS.get(r[1][:2], "X")) for r in rows],
        deps=[r[2] for r in rows],
        heads=heads,
        sent_starts=[k == 0 for k in range(len(rows))],
    )


@pytest.mark.parametrize(
    ("tree", "words", "iso", "wording"),
    [
        (
            "Voters/NNS/nsubj/2 rejected/VBD/ROOT/0 it/PRP/obj/2 on/IN/case/5 Tuesday/NNP/obl/2",
            "on Tuesday",
            "2027-03-02",
            "on Tuesday, 2 March 2027",
        ),
        (
            "The/DT/det/2 port/NN/nsubj/3 closed/VBD/ROOT/0 Thursday/NNP/obl:unmarked/3",
            "Thursday",
            "2027-03-04",
            "on Thursday, 4 March 2027",
        ),
        (
            "Ministers/NNS/nsubj/3 will/MD/aux/3 meet/VB/ROOT/0 on/IN/case/5 Tuesday/NNP/obl/3",
            "on Tuesday",
            "2027-03-09",
            "on Tuesday, 9 March 2027",
        ),
        (
            "The/DT/det/2 strike/NN/nsubj:pass/4 is/VBZ/aux:pass/4 expected/VBN/ROOT/0 to/TO/mark/6 begin/VB/xcomp/4 on/IN/case/8"
            " Monday/NNP/obl/6",
            "on Monday",
            "2027-03-08",
            "on Monday, 8 March 2027",
        ),
        (
            "He/PRP/nsubj:pass/3 was/VBD/aux:pass/3 arrested/VBN/ROOT/0 Tuesday/NNP/compound/5 night/NN/obl:unmarked/3",
            "Tuesday night",
            "2027-03-02",
            "on the night of Tuesday, 2 March 2027",
        ),
        (
            "Yesterday/NN/obl:unmarked/3 it/PRP/nsubj/3 sank/VBD/ROOT/0",
            "Yesterday",
            "2027-03-03",
            "On Wednesday, 3 March 2027",
        ),
        (
            "It/PRP/nsubj/2 fell/VBD/ROOT/0 last/JJ/amod/4 year/NN/obl:unmarked/2",
            "last year",
            "2026",
            "in 2026",
        ),
        (
            "Sales/NNS/nsubj/2 fell/VBD/ROOT/0 from/IN/case/5 last/JJ/amod/5 year/NN/obl/2",
            "last year",
            "2026",
            "2026",
        ),
        (
            "Last/JJ/amod/2 year/NN/nsubj/5 was/VBD/cop/5 the/DT/det/5 hottest/JJS/ROOT/0",
            "Last year",
            "2026",
            "2026",
        ),
        (
            "Holm/NNP/nsubj/2 won/VBD/ROOT/0 last/JJ/amod/4 year/NN/nmod:poss/6 's/POS/case/4 race/NN/obj/2",
            "last year 's",
            "2026",
            "the 2026",
        ),
        (
            "It/PRP/nsubj/2 opened/VBD/ROOT/0 last/JJ/amod/4 month/NN/obl:unmarked/2",
            "last month",
            "2027-02",
            "in February 2027",
        ),
        (
            "It/PRP/nsubj/3 will/MD/aux/3 reopen/VB/ROOT/0 next/JJ/amod/5 week/NN/obl:unmarked/3",
            "next week",
            "2027-W10",
            "in the week of 8 March 2027",
        ),
        (
            "It/PRP/nsubj/2 left/VBD/ROOT/0 last/JJ/amod/4 autumn/NN/obl:unmarked/2",
            "last autumn",
            "2026-23",
            "in autumn 2026",
        ),
        (
            "It/PRP/nsubj/2 shut/VBD/ROOT/0 in/IN/case/4 November/NNP/obl/2",
            "in November",
            "2026-11",
            "in November 2026",
        ),
        (
            "It/PRP/nsubj/3 will/MD/aux/3 shut/VB/ROOT/0 in/IN/case/5 May/NNP/obl/3",
            "in May",
            "2027-05",
            "in May 2027",
        ),
        (
            "She/PRP/nsubj/2 died/VBD/ROOT/0 on/IN/case/5 28/CD/nummod/5 December/NNP/obl/2",
            "on 28 December",
            "2026-12-28",
            "on 28 December 2026",
        ),
        (
            "It/PRP/nsubj/2 burned/VBD/ROOT/0 three/CD/nummod/4 days/NNS/obl:unmarked/5 ago/RB/advmod/2",
            "three days ago",
            "2027-03-01",
            "on Monday, 1 March 2027",
        ),
    ],
)
def test_a_plain_date_is_put_on_the_calendar(tree: str, words: str, iso: str, wording: str) -> None:
    text = sentence(tree)
    (anchor,) = anchored(text, DAY)
    assert (text[anchor.start : anchor.end].text, anchor.iso, anchor.wording) == (words, iso, wording)


@pytest.mark.parametrize(
    "tree",
    [
        # a date on a noun: the march may be over or to come
        "The/DT/det/2 mayor/NN/nsubj/3 criticised/VBD/ROOT/0 Tuesday/NNP/nmod:poss/6 's/POS/case/4 march/NN/obj/3",
        "They/PRP/nsubj/2 discussed/VBD/ROOT/0 the/DT/det/4 vote/NN/obj/2 on/IN/case/6 Tuesday/NNP/nmod/4",
        # the future of a past
        "It/PRP/nsubj/3 would/MD/aux/3 close/VB/ROOT/0 on/IN/case/5 Friday/NNP/obl/3",
        "She/PRP/nsubj/4 was/VBD/cop/4 due/JJ/ROOT/0 to/TO/mark/5 speak/VB/xcomp/3 on/IN/case/7 Friday/NNP/obl/5",
        # the present of a timetable or a headline
        "The/DT/det/2 council/NN/nsubj/3 meets/VBZ/ROOT/0 on/IN/case/5 Monday/NNP/obl/3",
        # today or in a week
        "It/PRP/nsubj/3 will/MD/aux/3 reopen/VB/ROOT/0 on/IN/case/5 Thursday/NNP/obl/3",
        # two readings: the Tuesday two days ago, or the one before
        "He/PRP/nsubj/2 left/VBD/ROOT/0 last/JJ/amod/4 Tuesday/NNP/obl:unmarked/2",
        "It/PRP/nsubj/3 will/MD/aux/3 open/VB/ROOT/0 next/JJ/amod/5 autumn/NN/obl:unmarked/3",
        "He/PRP/nsubj/2 left/VBD/ROOT/0 last/JJ/amod/4 February/NNP/obl:unmarked/2",
        # habits, holidays, names, other tokens
        "It/PRP/nsubj/2 opened/VBD/ROOT/0 every/DT/det/4 Monday/NNP/obl:unmarked/2",
        "Shops/NNS/nsubj/2 closed/VBD/ROOT/0 on/IN/case/5 Good/NNP/amod/5 Friday/NNP/obl/2",
        "Theresa/NNP/nsubj/3 May/NNP/flat/1 resigned/VBD/ROOT/0",
        "It/PRP/nsubj/3 may/MD/aux/3 close/VB/ROOT/0",
        # dates of their own, and vague ones
        "It/PRP/nsubj/2 opened/VBD/ROOT/0 in/IN/case/4 March/NNP/obl/2 2019/CD/nummod/4",
        "It/PRP/nsubj/2 closed/VBD/ROOT/0 recently/RB/advmod/2",
        "It/PRP/nsubj/2 closed/VBD/ROOT/0 two/CD/nummod/4 weeks/NNS/obl:unmarked/5 ago/RB/advmod/2",
        "Emissions/NNS/nsubj/3 have/VBP/aux/3 halved/VBN/ROOT/0 today/NN/obl:unmarked/3",
        "The/DT/det/3 last/JJ/amod/3 year/NN/nsubj/4 brought/VBD/ROOT/0 floods/NNS/obj/4",
    ],
)
def test_what_may_mean_two_days_or_none_is_left_alone(tree: str) -> None:
    assert anchored(sentence(tree), DAY) == []


def test_a_weekday_with_its_own_date_gets_the_year_only() -> None:
    text = sentence("It/PRP/nsubj/2 sank/VBD/ROOT/0 on/IN/case/4 Tuesday/NNP/obl/2 ,/,/punct/6 March/NNP/appos/4 2/CD/nummod/6")
    assert [(text[a.start : a.end].text, a.iso, a.wording) for a in anchored(text, DAY)] == [("March 2", "2027-03-02", "2 March 2027")]


def test_leap_days_and_the_turn_of_the_year() -> None:
    left = "He/PRP/nsubj/2 left/VBD/ROOT/0 in/IN/case/4 December/NNP/obl/2"
    assert anchored(sentence(left), dt.date(2027, 1, 1))[0].iso == "2026-12"
    night = "It/PRP/nsubj/2 fell/VBD/ROOT/0 last/JJ/amod/4 week/NN/obl:unmarked/2"
    assert anchored(sentence(night), dt.date(2027, 1, 4))[0].iso == "2026-W53"
    leap = "It/PRP/nsubj/2 fell/VBD/ROOT/0 on/IN/case/5 29/CD/nummod/5 February/NNP/obl/2"
    assert anchored(sentence(leap), dt.date(2027, 3, 4)) == []


def test_spans_count_in_the_document() -> None:
    text = sentence("It/PRP/nsubj/2 sank/VBD/ROOT/0 yesterday/NN/obl:unmarked/2")
    (anchor,) = anchored(text[1:], DAY)
    assert (anchor.start, anchor.end) == (2, 3)
