"""Did, will, plans to, may: how firmly a sentence states what it tells of, and whether a passage only tells of what may come.

Read from the words around the verb, without a parser, so what a marker governs is only ever the verb right behind it: "may open" says of
an opening that it may be, and nothing on what else stands in the sentence. Where that is not plain the sentence counts as a fact, and
what it means is left to the model. The kinds follow the scale of certainty of FactBank (Saurí and Pustejovsky 2009), with a plan and a
condition as kinds of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from factcheck.text import fold, stem, terms

#: fact: it is or was so; future: it will be; planned: somebody means, hopes or expects it to be; possible: it may be; conditional: it would
#: be, or will be if; dropped: a plan that was given up.
Modality = Literal["fact", "future", "planned", "possible", "conditional", "dropped"]

#: How much a statement of one kind says; one of a lower grade does not support one of a higher.
_GRADE: dict[Modality, int] = {"possible": 0, "conditional": 0, "planned": 1, "dropped": 1, "future": 2, "fact": 3}

_BE = r"(?:is|are|was|were|be|been|being)"
_MARKERS: tuple[tuple[Modality, str], ...] = (
    (
        "dropped",
        r"(?:abandon(?:s|ed)?|scrap(?:s|ped)?|drop(?:s|ped)?|shelve[sd]?|cancel(?:s|led|ed)?|given up|gave up|gives up)"
        r" (?:(?:its|his|her|their|the|all|any) )?plans? (?:to|for|of)",
    ),
    (
        "possible",
        rf"(?:may|might|could)(?! (?:not|only|no longer)\b)|{_BE} (?:un)?likely to|{_BE} (?:considering|weighing|exploring|mulling)"
        rf"|consider(?:s|ed)?(?= \w+ing\b)|{_BE} in talks (?:to|on|about|over)|{_BE} looking (?:at|into)"
        rf"|not (?:yet )?decided (?:whether )?to|{_BE} (?:thought|believed|rumou?red|feared|reported|alleged) to",
    ),
    (
        "planned",
        r"(?:plan(?:s|ned)?|intend(?:s|ed)?|hope[sd]?|aim(?:s|ed)?|want(?:s|ed)?|propose[sd]?|seeks?|sought|mean[st]|expect(?:s|ed)?"
        r"|vow(?:s|ed)?|pledge[sd]?|promise[sd]?|threaten(?:s|ed)?|wish(?:es|ed)?|would like|tipped|supposed) to"
        rf"|{_BE} (?:planning|hoping|aiming|intending|seeking|trying|expecting|preparing) to"
        r"|plans? (?:to|for|of)|(?:intention|promise|pledge|vow|hope|proposal|offer|bid|ambition|attempt) (?:to|of)",
    ),
    ("conditional", r"would(?! (?:not|never|like|rather|sooner)\b)"),
    ("future", rf"will|shall|(?:agreed|decided) to|{_BE} going to|{_BE} (?:due|set|scheduled|slated) to|(?:is|are|was|were)(?: \w+ly)? to"),
)
_MARKER = re.compile("|".join(rf"(?P<{kind}>\b(?:{pattern})\b)" for kind, pattern in _MARKERS))
_CONDITION = re.compile(r"\b(?:if|unless|provided(?: that)?|as long as|on condition that|depending on|subject to|once)\b")
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|added|confirmed|promised|warned|insisted|estimated|learn(?:ed|t)|ruled|decided|agreed|wrote|heard|knew)\b"
)
_NEGATED = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n't\b")
#: What may stand between a marker and its verb.
_BETWEEN = frozenset(
    "not never be been being have has had also then only soon still even now again yet to eventually therefore well it".split()
)
_CLAUSE_END = re.compile(r"[.;:!?,]|\b(?:but|while|although|though|because|which|who|whether)\b")

_PAST = {
    past: base
    for base, forms in {
        "become": "became", "begin": "began begun", "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought",
        "choose": "chose chosen", "come": "came", "draw": "drew drawn", "drive": "drove driven", "fall": "fell fallen", "fight": "fought",
        "find": "found", "fly": "flew flown", "get": "got gotten", "give": "gave given", "go": "went gone goes", "grow": "grew grown",
        "hold": "held", "keep": "kept", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "lose": "lost", "make": "made",
        "meet": "met", "pay": "paid", "rise": "rose risen", "seek": "sought", "sell": "sold", "send": "sent", "shut": "shutting",
        "speak": "spoke spoken", "spend": "spent", "stand": "stood", "strike": "struck", "take": "took taken", "teach": "taught",
        "throw": "threw thrown", "win": "won", "withdraw": "withdrew withdrawn", "write": "wrote written",
    }.items()
    for past in forms.split()
}  # fmt: skip
#: A word that may be a verb with a tense: not one that an article or a possessive makes part of a noun phrase.
_PAST_FORM = re.compile(r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bof )\b(?P<word>[a-z]{3,})\b")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marker: its kind, the verb behind it as in :func:`_verb`, and the folded text's half-open range that it governs."""

    kind: Modality
    verb: str
    start: int
    end: int


