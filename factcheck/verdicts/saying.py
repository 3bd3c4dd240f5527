"""Who says it, and how they stand to it: a light reader of attribution in one sentence, without a parser.

The shapes that news prose uses: "Marsh said that …", "…, the company said", "…, said Ann Marsh, its head", "according to the police",
"the firm denies that …", "reportedly". Small on purpose: where the subject of a word of saying is not plain, the saying has no speaker,
and where the word may be a noun ("the claims of") there is no saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.text import terms
from factcheck.types import Stance

#: How somebody may stand to a statement that the outlet does not vouch for.
_UNPROVEN = frozenset({"alleged", "believes", "expects", "hopes", "fears", "denied"})

#: Verbs of saying by stance, in the forms that stand in news.
_VERBS: dict[Stance, str] = {
    "said": (
        "say says said tell tells told add adds added announce announces announced confirm confirms confirmed admit admits admitted warn"
        " warns warned insist insists insisted argue argues argued explain explains explained stress stresses stressed acknowledge"
        " acknowledges acknowledged concede concedes conceded reveals revealed disclosed wrote writes testified stated maintains"
        " maintained reported estimates estimated"
    ),
    "denied": "deny denies denied dispute disputes disputed rejects rejected refutes refuted dismisses dismissed",
    "alleged": "allege alleges alleged claim claims claimed accuses accused",
    "believes": "believe believes believed thinks suspect suspects suspected reckons",
    "expects": "expect expects expected forecast forecasts predict predicts predicted anticipates anticipated",
    "plans": "plans planned intends intended vows vowed pledges pledged promises promised threatens threatened",
    "hopes": "hope hopes hoped",
    "fears": "fear fears feared",
}
_STANCES: dict[str, Stance] = {word: stance for stance, words in _VERBS.items() for word in words.split()}
#: Passives and adverbs by which nobody says it ("is believed to", "reportedly").
_UNNAMED: dict[str, Stance] = {
    "reportedly": "alleged", "allegedly": "alleged", "purportedly": "alleged", "supposedly": "alleged", "rumoured": "alleged",
    "rumored": "alleged", "said": "alleged", "reported": "alleged", "alleged": "alleged", "claimed": "alleged", "understood": "alleged",
    "believed": "believes", "thought": "believes", "suspected": "believes", "feared": "fears", "expected": "expects", "forecast": "expects",
}  # fmt: skip

_NAME = r"[A-Z][\w&’'.-]*\w(?: (?:(?:of|for|and|de|del|da|van|von|der|den|la|le|al|bin|the) ){0,2}[A-Z][\w&’'-]*\w)*"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e|[Ww]ho|[Ww]hich|[Yy]ou)"
#: A word of a noun phrase: none that begins another clause.
_PART = r"(?!(?:he|she|it|they|we|who|which|that|as|than|is|are|was|were|has|have|had|may|will|would|and|but|or|not|to)\b)[\w’'-]+"
_PLACE = rf"(?: (?:for|of|at|in|from) (?:the )?(?:{_NAME}|[a-z]+(?: [a-z]+)?))"
_PHRASE = (
    rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[Ss]ome|[Tt]wo|{_NAME}(?:’s|'s|s’|s'))"
    rf" (?:{_PART} ){{0,4}}?{_PART}{_PLACE}?)"
)
_PLURAL = rf"(?:(?:{_PART} )?(?!(?:as|has|was|is|does|this|its|his)\b)[A-Z]?(?:[a-z]{{3,}}s|police|people|staff|crew|management){_PLACE}?)"
_BETWEEN = r"(?:(?:has|have|had|also|later|then|only|now|still|once|again|already|earlier|previously|repeatedly|[a-z]+ly) ){0,3}"
#: The speaker right before the verb, with an apposition in commas between.
_BEFORE = re.compile(rf"(?:^|[\s“\"‘'(])(?P<who>{_PRONOUN}|{_PHRASE}|{_PLURAL}|{_NAME})(?:, (?P<other>[^,;:.“”\"]{{2,90}}),)? {_BETWEEN}$")
_AFTER = re.compile(rf" (?P<who>{_PHRASE}|(?:{_PART} ){{0,4}}?{_NAME}|{_PRONOUN})(?=[\s,.:;]|$)")
_ACCORDING = re.compile(
    r"\b[Aa]ccording to (?!which|whom)(?P<who>[^,;:.“”\"]+?)(?=[,;:.“”\"]|$| (?:on|in|who|which|that|published|released|seen)\b)"
)
_NEGATION = re.compile(
    r"\b(?:not|never|nor|[Nn]obody|[Nn]o one|may|might|could|declined to|refused to|yet to|no longer|cannot|n[’']t)(?: [a-z]+ly)? $"
)
#: What is denied when a statement is, not a favour ("denied bail"): and what is rejected, not an offer.
_STATEMENT = (
    r"(?: that\b| (?:it|this|that|everything)(?=[.,;]|$| and\b)"
    r"| (?:(?:the|an?|all|those|these|such|his|her|their|its|any|both|[\w ]+[’']s?) )?(?:\w+ )?"
    r"(?:claim|allegation|accusation|charge|report|rumou?r|suggestion|account|version|finding|figure|assertion|statement)s?\b(?! for\b)"
    r"|[.,;]|$)"
)
_REJECTED = re.compile(_STATEMENT)
_DENIED = re.compile(
    rf"{_STATEMENT}| (?:any|wrongdoing|involvement|responsibility|guilt|murder|on \w+day that|\w+ing)\b"
    r"| (?:(?!to\b)[\w’'-]+ ){1,6}(?:was|were|is|are|had|has|have|will|would|did|must|played)\b"
)
#: Words before which no verb stands: what follows is a noun or a participle.
_NOUN_BEFORE = re.compile(
    r"(?:^|[\s“(])(?:the|an?|its|his|her|their|our|of|any|no|some|such|all|for|with|by|on|to|about|in|\w+[’']s)$", re.I
)
_SAYS_NOUN = re.compile(r" (?:of|about|for|and|or|were|are|was|had|have|will|against|by|over|in|on|from|made|to be)\b|[.,;:)]|$")
_NOUNS = frozenset("claims hopes plans fears forecasts promises reports claim hope plan fear forecast estimates warning expected".split())
_TO = re.compile(r" (?:to|that)\b")
#: Verbs that report only with a clause: one adds sugar, too, and writes novels.
_NEEDS_CLAUSE = frozenset(
    "add adds added reveals revealed disclosed wrote writes stated maintains maintained reported estimates estimated".split()
)
_CLAUSE = re.compile(r"(?: (?:on|in|at) \w+)? that\b|[,:]| “|\.?$")
#: Verbs that are nouns as often, and the words by which they are verbs.
_NOUNS_TOO = frozenset("dispute disputes suspect suspects".split())
_OBJECT = re.compile(r" (?:it|this|that|the|his|her|its)\b")
_CLOSING = re.compile(r"[,”] \w+ $")
#: Verbs that report whoever is the subject.
_SURE = frozenset("said says insisted insists denies denied warned alleges".split())
_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly| now| also| still)? $")
#: Words in the names of bodies and places, not of persons.
_BODIES = frozenset(
    "Bank Council Ministry University Police Party Union Group Holding Motors Airlines Airways Agency Office Court Club City"
    " County Port New North South East West Saint United National Royal Federation Association Institute Hospital Committee"
    " Commission Society Department Trust School College Company Energy Shipping Lines Foods Homes Air Railways House"
    " Parliament Government Church FC The".split()
)
_MARKS = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")

#: How far from its verb, in characters, a subject may begin.
_REACH = 240
_CONTENT_END = re.compile(r"[;:]|,? (?:but|and|who|which|while|saying|insisting|though|than)\b")
_NOT = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|without|cannot)\b|n[’']t\b")
#: Shares of a claim's words that what is said must have to be what the claim states.
_HALF, _MOST = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement put on somebody's lips. speaker: as the sentence has it; None for a pronoun or nobody. stance: to what is said.

    start, end: the words of saying in the sentence, half-open.
    """

    speaker: str | None
    stance: Stance
    start: int
    end: int


