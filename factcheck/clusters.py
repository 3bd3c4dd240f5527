"""Gold: articles on one event with their claims, verdicts and evidence.

Two forms. A folder with articles and gold.json, as under claims/, where evidence is quoted; and a line of an events file
(:mod:`factcheck.models.training.events`), where evidence is named by sentence.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.claims import read_claims
from factcheck.config import Config
from factcheck.errors import InputError
from factcheck.evidence import Passage, Retriever, copies, passages
from factcheck.judging import no_progress, readings, scores
from factcheck.models.protocol import NLIModel
from factcheck.pipeline import may_deny
from factcheck.sources import read
from factcheck.text import fold
from factcheck.types import VERDICTS, Article, Relation, Verdict
from factcheck.verdicts import Thresholds
from factcheck.verdicts.combine import features
from factcheck.verdicts.fitting import GoldClaim, GoldPassage


@dataclass(frozen=True, slots=True)
class Told:
    """One claim of a cluster. article: the number of its article; evidence: (article, quote, relation, whether the quote is its title)."""

    article: int
    claim: str
    verdict: Verdict
    evidence: tuple[tuple[int, str, Relation, bool], ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One event. titles_told: whether titles are among the evidence; where they are not, a title teaches nothing."""

    name: str
    articles: tuple[Article, ...]
    claims: tuple[Told, ...]
    titles_told: bool


def read_clusters(path: Path) -> list[Cluster]:
    """The clusters of a folder of folders, or of an events file, plain or gzip.

    Raises InputError E132 for gold that cannot be read, and if there is none.
    """
    try:
        if path.is_dir():
            found = [_quoted(file) for file in sorted(path.glob("*/gold.json"))]
        else:
            with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
                found = [_event(json.loads(line)) for line in lines]
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError, RecursionError) as err:
        problem = f"{path}: cannot read the clusters ({type(err).__name__}: {err})"
        raise InputError("E132", problem, "give claims/ or an events file") from err
    if not found:
        raise InputError("E132", f"{path}: no cluster in it", "give a folder of folders with gold.json and articles")
    return found


def _quoted(gold_file: Path) -> Cluster:
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    numbers = {a["id"]: n for n, a in enumerate(gold["articles"])}
    if strange := sorted({str(c["verdict"]) for c in gold["claims"]} - set(VERDICTS)):
        raise ValueError(f"{gold_file.parent.name}: the verdict {strange[0]!r} is none of {', '.join(VERDICTS)}")
    claims = [
        Told(
            numbers[c["article"]], c["claim"], c["verdict"],
            tuple((numbers[e["article"]], e["quote"], e["relation"], False) for e in c["evidence"]),
        )
        for c in gold["claims"]
    ]  # fmt: skip
    articles = tuple(read(str(gold_file.parent / a["file"]))[0] for a in gold["articles"])
    return Cluster(gold_file.parent.name, articles, tuple(claims), titles_told=False)


def _event(event: dict[str, Any]) -> Cluster:
    numbers = {a["id"]: n for n, a in enumerate(event["articles"])}
    # "b0" names the first sentence of article b, so the name of an article is what stands before the number.
    if strange := next((name for name in numbers if not (len(name) == 1 and name.isalpha())), None):
        raise ValueError(f"{event['id']}: the article id {strange!r} is not one letter")
    quotes = {f"{a['id']}{k}": s for a in event["articles"] for k, s in enumerate(a["sentences"])}
    quotes.update({f"{a['id']}t": a["title"] for a in event["articles"]})
    claims = []
    for told in event["claims"]:
        sides: tuple[tuple[str, Relation], ...] = (("entails", "supports"), ("contradicts", "contradicts"))
        evidence = tuple((numbers[s[:1]], quotes[s], relation, s[1:] == "t") for key, relation in sides for s in told.get(key, ()))
        claims.append(Told(numbers[told["article"]], told["claim"], _verdict({e[2] for e in evidence}), evidence))
    articles: list[Article] = []
    for a in event["articles"]:
        text = f"{a['title']}\n\n{a['outlet']}, {a['date']}\n\n{' '.join(a['sentences'])}\n"
        articles += read(f"{event['id']}-{a['id']}.txt", text.encode())
    return Cluster(event["id"], tuple(articles), tuple(claims), titles_told=True)


def _verdict(relations: set[Relation]) -> Verdict:
    if "contradicts" in relations:
        return "disputed" if "supports" in relations else "contradicted"
    return "supported" if relations else "unsupported"


def gold_passages(
    clusters: Iterable[Cluster], model: NLIModel, *, scout: NLIModel | None = None, config: Config, stale_days: int
) -> tuple[list[GoldClaim], list[GoldPassage]]:
    """The passages found for every gold claim of all clusters, with their features and what they truly say.

    With a ``scout`` both models read all of them: which ones the scout passes on depends on weights that are yet to be fitted.
    """
    claims: list[GoldClaim] = []
    found: list[GoldPassage] = []
    limits = Thresholds(stale_days=stale_days)
    for cluster in clusters:
        near = _retrieved(cluster, config)
        asked = [(told.claim, some) for told, some in near]
        rows = scores(model, readings(asked, both=True), "judge", no_progress)
        first = scores(scout, readings(asked, both=False), "scout", no_progress) if scout else None
        for told, some in near:
            claims.append(GoldClaim(cluster.name, told.verdict))
            for p in some:
                if p.title and not cluster.titles_told:
                    continue
                values = _features(told.claim, p, rows, p.context)
                scouted = _features(told.claim, p, first, p.text) if first else ()
                deny = may_deny(cluster.articles[told.article], cluster.articles[p.article], limits)
                relation = _relation(told, p)
                found.append(GoldPassage(len(claims) - 1, values, relation, deny, scouted, p.text + p.context))
    return claims, found


def _features(claim: str, p: Passage, rows: Mapping[tuple[str, str], Sequence[float] | None], context: str) -> tuple[float, ...]:
    """``context``: what the model read as the passage's context."""
    alone, within = rows[p.text, claim], rows[context, claim]
    if alone is None or within is None:
        raise InputError("E132", f"a gold claim is longer than the model can read: {claim[:60]!r}", "split it")
    return features(alone, within, claim=claim, passage=p.text, context=p.context)


def _retrieved(cluster: Cluster, config: Config) -> list[tuple[Told, Sequence[Passage]]]:
    numbered = enumerate(cluster.articles)
    index = Retriever([p for n, a in numbered for p in passages(n, a, read_claims(a).sentences)])
    groups = copies(cluster.articles)
    most, each = config.passages, config.per_article
    return [(t, index.search(t.claim, leave_out={t.article} | groups[t.article], most=most, each=each)) for t in cluster.claims]


def _relation(told: Told, passage: Passage) -> Relation | None:
    said = fold(passage.text)
    for article, quote, relation, title in told.evidence:
        if (article, title) == (passage.article, passage.title) and (fold(quote) in said or said in fold(quote)):
            return relation
    return None
