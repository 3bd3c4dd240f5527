"""What an editor can do about a finding: look at the evidence, ignore it, take the source's figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from factcheck.lsp.diagnostics import SEVERITIES, diagnostic, heading, passages
from factcheck.lsp.figures import corrections
from factcheck.lsp.view import View
from factcheck.reports.wording import quoted, source
from factcheck.types import Article, Claim, Finding, Verdict

#: The command behind "Show evidence"; its argument is a Location.
SHOW = "factcheck.showEvidence"
#: The comment by which a finding is ignored; what stands for the reason is for the editor to write.
IGNORE = "<!-- factcheck: ignore reason -->"
#: Passages that are offered for showing, and other figures that are offered as corrections.
_MOST = 3
#: Characters of a quote in a title: enough to tell one passage from another.
_TITLE = 60


def actions(view: View, within: types.Range, shown: Sequence[Verdict] = tuple(SEVERITIES)) -> list[types.CodeAction]:
    """The actions on the findings that touch ``within``, in text order."""
    return [
        action
        for name, finding in view.told(frozenset(shown) & SEVERITIES.keys())
        if _touch(view.claim(finding), within)
        for action in _actions(view, finding, diagnostic(view, name, finding))
    ]


def _actions(view: View, finding: Finding, about: types.Diagnostic) -> Iterator[types.CodeAction]:
    for correction in corrections(view.report, finding)[:_MOST]:
        who = source(view.report.articles[correction.evidence.article].article)
        edit = types.TextEdit(view.range(0, correction.span), correction.new)
        yield _edit(view, f"Replace {quoted(correction.old)} by {quoted(correction.new)} ({who})", about, edit)
    for evidence in passages(finding)[:_MOST]:
        title = f"Show evidence: {heading(view, finding, evidence)}: {quoted(_cut(evidence.quote))}"
        command = types.Command(title, SHOW, arguments=[view.location(evidence)])
        yield types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[about], command=command)
    if view.article.kind == "markdown":
        offset, text = ignoring(view.article, finding.claim)
        at = view.place(0, offset)
        yield _edit(view, "Ignore this finding", about, types.TextEdit(types.Range(at, at), text))


def ignoring(article: Article, claim: Claim) -> tuple[int, str]:
    """Where in a Markdown article the comment goes that ignores a claim, and the text to insert.

    Above the claim's line where a paragraph begins with it, else at that line's end: a comment on a line of its own would cut a list,
    a quotation, a table or a wrapped paragraph in two.
    """
    text = article.text
    start = max(text.rfind("\n", 0, claim.start), text.rfind("\r", 0, claim.start)) + 1
    above = text[:start].rstrip(" \t")
    begins = any(block.kind == "paragraph" and block.span.start == start for block in article.blocks)
    newline = "\r\n" if "\r\n" in text else "\n"
    if begins and (not above or above.removesuffix(newline).endswith(("\n", "\r")) or above == newline):
        return start, IGNORE + newline
    ends = [at for end in "\r\n" if (at := text.find(end, claim.start)) >= 0]
    return min(ends, default=len(text)), f" {IGNORE}"


def _edit(view: View, title: str, about: types.Diagnostic, edit: types.TextEdit) -> types.CodeAction:
    changes = types.WorkspaceEdit(changes={view.uri(0): [edit]})
    return types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[about], edit=changes)


def _cut(quote: str) -> str:
    return quote if len(quote) <= _TITLE else quote[: _TITLE - 1].rsplit(" ", 1)[0] + "…"


def _touch(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end
