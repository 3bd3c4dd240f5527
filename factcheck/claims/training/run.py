"""One syntax run from recipe to model folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from factcheck.claims.parsing.layout import Layout
from factcheck.claims.parsing.network import LAYERS, SyntaxNetwork
from factcheck.claims.training.examples import Labels, Words, label_sets, named, paragraphs
from factcheck.claims.training.loop import SyntaxRecipe, train_syntax
from factcheck.claims.training.measure import quick_scores
from factcheck.claims.training.treebank import non_commercial, read_treebank
from factcheck.errors import InputError
from factcheck.networks.bases import fill, read_base
from factcheck.networks.files import write_manifest
from factcheck.networks.packing import write_weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def train_syntax_from_recipe(
    recipe: SyntaxRecipe, *, data: Path, base: Path, out: Path, tell: Callable[[str], None], threads: int | None = None
) -> Path:
    """Train (or resume) in ``out`` and write the model to ``out``/model; returns that folder.

    data: a folder with syntax/ (treebanks, and gum-docs.tsv with the genre of GUM's documents) and ner/. base: a folder with the
    published checkpoint. Metrics go to ``out``/metrics.jsonl and to ``tell``. Raises ConfigError, InputError.
    """
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    checkpoint, state, whole = read_base(base)
    tokenizer, kept = slim(whole)
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][kept]
    layout = Layout(tokenizer)
    trees = [text for name in recipe.treebanks for text in treebank_texts(data, name, layout)]
    names = [text for name in recipe.names for text in named(data / "ner" / name)]
    labels = label_sets([*trees, *names])
    config = replace(checkpoint.config, layers=recipe.layers, vocab_size=len(kept))
    network = SyntaxNetwork(config, {k: len(v) for k, v in labels.layers.items()}, len(labels.relations))
    fill(network, state, replace(checkpoint, config=config))
    dev = {
        **{name: list(treebank_texts(data, name, layout)) for name in recipe.dev_treebanks},
        **{name: list(named(data / "ner" / name)) for name in recipe.dev_names},
    }
    out.mkdir(parents=True, exist_ok=True)
    with (out / "metrics.jsonl").open("a", encoding="utf-8") as metrics:

        def log(event: dict[str, Any]) -> None:
            metrics.write(json.dumps(event) + "\n")
            metrics.flush()
            tell(" ".join(f"{k}={v}" for k, v in event.items()))

        log({"event": "data", "trees": len(trees), "names": len(names), **{k: len(v) for k, v in labels.layers.items()}})
        trained = train_syntax(
            network, trees, names, labels, layout, recipe, out=out, log=log, score=lambda n: quick_scores(n, dev, labels, layout)
        )
    network.float().load_state_dict(trained)
    export_syntax(network, labels, recipe, out / "model", tokenizer=tokenizer)
    return out / "model"


def slim(tokenizer: Tokenizer) -> tuple[Tokenizer, list[int]]:
    """The tokenizer without unused pieces and those of other scripts, and the old numbers of the pieces that are left, in order.

    A treebank of English teaches nothing of them, and they are a tenth of the embeddings.
    """
    from tokenizers import Tokenizer

    settings = json.loads(tokenizer.to_str())
    old = sorted(settings["model"]["vocab"].items(), key=lambda item: item[1])
    left = [
        (piece, n)
        for piece, n in old
        if not piece.startswith("[unused") and all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x20D0 for c in piece)
    ]
    numbers = {piece: k for k, (piece, _) in enumerate(left)}
    settings["model"]["vocab"] = numbers
    settings["added_tokens"] = [{**token, "id": numbers[token["content"]]} for token in settings["added_tokens"]]
    settings["post_processor"] = None
    return Tokenizer.from_str(json.dumps(settings)), [n for _, n in left]


def treebank_texts(data: Path, name: str, layout: Layout) -> list[Words]:
    """The paragraphs of a treebank under ``data``/syntax, without GUM's non-commercial documents. Raises InputError E133."""
    folder = data / "syntax"
    leave_out = frozenset[str]()
    if name.startswith("gum"):
        table = folder / "gum-docs.tsv"
        if not table.exists():
            raise InputError("E133", f"{table}: is missing, and says which of GUM's texts may be used", "put it beside the treebank")
        leave_out = non_commercial(table)
    return list(paragraphs(read_treebank(folder / name, leave_out=leave_out), layout))


def export_syntax(network: SyntaxNetwork, labels: Labels, recipe: SyntaxRecipe, folder: Path, *, tokenizer: Tokenizer) -> None:
    """Write ``network`` to ``folder``: matrices in 8 bits, labels in config.json. A card that lies there stays as it is."""
    state = network.state_dict()
    rows = [name for name, tensor in state.items() if name.endswith("weight") and tensor.ndim == 2 and tensor.shape[0] > 8]
    write_weights(state, folder, [name for name in rows if name != "arc_weight"])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {
        "architecture": "factcheck-syntax",
        "name": recipe.name,
        "encoder": network.config.as_dict(),
        "labels": {**{layer: labels.layers[layer] for layer in LAYERS}, "relation": labels.relations},
    }
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_manifest(folder)
