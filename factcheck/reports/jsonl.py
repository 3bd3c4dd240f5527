r"""The JSON report as lines (JSON Lines): each a complete JSON object that can be read, filtered and stored by itself.

A line's ``type`` says what it holds. First comes one ``run`` (versions, model, settings, summary, notes), then a ``failure`` for
each input that could not be used; then article after article an ``article``, a ``claim`` for each of its findings and a
``skipped`` for each stretch that is not checked, both in text order. The fields are those of ``report.schema.json``, with the
same values; a claim and a skipped stretch also say where they stand: ``path`` and ``article`` (its number in the run, from 0, as
in evidence), a claim ``outlet``, ``date``, ``title`` and ``url`` too. The lines together hold all that the JSON report holds.

    factcheck run articles -f jsonl | jq -r 'select(.verdict == "contradicted") | "\(.path):\(.line) \(.text)"'
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from factcheck.reports.clean import json_text
from factcheck.reports.json import as_dict
from factcheck.types import Report

#: What a claim's line repeats of its article beside its path and number.
_ARTICLE_FIELDS = ("outlet", "date", "title", "url")


def render(report: Report, *, verbose: bool = False) -> str:
    """The report as lines of JSON, always UTF-8; they hold everything, ``verbose`` or not. Raises as the JSON report does."""
    return "".join(json_text(json.dumps(line, ensure_ascii=False, allow_nan=False)) + "\n" for line in lines(report))


def lines(report: Report) -> Iterator[dict[str, Any]]:
    """The lines as dicts."""
    run = as_dict(report)
    articles, failures = run.pop("articles"), run.pop("failures")
    yield {"type": "run", **run}
    for failure in failures:
        yield {"type": "failure", **failure}
    for number, article in enumerate(articles):
        claims, skipped = article.pop("claims"), article.pop("skipped")
        place = {"path": article["path"], "article": number}
        yield {"type": "article", "article": number, **article}
        for claim in claims:
            yield {"type": "claim", **place, **{field: article[field] for field in _ARTICLE_FIELDS}, **claim}
        for stretch in skipped:
            yield {"type": "skipped", **place, **stretch}
