"""Who says what: content, speaker and stance of every attribution, and what is none. Trees are written by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from factcheck.claims.attribution import Attribution, attributions, scare_quotes, spoken
from factcheck.claims.saying.quotation import quotations

VOCAB = English().vocab
POS = {
    "NN": "NOUN",
    "NNP": "PROPN",
    "PRP": "PRON",
    "MD": "AUX",
    "JJ": "ADJ",
    "RB": "ADV",
    "IN": "ADP",
    "CD": "NUM",
    "DT": "DET",
    "CC": "CCONJ",
}
LEMMAS = {
    **dict.fromkeys(("said", "says"), "say"),
    "told": "tell",
    "wrote": "write",
    "denied": "deny",
    "asked": "ask",
    "found": "find",
    "heard": "hear",
    "was": "be",
    "is": "be",
    "declined": "decline",
    "confirmed": "confirm",
    "claims": "claim",
    "claimed": "claim",
    "expects": "expect",
    "hopes": "hope",
    "expected": "expect",
    "alleged": "allege",
    "accused": "accuse",
    "shows": "show",
    "words": "word",
    "pointed": "point",
    "plans": "plan",
    "rejected": "reject",
    "reports": "report",
    "quoted": "quote",
    "saying": "say",
    "warning": "warn",
    "adding": "add",
    "lied": "lie",
}


@dataclass
class Sentence:
    """Text, and one ``word/TAG/head/relation`` a token; heads count from 1, the root has 0."""

    text: str
    tree: str


def doc(*sentences: Sentence) -> Doc:
    """A document; paragraphs part where a sentence's text ends with a blank line."""
    words, spaces, tags, pos, heads, deps, starts = [], [], [], [], [], [], []
    for sentence in sentences:
        base, at = len(words), 0
        for number, row in enumerate(sentence.tree.split()):
            word, tag, head, dep = row.rsplit("/", 3)
            found = sentence.text.index(word, at)
            assert not sentence.text[at:found].strip(), (word, sentence.text)
            at = found + len(word)
            words.append(word)
            spaces.append(at >= len(sentence.text) or sentence.text[at] == " ")
            tags.append(tag)
            auxiliary = dep in ("aux", "aux:pass", "cop")
            pos.append(
                "AUX" if auxiliary else "VERB" if tag[:2] == "VB" else POS.get(tag, POS.get(tag[:2], "PUNCT" if dep == "punct" else "X"))
            )
            heads.append(base + (int(head) - 1 if int(head) else number))
            deps.append("ROOT" if head == "0" else dep)
            starts.append(number == 0)
        if sentence.text.endswith("\n\n"):
            words, spaces, tags, pos = [*words, "\n\n"], [*spaces, False], [*tags, "_SP"], [*pos, "SPACE"]
            heads, deps, starts = [*heads, len(words) - 2], [*deps, "dep"], [*starts, False]
    lemmas = [LEMMAS.get(w.lower(), w.lower().removesuffix("s") if t == "NNS" else w.lower()) for w, t in zip(words, tags, strict=True)]
    return Doc(VOCAB, words=words, spaces=spaces, tags=tags, pos=pos, lemmas=lemmas, heads=heads, deps=deps, sent_starts=starts)


def shown(of: Doc, attribution: Attribution) -> tuple[str, str, str, str]:
    """(speaker, cue, stance, content) in words; "+" and "-" after the stance for direct and negated."""
    parts = [" ".join(of[i].text for i in part) for part in (attribution.speaker, attribution.cue, attribution.content)]
    stance = attribution.stance + "+" * attribution.direct + "-" * attribution.negated
    return parts[0], parts[1], stance, parts[2]


def read(*sentences: Sentence) -> list[tuple[str, str, str, str]]:
    of = doc(*sentences)
    return [shown(of, a) for a in attributions(of)]


