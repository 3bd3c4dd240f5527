"""What the syntax network is trained on: treebanks, files of names, and the rows that they become."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
from spacy.vocab import Vocab

from factcheck.claims.parsing.layout import MOST_TOKENS, Layout
from factcheck.claims.parsing.network import LAYERS
from factcheck.claims.training.examples import UNKNOWN, Words, example, label_sets, named, paragraphs, respelled
from factcheck.claims.training.treebank import as_doc, non_commercial, read_treebank
from factcheck.errors import InputError

from .toy import (
    PARLIAMENT,
    toy_names,
    toy_sentences,
)


def test_a_treebank_is_read_word_by_word(tmp_path: Path) -> None:
    path = tmp_path / "steel.conllu"
    path.write_text(PARLIAMENT, encoding="utf-8")
    first, second, third, last = read_treebank(path)
    assert first.words == ["Ministers", "do", "n't", "want", '"', "cheap", '"', "steel", "."]
    assert first.spaces == [True, False, True, True, False, False, True, False, True]
    assert first.heads == [3, 3, 3, 3, 5, 7, 5, 3, 3]
    assert first.deps[2:5] == ["advmod", "ROOT", "punct"]
    assert first.feats[:2] == ["Number=Plur", "Mood=Ind|VerbForm=Fin"]
    assert (first.feats[4], first.xpos[4], first.upos[4], first.lemmas[2]) == ("", "``", "PUNCT", "not")
    assert second.words == ["Unions", "ca", "n't", "."]
    assert second.spaces == [True, False, False, True]
    assert [(s.document, s.paragraph) for s in (first, second, third, last)] == [
        ("news_harbour", True),
        ("news_harbour", False),
        ("news_harbour", True),
        ("story_sea", True),
    ]
    assert [s.words for s in read_treebank(path, leave_out=frozenset({"news_harbour"}))] == [["Waves"]]
    with gzip.open(tmp_path / "steel.conllu.gz", "wt", encoding="utf-8") as file:
        file.write(PARLIAMENT)
    assert list(read_treebank(tmp_path / "steel.conllu.gz")) == [first, second, third, last]


def test_sentences_become_a_document(tmp_path: Path) -> None:
    path = tmp_path / "steel.conllu"
    path.write_text(PARLIAMENT, encoding="utf-8")
    doc = as_doc([*read_treebank(path)][:2], Vocab())
    assert doc.text.strip() == "Ministers don't want \"cheap\" steel. Unions can't."
    assert [s.root.text for s in doc.sents] == ["want", "Unions"]
    assert [t.head.text for t in doc[9:]] == ["Unions"] * 4
    assert (doc[1].lemma_, doc[1].tag_, doc[1].pos_, doc[7].dep_) == ("do", "VBP", "AUX", "obj")
    assert doc[1].morph.get("VerbForm") == ["Fin"]


def gzipped(text: str, *, spoil: bool = False, cut: int | None = None) -> bytes:
    data = bytearray(gzip.compress(text.encode() * 50, mtime=0))
    if spoil:
        data[40:60] = bytes(20)
    return bytes(data[:cut])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.conllu", b"1\tOnly\tthree\n"),
        ("a.conllu", PARLIAMENT.replace("\t4\tnsubj", "\tfour\tnsubj").encode()),
        ("a.conllu", PARLIAMENT.replace("2-3\tdon't", "2-x\tdon't").encode()),
        ("a.conllu", b"1\tcaf\xe9\tcaf\xe9\tNOUN\tNN\t_\t0\troot\t_\t_\n"),
        ("a.conllu.gz", PARLIAMENT.encode()),
        ("a.conllu.gz", gzipped(PARLIAMENT, spoil=True)),
        ("a.conllu.gz", gzipped(PARLIAMENT, cut=300)),
        ("a.conllu.gz", None),
    ],
)
def test_a_broken_treebank_is_a_coded_error(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=r"E133.*no CoNLL-U"):
        list(read_treebank(tmp_path / name))


def test_documents_of_non_commercial_genres_are_named(tmp_path: Path) -> None:
    table = tmp_path / "docs.tsv"
    table.write_text(
        "doc\tgenre\tyear\nnews_harbour\tnews\t2019\nstory_sea\tfiction\t2001\nask_oven\twhow\t2012\ntalk_bay\tinterview\t2015\n"
    )
    assert non_commercial(table) == {"story_sea", "ask_oven"}


# Rows.


def test_paragraphs_hold_as_many_sentences_as_a_row(layout: Layout) -> None:
    sentences = toy_sentences(120, seed=3)
    sentences[40:80] = [dataclasses.replace(s, paragraph=False) for s in sentences[40:80]]
    sentences[100:] = [dataclasses.replace(s, document="other", paragraph=False) for s in sentences[100:]]
    rows = list(paragraphs(sentences, layout))
    assert [w for r in rows for w in r.words] == [w for s in sentences for w in s.words]
    sizes = [sum(map(len, layout.pieces(r.words))) + 2 for r in rows]
    assert max(sizes) <= MOST_TOKENS
    # The long paragraph is cut only where the next sentence would not fit.
    assert max(sizes) > MOST_TOKENS - 10
    at = 0
    for row in rows:
        assert row.sentence == sorted(row.sentence)
        assert [row.sentence[h] for h in row.heads] == row.sentence
        group = sentences[at : at + row.sentence[-1] + 1]
        assert not any(s.paragraph for s in group[1:])
        assert len({s.document for s in group}) == 1
        begins = [k for k, label in enumerate(row.labels["start"]) if label == "start"]
        assert begins == [row.sentence.index(n) for n in range(len(group))]
        at += len(group)
    assert at == 120


def test_a_row_has_the_labels_of_its_source_and_no_others(layout: Layout) -> None:
    trees, people = list(paragraphs(toy_sentences(30), layout)), toy_names(30)
    labels = label_sets([*trees, *people], least=1)
    text = next(t for t in trees if t.sentence[-1] >= 1)
    found = example(text, labels, layout)
    of = dict(zip(LAYERS, found.labels, strict=True))
    assert [labels.layers["xpos"][k] for k in of["xpos"]] == text.labels["xpos"]
    assert [labels.layers["morph"][k] for k in of["morph"]] == text.labels["morph"]
    assert text.labels["morph"][:4] in (
        ["PROPN", "VERB|Tense=Past", "DET|Definite=Def", f"NOUN|Number={number}"] for number in ("Sing", "Plur")
    )
    assert (of["name"] == UNKNOWN).all()
    assert of["start"][0] == UNKNOWN
    assert [labels.layers["start"][k] for k in of["start"][1:]] == text.labels["start"][1:]
    assert found.heads.tolist() == text.heads
    assert [labels.relations[k] for k in found.relations] == text.labels["relation"]
    name = example(people[0], labels, layout)
    assert [labels.layers["name"][k] for k in name.labels[LAYERS.index("name")]] == people[0].labels["name"]
    assert (np.delete(name.labels, LAYERS.index("name"), axis=0) == UNKNOWN).all()
    assert (name.heads == UNKNOWN).all()
    assert (name.relations == UNKNOWN).all()


def test_labels_are_counted_and_rare_ones_are_unknown(layout: Layout) -> None:
    text = Words(["a", "b", "c", "d"], [True] * 4, {"name": ["O", "O", "O", "B-Date"]}, [], [0] * 4)
    labels = label_sets([text, text], least=3)
    assert labels.layers["name"] == ("O",)
    assert (labels.layers["xpos"], labels.relations) == ((), ())
    assert example(text, labels, layout).labels[LAYERS.index("name")].tolist() == [0, 0, 0, UNKNOWN]
    assert labels.number("name", "B-Date") == UNKNOWN


def test_what_does_not_fit_into_a_row_is_cut_off_with_its_arcs(layout: Layout) -> None:
    # Each of these words is a piece of its own, "qq" is two.
    words = ["mill"] * (MOST_TOKENS - 3) + ["qq", "left"]
    last = len(words) - 1
    kinds = {"xpos": ["NN"] * len(words), "relation": ["dep"] * last + ["ROOT"]}
    text = Words(words, [True] * len(words), kinds, [1, 0, *[last] * (last - 1)], [0] * len(words))
    found = example(text, label_sets([text], least=1), layout)
    assert len(found.row.first) == MOST_TOKENS - 3
    assert len(found.row.ids) <= MOST_TOKENS
    assert found.heads[:3].tolist() == [1, 0, UNKNOWN]
    assert found.relations[:3].tolist() == [0, 0, UNKNOWN]
    assert len(found.heads) == len(found.relations) == len(found.sentence) == found.labels.shape[1] == MOST_TOKENS - 3


def test_named_entities_are_read_as_labels_of_words(tmp_path: Path) -> None:
    row = {
        "text": "Lena Voss (34) left New Leeds.",
        "tokens": ["Lena", "Voss", "(", "34", ")", "left", "New", "Leeds", "."],
        "offsets": [0, 5, 10, 11, 13, 15, 20, 24, 29],
        "spans": [{"start": 0, "end": 2, "label": "Person"}, {"start": 6, "end": 8, "label": "Location"}],
    }
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n" + json.dumps({**row, "spans": []}) + "\n")
    first, second = named(tmp_path / "a.jsonl.gz")
    assert first.labels == {"name": ["B-Person", "I-Person", "O", "O", "O", "O", "B-Location", "I-Location", "O"]}
    assert first.spaces == [True, True, False, False, True, True, True, False, True]
    assert (first.heads, first.sentence) == ([], [0] * 9)
    assert second.labels == {"name": ["O"] * 9}


GOOD_NAME = json.dumps({"tokens": ["Oslo"], "offsets": [0], "spans": [{"start": 0, "end": 1, "label": "Location"}]}) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        b"plain",
        gzipped(GOOD_NAME, cut=40),
        gzipped(GOOD_NAME + "no json\n"),
        gzipped(GOOD_NAME + "[1]\n"),
        gzipped('{"tokens": ["Oslo"], "offsets": [0]}\n'),
        gzipped('{"tokens": ["Oslo"], "offsets": [0, 5], "spans": []}\n'),
        gzipped('{"tokens": ["Oslo"], "offsets": [0], "spans": [{"start": 0, "end": 2, "label": "Location"}]}\n'),
        gzipped("".join(f"{random.Random(k).random()}\n" for k in range(9)), spoil=True),
        None,
    ],
)
def test_a_broken_file_of_names_is_a_coded_error(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.jsonl.gz").write_bytes(content)
    with pytest.raises(InputError, match=r"E134.*no named entities"):
        list(named(tmp_path / "a.jsonl.gz"))


def test_another_spelling_keeps_everything_but_the_lemmas(layout: Layout) -> None:
    text = next(iter(paragraphs(toy_sentences(1), layout)))
    rng = random.Random(0)
    found = [respelled(text, rng) for _ in range(2000)]
    changed = [f for f in found if f.words != text.words]
    assert 60 < len(changed) < 180
    assert {tuple(f.words) for f in changed} == {tuple(w.upper() for w in text.words), tuple(w.lower() for w in text.words)}
    for f in changed:
        assert "lemma" not in f.labels
        assert (f.heads, f.spaces, f.labels["xpos"]) == (text.heads, text.spaces, text.labels["xpos"])
    # A name in small letters is none to the annotators of names.
    name = toy_names(1)[0]
    assert {tuple(respelled(name, rng).words) for _ in range(500)} == {tuple(name.words), tuple(w.upper() for w in name.words)}
