"""Training of the syntax network on a toy language: what it reads, that it learns, that it stops and resumes exactly, what it writes."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

from factcheck.claims.layout import MOST_TOKENS, Layout
from factcheck.claims.network import LAYERS, SyntaxNetwork
from factcheck.claims.syntax import Syntax
from factcheck.claims.training import loop
from factcheck.claims.training.examples import UNKNOWN, Labels, Words, example, label_sets, named, paragraphs, respelled
from factcheck.claims.training.loop import SyntaxRecipe, batch, epoch, loss_of, read_syntax_recipe, train_syntax
from factcheck.claims.training.measure import quick_scores, spans
from factcheck.claims.training.raw import name_scores, treebank_scores
from factcheck.claims.training.run import export_syntax, slim, train_syntax_from_recipe
from factcheck.claims.training.treebank import TreebankSentence, as_doc, non_commercial, read_treebank
from factcheck.errors import ConfigError, InputError, ModelError
from factcheck.networks.bases import BASES, Base
from factcheck.networks.encoder import EncoderConfig
from factcheck.networks.files import write_manifest

PEOPLE = ("Anna", "Omar", "Lena", "Piet")
PLACES = ("Oslo", "Leeds", "Turin")
VERBS = {"sold": "sell", "bought": "buy", "saw": "see", "left": "leave"}
NOUNS = {"boats": "boat", "mill": "mill", "farms": "farm", "bridge": "bridge"}
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = dict.fromkeys(w.lower() for w in (*PEOPLE, *PLACES, *VERBS, *VERBS.values(), *NOUNS, *NOUNS.values(), "the", "in", "."))
VOCABULARY = [*SPECIAL, *WORDS, *LETTERS, *(f"##{c}" for c in LETTERS)]
SIZES = EncoderConfig(
    vocab_size=len(VOCABULARY), hidden_size=16, layers=1, heads=2, intermediate_size=32, max_positions=MOST_TOKENS, head_size=8
)


def word_pieces(vocabulary: Sequence[str] = VOCABULARY) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece({t: i for i, t in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in SPECIAL])
    return tokenizer


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(word_pieces())


def toy_sentence(rng: random.Random, *, document: str = "d", paragraph: bool = True) -> TreebankSentence:
    """ "Anna sold the mill in Oslo."."""
    verb, noun = rng.choice([*VERBS]), rng.choice([*NOUNS])
    noun_tag = "NNS" if noun.endswith("s") else "NN"
    rows = [
        (rng.choice(PEOPLE), None, "PROPN", "NNP", "", 1, "nsubj"),
        (verb, VERBS[verb], "VERB", "VBD", "Tense=Past", 1, "ROOT"),
        ("the", "the", "DET", "DT", "Definite=Def", 3, "det"),
        (noun, NOUNS[noun], "NOUN", noun_tag, f"Number={'Plur' if noun_tag == 'NNS' else 'Sing'}", 1, "obj"),
    ]
    if rng.random() < 0.5:
        rows += [("in", "in", "ADP", "IN", "", 5, "case"), (rng.choice(PLACES), None, "PROPN", "NNP", "", 1, "obl")]
    rows.append((".", ".", "PUNCT", ".", "", 1, "punct"))
    out = TreebankSentence(document, paragraph)
    for k, (word, lemma, upos, xpos, feats, head, dep) in enumerate(rows):
        out.words.append(word)
        out.spaces.append(k != len(rows) - 2)
        out.lemmas.append(lemma or word)
        out.upos.append(upos)
        out.xpos.append(xpos)
        out.feats.append(feats)
        out.heads.append(head)
        out.deps.append(dep)
    return out


def toy_sentences(count: int, seed: int = 0) -> list[TreebankSentence]:
    rng = random.Random(seed)
    return [toy_sentence(rng, paragraph=k == 0 or rng.random() < 0.5) for k in range(count)]


def toy_names(count: int, seed: int = 0) -> list[Words]:
    out = []
    for s in toy_sentences(count, seed):
        kinds = ["B-Person" if w in PEOPLE else "B-Location" if w in PLACES else "O" for w in s.words]
        out.append(Words(s.words, s.spaces, {"name": kinds}, [], [0] * len(s)))
    return out


def conllu(sentences: Sequence[TreebankSentence]) -> str:
    lines = ["# newdoc id = toy"]
    for s in sentences:
        lines += ["# newpar"] if s.paragraph else []
        for k in range(len(s)):
            root = s.heads[k] == k
            head, dep = ("0", "root") if root else (str(s.heads[k] + 1), s.deps[k])
            misc = "_" if s.spaces[k] else "SpaceAfter=No"
            lines.append("\t".join([str(k + 1), s.words[k], s.lemmas[k], s.upos[k], s.xpos[k], s.feats[k] or "_", head, dep, "_", misc]))
        lines.append("")
    return "\n".join(lines) + "\n"


def ner_line(text: Words) -> str:
    starts = [0]
    for word, space in zip(text.words, text.spaces, strict=True):
        starts.append(starts[-1] + len(word) + space)
    found = [{"start": a, "end": b, "label": kind} for a, b, kind in sorted(spans(text.labels["name"]))]
    return json.dumps({"text": "", "tokens": text.words, "offsets": starts[:-1], "spans": found})


# Treebanks.

PARLIAMENT = """\
# newdoc id = news_harbour
# newpar
# text = Ministers don't want "cheap" steel.
1\tMinisters\tminister\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\tMood=Ind|VerbForm=Fin\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\twant\twant\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
5\t"\t"\tPUNCT\t``\t_\t6\tpunct\t_\tSpaceAfter=No
6\tcheap\tcheap\tADJ\tJJ\tDegree=Pos\t8\tamod\t_\tEntity=(x)|SpaceAfter=No
7\t"\t"\tPUNCT\t''\t_\t6\tpunct\t_\t_
8\tsteel\tsteel\tNOUN\tNN\tNumber=Sing\t4\tobj\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Unions can't.
1\tUnions\tunion\tNOUN\tNNS\tNumber=Plur\t0\troot\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tca\tcan\tAUX\tMD\t_\t1\tdep\t_\t_
3\tn't\tnot\tPART\tRB\t_\t1\tdep\t_\t_
3.1\twant\twant\tVERB\tVB\t_\t_\t_\t1:x\tCopyOf=4
4\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newpar
1\tSilence\tsilence\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = story_sea
1\tWaves\twave\tNOUN\tNNS\t_\t0\troot\t_\t_"""


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


# Training.


@dataclasses.dataclass(frozen=True, slots=True)
class Toy:
    trees: list[Words]
    names: list[Words]
    labels: Labels
    recipe: SyntaxRecipe

    def network(self) -> SyntaxNetwork:
        torch.manual_seed(7)
        return SyntaxNetwork(SIZES, {k: len(v) for k, v in self.labels.layers.items()}, len(self.labels.relations))


@pytest.fixture(scope="module")
def toy(layout: Layout) -> Toy:
    trees, people = list(paragraphs(toy_sentences(60, seed=1), layout)), toy_names(70, seed=2)
    recipe = SyntaxRecipe(
        name="toy",
        epochs=12,
        warmup_steps=4,
        learning_rate=2e-2,
        fresh_learning_rate=2e-2,
        average_decay=0.8,
        dropout=0.01,
        batch_tokens=120,
    )
    return Toy(trees, people, label_sets([*trees, *people]), recipe)


def run(toy: Toy, layout: Layout, out: Path, log: loop.Log = lambda event: None, **changes: Any) -> dict[str, torch.Tensor]:
    recipe = dataclasses.replace(toy.recipe, **changes)
    return train_syntax(toy.network(), toy.trees, toy.names, toy.labels, layout, recipe, out=out, log=log, score=lambda n: {})


def test_an_epoch_is_a_function_of_recipe_and_number(toy: Toy, layout: Layout) -> None:
    def ids(number: int, **changes: Any) -> list[list[list[int]]]:
        batches = epoch(toy.trees, toy.names, toy.labels, layout, dataclasses.replace(toy.recipe, **changes), number)
        return [[e.row.ids.tolist() for e in b] for b in batches]

    assert ids(3) == ids(3)
    assert ids(3) != ids(4)
    assert ids(3) != ids(3, seed=2)
    shown = sum(map(len, ids(0)))
    assert shown == len(toy.trees) + round(0.5 * len(toy.names))
    assert sum(map(len, ids(0, names_share=0.1))) == len(toy.trees) + 7
    for b in epoch(toy.trees, toy.names, toy.labels, layout, toy.recipe, 0):
        assert len(b) == 1 or len(b) * max(len(e.row.ids) for e in b) <= 120 + 8 * len(b)
        # A batch is of trees or of names: a loss over both would be ruled by the more numerous.
        assert len({bool((e.heads >= 0).any()) for e in b}) == 1


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_an_epoch_without_names_has_no_empty_batch(toy: Toy, layout: Layout, share: float) -> None:
    names = [] if share else toy.names
    batches = epoch(toy.trees, names, toy.labels, layout, dataclasses.replace(toy.recipe, names_share=share), 0)
    assert sum(map(len, batches)) == len(toy.trees)
    assert all(batches)


def test_unknown_words_and_other_sentences_are_no_part_of_the_loss(toy: Toy, layout: Layout) -> None:
    text = next(t for t in toy.trees if t.sentence[-1] >= 1)
    network = toy.network().eval()
    rows, targets = batch([example(text, toy.labels, layout), example(toy.names[0], toy.labels, layout)], layout)
    scores = network(rows)
    before = loss_of(scores, targets)
    other = targets.sentence[0, :, None] != targets.sentence[0, None, :]
    louder = scores.arcs.clone()
    louder[0][other & (targets.sentence[0] >= 0)] += 50
    assert torch.equal(loss_of(dataclasses.replace(scores, arcs=louder), targets), before)
    nothing = dataclasses.replace(targets, **{f: torch.full_like(getattr(targets, f), UNKNOWN) for f in ("labels", "heads", "relations")})
    assert loss_of(scores, nothing) == 0


@pytest.fixture(scope="module")
def trained(toy: Toy, layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> SyntaxNetwork:
    state = run(toy, layout, tmp_path_factory.mktemp("run"))
    network = toy.network()
    network.load_state_dict(state)
    return network.eval()


def test_the_loss_falls_and_unseen_texts_are_analysed(toy: Toy, trained: SyntaxNetwork, layout: Layout) -> None:
    unseen, people = list(paragraphs(toy_sentences(40, seed=8), layout)), toy_names(40, seed=9)
    rows, targets = batch([example(t, toy.labels, layout) for t in [*unseen, *people]], layout)
    with torch.inference_mode():
        before, after = loss_of(toy.network().eval()(rows), targets), loss_of(trained(rows), targets)
    scores = quick_scores(trained, {"trees.conllu.gz": unseen, "people.jsonl.gz": people}, toy.labels, layout)
    assert set(scores) == {"trees_uas", "trees_las", "trees_xpos", "trees_lemma", "trees_start", "people_name"}
    assert min(scores.values()) > 90, scores
    assert after < 0.2 * before


def test_word_embeddings_stay_as_they_were(toy: Toy, trained: SyntaxNetwork) -> None:
    start = toy.network()
    assert torch.allclose(trained.word.weight, start.word.weight, rtol=2**-8, atol=0)
    assert not torch.allclose(trained.position.weight, start.position.weight, rtol=2**-8, atol=1e-3)


@pytest.fixture(scope="module")
def straight(toy: Toy, layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> dict[str, torch.Tensor]:
    return run(toy, layout, tmp_path_factory.mktemp("straight"), epochs=2)


@pytest.mark.parametrize(("saves", "place"), [(3, (0, 3)), (9, (1, 0)), (12, (1, 3))])
def test_a_stopped_run_ends_with_the_same_weights(
    toy: Toy,
    layout: Layout,
    straight: dict[str, torch.Tensor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    saves: int,
    place: tuple[int, int],
) -> None:
    """Stopped in the first epoch, at its end, and in the next one, which has another number of batches."""
    counts = [len(epoch(toy.trees, toy.names, toy.labels, layout, toy.recipe, k)) for k in (0, 1)]
    assert counts[0] == 8 != counts[1]

    class Stop(Exception):
        pass

    save, calls = loop._save, [0]

    def save_then_stop(path: Path, weights: Any, done: int, step: int) -> None:
        save(path, weights, done, step)
        calls[0] += 1
        if calls[0] == saves:
            raise Stop

    monkeypatch.setattr(loop, "_save", save_then_stop)
    with pytest.raises(Stop):
        run(toy, layout, tmp_path, epochs=2, save_every_s=-1.0)
    monkeypatch.setattr(loop, "_save", save)
    events: list[dict[str, Any]] = []
    resumed = run(toy, layout, tmp_path, events.append, epochs=2)
    assert events[0] == {"event": "resumed", "epoch": place[0], "step": place[1]}
    assert set(straight) == set(resumed)
    for name, tensor in straight.items():
        assert torch.equal(tensor, resumed[name]), name


def test_a_finished_run_is_not_run_again(toy: Toy, layout: Layout, tmp_path: Path) -> None:
    first = run(toy, layout, tmp_path, epochs=1)
    events: list[dict[str, Any]] = []
    again = run(toy, layout, tmp_path, events.append, epochs=1)
    assert events == [{"event": "resumed", "epoch": 1, "step": 0}]
    assert all(torch.equal(first[name], again[name]) for name in first)


def test_a_checkpoint_of_another_network_is_refused(toy: Toy, layout: Layout, tmp_path: Path) -> None:
    run(toy, layout, tmp_path, epochs=1)
    labels = Labels({**toy.labels.layers, "xpos": (*toy.labels.layers["xpos"], "FW")}, toy.labels.relations)
    with pytest.raises(ConfigError, match=r"E216.*another recipe"):
        run(dataclasses.replace(toy, labels=labels), layout, tmp_path, epochs=1)


def test_recipes_are_read_with_care(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text('epochs = 3\ntreebanks = ["a.conllu.gz"]\n')
    assert read_syntax_recipe(path) == SyntaxRecipe(epochs=3, treebanks=("a.conllu.gz",))
    path.write_text("speed = 3")
    with pytest.raises(ConfigError, match=r"E208.*speed"):
        read_syntax_recipe(path)
    with pytest.raises(ConfigError, match="E207"):
        read_syntax_recipe(tmp_path / "none.toml")


# The model's folder.


@pytest.fixture(scope="module")
def exported(toy: Toy, trained: SyntaxNetwork, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    export_syntax(trained, toy.labels, toy.recipe, folder, tokenizer=word_pieces())
    return folder


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "m")


def test_what_was_trained_comes_back_from_its_folder(exported: Path) -> None:
    syntax = Syntax(exported)
    rng = random.Random(21)
    gold = gold_docs([toy_sentence(rng, paragraph=k % 2 == 0) for k in range(24)])
    texts = [doc.text.rstrip() for doc in gold]
    docs = syntax.parse(texts)
    assert [doc.text for doc in docs] == texts
    pairs = [pair for a, b in zip(docs, gold, strict=True) for pair in zip(a, b, strict=True)]
    assert all(a.text == b.text for a, b in pairs)

    def shares(key: Callable[[Any], Any]) -> float:
        return sum(key(a) == key(b) for a, b in pairs) / len(pairs)

    for key in (
        lambda t: t.head.i,
        lambda t: t.dep_,
        lambda t: t.tag_,
        lambda t: t.lemma_,
        lambda t: (t.pos_, str(t.morph)),
        lambda t: t.is_sent_start,
    ):
        assert shares(key) > 0.9
    kinds = {**dict.fromkeys(PEOPLE, "Person"), **dict.fromkeys(PLACES, "Location")}
    assert sum(a.ent_type_ == kinds.get(a.text, "") for a, _ in pairs) > 0.9 * len(pairs)
    # The same words, given as words.
    again = syntax.analyse([[t.text for t in doc] for doc in docs], [[bool(t.whitespace_) for t in doc] for doc in docs])
    told = [[[(t.head.i, t.dep_, t.tag_, t.lemma_, t.ent_type_) for t in doc] for doc in some] for some in (docs, again)]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_damaged_file_is_refused(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"E308.*{name}"):
        Syntax(copy)
    (copy / name).unlink()
    with pytest.raises(ModelError, match=rf"E308.*{name}"):
        Syntax(copy)


def edit(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], Any]:
    def apply(folder: Path) -> None:
        values = json.loads((folder / "config.json").read_text())
        change(values)
        (folder / "config.json").write_text(json.dumps(values))

    return apply


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (edit(lambda c: c["encoder"].update(hidden_size=32)), "E304"),
        (edit(lambda c: c["encoder"].update(layers=2)), "E304"),
        (edit(lambda c: c["encoder"].update(depth=2)), "E304"),
        (edit(lambda c: c["encoder"].update(relative_buckets=5)), "E304"),
        (edit(lambda c: c.pop("encoder")), "E304"),
        (edit(lambda c: c.pop("labels")), "E304"),
        (edit(lambda c: c.update(labels=[])), "E304"),
        (edit(lambda c: c["labels"].pop("lemma")), "E304"),
        (edit(lambda c: c["labels"]["relation"].append("vocative")), "E304"),
        (edit(lambda c: c["labels"]["name"].pop()), "E304"),
        (lambda f: (f / "config.json").write_text("{"), "E303"),
        (lambda f: (f / "config.json").write_text("[]"), "E303"),
        (lambda f: (f / "model.safetensors").write_bytes(b"weights"), "E304"),
        (lambda f: (f / "model.safetensors").unlink(), "E304"),
        (lambda f: save_file({"x": torch.zeros(1)}, f / "model.safetensors"), "E304"),
        (lambda f: (f / "tokenizer.json").write_text("{}"), "E304"),
        (lambda f: (f / "tokenizer.json").unlink(), "E304"),
        (lambda f: Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]")).save(str(f / "tokenizer.json")), "E304"),
    ],
)
def test_files_that_do_not_fit_together_are_refused(copy: Path, spoil: Callable[[Path], Any], code: str) -> None:
    spoil(copy)
    write_manifest(copy)
    with pytest.raises(ModelError, match=code):
        Syntax(copy)


def checkpoint(vocabulary: int) -> dict[str, torch.Tensor]:
    """BERT's tensors, tiny, under their published names."""
    torch.manual_seed(3)
    d, wide = SIZES.hidden_size, SIZES.intermediate_size
    shapes = {
        "embeddings.word_embeddings": (vocabulary, d),
        "embeddings.position_embeddings": (SIZES.max_positions, d),
        "embeddings.token_type_embeddings": (2, d),
        **{
            f"encoder.layer.{i}.attention.{part}": (d, d)
            for i in (0, 1)
            for part in ("self.query", "self.key", "self.value", "output.dense")
        },
        **{f"encoder.layer.{i}.intermediate.dense": (wide, d) for i in (0, 1)},
        **{f"encoder.layer.{i}.output.dense": (d, wide) for i in (0, 1)},
    }
    out = {f"{name}.weight": torch.randn(shape) * 0.2 for name, shape in shapes.items()}
    out |= {f"{name}.bias": torch.zeros(shape[0]) for name, shape in shapes.items() if name.startswith("encoder")}
    for norm in ("embeddings", *(f"encoder.layer.{i}.{part}" for i in (0, 1) for part in ("attention.output", "output"))):
        out |= {f"{norm}.LayerNorm.weight": torch.ones(d), f"{norm}.LayerNorm.bias": torch.zeros(d)}
    return out


