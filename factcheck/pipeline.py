"""The way of the data: articles -> claims -> passages of the others -> pair scores -> verdicts -> report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.claims import Reading, as_article, read_claims
from factcheck.config import Config
from factcheck.errors import ConfigError, InputError, ModelError
from factcheck.evidence import Passage, Retriever, copies, passages
from factcheck.models.protocol import NLIModel
from factcheck.reports import check_quotes
from factcheck.types import Article, CheckedArticle, Claim, Failure, Finding, Report
from factcheck.verdicts import Combiner, Judged, Thresholds, decide

#: (stage, done, total): "read", "split", "judge"; done == total ends a stage.
Progress = Callable[[str, int, int], None]

#: Pairs scored between two calls of the progress display.
_CHUNK = 256


def check(
    paths_or_articles: Sequence[str | Path | Article],
    *,
    against: Sequence[str | Path | Article] | None = None,
    model: NLIModel | str | Path | None = None,
    config: Config | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check every claim of the articles against the other articles.

    paths_or_articles: files, folders, or articles. against: if given, claims are checked against these only, and these are not
    checked themselves. model: an open model, a name or folder for :func:`factcheck.models.load`, or None for config's.
    Inputs that cannot be used are listed in :attr:`Report.failures` and the others go on. Raises ConfigError if nothing is named,
    ModelError if the model cannot be opened.
    """
    from factcheck.models import load

    if not paths_or_articles:
        raise ConfigError("E210", "nothing to check", "name the articles, or a folder of articles")
    tell = progress or (lambda stage, done, total: None)
    tell("read", 0, 1)
    inputs = _read(paths_or_articles, tell)
    sources = _read(against, tell) if against is not None else None
    config = config or Config()
    judge = model if isinstance(model, NLIModel) else load(model or config.model, precision=config.precision)
    return _Run(inputs, sources, judge, config, tell).report()


def verify(claim: str, sources: Sequence[str | Article], *, model: NLIModel | str | Path | None = None) -> Finding:
    """Check one claim against sources, each a sentence or a document of any length; nothing is cut off.

    Evidence counts sources from 0, and its spans are code points of that source's text. Raises ValueError for an empty claim.
    """
    from factcheck.models import load

    if not claim.strip():
        raise ValueError("the claim is empty")
    judge = model if isinstance(model, NLIModel) else load(model)
    articles = [s if isinstance(s, Article) else as_article(s) for s in sources]
    found = [p for n, a in enumerate(articles) for p in passages(n, a, read_claims(a).sentences)]
    stated = Claim(claim, ((0, len(claim)),), claim, "c1")
    # Every passage of short sources, the nearest of long ones.
    near = Retriever(found).search(claim, leave_out=(), most=32, each=4) if len(found) > 32 else found
    combiner = combiner_of(judge)
    scores = _judge_all(judge, combiner, [(claim, p) for p in near], lambda stage, done, total: None)
    judged = [_judged(articles, p, row, deny=True) for p, row in zip(near, scores, strict=True)]
    return decide(stated, judged, combiner.thresholds)


def combiner_of(model: NLIModel) -> Combiner:
    """The combiner fitted for this model, or one that takes the model's word for it. Raises ModelError E310."""
    settings = getattr(model, "verdict_settings", None)
    try:
        return Combiner.from_dict(settings) if settings else Combiner()
    except (KeyError, TypeError, ValueError) as err:
        raise ModelError("E310", f"{model.info.name}: verdicts.json does not fit: {err}", "run factcheck train verdicts") from err


def may_deny(claimant: Article, source: Article, thresholds: Thresholds) -> bool:
    """Whether the source is recent enough to deny what the claimant says; an unknown date counts as recent."""
    return claimant.date is None or source.date is None or (claimant.date - source.date).days <= thresholds.stale_days


@dataclass(slots=True)
class _Inputs:
    articles: list[Article]
    failures: list[Failure]
    passed_over: list[str]


def _read(given: Sequence[str | Path | Article], tell: Progress) -> _Inputs:
    from factcheck.sources import expand, read

    out = _Inputs([a for a in given if isinstance(a, Article)], [], [])
    named: list[str] = []
    for path in (str(g) for g in given if not isinstance(g, Article)):
        try:
            expansion = expand([path])
        except InputError as err:
            out.failures.append(_failure(path, err))
            continue
        named += [f for f in expansion.files if f not in named]
        out.passed_over += [f for f in expansion.passed_over if f not in out.passed_over]
    for done, path in enumerate(named):
        tell("read", done, len(named))
        try:
            out.articles += read(path)
        except InputError as err:
            out.failures.append(_failure(path, err))
    tell("read", len(named), len(named))
    return out


def _failure(path: str, err: InputError) -> Failure:
    return Failure(path, err.code, err.problem, err.step)


