"""What a figure counts, and whether it is a figure at all or part of a name ("Article 50", "Freelander 8", "A320")."""

from __future__ import annotations

from factcheck.quantities.dates import MONTHS, WEEKDAYS
from factcheck.quantities.tokens import Tokens

PEOPLE = frozenset(
    "people men women children persons soldiers officers passengers workers protesters patients victims migrants refugees residents voters"
    " students pupils employees civilians homes jobs households drivers doctors nurses dead injured".split()
)
#: "one" is a pronoun more often than a figure: it counts only these.
_ONE_NOUNS = frozenset(
    "person man woman child boy girl passenger officer soldier worker victim suspect seat goal vote death case door car vehicle house"
    " driver pilot patient student pupil teacher company country city state bus train ship boat plane aircraft engine shot round point"
    " game match event version model storey floor room bedroom star medal title employee resident civilian civilians police member"
    " survivor casualty fatality arrest arrests single".split()
)
_IRREGULAR = frozenset(
    "people men women children police staff fish sheep aircraft spacecraft personnel feet teeth mice geese media data cattle troops"
    " crew dead fatalities species series dice hovercraft".split()
)
#: Words that no counted noun is, and that none stands behind.
_STOPS = frozenset(
    "a an the this that these those his her its their our my your in on at by for with from to into onto over under about against between"
    " through during before after since until and or but nor as than then when while where who whom which what how why because if though"
    " although is was has does says goes are were be been being am had have having do did will would can could may might must shall should"
    " not no yes thus plus versus vs always perhaps besides across less unless towards sometimes afterwards likes us it he she they we you"
    " i there here now ago later earlier per each every died said told came went made took left fell rose lost won killed injured wounded"
    " hurt more most so too also only just even still already yesterday today tomorrow monday tuesday wednesday thursday friday saturday"
    " sunday times means remains includes shows follows suggests takes gives makes comes keeps needs wants hopes plans whereas overseas"
    " upwards downwards indoors outdoors alongside".split()
)
_NOT_PLURAL = ("ss", "us", "is", "'s")
_DETERMINERS = frozenset("the its their his her our all these those this my your".split())

#: Words before a number that make it a name or a place in a list.
_NAMED = frozenset(
    "article section page pages pp chapter flight route room no nos number gate phase type category level stage grade group channel line"
    " platform highway interstate junction exit figure fig table volume vol issue item clause paragraph para rule resolution directive"
    " unit lot apartment flat suite ward district zone sector runway pier terminal episode version v psalm verse tier class bus tram"
    " schedule appendix annex amendment proposition question step part act scene track row seat box building hall dock berth model".split()
)
#: Words that a capital does not make a name, since they open sentences and headlines.
_FUNCTION = frozenset(
    "a an the in on at by for with from to of over under about around nearly almost some more than least most up between and or but as"
    " since until till before after during all only just another other these those its their his her our another further total roughly"
    " approximately within without against among into through per are is was were has have had if when while where that which who not no"
    " than even what there here then also plus exactly aged both every each last first next this below above fewer less yet still spring"
    " summer autumn winter early late mid circa killed dead injured wounded exceeding estimated another including".split()
)


def may_be_noun(t: Tokens, i: int) -> bool:
    """Whether token ``i`` is a word that an ordinal can number."""
    return t.kind(i) == "w" and t.low[i] not in _STOPS


def plural(t: Tokens, i: int) -> bool:
    """Whether token ``i`` looks like a plural noun."""
    word = t.word(i)
    if word in _STOPS or t.kind(i) != "w":
        return False
    return word in _IRREGULAR or (len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL))


def counted(t: Tokens, i: int, *, one: bool = False) -> tuple[str, int]:
    """(counted noun as written, the token after it) from token ``i`` on: the first plural within three words; ("", i) if none is plain.

    one: the figure is 1, so that the noun is singular and stands right behind it.
    """
    at = i
    if t.word(at) == "of":
        at += 1
        while t.word(at) in _DETERMINERS:
            at += 1
    if one:
        return (t.texts[at], at + 1) if t.word(at) in _ONE_NOUNS else ("", i)
    for _ in range(3):
        while t.hyphen(at + 1) and t.kind(at + 2) == "w":
            at += 2
        if t.kind(at) != "w" or t.word(at) in _STOPS:
            return "", i
        owner = t.word(at + 1) in ("'", "’") and t.glued(at + 1)
        if owner:
            at += 3 if t.word(at + 2) == "s" and t.glued(at + 2) else 2
            continue
        if plural(t, at):
            return t.texts[at], at + 1
        at += 1
    return "", i


def named(t: Tokens, i: int, end: int) -> bool:
    """Whether the bare number from token ``i`` to ``end`` belongs to the name before it."""
    before = i - 1
    if t.word(before) == "." and t.word(before - 1) in ("no", "nos", "fig", "vol", "para", "art"):
        return True
    if t.word(before) == "." and t.glued(before) and t.capital(before - 1) and len(t.texts[before - 1]) == 1:
        return not counted(t, end)[0]  # H.R. 1234
    if t.word(before) in ("№", "#"):
        return True
    if t.kind(before) != "w" or "\n" in t.text[t.ends[before] : t.starts[i]]:
        return False
    word = t.word(before)
    if word in _NAMED:
        return t.capital(before) or word == "number" or not counted(t, end)[0]
    if t.texts[before].islower() or word in _FUNCTION or word in WEEKDAYS or word in MONTHS:
        return False
    return t.word(end) not in PEOPLE
