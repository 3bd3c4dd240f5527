"""The way of the data: articles -> claims -> passages of the others -> pair scores -> verdicts -> report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from factcheck.claims import Reading, as_article, read_claims
from factcheck.claims.sentences import segment
from factcheck.claims.syntax import load_syntax
from factcheck.config import Config
from factcheck.errors import ConfigError, InputError
from factcheck.evidence import Origins, Pair, Passage, Retriever, Tie, pairs, passages
from factcheck.inputs import Inputs, Named, read_inputs
from factcheck.judging import Asked, Judge, Progress, Row, no_progress
from factcheck.models.protocol import NLIModel
from factcheck.reports import check_quotes
from factcheck.text import terms
from factcheck.types import Article, CheckedArticle, Claim, Failure, Finding, Relation, Report, Rule, Skipped, Span
from factcheck.verdicts import Judged, Thresholds, decide
from factcheck.verdicts.account import accounted
from factcheck.verdicts.decide import JudgedPair, decide_together, left_open
from factcheck.verdicts.missing import missing
from factcheck.verdicts.outdated import outdated
from factcheck.verdicts.rules import no_support

_TIES: dict[Tie, Rule] = {
    "altered": "carries the same text with changes",
    "quoted": "quotes the same words",
    "cited": "cites the claim's article",
}

#: The passages that a claim was compared with, nearest first, and what the model and the rules say of each.
Compared = Mapping[Passage, Judged]

#: Passages up to which ``verify`` judges every one of them.
_ALL_PASSAGES = 300


def check(
    paths_or_articles: Named | Sequence[Named],
    *,
    against: Named | Sequence[Named] | None = None,
    model: Judge | NLIModel | str | Path | None = None,
    config: Config | None = None,
    stdin: bytes | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check every claim of the articles against the other articles.

    paths_or_articles: files, folders, articles, or "-" for the bytes given as ``stdin``. against: if given, claims are checked
    against these only, and these are not checked themselves. model: an open model or judge, a name or folder for
    :func:`factcheck.models.load`, or None for config's. Inputs that cannot be used are listed in :attr:`Report.failures` and the
    others go on. Raises ConfigError if nothing is named, ModelError if the model cannot be opened.
    """
    if not paths_or_articles:
        raise ConfigError("E210", "nothing to check", "name the articles, or a folder of articles")
    tell = progress or no_progress
    config = config or Config()
    inputs = read_inputs(paths_or_articles, stdin=stdin, tell=tell)
    sources = read_inputs(against, stdin=stdin, tell=tell) if against is not None else None
    judge = model if isinstance(model, Judge) else Judge.open(model, config)
    return _Run(inputs, sources, judge, config, tell).report()


