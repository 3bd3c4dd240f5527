"""Independence: copies, altered copies, shared quotations, cited outlets, and how many origins they leave."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import time
from pathlib import Path

import pytest

from factcheck.evidence import Origins, copies
from factcheck.sources import read
from factcheck.types import Article, Block, Sentence, Span

Told = tuple[Article, tuple[Sentence, ...]]

WIRE = (
    "Three miners were rescued from the flooded Oberwald potash shaft on Thursday, nineteen hours after a dam above it gave way.",
    "The men, aged 24, 31 and 58, had climbed on to a conveyor belt and were unhurt.",
    "Two others are missing.",
    "Divers will go down again at first light, said Renate Kolb, who leads the operation for the mining authority.",
)
OWN = (
    "At the Kolping hall, some eighty relatives spent the night on camp beds that the football club had brought.",
    "The mayor has called off Saturday's shooting fair.",
)


def told(*paragraphs: str | tuple[str, ...], outlet: str | None = None, day: int | None = None, url: str | None = None) -> Told:
    """An article of these paragraphs, each one sentence or several, with its sentences."""
    text, blocks, sentences = "", [], []
    for paragraph in paragraphs:
        start = len(text)
        for sentence in (paragraph,) if isinstance(paragraph, str) else paragraph:
            sentences.append(Sentence(Span(len(text), len(text) + len(sentence)), sentence))
            text += sentence + " "
        blocks.append(Block(Span(start, len(text) - 1)))
        text += "\n\n"
    return Article(text, outlet=outlet, date=dt.date(2026, 3, day) if day else None, url=url, blocks=tuple(blocks)), tuple(sentences)


def origins(*articles: Told) -> Origins:
    return Origins([a for a, _ in articles], [s for _, s in articles])


def tie(found: Origins, articles: tuple[Told, ...], a: tuple[int, int], b: tuple[int, int]) -> str | None:
    """The tie of two sentences, each named by its article and its number there."""
    return found.tie(a[0], [articles[a[0]][1][a[1]].span], b[0], articles[b[0]][1][b[1]].span)


def test_a_reprint_with_another_headline_and_a_trimmed_end_is_one_origin_with_its_original() -> None:
    wire, reprint = told("Miners saved from flooded shaft.", WIRE, OWN), told("Nineteen hours under ground.", WIRE)
    report = told("Rescuers brought up three workers from the Oberwald mine, where water broke in on Wednesday.")
    found = origins(wire, reprint, report)
    assert found.copies == [{1}, {0}, set()]
    assert set(found.groups) == {frozenset({0, 1}), frozenset({2})}


def test_an_agency_paragraph_within_an_own_story_is_copied_and_the_story_is_not() -> None:
    more = (
        "Nobody had expected the dam to break, said Jonas Ritter, who has run the inn below it for thirty years.",
        "The water stood up to the window sills in eleven houses of the lower village, and the school stays closed until Monday.",
        "Insurers have sent four assessors, and the first of them were counting ruined freezers by noon on Thursday.",
    )
    articles = (told(WIRE, "The inquiry begins in April, and it will ask who checked the gauges."), told(OWN, WIRE[:3], more))
    found = origins(*articles)
    assert found.copies == [set(), set()]
    assert [tie(found, articles, (0, n), (1, n + 2)) for n in range(3)] == ["copy"] * 3, "the short third sentence goes with its paragraph"
    assert tie(found, articles, (0, 0), (1, 0)) is None
    assert tie(found, articles, (0, 0), (1, 3)) is None, "another sentence of the same paragraph may still bear on the claim"
    assert len(found.groups) == 2


def test_a_sentence_trimmed_by_a_clause_is_still_a_copy() -> None:
    articles = (told(WIRE), told(OWN, "Divers will go down again at first light, said Renate Kolb."))
    assert tie(origins(*articles), articles, (0, 3), (1, 2)) == "copy"


@pytest.mark.parametrize(
    ("before", "after"),
    [("nineteen hours", "thirty hours"), ("Three miners", "Four miners"), ("Oberwald", "Unterwald"), ("were rescued", "were not rescued")],
)
def test_a_copied_sentence_with_another_fact_is_altered(before: str, after: str) -> None:
    changed = WIRE[0].replace(before, after)
    assert changed != WIRE[0]
    articles = (told(WIRE), told(OWN, (changed, *WIRE[1:])))
    found = origins(*articles)
    assert tie(found, articles, (0, 0), (1, 2)) == "altered"
    assert tie(found, articles, (0, 1), (1, 3)) == "copy"
    assert found.count([(0, articles[0][1][0].span), (1, articles[1][1][2].span)]) == 1


def test_what_a_reprint_changed_or_added_is_altered_however_short() -> None:
    articles = (told(WIRE), told((*WIRE[:2], "Three others are missing.", WIRE[3]), OWN[1]))
    found = origins(*articles)
    assert found.copies == [{1}, {0}]
    assert [tie(found, articles, (0, n), (1, n)) for n in range(4)] == ["copy", "copy", "altered", "copy"]
    assert tie(found, articles, (0, 0), (1, 4)) == "altered"


def test_reports_of_one_event_in_their_own_words_are_independent() -> None:
    articles = (
        told(WIRE),
        told(
            "The flooded shaft at Oberwald gave back three of its five men on Thursday evening.",
            "They had waited nineteen hours on a conveyor belt above the water; the oldest of them is 58.",
        ),
    )
    found = origins(*articles)
    assert {tie(found, articles, (0, a), (1, b)) for a, b in itertools.product(range(4), range(2))} == {None}
    assert len(found.groups) == 2
    assert found.count([(0, articles[0][1][0].span), (1, articles[1][1][0].span)]) == 2


def test_short_common_sentences_are_no_copies() -> None:
    common = ("Police are investigating.", "Nobody was hurt.", "The cause is not yet known.")
    articles = (
        told("A barn burned down near Lenz on Sunday night.", common, "It had stood empty since the spring of 2019."),
        told("A lorry lost its load of bottles on the ring road at Turnau.", common, "Traffic was back to normal by noon on Tuesday."),
    )
    found = origins(*articles)
    # The three together are a run of words that two desks do not hit upon by chance; each beside other words is.
    alone = (told(articles[0][1][0].text, common[0], OWN), told(articles[1][1][0].text, common[0], WIRE))
    assert tie(origins(*alone), alone, (0, 1), (1, 1)) is None
    assert len(found.groups) == 2


def test_what_an_outlet_prints_under_all_its_articles_makes_no_copies() -> None:
    rights = "© 2026 Lenz Valley Papers. This text may not be reproduced in any form, in whole or in part, without our consent in writing."
    letter = (
        "Do you know more about this? Our reporters read every letter that reaches the desk in the Mill Lane, and they keep your name to"
        " themselves if you ask them to, whatever it is that you have seen or heard on the road, in the woods or at the parish fair."
    )
    barn = (
        "A barn burned down near Lenz on Sunday night, and forty hens with it; the farmer's son saw smoke when he came back from a dance."
    )
    road = (
        "The ring road at Turnau stays closed until Friday because the new bridge bearings have not arrived from the works in Lower Saxony."
    )
    lenz = [told(x, letter, rights, outlet="Lenz Valley Post")[0] for x in (barn, road)]
    assert copies(lenz) == [set(), set()]
    assert copies([told(x, letter)[0] for x in (barn, road)]) == [{1}, {0}], "of two outlets it would be the same text"
    assert copies([told(barn, rights)[0], told(road, rights)[0]]) == [set(), set()]
    assert copies([told(barn, letter)[0], told(barn, rights)[0]]) == [{1}, {0}]


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_the_same_quotation_in_two_reports_is_one_origin_for_what_it_says(marks: str) -> None:
    left, right = marks[0], marks[1]
    first = (
        f"{left}We knew since the autumn that the gauge on the upper dam was broken,{right} said Kolb, who joined the authority in 2011, "
        f"{left}and nobody would pay for a new one.{right}"
    )
    second = (
        f"In an angry meeting on Friday night, the head of operations, Renate Kolb, told two hundred villagers: {left}We knew since"
        f" the autumn that the gauge on the upper dam was broken … and nobody would pay for a new one.{right}"
    )
    articles = (told(OWN, first), told(second, "The ministry has asked for the files, and it wants them by the end of the month."))
    found = origins(*articles)
    said = first.index("We knew") + articles[0][1][2].span.start
    assert found.tie(0, [Span(said, said + 60)], 1, articles[1][1][0].span) == "quoted"
    joined = first.index("who joined") + articles[0][1][2].span.start
    assert found.tie(0, [Span(joined, joined + 32)], 1, articles[1][1][0].span) is None, "the quotation does not say when she joined"
    assert found.tie(0, [Span(joined, joined + 46)], 1, articles[1][1][0].span) is None, "nor where the claim's words reach into it"
    assert found.count([(0, articles[0][1][2].span), (1, articles[1][1][0].span)]) == 1


def test_a_misquotation_is_still_the_same_speech() -> None:
    right = "“We knew since the autumn that the gauge on the upper dam was broken,” said Kolb."
    wrong = "Kolb has now admitted what the villagers suspected: “We knew since the spring that the gauge on the upper dam was broken.”"
    articles = (told(OWN, right), told(wrong, WIRE))
    assert tie(origins(*articles), articles, (0, 2), (1, 0)) in ("altered", "quoted")


def test_a_quoted_turn_of_phrase_is_no_common_origin() -> None:
    articles = (
        told("Kolb called the dam “an accident waiting to happen” when the committee met in the town hall for the second time."),
        told("For the union, its spokesman said, the shaft was “an accident waiting to happen” since the pumps were sold off."),
    )
    assert tie(origins(*articles), articles, (0, 0), (1, 0)) is None


HERALD = told(
    "The authority has known of the broken gauge since October.",
    "A letter to the minister asked for 90,000 euros to replace the gauge on the upper dam.",
    outlet="The Lenz Herald",
    day=4,
    url="https://www.lenzherald.example/2026/03/gauge?utm=x",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The authority asked the minister for 90,000 euros to replace the gauge, the Lenz Herald reported on Wednesday.",
        "According to the Lenz Herald, the authority asked the minister for 90,000 euros to replace the gauge.",
        "The authority asked for 90,000 euros to replace the gauge, a spokesman confirmed to the newspaper “The Lenz Herald”.",
        "“We asked the minister for 90,000 euros to replace that gauge,” Kolb told the Herald.",
        "The Herald’s report speaks of 90,000 euros that the authority asked for to replace the gauge.",
        "OBERWALD (Lenz Herald) - The authority asked the minister for 90,000 euros to replace the gauge.",
        "The authority asked for 90,000 euros to replace the gauge, says https://lenzherald.example/2026/03/gauge/ and nobody else.",
    ],
)
def test_what_is_told_with_another_outlet_as_its_source_has_that_origin(sentence: str) -> None:
    articles = (HERALD, told(sentence, OWN, outlet="Turnau Courier", day=5))
    found = origins(*articles)
    assert tie(found, articles, (0, 1), (1, 0)) == tie(found, articles, (1, 0), (0, 1)) == "cited"
    assert tie(found, articles, (0, 1), (1, 1)) is None
    assert found.groups == (frozenset({0, 1}),), "the lead names the source of the news"
    assert found.count([(0, HERALD[1][1].span), (1, articles[1][1][0].span)]) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The Sunday Herald reported that the authority asked for 90,000 euros to replace the gauge.",
        "According to the Herald Tribune, the authority asked for 90,000 euros to replace the gauge.",
        "In the miners' pageant, the herald reported that a new gauge would cost the king 90,000 euros.",
        "The herald in the castle's coat of arms told visitors nothing of the gauge or of the 90,000 euros.",
        "A delivery van of the Lenz Herald was swept off the road below the dam and found in a field.",
        "Kolb denied a report in the Lenz Herald that the authority asked for 90,000 euros to replace the gauge.",
        "Contrary to what the Lenz Herald reported, the authority never asked for money to replace the gauge.",
    ],
)
def test_a_name_that_is_no_source_ties_nothing(sentence: str) -> None:
    articles = (HERALD, told(sentence, OWN, outlet="Turnau Courier", day=5))
    assert tie(origins(*articles), articles, (0, 1), (1, 0)) is None


def test_an_outlet_does_not_cite_itself_and_nobody_cites_the_future() -> None:
    sentence = "The authority asked for 90,000 euros to replace the gauge, Kolb told the Lenz Herald."
    own = (HERALD, told(sentence, outlet="The Lenz Herald", day=5))
    assert tie(origins(*own), own, (0, 1), (1, 0)) is None
    early = (HERALD, told(sentence, outlet="Turnau Courier", day=2))
    assert tie(origins(*early), early, (0, 1), (1, 0)) is None


def test_the_paper_is_the_one_named_before() -> None:
    second = "The paper also reported that the minister never answered the letter about the gauge."
    articles = (HERALD, told("The gauge was broken, the Lenz Herald wrote.", second, OWN, second, outlet="Turnau Courier", day=5))
    found = origins(*articles)
    assert tie(found, articles, (0, 1), (1, 1)) == "cited"
    assert tie(found, articles, (0, 1), (1, 4)) == "cited"
    far = (HERALD, told("The gauge was broken, the Lenz Herald wrote.", OWN, OWN, second, outlet="Turnau Courier", day=5))
    assert tie(origins(*far), far, (0, 1), (1, 5)) is None


def test_a_link_in_markdown_names_its_target() -> None:
    page = (
        "---\noutlet: Turnau Courier\n---\n\nThe authority wanted [90,000 euros for the gauge](https://lenzherald.example/2026/03/gauge).\n"
    )
    article = read("courier.md", page.encode())[0]
    paragraph = article.blocks[-1].span
    found = Origins([HERALD[0], article], [HERALD[1], (Sentence(paragraph, "The authority wanted 90,000 euros for the gauge."),)])
    assert found.tie(1, [paragraph], 0, HERALD[1][1].span) == "cited"


def test_a_chain_of_citations_leads_back_to_its_first_link() -> None:
    first = told("A letter of the authority asked for 90,000 euros to replace the gauge.", outlet="Lenz Herald", day=3)
    second = told("The authority asked for 90,000 euros to replace the gauge, the Lenz Herald wrote.", outlet="Turnau Courier", day=4)
    third = told("The authority asked for 90,000 euros for the gauge, according to the Turnau Courier.", outlet="Radio Ems", day=5)
    other = told("Files that we have seen put the price of a new gauge at 90,000 euros.", outlet="Ems Echo", day=5)
    articles = (first, second, third, other)
    found = origins(*articles)
    assert tie(found, articles, (0, 0), (2, 0)) == "cited", "though the third never names the first"
    assert set(found.groups) == {frozenset({0, 1, 2}), frozenset({3})}
    assert found.count([(n, a[1][0].span) for n, a in enumerate(articles)]) == 2


def test_what_a_cited_article_has_from_an_agency_is_tied_to_who_cites_it() -> None:
    wire = told(WIRE, outlet="Meridian News Agency", day=2)
    paper = told(OWN, WIRE[0], "The gauge had failed in October.", outlet="Lenz Herald", day=3)
    blog = told("Three miners were saved at Oberwald and the gauge had failed in October, the Lenz Herald says.", outlet="Pit Talk", day=4)
    articles = (wire, paper, blog)
    found = origins(*articles)
    assert tie(found, articles, (2, 0), (1, 2)) == "cited"
    assert tie(found, articles, (2, 0), (1, 3)) == "cited"


def test_articles_that_cite_each_other_have_one_origin() -> None:
    one = told("A gauge was broken for months, the Turnau Courier reported.", outlet="Lenz Herald")
    two = told("A gauge was broken for months, the Lenz Herald reported.", outlet="Turnau Courier")
    articles = (one, two)
    found = origins(*articles)
    assert tie(found, articles, (0, 0), (1, 0)) == "cited"
    assert found.groups == (frozenset({0, 1}),)


def test_copies_of_one_day_count_once_and_the_older_one_is_the_origin() -> None:
    filler = ("The pumps came from three states.", "Volunteers served soup until the small hours of the morning.")
    same_day = (told(WIRE[0], OWN, day=5), told(filler, WIRE[0], day=5), told("Three men are safe.", day=5))
    found = origins(*same_day)
    assert found.count([(0, same_day[0][1][0].span), (1, same_day[1][1][2].span), (2, same_day[2][1][0].span)]) == 2
    assert found.count([(0, same_day[0][1][1].span), (1, same_day[1][1][2].span)]) == 1, "the second may have it from the first"
    later = (told(WIRE[0], OWN, day=6), same_day[1])
    assert origins(*later).count([(0, later[0][1][1].span), (1, later[1][1][2].span)]) == 2, "the first cannot be the origin of older words"


def test_a_flash_in_two_reports_does_not_make_one_origin_of_them() -> None:
    articles = (told(WIRE[0], OWN), told(WIRE[0]), told(WIRE[0], WIRE[3], "Its pumps were sold in 2024, and nobody had asked why."))
    found = origins(*articles)
    assert found.copies[1] == {0, 2}
    assert 2 not in found.copies[0]
    assert sorted(map(len, found.groups)) == [1, 2]
    assert found.count([(0, articles[0][1][1].span), (2, articles[2][1][1].span)]) == 2


def test_the_order_of_the_articles_does_not_matter() -> None:
    articles = (
        HERALD,
        told("The authority asked for 90,000 euros, the Lenz Herald reported.", OWN, WIRE[0], outlet="Turnau Courier", day=5),
        told(WIRE, outlet="Meridian News Agency", day=5),
        told((WIRE[0].replace("nineteen", "twenty"), *WIRE[1:]), outlet="Radio Ems", day=5),
        told(OWN, "Kolb told Meridian that two men were still missing.", outlet="Ems Echo", day=6),
    )
    found = origins(*articles)
    places = [(n, s.span) for n, (_, sentences) in enumerate(articles) for s in sentences]
    for order in itertools.islice(itertools.permutations(range(5)), 3, 120, 23):
        new = {old: number for number, old in enumerate(order)}
        moved = origins(*(articles[n] for n in order))
        assert set(moved.groups) == {frozenset(new[n] for n in g) for g in found.groups}
        assert moved.count([(new[n], span) for n, span in places]) == found.count(places)
        for (a, one), (b, two) in itertools.permutations(places, 2):
            if a != b:
                assert moved.tie(new[a], [one], new[b], two) == found.tie(a, [one], b, two)


def test_the_copies_that_the_gold_notes_are_found_and_no_others() -> None:
    for file in sorted(Path("claims").glob("*/gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        numbers = {a["id"]: n for n, a in enumerate(gold["articles"])}
        noted = [(numbers[a["id"]], numbers[a["syndicated_from"]]) for a in gold["articles"] if a["syndicated_from"]]
        expected: list[set[int]] = [set() for _ in numbers]
        for copy, original in noted:
            expected[copy].add(original)
            expected[original].add(copy)
        assert copies([read(str(file.parent / a["file"]))[0] for a in gold["articles"]]) == expected, file


def test_five_hundred_articles_take_seconds() -> None:
    chance = random.Random(11)
    syllables = [
        a + b for a in ("ba", "do", "fe", "gi", "ku", "lo", "ma", "ne", "pi", "ru", "sa", "ti") for b in ("n", "r", "st", "l", "ck")
    ]

    def sentence() -> str:
        return " ".join("".join(chance.choices(syllables, k=2)) for _ in range(chance.randint(5, 24))).capitalize() + "."

    wires = [[sentence() for _ in range(20)] for _ in range(40)]
    articles = []
    for n in range(500):
        wire = list(wires[n % 40])
        wire[n % 20] = wire[n % 20].replace(" ", f" {n} ", 1)
        named = f"The mayor told the Courier{chance.randrange(500)} Gazette that {sentence()}"
        articles.append(told((*(sentence() for _ in range(n % 7)), named), tuple(wire)[: 10 + n % 11], outlet=f"Courier{n} Gazette"))
    start = time.process_time()
    found = origins(*articles)
    assert time.process_time() - start < 30, "two seconds where nothing else runs"
    assert 40 <= len(found.groups) < 500
