"""SARIF logs against the standard's schema, GitHub's limits, the articles' texts, and hostile strings.

To write the golden file anew: ``FACTCHECK_UPDATE_GOLDEN=1 pytest tests/reports/test_sarif.py``, then read the diff.
"""

from __future__ import annotations

import dataclasses
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from factcheck.reports import QuoteMismatch, render, sarif
from factcheck.reports.fingerprint import fingerprints
from factcheck.types import Article, CheckedArticle, Claim, Evidence, Finding, ModelInfo, Report, Span
from tests.reports.spiked import EXAMPLES, spiked_report

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "sample.sarif"
SCHEMA = HERE / "data" / "sarif-2.1.0.schema.json"

#: Links as viewers find them: an unescaped bracket, its text, and a destination.
LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)")
PIECES = (
    "[x](1)",
    "](",
    "](javascript:alert(1))",
    "[",
    "]",
    "\\",
    "\\[",
    "{0}",
    "{",
    "}",
    "{{",
    "<b>",
    "&amp;",
    "**",
    "`",
    "\r\n",
    "\U0001f309",
)


@pytest.fixture(scope="module")
def validate() -> Callable[[Any], None]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema).validate  # type: ignore[no-any-return]


def run_of(report: Report, *, verbose: bool = False) -> dict[str, Any]:
    log = json.loads(render("sarif", report, verbose=verbose).encode("utf-8"))
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]