class _Run:
    """One run over articles already read. Articles are numbered inputs first, then the sources of ``--against``."""

    def __init__(self, inputs: _Inputs, sources: _Inputs | None, model: NLIModel, config: Config, tell: Progress) -> None:
        self.inputs, self.sources, self.model, self.config, self.tell = inputs, sources, model, config, tell
        self.combiner = combiner_of(model)
        self.articles = [*inputs.articles, *(sources.articles if sources else ())]
        self.to_check = len(inputs.articles)
        self.readings: list[Reading] = []
        for number, article in enumerate(self.articles):
            tell("split", number, len(self.articles))
            self.readings.append(read_claims(article))
        tell("split", len(self.articles), len(self.articles))
        self.copies = copies(self.articles)

    def report(self) -> Report:
        """Judge all claims and put the report together."""
        from factcheck import __version__

        findings = self._findings()
        checked = tuple(
            CheckedArticle(
                a,
                tuple(findings[n]) if n < self.to_check else (),
                r.skipped if n < self.to_check else (),
                r.checked if n < self.to_check else 0.0,
                n >= self.to_check,
            )
            for n, (a, r) in enumerate(zip(self.articles, self.readings, strict=True))
        )
        failures = (*self.inputs.failures, *(self.sources.failures if self.sources else ()))
        passed = (*self.inputs.passed_over, *(self.sources.passed_over if self.sources else ()))
        thresholds = self.combiner.thresholds
        settings: dict[str, float | int | str] = {
            "passages": self.config.passages,
            "per_article": self.config.per_article,
            "support": thresholds.support,
            "contradiction": thresholds.contradiction,
            "stale_days": thresholds.stale_days,
        }
        report = Report(checked, self.model.info, __version__, failures, passed, self._notes(), settings)
        check_quotes(report)
        return report

    def _findings(self) -> list[list[Finding]]:
        numbered = enumerate(zip(self.articles, self.readings, strict=True))
        retriever = Retriever([p for n, (a, r) in numbered for p in passages(n, a, r.sentences)])
        asked: list[tuple[int, Claim, list[Passage]]] = []
        for number in range(self.to_check):
            leave_out = self._not_evidence_for(number)
            for claim in self.readings[number].claims:
                near = retriever.search(claim.text, leave_out=leave_out, most=self.config.passages, each=self.config.per_article)
                asked.append((number, claim, near))
        scores = iter(_judge_all(self.model, self.combiner, [(c.text, p) for _, c, near in asked for p in near], self.tell))
        out: list[list[Finding]] = [[] for _ in range(self.to_check)]
        thresholds = self.combiner.thresholds
        for number, claim, near in asked:
            recent = [may_deny(self.articles[number], self.articles[p.article], thresholds) for p in near]
            judged = [_judged(self.articles, p, next(scores), deny=deny) for p, deny in zip(near, recent, strict=True)]
            out[number].append(decide(claim, judged, thresholds))
        return out

    def _not_evidence_for(self, number: int) -> set[int]:
        """The article itself, its copies, and, with ``--against``, all other articles that are checked."""
        own = {number} | next((g for g in self.copies if number in g), set())
        return own | set(range(self.to_check)) if self.sources is not None else own

    def _notes(self) -> tuple[str, ...]:
        notes = []
        for group in self.copies:
            names = " and ".join(self.articles[n].path or self.articles[n].name for n in sorted(group))
            notes.append(f"{names} carry the same text: they count as one source and do not support each other")
        others = len(self.articles) - self.to_check if self.sources is not None else len(self.articles) - 1
        if self.articles and others < 1:
            notes.append("only one article could be read: there is nothing to check it against, so no claim can be settled")
        elif self.articles and self.sources is None and any(len(g) == len(self.articles) for g in self.copies):
            notes.append("all articles are copies of one text: there is no second source, so no claim can be settled")
        for number, reading in enumerate(self.readings[: self.to_check]):
            if not reading.claims:
                notes.append(f"{self.articles[number].path or self.articles[number].name}: no checkable claim was found")
        return tuple(notes)


def _judge_all(model: NLIModel, combiner: Combiner, asked: Sequence[tuple[str, Passage]], tell: Progress) -> list[tuple[float, float]]:
    """Probabilities (supports, contradicts) of each claim and passage; the model sees the sentence alone and in its context."""
    pairs = list(dict.fromkeys(pair for claim, p in asked for pair in ((p.text, claim), (p.context, claim))))
    # Like lengths together: the model pads each chunk on its own.
    pairs.sort(key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
    scores: dict[tuple[str, str], list[float]] = {}
    for start in range(0, len(pairs), _CHUNK):
        tell("judge", start, len(pairs))
        chunk = pairs[start : start + _CHUNK]
        scores.update(zip(chunk, model.predict(chunk).tolist(), strict=True))
    tell("judge", len(pairs), len(pairs))
    return [combiner(scores[p.text, claim], scores[p.context, claim], claim=claim, passage=p.text, context=p.context) for claim, p in asked]


def _judged(articles: Sequence[Article], passage: Passage, row: tuple[float, float], *, deny: bool) -> Judged:
    quote = passage.span.of(articles[passage.article].text)
    return Judged(passage.article, passage.span, quote, passage.context_span, *row, may_deny=deny)
