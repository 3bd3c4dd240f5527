"""The Python interface, on the embedded model."""

from __future__ import annotations

import subprocess
import sys

import pytest

import factcheck
from factcheck import Article, check, verify
from factcheck.models import NLIModel, load


@pytest.fixture(scope="module")
def model() -> NLIModel:
    return load()


def test_public_names() -> None:
    assert {"check", "verify", "claims", "models", "Article", "Claim", "Finding", "Report", "__version__"} == set(factcheck.__all__)
    assert all(hasattr(factcheck, name) for name in factcheck.__all__)
    code = "import factcheck; print(len(factcheck.claims.split('The bridge is closed.')), callable(factcheck.models.load))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1 True\n"


def test_verify_one_claim_against_sentences(model: NLIModel) -> None:
    sources = ["The bridge in Oslo is closed to all traffic.", "A cat sat on a mat."]
    assert verify("The bridge in Oslo is closed.", sources, model=model).support > 0.5
    denied = verify("The bridge in Oslo is open to traffic.", sources, model=model)
    assert denied.verdict == "contradicted"
    assert denied.contradiction > 0.5 > denied.support
    assert verify("The queen owns two dogs.", sources, model=model).verdict == "unsupported"


def test_verify_reads_a_long_document_to_its_end(model: NLIModel) -> None:
    filler = " ".join(f"Item {n} of the agenda was put off until the next meeting of the board." for n in range(300))
    finding = verify("The bridge in Oslo is closed.", [filler + " The bridge in Oslo is closed to all traffic."], model=model)
    assert finding.support > 0.5


def test_verify_refuses_an_empty_claim_and_survives_no_source(model: NLIModel) -> None:
    with pytest.raises(ValueError, match="empty"):
        verify(" ", ["a"], model=model)
    assert verify("The bridge is closed.", [], model=model).verdict == "unsupported"
    assert verify("The bridge is closed.", ["", "  "], model=model).verdict == "unsupported"


def test_order_of_articles_never_changes_a_verdict(model: NLIModel) -> None:
    articles = [
        Article("The bridge in Oslo is closed to all traffic. It was built in 1950.", path="a"),
        Article("The bridge in Oslo is open to traffic. It was built in 1950.", path="b"),
        Article("Oslo is in Norway. The old bridge in Oslo dates from 1950.", path="c"),
    ]
    first, second = check(articles, model=model), check(articles[::-1], model=model)
    verdicts = [{(a.article.path, f.claim.text): f.verdict for a in r.articles for f in a.findings} for r in (first, second)]
    assert verdicts[0] == verdicts[1]


def test_a_claim_copied_from_a_source_is_never_contradicted_by_it(model: NLIModel) -> None:
    text = "The ferry sank on Monday. All 118 people on board were saved. The captain, Ivo Reis, left the ship last."
    report = check(
        [Article(text, path="a"), Article(text + " Divers will look at the wreck, and a court will hear the crew.", path="b")], model=model
    )
    assert not any(f.verdict in ("contradicted", "disputed") for a in report.articles for f in a.findings)


def test_a_single_text_or_path_is_one_input(model: NLIModel) -> None:
    assert verify("The bridge in Oslo is closed.", "The bridge in Oslo is closed to all traffic.", model=model).support > 0.5
    report = check("no-such-file.txt", model=model)
    assert [f.code for f in report.failures] == ["E101"]


def test_a_claim_too_long_for_the_model_is_listed_and_the_others_go_on(model: NLIModel) -> None:
    long = "The words were " + " ".join(f"qxzvkj{n}wqzx" for n in range(110)) + "."
    first = Article(f"{long} The bridge in Oslo is closed.", path="a")
    report = check([first, Article("The bridge in Oslo is closed. The words were many.", path="b")], model=model)
    assert [s.reason for s in report.articles[0].skipped] == ["too_long"]
    assert [f.claim.text for f in report.articles[0].findings] == ["The bridge in Oslo is closed."]