def test_pieces_of_other_scripts_are_left_out_of_the_vocabulary() -> None:
    whole = word_pieces(["[PAD]", "[unused0]", *SPECIAL[1:], "mill", "мир", "café", "##s", "–", "水", "[unused1]", "€"])
    tokenizer, kept = slim(whole)
    words = ["mill", "mills", "–", "€", "мир", "[MASK]"]
    old, new = (t.encode(words, is_pretokenized=True, add_special_tokens=False) for t in (whole, tokenizer))
    assert new.tokens == ["mill", "mill", "##s", "–", "€", "[UNK]", "[MASK]"]
    assert [kept[k] for k in new.ids if tokenizer.id_to_token(k) != "[UNK]"] == [
        k for k in old.ids if whole.id_to_token(k) not in ("[UNK]", "мир")
    ]
    assert kept == sorted(kept)
    assert tokenizer.get_vocab_size() == len(kept) == 10


def test_a_run_goes_from_recipe_to_model_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, base, out = tmp_path / "data", tmp_path / "base", tmp_path / "out"
    for folder in (data / "syntax", data / "ner", base):
        folder.mkdir(parents=True)
    with gzip.open(data / "syntax" / "gum-toy.conllu.gz", "wt", encoding="utf-8") as file:
        file.write(conllu(toy_sentences(40, seed=4)) + PARLIAMENT)
    (data / "syntax" / "gum-docs.tsv").write_text("doc\tgenre\ntoy\tnews\nnews_harbour\tfiction\nstory_sea\tessay\n")
    with gzip.open(data / "ner" / "toy.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("".join(ner_line(t) + "\n" for t in toy_names(40, seed=4)))
    vocabulary = [*VOCABULARY, "[unused0]", "##ж"]
    word_pieces(vocabulary).save(str(base / "tokenizer.json"))
    save_file(checkpoint(len(vocabulary)), base / "model.safetensors")
    digest = hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest()
    config = dataclasses.replace(SIZES, vocab_size=len(vocabulary), layers=2)
    monkeypatch.setitem(BASES, digest, Base("toy", config, next(iter(BASES.values())).layer))
    recipe = SyntaxRecipe(
        layers=1,
        epochs=2,
        batch_tokens=120,
        treebanks=("gum-toy.conllu.gz",),
        names=("toy.jsonl.gz",),
        dev_treebanks=("gum-toy.conllu.gz",),
        dev_names=("toy.jsonl.gz",),
    )
    told: list[str] = []
    folder = train_syntax_from_recipe(recipe, data=data, base=base, out=out, tell=told.append)
    assert folder == out / "model"
    events = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    assert [e["event"] for e in events] == ["data", "dev", "dev"]
    assert len(told) == 3
    assert {"gum-toy_las", "toy_name"} <= set(events[-1])
    written = json.loads((folder / "config.json").read_text())
    assert written["encoder"] == {**config.as_dict(), "layers": 1, "vocab_size": len(VOCABULARY)}
    # No word of the documents that are left out.
    assert "AUX|Mood=Ind|VerbForm=Fin" not in written["labels"]["morph"]
    assert set(written["labels"]["relation"]) == {"nsubj", "ROOT", "det", "obj", "case", "obl", "punct"}
    (doc,) = Syntax(folder).parse(["Lena saw the bridge in Turin."])
    assert len([t for t in doc if t.head == t]) == len(list(doc.sents))


# Measures.


def gold_docs(sentences: Sequence[TreebankSentence]) -> list[Doc]:
    groups: list[list[TreebankSentence]] = []
    for s in sentences:
        if s.paragraph:
            groups.append([])
        groups[-1].append(s)
    return [as_doc(group, Vocab()) for group in groups]


def parser_of(docs: Sequence[Doc]) -> Callable[[Sequence[str]], list[Doc]]:
    def parse(texts: Sequence[str]) -> list[Doc]:
        assert list(texts) == [doc.text for doc in docs]
        return list(docs)

    return parse


def toy_paragraphs() -> list[TreebankSentence]:
    rng = random.Random(6)
    return [toy_sentence(rng, paragraph=k % 2 == 0) for k in range(8)]


def test_gold_against_itself_is_perfect() -> None:
    sentences = toy_paragraphs()
    scores = treebank_scores(parser_of(gold_docs(sentences)), sentences)
    assert scores == dict.fromkeys(("words", "sentences", "upos", "xpos", "lemmas", "uas", "las"), 100.0)


def test_each_error_costs_its_own_measures_alone() -> None:
    sentences = toy_paragraphs()
    words = sum(map(len, sentences))
    one_less = round(100 * (words - 1) / words, 2)

    def scores(**changes: list[Any]) -> dict[str, float]:
        wrong = [*sentences[:2], dataclasses.replace(sentences[2], **changes), *sentences[3:]]
        found = treebank_scores(parser_of(gold_docs(wrong)), sentences)
        return {k: v for k, v in found.items() if v != 100}

    s = sentences[2]
    assert scores(heads=[*s.heads[:2], 1, *s.heads[3:]]) == {"uas": one_less, "las": one_less}
    assert scores(deps=["obj", *s.deps[1:]]) == {"las": one_less}
    assert scores(xpos=["NN", *s.xpos[1:]]) == {"xpos": one_less}
    assert scores(upos=["NOUN", *s.upos[1:]]) == {"upos": one_less}
    assert scores(lemmas=["x", *s.lemmas[1:]]) == {"lemmas": one_less}


def test_sentences_that_are_run_together_are_both_missed() -> None:
    sentences = toy_paragraphs()[:2]
    first, second = sentences
    joined = dataclasses.replace(
        first, **{f: getattr(first, f) + getattr(second, f) for f in ("words", "spaces", "lemmas", "upos", "xpos", "feats")}
    )
    joined = dataclasses.replace(
        joined, heads=[*first.heads, 1, *(len(first) + h for h in second.heads[1:])], deps=[*first.deps, "nsubj", "conj", *second.deps[2:]]
    )
    joined.heads[len(first) : len(first) + 2] = [len(first) + 1, 1]
    scores = treebank_scores(parser_of(gold_docs([joined])), sentences)
    words = len(joined)
    one_less = round(100 * (words - 1) / words, 2)
    assert scores == {**dict.fromkeys(("words", "upos", "xpos", "lemmas"), 100.0), "sentences": 0.0, "uas": one_less, "las": one_less}


def test_words_are_matched_by_their_characters() -> None:
    gold = TreebankSentence(
        "d",
        True,
        ["Unions", "ca", "n't", "."],
        [True, False, False, True],
        [*"abcd"],
        ["X"] * 4,
        ["X"] * 4,
        [""] * 4,
        [0, 0, 0, 0],
        ["ROOT", "aux", "advmod", "punct"],
    )
    found = Doc(
        Vocab(),
        words=["Unions", "can't", "."],
        spaces=[True, False, True],
        lemmas=["a", "b", "d"],
        pos=["X"] * 3,
        tags=["X"] * 3,
        heads=[0, 0, 0],
        deps=["ROOT", "aux", "punct"],
    )
    scores = treebank_scores(parser_of([found]), [gold])
    # Two right of four and of three.
    assert scores == {**dict.fromkeys(("words", "upos", "xpos", "lemmas", "uas", "las"), round(200 * 2 / 7, 2)), "sentences": 100.0}


def test_names_count_by_characters_and_kind() -> None:
    words = ["Omar", "Lind", "left", "Oslo", "."]
    text = Words(words, [True, True, True, False, False], {"name": ["B-Person", "I-Person", "O", "B-Location", "O"]}, [], [0] * 5)

    def scores(*ents: str) -> dict[str, float]:
        return name_scores(lambda texts: [Doc(Vocab(), words=words, spaces=text.spaces, ents=list(ents))], [text])

    assert scores("B-Person", "I-Person", "O", "B-Location", "O") == {"Person": 100.0, "Location": 100.0, "all": 100.0}
    assert scores("B-Person", "O", "O", "B-Location", "O") == {"Person": 0.0, "Location": 100.0, "all": 50.0}
    assert scores("B-Person", "I-Person", "O", "B-Facility", "O") == {"Person": 100.0, "Location": 0.0, "Facility": 0.0, "all": 50.0}
    assert scores("B-Person", "I-Person", "O", "O", "O")["all"] == round(200 / 3, 2)


def test_spans_of_labels() -> None:
    assert spans(["B-Date", "I-Date", "B-Date", "O", "B-Person"]) == {(0, 2, "Date"), (2, 3, "Date"), (4, 5, "Person")}
    assert spans([]) == spans(["O", "O"]) == set()
