"""Training pairs as a run meets them: the passages found for a gold claim, those above all that a model takes for what they are not.

A model trained on neutrals drawn at random meets in a run the few that look most like a denial or a statement. Choosing them by the
scores of a model is hard-negative mining (as for retrieval by Xiong et al. 2021, "Approximate nearest neighbor negative contrastive
learning").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factcheck.clusters import Cluster, Told, relations, retrieved
from factcheck.config import Config
from factcheck.evidence import Passage
from factcheck.judging import Asked, Scored, no_progress, readings, scores
from factcheck.models.protocol import CONTRADICTION, ENTAILMENT, NLIModel
from factcheck.types import Relation

_LABELS: dict[Relation | None, str] = {"supports": "entailment", "contradicts": "contradiction", None: "neutral"}


def mined_pairs(
    clusters: Iterable[Cluster], model: NLIModel, config: Config, *, denials: int = 4, supports: int = 1
) -> Iterator[dict[str, str]]:
    """Rows of premise, claim and label: of each claim all evidence that is found, and the neutral passages that mislead the model most.

    denials, supports: how many neutral passages of a claim, those of highest contradiction and of highest entailment. Each passage is
    told twice, its sentence alone, as a run reads it, and in its context; a context of both kinds of evidence is left out.
    """
    asked = [(told, Asked(told.claim, found)) for cluster in clusters for told, found in retrieved(cluster, config)]
    seen = scores(model, readings([one for _, one in asked]), "judge", no_progress)
    done: set[tuple[str, str]] = set()
    for told, one in asked:
        neutral = [p for p in one.passages if not relations(told, p, p.text)]
        wanted = [p for p in one.passages if p not in neutral]
        wanted += _top(neutral, told, seen, CONTRADICTION, denials) + _top(neutral, told, seen, ENTAILMENT, supports)
        for passage in wanted:
            for premise in (passage.text, passage.context):
                found = relations(told, passage, premise)
                if len(found) <= 1 and (premise, told.claim) not in done:
                    done.add((premise, told.claim))
                    yield {"premise": premise, "claim": told.claim, "label": _LABELS[next(iter(found), None)]}


def _top(passages: Iterable[Passage], told: Told, seen: Scored, label: int, most: int) -> list[Passage]:
    """The passages of the highest probability of a label, highest first."""
    scored = [(row[label], p) for p in passages if (row := seen[p.text, told.claim]) is not None]
    return [p for _, p in sorted(scored, key=lambda pair: -pair[0])[:most]]
