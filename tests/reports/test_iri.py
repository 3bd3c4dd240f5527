"""Addresses that other programs follow."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from factcheck.reports.iri import file_reference, web_address
from factcheck.types import Article
from tests.reports.spiked import EXAMPLES

#: What a URI may consist of (RFC 3986).
URI = re.compile(r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org/news/1?q=a%20b&x=1#top", "https://example.org/news/1?q=a%20b&x=1#top"),
        ("http://example.org", "http://example.org"),
        ("https://example.org/café", "https://example.org/caf%C3%A9"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/{a}", "https://example.org/%7Ba%7D"),
    ],
)
def test_web_addresses(given: str, address: str) -> None:
    assert web_address(given) == address


@pytest.mark.parametrize(
    "given",
    [
        None, "", "example.org", "/news/1", "javascript:alert(1)", "JAVASCRIPT://example.org/%0Aalert(1)", "data:text/html,x",
        "file:///etc/passwd", "https://", "https:///news", "https://[::1", "https://exam\nple.org/", "java\tscript:x", " https://e.org",
        "https://e.org/\u202ex", "vbscript:x", "ftp://example.org/",
    ],
)  # fmt: skip
def test_what_is_no_web_address(given: str | None) -> None:
    assert web_address(given) is None


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        ("news/a.md", "news/a.md"),
        ("./news//a.md", "news/a.md"),
        ("news\\a.md", "news/a.md"),
        ("C:\\news\\a b.md", "file:///C:/news/a%20b.md"),
        ("/srv/news/a.md", "file:///srv/news/a.md"),
        ("//server/share/a.md", "file:///server/share/a.md"),
        ("a:b.md", "a%3Ab.md"),
        ("50% off?#1.md", "50%25%20off%3F%231.md"),
        ("café.md", "caf%C3%A9.md"),
        ("-", "-"),
    ],
)
def test_paths(path: str, reference: str) -> None:
    assert file_reference(Article("", path)) == reference


def test_an_article_without_a_path_goes_by_its_name() -> None:
    assert file_reference(Article("", outlet="Coast Wire")) == "Coast%20Wire"


def test_hostile_strings_make_addresses_of_plain_characters(make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(32)
    for _ in range(EXAMPLES):
        s = make_string(rng)
        assert URI.fullmatch(file_reference(Article("", s)))
        address = web_address("https://example.org/" + s)
        assert address is None or (URI.fullmatch(address) and address.startswith("https://example.org/"))
        assert web_address(s) is None
