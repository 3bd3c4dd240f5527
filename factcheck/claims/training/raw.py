"""The field's measures of an analysis that starts from raw text, as in the CoNLL 2018 shared task (Zeman et al. 2018, §4).

Words are matched by the characters they stand on; precision is over the words found, recall over the gold ones. As in the task, "las"
compares relations without their subtypes ("nsubj:pass" is "nsubj"); "las_subtypes" compares them whole. A paragraph of the treebank is a
text of its own, spaced as the treebank has it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from factcheck.claims.training.examples import Words
from factcheck.claims.training.measure import spans
from factcheck.claims.training.treebank import TreebankSentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[Sequence[str]], list["Doc"]]

#: What is said of a word: (kind, start, end, value).
Fact = tuple[str, int, int, object]


def treebank_scores(parse: Parse, sentences: Iterable[TreebankSentence]) -> dict[str, float]:
    """F1 in percent of words, sentences, tags (upos, xpos), lemmas and arcs (uas, las, las_subtypes)."""
    groups = _paragraphs(sentences)
    counts: Counter[str] = Counter()
    for group, doc in zip(groups, parse([_text(group) for group in groups]), strict=True):
        _count(counts, _gold_facts(group), _found_facts(doc))
    return _f1(counts)


def name_scores(parse: Parse, texts: Sequence[Words]) -> dict[str, float]:
    """F1 in percent of names: characters and kind must agree. By kind, and over all ("all")."""
    counts: Counter[str] = Counter()
    raw = ["".join(w + " " * s for w, s in zip(t.words, t.spaces, strict=True)) for t in texts]
    for text, doc in zip(texts, parse(raw), strict=True):
        starts = _starts(text.words, text.spaces)
        gold = [(kind, starts[a], starts[b - 1] + len(text.words[b - 1])) for a, b, kind in spans(text.labels["name"])]
        found = [(e.label_, e.start_char, e.end_char) for e in doc.ents]
        for facts, other in ((gold, found), (found, gold)):
            side = "gold" if facts is gold else "found"
            for kind, a, b in facts:
                for key in (kind, "all"):
                    counts[f"{key} {side}"] += 1
                    counts[f"{key} right"] += side == "gold" and (kind, a, b) in other
    return _f1(counts)


def _paragraphs(sentences: Iterable[TreebankSentence]) -> list[list[TreebankSentence]]:
    out: list[list[TreebankSentence]] = []
    for s in sentences:
        if s.paragraph or not out or out[-1][0].document != s.document:
            out.append([])
        out[-1].append(s)
    return out


def _text(group: Sequence[TreebankSentence]) -> str:
    return "".join(w + " " * b for s in group for w, b in zip(s.words, s.spaces, strict=True))


def _starts(words: Sequence[str], spaces: Sequence[bool]) -> list[int]:
    return [0, *itertools.accumulate(len(w) + b for w, b in zip(words, spaces, strict=True))][:-1]


def _gold_facts(group: Sequence[TreebankSentence]) -> set[Fact]:
    out: set[Fact] = set()
    at = 0
    for s in group:
        starts = [at + k for k in _starts(s.words, s.spaces)]
        ends = [k + len(w) for k, w in zip(starts, s.words, strict=True)]
        out.add(("sentences", starts[0], ends[-1], None))
        for k in range(len(s)):
            head = None if s.heads[k] == k else (starts[s.heads[k]], ends[s.heads[k]])
            out |= _facts(starts[k], ends[k], s.upos[k], s.xpos[k], s.lemmas[k], head, s.deps[k])
        at = ends[-1] + s.spaces[-1]
    return out


def _found_facts(doc: Doc) -> set[Fact]:
    out: set[Fact] = set()
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        if words:
            out.add(("sentences", words[0].idx, words[-1].idx + len(words[-1]), None))
        for t in words:
            head = None if t.head.i == t.i else (t.head.idx, t.head.idx + len(t.head))
            out |= _facts(t.idx, t.idx + len(t), t.pos_, t.tag_, t.lemma_, head, t.dep_)
    return out


def _facts(start: int, end: int, upos: str, xpos: str, lemma: str, head: tuple[int, int] | None, relation: str) -> set[Fact]:
    arc = {"uas": head, "las": (head, relation.partition(":")[0]), "las_subtypes": (head, relation)}
    values = {"words": None, "upos": upos, "xpos": xpos, "lemmas": lemma, **arc}
    return {(kind, start, end, value) for kind, value in values.items()}


def _count(counts: Counter[str], gold: set[Fact], found: set[Fact]) -> None:
    for side, facts in (("gold", gold), ("found", found), ("right", gold & found)):
        for kind, *_ in facts:
            counts[f"{kind} {side}"] += 1


def _f1(counts: Counter[str]) -> dict[str, float]:
    kinds = dict.fromkeys(key.rpartition(" ")[0] for key in counts)
    return {k: round(200 * counts[f"{k} right"] / max(1, counts[f"{k} gold"] + counts[f"{k} found"]), 2) for k in sorted(kinds)}
