"""Quotations of a claim against quotations of a passage: verbatim, trimmed, altered, or on other lips.

Compared by words, without case, punctuation, house style ("per cent", "organise") and contractions. Of two quotations with some words in
common nothing is said unless they are plainly the same saying: two answers to one question are alike too, and so are two translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from factcheck.text import fold, terms, words
from factcheck.verdicts.saying import full_name, sayings

#: verbatim: word for word; trimmed: parts left out that do not turn what was said; altered: other words, or a negation or a hedge left out.
Fidelity = Literal["verbatim", "trimmed", "altered"]

#: Fewer words keep their distance from a word rather than quote; and so few may be anybody's.
_LEAST_WORDS, _LEAST_WORDS_MOVED = 3, 5
#: Of the claim's quotation this share of words, and at least so many, must be in the passage's for it to be an altered one.
_LEAST_SHARE, _LEAST_SHARED = 0.7, 4
#: How far from a quotation, in characters, its sentence is read.
_REACH = 600
#: So many other words where one of the two ends are a change; more are another way of going on.
_MOST_AT_END = 2

_QUOTATION = re.compile(
    r"“(?P<a>[^“”]+)(?:”|$)|\"(?P<b>[^\"]+)(?:\"|$)|«(?P<c>[^«»]+)»|„(?P<d>[^„“”]+)[“”]"
    r"|(?<!\w)‘(?P<e>[^‘]+?)’(?!\w)|(?<![\w'])'(?P<f>[^']+(?:(?<=\w)'\w[^']*)*)'(?!\w)"
)
#: Where words were left out, or put in by the writer.
_GAP = re.compile(r"\[[^\]]*\]|\(…\)|\(\.\.\.\)|…|\.\.\.+")
_WORD = re.compile(r"[^\W_]+(?:[.,'][^\W_]+)*")
_CONTRACTIONS = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "it's": "it is", "he's": "he is",
    "she's": "she is", "that's": "that is", "there's": "there is", "what's": "what is", "who's": "who is", "let's": "let us", "i'm": "i am",
}  # fmt: skip
_CONTRACTED = (("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"))
_NUMBERS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), map(str, range(1, 13)), strict=True))

#: Words whose loss turns a statement, and those whose loss makes it firmer than it was.
_TURNING = frozenset("not no never nothing nobody none neither nor hardly barely unless without".split())
_HEDGES = frozenset(
    "may might could perhaps maybe probably possibly likely if think believe hope suspect guess almost nearly would".split()
)
#: Of the words cut off behind, only these bear on what was kept.
_CONDITIONS = frozenset("if unless perhaps maybe probably possibly provided".split())
#: Where a clause begins that has no bearing on the words beside it.
_BREAKS = frozenset("but and because so while although though who which when where since as".split())


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody is quoted as saying, without the marks and without an attribution that parts it ('"No," said Marsh, "not yet."').

    start, end: its half-open code-point range in the text. speaker: the name or noun phrase that the sentence puts to it; None for a
    pronoun.
    """

    text: str
    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """How a claim's quotation compares with a passage's.

    removed: folded words of the passage's that the claim's lacks, of those cut off only a negation or hedge; added: words that only the
    claim's has. moved: whether somebody else says the same words in the passage, both of them persons with a full name.
    """

    fidelity: Fidelity
    claimed: Quotation
    found: Quotation
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    moved: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text in order, with curly, straight or single marks or guillemets."""
    found = [(m, next(g for g in m.groups() if g is not None)) for m in _QUOTATION.finditer(text)]
    masked = _masked(text)
    out: list[Quotation] = []
    for match, inside in found:
        if out and _goes_on(text[out[-1].end : match.start()]):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {inside}", end=match.end() - 1)
            continue
        out.append(Quotation(inside, match.start() + 1, match.end() - 1, _speaker(masked, match.start(), match.end())))
    return tuple(out)


def compare_quotes(claim: str, passage: str) -> QuoteMatch | None:
    """How the quotations of a claim stand in a passage: of several the one that fits worst; None if none of them is there."""
    outside = set(words(_QUOTATION.sub(" ", claim)))
    carried = bool(outside & (_TURNING | _HEDGES | {"denied", "denies", "doubts", "doubted"}))
    there = quotations(passage)
    matches = []
    for claimed in quotations(claim):
        found = [match for quote in there if (match := _compare(claimed, quote, carried=carried)) is not None]
        if found:
            best = min(found, key=lambda match: (_ORDER.index(match.fidelity), len(match.removed) + len(match.added)))
            matches.append(replace(best, moved=_moved(best, claim, passage)))
    return max(matches, key=lambda match: (_ORDER.index(match.fidelity), match.moved), default=None)


_ORDER: tuple[Fidelity, ...] = ("verbatim", "trimmed", "altered")


# Quotations and their speakers -------------------------------------------------------------------------------------------------------


def _masked(text: str) -> str:
    """The text with its quotations blanked, their marks made alike and a comma or stop inside them kept at the end."""
    return _QUOTATION.sub(lambda m: "“" + " " * (len(m[0]) - 3) + (m[0][-2] if m[0][-2] in ",.?!" else " ") + "”", text)


def _goes_on(between: str) -> bool:
    """Whether two quotations are one that only its attribution parts ('", said Marsh, "')."""
    rest = between.strip("”\"»’'“ ")
    said = sayings(f"“ ,” {rest}")
    return rest.endswith((",", ".")) and len(rest.split()) <= 12 and len(said) == 1 and not re.search(r"[.!?;:].", rest)


def _speaker(masked: str, start: int, end: int) -> str | None:
    """The one speaker in the sentence around a blanked quotation."""
    around = max(0, start - _REACH)
    first = max((m.end() for m in re.finditer(r"[.!?]”?\s+(?=[“A-Z])", masked[around:start])), default=0) + around
    closed = masked[end - 2 : end - 1] in (".", "!", "?") and not re.match(
        r"\s*[a-z]|\s+[A-Z][\w ]* sa(?:id|ys)\b", masked[end : end + _REACH]
    )
    stop = re.search(r"[.!?]”?(?:\s|$)", masked[end : end + _REACH])
    last = end if closed else end + (stop.end() if stop else _REACH)
    who = {saying.speaker for saying in sayings(masked[first:last]) if saying.stance != "plans"}
    return who.pop() if len(who) == 1 else None


def _moved(match: QuoteMatch, claim: str, passage: str) -> bool:
    """Whether the same words have another speaker. A speaker whom the passage names without a saying may be the other's firm."""
    if match.fidelity == "altered" or len(_words(match.claimed.text)) < _LEAST_WORDS_MOVED:
        return False
    ours, theirs = full_name(match.claimed.speaker, claim), full_name(match.found.speaker, passage)
    if ours is None or theirs is None:
        return False
    mine = set(words(ours))
    if mine & set(words(theirs)):
        return False
    speakers = {word for saying in sayings(_masked(passage)) for word in words(saying.speaker or "")}
    return not (mine & set(words(passage))) - speakers


