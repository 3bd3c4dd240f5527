"""A checked draft in an editor's terms: lines and columns in the units that it counts in, files by the addresses that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path
from pygls.workspace import PositionCodec

from factcheck.lsp.checking import Checked
from factcheck.reports.fingerprint import fingerprints
from factcheck.text import LineIndex
from factcheck.types import Article, Evidence, Finding, Report, Span, Verdict

_TOP = types.Position(0, 0)


class View:
    """A report as one editor sees it.

    codec: of the unit agreed on (UTF-16 if nothing was). uris: of the open documents, as the editor spells them. Raises ValueError for a
    draft without a report.
    """

    def __init__(self, checked: Checked, codec: PositionCodec, uris: Mapping[Path, str]) -> None:
        if checked.report is None:
            raise ValueError("nothing was checked")
        self.report: Report = checked.report
        self._checked, self._codec, self._uris = checked, codec, uris
        self._lines: dict[int, LineIndex] = {}

    @property
    def article(self) -> Article:
        """The draft."""
        return self.report.articles[0].article

    def told(self, shown: frozenset[Verdict]) -> list[tuple[str, Finding]]:
        """The findings with a verdict in ``shown`` and their fingerprints.

        That nothing settles a claim is told only where there was an independent source that could have.
        """
        if self.report.failures:  # all was read before: only that there is nothing to check it against is left to fail
            shown -= {"unsupported"}
        named = zip(fingerprints(self.report)[0], self.report.articles[0].findings, strict=True)
        return [(name, finding) for name, finding in named if finding.verdict in shown and not finding.set_aside]

    def uri(self, number: int) -> str:
        """The address of an article's file."""
        path = self._checked.files[number]
        return self._uris.get(path) or str(from_fs_path(str(path)))

    def place(self, number: int, offset: int) -> types.Position:
        """Where an offset into an article's text stands in its file; the file's top where the text is not the file's."""
        article = self.report.articles[number].article
        if not article.plain:
            return _TOP
        if number not in self._lines:
            self._lines[number] = LineIndex(article.text)
        line, column = self._lines[number].line_column(offset)
        return types.Position(line - 1, self._codec.client_num_units(article.text[offset - column + 1 : offset]))

    def range(self, number: int, span: Span) -> types.Range:
        """Where a span of an article stands in its file."""
        return types.Range(self.place(number, span.start), self.place(number, span.end))

    def claim(self, finding: Finding) -> types.Range:
        """Where the claim stands in the draft."""
        return self.range(0, Span(finding.claim.start, finding.claim.end))

    def location(self, evidence: Evidence) -> types.Location:
        """Where the words of a source stand."""
        return types.Location(self.uri(evidence.article), self.range(evidence.article, evidence.span))
