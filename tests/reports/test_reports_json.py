"""The JSON report against its schema, its articles' texts, and hostile strings."""

from __future__ import annotations

import dataclasses
import json
import random
import typing
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest

from factcheck import types
from factcheck.reports import QuoteMismatch, check_quotes
from factcheck.reports import json as report_json
from factcheck.reports import schema as report_schema
from factcheck.types import Article, CheckedArticle, Claim, Report, Span


@pytest.fixture
def validate() -> Callable[[Any], None]:
    schema = report_schema.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).validate  # type: ignore[no-any-return]


def parsed(report: Report) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(report_json.render(report).encode("utf-8"))
    return loaded


def test_reports_follow_the_schema(sample: Report, empty: Report, calm: Report, validate: Callable[[Any], None]) -> None:
    for report in (sample, empty, calm):
        validate(parsed(report))
        assert parsed(report) == report_json.as_dict(report)


def test_the_schema_refuses_what_the_contract_does_not_name(sample: Report, validate: Callable[[Any], None]) -> None:
    for breach in ({"extra": 1}, {"offsets": "bytes"}, {"schema_version": "2.0"}, {"articles": None}):
        with pytest.raises(jsonschema.ValidationError):
            validate(parsed(sample) | breach)
    without_column = parsed(sample)
    del without_column["articles"][0]["claims"][0]["column"]
    with pytest.raises(jsonschema.ValidationError):
        validate(without_column)


def test_schema_and_code_name_the_same_fields(sample: Report) -> None:
    """Drift either way fails: a field that is written but not described, or described but never written."""
    written: dict[str, set[str]] = {}
    schema = report_schema.schema()
    _collect(schema, parsed(sample), schema, "report", written)
    described = {name: set(node["properties"]) for name, node in _objects(schema)}
    assert written == described


def test_every_field_has_a_description() -> None:
    for name, node in _objects(report_schema.schema()):
        assert node["additionalProperties"] is False, name
        for field, part in node["properties"].items():
            assert part.get("description"), f"{name}.{field}"


def test_schema_knows_every_value_of_the_types() -> None:
    defs = report_schema.schema()["$defs"]
    for values, part in (
        (types.Verdict, defs["claim"]["properties"]["verdict"]),
        (types.Relation, defs["evidence"]["properties"]["relation"]),
        (types.SkipReason, defs["skipped"]["properties"]["reason"]),
        (types.Stance, {"enum": [s for s in defs["claim"]["properties"]["stance"]["enum"] if s is not None]}),
        (typing.get_type_hints(Article)["encoding_source"], defs["article"]["properties"]["encoding_source"]),
    ):
        assert sorted(part["enum"]) == sorted(typing.get_args(values))


def test_schema_names_the_contract_that_the_code_writes() -> None:
    schema = report_schema.schema()
    assert schema["$id"] == schema["properties"]["schema"]["const"] == report_json.SCHEMA_ID
    assert report_schema.text() == json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "keep the file's layout"
    schema.clear()
    assert report_schema.schema(), "callers get a copy of their own"


def test_offsets_lines_and_columns(sample: Report) -> None:
    data = parsed(sample)
    texts = [checked.article.text for checked in sample.articles]
    for quoted, text, plain in _quoted(data, texts):
        assert text[quoted["start"] : quoted["end"]] == quoted["quote"]
        assert ("line" in quoted) == ("column" in quoted) == plain
        if plain:
            line = text.replace("\r\n", "\n").split("\n")[quoted["line"] - 1]
            assert quoted["quote"].startswith(line[quoted["column"] - 1 :][: len(quoted["quote"])])
    cost, opens = data["articles"][1]["claims"]
    assert (cost["line"], cost["column"]) == (3, 3), "an emoji is one code point"
    assert (opens["line"], opens["column"]) == (4, 1), "CRLF ends one line"


def test_ids_are_there_even_if_no_one_gave_them() -> None:
    found = types.Finding(Claim("A.", ((0, 2),), "A."), "unsupported", 0.5, 0.1, 0.1)
    report = Report((CheckedArticle(Article("A."), (found, found)),), types.ModelInfo("m", "", "fp32"), "0")
    assert [c["id"] for c in parsed(report)["articles"][0]["claims"]] == ["1.1", "1.2"]


def test_claims_carry_who_says_them(sample: Report) -> None:
    claims = [c for article in parsed(sample)["articles"] for c in article["claims"]]
    assert [(c["speaker"], c["stance"]) for c in claims if c["stance"]] == [("the council", "said"), (None, "said")]
    assert all(c["speaker"] is None for c in claims if c["stance"] is None)


