"""Gold: articles on one event with their claims, verdicts and evidence.

Two forms. A folder with articles and gold.json, as under claims/, where evidence is quoted; and a line of an events file
(:mod:`factcheck.models.training.events`), where evidence is named by sentence.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np

from factcheck.claims.sentences import segment
from factcheck.claims.syntax import load_syntax
from factcheck.config import Config
from factcheck.errors import InputError
from factcheck.evidence import Pair, Passage, Retriever, copies, passages
from factcheck.judging import Asked, Scored, no_progress, readings, scores, sight, stated_together
from factcheck.models.protocol import NLIModel
from factcheck.pipeline import complete_pairs, may_deny, older
from factcheck.sources import read
from factcheck.text import fold
from factcheck.types import VERDICTS, Article, Failure, Relation, Verdict
from factcheck.verdicts import Scouting, Thresholds
from factcheck.verdicts.combine import features
from factcheck.verdicts.fitting import GoldClaim, GoldPassage, readable
from factcheck.verdicts.rules import no_support


@dataclass(frozen=True, slots=True)
class Told:
    """One claim of a cluster.

    article: the number of its article; evidence: (article, quote, relation, whether the quote is its title). quote: the words of its own
    article that state it; phenomenon: what makes it agree or conflict, as its writer calls it; both empty where the gold does not say.
    """

    article: int
    claim: str
    verdict: Verdict
    evidence: tuple[tuple[int, str, Relation, bool], ...]
    id: str = ""
    quote: str = ""
    phenomenon: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One event. titles_told: whether titles are among the evidence; where they are not, a title teaches nothing."""

    name: str
    articles: tuple[Article, ...]
    claims: tuple[Told, ...]
    titles_told: bool


