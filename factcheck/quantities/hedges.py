"""Words that loosen or bound a figure: "about", "more than", "up to", "or more"."""

from __future__ import annotations

from factcheck.quantities.quantity import Hedge
from factcheck.quantities.tokens import Tokens

_BEFORE: dict[Hedge, str] = {
    "about": "about|around|roughly|approximately|approx|approx .|circa|c .|ca .|ca|~|≈|nearly|almost|some|just over|just under|just below"
    "|just above|just short of|a little over|a little under|a little more than|a little less than|slightly over|slightly under"
    "|slightly more than|slightly less than|close to|an estimated|estimated at|in the region of|in the order of|something like"
    "|more or less|just more than|just less than|somewhere around|barely",
    "more_than": "more than|over|above|upwards of|in excess of|exceeding|greater than|>",
    "less_than": "less than|fewer than|under|below|smaller than|<",
    "at_least": "at least|no less than|no fewer than|not less than|not fewer than|a minimum of|minimum of|as few as|as little as|≥",
    "at_most": "at most|up to|no more than|not more than|a maximum of|maximum of|as many as|as much as|at the most|≤",
}
_AFTER: dict[Hedge, str] = {
    "about": "or so|or thereabouts|- odd|– odd|- ish",
    "at_least": "or more|or over|or above|or older|and over|and above|and older|and up|+|- plus|or higher|or longer",
    "at_most": "or less|or fewer|or under|or below|or younger|and under|and younger|or lower",
}
_BEFORE_WORDS = {tuple(phrase.split(" ")): hedge for hedge, phrases in _BEFORE.items() for phrase in phrases.split("|")}
_AFTER_WORDS = {tuple(phrase.split(" ")): hedge for hedge, phrases in _AFTER.items() for phrase in phrases.split("|")}
_LONGEST = max(map(len, _BEFORE_WORDS))
#: What may stand between a hedge and its figure.
_FILLERS = frozenset({"another", "the", "further", "additional", "a", "an", "estimated", "total", "of"})


def hedge_before(t: Tokens, i: int, floor: int) -> tuple[Hedge, int]:
    """(hedge, its first token) of the words before token ``i``, none of them before token ``floor``; ("", i) without one."""
    for at in (i, i - 1, i - 2):
        if at < i and t.word(at) not in _FILLERS:
            break
        for n in range(min(_LONGEST, at - floor), 0, -1):
            hedge = _BEFORE_WORDS.get(t.words(at - n, n))
            # "c" and "ca" only as abbreviations, and no phrase across a line.
            if hedge is not None and "\n" not in t.text[t.starts[at - n] : t.starts[i]]:
                return hedge, at - n
    return "", i


def hedge_after(t: Tokens, i: int) -> tuple[Hedge, int]:
    """(hedge, the token after it) of the words from token ``i`` on; ("", i) without one."""
    for n in (2, 1):
        words = t.words(i, n)
        hedge = _AFTER_WORDS.get(words)
        # "+" and "-plus" belong to the figure only if nothing parts them.
        if hedge is not None and len(words) == n and (words[0].isalpha() or (t.glued(i) and not (t.kind(i + n) == "n" and t.glued(i + n)))):
            return hedge, i + n
    return "", i