def places(run: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every physical location of the results."""
    for result in run["results"]:
        for location in result["locations"] + result["relatedLocations"]:
            yield location["physicalLocation"]


def test_golden(sample: Report) -> None:
    text = render("sarif", sample)
    if os.environ.get("FACTCHECK_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(text.encode("utf-8"))
    assert text == GOLDEN.read_bytes().decode("utf-8")


@pytest.mark.parametrize("verbose", [False, True])
def test_logs_follow_the_standard_s_schema(
    sample: Report, empty: Report, calm: Report, verbose: bool, validate: Callable[[Any], None]
) -> None:
    for report in (sample, empty, calm):
        log = json.loads(render("sarif", report, verbose=verbose))
        validate(log)
        assert log["$schema"].endswith("sarif-schema-2.1.0.json")


def test_the_schema_bites(sample: Report, validate: Callable[[Any], None]) -> None:
    log = json.loads(render("sarif", sample))
    log["runs"][0]["results"][0]["severity"] = "high"
    with pytest.raises(jsonschema.ValidationError):
        validate(log)


def test_alarms_are_errors_and_what_nobody_settles_is_a_warning(sample: Report) -> None:
    results = run_of(sample)["results"]
    assert [(r["ruleId"], r["level"]) for r in results] == [
        *([("contradicted", "error")] * 2), ("disputed", "error"), *([("unsupported", "warning")] * 4)
    ]  # fmt: skip
    assert {r["kind"] for r in results} == {"fail"}


def test_supported_claims_pass_and_only_when_asked_for(sample: Report) -> None:
    extra = run_of(sample, verbose=True)["results"][len(run_of(sample)["results"]) :]
    assert [(r["ruleId"], r["kind"], r["level"]) for r in extra] == [("supported", "pass", "none")] * 2


@pytest.mark.parametrize(
    ("aside", "why"),
    [
        ({"known": True}, "known: it stands in the baseline"),
        ({"known": True, "ignored": "Checked {with}\nthe council"}, "Checked {with} the council"),
    ],
)
def test_what_is_known_or_ignored_is_suppressed_and_only_shown_when_asked_for(sample: Report, aside: dict[str, Any], why: str) -> None:
    gazette = sample.articles[0]
    first, *others = gazette.findings
    changed = dataclasses.replace(gazette, findings=(dataclasses.replace(first, **aside), *others))
    report = dataclasses.replace(sample, articles=(changed, *sample.articles[1:]))
    assert "disputed" not in {r["ruleId"] for r in run_of(report)["results"]}
    results = run_of(report, verbose=True)["results"]
    assert [r["suppressions"] for r in results if r["ruleId"] == "disputed"] == [
        [{"kind": "external", "status": "accepted", "justification": why}]
    ]
    assert not [r for r in results if r["ruleId"] != "disputed" and "suppressions" in r]


def test_results_name_their_rules(sample: Report) -> None:
    run = run_of(sample, verbose=True)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"]


def test_the_worst_come_first_and_ties_as_in_the_report() -> None:
    text = "a b c d e"
    verdicts = [("supported", 0.1), ("unsupported", 0.2), ("contradicted", 0.7), ("unsupported", 0.2), ("contradicted", 0.9)]
    found = tuple(
        Finding(Claim(text[2 * i], ((2 * i, 2 * i + 1),), text[2 * i]), verdict, 0.5, 0.1, denied)  # type: ignore[arg-type]
        for i, (verdict, denied) in enumerate(verdicts)
    )
    report = Report((CheckedArticle(Article(text, "a.txt"), found),), ModelInfo("m", "", "fp32"), "0.1.0")
    assert [r["properties"]["text"] for r in run_of(report, verbose=True)["results"]] == ["e", "c", "b", "d", "a"]


def test_the_message_says_who_denies_and_links_to_the_words(sample: Report) -> None:
    result = next(r for r in run_of(sample)["results"] if r["ruleId"] == "disputed")
    text = result["message"]["text"]
    assert text.startswith("Disputed (likely, 87%; differs in number; said by the council): “The new harbour bridge")
    assert "Denied by [The Herald, 12 Mar 2026](1): “The Port Ellery bridge has cost 61 million crowns” (48 and 61 million crowns)." in text
    assert "Stated by [Coast Wire, 14 Mar 2026](3)" in text
    assert [r["id"] for r in result["relatedLocations"]] == [1, 2, 3]
    first = result["relatedLocations"][0]
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "articles/herald.txt"
    assert first["physicalLocation"]["contextRegion"]["snippet"]["text"].endswith("that the council announced.")
    assert first["properties"] == {"relation": "contradicts", "score": 0.97, "reason": "48 and 61 million crowns"}


def test_regions_are_in_utf_16(sample: Report) -> None:
    run = run_of(sample)
    assert run["columnKind"] == "utf16CodeUnits"
    place = next(p for p in places(run) if p["artifactLocation"]["uri"] == "articles/herald.txt")
    region = place["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 4), "the emoji before it is two units"
    assert region["charOffset"] == sample.articles[1].article.text.index("The Port") + 1
    checked = [check_region(sample, p) for p in places(run_of(sample, verbose=True))]
    assert sum(checked) > 10


def check_region(report: Report, place: dict[str, Any]) -> int:
    """Read the region's words both ways as UTF-16; how many regions were read."""
    article = report.articles[place["artifactLocation"]["index"]].article
    assert ("region" in place) == article.plain
    units = article.text.encode("utf-16-le", "surrogatepass")
    starts = [0]
    for end in re.finditer(rb"(?:\r\0\n\0)|(?:\n\0)|(?:\r\0)", units):
        if end.start() % 2 == 0:
            starts.append(end.end())
    regions = [place[key] for key in ("region", "contextRegion") if key in place]
    for region in regions:
        begin = starts[region["startLine"] - 1] + 2 * (region["startColumn"] - 1)
        end_ = starts[region["endLine"] - 1] + 2 * (region["endColumn"] - 1)
        assert begin == 2 * region["charOffset"]
        assert end_ == 2 * (region["charOffset"] + region["charLength"])
        words = units[begin:end_].decode("utf-16-le", "surrogatepass")
        assert words == region["snippet"]["text"].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return len(regions)


def test_lines_of_every_kind_and_a_claim_over_several() -> None:
    text = "One.\rTwo \U0001f309 is\r\nthree\nlong. End"
    span = (text.index("is"), text.index(" End"))
    found = Finding(Claim("It is long.", (span,), text[slice(*span)]), "unsupported", 0.5, 0.1, 0.1)
    report = Report((CheckedArticle(Article(text, "a.txt"), (found,)),), ModelInfo("m", "", "fp32"), "0.1.0")
    (place,) = places(run_of(report))
    region = place["region"]
    assert [region[k] for k in ("startLine", "startColumn", "endLine", "endColumn")] == [2, 8, 4, 6]
    check_region(report, place)


def test_a_failed_input_is_told_and_the_run_is_no_success(sample: Report, calm: Report) -> None:
    (invocation,) = run_of(sample)["invocations"]
    assert invocation["executionSuccessful"] is False
    error = invocation["toolExecutionNotifications"][0]
    assert (error["descriptor"]["id"], error["level"]) == ("E114", "error")
    assert "run OCR on it first" in error["message"]["text"]
    told = " ".join(n["message"]["text"] for n in invocation["toolExecutionNotifications"])
    for part in ("count as one origin", "the date could not be found", "articles/notes.xlsx, articles/photo.jpg"):
        assert part in told
    assert run_of(calm)["invocations"][0] == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_more_than_github_keeps_is_cut_at_the_mild_end_and_told(sample: Report) -> None:
    gazette = sample.articles[0]
    contradicted = next(f for f in gazette.findings if f.verdict == "contradicted")
    unsupported = next(f for f in gazette.findings if f.verdict == "unsupported")
    many = dataclasses.replace(gazette, findings=(unsupported,) * sarif.MAX_RESULTS + (contradicted,))
    run = run_of(dataclasses.replace(sample, articles=(many, *sample.articles[1:])))
    assert len(run["results"]) == 5000
    assert [r["ruleId"] for r in run["results"]].count("contradicted") == 2, "the Gazette's and the Herald's; three mild ones have no place"
    left_out = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"] if n["level"] == "warning"]
    assert left_out == ["3 results left out, the mildest: code hosts read 5000"]


def test_github_s_other_limits(sample: Report) -> None:
    herald = sample.articles[1]
    found = herald.findings[0]
    crowd = dataclasses.replace(found, evidence=found.evidence * 60)
    run = run_of(
        dataclasses.replace(sample, articles=(sample.articles[0], dataclasses.replace(herald, findings=(crowd,)), *sample.articles[2:]))
    )
    assert max(len(r["relatedLocations"]) for r in run["results"]) == sarif.MAX_RELATED
    for rule in run["tool"]["driver"]["rules"]:
        assert len(rule["name"]) <= 255
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert len(rule["properties"]["tags"]) <= 10
    assert all(len(r["locations"]) == 1 for r in run["results"])


def test_fingerprints_stay_when_text_is_put_in_above(sample: Report) -> None:
    run = run_of(sample)
    prints = [p for article in fingerprints(sample) for p in article]
    for result in run["results"]:
        assert result["partialFingerprints"]["factcheckClaim/v1"] in prints
        assert result["partialFingerprints"]["primaryLocationLineHash"].startswith(result["partialFingerprints"]["factcheckClaim/v1"])
    moved = run_of(shifted(sample, "A new lead \U0001f309.\n\n"))
    assert [r["partialFingerprints"] for r in moved["results"]] == [r["partialFingerprints"] for r in run["results"]]
    assert [r["locations"] for r in moved["results"]] != [r["locations"] for r in run["results"]]


def shifted(report: Report, lead: str) -> Report:
    """The report as it would be with ``lead`` put before every article."""
    n = len(lead)

    def span(s: Span | None) -> Span | None:
        return Span(s.start + n, s.end + n) if s else None

    def evidence(e: Evidence | None) -> Evidence | None:
        return dataclasses.replace(e, span=span(e.span), context=span(e.context)) if e else None

    def finding(f: Finding) -> Finding:
        claim = dataclasses.replace(f.claim, spans=tuple((a + n, b + n) for a, b in f.claim.spans))
        return dataclasses.replace(
            f, claim=claim, evidence=tuple(evidence(e) for e in f.evidence), nearest=evidence(f.nearest), considered=()
        )

    def article(a: CheckedArticle) -> CheckedArticle:
        text = dataclasses.replace(a.article, text=lead + a.article.text)
        return dataclasses.replace(a, article=text, findings=tuple(map(finding, a.findings)), skipped=())

    return dataclasses.replace(report, articles=tuple(map(article, report.articles)))


@pytest.mark.parametrize(("version", "semantic"), [("0.1.0", "0.1.0"), ("1.2.3-rc.1", "1.2.3-rc.1"), ("0.1.0.dev3", None), ("1", None)])
def test_only_a_semantic_version_is_called_one(empty: Report, version: str, semantic: str | None) -> None:
    driver = run_of(dataclasses.replace(empty, version=version))["tool"]["driver"]
    assert driver["version"] == version
    assert driver.get("semanticVersion") == semantic


def test_a_wrong_quote_is_an_internal_error(sample: Report) -> None:
    gazette = sample.articles[0]
    wrong = dataclasses.replace(gazette.findings[0], claim=dataclasses.replace(gazette.findings[0].claim, quote="other words"))
    with pytest.raises(QuoteMismatch):
        render("sarif", dataclasses.replace(sample, articles=(dataclasses.replace(gazette, findings=(wrong,)), *sample.articles[1:])))


def test_hostile_texts_make_no_link_no_placeholder_and_no_wrong_region(
    make_string: Callable[[random.Random], str], make_hostile: Callable[[random.Random], Report], validate: Callable[[Any], None]
) -> None:
    rng = random.Random(33)
    for i in range(EXAMPLES):
        report = spiked_report(rng, PIECES, make_string) if i % 2 else make_hostile(rng)
        text = render("sarif", report, verbose=True)
        assert text == render("sarif", report, verbose=True)
        log = json.loads(text.encode("utf-8"))
        if i % 10 < 2:
            validate(log)
        run = log["runs"][0]
        for place in places(run):
            if "\ud83d\udc80" not in report.articles[place["artifactLocation"]["index"]].article.text:  # a split pair cannot be written
                check_region(report, place)
        for result in run["results"]:
            ours = {str(related["id"]) for related in result["relatedLocations"]}
            check_message(result["message"]["text"], ours)
            for related in result["relatedLocations"]:
                check_message(related["message"]["text"], set())
        for notification in run["invocations"][0]["toolExecutionNotifications"]:
            check_message(notification["message"]["text"], set())


def check_message(text: str, ours: set[str]) -> None:
    assert "\n" not in text
    assert "\r" not in text
    assert "\x1b" not in text
    plain = text.replace("\\\\", "")
    assert {target for _, target in LINK.findall(plain)} <= ours
    assert not re.search(r"\{|\}", text.replace("{{", "").replace("}}", ""))
