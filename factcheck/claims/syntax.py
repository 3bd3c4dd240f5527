"""Sentences, tags, dependencies, lemmas and names of a text: spaCy documents, analysed by our own network.

spaCy gives the tokens and the document that holds the analysis; its own trained pipelines cannot be had offline. Labels are those of
Universal Dependencies v2 (tags and relations as in the English Web Treebank) and, for names, of Worldwide Newswire.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.parsing.decoding import agreed, names, tree
from factcheck.claims.parsing.layout import MOST_TOKENS
from factcheck.claims.parsing.lemmas import lemma_of
from factcheck.errors import ModelError
from factcheck.networks.arithmetic import products
from factcheck.networks.files import check_manifest, embedded_folder, json_object

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from factcheck.claims.parsing.layout import Layout, Row
    from factcheck.claims.parsing.network import Scores

FloatArray = NDArray[np.float32]

#: Tokens a batch of rows.
_BATCH_TOKENS = 4096

#: Edits that are tried for a lemma, and how far below the likeliest one's logit another's may be.
_LEMMAS, _LEMMA_MARGIN = 6, 5.0

#: A row that is cut must leave at least this share of it behind, or it is cut at its end instead of at a sentence.
_LEAST_KEPT = 0.3


@lru_cache(maxsize=1)
def load_syntax() -> Syntax:
    """The embedded syntax model, read once. Raises ModelError."""
    return Syntax(embedded_folder("syntax-en"))


class Syntax:
    """Analyses texts. Not safe to share between threads while a text is being analysed."""

    def __init__(self, folder: Path) -> None:
        """Read the model in ``folder``. Raises ModelError E303, E304, E308."""
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        from factcheck.claims.parsing.layout import Layout
        from factcheck.claims.parsing.network import LAYERS, SyntaxNetwork
        from factcheck.claims.parsing.words import EnglishWords
        from factcheck.networks.encoder import EncoderConfig
        from factcheck.networks.packing import unpacked

        check_manifest(folder)
        config = json_object(folder / "config.json", code="E303", fix="reinstall the model")
        try:
            self.labels: dict[str, list[str]] = {k: list(config["labels"][k]) for k in (*LAYERS, "relation")}
            sizes = {layer: len(self.labels[layer]) for layer in LAYERS}
            with torch.device("meta"):  # no memory and no random numbers for weights that are about to be read
                network = SyntaxNetwork(EncoderConfig(**config["encoder"]), sizes, len(self.labels["relation"]))
            network.load_state_dict(unpacked(load_file(folder / "model.safetensors")), strict=True, assign=True)
            self._layout = Layout.from_file(folder / "tokenizer.json")
        except (SafetensorError, RuntimeError, TypeError, ValueError, KeyError, OSError) as err:
            raise ModelError("E304", f"{folder}: its files do not fit together: {err}", "reinstall the model") from err
        self._network = network.eval()
        self._words = EnglishWords()

    def parse(self, texts: Sequence[str], *, one_article: bool = False) -> list[Doc]:
        """Analyse texts, each a paragraph or shorter run of prose; no sentence crosses them. White space counts as a token of its own.

        one_article: the texts belong together, so that the same words are a name of the same kind in all of them; otherwise each is
        read as if it stood alone.
        """
        docs = [self._words(text) for text in texts]
        found = self._analyse(docs)
        if one_article:
            self._agree(found)
        return [self._annotated(doc, text) for doc, text in zip(docs, found, strict=True)]

    def analyse(self, words: Sequence[Sequence[str]], spaces: Sequence[Sequence[bool]]) -> list[Doc]:
        """Analyse texts whose words are given. spaces: whether white space follows each word."""
        from spacy.tokens import Doc

        vocab = self._words.vocab
        docs = [Doc(vocab, words=list(w), spaces=list(s)) for w, s in zip(words, spaces, strict=True)]
        return [self._annotated(doc, found) for doc, found in zip(docs, self._analyse(docs), strict=True)]

    def vectors(self, words: Sequence[str]) -> FloatArray:
        """(words, dimensions) unit vectors of words out of any context: the means of what the network embeds their pieces as."""
        table = self._network.word.weight.detach().float().numpy()
        rows = np.stack([table[list(pieces)].mean(0) for pieces in self._layout.pieces(list(words))])
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)

    def _analyse(self, docs: Sequence[Doc]) -> list[_Text]:
        """Rows of all documents together, like lengths with like; of the long ones window after window."""
        import torch

        texts = [_Text(doc, self._layout) for doc in docs]
        while waiting := sorted((text for text in texts if not text.done), key=lambda text: text.next_tokens):
            for some in _batches(waiting):
                rows = [text.row() for text in some]
                with torch.inference_mode(), products("mixed"):
                    found = _Numbers(self._network(self._layout.collate(rows)))
                    trees = [text.trees(found, k, len(rows[k].first), self.labels["start"]) for k, text in enumerate(some)]
                    relations = found.relations([heads for heads, _ in trees], self.labels["relation"].index("ROOT"))
                for k, (text, (heads, starts)) in enumerate(zip(some, trees, strict=True)):
                    text.take(found, k, heads, starts, relations[k], self.labels)
        return texts

    def _agree(self, texts: Sequence[_Text]) -> None:
        """Let the texts agree on what the same words are a name of."""
        same = agreed([t.labels["name"] for t in texts], [t.names for t in texts], [t.words for t in texts], self.labels["name"])
        for text, labels in zip(texts, same, strict=True):
            text.labels["name"] = labels

    def _annotated(self, doc: Doc, text: _Text) -> Doc:
        """A document with the analysis, and the encoder's state of each token as its tensor; white space hangs on the word before it."""
        from spacy.tokens import Doc

        tokens, real, found = text.tokens, text.real, text.labels
        place = [max(k, 0) for k in (np.cumsum(real) - 1).tolist()]
        back = np.flatnonzero(real).tolist()

        def of(layer: str, other: str) -> list[str]:
            names = self.labels[layer]
            return [names[found[layer][k]] if r else other for k, r in zip(place, real, strict=True)]

        morphs = of("morph", "SPACE|")
        heads = [back[text.heads[k]] if r else max(i - 1, 0) for i, (k, r) in enumerate(zip(place, real, strict=True))]
        annotated = Doc(
            doc.vocab,
            words=tokens,
            spaces=text.trailing,
            tags=of("xpos", "_SP"),
            pos=[m.partition("|")[0] for m in morphs],
            morphs=[m.partition("|")[2] for m in morphs],
            lemmas=[text.lemmas[k] if r else w for w, k, r in zip(tokens, place, real, strict=True)],
            heads=heads,
            deps=of("relation", "dep"),
            sent_starts=[bool(r and text.starts[k]) or i == 0 for i, (k, r) in enumerate(zip(place, real, strict=True))],
            ents=_through_spaces(of("name", "O"), real),
        )
        if text.states:
            annotated.tensor = np.concatenate(text.states)[place]  # type: ignore[assignment]  # half precision will do
        return annotated


