"""Findings in an editor's terms: places, diagnostics, hovers."""

from __future__ import annotations

import dataclasses
import os
import random
import re

import pytest
from lsprotocol import types

from factcheck.lsp.diagnostics import diagnostics
from factcheck.lsp.hover import hover, literal
from factcheck.types import Failure, Missing
from tests.reports.conftest import hostile

from .reports import WIRE, denied, draft, report, view

TEXT = "🌉🌉 Café news.\r\nThe bridge\u2028 cost 48 million crowns.\r\nThe deck is steel.\n"
SAID = "The bridge cost 61 million crowns."


def sample():  # type: ignore[no-untyped-def]
    article, (news, cost, deck) = draft(TEXT, "Café news.", "The bridge\u2028 cost 48 million crowns.", "The deck is steel.")
    return report(article, [news, denied(cost, SAID, SAID), deck], SAID)


@pytest.mark.parametrize(("encoding", "start", "end"), [("utf-16", 5, 15), ("utf-8", 9, 20), ("utf-32", 3, 13)])
def test_columns_are_counted_in_the_unit_that_was_agreed_on(encoding: str, start: int, end: int) -> None:
    place = diagnostics(view(sample(), encoding))[0].range
    assert (place.start, place.end) == (types.Position(0, start), types.Position(0, end))


def test_only_an_editor_s_line_ends_end_lines() -> None:
    places = [d.range.start for d in diagnostics(view(sample()))]
    assert places == [types.Position(0, 5), types.Position(1, 0), types.Position(2, 0)]


def test_a_diagnostic_names_verdict_severity_and_the_place_of_the_evidence() -> None:
    news, cost, _ = diagnostics(view(sample()))
    assert (cost.severity, cost.code, cost.source) == (types.DiagnosticSeverity.Error, "contradicted", "factcheck")
    assert "48 million crowns" in cost.message
    (related,) = cost.related_information or []
    assert related.location == types.Location("file:///news/wire%20service.txt", types.Range(types.Position(0, 0), types.Position(0, 34)))
    assert related.message == f"Coast Wire, 14 Mar 2026 denies it: “{SAID}”"
    assert (news.severity, news.code) == (types.DiagnosticSeverity.Information, "unsupported")
    assert news.data != cost.data


def test_disputed_claims_are_warnings_and_supported_ones_no_diagnostics() -> None:
    article, (cost, deck) = draft(TEXT, "The bridge\u2028 cost 48 million crowns.", "The deck is steel.")
    found = [denied(cost, SAID, SAID, verdict="disputed"), dataclasses.replace(deck, verdict="supported")]
    (only,) = diagnostics(view(report(article, found, SAID)))
    assert (only.code, only.severity) == ("disputed", types.DiagnosticSeverity.Warning)


def test_evidence_in_a_page_is_the_file_s_top_for_its_text_is_not_the_file_s() -> None:
    article, (cost,) = draft(TEXT, "The bridge\u2028 cost 48 million crowns.")
    (only,) = diagnostics(view(report(article, [denied(cost, SAID, SAID)], SAID, kind="html")))
    assert only.related_information is not None
    assert only.related_information[0].location.range == types.Range(types.Position(0, 0), types.Position(0, 0))


def test_unsupported_claims_are_left_out_on_demand_and_where_no_source_is_independent() -> None:
    made = sample()
    assert [d.code for d in diagnostics(view(made), ("contradicted", "disputed"))] == ["contradicted"]
    copies = dataclasses.replace(made, failures=(Failure("draft.md", "E111", "nothing to check it against", "add reports"),))
    assert [d.code for d in diagnostics(view(copies))] == ["contradicted"]
    places = [d.range.start for d in diagnostics(view(made)) if d.code == "unsupported"]
    assert [hover(view(made), at, markdown=True) is None for at in places] == [False] * len(places)
    assert [hover(view(copies), at, markdown=True) is None for at in places] == [True] * len(places)
    assert places


def test_what_an_editor_has_set_aside_is_not_told() -> None:
    article, (cost, deck) = draft(TEXT, "The bridge\u2028 cost 48 million crowns.", "The deck is steel.")
    aside = [dataclasses.replace(denied(cost, SAID, SAID), ignored="checked with the council"), dataclasses.replace(deck, known=True)]
    seen = view(report(article, aside, SAID))
    assert diagnostics(seen) == []
    assert hover(seen, types.Position(1, 3), markdown=True) is None


def test_a_hover_tells_both_sides_and_where_the_claim_stands() -> None:
    seen = view(sample())
    shown = hover(seen, types.Position(1, 3), markdown=True)
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert shown.range == diagnostics(seen)[1].range
    head, claim, evidence = shown.contents.value.split("\n\n")
    assert head.startswith("**contradicted** · very likely, 90% · number")
    assert "48 million crowns" in claim
    assert evidence == f"denied by **Coast Wire**, 14 Mar 2026, wire service.txt:1:1 (90%): “{SAID}”"
    assert hover(seen, types.Position(1, 60), markdown=True) is None


def test_a_hover_in_plain_text_has_no_markup_and_says_what_is_missing() -> None:
    article, (deck,) = draft(TEXT, "The deck is steel.")
    made = report(article, [dataclasses.replace(deck, missing=(Missing("subject", "the_deck"),))], SAID)
    shown = hover(view(made), types.Position(2, 0), markdown=False)
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert shown.contents.value.startswith("unsupported · ")
    assert shown.contents.value.endswith("missing: subject the_deck")


def test_the_worst_of_overlapping_claims_is_shown() -> None:
    article, (whole, cost) = draft(TEXT, "The bridge\u2028 cost 48 million crowns.", "cost 48 million crowns")
    shown = hover(view(report(article, [whole, denied(cost, SAID, SAID)], SAID)), types.Position(1, 20), markdown=False)
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert shown.contents.value.startswith("contradicted")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It cost $48 (not #1).", "It cost $48 (not #1)."),
        ("![x](https://evil.example/a.png)", r"\!\[x\](https:\//evil.example/a.png)"),
        ("<img src=x> & *bold* `code` a|b", r"\<img src=x> \& \*bold\* \`code\` a\|b"),
        (r"\*not bold", r"\\\*not bold"),
        ("write to desk@evil.example", r"write to desk\@evil.example"),
    ],
)
def test_words_of_an_article_act_as_no_markup(text: str, markdown: str) -> None:
    assert literal(text) == markdown


def test_hostile_text_stays_text_in_every_message() -> None:
    rng = random.Random(7)
    for _ in range(int(os.environ.get("FACTCHECK_EXAMPLES", "300"))):
        words, said = hostile(rng), hostile(rng)
        article, (one,) = draft(words, words)
        made = report(
            article, [dataclasses.replace(denied(one, said, said, reason=hostile(rng)), missing=(Missing("actor", hostile(rng)),))], said
        )
        seen = view(made)
        (told,) = diagnostics(seen)
        related = told.related_information or []
        shown = hover(seen, told.range.start, markdown=True)
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        for text in (told.message, related[0].message, shown.contents.value.replace("\n\n", "")):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", text), text
        assert not re.search(r"(?<!\\)(?:\\\\)*[<`\[_|]", shown.contents.value)
        assert related[0].location.uri == WIRE.as_uri()
