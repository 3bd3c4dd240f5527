"""Citing: sentences that name another article of the run as their source, by its outlet or by a link to it.

An outlet is known by its name, by that without "News Agency" and the like, by the end of its name ("Harbour Post" for the Darwin Harbour
Post; "the Examiner", unless many papers are called so), and by the host of its address. A name counts only where the words around it say
that something was learned there ("told Meridian", "according to Le Matin", "the Examiner's report"), or in a dateline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

from factcheck.text import fold
from factcheck.types import Article, Sentence

#: What an outlet's name may do without at its end.
_GENERIC = frozenset("news agency online radio tv television newspaper magazine international digital".split())
#: Last words of so many outlets' names that "the Post" does not say which.
_COMMON = frozenset("times post news day daily week weekly journal star world today review press mail sun telegraph report".split())
_SMALL = frozenset("the a an of and for in on la le les el il der die das de".split())
_CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
_ADDRESS = re.compile(r"https?://[^\s)\]>\"'”]+", re.I)

_KIND = (
    r"(?:(?:british|french|german|public|local|national|regional|daily|state|private) )*"
    r"(?:(?:newspaper|paper|news agency|agency|daily|weekly|broadcaster|magazine|website|news site|site|station|tabloid) )?"
)
_REPORT = r"(?:reports?|reporting|story|stories|article|account|interview|investigation|sources|correspondent|claims?)"
_TOLD = r"(?:reported|report|reports|reporting|quoted|cited|published|revealed|obtained|seen|carried|interviewed|broken)"
_TELLS = (
    r"(?:(?:(?:is|are|was|were) )?reporting|reported|reports|wrote|writes|said|says|revealed|reveals|claimed|claims|learned|learnt|quoted"
    r"|quotes|cited|cites|published|confirmed|confirms|suggested|suggests|understands)"
)
#: Before the name, which stands as "@": where something was learned. Behind it: that it told something.
_BEFORE = re.compile(
    rf"(?:according to|told|tell|tells|telling|citing|quoting|via|{_TOLD}(?: \w+)? by"
    r"|(?:report|story|article|account|interview|published|wrote|writing)(?: \w+ly)? (?:in|by|from|for|with|to)"
    rf"|(?:spoke|speaking|spoken|talking|talked|statement|confirm(?:s|ed|ing)|said|announced)(?: [\w'-]+){{0,4}} (?:to|with)"
    rf"|[,\"] (?:reported|reports|wrote|writes))(?: (?:\w+ ){{1,4}}and)? (?:the )?{_KIND}\"?(?:the )?@"
)
_BEHIND = re.compile(
    rf"@\"? (?:{_KIND}(?:and (?:\w+ ){{1,4}})?(?:(?:has|had|have|first|also|now|earlier|previously|later|on|this|\w+day|week|month) )*"
    rf"{_TELLS}\b"
    rf"|{_REPORT}\b)"
)
_OWNED = re.compile(rf"@s (?:\w+ )?{_REPORT}\b")
_DATELINE = re.compile(r"^[^.!?]{2,60}\(@\) ?[-:]")
#: Whoever says that a report is wrong does not have it from there.
_REFUTED = re.compile(
    r"\b(?:den|dismiss|reject|refut|rebut|disput|contradict)(?:y|e|s|es|ies|ied|ed|ing)?(?: [\w'-]+){0,4} "
    rf"(?:{_REPORT}(?: [\w'-]+){{0,3}}|what(?: the)?) \"?@"
    rf"|\b(?:contrary to|unlike)(?: [\w'-]+){{0,5}} \"?@|@s? (?:\w+ ){{0,2}}(?:wrongly|falsely|incorrectly|mistakenly|erroneously)\b"
)
#: The paper once named.
_AGAIN = re.compile(
    r"\bthe (?:newspaper|paper|news agency|broadcaster|magazine|news site|tabloid|daily|weekly)"
    r"(?: (?:also|further|later|then))? (?:said|says|reported|reports|added|adds|wrote|writes|quoted|quotes|cited)\b"
)
#: Sentences behind the one that names it in which "the paper" is that paper.
_REACH = 4


class Citations:
    """Who names whom in a run.

    cited: for each article the numbers of its citing sentences, and the articles that each may mean: all those of the outlet named, save
    younger ones.
    """

    def __init__(self, articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> None:
        self._articles = articles
        self._names: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        self._addresses: defaultdict[str, set[int]] = defaultdict(set)
        for number, article in enumerate(articles):
            for name in _names(article):
                self._names[name].add(number)
            if article.url:
                self._addresses[_address(article.url)].add(number)
        self._folded = cache(lambda word: fold(word).removesuffix("'s"))
        self._longest = max(map(len, self._names), default=0)
        self._first = {name[0] for name in self._names}
        self.cited: list[dict[int, frozenset[int]]] = [self._of(number, told) for number, told in enumerate(sentences)]

    def _of(self, number: int, sentences: Sequence[Sentence]) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        last, at = frozenset[int](), -_REACH - 1
        for n, sentence in enumerate(sentences):
            named = self._usable(number, self._linked(number, sentence)) | self._usable(number, self._named(number, sentence.text))
            if named:
                last, at = named, n
            elif n - at <= _REACH and _AGAIN.search(fold(sentence.text)):
                named = last
            if named:
                found[n] = named
        return found

    def _usable(self, number: int, cited: Iterable[int]) -> frozenset[int]:
        """Of the articles those that can have been read when the one was written."""
        date = self._articles[number].date
        others = ((n, self._articles[n].date) for n in cited if n != number)
        return frozenset(n for n, other in others if date is None or other is None or other <= date)

    def _linked(self, number: int, sentence: Sentence) -> Iterator[int]:
        if self._addresses:
            for link in _ADDRESS.findall(sentence.span.of(self._articles[number].text)):
                yield from self._addresses.get(_address(link), ())

    def _named(self, number: int, text: str) -> Iterator[int]:
        tokens = list(_WORD.finditer(text))
        folded = [self._folded(t[0]) for t in tokens]
        for start in range(len(tokens)):
            if folded[start] not in self._first:
                continue
            for end in range(min(len(tokens), start + self._longest), start, -1):
                whose = self._names.get(tuple(folded[start:end]))
                if whose is not None and _is_name(text, tokens, start, end):
                    if number not in whose and _is_source(text, tokens[start].start(), tokens[end - 1]):
                        yield from whose
                    break


def _names(article: Article) -> Iterator[tuple[str, ...]]:
    """What the article's outlet is called, in folded words."""
    outlet, role, _ = (article.outlet or "").partition("(")
    full = tuple(fold(t[0]) for t in _WORD.finditer(outlet))
    full = full[1:] if full[:1] == ("the",) else full
    if full:
        yield full
    # Whoever speaks for itself ("Ondrel (press release)") is no paper with a short name.
    if len(full) > 1 and not role:
        short = full
        while len(short) > 1 and short[-1] in _GENERIC:
            short = short[:-1]
        yield from ({short} if _telling(short) else ())
        yield from (short[n:] for n in range(1, len(short) - 1) if short[n] not in _SMALL and _telling(short[n:]))
        if len(short) > 1 and _telling(short[-1:]):
            yield "the", short[-1]
    if article.url and (host := urlsplit(article.url).hostname):
        yield (host.removeprefix("www."),)


