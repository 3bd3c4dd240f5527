"""Findings that an editor ignores, each with a reason: by comments in a Markdown article and by entries of factcheck.toml.

``<!-- factcheck: ignore reason -->`` speaks of the claims whose sentence stands on its own line or, where no sentence does, on the line
below; ``<!-- factcheck: ignore-file reason -->`` of the whole file. Who reads the article sees neither. Comments of other formats are
not read: plain text has none, and of the others the text is no longer the file's. A comment that ignores nothing is told in the
article's notes. What is supported is never ignored: there is nothing to ignore, until it is denied.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache

from factcheck.claims.sentences import segment
from factcheck.config import Ignore
from factcheck.reports.fingerprint import fingerprints, gist, portable
from factcheck.text import LineIndex, squeeze
from factcheck.types import Article, CheckedArticle, Finding, Report, Span

_LINE, _FILE = "ignore", "ignore-file"
_COMMENT = re.compile(r"<!--\s*factcheck\s*:\s*(?P<word>[a-z]+(?:[-_][a-z]+)*)(?P<rest>.*?)-->", re.IGNORECASE | re.DOTALL)
#: What stands for the reason where a comment is shown, or inserted for an editor to complete.
_PLACEHOLDER = "reason"
_LINE_END = r"[ \t]*(?:\r\n|\n|\r)"
#: From a comment to the next line; formatters put a blank line or two between paragraphs.
_TO_NEXT = re.compile(f"{_LINE_END}(?:{_LINE_END}){{0,2}}")


def mark_ignored(report: Report, ignores: Sequence[Ignore] = ()) -> Report:
    """The report with the reasons for which findings are ignored, and with notes on comments that ignore nothing.

    A comment at the claim goes before one for the file, and both before ``ignores``, of which the first that fits counts.
    """
    marked = [checked if checked.source_only else _by_comments(checked) for checked in report.articles]
    named = zip(marked, fingerprints(report), strict=True)
    return replace(report, articles=tuple(_by_entries(checked, names, ignores) for checked, names in named))


def _marked(checked: CheckedArticle, reasons: Sequence[str | None]) -> CheckedArticle:
    """With a reason at each finding that has one here and is neither supported nor ignored already."""
    findings = tuple(
        replace(finding, ignored=reason) if finding.ignored is None and finding.verdict != "supported" else finding
        for finding, reason in zip(checked.findings, reasons, strict=True)
    )
    return replace(checked, findings=findings)


# -- entries of the settings -------------------------------------------------------------------------------------------------------


def _by_entries(checked: CheckedArticle, prints: Sequence[str], ignores: Sequence[Ignore]) -> CheckedArticle:
    here = [ignore for ignore in ignores if _is_in(checked.article, ignore.path)]
    named = zip(checked.findings, prints, strict=True)
    return _marked(checked, [next((i.reason for i in here if _means(i, finding, name)), None) for finding, name in named])


def _is_in(article: Article, glob: str) -> bool:
    """Whether the glob means the article's path, the end of it, or a folder that it lies in."""
    path, pattern = f"/{portable(article.path)}", f"*/{portable(glob).replace('**/', '')}"
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern}/*")


def _means(ignore: Ignore, finding: Finding, fingerprint: str) -> bool:
    if ignore.fingerprint is not None and ignore.fingerprint.strip().lower() != fingerprint:
        return False
    # With its signs: who ignores "48%" has not ignored "48 people".
    return ignore.claim is None or f" {gist(ignore.claim)} " in f" {gist(finding.claim.text)} "


# -- comments ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment to this tool. word: what it asks for, in lower case."""

    span: Span
    word: str
    reason: str


def _by_comments(checked: CheckedArticle) -> CheckedArticle:
    comments = list(_comments(checked.article))
    if not comments:
        return checked
    lines = _Lines(checked.article)
    claims = [lines.of_sentences(finding.claim.start, finding.claim.end) for finding in checked.findings]
    claimed = {line for own in claims for line in own}
    by_line: dict[int, str] = {}
    whole: str | None = None
    notes: list[str] = []
    for comment in comments:
        meant = claimed.intersection(lines.spoken_of(comment.span))
        if problem := _problem(comment, at_claim=bool(meant)):
            notes.append(f"line {lines.of(comment.span)[0]}: {problem}")
        elif comment.word == _FILE:
            whole = whole or comment.reason
        else:
            for line in meant:
                by_line.setdefault(line, comment.reason)
    marked = _marked(checked, [next((by_line[n] for n in own if n in by_line), whole) for own in claims])
    return replace(marked, article=replace(checked.article, notes=(*checked.article.notes, *notes)))


def _comments(article: Article) -> Iterator[_Comment]:
    if article.kind != "markdown":
        return
    # In what the reader hides: the same words in a code block or front matter are no comment.
    for hidden in article.hidden:
        for match in _COMMENT.finditer(article.text, hidden.start, hidden.end):
            word = match["word"].lower()
            if _is_ours(word):
                yield _Comment(Span(*match.span()), word, squeeze(match["rest"]).strip(" :,;–—-"))


@lru_cache(maxsize=256)
def _is_ours(word: str) -> bool:
    """Whether it is one of our words or a slip: newsrooms write comments to each other that begin like ours."""
    return bool(difflib.get_close_matches(word, (_LINE, _FILE), 1))


def _problem(comment: _Comment, *, at_claim: bool) -> str | None:
    """Why a comment ignores nothing, if it does not."""
    if comment.word not in (_LINE, _FILE):
        return f"“factcheck: {comment.word}” means nothing; write “factcheck: {_LINE}” and a reason"
    if comment.reason.lower() in ("", _PLACEHOLDER):
        return f"“factcheck: {comment.word}” gives no reason, so it ignores nothing"
    if comment.word == _LINE and not at_claim:
        return f"“factcheck: {_LINE}” stands at no claim; put it above a claim's line or at its end"
    return None


class _Lines:
    """The lines of an article, from 1, and which of them have sentences."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._index = LineIndex(article.text)
        self._sentences = [sentence.span for sentence in segment(article)]
        self._starts = [span.start for span in self._sentences]
        self._prose = {line for span in self._sentences for line in self.of(span)}

    def of(self, span: Span) -> range:
        """The lines that a stretch of text stands on."""
        return range(self._index.line_column(span.start)[0], self._index.line_column(span.end - 1)[0] + 1)

    def of_sentences(self, start: int, end: int) -> range:
        """The lines of the sentences that ``text[start:end]`` is in."""
        near = self._sentences[max(0, bisect_right(self._starts, start) - 1) : bisect_left(self._starts, end)]
        held = [Span(start, end), *(span for span in near if span.end > start)]
        return self.of(Span(min(span.start for span in held), max(span.end for span in held)))

    def spoken_of(self, comment: Span) -> range:
        """The lines that a comment speaks of: its own, or the next where it stands alone; none where that is left open."""
        own = self.of(comment)
        if not self._prose.isdisjoint(own):
            return own
        gap = _TO_NEXT.match(self._text, comment.end)
        if gap is None:
            return range(0)
        below = self._index.line_column(gap.end())[0]
        # Right below a paragraph and apart from the next one it may mean either.
        unclear = below > own.stop and own.start - 1 in self._prose
        return range(0) if unclear else range(below, below + 1)