def sayings(sentence: str) -> tuple[Saying, ...]:
    """The sayings of a sentence outside its quotation marks, in text order; what was not said ("declined to say") is none."""
    plain = _MARKS.sub(lambda quote: "“" + " " * (len(quote[0]) - 2) + "”", sentence)
    return tuple(sorted((*_verbs(plain), *_according(plain)), key=lambda saying: saying.start))


def own_voice(passage: str) -> bool:
    """Whether the outlet itself states what the passage says: nobody says, denies, claims or believes it, and it is no quotation.

    What somebody plans is told in the outlet's own voice (:mod:`factcheck.verdicts.modality` reads that it is a plan).
    """
    quoted = sum(len(quote[0]) for quote in _MARKS.finditer(passage))
    return 2 * quoted < len(passage) and all(saying.stance == "plans" for saying in sayings(passage))


def speaker(passage: str) -> str | None:
    """Who says what the passage says, if the sentence names one speaker only: None otherwise, and for a pronoun."""
    named = {saying.speaker for saying in sayings(passage) if saying.stance != "plans"}
    return named.pop() if len(named) == 1 else None


def denies(passage: str) -> bool:
    """Whether somebody is said to deny a statement ("denies that …", "rejected the claim"), not to refuse something ("denied bail")."""
    return any(saying.stance == "denied" for saying in sayings(passage))