# Words -------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in the form that house styles share. pause: 0 none before it, 1 a comma or dash, 2 the end of a sentence."""

    form: str
    pause: int


def _words(text: str) -> list[_Word]:
    folded = fold(re.sub(r"[—–]| - ", ", ", text)).replace("per cent", "percent")
    out: list[_Word] = []
    at = 0
    for match in _WORD.finditer(folded):
        before = folded[at : match.start()]
        pause = 2 if re.search(r"[.!?;]", before) else 1 if re.search(r"[,:()]", before) else 0
        out += [_Word(form, pause if n == 0 else 0) for n, form in enumerate(_forms(match[0]))]
        at = match.end()
    return out


def _forms(word: str) -> list[str]:
    """A folded word without contraction, figures for small numbers, American for British endings."""
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word].split()
    for ending, full in _CONTRACTED:
        if word.endswith(ending) and len(word) > len(ending):
            return [word[: -len(ending)], full]
    return [_NUMBERS.get(word, re.sub(r"(?<=\w\w)our", "or", word).replace("ise", "ize").replace("isa", "iza"))]


def _plain(found: Sequence[_Word]) -> list[str]:
    return [word.form for word in found]


# Comparing ---------------------------------------------------------------------------------------------------------------------------


def _compare(claimed: Quotation, found: Quotation, *, carried: bool) -> QuoteMatch | None:
    """carried: whether the claim's own words around its quotation negate or hedge."""
    mine, theirs = _parts(claimed.text), _parts(found.text)
    if min(sum(map(len, mine)), sum(map(len, theirs))) < _LEAST_WORDS or _is_title(claimed.text):
        return None
    for short, whole in ((mine, theirs), (theirs, mine)):
        if len(whole) > 1 or (cut := _cut(short, whole[0])) is None:
            continue
        lost = tuple(_lost(whole[0], cut))
        if lost and not carried:
            return QuoteMatch("altered", claimed, found, *((lost, ()) if short is mine else ((), lost)))
        return QuoteMatch("trimmed" if len(_plain(whole[0])) > sum(map(len, short)) else "verbatim", claimed, found)
    # What stands in a gap cannot be told from what was changed.
    if len(mine) > 1 or len(theirs) > 1 or (match := _altered(claimed, found, _plain(mine[0]), _plain(theirs[0]))) is None:
        return None
    turned = {*match.removed, *match.added} <= _TURNING | _HEDGES
    return replace(match, fidelity="trimmed", removed=(), added=()) if carried and turned else match


