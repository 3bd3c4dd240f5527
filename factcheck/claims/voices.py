"""Whose statement a claim is: the article's own, or somebody's whom it reports, with the speaker's name and stance.

A claim is somebody's if all its words lie in what is attributed to them ("The ferry is safe"), or if it tells of the saying itself
("The mayor denied that the ferry is safe"). How many claims there are does not change with it: what was said is told alone where the
article or the speaker states it as a fact, and only together with who said it where it is denied, alleged, expected and the like. A
claim of the saying beside every such content would double the work of judging, and a content without its denial would be a false alarm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.attribution import Attribution, attributions
from factcheck.claims.context import Context
from factcheck.claims.saying.quotation import quotations
from factcheck.types import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FIRST_PERSON = frozenset("i we me us my our mine ours myself ourselves".split())


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is reported to stand how to a claim; neither for the article's own. speaker: None also where nobody is named."""

    speaker: str | None = None
    stance: Stance | None = None


class Voices:
    """The attributions of one analysed article, by the words that they hold."""

    def __init__(self, doc: Doc, parts: Sequence[range], context: Context) -> None:
        """``doc``: the article, as far as it was analysed; ``parts``: the token ranges of its paragraphs."""
        self._doc, self._context = doc, context
        self._holding: dict[int, list[Attribution]] = defaultdict(list)
        self._cued: dict[int, list[Attribution]] = defaultdict(list)
        for one in attributions(doc, parts):
            for i in one.content:
                self._holding[i].append(one)
            for i in one.cue:
                self._cued[i].append(one)
        self._quotations = quotations(doc, parts)

    def around(self, words: Sequence[int]) -> list[Attribution]:
        """The attributions in whose content all the words lie, the innermost first. Signs do not count."""
        said = {i for i in words if _is_word(self._doc[i])}
        held = self._holding.get(min(said), []) if said else []
        return sorted((a for a in held if said <= set(a.content)), key=lambda a: len(a.content))

    def of(self, words: Sequence[int], *, aside: bool = False) -> Voice:
        """The voice of a claim made of ``words``: of the innermost attribution that holds them, else of the one that they tell of.

        What stands between quotation marks as a whole is said by somebody, even where nobody is plainly named. aside: it comes from an
        apposition or title, which in reported speech is the writer's own ("Mr Halden said that Norvik, the insurer, would pay").
        """
        around = [a for a in self.around(words) if a.direct or not aside]
        one = around[0] if around else self._telling(words)
        if one is None and any(words[0] >= q.first and words[-1] <= q.last for q in self._quotations):
            return Voice(stance="said")
        return self._voice(one)

    def _telling(self, words: Sequence[int]) -> Attribution | None:
        """The attribution that words as a whole tell of: they hold its cue, and their main word is the cue's or of what was said."""
        told = set(words)
        main = self._main(told)
        for i in words:
            for one in self._cued.get(i, []):
                if told.issuperset(one.cue) and not told.isdisjoint(one.content) and (main in one.cue or main in one.content):
                    return one
        return None

    def _main(self, words: set[int]) -> int:
        """The word that governs the others; of several the one that governs most."""
        tops = [self._doc[i] for i in words if self._doc[i].head.i not in words or self._doc[i].head.i == i]
        top: Token = max(tops, key=lambda t: (t.right_edge.i - t.left_edge.i, -t.i))
        return top.i

    def _voice(self, one: Attribution | None) -> Voice:
        """What was not said is nobody's statement, and what the writer says of themselves is the article's own."""
        if one is None or one.negated:
            return Voice()
        seen = [one]
        while any(self._doc[i].lower_ in FIRST_PERSON for i in seen[-1].speaker):
            outer = next((a for a in self.around(seen[-1].cue) if a not in seen), None)
            if outer is None:
                return Voice()
            seen.append(outer)
        speaker = seen[-1].speaker
        return Voice(self._context.named(speaker) if speaker else None, one.stance)


def _is_word(token: Token) -> bool:
    return not token.is_punct and not token.is_space
