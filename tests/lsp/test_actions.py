"""What is offered on a finding: the source's figure, the evidence, the comment that ignores it."""

from __future__ import annotations

import pytest
from lsprotocol import types

from factcheck.lsp.actions import IGNORE, SHOW, actions, ignoring
from factcheck.lsp.figures import corrections
from factcheck.sources.decode import Decoded
from factcheck.sources.markdown import read_markdown
from factcheck.types import Article, Claim, Finding, Span

from .reports import denied, draft, finding, report, view


def corrected(text: str, quote: str, said: str, *, claim: str | None = None, hidden: tuple[str, ...] = (), **about: str) -> list[str]:
    """The draft with each correction that is offered."""
    article, _ = draft(text, hidden=hidden)
    found = denied(finding(text, quote, claim), said, said, **about)  # type: ignore[arg-type]
    offered = corrections(report(article, [found], said), found)
    assert all(c.old == c.span.of(text) for c in offered)
    return [text[: c.span.start] + c.new + text[c.span.end :] for c in offered]


@pytest.mark.parametrize(
    ("quote", "said", "right"),
    [
        ("The bridge cost 48 million crowns.", "The bridge cost 61 million crowns.", "The bridge cost 61 million crowns."),
        ("The bridge cost €48 million.", "The bridge cost €61.5 million.", "The bridge cost €61.5 million."),
        ("The ferry carried 310 people.", "The ferry carried more than 400 people.", "The ferry carried more than 400 people."),
        ("Eight people died in the fire.", "The police said twelve people died in the fire.", "Twelve people died in the fire."),
        ("The tunnel is 5 kilometres long.", "The tunnel is 7 kilometres long.", "The tunnel is 7 kilometres long."),
    ],
)
def test_exactly_the_words_of_the_figure_are_replaced(quote: str, said: str, right: str) -> None:
    assert corrected(f"# News\n\n{quote} It is so.\n", quote, said) == [f"# News\n\n{right} It is so.\n"]


def test_a_day_is_replaced_by_a_day_and_never_by_a_month() -> None:
    said = "The bridge opens on 18 June."
    assert corrected("The bridge opens on 4 June.", "The bridge opens on 4 June.", said, conflict="date") == [said]
    assert corrected("The bridge opens in May.", "The bridge opens in May.", said, conflict="date") == []


def test_the_figure_is_found_where_the_claim_is_told_in_other_words() -> None:
    text = "The council presented the bill: 48 million crowns."
    assert corrected(text, text, "The bridge cost 61 million crowns.", claim="The bridge cost 48 million crowns.") == [
        "The council presented the bill: 61 million crowns."
    ]


@pytest.mark.parametrize(
    ("text", "claim", "hidden"),
    [
        ("The bridge cost 48 million crowns, and 48 million crowns it was.", "The bridge cost 48 million crowns.", ()),
        ("The bridge cost 48 **million** crowns.", "The bridge cost 48 million crowns.", ("**",)),
        ("The bridge cost as much as the town hall.", "The bridge cost 48 million crowns.", ()),
    ],
    ids=["it stands twice", "markup runs through it", "it stands elsewhere"],
)
def test_no_correction_is_offered_where_the_place_is_not_certain(text: str, claim: str, hidden: tuple[str, ...]) -> None:
    assert corrected(text, text, "The bridge cost 61 million crowns.", claim=claim, hidden=hidden) == []


def test_no_correction_is_offered_where_figures_are_not_the_conflict() -> None:
    said = "The bridge cost 61 million crowns."
    assert corrected("The bridge cost 48 million crowns.", "The bridge cost 48 million crowns.", said, conflict="name") == []
    assert corrected("The bridge is open.", "The bridge is open.", "The bridge is closed.", conflict="number") == []


def test_sources_that_agree_give_one_correction() -> None:
    text, said = "The bridge cost 48 million crowns.", "The bridge cost 61 million crowns. In all, the bridge cost 61 million crowns."
    article, (found,) = draft(text, text)
    twice = denied(denied(found, said, "The bridge cost 61 million crowns."), said, "In all, the bridge cost 61 million crowns.")
    assert [c.new for c in corrections(report(article, [twice], said), twice)] == ["61 million"]