def test_same_report_same_bytes(sample: Report) -> None:
    other = dataclasses.replace(sample, settings=dict(reversed(sample.settings.items())))
    assert report_json.render(sample) == report_json.render(other)


def test_not_a_number_is_refused(sample: Report) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        report_json.render(dataclasses.replace(sample, settings={"threshold": float("nan")}))


def test_hostile_strings_come_back_as_they_were(make_hostile: Callable[[random.Random], Report], validate: Callable[[Any], None]) -> None:
    rng = random.Random(22)
    for i in range(700):
        report = make_hostile(rng)
        text = report_json.render(report)
        assert text == report_json.render(report)
        data = json.loads(text.encode("utf-8"))
        if "\\ud83d\\udc80" not in json.dumps(report_json.as_dict(report)):  # a split pair cannot be written
            assert data == report_json.as_dict(report)
        if i % 20 == 0:
            validate(data)


def _break_claim(checked: CheckedArticle, **changes: Any) -> CheckedArticle:
    first = checked.findings[0]
    return dataclasses.replace(checked, findings=(dataclasses.replace(first, claim=dataclasses.replace(first.claim, **changes)),))


def _break_evidence(checked: CheckedArticle, **changes: Any) -> CheckedArticle:
    first = checked.findings[0]
    return dataclasses.replace(
        checked, findings=(dataclasses.replace(first, evidence=(dataclasses.replace(first.evidence[0], **changes),)),)
    )


@pytest.mark.parametrize(
    "breach",
    [
        lambda a: _break_claim(a, quote="other words"),
        lambda a: _break_claim(a, spans=()),
        lambda a: _break_claim(a, spans=((9, 12), (3, 5))),
        lambda a: _break_claim(a, spans=((-4, -1),)),
        lambda a: _break_claim(a, spans=((10**6, 10**6 + 1),), quote=""),
        lambda a: _break_evidence(a, quote="other words"),
        lambda a: _break_evidence(a, article=9),
        lambda a: _break_evidence(a, article=-1),
        lambda a: _break_evidence(a, context=Span(0, 1)),
        lambda a: dataclasses.replace(a, skipped=(dataclasses.replace(a.skipped[0], quote="x"),)),
        lambda a: dataclasses.replace(
            a, findings=(dataclasses.replace(a.findings[0], nearest=types.Evidence(1, Span(0, 3), "x", "supports", 0.1)),)
        ),
    ],
)
def test_a_wrong_quote_is_an_internal_error(sample: Report, breach: Callable[[CheckedArticle], CheckedArticle]) -> None:
    check_quotes(sample)
    broken = dataclasses.replace(sample, articles=(breach(sample.articles[0]), *sample.articles[1:]))
    with pytest.raises(QuoteMismatch):
        report_json.render(broken)


def _objects(schema: dict[str, Any], name: str = "report") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the schema that has named fields: (name, node)."""
    if "properties" in schema:
        yield name, schema
        for field, part in schema["properties"].items():
            yield from _objects(part, field)
    for key, part in schema.get("$defs", {}).items():
        yield from _objects(part, key)


def _collect(schema: dict[str, Any], value: Any, node: dict[str, Any], name: str, out: dict[str, set[str]]) -> None:
    """The fields that ``value`` really has, by the name of the schema's object that describes them."""
    for option in node.get("anyOf", [node]):
        target = option
        if "$ref" in option:
            name = option["$ref"].rpartition("/")[2]
            target = schema["$defs"][name]
        if isinstance(value, dict) and "properties" in target:
            out.setdefault(name, set()).update(value)
            for key, part in value.items():
                _collect(schema, part, target["properties"][key], key, out)
        elif isinstance(value, list) and isinstance(target.get("items"), dict):
            for part in value:
                _collect(schema, part, target["items"], name, out)


def _quoted(data: dict[str, Any], texts: list[str]) -> Iterator[tuple[dict[str, Any], str, bool]]:
    """Every object with a quote, the text it is from, and whether that text is a plain file."""
    plain = [article["kind"] in ("text", "markdown") for article in data["articles"]]
    for i, article in enumerate(data["articles"]):
        for part in article["claims"] + article["skipped"]:
            yield part, texts[i], plain[i]
        for claim in article["claims"]:
            for evidence in claim["evidence"] + ([claim["nearest"]] if claim["nearest"] else []):
                yield evidence, texts[evidence["article"]], plain[evidence["article"]]
                if evidence["context"]:
                    around, text = evidence["context"], texts[evidence["article"]]
                    assert text[around["start"] : around["end"]] == around["quote"]