def verify(claim: str, sources: str | Article | Sequence[str | Article], *, model: NLIModel | str | Path | None = None) -> Finding:
    """Check one claim against sources, each a sentence or a document of any length; no source is cut off.

    Up to 300 sentences every one is judged; of more, those of every source that are nearest the claim, at least four of each. One that
    shares no word with the claim never denies it. Evidence counts sources from 0, and its spans are code points of that source's text.
    Raises ValueError for an empty claim, InputError E120 for one longer than the model can read, ModelError.
    """
    if not claim.strip():
        raise ValueError("the claim is empty")
    given = [sources] if isinstance(sources, (str, Article)) else list(sources)
    judge = Judge.open(model, Config())
    articles = [s if isinstance(s, Article) else as_article(s) for s in given]
    found = [p for n, a in enumerate(articles) for p in passages(n, a, segment(a))]
    if len(found) > _ALL_PASSAGES:
        found = _index(found).search(claim, leave_out=(), each=max(4, _ALL_PASSAGES // len(articles)))
    (rows,) = judge([Asked(claim, found)], no_progress)
    if any(row is None for row in rows):
        raise InputError("E120", "the claim is longer than the model can read", "split the sentence")
    # A sentence on something else altogether may look like a denial to the model.
    own = set(terms(claim))
    compared = {
        p: replace(_judged(claim, articles[p.article], p, row), may_deny=not own.isdisjoint(terms(p.context)))
        for p, row in zip(found, rows, strict=True)
        if row is not None
    }
    (finding,) = _decided(judge, [(Claim(claim, ((0, len(claim)),), claim, "c1"), compared)], no_progress)
    return finding


def nearest(text: str, claim: str, most: int) -> str:
    """The sentences of the ``most`` passages of a long text that are nearest to the claim, in text order, as one premise.

    A claim may rest on several sentences, so they stand together. A text of no more passages, or with none that shares a word with
    the claim, comes back whole.
    """
    index = _long(text, most)
    if index is None:
        return text
    near = index.search(claim, leave_out=(), each=most)
    return " ".join(p.text for p in sorted(near, key=lambda p: p.span)) or text


def _index(found: Sequence[Passage]) -> Retriever:
    return Retriever(found, load_syntax().vectors)


@lru_cache(maxsize=1)
def _long(text: str, most: int) -> Retriever | None:
    """The index of a text of more than ``most`` passages; kept for the next claim, which is mostly on the same text."""
    article = as_article(text)
    found = passages(0, article, segment(article))
    return _index(found) if len(found) > most else None


def may_deny(claimant: Article, source: Article, thresholds: Thresholds) -> bool:
    """Whether the source is recent enough to deny what the claimant says; an unknown date counts as recent."""
    return claimant.date is None or source.date is None or (claimant.date - source.date).days <= thresholds.stale_days


def older(articles: Sequence[Article], number: int) -> frozenset[int]:
    """Numbers of the articles that are dated before article ``number``."""
    date = articles[number].date
    return frozenset(n for n, a in enumerate(articles) if date and a.date and a.date < date)


def complete_pairs(claim: str, found: Sequence[Passage]) -> list[Pair]:
    """For each article of the passages ``found`` the two that may state the claim together: between them they have all its parts."""
    return [pair for pair in pairs(claim, found) if not missing(claim, [pair.text])]


class _Run:
    """One run over articles already read. Articles are numbered inputs first, then the sources of ``--against``."""

    def __init__(self, inputs: Inputs, sources: Inputs | None, judge: Judge, config: Config, tell: Progress) -> None:
        self.inputs, self.sources, self.judge, self.config, self.tell = inputs, sources, judge, config, tell
        self.thresholds = judge.thresholds
        self.articles = [*inputs.articles, *(sources.articles if sources else ())]
        self.to_check = len(inputs.articles)
        self.readings: list[Reading] = []
        for number, article in enumerate(self.articles):
            tell("split", number, len(self.articles))
            # Of a source only the sentences are wanted.
            self.readings.append(read_claims(article) if number < self.to_check else Reading((), (), segment(article)))
        tell("split", len(self.articles), len(self.articles))
        self.origins = Origins(self.articles, [r.sentences for r in self.readings])
        self.copies = self.origins.copies
        self.older = [older(self.articles, n) for n in range(self.to_check)]

    def report(self) -> Report:
        """Judge all claims and put the report together."""
        from factcheck import __version__

        findings, unread = self._findings()
        checked = [
            CheckedArticle(self.articles[n], tuple(findings[n]), (*self.readings[n].skipped, *unread[n]), self.readings[n].checked)
            for n in range(self.to_check)
        ]
        checked += [CheckedArticle(a, source_only=True) for a in self.articles[self.to_check :]]
        failures = (*self.inputs.failures, *(self.sources.failures if self.sources else ()), *self._nothing_done())
        passed = (*self.inputs.passed_over, *(self.sources.passed_over if self.sources else ()))
        notes, settings = self._notes(), self._settings()
        origins = len(self.origins.groups)
        report = Report(tuple(checked), self.judge.model.info, __version__, failures, passed, notes, settings, origins)
        check_quotes(report)
        return report

    def _settings(self) -> dict[str, float | int | str]:
        limits = self.thresholds
        together = {"together": limits.together} if limits.together < 1 else {}
        scout = {"scout": self.judge.scout.info.name} if self.judge.scout else {}
        bound = {"false_alarms": self.config.false_alarms} if self.config.false_alarms is not None else {}
        return {
            "passages": self.config.passages, "support": limits.support, "contradiction": limits.contradiction, "weak": limits.weak,
            "doubt": limits.doubt, "stale_days": limits.stale_days, "beside": limits.beside, **together, **scout, **bound,
        }  # fmt: skip

    def _findings(self) -> tuple[list[list[Finding]], list[list[Skipped]]]:
        """Findings of each article to check, and its claims that were too long for the model."""
        asked = self._asked()
        rows = self.judge([Asked(c.text, list(near), self.older[n]) for n, c, near in asked], self.tell)
        out: list[list[Finding]] = [[] for _ in range(self.to_check)]
        unread: list[list[Skipped]] = [[] for _ in range(self.to_check)]
        read: list[tuple[int, Claim, Compared]] = []
        for (number, claim, near), found in zip(asked, rows, strict=True):
            judged = {
                p: self._judged(number, claim, p, tie, row) for (p, tie), row in zip(near.items(), found, strict=True) if row is not None
            }
            if len(judged) < len(near):
                unread[number].append(Skipped(Span(claim.start, claim.end), claim.quote, "too_long"))
            else:
                read.append((number, claim, judged))
        findings = _decided(self.judge, [(claim, compared) for _, claim, compared in read], self.tell)
        for (number, _, _), finding in zip(read, findings, strict=True):
            out[number].append(replace(finding, origins=(self._origins(finding, "supports"), self._origins(finding, "contradicts"))))
        return out, unread

    def _judged(self, number: int, claim: Claim, passage: Passage, tie: Tie | None, row: Row) -> Judged:
        own, source = self.articles[number], self.articles[passage.article]
        judged = _judged(claim.text, source, passage, row, claimed=own.date)
        # What the texts say comes first: a rule may silence a denial too, a tie never does.
        rule = judged.rule or (_TIES[tie] if tie else None)
        return replace(judged, may_deny=may_deny(own, source, self.thresholds), rule=rule)

    def _tie(self, number: int, claim: Claim, passage: Passage) -> Tie | None:
        return self.origins.tie(number, [Span(*s) for s in claim.spans], passage.article, passage.span)

    def _origins(self, finding: Finding, relation: Relation) -> int:
        return self.origins.count([(e.article, e.span) for e in finding.evidence if e.relation == relation])

    def _asked(self) -> list[tuple[int, Claim, dict[Passage, Tie | None]]]:
        """Each claim with the passages it is to be compared with, and what ties each of them to the claim's article."""
        numbered = enumerate(zip(self.articles, self.readings, strict=True))
        index = _index([p for n, (a, r) in numbered for p in passages(n, a, r.sentences)])
        inputs = set(range(self.to_check)) if self.sources is not None else set()
        out: list[tuple[int, Claim, dict[Passage, Tie | None]]] = []
        for n in range(self.to_check):
            for c in self.readings[n].claims:
                near = index.search(c.text, leave_out={n} | self.copies[n] | inputs, each=self.config.passages)
                ties = {p: self._tie(n, c, p) for p in near}
                out.append((n, c, {p: tie for p, tie in ties.items() if tie != "copy"}))
        return out

    def _name(self, number: int) -> str:
        article: Article = self.articles[number]
        return article.path or article.name

    def _nothing_done(self) -> list[Failure]:
        """What kept articles from being checked at all: a run that checked nothing must not look like one that found nothing."""
        out = []
        for n in range(self.to_check):
            others = set(range(self.to_check, len(self.articles))) if self.sources is not None else set(range(len(self.articles))) - {n}
            if not others:
                what = "no source could be read" if self.sources is not None else "it is the only article"
                out.append(Failure(self._name(n), "E111", f"nothing to check it against: {what}", "add articles on the same event"))
            elif not others - self.copies[n]:
                problem = "nothing to check it against: all others carry the same text"
                out.append(Failure(self._name(n), "E111", problem, "add reports with words of their own"))
            if not self.readings[n].claims:
                problem = "no checkable claim: all of it is opinion, questions, headings or notices"
                out.append(Failure(self._name(n), "E112", problem, "look at it with factcheck split"))
        return out

    def _notes(self) -> tuple[str, ...]:
        notes = []
        for n, group in enumerate(self.copies):
            for other in sorted(m for m in group if m > n and self._name(m) != self._name(n)):
                names = f"{self._name(n)} and {self._name(other)}"
                notes.append(f"{names} carry the same text: they count as one source and do not support each other")
        if not getattr(self.judge.model, "denies", True):
            notes.append(f"{self.judge.model.info.name} tells only supported from not supported: no claim can be contradicted")
        return tuple(notes)


def _decided(judge: Judge, read: Sequence[tuple[Claim, Compared]], tell: Progress) -> list[Finding]:
    """The finding on each claim: by its passages one by one, and where these leave it open by two of an article together."""
    limits = judge.thresholds
    first = [_accounted(decide(claim, list(compared.values()), limits), list(compared)) for claim, compared in read]
    found = [
        complete_pairs(claim.text, [p for p, judged in compared.items() if judged.rule is None]) if left_open(finding, limits) else []
        for finding, (claim, compared) in zip(first, read, strict=True)
    ]
    stated = judge.together([(claim.text, some) for (claim, _), some in zip(read, found, strict=True)], tell)
    return [
        decide_together(finding, [JudgedPair(compared[p.first], compared[p.second], s) for p, s in zip(some, scores, strict=True)], limits)
        for finding, (_, compared), some, scores in zip(first, read, found, stated, strict=True)
    ]


def _accounted(finding: Finding, compared: Sequence[Passage]) -> Finding:
    texts = {(p.article, p.span): (p.text, p.context) for p in compared}
    return accounted(finding, lambda article, span: texts[article, span], [p.context for p in compared])


def _judged(claim: str, source: Article, passage: Passage, row: Row, *, claimed: dt.date | None = None) -> Judged:
    """``claimed``: the date of the claim's article."""
    return Judged(
        passage.article,
        passage.span,
        passage.span.of(source.text),
        passage.context_span,
        row.supports,
        row.contradicts,
        read_by=row.read_by,
        outdates=outdated(claim, passage.text, claimed, source.date),
        rule=no_support(claim, passage.text, passage.context),
    )
