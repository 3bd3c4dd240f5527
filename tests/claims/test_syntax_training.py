"""Training of the syntax network on a toy language: that it learns, that it stops and resumes exactly, what it writes."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models

from factcheck.claims.parsing.layout import Layout
from factcheck.claims.parsing.network import SyntaxNetwork
from factcheck.claims.syntax import Syntax
from factcheck.claims.training import loop
from factcheck.claims.training.examples import UNKNOWN, Labels, Words, example, label_sets, paragraphs
from factcheck.claims.training.loop import SyntaxRecipe, batch, epoch, loss_of, read_syntax_recipe, train_syntax
from factcheck.claims.training.measure import quick_scores
from factcheck.claims.training.run import export_syntax, slim, train_syntax_from_recipe
from factcheck.errors import ConfigError, ModelError
from factcheck.networks.bases import BASES, Base
from factcheck.networks.files import write_manifest

from .toy import (
    PARLIAMENT,
    PEOPLE,
    PLACES,
    SIZES,
    SPECIAL,
    VOCABULARY,
    conllu,
    gold_docs,
    ner_line,
    toy_names,
    toy_sentence,
    toy_sentences,
    word_pieces,
)


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

    save, calls = loop.SyntaxWeights.save, [0]

    def save_then_stop(weights: loop.SyntaxWeights, path: Path, progress: Any) -> None:
        save(weights, path, progress)
        calls[0] += 1
        if calls[0] == saves:
            raise Stop

    monkeypatch.setattr(loop.SyntaxWeights, "save", save_then_stop)
    with pytest.raises(Stop):
        run(toy, layout, tmp_path, epochs=2, save_every_s=-1.0)
    monkeypatch.setattr(loop.SyntaxWeights, "save", save)
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
