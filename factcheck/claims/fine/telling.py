"""Whether a set of a sentence's words can be told as a statement of its own, and how.

What has a finite verb is told as it stands. To a name or noun and what only a phrase says of it a form of 'be' is added: 'the ferry,
built in 1987' gives 'the ferry was built in 1987'. A year or the like in brackets stays behind its name: 'Foxcatcher (2014)'.
"""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.claims.fine.agreement import agreeing, conjuncts
from factcheck.claims.fine.spans import candidates
from factcheck.claims.fine.trees import DESCRIBED, HELPING, RELATIVE, Tree, each, highest, lowest, span
from factcheck.claims.phrases import SUBJECTS

#: Words of a tree by number, and words that are added.
Pieces = tuple[int | str, ...]

_CLOSING = {"(": ")", "[": "]"}
_QUOTATION = frozenset({'"', "“", "”", "``", "''"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET", "ADJ"})
_SAID_OF = frozenset({"acl", "acl:relcl", "advcl", "conj", "amod"})


def statements(tree: Tree) -> dict[int, Pieces]:
    """The candidates of a sentence that can be told, each with its pieces in the order of a sentence."""
    out = {}
    for words in candidates(tree):
        pieces = () if _is_cut(tree, words) else telling(tree, words)
        if pieces:
            out[words] = pieces
    return out


def telling(tree: Tree, words: int) -> Pieces:
    """Words as a statement; none if they are no statement."""
    content = words & ~tree.signs
    finite = [i for i in each(content) if "VerbForm=Fin" in tree.morph[i]]
    if finite:
        told = _closed(tree, words & ~_idle_articles(tree, content))
        return agreeing(tree, content, told) if _is_clause(tree, content, finite) else ()
    return (
        _opened(tree, words, content) or _linked(tree, words, content) or _named(tree, words, content) or _bracketed(tree, words, content)
    )


def _idle_articles(tree: Tree, content: int) -> int:
    """Articles of a predicate noun that is left out: 'is a popular resort' is told as 'is popular'."""

    def is_idle(i: int) -> bool:
        noun = tree.head[i]
        return tree.dep[i] == "det" and not content >> noun & 1 and any(tree.dep[c] == "cop" and content >> c & 1 for c in tree.kids[noun])

    return tree.mask(lambda i: bool(content >> i & 1) and is_idle(i))


def _is_clause(tree: Tree, content: int, finite: list[int]) -> bool:
    """Whether the words are a clause with its subject, and not a noun with a clause behind it."""
    verb = min(finite, key=lambda i: tree.depth[i] - (tree.dep[i] in HELPING))
    main = tree.head[verb] if tree.dep[verb] in HELPING else verb
    above, first = tree.head[main], lowest(content)
    if tree.head[first] == main and first != main and (tree.dep[first] in ("mark", "case", "cc") or tree.tag[first] in RELATIVE):
        return False
    if content >> main & 1 and above != main and content >> above & 1:
        relative = any(tree.tag[i] in RELATIVE for i in each(tree.below[main] & content & span(0, main)))
        if relative or not (tree.dep[main] in ("acl:relcl", "acl", "conj") or _stands_behind_subject(tree, main, verb)):
            return False
    return _has_subject(tree, content, main, verb)


def _has_subject(tree: Tree, content: int, main: int, verb: int) -> bool:
    subjects = [c for c in tree.kids[main] if tree.dep[c] in SUBJECTS]
    if any(content >> member & 1 for c in subjects for member in conjuncts(tree, c)):
        return True
    if not subjects and any(c < verb and content >> c & 1 and _is_bare(tree, c) for c in tree.kids[main]):
        return True
    return any(tree.pos[i] in _NOMINAL and not tree.below[main] >> i & 1 for i in each(content & span(0, verb)))


def _stands_behind_subject(tree: Tree, main: int, verb: int) -> bool:
    """Whether a predicate hangs beside a noun that is its subject: so trees read a name that much is put in brackets behind."""
    above = tree.head[main]
    return (
        tree.dep[main] == "parataxis"
        and tree.pos[above] in ("NOUN", "PROPN")
        and above < verb
        and not tree.clausal >> above & 1
        and all(tree.dep[c] not in SUBJECTS for c in tree.kids[main])
    )


def _is_bare(tree: Tree, i: int) -> bool:
    """Whether a noun without a preposition stands where a subject would: a tree may take the one for something else."""
    return (
        tree.pos[i] in ("NOUN", "PROPN", "NUM")
        and tree.dep[i] in ("obj", "nmod", "dislocated", "dep")
        and all(tree.dep[c] not in ("case", "mark") for c in tree.kids[i])
        and all(tree.tag[k] not in RELATIVE for k in each(tree.below[i]))
    )


def _opened(tree: Tree, words: int, content: int) -> Pieces:
    """A participle that opens a sentence, told of its subject: 'built in 1987, the ferry' as 'the ferry was built in 1987'."""
    first = lowest(content)
    opening = tree.head[first] if tree.dep[first] == "advmod" else first
    phrase = tree.below[opening] & ~tree.signs
    said, thing, behind = phrase & content, content & ~phrase, highest(phrase) + 1
    if tree.tag[opening] != "VBN" or tree.dep[opening] not in ("advcl", "acl") or not thing or tree.text[behind] != ",":
        return ()
    head = tree.head[opening]
    about = next((c for c in tree.kids[head] if tree.dep[c] in SUBJECTS), -1) if tree.dep[opening] == "advcl" else head
    if about < behind or not said >> opening & 1 or not thing >> about & 1 or thing & ~tree.below[about] or not _is_thing(tree, thing):
        return ()
    link = "were" if "Number=Plur" in tree.morph[about] else "was"
    return (*_closed(tree, words & span(lowest(thing), len(tree))), link, *_closed(tree, words & span(0, behind)))


def _linked(tree: Tree, words: int, content: int) -> Pieces:
    tops = [i for i in each(content) if tree.head[i] == i or not content >> tree.head[i] & 1]
    top = min(tops, key=lambda i: tree.depth[i])
    for c in each(content):
        said = tree.below[c] & content
        before = content & ~said
        apart = c != top and (tree.head[c] == top or c in tops)
        if not apart or not before or highest(before) > lowest(said) or not _is_thing(tree, before):
            continue
        if tree.pos[lowest(said)] in ("ADP", "SCONJ"):
            continue
        many = "Number=Plur" in tree.morph[min(each(before), key=lambda i: tree.depth[i])]
        if tree.tag[c] == "VBN" and tree.dep[c] in _SAID_OF:
            link = "were" if many else "was"
        elif tree.tag[c] == "VBG" and tree.dep[c] in _SAID_OF:
            link = _past(tree, many=many)
        elif tree.dep[c] == "appos" and tree.pos[c] in ("NOUN", "PROPN") and tree.text[lowest(said) - 1] not in _CLOSING:
            link = "are" if many else "is"
        else:
            continue
        first, second = words & span(0, highest(before) + 1), words & span(lowest(said), len(tree))
        if link == "is" and tree.pos[c] == "PROPN" and tree.pos[tree.head[c]] == "NOUN":
            return _is_a(tree, second, first)
        return (*_closed(tree, first), link, *_closed(tree, second))
    return ()


def _is_a(tree: Tree, name: int, kind: int) -> Pieces:
    """Of a name and a description the name comes first."""
    determined = any(tree.dep[i] in ("det", "nmod:poss") for i in each(kind))
    return (*_closed(tree, name), "is", *(() if determined else ("a",)), *_closed(tree, kind))


def _is_thing(tree: Tree, words: int) -> bool:
    """Whether words are one noun phrase, and no phrase with a preposition before it."""
    first = lowest(words)
    return any(tree.pos[i] in ("NOUN", "PROPN", "PRON") for i in each(words)) and tree.pos[first] not in ("ADP", "SCONJ", "CCONJ", "VERB")


def _past(tree: Tree, *, many: bool) -> str:
    past = any("Tense=Past" in m and "VerbForm=Fin" in m for m in tree.morph)
    return ("were" if past else "are") if many else ("was" if past else "is")


def _named(tree: Tree, words: int, content: int) -> Pieces:
    """A name behind the words that say what it is, told the other way round: 'drama Spotlight' as 'Spotlight is a drama'."""
    top = min(each(content), key=lambda i: tree.depth[i])
    kinds = [c for c in tree.kids[top] if c < top and words >> c & 1 and tree.pos[c] == "NOUN" and tree.dep[c] in ("compound", "nmod:desc")]
    if tree.pos[top] != "PROPN" or not tree.text[top][:1].isupper() or not kinds or "Number=Plur" in tree.morph[kinds[-1]]:
        return ()
    start = max(highest(tree.below[c]) for c in kinds) + 1
    name, kind = words & span(start, len(tree)), words & span(0, start)
    if not name & ~tree.signs or not kind:
        return ()
    return _is_a(tree, name, kind)


def _bracketed(tree: Tree, words: int, content: int) -> Pieces:
    """A name and what stands behind it in brackets."""
    opened = [i for i in each(words) if tree.text[i] in _CLOSING]
    if len(opened) != 1 or not content & span(0, opened[0]) or not content & span(opened[0], len(tree)):
        return ()
    return _closed(tree, words) if _is_thing(tree, content & span(0, opened[0])) else ()


def _closed(tree: Tree, words: int) -> Pieces:
    """Words in text order, brackets closed, quotation marks in pairs or not at all."""
    marks = [i for i in each(words) if tree.text[i] in _QUOTATION]
    if len(marks) % 2:
        words &= ~(1 << (marks[0] if marks[0] == lowest(words) else marks[-1]))
    return tuple(_with_brackets(tree, words))


def _with_brackets(tree: Tree, words: int) -> Iterator[int | str]:
    closing = ""
    for i in each(words):
        yield i
        if tree.text[i] in _CLOSING:
            closing = _CLOSING[tree.text[i]]
        elif tree.text[i] == closing:
            closing = ""
        elif closing and (i + 1 == len(tree) or not words >> (i + 1) & 1):
            yield closing
            closing = ""


def _is_cut(tree: Tree, words: int) -> bool:
    """Whether something is left out without which the rest is broken: half of a name, an object, what a preposition goes with."""
    content = words & ~tree.signs
    if tree.pos[highest(content)] in ("ADP", "DET", "CCONJ", "SCONJ") and tree.dep[highest(content)] != "compound:prt":
        return True
    return (
        any(_lacks_complement(tree, content, i) or _hangs_loose(tree, content, i) or _is_nameless(tree, content, i) for i in each(content))
        or any(content >> i & 1 != content >> (i + 1) & 1 and _is_name(tree, i) for i in range(len(tree) - 1))
        or any(content >> (i - 1) & 1 != content >> (i + 1) & 1 and _is_hyphen(tree, i) for i in range(1, len(tree) - 1))
    )


def _lacks_complement(tree: Tree, content: int, i: int) -> bool:
    complements = [c for c in tree.kids[i] if tree.dep[c] in ("obj", "xcomp", "ccomp", "cop")]
    return tree.pos[i] in ("VERB", "AUX") and any(not tree.below[c] & content for c in complements)


def _is_nameless(tree: Tree, content: int, i: int) -> bool:
    """Whether a bare noun is told without the name that it goes with: 'actress' for 'actress Mona Keller'."""
    names = [c for c in tree.kids[i] if tree.dep[c] == "appos" and tree.pos[c] == "PROPN" and tree.need[c] == DESCRIBED]
    determined = any(tree.dep[c] in ("det", "nmod:poss") for c in tree.kids[i])
    return tree.pos[i] == "NOUN" and not determined and any(not tree.below[c] & content for c in names)


def _hangs_loose(tree: Tree, content: int, i: int) -> bool:
    """Whether what belongs to the word behind it stands before something else."""
    if tree.dep[i] not in ("case", "det", "mark") or content >> tree.head[i] & 1:
        return False
    behind = content & span(i + 1, len(tree))
    return not behind or not tree.below[tree.head[i]] >> lowest(behind) & 1


def _is_name(tree: Tree, i: int) -> bool:
    """Whether a word and the next one are parts of one name."""
    if tree.pos[i] != "PROPN" or tree.pos[i + 1] != "PROPN":
        return False
    joined = ("compound", "flat")
    return (tree.dep[i] in joined and tree.head[i] > i) or (tree.dep[i + 1] in joined and tree.head[i + 1] <= i)


def _is_hyphen(tree: Tree, i: int) -> bool:
    return tree.text[i] in ("-", "–") and not tree.signs >> (i - 1) & 1 and not tree.signs >> (i + 1) & 1
