"""Articles as newsrooms write them, and as they arrive: broken, mixed up or hostile. Strategies of hypothesis, short texts each."""

from __future__ import annotations

import re
import string

from hypothesis import strategies as st

_WORDS = {
    "person": ("Anna Holt", "Dr. Omar Reyes", "Mary-Jane O’Neil", "J. R. Moss", "Ibrahim al-Sayed", "Zoë Müller", "she", "they"),
    "role": ("the mayor", "a spokeswoman for the port", "the board’s chair", "captain of the *Aurora*", "its owner"),
    "body": ("Ondrel", "the harbour board", "Acme Inc.", "the U.S. Senate", "the union", "the company", "West Leeds (pop. 4,100)"),
    "did": ("closed the old plant", "sold nine ferries", "was fined twice", "has not paid", "will be rebuilt", "could have known of it"),
    "figure": ("12%", "$3.4 billion", "€48,900", "1,200", "3.5", "two-thirds", "no. 5", "40-odd", "2–1"),
    "day": ("on Friday", "on Nov. 3", "in 1987", "at 04:10 a.m.", "last week", "this year", "two days later", "since May 2024"),
}

_STATEMENTS = (
    "{person} {did} {day}.",
    "{person}, {role}, {did} {day}.",
    "{body}, which {did}, {did} {day}.",
    "{role} {person} {did}, {body} said.",
    "“We {did},” said {person}, {role}. “It {did}.”",
    '"Nobody {did} {day}," {person} told {body}.',
    "According to {body}, {person} {did}; {role} did not.",
    "{body} denied that {person} {did} or that it {did}.",
    "{person}, {person} and {person} {did} {day}.",
    "Sales rose {figure} to {figure} {day}, up from {figure} {day}.",
    "{body} (founded {day}) {did} and {did}, but {person} left.",
    "{body}’s {figure} share, worth {figure}, was sold to {body} {day}.",
    "If {person} resigns, {body} {did}.",
    "{person} [{role}] {did}.[3]",
    "Built {day} by {body}, the bridge {did}.",
    "Hepatitis A cases rose to {figure}, and Plan A is dead, an NHS trust said.",
    "He said his wife, who {did}, had left him {day}.",
    "I think {person} is right.",
    "Would you have bought it?",
    "Is the bridge open?",
    "Has {body} paid the fine?",
    "No.",
    "Not yet, and {person} {did}.",
    "Yes. {person} {did}.",
    "Subscribe to our newsletter!",
    "More to follow…",
)

_BLOCKS = (
    "{}\n\n{}",
    "{} {}",
    "{} {}\n{}",
    "LIMA, May 12 (Meridian) - {} {}",
    "Who pays for the bridge\n\n{}",
    "# {}\n\n{}",
    "By Anna Holt and Omar Reyes\n\n{}",
    "- {}\n- {}\n* {}",
    "1. {}\n2. {}",
    "| Port | Ferries |\n|---|---|\n| Leeds | {} |\n\n{}",
    "Q: {}\nA: {}",
    "**{}** _{}_ [{}](http://example.org/a_(b)?c=1)",
    "> {}\n> {}\n\n{}",
    "<p>{}</p>\n<blockquote>{}</blockquote>",
    "The ferry in harbour. Photograph: Omar Reyes/Meridian\n\n{}",
    "“{}\n\n“{}”",
    "({}) {}",
    "---\ntitle: {}\n---\n\n{}",
)

_SCRAPS = (
    *"\0\a\x1b\x7f\x85\xa0\xad\x0b\x0c\x1c\r\t",
    *"\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff\ufe0f",
    *"“”\"‘’'«»()[]{}<>*_`#|~…-–—:;,.?!/\\&%$€@^",
    *"İßŉǆﬁΣK½²٣一𒀀𝐀",
    "e\u0301",
    "Z\u0338\u035da\u0337l\u0336g\u0335o\u0334",
    "👩\u200d🚒",
    "🇬🇧🏴\U000e0067\U000e0062",
    " 😀 ",
    "....",
    "?!",
    "```",
    "\n\n",
    "\r\n",
    "\n\r\n\r",
    "<br/>",
    "</div><p>",
    "<!-- note -->",
    "&nbsp;&amp;&#8217;",
    "![](x.png)",
    "[^1]",
    "http://example.org/a?b=(c)",
    "desk@example.org",
    "@mayor #ferry",
    "n't",
    "'s",
    " A ",
    " a ",
    " I ",
    " no. ",
    " not ",
    "x" * 150,
    "-" * 90,
    "a-b/" * 30,
    " قال الوزير إن الجسر مغلق. ",
    " הגשר סגור. ",
    " 橋は閉鎖された。",
    " Der Bürgermeister hat die alte Brücke am Freitag gesperrt. ",
    " Llegó a España con el ministro. ",
)

_LINE_ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", " ", "\n\n")


@st.composite
def statements(draw: st.DrawFn) -> str:
    """A sentence of an article; now and then one that is none of its facts."""
    out = ""
    for words, slot, _, _ in string.Formatter().parse(draw(st.sampled_from(_STATEMENTS))):
        out += words + (draw(st.sampled_from(_WORDS[slot])) if slot else "")
    return out[:1].upper() + out[1:]


@st.composite
def articles(draw: st.DrawFn) -> str:
    """One to three parts of an article, as plain text or Markdown."""
    parts = draw(st.lists(st.sampled_from(_BLOCKS), min_size=1, max_size=3))
    return "\n\n".join(part.format(*(draw(statements()) for _ in range(part.count("{}")))) for part in parts)


def _without_signs(text: str) -> str:
    return re.sub(r"[^\w\s]", "", text)


@st.composite
def _broken(draw: st.DrawFn) -> str:
    """An article, or a sentence, with scraps in it, other line ends, no capitals or signs, or a part torn off."""
    text = draw(st.one_of(statements(), articles()))
    change = draw(st.sampled_from((None, str.upper, str.lower, str.title, _without_signs)))
    text = change(text) if change else text
    for scrap in draw(st.lists(st.sampled_from(_SCRAPS), max_size=4)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + scrap * draw(st.sampled_from((1, 1, 3))) + text[at:]
    text = text.replace("\n", draw(st.sampled_from(("\n", *_LINE_ENDS))))
    return text[draw(st.integers(0, 12)) :] if draw(st.booleans()) else text


def texts() -> st.SearchStrategy[str]:
    """Whatever may be handed in as an article: well-formed, broken, or mere characters (no lone surrogates)."""
    scraps = st.lists(st.sampled_from(_SCRAPS), max_size=12).map("".join)
    return st.one_of(articles(), _broken(), _broken(), scraps, st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
