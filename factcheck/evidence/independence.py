"""Independence: which stretches of a run's articles have one origin, so that no claim is confirmed by its own copy.

Articles depend on each other in four ways, the first two told by :mod:`factcheck.evidence.wording`, the others by
:mod:`factcheck.evidence.quoting` and :mod:`factcheck.evidence.citing`:

- copy: a sentence stands in both, perhaps trimmed; it can neither support nor deny itself;
- altered: it stands in both, but with another figure, name or verb. A copyist who changed a fact says something else, so an altered copy
  may deny; in all that was left as it was it is a copy, so it never supports;
- quoted: both quote the same words of a speaker or press release; what these say, they say once;
- cited: one names the other as its source, or both name a third.

Of articles that are copies as a whole (most runs of five words of the shorter one stand in the other), every sentence that is no verbatim
copy counts as altered: a reprint with a local paragraph is no second source.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from factcheck.evidence.citing import Citations
from factcheck.evidence.quoting import LEAST, quotations
from factcheck.evidence.wording import Families, Groups, Place
from factcheck.text import fold, visible_text, words
from factcheck.types import Article, Sentence, Span

#: How a stretch depends on another one; see the module.
Tie = Literal["copy", "altered", "quoted", "cited"]

#: Share of common five-word runs (of the shorter text) from which two articles count as copies. Rewritten agency copy shares less
#: than a fifth, reprints with another headline and a trimmed end more than four fifths.
COPY_SHARE = 0.6

#: Words from which a sentence that stands in two articles is a copy by itself.
_LEAST = 10
#: Sentences at an article's top which, if they name a source, name that of the news; words below which they tell none ("The Herald said
#: so.").
_LEAD, _TELLING = 2, 6
_PROSE = ("paragraph", "item", "quote")
_RIGHTS = re.compile(r"^(?:©|\(c\)|copyright\b)|all rights reserved|(?:may|must) not be (?:re)?(?:published|produced|printed|distributed)")
#: Paragraphs at the end in which an outlet may say the same under all its articles.
_CLOSING = 2


def copies(articles: Sequence[Article]) -> list[set[int]]:
    """For each article the numbers of the others that carry the same text.

    Not closed over chains: a one-sentence flash that two different reports both begin with is a copy of either, and does not make
    copies of the two. What an outlet says under all its articles, and notices of rights, are no part of the text.
    """
    return _Texts(articles).copies


class Origins:
    """Where the stretches of a run's articles come from.

    sentences: of each article as :attr:`factcheck.claims.Reading.sentences` gives them. copies: as :func:`copies`. groups: the articles
    by origin, sorted: whole copies stand together, and an article that is mostly taken from another, or whose lead names it as its source,
    stands with it. The order of the articles changes nothing but their numbers.
    """

    def __init__(self, articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> None:
        self._articles = articles
        self._texts = _Texts(articles)
        self.copies = self._texts.copies
        self._sentences = [[s for s in told if s.kind in _PROSE] for told in sentences]
        self._wording = Families([[s.text for s in told] for told in self._sentences], least=_LEAST)
        quoted = [quotations(a) for a in articles]
        self._quotes = [[parts for parts, _ in found] for found in quoted]
        self._quoting = Families([[said for _, said in found] for found in quoted], least=LEAST)
        self._cited = Citations(articles, self._sentences).cited
        self._roots = cache(self._found_roots)
        self.groups = self._grouped()

    def tie(self, claimant: int, spans: Iterable[Span], source: int, passage: Span) -> Tie | None:
        """How the words of a claim and a passage of another article depend on each other; None if they do not.

        spans: of the claim in its article. Of several ties it is the closest, in the order of :data:`Tie`.
        """
        claimed = list(spans)
        own, others = self._overlapped(claimant, claimed), self._overlapped(source, [passage])
        pairs = [(a, b) for a in own for b in others]
        whole = source in self.copies[claimant]
        if any(self._wording.same(a, b) or (whole and self._wording.equal(a, b)) for a, b in pairs):
            return "copy"
        if whole or any(self._wording.altered(a, b) for a, b in pairs):
            return "altered"
        speeches = [(a, b) for a in self._quoted(claimant, claimed, half=True) for b in self._quoted(source, [passage])]
        if any(self._quoting.same(a, b) or self._quoting.altered(a, b) for a, b in speeches):
            return "quoted"
        return "cited" if any(self._by_citing(a, b) for a, b in pairs) else None

    def count(self, evidence: Iterable[tuple[int, Span]]) -> int:
        """How many origins the passages (article, span) have at least.

        A passage with one possible origin counts that. Others, such as copies of the same day, add one for each set of them
        that could not all come from these.
        """
        possible = {frozenset(self._origins(article, span)) for article, span in evidence}
        sure = {origin for found in possible if len(found) == 1 for origin in found}
        open_ = Groups()
        rest = [found for found in possible if not found & sure]
        for found in rest:
            for origin in found:
                open_.join(("origin", origin), ("passage", found))
        return len(sure) + len({open_.find(("passage", found)) for found in rest})

    def _overlapped(self, article: int, spans: Iterable[Span]) -> list[Place]:
        wanted = list(spans)
        told = self._sentences[article]
        return [(article, n) for n, s in enumerate(told) if any(s.span.start < w.end and w.start < s.span.end for w in wanted)]

    def _quoted(self, article: int, spans: Sequence[Span], *, half: bool = False) -> list[Place]:
        """The quotations in which ``spans`` lie, at least with one character or with half of all."""
        least = sum(s.end - s.start for s in spans) / 2 if half else 1
        shared = [sum(max(0, min(s.end, p.end) - max(s.start, p.start)) for s in spans for p in parts) for parts in self._quotes[article]]
        return [(article, n) for n, length in enumerate(shared) if length >= least]

    def _citing(self, place: Place) -> frozenset[int]:
        return self._cited[place[0]].get(place[1], frozenset())

    def _by_citing(self, a: Place, b: Place) -> bool:
        """Whether one of two sentences names the other's article, or cites, over however many others, where the other comes from."""
        named, naming = self._citing(a), self._citing(b)
        return b[0] in named or a[0] in naming or bool((named or naming) and self._roots(a) & self._roots(b))

    def _carriers(self, place: Place) -> set[int]:
        """The articles in which a sentence stands, altered or not, or its quotation; and those that its own is a copy of."""
        article, number = place
        quotes = self._quoted(article, [self._sentences[article][number].span])
        return self._wording.articles(place).union(self._texts.within[article], *map(self._quoting.articles, quotes))

    def _origins(self, article: int, span: Span) -> set[int]:
        places = self._overlapped(article, [span])
        return {origin for p in places for origin in self._roots(p)} or {article} | self._texts.within[article]

    def _found_roots(self, place: Place, seen: frozenset[Place] = frozenset()) -> frozenset[int]:
        """The articles that a sentence can come from: whom it cites, else the oldest of those in which it stands."""
        if place in seen:
            return frozenset(article for article, _ in seen)
        cited = self._citing(place)
        if cited:
            return frozenset[int]().union(*(self._traced(place, article, seen | {place}) for article in cited))
        carriers = self._carriers(place)
        dates = [date for c in carriers if (date := self._articles[c].date)]
        return frozenset(c for c in carriers if (date := self._articles[c].date) is None or date == min(dates))

    def _traced(self, place: Place, cited: int, seen: frozenset[Place]) -> frozenset[int]:
        """Where the article that a sentence cites has it from."""
        wanted = self._wording.terms(place)
        shared = [len(wanted & self._wording.terms((cited, n))) for n in range(len(self._sentences[cited]))]
        best = max(shared, default=0)
        return self._found_roots((cited, shared.index(best)), seen) if 2 * best >= len(wanted) > 0 else frozenset({cited})

    def _grouped(self) -> tuple[frozenset[int], ...]:
        groups = Groups()
        for number in range(len(self._articles)):
            groups.join(number, self._mainly(number))
        members = defaultdict(list)
        for number in range(len(self._articles)):
            members[groups.find(number)].append(number)
        return tuple(frozenset(m) for m in members.values())

    def _mainly(self, number: int) -> int:
        """The article that most of this one is taken from, or that its lead cites; if there is none, its own number."""
        taken, total, lead = Counter[int](), 0, set[int]()
        for n in range(len(self._sentences[number])):
            place = (number, n)
            length = self._wording.length(place)
            total += length
            lead |= self._citing(place) if n < _LEAD and length >= _TELLING else set()
            taken.update(dict.fromkeys((self._carriers(place) | self._citing(place)) - {number}, length))
        able = [other for other, length in taken.items() if length >= COPY_SHARE * total or other in lead]
        # Not closed over chains: a flash that stands in two reports goes with the one it fills most of, and does not join them.
        return max(able, key=lambda other: (taken[other], self._articles[other].text), default=number)