def _through_spaces(labels: Sequence[str], real: Sequence[bool]) -> list[str]:
    """Name labels in which white space within a name ("Anna  Holt", or a name over a line's end) is a part of it."""
    out = list(labels)
    for k in range(len(out) - 2, -1, -1):
        if not real[k] and out[k + 1].startswith("I-"):
            out[k] = out[k + 1]
    return out


class _Numbers:
    """A batch's scores as numpy arrays."""

    def __init__(self, scores: Scores) -> None:
        self.labels = {layer: x.numpy() for layer, x in scores.labels.items()}
        self.arcs = scores.arcs.numpy()
        self.states = scores.states.numpy().astype(np.float16)
        self._scores = scores

    def relations(self, heads: Sequence[Sequence[int]], root: int) -> list[list[int]]:
        """The best relation of each word of each row to its head; ``root``: that of roots, and of no other word."""
        import torch

        padded = torch.zeros(self._scores.relations.shape[:2], dtype=torch.long)
        for row, one in enumerate(heads):
            padded[row, : len(one)] = torch.tensor(one)
        logits = self._scores.relation(padded)
        logits[..., root] = torch.where(padded == torch.arange(padded.shape[1]), torch.inf, -torch.inf)
        return [best[: len(one)] for best, one in zip(logits.argmax(-1).tolist(), heads, strict=True)]


