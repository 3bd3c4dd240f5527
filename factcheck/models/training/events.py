"""Pairs from events told by several outlets: each claim of one article against the passages of the others, as the tool meets them.

An event is {articles: [{id, title, outlet, date, sentences}], claims: [{article, claim, own, entails, contradicts}]}. A sentence is named
by its article and number ("b0"), a title by "bt". ``own`` are the sentences of the claim's own article that state it; ``entails`` and
``contradicts`` are sentences of the other articles; every other sentence of those is neutral to the claim. So, unlike in most data
sets, a neutral passage is on the same people, places and figures as the claim.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from factcheck.models.training.nearby import content

Row = dict[str, str]

#: How often a premise is the sentence alone, the sentence with the one before it, or these two behind the title.
_FORMS = {"alone": 0.2, "before": 0.6, "title": 0.2}


def event_pairs(events: Sequence[dict[str, Any]], seed: int, *, neutrals: int = 3) -> list[Row]:
    """Rows of premise, claim and label; of the neutral passages of a claim the ``neutrals`` are kept, most of them the nearest in words.

    A passage that holds both an entailing and a contradicting sentence is left out.
    """
    rng = random.Random(seed)
    out: list[Row] = []
    for event in events:
        for claim in event["claims"]:
            out += _pairs_of(claim, event["articles"], rng, neutrals)
    return out


def _pairs_of(claim: dict[str, Any], articles: Sequence[dict[str, Any]], rng: random.Random, neutrals: int) -> Iterator[Row]:
    labels = dict.fromkeys((*claim.get("own", ()), *claim.get("entails", ())), "entailment")
    labels.update(dict.fromkeys(claim.get("contradicts", ()), "contradiction"))
    neutral: list[str] = []
    for article in articles:
        own = article["id"] == claim["article"]
        for at in _places(article):
            told = at in labels
            if own and not (told and rng.random() < 0.5):
                continue
            # A dict, not a set: the order must be the same in every process.
            for units in dict.fromkeys(_form(at, rng) for _ in range(2 if told and not own else 1)):
                found = {labels.get(u, "neutral") for u in units} - {"neutral"}
                premise = " ".join(_sentence(article, u) for u in units)
                if len(found) == 1:
                    yield {"premise": premise, "claim": claim["claim"], "label": found.pop()}
                elif not found and not own:
                    neutral.append(premise)
    words = content(claim["claim"])
    neutral.sort(key=lambda p: (-len(words & content(p)), p))
    near = neutral[: neutrals - 1]
    rest = neutral[neutrals - 1 :]
    for premise in [*near, *rng.sample(rest, min(1, len(rest)))]:
        yield {"premise": premise, "claim": claim["claim"], "label": "neutral"}


def _places(article: dict[str, Any]) -> list[str]:
    return [f"{article['id']}t", *(f"{article['id']}{k}" for k in range(len(article["sentences"])))]


def _form(at: str, rng: random.Random) -> tuple[str, ...]:
    """The units of a passage around ``at``: the title stands alone, or before a sentence and its predecessor."""
    name, place = at[:1], at[1:]
    if place == "t":
        return (at,)
    form = rng.choices(list(_FORMS), weights=list(_FORMS.values()))[0]
    before = (f"{name}{int(place) - 1}",) if int(place) and form != "alone" else ()
    return ((f"{name}t",) if form == "title" else ()) + before + (at,)


def _sentence(article: dict[str, Any], unit: str) -> str:
    if not unit.endswith("t"):
        return str(article["sentences"][int(unit[1:])])
    title = str(article["title"])
    return title if title.endswith((".", "?", "!")) else f"{title}."
