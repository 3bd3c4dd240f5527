"""What an editor shows over a claim: the verdict, how sure it is, and the words of both sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import get_args

from lsprotocol import types

from factcheck.lsp.diagnostics import passages
from factcheck.lsp.view import View
from factcheck.reports import telling
from factcheck.reports.check import Positions
from factcheck.reports.phrases import percent
from factcheck.reports.voice import untold
from factcheck.reports.wording import quoted, shown
from factcheck.types import Finding, Verdict

#: Passages shown of a finding.
_MOST = 4
# All that can begin markup inside a line. Not the escape of the Markdown report: that writes entities for GitHub's sake ("&#36;48"), and
# editors in a terminal show these as they stand.
_MARKUP = re.compile(r"([\\`*_\[\]<&~|!@])")


def hover(view: View, at: types.Position, *, markdown: bool) -> types.Hover | None:
    """The finding whose claim holds the position, the worst of them where claims overlap; None if there is none."""
    found = [f for _, f in view.told(frozenset(get_args(Verdict))) if view.claim(f).start <= at <= view.claim(f).end]
    if not found:
        return None
    finding = max(found, key=lambda f: (f.alarming, f.contradiction))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    escape = literal if markdown else str
    return types.Hover(types.MarkupContent(kind, "\n\n".join(_lines(view, finding, escape, "**" if markdown else ""))), view.claim(finding))


def literal(text: str) -> str:
    """Words of an article, cleaned, as Markdown that shows them inside a line and does nothing else."""
    # An address in plain sight would become a link.
    return re.sub(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", r"\\", _MARKUP.sub(r"\\\1", text), flags=re.IGNORECASE)


def _lines(view: View, finding: Finding, escape: Callable[[str], str], strong: str) -> Iterator[str]:
    def told(text: str) -> str:
        return escape(shown(text))

    claim, positions = finding.claim, Positions(view.report)
    yield f"{strong}{finding.verdict}{strong} · {' · '.join(telling.qualities(finding))}"
    said = untold(claim)
    yield escape(quoted(claim.text)) + (f" ({told(said)})" if said else "")
    if not telling.says_the_same(view.article, claim):
        yield f"says: {escape(quoted(claim.quote))}"
    for evidence in passages(finding)[:_MOST]:
        *known, place = telling.source(view.report, positions, evidence)
        reason = f"; {told(evidence.reason)}" if evidence.reason else ""
        label = "closest:" if evidence is finding.nearest else telling.SIDES[evidence.relation]
        cited = ", ".join([*(f"{strong}{told(who)}{strong}" for who in known[:1]), *map(told, [*known[1:], place])])
        yield f"{label} {cited} ({percent(evidence.score)}): {escape(quoted(evidence.quote))}{reason}"
    if (more := len(passages(finding)) - _MOST) > 0:
        yield f"and {more} more"
    if finding.missing:
        yield f"missing: {told(', '.join(f'{m.kind} {m.words}' for m in finding.missing))}"
