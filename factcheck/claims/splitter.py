"""From sentences to claims: answered questions become statements, and plain coordination is taken apart.

This first version works on words alone. It splits only where the pieces are sure to be grammatical: at semicolons, and between two
predicates with finite verbs from a short closed list that share the sentence's own subject ('X is A and has B').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.claims.faq import answered, is_answer_word
from factcheck.claims.sentences import segment
from factcheck.claims.worthiness import skip_reason
from factcheck.text import Surface, surface
from factcheck.types import Article, Claim, Sentence, Skipped

_FINITE = r"(?:is|are|was|were|has|have|had|will|can|cannot|could|costs?|comes?|carries|seats|uses?|won|lost|opened|closed|rose|fell|said)"
#: subject (no comma, no verb), first predicate, 'and'/'but', second predicate
_PREDICATES = re.compile(
    rf"^(?P<subject>(?:[^\s,;:()\"“”]+ ){{1,7}}?)(?P<first>{_FINITE} [^,;:()\"“”]+?),? (?P<and>and|but) (?P<second>(?:also )?{_FINITE} .+)$"
)
#: Words after which 'and' may join something other than the sentence's own predicates.
_SUBORDINATE = re.compile(r"\b(if|unless|when|while|whether|that|which|who|both|neither|between)\b", re.I)
_SEMICOLON = re.compile(r";\s+(?=[^\W_])")


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
        if reason is None and not (drafted and is_answer_word(sentence.text)):
            drafted += _from_sentence(article, sentence)
        elif not drafted:
            skipped.append(Skipped(sentence.span, sentence.span.of(article.text), reason or "too_short"))
        drafts += drafted
        question = sentence if sentence.text.rstrip(" \"'”’)*_").endswith("?") else None
    claims = tuple(Claim(c.text, c.spans, c.quote, f"c{number}") for number, c in enumerate(drafts, 1))
    return Reading(claims, tuple(skipped), sentences)


def _from_answer(article: Article, question: Sentence | None, answer: Sentence) -> list[Claim]:
    if question is None or not (text := answered(question.text, answer.text)):
        return []
    first, second = (surface(article.text, s.span, article.hidden) for s in (question, answer))
    return [_claim(article, text, (*first.spans(0, len(first.text)), *second.spans(0, len(second.text))))]


def _from_sentence(article: Article, sentence: Sentence) -> list[Claim]:
    shown = surface(article.text, sentence.span, article.hidden)
    out = []
    for pieces in _pieces(shown.text):
        text = " ".join(shown.text[start:end].strip(" ,;") for start, end in pieces)
        text = text[0].upper() + text[1:] + ("" if re.search(r"[.!?…][\"'”’)\]]*$", text) else ".")
        spans = tuple(span for start, end in pieces for span in shown.spans(*_bare(shown, start, end)))
        out.append(_claim(article, text, spans))
    return out


def _pieces(text: str) -> Iterator[Sequence[tuple[int, int]]]:
    """Ranges of ``text`` that make up each claim."""
    start = 0
    stops = [m for m in _SEMICOLON.finditer(text) if _balanced(text[start : m.start()])]
    for end, following in [*((m.start(), m.end()) for m in stops), (len(text), len(text))]:
        yield from _predicates(text, start, end)
        start = following


def _predicates(text: str, start: int, end: int) -> Iterator[Sequence[tuple[int, int]]]:
    match = _PREDICATES.match(text[start:end])
    if match is None or _SUBORDINATE.search(match.group(0)[: match.start("second")]):
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
