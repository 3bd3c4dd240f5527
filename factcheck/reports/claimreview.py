"""Drafts of schema.org ClaimReview for a newsroom that publishes fact checks: one for each alarm, never fit to publish as it is.

A person answers for a review, so its author must be given (``--reviewer``) and what only a person can say is left to fill in: ``url``,
the address of the published review, holds :data:`FILL_IN`, and there is no ``ratingValue``: that two articles disagree says nothing of
how true either is. ``reviewRating.alternateName``, which readers see, says only that other articles deny or dispute the claim. Every
draft says so in ``creativeWorkStatus``. The one who made the claim is the outlet, or the speaker where the article reports somebody's
words; of a speaker only the name is known, so ``@type`` (Person or Organization) is left out. Drafts stand worst verdict first,
likeliest denied first, then as in the report.

Source: schema.org, ClaimReview, Claim, Quotation; Google Search Central, fact check markup (required: claimReviewed, reviewRating with
alternateName, url).
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from factcheck.errors import ConfigError
from factcheck.reports.check import check_quotes
from factcheck.reports.clean import json_text
from factcheck.reports.iri import web_address
from factcheck.reports.telling import worst_first
from factcheck.reports.voice import untold
from factcheck.reports.wording import message, shown
from factcheck.types import Article, Evidence, Finding, Report, Verdict

#: Stands where a person must write something; no address, so that no reader of a draft takes it for one.
FILL_IN = "TO BE FILLED IN"

# Who stands for somebody not named is no claimant.
_PRONOUNS = frozenset("he she it they who".split())
_RATINGS: dict[Verdict, str] = {"contradicted": "Draft: contradicted by other reports", "disputed": "Draft: other reports disagree on it"}


def render(report: Report, *, verbose: bool = False, reviewer: str | None = None) -> str:
    """The alarms as drafts in JSON-LD, reviewed by ``reviewer``; contradicted and disputed claims only, verbose or not.

    Raises ConfigError E224 without a reviewer, and :class:`~factcheck.reports.check.QuoteMismatch` if a quote is not its article's words.
    """
    author = require_reviewer(reviewer)
    check_quotes(report)
    drafts = [_draft(report, report.articles[n].article, f, author) for n, f in worst_first(report) if f.alarming]
    return json_text(json.dumps({"@context": "https://schema.org", "@graph": drafts}, ensure_ascii=False, indent=1)) + "\n"


def require_reviewer(reviewer: str | None) -> str:
    """The reviewer's name, cleaned. Raises ConfigError E224 if there is none."""
    name = shown(reviewer or "")
    if not name:
        raise ConfigError("E224", "a ClaimReview needs somebody who answers for it", "name the newsroom: --reviewer NAME")
    return name


def _draft(report: Report, article: Article, finding: Finding, reviewer: str) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft by a machine: to be checked, rated and completed by a person",
        "claimReviewed": shown(finding.claim.text),
        "url": FILL_IN,
        "author": {"@type": "Organization", "name": reviewer},
        "reviewRating": {"@type": "Rating", "alternateName": _RATINGS[finding.verdict]},
        "reviewBody": message(report, finding),
        "itemReviewed": _without_nothing({
            "@type": "Claim",
            "author": _claimant(article, finding),
            "datePublished": _day(article.date),
            "appearance": _quotation(article, finding.claim.quote),
        }),
        "citation": [_passage(report, evidence) for evidence in finding.evidence],
    }  # fmt: skip


def _claimant(article: Article, finding: Finding) -> dict[str, str] | None:
    """Who said it: a speaker whose statement the claim is, else the outlet, also where the claim is that somebody said something."""
    claim = finding.claim
    if claim.stance in ("said", "alleged") and untold(claim):
        named = claim.speaker is not None and claim.speaker.casefold() not in _PRONOUNS
        return {"name": shown(claim.speaker or "")} if named else None
    return {"@type": "Organization", "name": shown(article.outlet)} if article.outlet else None


def _passage(report: Report, evidence: Evidence) -> dict[str, Any]:
    said = "states the claim" if evidence.relation == "supports" else "denies the claim"
    return {**_quotation(report.articles[evidence.article].article, evidence.quote), "description": said}


def _quotation(article: Article, quote: str) -> dict[str, Any]:
    """Words of an article, and the article as far as it is known; its path only if nothing else names it."""
    return {
        "@type": "Quotation",
        "text": shown(quote),
        "isPartOf": _without_nothing({
            "@type": "NewsArticle",
            "headline": shown(article.title) if article.title else None,
            "publisher": {"@type": "Organization", "name": shown(article.outlet)} if article.outlet else None,
            "datePublished": _day(article.date),
            "url": web_address(article.url),
            "name": None if article.title or article.outlet else shown(article.name),
        }),
    }  # fmt: skip


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
