"""The embedded syntax model on any text: nothing is lost, sentences are whole, and plain news is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from spacy.tokens import Doc, Span
from tokenizers import Tokenizer, models

from factcheck.claims.parsing.layout import MOST_TOKENS, SHAPE_CODES, SHAPES, Layout, shape_of
from factcheck.claims.parsing.network import SyntaxNetwork
from factcheck.claims.syntax import Syntax, load_syntax
from factcheck.networks.encoder import EncoderConfig
from factcheck.networks.files import embedded_folder


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    return load_syntax()


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout.from_file(embedded_folder("syntax-en") / "tokenizer.json")


# Rows.


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("strike", "lower"),
        ("Strike", "Title"),
        ("A", "Title"),
        ("NATO", "UPPER"),
        ("U.S.", "UPPER"),
        ("McDonald", "miXed"),
        ("iPhone", "miXed"),
        ("Émile", "Title"),
        ("2,000", "number"),
        ("G7", "number"),
        ("—", "other"),
        ("🏆", "other"),
        ("", "other"),
        ("東京", "miXed"),
    ],
)
def test_a_shape_is_how_a_word_is_written(word: str, kind: str) -> None:
    plain, spaced = shape_of(word, spaced=False), shape_of(word, spaced=True)
    assert SHAPES[plain // 2] == SHAPES[spaced // 2] == kind
    assert (plain % 2, spaced % 2) == (0, 1)
    assert spaced < SHAPE_CODES


def test_every_word_has_one_to_eight_pieces(layout: Layout) -> None:
    words = ["Ministers", "n't", "\u200b", "\x00", "🏆", "€", "x" * 20_000, "a-b-c-d-e-f-g-h-i-j-k", "qzxv" * 20, "Ĳssel", " ", "кот"]
    pieces = layout.pieces(words)
    assert len(pieces) == len(words)
    assert all(1 <= len(found) <= 8 for found in pieces)
    assert max(map(len, pieces)) == 8
    # A word's pieces do not depend on its neighbours.
    assert pieces == [layout.pieces([word])[0] for word in words]
    assert layout.pieces([]) == []


def test_a_row_says_where_words_begin_and_how_they_are_written(layout: Layout) -> None:
    words, spaces = ["Qatar", "did", "n't", "pay", "£3bn", "."], [True, False, True, True, False, False]
    pieces = layout.pieces(words)
    row = layout.row(words, spaces, pieces)
    assert [int(row.ids[k]) for k in row.first] == [found[0] for found in pieces]
    assert row.ids.tolist()[1:-1] == [k for found in pieces for k in found]
    assert len(row.ids) == len(row.shapes) == sum(map(len, pieces)) + 2
    shapes = [int(row.shapes[k]) for k in row.first]
    spaced = [False, True, False, True, True, False]
    assert shapes == [shape_of(w, spaced=s) for w, s in zip(words, spaced, strict=True)]
    ends = [*row.first[1:].tolist(), len(row.ids) - 1]
    for start, end in zip(row.first, ends, strict=True):
        assert len(set(row.shapes[start:end].tolist())) == 1


def test_rows_of_a_batch_are_padded_apart_from_each_other(layout: Layout) -> None:
    texts = [["Rain", "fell", "."], ["Unquestionably", "so"], []]
    rows = [layout.row(t, [True] * len(t), layout.pieces(t)) for t in texts]
    found = layout.collate(rows)
    assert found.first.shape == (3, 3)
    assert found.ids.shape == found.shapes.shape == found.real.shape == (3, max(len(r.ids) for r in rows))
    for k, row in enumerate(rows):
        size = len(row.ids)
        assert found.ids[k, :size].tolist() == row.ids.tolist()
        assert found.shapes[k, :size].tolist() == row.shapes.tolist()
        assert found.real[k].tolist() == [True] * size + [False] * (found.real.shape[1] - size)
        assert (found.ids[k, size:] == layout.pad_id).all()
        assert found.first[k].tolist() == [*row.first.tolist(), *[-1] * (3 - len(texts[k]))]


def test_a_file_that_is_no_tokenizer_is_refused(tmp_path: Path) -> None:
    for content in ("{}", "no JSON", ""):
        (tmp_path / "t.json").write_text(content)
        with pytest.raises(ValueError, match=r"t\.json"):
            Layout.from_file(tmp_path / "t.json")
    with pytest.raises(ValueError, match=r"no \[CLS\]"):
        Layout(Tokenizer(models.WordPiece({"[UNK]": 0, "[PAD]": 1}, unk_token="[UNK]")))


def test_padding_has_no_part_in_the_scores(layout: Layout) -> None:
    torch.manual_seed(0)
    config = EncoderConfig(vocab_size=30_000, hidden_size=16, layers=2, heads=2, intermediate_size=24, max_positions=64)
    network = SyntaxNetwork(config, dict.fromkeys(("morph", "xpos", "lemma", "name", "start"), 5), 7).eval()
    texts = [["Rain", "fell", "."], ["The", "unquestionably", "long", "winter", "ended", "early", "."]]
    rows = [layout.row(t, [True] * len(t), layout.pieces(t)) for t in texts]
    with torch.inference_mode():
        alone, both = network(layout.collate(rows[:1])), network(layout.collate(rows))
        heads = torch.tensor([[1, 1, 1, 0, 0, 0, 0], [1] * 7])
        relations = alone.relation(heads[:1, :3])[0], both.relation(heads)[0, :3]
    for layer, scores in alone.labels.items():
        assert torch.allclose(scores[0], both.labels[layer][0, :3], atol=1e-4), layer
    assert torch.allclose(alone.arcs[0], both.arcs[0, :3, :3], atol=1e-4)
    assert torch.allclose(*relations, atol=1e-4)
    assert (both.arcs[0, :3, 3:] < -9000).all()


# Any text.

HOSTILE = {
    "nothing": "",
    "a space": " ",
    "only spaces": " \t  \n\n ",
    "no-break spaces": "\u00a0\u2009\u3000",
    "emoji": "🙂 The 👩‍👩‍👧 family won 🏆 in 🇫🇷. 👍🏽",
    "right to left": "قال الرئيس إن Omar غادر. שלום עולם! \u202eabc\u202c",
    "line ends": "Rain fell.\r\nRoads closed.\r\n\r\n\tTrains stopped.\rBuses ran.\n",
    "tabs": "\tBorough\tSeats\tTurnout\n\tHackney\t57\t34.1%",
    "controls": "A\x00B \x01 \x1f\x7f left\x00. \x0b\x0cDone\x85",
    "marks of no width": "\ufeffThe\u200bmayor\u200d \u00adleft\u2060.\u2028Then\u2029she spoke.",
    "combining": "e\u0301" * 200,
    "beyond the basic plane": "𝕿𝖍𝖊 𐍈 \U0010ffff \ue000",
    "one word": "a" * 20_000,
    "no spaces": "Oslo,Rome;" * 40,
    "address": "See https://example.org/" + "a/b?c=d&" * 60 + " now.",
    "capitals": "THE MAYOR OF LEEDS RESIGNED. POLICE SAID THREE MEN WERE HELD.",
    "stops": "." * 400,
    "quotes": "\"'“”‘’«»" * 20,
    "spaces before": "   The court sat.  It   rose .   ",
    "special words": "[CLS] The [SEP] bank [UNK] ##ing [PAD] fell .",
    "a name in the way": "Anna\n\nHolt   left.",
    "no stop at all": "prices rose and then fell again when the port of Oslo shut ",
}
HOSTILE["no stop at all"] *= 250
TEXTS = list(HOSTILE.values())


@pytest.fixture(scope="module")
def hostile(syntax: Syntax) -> dict[str, Doc]:
    return dict(zip(HOSTILE, syntax.parse(TEXTS), strict=True))


def is_whole(sentence: Span) -> bool:
    """One root, which all its words hang under."""
    roots = [t for t in sentence if t.head.i == t.i]
    return (
        len(roots) == 1
        and all(sentence.start <= t.head.i < sentence.end for t in sentence)
        and len(list(roots[0].subtree)) == len(sentence)
    )


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_text_comes_back_whole(hostile: dict[str, Doc], kind: str) -> None:
    doc = hostile[kind]
    assert doc.text == HOSTILE[kind]
    sentences = list(doc.sents) if len(doc) else []
    assert [t.i for s in sentences for t in s] == list(range(len(doc)))
    for s in sentences:
        assert is_whole(s), s
        words = [t for t in s if not t.is_space]
        assert [t for t in s if t.dep_ == "ROOT"] == [s.root][: len(words)]
        assert all(t.pos_ and t.tag_ and t.lemma_ and t.dep_ for t in s)
        # White space is no word: nothing hangs on it.
        assert all(not t.head.is_space for t in words)
        assert all(t.pos_ == "SPACE" and t.head.i <= t.i for t in s if t.is_space)
    assert all(e.text.strip() == e.text for e in doc.ents)


def test_a_text_without_stops_is_longer_than_any_row(hostile: dict[str, Doc]) -> None:
    doc = hostile["no stop at all"]
    assert len(doc) == 3000
    assert max(len(s) for s in doc.sents) < MOST_TOKENS
    assert sum(t.text == "Oslo" and t.ent_type_ == "Location" for t in doc) > 200


def test_no_texts_give_no_documents(syntax: Syntax) -> None:
    assert syntax.parse([]) == []
    assert [len(doc) for doc in syntax.parse(["", ""])] == [0, 0]
    assert [doc.text for doc in syntax.analyse([[], ["Rain", "fell"]], [[], [True, False]])] == ["", "Rain fell"]


def told(doc: Doc) -> list[object]:
    words = [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return [*words, *((e.label_, e.start, e.end) for e in doc.ents)]


NEWS = [
    "The strike ended on Friday.",
    "Nurses at the hospital in Porto accepted a pay rise of 4.5 percent, their union said.",
    "\n",
    "A ferry ran aground off the coast of Norway. Nobody was hurt. The captain, Jan Dahl, was questioned by police in Bergen.",
]


def test_a_text_is_read_alike_in_any_company(syntax: Syntax) -> None:
    together = [told(doc) for doc in syntax.parse(NEWS)]
    assert together == [told(syntax.parse([text])[0]) for text in NEWS]
    assert together[::-1] == [told(doc) for doc in syntax.parse(NEWS[::-1])]
    assert together[:2] == [told(doc) for doc in syntax.parse([*NEWS[:2], "The market fell again on Monday. " * 30])][:2]


def test_texts_of_one_article_agree_on_their_names(syntax: Syntax) -> None:
    texts = ["Redmere beat Orle on Sunday.", "The striker joined Redmere from Orle in May.", "On Monday Redmere appealed."]
    alone, together = ([{e.text: e.label_ for e in doc.ents} for doc in syntax.parse(texts, one_article=x)] for x in (False, True))
    kinds = [{names[name] for names in together if name in names} for name in ("Redmere", "Orle")]
    assert all(len(found) <= 1 for found in kinds)
    assert [set(names) for names in alone] == [set(names) for names in together]  # kinds change, bounds do not


def test_a_long_text_is_cut_at_its_sentences(syntax: Syntax) -> None:
    parts = [f"The mayor of {city} met {count} voters on Monday." for count in range(12, 30) for city in ("Leeds", "Oslo", "Rome", "Turin")]
    (doc,) = syntax.parse([" ".join(parts)])
    assert [s.text for s in doc.sents] == parts
    assert {s.root.text for s in doc.sents} == {"met"}
    assert sum(e.label_ == "Location" for e in doc.ents) == len(parts)


# Plain news.


@pytest.mark.parametrize(
    ("text", "root", "subject", "relation", "ents"),
    [
        (
            "The mayor of Leeds, Anna Holt, resigned on Tuesday.",
            "resigned",
            "mayor",
            "nsubj",
            {"Leeds": "Location", "Anna Holt": "Person", "Tuesday": "Date"},
        ),
        ("Police in Oslo arrested two men after the robbery.", "arrested", "Police", "nsubj", {"Oslo": "Location"}),
        ("The bill was rejected by the Senate.", "rejected", "bill", "nsubj:pass", {"Senate": "Organization"}),
        (
            "Microsoft bought the studio for $2 billion.",
            "bought",
            "Microsoft",
            "nsubj",
            {"Microsoft": "Organization", "$2 billion": "Money"},
        ),
        ("The court did not hear the case.", "hear", "court", "nsubj", {}),
        (
            "The BBC reported that Boeing had lost the contract.",
            "reported",
            "BBC",
            "nsubj",
            {"BBC": "Organization", "Boeing": "Organization"},
        ),
    ],
)
def test_plain_news_is_understood(syntax: Syntax, text: str, root: str, subject: str, relation: str, ents: dict[str, str]) -> None:
    (doc,) = syntax.parse([text])
    (sentence,) = doc.sents
    assert sentence.root.text == root
    assert [t.text for t in sentence.root.children if t.dep_ == relation] == [subject]
    assert {e.text: e.label_ for e in doc.ents} == ents


def test_lemmas_are_words(syntax: Syntax) -> None:
    (doc,) = syntax.parse(["The men were killed when two trains hit buses, and the company sold its factories."])
    found = {t.text: t.lemma_ for t in doc}
    assert (
        found.items() >= {"men": "man", "were": "be", "killed": "kill", "trains": "train", "sold": "sell", "factories": "factory"}.items()
    )


@pytest.mark.parametrize("space", [" ", "  ", "\n", "\r\n", " \n "])
def test_a_name_runs_over_white_space(syntax: Syntax, space: str) -> None:
    (doc,) = syntax.parse([f"Anna{space}Holt left Leeds on Tuesday."])
    assert [(e.text, e.label_) for e in doc.ents] == [(f"Anna{space}Holt", "Person"), ("Leeds", "Location"), ("Tuesday", "Date")]


def test_white_space_beside_a_name_is_no_part_of_it(syntax: Syntax) -> None:
    (doc,) = syntax.parse(["\n Leeds  \n lost to  Turin \n."])
    assert [e.text for e in doc.ents] == ["Leeds", "Turin"]
