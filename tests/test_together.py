"""Evidence made of two passages of one article, through the whole tool, with a model that knows what it says."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from factcheck import Article, Finding, check, verify
from factcheck.clusters import Cluster, Told, gold_passages
from factcheck.config import Config
from factcheck.models.protocol import Scores
from factcheck.reports import explain
from factcheck.reports import json as report_json
from factcheck.reports.trail import find, trail
from factcheck.types import ModelInfo
from factcheck.verdicts import Combiner, Thresholds

CLAIM = "Ana Ruiz captained the ferry that ran aground at Tolvik."
FERRY = "The ferry that ran aground at Tolvik on Friday belongs to Nordlink."
RUIZ = "Ana Ruiz, its captain of nine years, was on the bridge."
STORY = f"{FERRY} Nobody on board was hurt. {RUIZ}"
OTHER = "Tolvik has a harbour and a church. The ferry calls there twice a day."


@dataclass
class Reader:
    """A model that takes the claim as stated where a premise has both ``needs``, and as denied by ``denies`` of what it gives."""

    needs: tuple[str, str] = ("ferry that ran aground", "Ruiz, its captain")
    denies: dict[str, float] = field(default_factory=dict)
    limits: Thresholds = field(default_factory=lambda: Thresholds(together=0.85))
    read: list[str] = field(default_factory=list)
    info: ModelInfo = field(default_factory=lambda: ModelInfo("reader", "0", "float32"))

    @property
    def verdict_settings(self) -> dict[str, Any]:
        return {**Combiner().as_dict(), "thresholds": asdict(self.limits)}

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        self.read += [premise for premise, _ in pairs]
        return np.asarray([self._row(premise) for premise, _ in pairs], dtype=np.float32)

    def _row(self, premise: str) -> tuple[float, float, float]:
        denied = max((p for words, p in self.denies.items() if words in premise), default=0.0)
        stated = 0.92 if all(words in premise for words in self.needs) else 0.2
        return (0.0, 1 - denied, denied) if denied else (stated, 1 - stated, 0.0)


def shown(finding: Finding) -> list[tuple[int, str, float]]:
    return [(e.article, e.quote, e.score) for e in finding.evidence]


def test_two_passages_support_what_neither_states_alone() -> None:
    found = verify(CLAIM, [OTHER, STORY], model=Reader())
    assert (found.verdict, found.support, found.confidence) == ("supported", 0.92, 0.92)
    assert shown(found) == [(1, FERRY, 0.92), (1, RUIZ, 0.92)]
    assert {(c.quote, c.support) for c in found.considered if c.article == 1 and c.quote in STORY} >= {(FERRY, 0.2), (RUIZ, 0.2)}


def test_a_model_without_the_threshold_never_reads_two_passages_together() -> None:
    model = Reader(limits=Thresholds())
    assert verify(CLAIM, STORY, model=model).verdict == "unsupported"
    assert f"{FERRY} {RUIZ}" not in model.read


def test_two_articles_never_make_one_text_and_another_one_changes_nothing() -> None:
    assert verify(CLAIM, [FERRY, RUIZ], model=Reader()).verdict == "unsupported"
    alone = verify(CLAIM, [STORY], model=Reader())
    for more in (OTHER, FERRY, RUIZ, f"{RUIZ} She is 51. She sails a ferry."):
        with_more = verify(CLAIM, [STORY, more], model=Reader())
        assert (with_more.verdict, with_more.support, shown(with_more)) == (alone.verdict, alone.support, shown(alone))


@pytest.mark.parametrize(("denial", "verdict"), [(0.3, "supported"), (0.6, "unsupported"), (0.95, "contradicted")])
def test_what_is_nearly_denied_is_never_supported_by_two_passages(denial: float, verdict: str) -> None:
    rival = "The captain of the ferry at Tolvik was Per Dahl."
    found = verify(CLAIM, [STORY, rival], model=Reader(denies={"Per Dahl": denial}))
    assert found.verdict == verdict
    assert (RUIZ in {e.quote for e in found.evidence}) == (verdict == "supported")


def test_a_passage_that_a_rule_bars_from_supporting_is_in_no_pair() -> None:
    claim = "Captain Ana Ruiz of the ferry that ran aground at Tolvik will leave the company."
    for passage, rule in (
        ("Captain Ana Ruiz will leave the company.", None),
        ("Captain Ana Ruiz may leave the company.", "says only that it may be or is planned"),
    ):
        model = Reader(needs=("ferry that ran aground", "Captain Ana Ruiz"))
        found = verify(claim, STORY.replace(RUIZ, passage), model=model)
        assert {c.rule for c in found.considered if c.quote == passage} == {rule}
        assert (found.verdict, f"{FERRY} {passage}" in model.read) == (("unsupported", False) if rule else ("supported", True))


def test_a_part_that_neither_passage_has_is_stated_by_no_pair() -> None:
    model = Reader()
    for claim in (f"On 7 May {CLAIM}", CLAIM.replace("Ana Ruiz", "Ana Ruiz of Cadiz"), CLAIM.replace("the ferry", "the 90-metre ferry")):
        assert verify(claim, STORY, model=model).verdict == "unsupported"
    assert f"{FERRY} {RUIZ}" not in model.read


def articles() -> list[Article]:
    return [Article(CLAIM, "a.txt", outlet="The Post"), Article(STORY, "b.txt", outlet="The Mail"), Article(OTHER, "c.txt")]


def test_a_report_names_both_passages_one_origin_and_the_threshold() -> None:
    report = check(articles(), model=Reader())
    (finding,) = report.articles[0].findings
    assert (finding.verdict, finding.origins) == ("supported", (1, 0))
    assert shown(finding) == [(1, FERRY, 0.92), (1, RUIZ, 0.92)]
    assert report.settings["together"] == 0.85
    (claim,) = report_json.as_dict(report)["articles"][0]["claims"]
    assert {e["reason"] for e in claim["evidence"]} == {"only together with the other passage of its article"}
    assert "together" not in check(articles(), model=Reader(limits=Thresholds())).settings


def test_the_order_of_articles_never_matters() -> None:
    (first,) = check(articles(), model=Reader()).articles[0].findings
    (last,) = check(articles()[::-1], model=Reader()).articles[2].findings
    assert (first.verdict, first.support, [e.quote for e in first.evidence]) == (
        last.verdict,
        last.support,
        [e.quote for e in last.evidence],
    )


def test_a_passage_that_cites_the_claims_article_is_in_no_pair() -> None:
    post, mail, other = articles()
    cited = RUIZ.replace("on the bridge.", "on the bridge, The Post reported.")
    report = check([post, Article(STORY.replace(RUIZ, cited), mail.path, outlet=mail.outlet), other], model=Reader())
    (finding,) = report.articles[0].findings
    assert "cites the claim's article" in {c.rule for c in finding.considered if c.quote == cited}
    assert finding.verdict == "unsupported"


def test_explain_tells_that_two_passages_count_only_together() -> None:
    report = json.loads(report_json.render(check(articles(), model=Reader())))
    found = trail(report, find(report, "1:c1", "report.json"), "report.json")
    fates = {p.quote: explain.fate(found, p) for p in found.passages}
    told = "counts as a confirmation with the other passage of its article: together 92% is above the threshold of 85%"
    assert {quote for quote, became in fates.items() if became == told} == {FERRY, RUIZ}
    assert not [became for quote, became in fates.items() if quote not in (FERRY, RUIZ) and became.startswith("counts")]
    file = io.StringIO()
    explain.print_to(Console(file=file, width=120, color_system=None, _environ={}), found)
    page = " ".join(file.getvalue().replace("│", " ").split())
    assert "a passage counts as a confirmation from 70%, two of one article together from 85%" in page
    assert "2 confirmations" in page
    assert "figures:" not in page, "its reason is no comparison of figures"


def test_gold_tells_how_surely_two_passages_state_a_claim() -> None:
    claims = (Told(0, CLAIM, "supported", ()), Told(0, f"On 7 May {CLAIM}", "unsupported", ()), Told(1, RUIZ, "unsupported", ()))
    cluster = Cluster("ferry", tuple(articles()), claims, titles_told=False)
    gold, _ = gold_passages([cluster], Reader(), config=Config(), stale_days=60)
    assert [claim.together for claim in gold] == [pytest.approx(0.92), 0.0, 0.0]
    hedged = Told(0, "Captain Ana Ruiz of the ferry that ran aground at Tolvik will leave the company.", "unsupported", ())
    source = Article(STORY.replace(RUIZ, "Captain Ana Ruiz may leave the company."), "b.txt")
    cluster = Cluster("ferry", (articles()[0], source), (hedged,), titles_told=False)
    (claim,), _ = gold_passages([cluster], Reader(("ferry that ran", "Captain Ana")), config=Config(), stale_days=60)
    assert claim.together == 0, "a passage that a rule bars is in no pair"
