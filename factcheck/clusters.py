"""Gold clusters: articles on one event with their claims, verdicts and evidence, as under claims/."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from factcheck.claims import read_claims
from factcheck.config import Config
from factcheck.errors import InputError
from factcheck.evidence import Passage, Retriever, copies, passages
from factcheck.models.protocol import NLIModel
from factcheck.pipeline import may_deny
from factcheck.sources import read
from factcheck.text import fold
from factcheck.types import Article, Relation
from factcheck.verdicts import Thresholds
from factcheck.verdicts.combine import features
from factcheck.verdicts.fitting import GoldClaim, GoldPassage


def gold_passages(folder: Path, model: NLIModel, *, config: Config, stale_days: int) -> tuple[list[GoldClaim], list[GoldPassage]]:
    """The passages found for every gold claim of all clusters in ``folder``, with their features and what they truly say.

    A cluster is a folder with articles and gold.json. Raises InputError if there is none.
    """
    claims: list[GoldClaim] = []
    found: list[GoldPassage] = []
    for gold_file in sorted(folder.glob("*/gold.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        articles = [read(str(gold_file.parent / a["file"]))[0] for a in gold["articles"]]
        numbers = {a["id"]: n for n, a in enumerate(gold["articles"])}
        near = _retrieved(gold, articles, numbers, config)
        pairs = [(text, claim["claim"]) for claim, some in near for p in some for text in (p.text, p.context)]
        scores = iter(model.predict(pairs))
        for claim, some in near:
            claims.append(GoldClaim(gold_file.parent.name, claim["verdict"]))
            for passage in some:
                # Gold evidence names no titles, so they can teach nothing.
                if passage.title:
                    next(scores), next(scores)
                    continue
                values = features(next(scores), next(scores), claim=claim["claim"], passage=passage.text, context=passage.context)
                deny = may_deny(articles[numbers[claim["article"]]], articles[passage.article], Thresholds(stale_days=stale_days))
                found.append(GoldPassage(len(claims) - 1, values, _relation(claim, passage, numbers), deny))
    if not claims:
        raise InputError("E132", f"{folder}: no cluster in it", "give a folder of folders with gold.json and articles")
    return claims, found


def _retrieved(gold: dict, articles: Sequence[Article], numbers: dict[str, int], config: Config) -> list:  # type: ignore[type-arg]
    index = Retriever([p for n, a in enumerate(articles) for p in passages(n, a, read_claims(a).sentences)])
    groups = copies(articles)
    out = []
    for claim in gold["claims"]:
        own = numbers[claim["article"]]
        out.append((claim, index.search(claim["claim"], leave_out={own} | groups[own], most=config.passages, each=config.per_article)))
    return out


def _relation(claim: dict, passage: Passage, numbers: dict[str, int]) -> Relation | None:  # type: ignore[type-arg]
    said = fold(passage.text)
    for evidence in claim["evidence"]:
        quote = fold(evidence["quote"])
        if numbers[evidence["article"]] == passage.article and (quote in said or said in quote):
            relation: Relation = evidence["relation"]
            return relation
    return None
