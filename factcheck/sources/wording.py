"""What a short line is, judged by its words alone: byline, photo credit, boilerplate, heading.

Only very clear cases count: a real sentence taken for boilerplate would go unchecked.
"""

from __future__ import annotations

import datetime as dt
import re

from factcheck.sources.dates import find_date, parse_date
from factcheck.sources.lines import ends_sentence

_BOILERPLATE = re.compile(
    r"""^[(\[*_\s]{0,4}(?:
      (?:also\ read|read\ (?:more|also|next)|related(?:\ (?:articles?|stories|posts?|news))?|see\ also|recommended)\s?:
    | (?:read\ (?:more|next|also)|related(?:\ (?:articles?|stories|posts?))?|most\ read)[.\s…»>]{0,4}$
    | you\ (?:may|might)\ also\ like\b
    | advertisement(?::|\.?$) | sponsored(?:\ content|\ post)?(?::|\.?$) | article\ continues\ (?:below|after)\b
    | copyright\s(?:©|\(c\)|\d{4}) | ©\s? | \(c\)\s\d{4}
    | (?:this|our)\ (?:post|article|page|site|story)\ (?:may\ |might\ )?contains?\ affiliate\ links
    | (?:sign\ up|subscribe)\ (?:to|for)\ (?:our|the|my)\ (?:\w{1,12}\ ){0,3}newsletter\b
    | share\ (?:this|on)(?:\ \w{1,12}){0,2}[.:!]?$ | follow\ us\ (?:on|at)\b | skip\ to\ (?:main\ )?content
    )""",
    re.I | re.X,
)
_RIGHTS = re.compile(r"\ball rights reserved[.)\s]{0,3}$", re.I)
_HASHTAGS = re.compile(r"(?:#\w{1,60}[\s,]{0,3})+")
_BYLINE = re.compile(r"(?:by|words by|text by|story by|reported by|reporting by)\s?:?\s[^\W\d_]", re.I)
_CREDIT = re.compile(
    r"\b(?:photos?|pics?|pictures?|images?|foto|credit|illustration)\s?(?::|by\b|©)|\bcopyright\s|©|/(?:AFP|Reuters|AP|Getty|EPA|dpa)\b",
    re.I,
)
_CAPTION = re.compile(r"(?:photo|picture|image|caption|pic)\s?:", re.I)
_DASHED = re.compile(r"[–—-]{1,2}\s\S.{0,78}\s[–—-]{1,2}$")
_INNER_STOP = re.compile(r"[.!?…][\"'”’»)]{0,2}\s")
_FIELD = re.compile(r"[^:]{1,40}:\s.{0,3}\d")
_TAIL = re.compile(r",\s{1,3}(?=[^,]{1,40}(?:,\s{0,3}\d{4})?$)")

MAX_TITLE = 150
_MAX_HEADING, _MAX_HEADING_WORDS = 110, 16
_MAX_NOTICE = 250


def is_boilerplate(words: str) -> bool:
    """Whether a line that stands alone is a notice of the site: "Also read:", "Advertisement", a copyright line, hashtags."""
    if len(words) > _MAX_NOTICE:
        return False
    return bool(_BOILERPLATE.match(words) or _RIGHTS.search(words) or _HASHTAGS.fullmatch(words))


def is_byline(words: str) -> bool:
    """Whether a line near the top names the author: "By Jane Doe, 14 September 2026"."""
    match = _BYLINE.match(words)
    return match is not None and len(words) <= 120 and words[match.end() - 1].isupper() and not words.endswith((".", "!", "?"))


def has_credit(words: str) -> bool:
    """Whether a short text names a photographer or picture agency."""
    return len(words) <= _MAX_NOTICE and bool(_CREDIT.search(words))


def is_caption(words: str) -> bool:
    """Whether a line says itself that it is a caption: "Photo: …"."""
    return len(words) <= _MAX_NOTICE and bool(_CAPTION.match(words))


def outlet_and_date(words: str) -> tuple[str, dt.date] | None:
    """("Motorlane Daily", date) of a line "Motorlane Daily, 2026-09-14", or None. Dates as in :func:`parse_date`."""
    if len(words) > MAX_TITLE:
        return None
    for match in _TAIL.finditer(words):
        date = parse_date(words[match.end() :])
        outlet = words[: match.start()].strip()
        if date and outlet and not is_byline(words):
            return outlet, date
    return None


def is_dateline(words: str) -> bool:
    """Whether a line near the top holds just a date, or an author's name and a date."""
    return len(words) <= 120 and find_date(words) is not None and not ends_sentence(words) and len(words.split()) <= 12


def is_heading(words: str, following: str) -> bool:
    """Whether a line alone is a heading over ``following`` (the next line of prose, "" at the end).

    Short, no full stop, and longer prose or a list below; a question alone on its line; "– Like this –".
    """
    if not following or len(words) > _MAX_HEADING or len(words.split()) > _MAX_HEADING_WORDS or is_field(words):
        return bool(_DASHED.match(words))
    if _DASHED.match(words) or (words.endswith("?") and not _INNER_STOP.search(words)):
        return True
    if words.endswith(":"):
        return len(words) <= 80 and not _INNER_STOP.search(words)
    if ends_sentence(words) or words.endswith((",", ";", "-", "–", "—")) or words[:1].islower():
        return False
    return (len(following) >= 60 or len(following) >= 2 * len(words)) or following.endswith((".", "?", "!"))


def is_field(words: str) -> bool:
    """Whether a line is a data field such as "Depth: 42 kilometres", which states something although it has no full stop."""
    return bool(_FIELD.match(words)) and not words.endswith((":", "?"))


def is_title(words: str, following: str, *, blank_below: bool) -> bool:
    """Whether the first line of a text is its title: short, no full stop, set off by a blank line or by much longer prose."""
    if not following or len(words) > MAX_TITLE or words.endswith((".", ",", ";")):
        return False
    return blank_below or len(following) >= 2 * len(words) or (len(following) > len(words) and ends_sentence(following))