class _Texts:
    """Articles compared as wholes. copies: see :func:`copies`. within: for each article those that hold most of it."""

    def __init__(self, articles: Sequence[Article]) -> None:
        bodies = list(_bodies(articles))
        numbers: defaultdict[tuple[str, ...], int] = defaultdict(lambda: len(numbers))
        runs = [{numbers[run] for run in zip(*(body[i:] for i in range(5)), strict=False)} for body in bodies]
        self.copies: list[set[int]] = [set() for _ in articles]
        self.within: list[set[int]] = [set() for _ in articles]
        for i in range(len(articles)):
            for j in range(i):
                equal = bodies[i] == bodies[j] != []
                shared = len(runs[i] & runs[j])
                if equal or shared >= COPY_SHARE * len(runs[i]) > 0:
                    self.within[i].add(j)
                if equal or shared >= COPY_SHARE * len(runs[j]) > 0:
                    self.within[j].add(i)
                if j in self.within[i] or i in self.within[j]:
                    self.copies[i].add(j)
                    self.copies[j].add(i)


def _bodies(articles: Sequence[Article]) -> Iterator[list[str]]:
    """The words of each article's text, without notices of rights and without what its outlet says under several articles."""
    outlets = [fold(a.outlet or "") for a in articles]
    told = [[p for p in _paragraphs(a) if p] for a in articles]
    closing = Counter((outlet, p) for outlet, text in zip(outlets, told, strict=True) for p in {*text[-_CLOSING:]} if outlet)
    for outlet, text in zip(outlets, told, strict=True):
        least = sum(map(len, text)) / 3
        while text and closing[outlet, text[-1]] > 1 and sum(map(len, text[:-1])) >= least:
            text.pop()
        yield [word for paragraph in text for word in paragraph]


def _paragraphs(article: Article) -> Iterator[tuple[str, ...]]:
    spans = [b.span for b in article.blocks if b.kind in _PROSE] if article.blocks else [Span(0, len(article.text))] if article.text else []
    for span in spans:
        text = visible_text(article.text, span, article.hidden)
        if not _RIGHTS.search(fold(text)):
            yield tuple(words(text))