FINDS = [
    # Quotations: the cue after, before and in the middle; the speaker turned round, with an apposition.
    (
        Sentence(
            "“We will close the plant,” said Lena Ortiz, a director at Hull & Sons.",
            "“/``/4/punct We/PRP/4/nsubj will/MD/4/aux close/VB/9/ccomp the/DT/6/det plant/NN/4/obj ,/,/4/punct"
            " ”/''/4/punct said/VBD/0/root"
            " Lena/NNP/9/nsubj Ortiz/NNP/10/flat ,/,/14/punct a/DT/14/det director/NN/10/appos at/IN/16/case Hull/NNP/14/nmod"
            " &/CC/18/cc Sons/NNPS/16/conj ././9/punct",
        ),
        [("Lena Ortiz , a director at Hull & Sons", "said", "said+", "We will close the plant")],
    ),
    (
        Sentence(
            'The mayor told the BBC: "Nobody warned us."',
            'The/DT/2/det mayor/NN/3/nsubj told/VBD/0/root the/DT/5/det BBC/NNP/3/obj :/:/8/punct "/``/8/punct'
            " Nobody/NN/9/nsubj warned/VBD/3/ccomp"
            " us/PRP/9/obj ././9/punct \"/''/9/punct",
        ),
        [("The mayor", "told", "said+", "Nobody warned us")],
    ),
    (
        Sentence(
            "‘It leaks,’ Ms Adeyemi said, ‘and nobody minds.’",
            "‘/``/3/punct It/PRP/3/nsubj leaks/VBZ/0/root ,/,/3/punct ’/''/3/punct Ms/NNP/8/nsubj Adeyemi/NNP/6/flat"
            " said/VBD/3/parataxis ,/,/8/punct"
            " ‘/``/13/punct and/CC/13/cc nobody/NN/13/nsubj minds/VBZ/3/conj ././3/punct ’/''/3/punct",
        ),
        [("Ms Adeyemi", "said", "said+", "It leaks and nobody minds")],
    ),
    # Indirect speech, with what belongs to the cue.
    (
        Sentence(
            "The fire service has confirmed that the bridge is closed.",
            "The/DT/3/det fire/NN/3/compound service/NN/5/nsubj has/VBZ/5/aux confirmed/VBN/0/root that/IN/10/mark"
            " the/DT/8/det bridge/NN/10/nsubj"
            " is/VBZ/10/cop closed/JJ/5/ccomp ././5/punct",
        ),
        [("The fire service", "has confirmed", "said", "the bridge is closed")],
    ),
    (
        Sentence(
            "The bridge, police said, is closed.",
            "The/DT/2/det bridge/NN/8/nsubj ,/,/5/punct police/NN/5/nsubj said/VBD/8/parataxis ,/,/5/punct"
            " is/VBZ/8/cop closed/JJ/0/root ././8/punct",
        ),
        [("police", "said", "said", "The bridge is closed")],
    ),
    (
        Sentence(
            "She pointed out that prices fell.",
            "She/PRP/2/nsubj pointed/VBD/0/root out/RP/2/compound:prt that/IN/6/mark prices/NNS/6/nsubj fell/VBD/2/ccomp ././2/punct",
        ),
        [("She", "pointed out", "said", "prices fell")],
    ),
    (
        Sentence(
            "A letter warning that jobs were at risk was leaked.",
            "A/DT/2/det letter/NN/10/nsubj:pass warning/VBG/2/acl that/IN/8/mark jobs/NNS/8/nsubj were/VBD/8/cop"
            " at/IN/8/case risk/NN/3/ccomp"
            " was/VBD/10/aux:pass leaked/VBN/0/root ././10/punct",
        ),
        [("A letter", "warning", "said", "jobs were at risk")],
    ),
    # Stances.
    (
        Sentence(
            "The bank expects inflation to slow.",
            "The/DT/2/det bank/NN/3/nsubj expects/VBZ/0/root inflation/NN/3/obj to/TO/6/mark slow/VB/3/xcomp ././3/punct",
        ),
        [("The bank", "expects", "expects", "inflation to slow")],
    ),
    (
        Sentence(
            "The firm plans to hire nurses.",
            "The/DT/2/det firm/NN/3/nsubj plans/VBZ/0/root to/TO/5/mark hire/VB/3/xcomp nurses/NNS/5/obj ././3/punct",
        ),
        [("The firm", "plans", "plans", "to hire nurses")],
    ),
    (
        Sentence(
            "The union accused ministers of hiding figures.",
            "The/DT/2/det union/NN/3/nsubj accused/VBD/0/root ministers/NNS/3/obj of/IN/6/mark hiding/VBG/3/advcl"
            " figures/NNS/6/obj ././3/punct",
        ),
        [("The union", "accused", "alleged", "ministers hiding figures")],
    ),
    (
        Sentence(
            "He denied taking bribes.",
            "He/PRP/2/nsubj denied/VBD/0/root taking/VBG/2/xcomp bribes/NNS/3/obj ././2/punct",
        ),
        [("He", "denied", "denied", "taking bribes")],
    ),
    (
        Sentence(
            "Reporters asked whether the plant leaked.",
            "Reporters/NNS/2/nsubj asked/VBD/0/root whether/IN/6/mark the/DT/5/det plant/NN/6/nsubj leaked/VBD/2/ccomp ././2/punct",
        ),
        [("Reporters", "asked", "asked", "whether the plant leaked")],
    ),
    # Said by nobody named.
    (
        Sentence(
            "The driver is alleged to have fled.",
            "The/DT/2/det driver/NN/4/nsubj:pass is/VBZ/4/aux:pass alleged/VBN/0/root to/TO/7/mark have/VB/7/aux"
            " fled/VBN/4/xcomp ././4/punct",
        ),
        [("", "is alleged", "alleged", "The driver to have fled")],
    ),
    (
        Sentence(
            "It is expected that rates will rise.",
            "It/PRP/3/expl is/VBZ/3/aux:pass expected/VBN/0/root that/IN/7/mark rates/NNS/7/nsubj will/MD/7/aux"
            " rise/VB/3/csubj ././3/punct",
        ),
        [("", "is expected", "expects", "rates will rise")],
    ),
    (
        Sentence(
            "The court heard that he lied.",
            "The/DT/2/det court/NN/3/nsubj heard/VBD/0/root that/IN/6/mark he/PRP/6/nsubj lied/VBD/3/ccomp ././3/punct",
        ),
        [("", "heard", "said", "he lied")],
    ),
    # Not said: the content is kept apart from what is.
    (
        Sentence(
            "The club did not say that he resigned.",
            "The/DT/2/det club/NN/5/nsubj did/VBD/5/aux not/RB/5/advmod say/VB/0/root that/IN/8/mark he/PRP/8/nsubj"
            " resigned/VBD/5/ccomp ././5/punct",
        ),
        [("The club", "did not say", "said-", "he resigned")],
    ),
    (
        Sentence(
            "The club declined to say whether he resigned.",
            "The/DT/2/det club/NN/3/nsubj declined/VBD/0/root to/TO/5/mark say/VB/3/xcomp whether/IN/8/mark"
            " he/PRP/8/nsubj resigned/VBD/5/ccomp"
            " ././3/punct",
        ),
        [("The club", "declined to say", "said-", "whether he resigned")],
    ),
    (
        Sentence(
            "Critics could say that it failed.",
            "Critics/NNS/3/nsubj could/MD/3/aux say/VB/0/root that/IN/6/mark it/PRP/6/nsubj failed/VBD/3/ccomp ././3/punct",
        ),
        [("Critics", "could say", "said-", "it failed")],
    ),
    # Nouns, phrases, adverbs.
    (
        Sentence(
            "The council rejected reports that it lied.",
            "The/DT/2/det council/NN/3/nsubj rejected/VBD/0/root reports/NNS/3/obj that/IN/7/mark it/PRP/7/nsubj"
            " lied/VBD/4/acl ././3/punct",
        ),
        [("The council", "rejected reports", "denied", "it lied")],
    ),
    (
        Sentence(
            "Her claim that he lied hurt.",
            "Her/PRP$/2/nmod:poss claim/NN/6/nsubj that/IN/5/mark he/PRP/5/nsubj lied/VBD/2/acl hurt/VBD/0/root ././6/punct",
        ),
        [("Her", "claim", "alleged", "he lied")],
    ),
    (
        Sentence(
            "Two men drowned, according to the coastguard.",
            "Two/CD/2/nummod men/NNS/3/nsubj drowned/VBD/0/root ,/,/8/punct according/VBG/8/case to/IN/5/fixed"
            " the/DT/8/det coastguard/NN/3/obl ././3/punct",
        ),
        [("the coastguard", "according to", "said", "Two men drowned")],
    ),
    (
        Sentence(
            "In the words of Dr Amin, trust collapsed.",
            "In/IN/3/case the/DT/3/det words/NNS/9/obl of/IN/5/case Dr/NNP/3/nmod Amin/NNP/5/flat ,/,/3/punct"
            " trust/NN/9/nsubj collapsed/VBD/0/root"
            " ././9/punct",
        ),
        [("Dr Amin", "In the words", "said", "trust collapsed")],
    ),
    (
        Sentence(
            "As the judge put it, trust collapsed.",
            "As/IN/4/mark the/DT/3/det judge/NN/4/nsubj put/VBD/8/advcl it/PRP/4/obj ,/,/4/punct trust/NN/8/nsubj"
            " collapsed/VBD/0/root ././8/punct",
        ),
        [("the judge", "put", "said", "trust collapsed")],
    ),
    (
        Sentence(
            "The paper quoted her as saying that he lied.",
            "The/DT/2/det paper/NN/3/nsubj quoted/VBD/0/root her/PRP/3/obj as/IN/6/mark saying/VBG/3/advcl"
            " that/IN/9/mark he/PRP/9/nsubj"
            " lied/VBD/6/ccomp ././3/punct",
        ),
        [("her", "saying", "said", "he lied")],
    ),
    (
        Sentence(
            "The dam allegedly leaked.",
            "The/DT/2/det dam/NN/4/nsubj allegedly/RB/4/advmod leaked/VBD/0/root ././4/punct",
        ),
        [("", "allegedly", "alleged", "The dam leaked")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), FINDS, ids=[s.text for s, _ in FINDS])
def test_attributions_finds(sentence: Sentence, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(sentence) == expected


NOTHING = [
    Sentence("He said no.", "He/PRP/2/nsubj said/VBD/0/root no/UH/2/obj ././2/punct"),
    Sentence(
        "Residents were told to leave.",
        "Residents/NNS/3/nsubj:pass were/VBD/3/aux:pass told/VBN/0/root to/TO/5/mark leave/VB/3/xcomp ././3/punct",
    ),
    Sentence(
        "I must say that it works.",
        "I/PRP/3/nsubj must/MD/3/aux say/VB/0/root that/IN/6/mark it/PRP/6/nsubj works/VBZ/3/ccomp ././3/punct",
    ),
    Sentence(
        "It needs, say, ten nurses.",
        "It/PRP/2/nsubj needs/VBZ/0/root ,/,/4/punct say/VB/7/discourse ,/,/4/punct ten/CD/7/nummod nurses/NNS/2/obj ././2/punct",
    ),
    Sentence(
        "This shows that it works.",
        "This/DT/2/nsubj shows/VBZ/0/root that/IN/5/mark it/PRP/5/nsubj works/VBZ/2/ccomp ././2/punct",
    ),
    Sentence(
        "Work went according to plan.",
        "Work/NN/2/nsubj went/VBD/0/root according/VBG/5/case to/IN/3/fixed plan/NN/2/obl ././2/punct",
    ),
    Sentence(
        "For Ana Ruiz, the vote was a shock.",
        "For/IN/2/case Ana/NNP/9/obl Ruiz/NNP/2/flat ,/,/2/punct the/DT/6/det vote/NN/9/nsubj was/VBD/9/cop a/DT/9/det"
        " shock/NN/0/root ././9/punct",
    ),
    Sentence(
        "The film “Nothing Ever Happens Here” opened.",
        "The/DT/2/det film/NN/8/nsubj “/``/4/punct Nothing/NN/2/appos Ever/RB/4/dep Happens/NNP/4/dep Here/RB/4/dep"
        " ”/''/4/punct opened/VBD/0/root"
        " ././9/punct",
    ),
    Sentence(
        "Wells ran dry, so they complained.",
        "Wells/NNS/2/nsubj ran/VBD/0/root dry/JJ/2/xcomp ,/,/7/punct so/RB/7/advmod they/PRP/7/nsubj"
        " complained/VBD/2/parataxis ././2/punct",
    ),
    Sentence(
        "She revealed how the trick works.",
        "She/PRP/2/nsubj revealed/VBD/0/root how/WRB/6/advmod the/DT/5/det trick/NN/6/nsubj works/VBZ/2/ccomp ././2/punct",
    ),
]


@pytest.mark.parametrize("sentence", NOTHING, ids=[s.text for s in NOTHING])
def test_attributions_leaves_alone(sentence: Sentence) -> None:
    assert read(sentence) == []


def said(text: str, speaker: str = "Ana") -> Sentence:
    """``text`` is a quotation whose first and last marks stand alone, then ``X said.``: its words hang on the first of them."""
    words = text.replace("“", "“ ").replace("”", " ”").replace(".", " .").replace(",", " ,").split()
    count = len(words)
    rows = " ".join(
        f"{w}/{'NN' if w.isalpha() else w}/{count + 2 if k == 1 else 2}/{'ccomp' if k == 1 else 'dep' if w.isalpha() else 'punct'}"
        for k, w in enumerate(words)
    )
    return Sentence(f"{text} {speaker} said.", f"{rows} {speaker}/NNP/{count + 2}/nsubj said/VBD/0/root ././{count + 2}/punct")


def plain(text: str) -> Sentence:
    """Words that hang on the first word."""
    words = text.replace("“", "“ ").replace("”", " ”").replace(".", " .").split()
    first = next(k for k, w in enumerate(words) if w.isalpha()) + 1
    rows = [
        f"{w}/{'NN' if w.isalpha() else w}/{0 if k + 1 == first else first}/{'dep' if w.isalpha() else 'punct'}"
        for k, w in enumerate(words)
    ]
    return Sentence(text, " ".join(rows))


def test_attributions_quotation_goes_on_in_the_next_sentence() -> None:
    found = read(said("“Rents doubled,”"), plain("“Nobody can pay.”"))
    assert found == [("Ana", "said", "said+", "Rents doubled"), ("Ana", "said", "said+", "Nobody can pay")]


def test_attributions_quotation_of_several_sentences_has_one_speaker() -> None:
    found = read(plain("“Rents doubled."), said("Nobody paid,”"))
    assert found == [("Ana", "said", "said+", "Rents doubled . Nobody paid")]


def test_attributions_quotation_goes_on_in_the_next_paragraph_if_left_open() -> None:
    opened = Sentence(
        "Ana said: “Rents doubled.\n\n",
        "Ana/NNP/2/nsubj said/VBD/0/root :/:/5/punct “/``/5/punct Rents/NNS/6/nsubj doubled/VBD/2/ccomp ././2/punct",
    )
    found = read(opened, plain("“Nobody can pay.”"))
    assert found == [("Ana", "said", "said+", "Rents doubled"), ("Ana", "said", "said+", "Nobody can pay")]


@pytest.mark.parametrize(
    "sentences",
    [
        (Sentence(said("“Rents doubled,”").text + "\n\n", said("“Rents doubled,”").tree), plain("“Nobody can pay.”")),
        (said("“Rents doubled,”"), plain("Wages fell."), plain("“Nobody can pay.”")),
        (said("“Rents doubled,”"), plain("“Nobody can pay.” That hurts.")),
        (said("“Rents doubled,”"), plain("“Nobody can pay.")),
    ],
    ids=["next paragraph", "a sentence between", "not a whole sentence", "never closed"],
)
def test_attributions_quotation_without_cue_is_nobodys(sentences: tuple[Sentence, ...]) -> None:
    assert read(*sentences) == [("Ana", "said", "said+", "Rents doubled")]


QUOTE_IN_QUOTE = Sentence(
    "“He told me ‘go home’,” Ana said.",
    "“/``/3/punct He/PRP/3/nsubj told/VBD/12/ccomp me/PRP/3/iobj ‘/``/6/punct go/VB/3/ccomp home/RB/6/advmod"
    " ’/''/6/punct ,/,/3/punct ”/''/3/punct"
    " Ana/NNP/12/nsubj said/VBD/0/root ././12/punct",
)


def test_spoken_gives_the_innermost() -> None:
    of = doc(QUOTE_IN_QUOTE)
    found = attributions(of)
    assert [shown(of, a) for a in found] == [("Ana", "said", "said+", "He told me go home"), ("He", "told", "said+", "go home")]
    numbers = spoken(of)
    assert [of[i].text for i, n in enumerate(numbers) if n == 1] == ["go", "home"]
    assert [of[i].text for i, n in enumerate(numbers) if n == 0][:3] == ["He", "told", "me"]
    assert numbers[-2] is None


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('They call it "progress" here .', ["progress"]),
        ("They call it “progress” here .", ["progress"]),
        ("They call it „progress“ here .", ["progress"]),
        ("They call it «progress» here .", ["progress"]),
        ("They call it »progress« here .", ["progress"]),
        ("They call it ‘progress’ here .", ["progress"]),
        ("They call it 'progress' here .", ["progress"]),
        ("The “so ‘called’ plan” failed .", ["so ‘ called ’ plan", "called"]),
        ("The nurses ' pay fell .", []),
        ("It was “never closed .", []),
        ("It was closed” twice .", []),
        ("Back in the ' 90s it was “new” .", ["new"]),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    words = re.findall(r"[\w]+|[^\w\s]", text)
    at, spaces = 0, []
    for word in words:
        at = text.index(word, at) + len(word)
        spaces.append(text[at : at + 1] == " ")
    tags = ["POS" if w == "'" and text.startswith("The nurses") else "NN" for w in words]
    of = Doc(VOCAB, words=words, spaces=spaces, tags=tags)
    assert [" ".join(of[i].text for i in q.inside) for q in quotations(of)] == inside


def test_scare_quotes() -> None:
    of = doc(plain("The “smart” meters failed."), said("“Rents doubled,”"), plain("“Nobody.”"))
    assert [of[a:b].text for a, b in scare_quotes(of)] == ["smart"]


def test_nothing_in_an_empty_document() -> None:
    of = Doc(VOCAB, words=[])
    assert attributions(of) == ()
    assert spoken(of) == []
    assert scare_quotes(of) == ()
