"""W3C Web Annotations in JSON-LD, by which a CMS or an annotation client finds the claims again in the article.

An AnnotationCollection with one page. Each finding is an annotation that assesses its claim: the target is the claim's words, by quote
with up to :data:`AROUND` code points before and after (which survives edits) and, where the article is a plain file, by position
(code points from 0, end excluded, in the file's text). Bodies: the verdict as a word that classifies, the finding in sentences, and
for each passage of evidence a link to its words. An article is named by its web address if it has one, else by its path; a position
is given only with a path, since a web page's text is not ours. Annotations stand in the order of the articles and of their text.

Source: W3C, Web Annotation Data Model (2017), sections 3.2, 3.3.5, 4.2.4, 4.2.5 and 5.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from factcheck.reports.check import check_quotes
from factcheck.reports.clean import json_text
from factcheck.reports.fingerprint import fingerprints
from factcheck.reports.iri import file_reference, web_address
from factcheck.reports.wording import message, shown
from factcheck.types import Article, Evidence, Finding, Report, Span

#: Code points of a quote's surroundings on either side, at most.
AROUND = 32

_JOINER = "\u200d"


def render(report: Report, *, verbose: bool = False) -> str:
    """The findings as annotations, supported claims and those known or ignored too if ``verbose``.

    Raises :class:`~factcheck.reports.check.QuoteMismatch` if a quote is not its article's words.
    """
    check_quotes(report)
    items = [
        _annotation(report, number, finding, name)
        for number, (checked, names) in enumerate(zip(report.articles, fingerprints(report), strict=True))
        for finding, name in zip(checked.findings, names, strict=True)
        if verbose or (finding.verdict != "supported" and not finding.set_aside)
    ]
    name = f"urn:factcheck:claims:{_digest(items)}"
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": "Claims checked against other articles",
        "generator": {"type": "Software", "name": "factcheck", "schema:softwareVersion": shown(report.version)},
        "total": len(items),
        "first": page,
    }
    return json_text(json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


def _digest(items: list[dict[str, Any]]) -> str:
    """A name for the collection, which must have one: the same annotations have the same."""
    return hashlib.sha256(json.dumps(items).encode("ascii")).hexdigest()[:32]


def _annotation(report: Report, number: int, finding: Finding, name: str) -> dict[str, Any]:
    return {
        "id": f"urn:factcheck:claim:{name}",
        "type": "Annotation",
        "motivation": "assessing",
        "target": _words(report.articles[number].article, Span(finding.claim.start, finding.claim.end)),
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": finding.verdict},
            _sentences("assessing", message(report, finding)),
            *(_link(report, evidence) for evidence in finding.evidence),
        ],
    }


def _link(report: Report, evidence: Evidence) -> dict[str, Any]:
    article = report.articles[evidence.article].article
    return {"purpose": "linking", **_words(article, evidence.span)}


def _sentences(purpose: str, text: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain", "language": "en"}


def _words(article: Article, span: Span) -> dict[str, Any]:
    """A stretch of an article as a SpecificResource."""
    text, web = article.text, web_address(article.url)
    before = text[_whole(text, span.start - AROUND, span.start) : span.start]
    after = text[span.end : _whole(text, span.end + AROUND, span.end)]
    selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after}]
    if article.plain and web is None:
        selectors.append({"type": "TextPositionSelector", "start": span.start, "end": span.end})
    return {"type": "SpecificResource", "source": web or file_reference(article), "selector": selectors}


def _whole(text: str, cut: int, towards: int) -> int:
    """``cut`` moved towards ``towards`` until it parts no accent, vowel sign or emoji from what it belongs to."""
    cut = min(max(cut, 0), len(text))
    step = 1 if towards > cut else -1
    while cut != towards and 0 < cut < len(text) and _belongs(text[cut - 1], text[cut]):
        cut += step
    return cut


def _belongs(left: str, right: str) -> bool:
    if left == "\r":
        return right == "\n"
    # Marks, and modifiers of emoji such as skin tones; a joiner ties what stands on either side of it.
    return unicodedata.category(right)[0] == "M" or "\U0001f3fb" <= right <= "\U0001f3ff" or _JOINER in (left, right)
