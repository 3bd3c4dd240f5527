"""From sentences to claims: answered questions become statements, and plain coordination is taken apart.

This first version works on words alone. It splits only where the pieces are sure to be grammatical: at semicolons, and between two
predicates with finite verbs from a short closed list that share the sentence's own subject ('X is A and has B').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.faq import answer_length, answered
from factcheck.claims.sentences import segment
from factcheck.claims.worthiness import skip_reason
from factcheck.text import Surface, surface
from factcheck.types import Article, Claim, Sentence, Skipped

_FINITE = r"(?:is|are|was|were|has|have|had|will|can|cannot|could)"
#: subject (no comma), first predicate, 'and'/'but', second predicate
_PREDICATES = re.compile(
    rf"^(?P<subject>(?:[^\s,;:()\"“”]+ ){{1,7}}?)(?P<first>{_FINITE} [^,;:()\"“”]+?),? (?P<and>and|but) (?P<second>(?:also )?{_FINITE} .+)$"
)
#: Words after which 'and' may join something other than the sentence's own predicates, or whose reach the second one may share.
_EMBEDDING = re.compile(
    r"""\b(if|unless|when|while|whether|that|which|who|both|n?either|between|what|why|how|where|not|no|none|nobody|nothing|hardly|few|only
    |every\w*|sa(?:y|ys|id)|told|claim\w*|den(?:y|ies|ied)|admit\w*|warn\w*|alleg\w*|believ\w*|thinks?|thought|fears?|hopes?|expects?
    |heard|hears?|understands?|confirm\w*|report(?:s|ed)?|found|finds|shows?|showed|suggest\w*|argu\w*|according|insist\w*|add(?:s|ed)
    |rumou?rs?|idea|clear)\b""",
    re.I | re.X,
)
_SEMICOLON = re.compile(r";\s+(?=[^\W_])")
_NO_SENTENCE = re.compile(r"^(and|or|that|who|which|including|to|such|as)\b", re.I)

#: Words and signs beyond which a claim is a list or a slip of the reader, and more than the model can take in.
MOST_WORDS = 150


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says and what in it is not checked."""

    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]
    sentences: tuple[Sentence, ...]

    @property
    def checked(self) -> float:
        """Share of the prose's characters that stands in sentences which are checked, 0..1; of no prose, 0."""
        total = sum(s.span.end - s.span.start for s in self.sentences)
        left = sum(s.span.end - s.span.start for s in self.skipped)
        return (total - left) / total if total else 0.0


def read_claims(article: Article) -> Reading:
    """Split one article. Claims are in text order and numbered c1, c2, …; every sentence is either in a claim or skipped."""
    sentences = segment(article)
    drafts: list[Claim] = []
    skipped: list[Skipped] = []
    question: Sentence | None = None
    for sentence in sentences:
        drafted = _from_answer(article, question, sentence)
        if drafted and question is not None:
            skipped = [s for s in skipped if s.span != question.span]
        reason = skip_reason(sentence)
        answer = answer_length(sentence.text) if drafted else 0
        if reason is None and answer < len(sentence.text):
            drafted += _from_sentence(article, sentence, after=answer)
        if not drafted:
            skipped.append(Skipped(sentence.span, sentence.span.of(article.text), reason or "too_long"))
        drafts += drafted
        question = sentence if sentence.asks else None
    claims = tuple(Claim(c.text, c.spans, c.quote, f"c{number}") for number, c in enumerate(drafts, 1))
    return Reading(claims, tuple(skipped), sentences)


def _from_answer(article: Article, question: Sentence | None, answer: Sentence) -> list[Claim]:
    if question is None or not (text := answered(question.text, answer.text)) or _too_long(text):
        return []
    first, second = (surface(article.text, s.span, article.hidden) for s in (question, answer))
    return [_claim(article, text, (*first.spans(0, len(first.text)), *second.spans(0, answer_length(answer.text))))]


def _from_sentence(article: Article, sentence: Sentence, *, after: int) -> list[Claim]:
    """Claims of a sentence from character ``after`` on (behind the yes or no that it opens with)."""
    shown = surface(article.text, sentence.span, article.hidden)
    out = []
    for pieces in _pieces(shown.text, after):
        text = " ".join(shown.text[start:end].strip(" ,;") for start, end in pieces)
        text = text[0].upper() + text[1:] + ("" if re.search(r"[.!?…][\"'”’)\]]*$", text) else ".")
        if not _too_long(text):
            spans = tuple(span for start, end in pieces for span in shown.spans(*_bare(shown, start, end)))
            out.append(_claim(article, text, spans))
    return out


def _too_long(text: str) -> bool:
    return len(re.findall(r"\w+|[^\w\s]", text)) > MOST_WORDS


def _pieces(text: str, start: int) -> Iterator[Sequence[tuple[int, int]]]:
    """Ranges of ``text[start:]`` that make up each claim."""
    stops = [m for m in _SEMICOLON.finditer(text, start) if _balanced(text[start : m.start()])]
    cuts = [start, *(m.end() for m in stops)]
    ends = [*(m.start() for m in stops), len(text)]
    if not _all_sentences([text[a:b] for a, b in zip(cuts, ends, strict=True)]):
        cuts, ends = [start], [len(text)]
    for a, b in zip(cuts, ends, strict=True):
        if text[a:b].strip(" ,;"):
            yield from _predicates(text, a, b)


def _all_sentences(parts: Sequence[str]) -> bool:
    """Whether the parts between semicolons each stand alone: a verb in each, no list, no speaker that governs them all."""
    if len(parts) > 1 and (":" in parts[0] or _EMBEDDING.search(parts[0])):
        return False
    return all(re.search(rf"\b{_FINITE}\b|\w{{2}}ed\b", p) and not _NO_SENTENCE.match(p) for p in parts[1:])


def _predicates(text: str, start: int, end: int) -> Iterator[Sequence[tuple[int, int]]]:
    match = _PREDICATES.match(text[start:end])
    if match is None or _EMBEDDING.search(match.group(0)[: match.start("second")]):
        yield [(start, end)]
        return
    subject = (start, start + match.end("subject"))
    yield [(start, start + match.end("first"))]
    yield [subject, (start + match.start("second"), end)]


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")


def _bare(shown: Surface, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and shown.text[start] in " ,;":
        start += 1
    while end - 1 > start and shown.text[end - 1] in " ,;":
        end -= 1
    return start, end


def _claim(article: Article, text: str, spans: tuple[tuple[int, int], ...]) -> Claim:
    return Claim(text, spans, article.text[spans[0][0] : max(end for _, end in spans)])
