"""What the rest of an article lends to a sentence: whom its pronouns and short names mean, and on which day its 'Tuesday' was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.reference.anchor import anchored
from factcheck.claims.reference.mentions import mentions
from factcheck.claims.resolve import Reference, resolve, wording

#: 'The company' and the like are put right less often than pronouns and names: only where all but sure.
_LEAST_OF_DESCRIPTIONS = 0.9

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: The reader and the speakers.
_PARTIES = frozenset("you your yours yourself yourselves we us our ours ourselves".split())
#: Words that leave open what they stand for, unless the sentence or the article says so.
_OPEN = frozenset("he she it they this that these those his her its their such both".split())


class Context:
    """References and dates of one analysed article."""

    def __init__(self, doc: Doc, date: dt.date | None) -> None:
        """``doc``: the whole article, as far as it was analysed; ``date``: its day, if it is known."""
        self._doc = doc
        self._references = resolve(doc)
        self._starts = {r.start: r for r in self._references.values() if _is_sure(r)}
        self._names = {m.head: m for m in mentions(doc) if m.kind == "name"}
        self._anchors = {a.start: a for a in anchored(doc, date)} if date else {}

    def told_alone(self, pieces: Sequence[int | str]) -> tuple[int | str, ...]:
        """``pieces`` of a sentence with what stands for something else replaced by its name, and relative dates by the day itself.

        A reference that may be to another thing stays, and so does one whose name is in the sentence anyway.
        """
        words = {p for p in pieces if isinstance(p, int)}
        out: list[int | str] = []
        named: set[tuple[int, int]] = set()
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            length, text = self._replacement(piece, words, named) if isinstance(piece, int) else (0, "")
            if length and list(pieces[at : at + length]) == list(range(int(piece), int(piece) + length)):
                out.append(text)
                at += length
            else:
                out.append(piece)
                at += 1
        return tuple(out)

    def dangles(self, pieces: Sequence[int | str]) -> bool:
        """Whether the subject of a sentence so told is still a pronoun, or is owned by one, that stands for nothing in it.

        So is one that speaks of the reader or of the speakers: what is so of "you" or "us" in one article need not be in another.
        """
        words = {p for p in pieces if isinstance(p, int)}
        if any(self._doc[i].lower_ in _PARTIES for i in words):
            return True
        subject = [t for t in (self._doc[i] for i in sorted(words)) if t.lower_ in _OPEN and self._is_subject(t)]
        return any(not self._points_into(t.i, words) for t in subject)

    def named(self, phrase: Sequence[int]) -> str:
        """A noun phrase by the fullest name that it surely stands for; without one in its own words.

        "The company" stays: it is too often another one's to have words put into its mouth. "The governor" is put right.
        """
        doc = self._doc
        head = next(i for i in phrase if doc[i].head.i not in phrase or doc[i].head.i == i)
        at = self._apposed(head, phrase) if head not in self._names else head
        # 'Anna Holt and Omar Reyes', 'the Fishermen's Savings Bank': more than the name.
        beside = {doc[i].dep_ for i in phrase if doc[i].head.i == at}
        more = "conj" in beside or ("nmod:poss" in beside and doc[at].ent_type_ != "Person")
        reference = self._references.get(at)
        if reference is not None and _is_sure(reference) and not more and self._may_speak(reference):
            return wording(doc, replace(reference, possessive=False), self._references)
        name = self._names.get(at)
        chosen = range(name.start, name.end) if name is not None and not more else phrase
        return _words(doc, [i for i in chosen if doc[i].tag_ != "POS" or i != chosen[-1]])

    def _may_speak(self, reference: Reference) -> bool:
        antecedent = self._doc[reference.antecedent_start : reference.antecedent_end]
        return reference.kind != "description" or any(t.ent_type_ == "Person" for t in antecedent)

    def _apposed(self, head: int, phrase: Sequence[int]) -> int:
        """The head of the name right behind a description's main word ('the mayor, Ines Okafor'); else the main word."""
        found = [self._names[i] for i in phrase if i in self._names and self._doc[i].head.i == head and self._doc[i].dep_ == "appos"]
        return next((m.head for m in found if all(t.is_punct for t in self._doc[head + 1 : m.start])), head)

    def _is_subject(self, token: Token) -> bool:
        head = token.head if token.dep_ == "nmod:poss" else token
        return head.dep_ in ("nsubj", "nsubj:pass") and not any(c.tag_ in ("WP", "WDT") for c in head.children)

    def _points_into(self, token: int, words: set[int]) -> bool:
        """Whether a pronoun is known to stand for something that the words name, or that was put in."""
        reference = self._references.get(token)
        if reference is None:
            return False
        if _is_sure(reference):
            return True
        antecedent = range(reference.antecedent_start, reference.antecedent_end)
        return any(i in words for i in antecedent) and not any(self._doc[i].lower_ in _OPEN for i in antecedent)

    def _replacement(self, token: int, words: set[int], named: set[tuple[int, int]]) -> tuple[int, str]:
        """Tokens to replace from ``token`` on, and the words to put there. ``named``: what was put in already, and is from here on."""
        reference = self._starts.get(token)
        if reference is not None and not self._is_named(reference, words) and not self._is_own(reference):
            antecedent = (reference.antecedent_start, reference.antecedent_end)
            if antecedent in named:
                return 0, ""
            named.add(antecedent)
            return reference.end - reference.start, wording(self._doc, reference, self._references)
        if (anchor := self._anchors.get(token)) is not None:
            return anchor.end - anchor.start, anchor.wording
        return 0, ""

    def _is_own(self, reference: Reference) -> bool:
        """'Its own' is said of what the sentence speaks of; a name in its place would be another's."""
        return reference.possessive and reference.end < len(self._doc) and self._doc[reference.end].lower_ == "own"

    def _is_named(self, reference: Reference, words: set[int]) -> bool:
        name = self._doc[reference.antecedent_start : reference.antecedent_end]
        said = self._doc[reference.start : reference.end]
        return any(i in words for i in range(reference.antecedent_start, reference.antecedent_end)) or name.text == said.text


def _words(doc: Doc, tokens: Sequence[int]) -> str:
    """Words in text order, with a small letter where only the start of their sentence has a capital."""
    text = "".join(doc[i].text + (doc[i].whitespace_ if i + 1 in tokens else " ") for i in tokens)
    first = doc[tokens[0]]
    if (
        (first.is_sent_start or first.tag_ in ("DT", "PRP$"))
        and first.pos_ != "PROPN"
        and not first.ent_type_
        and not first.text[1:].isupper()
    ):
        text = text[:1].lower() + text[1:]
    return " ".join(text.split())


def _is_sure(reference: Reference) -> bool:
    return not reference.ambiguous and (reference.kind != "description" or reference.confidence >= _LEAST_OF_DESCRIPTIONS)