def modality(text: str) -> Modality:
    """How firmly a sentence states its first statement with a marked verb; "fact" if none is marked."""
    return next((mark.kind for mark in _marks(_folded(text))), "fact")


def weakens(claim: str, passage: str) -> bool:
    """Whether a passage only says of what the claim states that it may, would or is meant to be, and so does not support the claim.

    Nor does it contradict it by that, but other words of it may ("will start" against "only said he could"): that is left to the model.
    True where the verb that the passage marks as weaker is what the claim says was or will be, and stands nowhere in the passage without
    such a mark; a passage that says that it will be is weaker than a claim that it was. Of a claim that something will be the verb may
    differ ("will be assembled", "hopes to build") if the weak clause holds half of the claim's words and the passage has no "will".
    A negated claim is never weakened: that a thing is planned may be the reason why it has not been.
    """
    said, found = _folded(claim), _folded(passage)
    weak = list(_marks(found))
    if not weak or _NEGATED.search(said):
        return False
    return _same_verb(said, found, weak) or _same_clause(said, found, weak)


def _same_verb(claim: str, passage: str, weak: Sequence[_Mark]) -> bool:
    stated = _stated(claim)
    return _shared(claim, passage) and any(
        mark.verb in stated and _GRADE[mark.kind] < _GRADE[stated[mark.verb]] and _marked_only(mark.verb, weak, passage) for mark in weak
    )


def _same_clause(claim: str, passage: str, weak: Sequence[_Mark]) -> bool:
    first = next(_marks(claim), None)
    if first is None or first.kind != "future" or any(mark.kind == "future" for mark in weak):
        return False
    return any(_shared(claim, passage[_clause_start(passage, mark.start) : mark.end]) for mark in weak)


def _clause_start(text: str, before: int) -> int:
    return max((end.end() for end in _CLAUSE_END.finditer(text, 0, before)), default=0)


def _shared(claim: str, passage: str) -> bool:
    """Whether the passage holds half of the claim's words."""
    said = set(terms(claim))
    return 2 * len(said & set(terms(passage))) >= len(said)


def _folded(text: str) -> str:
    """The text folded, without the month that would read as a verb."""
    return fold(re.sub(r"(?<!^)\bMay\b", "", text))


def _stated(text: str) -> dict[str, Modality]:
    """The verbs of a folded claim that a marker or their tense shows to be verbs, each with its kind."""
    marks = list(_marks(text))
    out: dict[str, Modality] = {}
    for match in _PAST_FORM.finditer(text):
        if match["word"] in _PAST or match["word"].endswith("ed"):
            out[_verb(match["word"])] = "fact"
    # A participle behind a marker ('will be sold') is no past.
    return out | {mark.verb: mark.kind for mark in marks if mark.verb}


def _marks(text: str) -> Iterator[_Mark]:
    """The markers of a folded text, in order."""
    fronted = text.startswith(("if ", "unless ", "provided "))
    for match in _MARKER.finditer(text):
        stop = _CLAUSE_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        condition = fronted or bool(_CONDITION.search(text, match.end(), end))
        kind: Modality = match.lastgroup  # type: ignore[assignment]
        if kind == "conditional" and not condition and _REPORTED.search(text, 0, match.start()):
            kind = "future"  # 'said that it would close' was 'it will close'
        elif kind == "future" and condition:
            kind = "conditional"
        words = re.findall(r"[a-z][a-z'-]*", text[match.end() : end])
        verb = next((w for w in words if w not in _BETWEEN and not w.endswith("ly")), "")
        yield _Mark(kind, _verb(verb), match.start(), end)


def _marked_only(verb: str, marks: Sequence[_Mark], text: str) -> bool:
    """Whether a verb stands nowhere in a text but behind one of the markers."""
    inside = [range(mark.start, mark.end) for mark in marks]
    return not any(_verb(word[0]) == verb and not any(word.start() in part for part in inside) for word in re.finditer(r"[a-z]+", text))


def _verb(word: str) -> str:
    """A folded word's form that its tenses share."""
    base = _PAST.get(word, word)
    bare = stem(base)
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare.rstrip("ey") if len(bare) > 3 else bare
