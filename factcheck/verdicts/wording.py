"""What the words of a sentence say besides its figures: its subject words, names, times, and how they are denied or put off.

Only words, no syntax: enough to tell whether two sentences speak of one thing, never enough to say that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.quantities import Quantity
from factcheck.text import fold, stem, terms, words

#: Words that newsrooms use for one another where a figure stands beside them: each row is one concept.
_CONCEPTS = (
    "die died dead death deaths killed kill kills fatality fatalities fatal victim victims perished",
    "injured injure injury injuries hurt wounded wounding",
    "rise rises rose risen rising increase increased grew grow grown growth climb climbed jump jumped higher",
    "fall falls fell fallen falling drop dropped decline declined lower lowered cut cuts reduce reduced reduction decrease slashed",
    "cost costs price priced pay paid pays charge charged fee",
    "employ employs employed employee employees staff worker workers workforce job jobs",
    "founded founding established",
    "open opens opened opening begin begins begun began start starts started launch launched",
    "close closes closed closure closing shut shuts",
    "end ends ended ending finish finished",
    "home homes house houses household households dwelling dwellings",
    "long length",
    "deep depth",
    "tall high height",
    "heavy weigh weighs weighed weight",
    "ship ships vessel vessels boat boats ferry",
    "car cars vehicle vehicles",
    "buy buys bought purchase purchased acquire acquired",
    "sell sells sold sale sales",
    "forecast forecasts expect expects expected predict predicted predicts sees",
    "vote votes voted ballot ballots",
    "win won wins victory",
    "arrest arrested arrests detained",
    "missing unaccounted",
    "rescued rescue saved save",
    "child children kid kids",
    "shares stock",
    "last lasts lasted",
    "build building built construct constructed construction",
    "store stores shop shops outlet outlets branch branches",
    "visitor visitors attend attended attendance crowd spectators",
    "reading measured recorded registered",
    "carry carries carried licensed licence capacity",
)  # fmt: skip
_CONCEPT = {stem(word): f"={n}" for n, row in enumerate(_CONCEPTS) for word in row.split()}
#: Words that say nothing of the subject: hedges, auxiliaries, words that stand beside any figure.
_THIN = frozenset(
    stem(w)
    for w in (
        "about around roughly approximately nearly almost some more less fewer than least most over under only just up down not no never"
        " will would can could may might must shall should do did does if so there then when what all both each every any other another"
        " new said say says total number figure people person persons one two first last next year years month months week weeks day"
        " days time times per cent percent out into through during after before until since between among against because while much"
        " many such very also now still already according i we you us our your my me him them"
        " go goes went gone come comes came get gets got"
    ).split()
)
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot isn't wasn't aren't weren't didn't doesn't don't hasn't haven't hadn't"
    " won't wouldn't can't couldn't unhurt uninjured failed refused denied denies deny".split()
)
_BREAKS = re.compile(
    r"[;:()\n]|[.!?][\"'”’]*\s+(?=[\"'“‘]?[A-Z0-9])|\s[–—-]\s|—|,\s+(?:and|but|while|which|who|whose|where|as|though|although|with|after|before|including|of)\b"
    r"|\s(?:but|while|whereas|although|than when)\s|\sand\s(?=\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)"
)
_NAME = re.compile(r"(?<![^\W_])[^\W\d_a-z]\w*(?:['’-](?!s\b)\w+)*")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:will|would|may|might|can|could|must|should|(?:is|are|was|were|has|have|had|due) to|forecasts?|expect(?:s|ed)?|predict(?:s|ed)?"
    r"|sees|plans?|planned|scheduled|targets?|targeted|aims?|estimate[sd]?|hopes?)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(r"(?:^|[.!?:]\s|[“\"‘']|\)\s)\s*$")
#: Words that a capital at the start of a sentence does not make a name.
_OPENERS = frozenset(
    "the a an in on at by for with from to of it he she they we i you there this that these those his her its their no not one two three"
    " four five six seven eight nine ten eleven twelve some about after before since until under over when while if as but and or so all"
    " both each every many most more less only even nobody none nothing yes now then here what who why how where our my your according"
    " january february march april may june july august september october november december monday tuesday wednesday thursday friday"
    " saturday sunday police people fewer several few nearly both many almost nearly instead among during last next another"
    " such half dozens hundreds thousands".split()
)


def concept(term: str) -> str:
    """The concept of a stem ("killed" and "died" share one), or the stem itself."""
    return _CONCEPT.get(term, term)


def subject_words(text: str) -> frozenset[str]:
    """The concepts that say what a stretch of text is about; call it with the figures blanked out."""
    return frozenset(concept(t) for t in terms(text) if t not in _THIN and not t[0].isdigit())


@dataclass(frozen=True, slots=True)
class Name:
    """Words with a capital that stand together. start: code point in the text. stems: of its words. opens: whether it opens a sentence."""

    text: str
    start: int
    stems: frozenset[str]
    opens: bool


def named(text: str) -> list[Name]:
    """The names of a text in order; openers of sentences that are no names, days and months left out."""
    found: list[Name] = []
    for match in _NAME.finditer(text):
        word, opens = fold(match[0]), _STARTS.search(text[: match.start()]) is not None
        if word in _OPENERS or (opens and stem(word) in _CONCEPT):
            continue
        stems = frozenset(stem(part) for part in words(word))
        last = found[-1] if found else None
        if last is not None and text[last.start + len(last.text) : match.start()] == " ":
            found[-1] = Name(f"{last.text} {match[0]}", last.start, last.stems | stems, last.opens)
        else:
            found.append(Name(match[0], match.start(), stems, opens))
    return found


def names(text: str, *, openers: bool = True) -> frozenset[str]:
    """Stems of the words of all names.

    openers: whether a word alone counts that opens a sentence, whose capital says little ("Officers", "Lisbon").
    """
    return frozenset(s for name in named(text) for s in name.stems if openers or not name.opens or " " in name.text)


def blanked(text: str, spans: Iterable[Quantity]) -> str:
    """The text with its figures as blanks, so that offsets stay."""
    for q in spans:
        text = text[: q.start] + " " * (q.end - q.start) + text[q.end :]
    return text


def clause(text: str, start: int, end: int, figures: Sequence[Quantity] = ()) -> tuple[int, int]:
    """The stretch of ``text`` between the nearest breaks (marks, conjunctions) around ``start`` and ``end``.

    A break inside one of ``figures`` (8:15) is none.
    """
    low, high = 0, len(text)
    for match in _BREAKS.finditer(text):
        if any(q.start <= match.start() < q.end for q in figures):
            continue
        if match.end() <= start:
            low = match.end()
        elif match.start() >= end:
            high = match.start()
            break
    return low, high


def weekdays(text: str) -> frozenset[str]:
    """The days of the week that a text names."""
    return frozenset(m[0].lower() for m in _WEEKDAY.finditer(text))


def negative(text: str) -> bool:
    """Whether a word of denial stands in the text."""
    return any(w in _NEGATIONS for w in words(text))


def unreal(text: str) -> bool:
    """Whether the text tells of what will, may or must be rather than of what is."""
    return _UNREAL.search(text) is not None