def _telling(name: Sequence[str]) -> bool:
    return any(w not in _COMMON and w not in _GENERIC and w not in _SMALL for w in name)


def _address(url: str) -> str:
    """An address without what may differ between two links to one page."""
    parts = urlsplit(url.rstrip(".,;:"))
    path = parts.path.rstrip("/")
    return (parts.hostname or "").removeprefix("www.") + (path or "?" + parts.query)


def _is_name(text: str, tokens: Sequence[re.Match[str]], start: int, end: int) -> bool:
    """Whether these words are a name, and a whole one: "Herald" is none in "Sunday Herald" and "Herald Tribune"."""
    first = tokens[start + 1 if fold(tokens[start][0]) == "the" else start]
    if first[0][0].islower() and "." not in first[0]:
        return False
    before = tokens[start - 1] if start else None
    if before is not None and text[before.end() : first.start()] == " " and _extends(before) and start > 1:
        return False
    after = tokens[end] if end < len(tokens) else None
    return after is None or text[tokens[end - 1].end() : after.start()] != " " or not _extends(after)


def _extends(word: re.Match[str]) -> bool:
    """Whether a word beside a name belongs to it."""
    return word[0][0].isupper() and fold(word[0]) not in _GENERIC | _SMALL | _CALENDAR


def _is_source(text: str, start: int, last: re.Match[str]) -> bool:
    """Whether the words around a name say that something was learned there."""
    owned = "s" if fold(last[0]).endswith("'s") else ""
    around = fold(f"{text[:start]}@{owned}{text[last.end() :]}")
    return not _REFUTED.search(around) and any(pattern.search(around) for pattern in (_BEFORE, _BEHIND, _OWNED, _DATELINE))
