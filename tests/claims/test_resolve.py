"""What pronouns, short names and descriptions stand for, and when nothing is said. Trees by hand: word/TAG/relation/head from 1."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from factcheck.claims.resolve import Reference, owner, resolve, wording
from factcheck.claims.training.gap import gap_score

VOCAB = English().vocab
POS = {
    "VB": "VERB", "NN": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "IN": "ADP", "JJ": "ADJ", "MD": "AUX", "RB": "ADV", "PR": "PRON",
    "CD": "NUM", "DT": "DET", "CC": "CCONJ", "TO": "PART", ",": "PUNCT",
}  # fmt: skip
LEMMAS = {"workers": "worker", "ferries": "ferry", "unions": "union"}


def doc(*sentences: str, names: dict[str, str] | None = None) -> Doc:
    """A document of one tree a sentence; ``names``: labels of names by their words."""
    words, tags, deps, heads, starts = [], [], [], [], []
    for sentence in sentences:
        first = len(words)
        for k, token in enumerate(sentence.split()):
            word, tag, dep, head = token.rsplit("/", 3)
            words.append(word)
            tags.append(tag)
            deps.append(dep)
            heads.append(first + (int(head) - 1 if int(head) else k))
            starts.append(k == 0)
    aux = ("aux", "aux:pass", "cop")
    pos = ["AUX" if d in aux else POS.get(t, POS.get(t[:2], "X")) for t, d in zip(tags, deps, strict=True)]
    lemmas = [LEMMAS.get(w.lower(), w.lower()) for w in words]
    out = Doc(VOCAB, words=words, tags=tags, pos=pos, lemmas=lemmas, deps=deps, heads=heads, sent_starts=starts)
    spans = []
    for name, label in (names or {}).items():
        size = len(name.split())
        spans += [Span(out, i, i + size, label=label) for i in range(len(out)) if out[i : i + size].text == name]
    out.set_ents(filter_spans(spans), default="outside")
    return out


def found(text: Doc, word: str, nth: int = 0) -> Reference | None:
    """The reference of the nth token that is ``word``."""
    at = [t.i for t in text if t.text == word][nth]
    return resolve(text).get(at)


def stands_for(text: Doc, word: str, nth: int = 0) -> str | None:
    """What the token is sure to stand for, in words that fit in its place."""
    reference = found(text, word, nth)
    return wording(text, reference, resolve(text)) if reference is not None and not reference.ambiguous else None


RESIGNED = "Helen/NNP/nsubj/3 Marchbank/NNP/flat/1 resigned/VBD/ROOT/0"


def test_a_pronoun_takes_the_full_name() -> None:
    text = doc(RESIGNED, "She/PRP/nsubj/2 cited/VBD/ROOT/0 her/PRP$/nmod:poss/4 health/NN/obj/2")
    assert stands_for(text, "She") == "Helen Marchbank"
    assert stands_for(text, "her") == "Helen Marchbank's"


def test_gender_decides_between_two_people() -> None:
    met = "Helen/NNP/nsubj/3 Marchbank/NNP/flat/1 met/VBD/ROOT/0 Tomasz/NNP/obj/3 Ruud/NNP/flat/4"
    text = doc(met, "He/PRP/nsubj/2 declined/VBD/ROOT/0", "She/PRP/nsubj/2 agreed/VBD/ROOT/0")
    assert stands_for(text, "He") == "Tomasz Ruud"
    assert stands_for(text, "She") == "Helen Marchbank"


def test_two_men_alike_are_ambiguous() -> None:
    text = doc(
        "Mr/NNP/nmod:desc/2 Okafor/NNP/nsubj/3 spoke/VBD/ROOT/0 to/IN/case/6 Mr/NNP/nmod:desc/6 Lund/NNP/obl/3"
        " after/IN/case/9 his/PRP$/nmod:poss/9 arrest/NN/obl/3"
    )
    reference = found(text, "his")
    assert reference is not None
    assert reference.ambiguous


def test_an_object_is_never_its_own_clause_s_subject() -> None:
    text = doc(
        "Anders/NNP/nsubj/2 arrived/VBD/ROOT/0",
        "Boris/NNP/nsubj/2 praised/VBD/ROOT/0 him/PRP/obj/2 and/CC/cc/5 thanked/VBD/conj/2 him/PRP/obj/5",
    )
    for nth in (0, 1):
        reference = found(text, "him", nth)
        assert reference is not None
        assert text[reference.antecedent_start].text == "Anders"


def test_a_reflexive_is_its_clause_s_subject() -> None:
    text = doc("Anders/NNP/nsubj/2 arrived/VBD/ROOT/0", "Boris/NNP/nsubj/2 hurt/VBD/ROOT/0 himself/PRP/obj/2")
    assert stands_for(text, "himself") == "Boris"


def test_a_pronoun_may_point_forward_from_an_opening_clause() -> None:
    text = doc("When/WRB/mark/3 she/PRP/nsubj/3 arrived/VBD/advcl/6 ,/,/punct/3 Ingrid/NNP/nsubj/6 spoke/VBD/ROOT/0")
    reference = found(text, "she")
    assert reference is not None
    assert text[reference.antecedent_start].text == "Ingrid"


def test_a_main_clause_does_not_point_forward() -> None:
    text = doc("She/PRP/nsubj/2 spoke/VBD/ROOT/0 when/WRB/mark/5 Ingrid/NNP/nsubj/5 arrived/VBD/advcl/2")
    assert found(text, "She") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "It/PRP/expl/3 is/VBZ/cop/3 clear/JJ/ROOT/0 that/IN/mark/6 Ondrel/NNP/nsubj/6 failed/VBD/csubj/3",
        "It/PRP/expl/2 rained/VBD/ROOT/0",
    ],
)
def test_it_that_stands_for_nothing(sentence: str) -> None:
    text = doc("Ondrel/NNP/nsubj/2 sued/VBD/ROOT/0", sentence, names={"Ondrel": "Organization"})
    assert found(text, "It") is None


def test_a_person_is_never_it_and_a_place_never_she() -> None:
    text = doc(
        "Helen/NNP/nsubj/2 visited/VBD/ROOT/0 Kendari/NNP/obj/2",
        "It/PRP/nsubj/2 pleased/VBD/ROOT/0 her/PRP/obj/2",
        names={"Helen": "Person", "Kendari": "Location"},
    )
    it, her = found(text, "It"), found(text, "her")
    assert it is None or text[it.antecedent_start].text == "Kendari"
    assert her is not None
    assert text[her.antecedent_start].text == "Helen"


def test_a_surname_and_an_acronym_take_the_full_name() -> None:
    text = doc(
        RESIGNED,
        "Port/NNP/compound/3 Ellery/NNP/compound/3 Docks/NNP/nsubj/4 thanked/VBD/ROOT/0 Mrs/NNP/nmod:desc/6 Marchbank/NNP/obj/4",
        "PED/NNP/nsubj/2 declined/VBD/ROOT/0",
        names={"Port Ellery Docks": "Organization", "PED": "Organization"},
    )
    assert stands_for(text, "Marchbank", 1) == "Helen Marchbank"
    assert stands_for(text, "PED") == "Port Ellery Docks"


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("New/NNP/compound/2 York/NNP/nsubj/3 voted/VBD/ROOT/0", "York/NNP/nsubj/2 abstained/VBD/ROOT/0"),
        ("Mr/NNP/nmod:desc/2 Hale/NNP/nsubj/3 voted/VBD/ROOT/0", "Mrs/NNP/nmod:desc/2 Hale/NNP/nsubj/3 abstained/VBD/ROOT/0"),
        ("Holm/NNP/compound/2 Bay/NNP/nsubj/3 flooded/VBD/ROOT/0", "Holm/NNP/nsubj/2 resigned/VBD/ROOT/0"),
    ],
)
def test_names_that_only_look_alike_stay_apart(full: str, short: str) -> None:
    assert not any(r.kind == "name" for r in resolve(doc(full, short)).values())


def test_a_make_is_not_its_numbered_model() -> None:
    text = doc(
        "Ondrel/NNP/nsubj/3 9/CD/nummod/1 sells/VBD/ROOT/0",
        "Ondrel/NNP/nsubj/2 grew/VBD/ROOT/0",
        names={"Ondrel 9": "Organization", "Ondrel": "Organization"},
    )
    assert found(text, "Ondrel", 1) is None


def test_a_surname_that_two_share_is_ambiguous() -> None:
    text = doc(
        "Anna/NNP/nsubj/3 Berg/NNP/flat/1 met/VBD/ROOT/0 Lars/NNP/obj/3 Berg/NNP/flat/4",
        "Berg/NNP/nsubj/2 wept/VBD/ROOT/0",
    )
    assert stands_for(text, "Berg", 2) is None


CARMAKER = "Ondrel/NNP/nsubj/6 ,/,/punct/4 a/DT/det/4 carmaker/NN/appos/1 ,/,/punct/4 sued/VBD/ROOT/0 Brightwell/NNP/obj/6"


def test_a_description_takes_the_name_that_the_text_gave_it() -> None:
    text = doc(CARMAKER, "The/DT/det/2 carmaker/NN/nsubj/3 won/VBD/ROOT/0", names={"Brightwell": "Organization"})
    assert stands_for(text, "carmaker", 1) == "Ondrel"


def test_the_company_may_be_the_carmaker_and_it_follows() -> None:
    text = doc(
        CARMAKER,
        "The/DT/det/2 company/NN/nsubj/3 won/VBD/ROOT/0 its/PRP$/nmod:poss/5 case/NN/obj/3",
        names={"Ondrel": "Organization", "Brightwell": "Organization"},
    )
    assert stands_for(text, "company") == "Ondrel"
    assert stands_for(text, "its") == "Ondrel's"


def test_a_description_that_fits_two_is_ambiguous() -> None:
    ministers = "The/DT/det/2 minister/NN/nsubj/4 Ruud/NNP/appos/2 met/VBD/ROOT/0 the/DT/det/6 minister/NN/obj/4 Okafor/NNP/appos/6"
    assert stands_for(doc(ministers, "The/DT/det/2 minister/NN/nsubj/3 left/VBD/ROOT/0"), "minister", 2) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The/DT/det/2 carmaker/NN/nsubj/6 that/WDT/nsubj/4 lost/VBD/acl:relcl/2 has/VBZ/aux/6 appealed/VBN/ROOT/0",
        "A/DT/det/2 carmaker/NN/nsubj/3 appealed/VBD/ROOT/0",
        "The/DT/det/3 other/JJ/amod/3 carmaker/NN/nsubj/4 appealed/VBD/ROOT/0",
        "The/DT/det/2 airport/NN/nsubj/3 closed/VBD/ROOT/0",
    ],
)
def test_what_is_said_anew_or_of_another_is_left_alone(sentence: str) -> None:
    assert not any(r.kind == "description" for r in resolve(doc(CARMAKER, sentence)).values())


def test_a_headline_without_commas_equates_nothing() -> None:
    text = doc(
        "Magnitude/NNP/nsubj/4 6.4/CD/nummod/3 quake/NN/appos/1 strikes/VBZ/ROOT/0",
        "The/DT/det/2 quake/NN/nsubj/3 hit/VBD/ROOT/0",
    )
    assert stands_for(text, "quake", 1) is None


def test_an_age_is_its_bearer() -> None:
    text = doc(
        "Inge/NNP/nsubj/6 Holm/NNP/flat/1 ,/,/punct/4 42/CD/appos/1 ,/,/punct/4 met/VBD/ROOT/0 Lars/NNP/obj/6 Berg/NNP/flat/7",
        "The/DT/det/2 42-year-old/NN/nsubj/3 smiled/VBD/ROOT/0",
    )
    assert stands_for(text, "42-year-old") == "Inge Holm"


def test_a_thing_without_a_name_is_called_by_its_first_words() -> None:
    text = doc(
        "A/DT/det/3 passenger/NN/compound/3 ferry/NN/nsubj/4 sank/VBD/ROOT/0",
        "The/DT/det/2 ferry/NN/nsubj/4 was/VBD/aux:pass/4 built/VBN/ROOT/0 in/IN/case/6 1998/CD/obl/4",
    )
    assert stands_for(text, "ferry", 1) == "the passenger ferry"


def test_first_persons_are_their_speaker_and_he_is_not() -> None:
    text = doc(
        "I/PRP/nsubj/2 trust/VBP/ROOT/0 him/PRP/obj/2",
        "Boris/NNP/nsubj/2 said/VBD/ROOT/0",
        "We/PRP/nsubj/2 trust/VBP/ROOT/0 him/PRP/obj/2",
    )
    speakers = dict.fromkeys((0, 1, 2, 5, 6, 7), (3,))
    references = resolve(text, speakers=speakers)
    assert wording(text, references[0], references) == "Boris"
    assert not references[0].ambiguous
    assert references[5].ambiguous
    assert 7 not in references


def test_words_to_put_in_have_their_own_pronouns_resolved() -> None:
    text = doc(
        "Helen/NNP/nsubj/3 Marchbank/NNP/flat/1 thanked/VBD/ROOT/0 her/PRP$/nmod:poss/5 father/NN/obj/3",
        "He/PRP/nsubj/2 wept/VBD/ROOT/0",
    )
    assert stands_for(text, "He") == "Helen Marchbank's father"


def test_possessives() -> None:
    assert [owner(n) for n in ("Ondrel", "the workers", "Elena Rojas")] == ["Ondrel's", "the workers'", "Elena Rojas's"]


def test_an_empty_and_an_unparsed_document() -> None:
    assert resolve(doc()) == {}
    assert resolve(doc("Ondrel/NN/dep/0 ,/,/dep/0 he/PRP/dep/0 it/PRP/dep/0")) is not None


def test_gap_counts_right_wrong_and_unanswered(tmp_path: Path) -> None:
    text = doc("Helen/NNP/nsubj/2 met/VBD/ROOT/0 Tomasz/NNP/obj/2", "She/PRP/nsubj/2 smiled/VBD/ROOT/0")

    def row(name: str, *, right: bool) -> dict[str, object]:
        candidates = [{"text": n, "start": a, "end": a + len(n), "coref": (n == name) == right} for n, a in (("Helen", 0), ("Tomasz", 10))]
        return {"text": text.text, "pronoun": {"text": "She", "start": 17, "end": 20}, "candidates": candidates}

    path = tmp_path / "gap.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(r) + "\n" for r in (row("Helen", right=True), row("Helen", right=False)))
    score = gap_score(path, lambda texts: [text for _ in texts])
    assert (score["precision"], score["recall"], score["f1"], score["feminine f1"]) == (50.0, 50.0, 50.0, 50.0)
    assert gap_score(path, lambda texts: [text for _ in texts], least=1.01)["answered"] == 0.0
