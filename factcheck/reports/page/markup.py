"""Markup that cannot be forged: whatever is not already markup is cleaned and escaped on its way into an element."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from factcheck.reports import clean
from factcheck.reports.iri import web_address

_VOID = frozenset("input meta".split())

#: What an attribute may be: None and False leave it out, True writes its bare name.
Attribute = str | int | None


class Markup(str):
    """Text that may stand in a page as it is. Only this module makes it; a plain string, an f-string of markup too, is escaped."""

    __slots__ = ()


@lru_cache(maxsize=4096)  # a page says the same names, verdicts and classes many times over
def escaped(text: str) -> Markup:
    """Words as they are shown: on one line, with nothing that acts on a page, an attribute's quotes or on reading order."""
    return Markup(escape(clean.terminal(clean.one_line(text)), quote=True))


def element(name: str, *children: str | None, **attributes: Attribute) -> Markup:
    """An element; children that are no markup are escaped, and None is left out.

    attributes: a trailing underscore is dropped and others become hyphens (``class_``, ``data_claims``), values are escaped.
    """
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    return Markup(f"<{opening}>") if name in _VOID else Markup(f"<{opening}>{join(children)}</{name}>")


def verbatim(name: str, body: str, **attributes: Attribute) -> Markup:
    """A style or script element of our own, with its text as it is."""
    return Markup(element(name, Markup(body), **attributes))


def join(children: Iterable[str | None], between: str = "") -> Markup:
    """Children one after the other, as :func:`element` takes them, with ``between`` between them."""
    return Markup(_markup(between).join(_markup(c) for c in children if c is not None))


def heard(text: str) -> Markup:
    """Words for those who hear the page: not seen."""
    return element("span", text, class_="heard")


def sign(shown: str) -> Markup:
    """A sign for those who see the page: not read aloud."""
    return element("span", shown, class_="sign", aria_hidden="true")


def link(url: str) -> Markup:
    """A web address, as a link if it is plain http or https and shown whole; any other is only text."""
    address = web_address(url)
    if address is None:
        return element("span", url, class_="address")
    return element("a", url, class_="address", href=address, rel="noopener noreferrer nofollow", referrerpolicy="no-referrer")


def scrolling(table: Markup, label: str) -> Markup:
    """A table that scrolls by itself where it is wider than the page; with the keyboard too."""
    return element("div", table, class_="scrolling", tabindex="0", role="region", aria_label=label)


def _markup(child: str) -> Markup:
    return child if isinstance(child, Markup) else escaped(child)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'
