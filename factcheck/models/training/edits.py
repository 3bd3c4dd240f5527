"""Counterfactual pairs made by rule from entailed ones: one word or name changed on one side or on both.

Changed in the claim alone, a figure, a date, a pole or a negation makes an entailed pair a contradiction, and a name, a role, a
quantifier or a modal makes it one that is no longer entailed; the same change on both sides leaves it entailed. So an edit by itself
says nothing, and a model must compare (Kaushik et al. 2020 made such pairs by hand). Only words that stand on both sides are edited.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

Row = dict[str, str]

_FIGURE = re.compile(r"(?<![\w.,/:-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w/:-])|(?<![\w.,/:-])\d+(?:\.\d+)?(?![\w/:,-]|\.\d)")
_GROUPS = (
    "two three four five six seven eight nine ten eleven twelve",
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "January February March April June July August September October November December",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "second third fourth fifth sixth seventh",
)
_POLES = (
    "rose fell",
    "rise fall",
    "rises falls",
    "rising falling",
    "increase decrease",
    "increased decreased",
    "more fewer",
    "more less",
    "higher lower",
    "highest lowest",
    "largest smallest",
    "won lost",
    "win lose",
    "before after",
    "opened closed",
    "open closed",
    "approved rejected",
    "accepted rejected",
    "up down",
    "above below",
    "older younger",
    "old new",
    "male female",
    "north south",
    "east west",
    "northern southern",
    "eastern western",
    "best worst",
    "early late",
    "earlier later",
    "buy sell",
    "bought sold",
    "public private",
    "same different",
    "longer shorter",
    "gained lost",
    "began ended",
    "starts ends",
    "start end",
    "increasing decreasing",
    "majority minority",
    "inside outside",
    "maximum minimum",
    "father son",
    "husband wife",
    "morning evening",
    "always never",
)
_OTHERS: dict[str, tuple[str, ...]] = {}
for _group in (*_GROUPS, *_POLES):
    for _word in _group.split():
        _OTHERS[_word] = (*_OTHERS.get(_word, ()), *(w for w in _group.split() if w != _word))
_LISTED = re.compile(r"\b(?:" + "|".join(sorted(_OTHERS, key=len, reverse=True)) + r")\b")
#: "may not" does not deny "may", so modals of possibility are left alone.
_NOT = re.compile(r"\b(is|was|are|were|has|have|had|will|can|did|does|do|must)( not)?\b(?! (?:not|n't|never|no)\b)")


#: A name: capitalised words after another word, so that a sentence's first word is none; titles, days and months are no names.
_NO_NAME = (
    "I Mr Mrs Ms Dr Sir President Mayor Minister Judge King Queen Prime January February March April May June July August September October"
    " November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
).split()
_NAME = re.compile(r"(?<=[a-z,;:] )(?!(?:" + "|".join(_NO_NAME) + r")\b)[A-Z][\w-]*[a-z](?: [A-Z][\w-]*[a-z])*(?![\w-])")
#: Words of a claim whose two names may change places without changing what it says.
_EVEN = re.compile(r"\b(and|with|between|both|or|married|met|meets|near|versus|against|same|equal|joint\w*|together)\b", re.I)
_NEGATION = re.compile(r"\b(?:not?|never|none|nobody|nothing|nor|neither|without|cannot|hardly)\b|n[’']t\b", re.I)
#: (quantifier or modal on both sides, put into the claim, label then): a bare possibility is not a fact, and some are not all.
_SCOPE = (
    ("may", "will", "neutral"), ("might", "will", "neutral"), ("could", "will", "neutral"),
    ("some", "all", "not_entailment"), ("several", "all", "not_entailment"), ("many", "all", "not_entailment"),
    ("most", "all", "not_entailment"), ("all", "most", "entailment"), ("all", "some", "entailment"),
)  # fmt: skip
#: A quantifier, not a superlative ("the most expensive") or part of a phrase ("after all", "how many").
_COUNTS = r"(?<!\b(?i:the|how) )(?<!\b(?i:at|as|in|of) )(?<!\b(?i:after|above) )\b{word}\b(?= (?:of )?(?:the )?(?:[a-z]+ )?[a-z]+s\b)"


def counterfactuals(rows: list[Row], seed: int) -> list[Row]:
    """Edited pairs of the entailed ``rows``.

    For each row that can be edited one contradiction and, the same edit made on both sides, one entailment; now and then a
    contradiction by a negation put into the claim or taken out of it; and pairs with another name, with two names in each other's
    place, with another quantifier or modal.
    """
    rng = random.Random(seed)
    entailed = [row for row in rows if row["label"] == "entailment"]
    pool = sorted({m.group() for row in entailed for m in _NAME.finditer(row["claim"])})
    out: list[Row] = []
    for row in entailed:
        out += _edited(row["premise"], row["claim"], rng)
        out += _renamed(row["premise"], row["claim"], pool, rng)
        out += _scoped(row["premise"], row["claim"])
    return out


def _renamed(premise: str, claim: str, pool: list[str], rng: random.Random) -> Iterator[Row]:
    names = sorted({m.group() for m in _NAME.finditer(claim) if _holds(premise, m.group())})
    if not names or not pool:
        return
    old, new = rng.choice(names), rng.choice(pool)
    strange = not any(_holds(premise, word) or _holds(claim, word) for word in new.split())
    if strange and _stands_whole(old, premise):
        yield {"premise": _put(premise, old, new), "claim": _put(claim, old, new), "label": "entailment"}
    others = [n for n in sorted({m.group() for m in _NAME.finditer(premise)}) if _is_another(n, old, premise, claim)]
    if others and rng.random() < 0.7:
        yield {"premise": premise, "claim": _put(claim, old, rng.choice(others)), "label": "not_entailment"}
    elif strange:
        yield {"premise": premise, "claim": _put(claim, old, new), "label": "not_entailment"}
    if len(names) >= 2 and not _EVEN.search(claim):
        one, two = rng.sample(names, 2)
        if not set(one.split()) & set(two.split()):
            yield {"premise": premise, "claim": _swapped(claim, one, two), "label": "not_entailment"}
            if _stands_whole(one, premise) and _stands_whole(two, premise):
                yield {"premise": _swapped(premise, one, two), "claim": _swapped(claim, one, two), "label": "entailment"}


def _stands_whole(name: str, text: str) -> bool:
    """Whether no part of the name stands alone, where it would stay behind when the name is changed."""
    whole = len(re.findall(rf"\b{re.escape(name)}\b", text))
    return all(len(re.findall(rf"\b{re.escape(part)}\b", text)) == whole for part in name.split())


def _is_another(name: str, old: str, premise: str, claim: str) -> bool:
    """Whether ``name`` is someone or something else: it shares no word with ``old`` and does not stand beside it ('Oslo, Norway')."""
    between = r"\W+(?:(?:in|of|the|from|for)\W+)*"
    beside = "|".join(rf"\b{re.escape(a)}{between}{re.escape(b)}\b" for a, b in ((old, name), (name, old)))
    return not set(name.split()) & set(old.split()) and not any(_holds(claim, w) for w in name.split()) and not re.search(beside, premise)


def _swapped(text: str, one: str, two: str) -> str:
    return re.sub(rf"\b(?:{re.escape(one)}|{re.escape(two)})\b", lambda m: two if m.group() == one else one, text)


def _scoped(premise: str, claim: str) -> Iterator[Row]:
    if _NEGATION.search(claim) or _NEGATION.search(premise):
        return
    for old, new, label in _SCOPE:
        pattern = re.compile((r"\b{word}\b(?= [a-z])" if label == "neutral" else _COUNTS).format(word=old))
        if pattern.search(premise) and pattern.search(claim) and not _holds(premise, new):
            yield {"premise": premise, "claim": pattern.sub(new, claim), "label": label}
            yield {"premise": pattern.sub(new, premise), "claim": pattern.sub(new, claim), "label": "entailment"}


def _edited(premise: str, claim: str, rng: random.Random) -> Iterator[Row]:
    options = [(old, new) for old, new in _changes(claim, rng) if _holds(premise, old) and not _holds(premise, new)]
    if options:
        old, new = rng.choice(options)
        yield {"premise": premise, "claim": _put(claim, old, new), "label": "contradiction"}
        yield {"premise": _put(premise, old, new), "claim": _put(claim, old, new), "label": "entailment"}
    negated = list(_NOT.finditer(claim))
    if negated and rng.random() < (0.8 if any(m.group(2) for m in negated) else 0.2):
        match = next((m for m in negated if m.group(2)), negated[0])
        word = match.group(1) + ("" if match.group(2) else " not")
        yield {"premise": premise, "claim": claim[: match.start()] + word + claim[match.end() :], "label": "contradiction"}


def _changes(claim: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for match in _FIGURE.finditer(claim):
        yield match.group(), other_figure(match.group(), rng)
    for match in _LISTED.finditer(claim):
        yield match.group(), rng.choice(_OTHERS[match.group()])


def other_figure(figure: str, rng: random.Random) -> str:
    """A figure of the same form that no honest rounding makes equal: years move by 1 to 9, others by a tenth to a half at least."""
    decimals = len(figure.partition(".")[2])
    value = float(figure.replace(",", ""))
    if re.fullmatch(r"(1[5-9]|20)\d\d", figure):
        return str(int(value) + rng.choice([-1, 1]) * rng.randint(1, 9))
    step = max(value * rng.uniform(0.12, 0.6), 1.0 if not decimals else 2 * 10.0**-decimals)
    changed = value + step if value - step <= 0 or rng.random() < 0.5 else value - step
    if value >= 100 and not decimals and value % 10 == 0:
        changed = round(changed, -1)
    return f"{changed:,.{decimals}f}" if "," in figure else f"{changed:.{decimals}f}"


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(word)}(?![\w]|[.,]\d)", text) is not None


def _put(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w.,]){re.escape(old)}(?![\w]|[.,]\d)", new, text)
