"""Quantities of news sentences: where they stand, what they are worth, and which of them can be the same."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pytest

from factcheck.quantities import Quantity, find, same

INF = float("inf")


def only(text: str) -> Quantity:
    found = find(text)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


def shown(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find(text)]


def values(text: str) -> list[tuple[str, str, float, float, str]]:
    return [(text[q.start : q.end], q.kind, float(q.low), float(q.high), q.unit) for q in find(text)]


@pytest.mark.parametrize(
    ("text", "figure", "low", "high", "thing"),
    [
        ("Rescuers pulled 96 people from the water.", "96", 96, 96, "people"),
        ("The hall holds 4,187 registered voters.", "4,187", 4187, 4187, "voters"),
        ("A crowd of 12 500 supporters marched.", "12 500", 12500, 12500, "supporters"),
        ("The court heard twenty-three witnesses.", "twenty-three", 23, 23, "witnesses"),
        ("It moved two hundred and fifty thousand tickets.", "two hundred and fifty thousand", 250_000, 250_000, "tickets"),
        ("It shipped 1.5 million phones.", "1.5 million", 1_500_000, 1_500_000, "phones"),
        ("It counts half a million members.", "half a million", 500_000, 500_000, "members"),
        ("One and a half million homes lost power.", "One and a half million", 1_500_000, 1_500_000, "homes"),
        ("Some 1.2m jobs are at risk.", "Some 1.2m", 1_200_000, 1_200_000, "jobs"),
        ("Paint comes in six or seven colours.", "six or seven", 6, 7, "colours"),
        ("Choose five, six or seven seats.", "five, six or seven", 5, 7, "seats"),
        ("Between 40 and 60 residents came.", "40 and 60", 40, 60, "residents"),
        ("Police found 5-7 rifles.", "5-7", 5, 7, "rifles"),
        ("More than 300 nurses walked out.", "More than 300", 300, INF, "nurses"),
        ("At least another 12 soldiers fell.", "At least another 12", 12, INF, "soldiers"),
        ("Up to 50 posts will go.", "Up to 50", 0, 50, "posts"),
        ("No fewer than 30 councils objected.", "No fewer than 30", 30, INF, "councils"),
        ("No more than 30 pupils fit.", "No more than 30", 0, 30, "pupils"),
        ("Fewer than 10 cases were seen.", "Fewer than 10", 0, 10, "cases"),
        ("There were 300+ arrests.", "300+", 300, INF, "arrests"),
        ("It seats six or more passengers.", "six or more", 6, INF, "passengers"),
        ("He owned a six-seat plane.", "six", 6, 6, "seat"),
        ("The strike closed two women's clinics.", "two", 2, 2, "clinics"),
        ("One passenger died.", "One", 1, 1, "passenger"),
        ("In Lisbon 300 people marched.", "300", 300, 300, "people"),
        ("Twelve were hurt.", "Twelve", 12, 12, ""),
    ],
)
def test_counts(text: str, figure: str, low: float, high: float, thing: str) -> None:
    q = only(text)
    assert (text[q.start : q.end], q.kind, float(q.low), float(q.high), q.thing) == (figure, "count", low, high, thing)


@pytest.mark.parametrize(
    ("text", "hedge", "approximate"),
    [
        ("About 4,200 voters came.", "about", True),
        ("Nearly 300 homes burned.", "about", True),
        ("Just over 300 homes burned.", "about", True),
        ("Some 300 homes burned.", "about", True),
        ("An estimated 300 homes burned.", "about", True),
        ("It took 300 or so volunteers.", "about", True),
        ("A dozen officers came.", "", True),
        ("Dozens of officers came.", "", True),
        ("Several hundred officers came.", "", True),
        ("It cost over 300 jobs.", "more_than", False),
        ("It cost as many as 300 jobs.", "at_most", False),
        ("Just 300 people came.", "", False),
    ],
)
def test_hedges(text: str, hedge: str, approximate: bool) -> None:
    q = only(text)
    assert (q.hedge, q.approximate) == (hedge, approximate)


def test_over_a_time_is_no_bound() -> None:
    q = only("It rained over three days.")
    assert (q.hedge, q.approximate, q.low, q.high) == ("", True, 259_200, 259_200)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prices start at €48,900.", [("€48,900", "money", 48_900, 48_900, "EUR")]),
        ("The bid was worth $3.2bn.", [("$3.2bn", "money", 3.2e9, 3.2e9, "$")]),
        ("They raised £1.2m and A$20m.", [("£1.2m", "money", 1.2e6, 1.2e6, "GBP"), ("A$20m", "money", 2e7, 2e7, "AUD")]),
        ("It costs 249,800 yuan, or 14 billion kronor for all.", [
            ("249,800 yuan", "money", 249_800, 249_800, "CNY"), ("14 billion kronor", "money", 14e9, 14e9, "SEK")]),
        ("The fund holds €5-10 million.", [("€5-10 million", "money", 5e6, 1e7, "EUR")]),
        ("The fund holds €5-10m.", [("€5-10m", "money", 5e6, 1e7, "EUR")]),
        ("Sales rose from $5 to $10 million.", [("$5", "money", 5e6, 5e6, "$"), ("$10 million", "money", 1e7, 1e7, "$")]),
        ("A ticket is 50p, a stamp 25 cents.", [("50p", "money", 0.5, 0.5, "GBP"), ("25 cents", "money", 25, 25, "cent")]),
        ("Fuel is £1.469 a litre.", [("£1.469 a litre", "money", 1.469, 1.469, "GBP/litre")]),
        ("They paid 9.5 million pounds.", [("9.5 million pounds", "money", 9.5e6, 9.5e6, "GBP")]),
        ("Police seized 20 pounds of gold.", [("20 pounds", "measure", 9.0718474, 9.0718474, "kg")]),
    ],
)  # fmt: skip
def test_money(text: str, found: list[tuple[str, str, float, float, str]]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "figure", "kind", "value", "unit"),
    [
        ("It is 5.1 m long.", "5.1 m", "measure", 5.1, "m"),
        ("It measures 5,100 mm.", "5,100 mm", "measure", 5.1, "m"),
        ("A wall 10m high.", "10m", "measure", 10, "m"),
        ("He stood 5ft 10in tall.", "5ft 10in", "measure", 1.778, "m"),
        ("Ten miles north of Oslo.", "Ten miles", "measure", 16093.44, "m"),
        ("It burned 62 hectares.", "62 hectares", "measure", 620_000, "m²"),
        ("It burned 10 km2 of forest.", "10 km2", "measure", 1e7, "m²"),
        ("It carries 40 tonnes.", "40 tonnes", "measure", 40_000, "kg"),
        ("Gusts of 90 km/h were felt.", "90 km/h", "measure", 25, "m/s"),
        ("A 180-megawatt plant.", "180-megawatt", "measure", 1.8e8, "W"),
        ("It fell to -5°C.", "-5°C", "measure", -5, "°C"),
        ("It reached 86F.", "86F", "measure", 30, "°C"),
        ("A magnitude 6.1 quake.", "6.1", "measure", 6.1, "magnitude"),
        ("Two hours and 30 minutes later.", "Two hours and 30 minutes", "duration", 9000, "s"),
        ("It took half an hour.", "half an hour", "duration", 1800, "s"),
        ("A 48-hour walkout.", "48-hour", "duration", 172_800, "s"),
        ("It lasted 2½ hours.", "2½ hours", "duration", 9000, "s"),
        ("Growth was 1.4 per cent.", "1.4 per cent", "percent", 1.4, "%"),
        ("Turnout was 3,5 %.", "3,5 %", "percent", 3.5, "%"),
        ("It was down 3 %.", "3 %", "percent", 3, "%"),
        ("A quarter of a percentage point.", "A quarter of a percentage point", "points", 0.25, "pp"),
        ("A 25-basis-point cut.", "25-basis-point", "points", 0.25, "pp"),
        ("Half of the town was dark.", "Half", "ratio", 0.5, ""),
        ("It lost two-thirds of its fleet.", "two-thirds", "ratio", 2 / 3, ""),
        ("One in five adults smokes.", "One in five", "ratio", 0.2, ""),
        ("Nine out of ten agreed.", "Nine out of ten", "ratio", 0.9, ""),
        ("It was three times as large.", "three times", "ratio", 3, "times"),
        ("It sold twice as many.", "twice", "ratio", 2, "times"),
        ("A 34-year-old man.", "34-year-old", "age", 34, "year"),
        ("An 18-month-old girl.", "18-month-old", "age", 1.5, "year"),
        ("Ann Lee, 34, won.", "34", "age", 34, "year"),
        ("He died aged nine.", "nine", "age", 9, "year"),
        ("For the third time.", "third", "ordinal", 3, ""),
        ("The 21st century.", "21st", "ordinal", 21, ""),
        ("At 9.15am they left.", "9.15am", "time", 33_300, ""),
        ("It struck at 03:12.", "03:12", "time", 11_520, ""),
        ("At noon it rained.", "noon", "time", 43_200, ""),
        ("It opened in 1911.", "1911", "year", 1911, ""),
        ("The 2026 budget passed.", "2026", "year", 2026, ""),
        ("Its 2023 sales fell.", "2023", "year", 2023, ""),
    ],
)  # fmt: skip
def test_values_are_in_base_units(text: str, figure: str, kind: str, value: float, unit: str) -> None:
    q = only(text)
    assert (text[q.start : q.end], q.kind, q.unit) == (figure, kind, unit)
    assert float(q.low) == pytest.approx(value)
    assert q.low == q.high


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("A rise of 5-10 %.", "percent", 5, 10),
        ("Children aged 8 to 12 may join.", "age", 8, 12),
        ("A man in his 30s.", "age", 30, 39),
        ("Open to under-18s.", "age", 0, 18),
        ("The 2024/25 season.", "year", 2024, 2025),
        ("The war of 1939–45.", "year", 1939, 1945),
        ("Between 2019 and 2021 it shrank.", "year", 2019, 2021),
        ("The mid-1990s were quiet.", "year", 1990, 1999),
        ("Music of the ’90s.", "year", 1990, 1999),
        ("Open between 9am and 5pm.", "time", 32_400, 61_200),
        ("It took five to seven kilometres.", "measure", 5000, 7000),
    ],
)
def test_ranges(text: str, kind: str, low: float, high: float) -> None:
    q = only(text)
    assert (q.kind, float(q.low), float(q.high), q.either) == (kind, low, high, False)


def test_from_to_tells_a_change_and_shares_the_unit() -> None:
    assert values("Rates went from 3.75 to 3.50 percent.") == [
        ("3.75", "percent", 3.75, 3.75, "%"),
        ("3.50 percent", "percent", 3.5, 3.5, "%"),
    ]


@pytest.mark.parametrize(
    ("text", "figure", "date"),
    [
        ("It opens on 12 September 2026.", "12 September 2026", (2026, 9, 12)),
        ("It opens on Sept. 12, 2026.", "Sept. 12, 2026", (2026, 9, 12)),
        ("It opens on the 12th of September.", "12th of September", (None, 9, 12)),
        ("Updated 2026-09-12.", "2026-09-12", (2026, 9, 12)),
        ("Signed 25/09/2026.", "25/09/2026", (2026, 9, 25)),
        ("It opened in October 2014.", "October 2014", (2014, 10, None)),
        ("It opens in May.", "May", (None, 5, None)),
        ("The fair runs 12-14 September.", "12-14 September", (None, 9, 12)),
        ("It ran 28 May to 3 June 2025.", "28 May to 3 June 2025", (2025, 5, 28)),
    ],
)
def test_dates(text: str, figure: str, date: tuple[int | None, int, int | None]) -> None:
    q = only(text)
    assert (text[q.start : q.end], q.kind, q.date) == (figure, "date", date)


def test_a_date_takes_no_count_and_a_count_no_month() -> None:
    assert shown("In May 12 people drowned.") == ["May", "12"]
    assert shown("On 12 May 2000 people came.") == ["12 May", "2000"]
    assert shown("They may march, one said.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Freelander 8 is built abroad.",
        "An A320 and a Boeing 737-800 landed.",
        "COVID-19 closed it under Article 50, see Page 3.",
        "He lives at No. 10 near Route 66.",
        "It aired on Channel Four in the Second World War.",
        "Install version 1.2.3 from 192.168.0.1.",
        "Call 020 7946 0958 or 555-0199.",
        "They won 2-1, lost 1 – 2 and drew 0-0.",
        "The council split 52-48; voted 7 to 2.",
        "It has 3D glasses, 5G and a 4x4 drive, 24/7.",
        "He wears the number 14 shirt.",
        "It needs 1.200 people.",
        "She ran the 100m hurdles at a depth of 10m.",
        "One said no to a one-sided deal.",
        "A first step, then another; the third.",
        "See /2023/05, H.R. 1234 and #5.",
    ],
)
def test_names_scores_and_open_readings_are_passed_over(text: str) -> None:
    assert [s for s in shown(text) if s != "first"] == []


@pytest.mark.parametrize("text", ["It carried 2000 people.", "A plant with 1500 seats.", "It sold 2000 cars."])
def test_four_digits_before_a_noun_count(text: str) -> None:
    assert only(text).kind == "count"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It pays $15 an hour.", "$/hour"),
        ("It carries 300 people a day.", "/day"),
        ("It saw 5 per 100,000.", "/100000"),
        ("It sold 300 cars a year earlier.", ""),
    ],
)
def test_rates(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("4,187 voters", "about 4,200 voters"),
        ("4,187 voters", "4,200 voters"),
        ("85.19 percent", "85 percent"),
        ("5.1 m", "5,100 mm"),
        ("20 miles", "32 km"),
        ("two weeks", "14 days"),
        ("a quarter of a percentage point", "25 basis points"),
        ("six or seven seats", "seven seats"),
        ("at least 12 soldiers", "15 soldiers"),
        ("more than 300 nurses", "340 nurses"),
        ("up to 50 posts", "30 posts"),
        ("between 5 and 7 percent", "6 percent"),
        ("about 20 officers", "18 officers"),
        ("dozens of officers", "60 officers"),
        ("$5m", "US$5 million"),
        ("9 p.m.", "21:00"),
        ("9 p.m.", "nine o'clock"),
        ("12 September 2026", "Sept 12"),
        ("12/09/2026", "9 December 2026"),
        ("the 1990s", "in 1994"),
        ("one in five adults", "a fifth of adults"),
        ("14 billion kronor", "13.8 billion kronor"),
    ],
)
def test_can_be_the_same(a: str, b: str) -> None:
    assert same(only(a), only(b)) is True
    assert same(only(b), only(a)) is True


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("18 officers", "20 officers"),
        ("4,187 voters", "4,188 voters"),
        ("six or seven seats", "five seats"),
        ("4 percent", "4.25 percent"),
        ("3.5 percent", "3.75 percent"),
        ("at least 12 soldiers", "11 soldiers"),
        ("more than 300 nurses", "299 nurses"),
        ("up to 50 posts", "60 posts"),
        ("about 4,200 voters", "6,000 voters"),
        ("in 2014", "in 2015"),
        ("12 September 2026", "Sept 13"),
        ("in May 2025", "3 June 2025"),
        ("12/09/2026", "3 December 2026"),
        ("9 p.m.", "10:30 p.m."),
        ("5:30", "18:30"),
        ("€48,900", "€49,500"),
        ("a 34-year-old man", "a 35-year-old man"),
        ("$100 million", "$97 million"),
        ("the third time", "the fourth time"),
    ],
)
def test_cannot_be_the_same(a: str, b: str) -> None:
    assert same(only(a), only(b)) is False
    assert same(only(b), only(a)) is False


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("five seats", "five percent"),
        ("five seats", "nine doors"),
        ("$5m", "€5m"),
        ("$5m", "A$7m"),
        ("$15 an hour", "$15 a week"),
        ("5 km", "5 kg"),
        ("08:12 UTC", "03:12"),
        ("a third of voters", "33 percent of voters"),
    ],
)
def test_not_comparable(a: str, b: str) -> None:
    assert same(only(a), only(b)) is None


def test_spans_are_ordered_disjoint_and_inside_for_any_mixture() -> None:
    pieces = (
        "12 5,100 1.5 2026 one a half two-thirds million % $ € m km - – to and or between from about at least up May September , . : ' s am"
    )
    rng = random.Random(7)
    for _ in range(300):
        text = "".join(rng.choice(pieces.split()) + rng.choice(["", " ", " ", "\n"]) for _ in range(rng.randrange(1, 25)))
        end = 0
        for q in find(text):
            assert end <= q.start < q.end <= len(text), text
            assert text[q.start : q.end].strip() == text[q.start : q.end], text
            assert q.low <= q.high, text
            assert same(q, q) is True, text
            end = q.end


@pytest.mark.parametrize("piece", ["1", ",", "and ", "1,", "9 ", "$", "more than "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    before = time.process_time()
    found = find(piece * (100_000 // len(piece)))
    assert time.process_time() - before < 1.5
    assert found == ()


def test_no_figure_crosses_a_blank_line() -> None:
    assert values("The final count was 12\n\nDays later it rose.") == [("12", "count", 12, 12, "")]


def test_values_are_exact_decimals() -> None:
    assert only("It is 5.1 m long.").low == Decimal("5.1")
    assert only("It has 4,200 members.").step == 100
    assert only("It has 20 members.").step == 1
    assert shown("It drew 300+") == ["300+"]