#: What reading broken gold may raise.
_BROKEN = (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def read_clusters(path: Path) -> list[Cluster]:
    """The clusters of a folder of folders, of one such folder, or of an events file, plain or gzip.

    Raises InputError E132 for gold that cannot be read, and if there is none; the reader's error for an article.
    """
    found = []
    for cluster in read_each(path):
        if isinstance(cluster, Failure):
            raise InputError(cluster.code, cluster.problem, cluster.step)
        found.append(cluster)
    return found


def holds_clusters(path: Path) -> bool:
    """Whether gold clusters are to be expected: in a folder, or in a file whose first line is an event."""
    if path.is_dir():
        return True
    try:
        with _opened(path) as file:
            first = json.loads(file.readline())
    except _BROKEN:
        return False
    return isinstance(first, dict) and "articles" in first


def read_each(path: Path) -> Iterator[Cluster | Failure]:
    """The clusters of ``path`` one after the other, as :func:`read_clusters`; in the place of one that cannot be read its failure.

    Raises InputError E132 if ``path`` cannot be opened, or holds none.
    """
    sources = _folders(path) if path.is_dir() else _lines(path)
    if not sources:
        raise InputError("E132", f"{path}: no cluster in it", "give a folder of folders with gold.json and articles")
    for place, opened in sources:
        try:
            yield opened()
        except InputError as err:
            yield Failure(place, err.code, err.problem, err.step)
        except _BROKEN as err:
            yield Failure(place, *_unreadable(place, err))


def _folders(path: Path) -> list[tuple[str, Callable[[], Cluster]]]:
    one = path / "gold.json"
    return [(str(file.parent), partial(_quoted, file)) for file in ([one] if one.is_file() else sorted(path.glob("*/gold.json")))]


def _lines(path: Path) -> list[tuple[str, Callable[[], Cluster]]]:
    try:
        with _opened(path) as file:
            lines = file.readlines()
    except _BROKEN as err:
        raise InputError(*_unreadable(str(path), err)) from err
    return [(f"{path}:{number}", partial(_line, line)) for number, line in enumerate(lines, 1)]


def _line(line: str) -> Cluster:
    return _event(json.loads(line))


def _opened(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _unreadable(place: str, err: BaseException) -> tuple[str, str, str]:
    """Code, problem and next step."""
    return "E132", f"{place}: cannot read the clusters ({type(err).__name__}: {err})", "give claims/ or an events file"


def _quoted(gold_file: Path) -> Cluster:
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    numbers = {a["id"]: n for n, a in enumerate(gold["articles"])}
    if strange := sorted({str(c["verdict"]) for c in gold["claims"]} - set(VERDICTS)):
        raise ValueError(f"{gold_file.parent.name}: the verdict {strange[0]!r} is none of {', '.join(VERDICTS)}")
    claims = [
        Told(
            numbers[c["article"]], c["claim"], c["verdict"],
            tuple((numbers[e["article"]], e["quote"], e["relation"], False) for e in c["evidence"]),
            str(c.get("id", "")), str(c.get("quote", "")), str(c.get("phenomenon", "")),
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
    for number, told in enumerate(event["claims"], 1):
        sides: tuple[tuple[str, Relation], ...] = (("entails", "supports"), ("contradicts", "contradicts"))
        evidence = tuple((numbers[s[:1]], quotes[s], relation, s[1:] == "t") for key, relation in sides for s in told.get(key, ()))
        own = " ".join(quotes[s] for s in told.get("own", ()))
        claims.append(
            Told(
                numbers[told["article"]], told["claim"], _verdict({e[2] for e in evidence}), evidence,
                f"{told['article']}{number}", own, str(told.get("phenomenon", "")),
            )
        )  # fmt: skip
    articles: list[Article] = []
    for a in event["articles"]:
        text = f"{a['title']}\n\n{a['outlet']}, {a['date']}\n\n{' '.join(a['sentences'])}\n"
        articles += read(f"{event['id']}-{a['id']}.txt", text.encode())
    return Cluster(event["id"], tuple(articles), tuple(claims), titles_told=True)


def _verdict(relations: set[Relation]) -> Verdict:
    if "contradicts" in relations:
        return "disputed" if "supports" in relations else "contradicted"
    return "supported" if relations else "unsupported"


def claims_per_article(clusters: Sequence[Cluster]) -> float:
    """Claims of an article of which all are told, on average: of an events file only some are."""
    whole = [c for c in clusters if not c.titles_told] or clusters
    return sum(len(c.claims) for c in whole) / sum(len(c.articles) for c in whole)


def gold_passages(
    clusters: Iterable[Cluster],
    model: NLIModel,
    *,
    scout: NLIModel | None = None,
    scouting: Scouting | None = None,
    config: Config,
    stale_days: int,
) -> tuple[list[GoldClaim], list[GoldPassage]]:
    """The passages found for every gold claim of all clusters, with their features and what they truly say.

    The model reads the pairs of each claim's passages too. With a ``scout`` it reads only those passages alone that the scout may pass on,
    by ``scouting`` or by weights of its own that are yet to be fitted.
    """
    claims: list[GoldClaim] = []
    asked: list[tuple[Asked, Passage]] = []
    found: list[GoldPassage] = []
    paired: list[tuple[str, list[Pair]]] = []
    limits = Thresholds(stale_days=stale_days)
    for cluster in clusters:
        for told, some in retrieved(cluster, config):
            claims.append(GoldClaim(cluster.name, told.verdict))
            usable = [p for p in some if no_support(told.claim, p.text, p.context) is None]
            paired.append((told.claim, complete_pairs(told.claim, usable)))
            one = Asked(told.claim, some, older(cluster.articles, told.article))
            for p in some:
                if p.title and not cluster.titles_told:
                    continue
                deny = may_deny(cluster.articles[told.article], cluster.articles[p.article], limits)
                name = p.text + p.context
                found.append(GoldPassage(len(claims) - 1, (), _relation(told, p), deny, name=name, article=p.article))
                asked.append((one, p))
    first = _scored(scout, asked) if scout else None
    read = np.ones(len(found), dtype=bool)
    if first:
        found = [replace(gold, scouted=_features(one, p, first)) for gold, (one, p) in zip(found, asked, strict=True)]
        read = readable(found, scouting)
    rows = _scored(model, [pair for pair, wanted in zip(asked, read, strict=True) if wanted])
    stated = stated_together(model, paired, no_progress)
    return [replace(claim, together=max(some, default=0.0)) for claim, some in zip(claims, stated, strict=True)], [
        replace(gold, features=_features(one, p, rows, first)) if wanted else gold
        for gold, (one, p), wanted in zip(found, asked, read, strict=True)
    ]


def _scored(model: NLIModel, asked: Iterable[tuple[Asked, Passage]]) -> Scored:
    return scores(model, readings([Asked(one.claim, [p]) for one, p in asked]), "judge", no_progress)


def _features(asked: Asked, p: Passage, found: Scored, scouted: Scored | None = None) -> tuple[float, ...]:
    seen = sight(asked, p, found, scouted)
    if seen is None:
        raise InputError("E132", f"a gold claim is longer than the model can read: {asked.claim[:60]!r}", "split it")
    return features(seen)


def retrieved(cluster: Cluster, config: Config) -> list[tuple[Told, Sequence[Passage]]]:
    """Every gold claim with the passages that a run would find for it, nearest first."""
    numbered = enumerate(cluster.articles)
    index = Retriever([p for n, a in numbered for p in passages(n, a, segment(a))], load_syntax().vectors)
    groups = copies(cluster.articles)
    return [(t, index.search(t.claim, leave_out={t.article} | groups[t.article], each=config.passages)) for t in cluster.claims]


def relations(told: Told, passage: Passage, text: str) -> set[Relation]:
    """What the evidence of a gold claim in ``text``, a passage's sentence or its context, says of it; empty if there is none."""
    said = fold(text)
    return {
        relation
        for article, quote, relation, title in told.evidence
        if (article, title) == (passage.article, passage.title) and (fold(quote) in said or said in fold(quote))
    }


def _relation(told: Told, passage: Passage) -> Relation | None:
    return next(iter(sorted(relations(told, passage, passage.text))), None)