def _is_title(text: str) -> bool:
    """Whether all words but the smallest are capitalised: the name of a film or a book, not a saying."""
    large = [w for w in re.findall(r"[^\W\d_]{3,}", text) if w.lower() not in ("the", "and", "for")]
    return len(large) > 1 and all(word[0].isupper() for word in large)


def _parts(text: str) -> list[list[_Word]]:
    """The words of a quotation between its gaps."""
    return [part for piece in _GAP.split(text) if (part := _words(piece))]


def _cut(parts: Sequence[Sequence[_Word]], whole: Sequence[_Word]) -> list[range] | None:
    """Where the parts stand in the whole, in their order; None if some part does not."""
    forms, at, out = _plain(whole), 0, []
    for part in parts:
        wanted = _plain(part)
        start = next((i for i in range(at, len(forms) - len(wanted) + 1) if forms[i : i + len(wanted)] == wanted), None)
        if start is None:
            return None
        at = start + len(wanted)
        out.append(range(start, at))
    return out


def _lost(whole: Sequence[_Word], kept: Sequence[range]) -> Iterator[str]:
    """Negations, hedges and conditions left out that bear on what was kept."""
    at = 0
    for part in kept:
        yield from (w for w in _before(whole[at : part.start], whole[part.start].pause) if w in _TURNING | _HEDGES)
        at = part.stop
    if at < len(whole) and whole[at].pause < 2 and whole[at].form in _CONDITIONS:
        yield whole[at].form


def _before(cut: Sequence[_Word], pause: int) -> list[str]:
    """Of the words cut off before a kept part those of its own clause, and the 'if' or 'unless' that its sentence began with."""
    clause: list[str] = []
    opening = ""
    for n, word in enumerate(reversed(cut)):
        if pause == 2:
            return [*clause, *([opening] if opening in ("if", "unless") else [])]
        if n == len(clause) and pause == 0 and word.form not in _BREAKS:
            clause.append(word.form)
        opening, pause = word.form, word.pause
    return [*clause, *([opening] if opening in ("if", "unless") and opening not in clause else [])]


def _altered(claimed: Quotation, found: Quotation, mine: list[str], theirs: list[str]) -> QuoteMatch | None:
    """The words that differ inside what both share, if that is enough to be the same saying. What only one goes on with is left out."""
    codes = SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
    shared = [w for tag, i, k, _, _ in codes if tag == "equal" for w in theirs[i:k]]
    if len(shared) < max(_LEAST_SHARED, _LEAST_SHARE * min(len(mine), len(theirs))) or len(terms(" ".join(shared))) < 2:
        return None
    # Where one goes on longer, a changed word at the other's end still stands against the word in its place.
    removed, added = [], []
    for n, (tag, i, k, p, q) in enumerate(codes):
        size = min(k - i, q - p)
        if tag == "equal" or (n in (0, len(codes) - 1) and not 0 < size <= _MOST_AT_END):
            continue
        inner = 0 < n < len(codes) - 1
        removed += theirs[i:k] if inner else theirs[k - size : k] if n == 0 else theirs[i : i + size]
        added += mine[p:q] if inner else mine[q - size : q] if n == 0 else mine[p : p + size]
    return QuoteMatch("altered", claimed, found, tuple(removed), tuple(added)) if removed or added else None