def unproven(claim: str, passage: str) -> bool:
    """Whether a passage only tells that somebody alleges, believes, expects, hopes, fears or denies what the claim states as a fact.

    It then does not support the claim. What somebody simply says is not counted: the police said so is how most facts are told.
    """
    if sayings(claim):
        return False
    stances = _UNPROVEN - {"denied"} if _NOT.search(claim) else _UNPROVEN
    return any(
        saying.stance in stances and (saying.speaker or saying.stance != "expects") and _share(claim, _said(passage, saying)) >= _HALF
        for saying in sayings(passage)
    )


def denied_by_speaker(claim: str, passage: str) -> bool:
    """Whether a claim has somebody say what the passage has the same speaker deny, or the reverse: a conflict over what was said."""
    if _NOT.search(claim):
        return False
    for ours in sayings(claim):
        for theirs in sayings(passage):
            if {ours.stance, theirs.stance} == {"said", "denied"} and _same(ours.speaker, theirs.speaker):
                return _share(claim[ours.end :], _said(passage, theirs)) >= _MOST
    return False


def _said(passage: str, saying: Saying) -> str:
    """What stands behind the word of saying, up to where another clause begins."""
    rest = passage[saying.end :]
    end = _CONTENT_END.search(rest)
    return rest[: end.start()] if end else rest


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other and set(terms(one)) & set(terms(other)))


def _share(claim: str, stretch: str) -> float:
    """The share of a claim's words that a stretch of a passage has."""
    stated = set(terms(claim))
    return len(stated & set(terms(stretch))) / len(stated) if stated else 0.0


def _according(text: str) -> Iterator[Saying]:
    for match in _ACCORDING.finditer(text):
        yield Saying(_named(match["who"]), "said", match.start(), match.start("who"))


def _verbs(text: str) -> Iterator[Saying]:
    for word in _WORD.finditer(text):
        before, after = text[max(0, word.start() - _REACH) : word.start()], text[word.end() : word.end() + _REACH]
        passive = bool(_BE.search(before))
        if word[0] in _UNNAMED and (word[0].endswith("ly") or (passive and _TO.match(after))):
            yield Saying(None, _UNNAMED[word[0]], word.start(), word.end())
        stance = _STANCES.get(word[0])
        if stance is None or passive or _NEGATION.search(before) or not _reports(word[0], stance, before, after):
            continue
        who = _subject(before, after)
        if who is not None or word[0] in _SURE:
            yield Saying(_named(who), stance, word.start(), word.end())


def _reports(verb: str, stance: Stance, before: str, after: str) -> bool:
    """Whether a word of saying is a verb with a statement, by what stands beside it."""
    if _NOUN_BEFORE.search(before.rstrip()):
        return False
    if verb in _NOUNS_TOO and not _OBJECT.match(after):
        return False
    if stance == "denied":
        return bool((_DENIED if verb.startswith(("den", "disp")) else _REJECTED).match(after))
    if verb in _NEEDS_CLAUSE:
        return bool(_CLAUSE.match(after)) or before.endswith((", ", "” ")) or bool(_CLOSING.search(before))
    return not (verb in _NOUNS and _SAYS_NOUN.match(after))


def _subject(before: str, after: str) -> str | None:
    """Who says it: before the verb, or behind it where a comma or a quotation goes before ("…, said Marsh"). None if nobody is plain."""
    match = _BEFORE.search(before)
    if match is None and before.rstrip().endswith((",", "”", "?", "!")):
        match = _AFTER.match(after)
    if match is None:
        return None
    other = match.groupdict().get("other")
    return other if other and re.fullmatch(_NAME, other) and not re.fullmatch(_NAME, match["who"]) else match["who"]


def _named(who: str | None) -> str | None:
    return None if who is None or re.fullmatch(_PRONOUN, who) else who


def full_name(who: str | None, text: str) -> str | None:
    """The longest form in a text of a person's name that ends a speaker's noun phrase; None if it has no first name or is no person's.

    "the coach Lind" with "Mikael Lind" elsewhere is "Mikael Lind". Names with a word of bodies or places ("Port", "Council") are none.
    """
    match = re.search(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*$", who or "")
    if match is None:
        return None
    last = match[0].split()[-1]
    forms = [match[0], *(found[0] for found in re.finditer(rf"(?:[A-Z][\w’'-]+ )+{re.escape(last)}\b", text))]
    longest = max(forms, key=len).split()
    return " ".join(longest) if len(longest) > 1 and _BODIES.isdisjoint(longest) else None