def offered(kind: str) -> list[types.CodeAction]:
    text, said = "The bridge cost 48 million crowns.\nThe deck is steel.\n", "The bridge cost 61 million crowns."
    article, (cost, deck) = draft(text, "The bridge cost 48 million crowns.", "The deck is steel.", kind=kind)
    seen = view(report(article, [denied(cost, said, said), deck], said))
    return actions(seen, types.Range(types.Position(0, 5), types.Position(0, 5)))


def test_the_actions_are_those_of_the_finding_at_the_place() -> None:
    replace, show, ignore = offered("markdown")
    assert replace.title == "Replace “48 million” by “61 million” (Coast Wire, 14 Mar 2026)"
    assert replace.edit == types.WorkspaceEdit(
        changes={"file:///news/draft.md": [types.TextEdit(types.Range(types.Position(0, 16), types.Position(0, 26)), "61 million")]}
    )
    assert show.title == "Show evidence: Coast Wire, 14 Mar 2026 denies it: “The bridge cost 61 million crowns.”"
    assert show.command is not None
    assert show.command.command == SHOW
    assert show.command.arguments == [
        types.Location("file:///news/wire%20service.txt", types.Range(types.Position(0, 0), types.Position(0, 34)))
    ]
    assert ignore.title == "Ignore this finding"
    assert all(action.diagnostics and action.diagnostics[0].code == "contradicted" for action in (replace, show, ignore))


def test_plain_text_has_no_comments_and_so_no_ignoring_edit() -> None:
    assert [action.title.split()[0] for action in offered("text")] == ["Replace", "Show"]


IGNORING = [
    ("# News\n\nThe bridge is open.\n", "# News\n\n{}\nThe bridge is open.\n"),
    ("The bridge is open.", "{}\nThe bridge is open."),
    ("Old.\r\n\r\nThe bridge is open.\r\n", "Old.\r\n\r\n{}\r\nThe bridge is open.\r\n"),
    ("- One.\n- The bridge is open.\n- Two.\n", "- One.\n- The bridge is open. {}\n- Two.\n"),
    ("> One.\n> The bridge is open.\n", "> One.\n> The bridge is open. {}\n"),
    ("A wrapped\nparagraph. The bridge is open. So\nit is.\n", "A wrapped\nparagraph. The bridge is open. So {}\nit is.\n"),
    ("# News\nThe bridge is open.\n", "# News\nThe bridge is open. {}\n"),
]


@pytest.mark.parametrize(("before", "after"), IGNORING)
def test_the_comment_goes_where_it_breaks_nothing(before: str, after: str) -> None:
    article = read_markdown(Decoded(before, "utf-8", "utf-8"), "draft.md")
    start = before.index("The bridge")
    claim = Claim("The bridge is open.", ((start, start + 19),), "The bridge is open.")
    offset, text = ignoring(article, claim)
    edited = before[:offset] + text + before[offset:]
    assert edited == after.format(IGNORE)
    again = read_markdown(Decoded(edited, "utf-8", "utf-8"), "draft.md")
    assert words(again) == words(article)


def words(article: Article) -> list[tuple[str, str]]:
    """The blocks as a reader sees them."""
    from factcheck.text import visible_text

    return [(b.kind, visible_text(article.text, Span(b.span.start, b.span.end), article.hidden)) for b in article.blocks]


def test_findings_elsewhere_are_not_touched() -> None:
    text = "The bridge is open.\n\nThe deck is steel.\n"
    article, found = draft(text, "The bridge is open.", "The deck is steel.")
    seen = view(report(article, found, "Nothing."))
    at = types.Range(types.Position(2, 0), types.Position(2, 4))
    assert [a.edit.changes for a in actions(seen, at) if a.edit] == [
        {"file:///news/draft.md": [types.TextEdit(types.Range(types.Position(2, 0), types.Position(2, 0)), f"{IGNORE}\n")]}
    ]
    assert isinstance(found[0], Finding)
