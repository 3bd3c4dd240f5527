"""A toy language for the syntax network: its words, its sentences, and a tokenizer for them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

from factcheck.claims.parsing.layout import MOST_TOKENS
from factcheck.claims.training.examples import Words
from factcheck.claims.training.measure import spans
from factcheck.claims.training.treebank import TreebankSentence, as_doc
from factcheck.networks.encoder import EncoderConfig

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


def gold_docs(sentences: Sequence[TreebankSentence]) -> list[Doc]:
    groups: list[list[TreebankSentence]] = []
    for s in sentences:
        if s.paragraph:
            groups.append([])
        groups[-1].append(s)
    return [as_doc(group, Vocab()) for group in groups]


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