class _Text:
    """A document on its way through the network. Numbers of words count words alone, without white space.

    tokens: its words and runs of white space; real: which of them are words; trailing: which have a blank of their own behind them;
    names: the scores of each word's name labels.
    """

    def __init__(self, doc: Doc, layout: Layout) -> None:
        rows = [(t.text, not t.is_space, bool(t.whitespace_)) for t in doc]
        self.tokens = [text for text, _, _ in rows]
        self.real = [real for _, real, _ in rows]
        self.trailing = [trailing for _, _, trailing in rows]
        before_space = [*(not real for real in self.real[1:]), False][: len(rows)]
        self.words = [text for text, real, _ in rows if real]
        self._spaces = [t or s for t, s, real in zip(self.trailing, before_space, self.real, strict=True) if real]
        self._pieces = layout.pieces(self.words)
        self._layout = layout
        self.labels: dict[str, list[int]] = {layer: [] for layer in ("morph", "xpos", "name", "relation")}
        self.names: list[FloatArray] = []
        self.lemmas: list[str] = []
        self.states: list[NDArray[np.float16]] = []
        self.heads: list[int] = []
        self.starts: list[bool] = []

    @property
    def done(self) -> bool:
        return len(self.heads) == len(self.words)

    @property
    def next_tokens(self) -> int:
        """Tokens of the next row, roughly."""
        return sum(map(len, self._pieces[len(self.heads) : self._end()])) + 2

    def _end(self) -> int:
        """Behind the last word of the next row."""
        at, size = len(self.heads), 2
        while at < len(self.words) and size + len(self._pieces[at]) <= MOST_TOKENS:
            size += len(self._pieces[at])
            at += 1
        return at

    def row(self) -> Row:
        """The next row: as many of the words still to be done as it holds."""
        part = slice(len(self.heads), self._end())
        return self._layout.row(self.words[part], self._spaces[part], self._pieces[part])

    def trees(self, found: _Numbers, row: int, words: int, labels: Sequence[str]) -> tuple[list[int], list[bool]]:
        """Heads of a row's words, within the row, and which words begin a sentence. labels: of sentence starts.

        The last sentence of a row that ends before the text does is left out: it is read again in the next row.
        """
        at = len(self.heads)
        begins = found.labels["start"][row, :words].argmax(-1) == labels.index("start")
        begins[0] = True
        bounds = [*np.flatnonzero(begins).tolist(), words]
        if at + words < len(self.words) and bounds[-2] >= _LEAST_KEPT * words:
            bounds.pop()
        heads: list[int] = []
        for start, end in itertools.pairwise(bounds):
            heads += (tree(found.arcs[row, start:end, start:end]) + start).tolist()
        return heads, begins[: len(heads)].tolist()

    def take(
        self,
        found: _Numbers,
        row: int,
        heads: Sequence[int],
        starts: Sequence[bool],
        relations: Sequence[int],
        labels: Mapping[str, Sequence[str]],
    ) -> None:
        """Take a row's analysis."""
        at, kept = len(self.heads), len(heads)
        self.starts += starts
        self.states.append(found.states[row, :kept])
        for layer in ("morph", "xpos"):
            self.labels[layer] += found.labels[layer][row, :kept].argmax(-1).tolist()
        for word, scores in zip(self.words[at : at + kept], found.labels["lemma"][row, :kept], strict=True):
            self.lemmas.append(self._lemma(word, scores, labels["lemma"]))
        self.labels["name"] += names(found.labels["name"][row, :kept], labels["name"])
        self.names += list(found.labels["name"][row, :kept])
        self.labels["relation"] += relations
        self.heads += [at + h for h in heads]

    def _lemma(self, word: str, scores: FloatArray, edits: Sequence[str]) -> str:
        """The likeliest edit's lemma, if it is a word; else that of the next likely ones that is: 'denied' is of 'deny', not of 'deni'."""
        first = lemma_of(word, edits[int(scores.argmax())])
        if first == word or self._layout.knows(first):
            return first
        ranked = scores.argsort()[: -1 - _LEMMAS : -1]
        lemmas = [lemma_of(word, edits[k]) for k in ranked]
        likely = scores[ranked] > scores[ranked[0]] - _LEMMA_MARGIN
        return next((x for x, near in zip(lemmas, likely, strict=True) if near and x != word.lower() and self._layout.knows(x)), first)


def _batches(texts: Sequence[_Text]) -> Iterator[Sequence[_Text]]:
    """Runs of texts whose next rows, padded to the longest, make one batch. texts: shortest first."""
    start = 0
    for k, text in enumerate(texts):
        if k > start and (k + 1 - start) * text.next_tokens > _BATCH_TOKENS:
            yield texts[start:k]
            start = k
    if texts[start:]:
        yield texts[start:]
