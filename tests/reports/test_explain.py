"""One finding's trail: read back from the JSON, every passage with what became of it, in any width, and safe on a terminal."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from factcheck.errors import ConfigError
from factcheck.reports import explain, layout
from factcheck.reports import json as report_json
from factcheck.reports.readback import read
from factcheck.reports.trail import Trail, find, trail
from factcheck.types import Article, CheckedArticle, Claim, Finding, ModelInfo, Report, Span
from factcheck.verdicts.decide import DEAD_BAND, Judged, Thresholds, decide

CLAIM = "The footbridge at Nethercombe is closed until May."
OWN = f"Walkers face a long detour this spring. {CLAIM}"
STATES = "Nethercombe’s footbridge stays shut until the end of April, the borough said."
DENIES = "The footbridge at Nethercombe reopened on Monday."
LIMITS: dict[str, float | int | str] = {"support": 0.7, "contradiction": 0.4, "weak": 0.2, "stale_days": 60, "scout": "nli-mini"}


def plain_report(ambiguous: bool = False) -> dict[str, Any]:
    """One unsettled claim of the Courier against one passage of the Advertiser, as JSON; tests change what they are about."""
    start = OWN.index(CLAIM)
    claim = Claim(CLAIM, ((start, len(OWN)),), CLAIM, "c2", ambiguous=ambiguous, speaker="the borough", stance="said")
    finding = Finding(claim, "unsupported", 0.9, 0.05, 0.05)
    articles = (
        CheckedArticle(Article(OWN, "stories/courier.md", outlet="Nethercombe Courier", kind="markdown"), (finding,), (), 1.0),
        CheckedArticle(Article(DENIES, "stories/advertiser.txt", outlet="The Advertiser"), source_only=True),
    )
    report = report_json.as_dict(Report(articles, ModelInfo("m", "0", "mixed"), "0.1.0", settings=LIMITS))
    report["articles"][0]["claims"][0]["considered"] = [considered()]
    return report


def considered(**changes: object) -> dict[str, Any]:
    row = {
        "path": "stories/advertiser.txt", "article": 1, "start": 0, "end": len(DENIES), "line": 1, "column": 1, "quote": DENIES,
        "support": 0.01, "contradiction": 0.05, "read_by": "model", "may_deny": True, "rule": None,
    }  # fmt: skip
    return row | changes


def settling(row: dict[str, Any], relation: str, score: float) -> dict[str, Any]:
    """The evidence that a considered passage became."""
    return {k: row[k] for k in ("path", "article", "start", "end", "quote")} | {"relation": relation, "score": score}


def the_trail(report: dict[str, Any], name: str = "c2") -> Trail:
    loaded = read(json.dumps(report).encode(), "report.json")
    return trail(loaded, find(loaded, name, "report.json"), "report.json")


def shown(found: Trail, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    console = Console(file=file, width=width, color_system=None, force_terminal=False, _environ={})
    explain.print_to(console, found)
    file.flush()
    return raw.getvalue().decode(encoding)


def squeezed(text: str) -> str:
    return re.sub(r"\s|│", "", text)


# -- what became of a passage --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "became", "standing"),
    [
        ({"contradiction": 0.05}, "does not count: 5% is below the threshold of 40%", "too weak"),
        ({"contradiction": 0.31}, "does not count: 31% is below the threshold of 40%", "near miss"),
        ({"contradiction": 0.398}, "does not count: 39.8% is below the threshold of 40.0%", "near miss"),
        ({"contradiction": 0.401}, "does not count: too close to the threshold of 40.0%", "near miss"),
        ({"support": 0.5}, "does not count: 50% is below the threshold of 70%", "near miss"),
        ({"support": 0.3}, "does not count: 30% is below the threshold of 70%", "too weak"),
        (
            {"contradiction": 0.3, "read_by": "scout"},
            "does not count: 30% is below the threshold of 40%; read by the scout only",
            "near miss",
        ),
        ({"contradiction": 0.9, "may_deny": False}, "does not count: too old to deny (over 60 days older than the claim)", "ruled out"),
        (
            {"support": 0.9, "may_deny": False, "rule": "quotes the same words"},
            "does not count: it quotes the same words, and so cannot confirm the claim",
            "ruled out",
        ),
        ({"contradiction": 0.3, "rule": "quotes the same words"}, "does not count: 30% is below the threshold of 40%", "near miss"),
    ],
)
def test_what_kept_a_passage_from_counting(changes: dict[str, object], became: str, standing: str) -> None:
    report = plain_report()
    report["articles"][0]["claims"][0]["considered"] = [considered(**changes)]
    found = the_trail(report)
    assert explain.fate(found, found.passages[0]) == became
    assert explain.standing(found, found.passages[0]) == standing
    assert squeezed(f"→ {became}") in squeezed(shown(found))


def test_what_counts_says_which_threshold_it_passed() -> None:
    report = plain_report()
    claim = report["articles"][0]["claims"][0]
    denial, weaker = considered(contradiction=0.83), considered(contradiction=0.28, start=4, quote=DENIES[4:])
    stating = considered(support=0.95, contradiction=0.02, start=1, quote=DENIES[1:])
    claim["considered"] = [weaker, denial, stating]
    claim["evidence"] = [
        settling(denial, "contradicts", 0.83), settling(weaker, "contradicts", 0.28), settling(stating, "supports", 0.95),
    ]  # fmt: skip
    found = the_trail(report)
    assert [explain.fate(found, p) for p in found.passages] == [
        "counts as a confirmation: 95% is above the threshold of 70%",
        "counts as a denial: 83% is above the threshold of 40%",
        "counts as a further denial: 28% is enough beside a stronger one",
    ], "strongest first"
    assert "2 denials, 1 confirmation" in shown(found)


def test_a_denial_that_counts_for_less_says_so() -> None:
    report = plain_report()
    claim = report["articles"][0]["claims"][0]
    denial, stating = considered(contradiction=0.9), considered(support=0.95, contradiction=0.02, start=1, quote=DENIES[1:])
    claim["considered"] = [denial, stating]
    claim["evidence"] = [settling(denial, "contradicts", 0.68), settling(stating, "supports", 0.95)]
    confirming, denying = (explain.fate(the_trail(report), p) for p in the_trail(report).passages)
    assert denying == "counts as a denial: 68% is above the threshold of 40%, less than by itself since another article states the claim"
    assert confirming == "counts as a confirmation: 95% is above the threshold of 70%"


def test_a_strong_denial_that_does_not_count_says_what_outweighed_it() -> None:
    report = plain_report()
    claim = report["articles"][0]["claims"][0]
    stating = considered(support=0.95, contradiction=0.02, start=1, quote=DENIES[1:])
    claim |= {"considered": [considered(contradiction=0.45), stating], "evidence": [settling(stating, "supports", 0.95)]}
    claim |= {"verdict": "supported", "support": 0.95, "contradiction": 0.34}
    found = the_trail(report)
    assert explain.fate(found, found.passages[1]).endswith("45%, but a denial is less believed where another article states the claim")
    claim |= {"considered": [considered(contradiction=0.45)], "evidence": [], "contradiction": 0.45, "ambiguous": True}
    found = the_trail(report)
    assert "leaves open of whom or what it speaks" in explain.fate(found, found.passages[0])
    assert "only a figure in it can be denied" in squeezed_spaces(shown(found))


def squeezed_spaces(text: str) -> str:
    return " ".join(re.sub("│", " ", text).split())


def test_every_outcome_of_the_verdict_code_has_its_words() -> None:
    """Random scores through :func:`decide`: what counts is what it took as evidence, and nothing is left without a reason."""
    assert explain.MARGIN == DEAD_BAND
    rng = random.Random(7)
    limits = Thresholds(support=0.7, contradiction=0.4, weak=0.2, doubt=0.5)
    sentences = [f"Passage number {n} on the footbridge." for n in range(12)]
    source = " ".join(sentences)
    spans = [Span(source.index(s), source.index(s) + len(s)) for s in sentences]
    seen = set()
    for _ in range(300):
        judged = [
            Judged(
                1, s, s.of(source), s, rng.choice((0.0, rng.random())), rng.choice((0.0, rng.random(), 0.4005)),
                may_deny=rng.random() > 0.2, rule=rng.choice((None, None, "quotes the same words")),
            )
            for s in rng.sample(spans, rng.randrange(13))
        ]  # fmt: skip
        start = OWN.index(CLAIM)
        claim = Claim(CLAIM, ((start, len(OWN)),), CLAIM, "c2", ambiguous=rng.random() < 0.3)
        finding = decide(claim, judged, limits)
        articles = (CheckedArticle(Article(OWN, "a.txt"), (finding,)), CheckedArticle(Article(source, "b.txt"), source_only=True))
        report = report_json.as_dict(Report(articles, ModelInfo("m", "0", "mixed"), "0", settings=LIMITS))
        found = the_trail(report)
        fates = {p.quote: explain.fate(found, p) for p in found.passages}
        assert {q for q, became in fates.items() if became.startswith("counts")} == {e.quote for e in finding.evidence}
        assert not [became for became in fates.values() if "does not say why" in became]
        assert [p.closest for p in found.passages].count(True) == (finding.nearest is not None)
        seen |= {re.sub(r"[\d.]+%|\d+|passages?", "", reason) for became in fates.values() for reason in re.split(": |; ", became)}
    assert len(seen) >= 9, "the random scores reach every reason"


# -- the page ------------------------------------------------------------------------------------------------------------------


def full_report() -> dict[str, Any]:
    report = plain_report()
    claim = report["articles"][0]["claims"][0]
    denial = considered(contradiction=0.83, rule="carries the same text with changes")
    claim |= {"considered": [denial, considered(contradiction=0.1, start=4, quote=DENIES[4:])], "contradiction": 0.83}
    settled = settling(denial, "contradicts", 0.83) | {"reason": "May against Monday"}
    claim |= {"evidence": [settled], "verdict": "contradicted", "confidence": 0.83}
    claim |= {"conflict": "status", "outdated": True, "missing": [{"kind": "date", "words": "until May"}]}
    claim |= {"origins": {"supports": 2, "contradicts": 1}, "known": True, "ignored": "the borough's own words"}
    return report


def test_the_page_tells_the_whole_trail() -> None:
    page = squeezed_spaces(shown(the_trail(full_report())))
    for part in (
        "1:c2 · Nethercombe Courier · stories/courier.md:1:41", "✗ contradicted · likely, 83% · another article denies it", CLAIM,
        f"says “{CLAIM}”", "speaker said by the borough", "denied 83%; a passage counts as a denial from 40%, is worth a look from 20%",
        "stated 5%; a passage counts as a confirmation from 70%", "conflict over the state of things",
        "outdated what denies it tells a later state of things", "origins independent sources: 2 that state it, 1 that denies it",
        "missing no passage has the date “until May”", "scout nli-mini", "ignored the borough's own words", "known the baseline of the run",
        "2 passages considered", "The Advertiser",
        "stories/advertiser.txt:1:1", "denies 83%, states 1%", f"“{DENIES}”", "figures: May against Monday",
        "it carries the same text with changes",
    ):  # fmt: skip
        assert part in page, part


def test_the_page_tells_nothing_that_is_not_so() -> None:
    report = plain_report()
    report["articles"][0]["claims"][0] |= {"speaker": None, "stance": None, "considered": []}
    page = shown(the_trail(report))
    for label in ("speaker", "conflict", "outdated", "origins", "missing", "open", "figures", "known", "ignored"):
        assert label not in page
    assert "0 passages considered" in page
    assert "No other article has a passage" in page


def test_the_closest_passage_is_marked() -> None:
    report = plain_report()
    other = considered(contradiction=0.02, start=4, quote=DENIES[4:])
    near = settling(considered(), "contradicts", 0.05)
    report["articles"][0]["claims"][0] |= {"considered": [considered(), other], "nearest": near, "missing": []}
    found = the_trail(report)
    assert "missing nothing: the passages have all that it speaks of" in squeezed_spaces(shown(found))
    assert [p.closest for p in found.passages] == [True, False]
    assert squeezed_spaces(shown(found)).count("; no passage came closer") == 1


@pytest.mark.parametrize("width", [30, 80, 120, 200])
def test_widths(width: int) -> None:
    text = shown(the_trail(full_report()), width)
    room = max(layout.MIN_MEASURE, min(width, layout.MAX_MEASURE))
    for line in text.split("\n"):
        assert cell_len(line) <= room or re.search(r"\.(md|txt)", line), "only paths run over, to stay links"
        assert line == line.rstrip()
    assert "\n\n\n" not in text
    for words in (CLAIM, DENIES, "carries the same text with changes", "above the threshold of 40%"):
        assert squeezed(words) in squeezed(text)


def test_an_old_terminal_gets_its_own_signs() -> None:
    text = shown(the_trail(full_report()), encoding="ascii")
    assert text.isascii()
    assert "x contradicted" in text
    assert "-> counts as a denial" in text


def test_colour_only_where_asked() -> None:
    file = io.StringIO()
    explain.print_to(Console(file=file, width=80, force_terminal=True, color_system="standard", _environ={}), the_trail(full_report()))
    assert "\x1b[" in file.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue()) == shown(the_trail(full_report()))


def test_hostile_strings_do_nothing(make_hostile: Callable[[random.Random], Report], make_string: Callable[[random.Random], str]) -> None:
    rng = random.Random(29)
    for _ in range(30):
        report = json.loads(report_json.render(make_hostile(rng)))
        claim = report["articles"][0]["claims"][0]
        there = report["articles"][1]
        row = considered(path=there["path"], quote=make_string(rng), rule=make_string(rng), support=0.9)
        claim |= {"considered": [row], "conflict": make_string(rng), "missing": [{"kind": make_string(rng), "words": make_string(rng)}]}
        loaded = read(json.dumps(report).encode(), "r.json")
        text = shown(trail(loaded, find(loaded, f"1:{claim['id']}", "r.json"), "r.json"), rng.choice((80, 120)))
        bad = {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert not bad, ascii(bad)


# -- names ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def several() -> dict[str, Any]:
    """Two articles with a claim c2 each, and a c3 in the second."""
    report = plain_report()
    other = report["articles"][1]
    first = report["articles"][0]["claims"][0]
    other["claims"] = [first | {"text": "Second.", "line": 4}, first | {"id": "c3", "text": "Third.", "line": 4}]
    return report


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c3", "Third."),
        ("1:c2", CLAIM),
        ("2:c2", "Second."),
        ("stories/advertiser.txt:c2", "Second."),
        ("advertiser.txt:c2", "Second."),
        ("courier.md:1:41", CLAIM),
    ],
)
def test_the_names_of_a_claim(several: dict[str, Any], name: str, text: str) -> None:
    assert find(several, name, "r.json").claim["text"] == text


@pytest.mark.parametrize(
    ("name", "code", "step"),
    [
        ("c2", "E223", "give one of 1:c2 (stories/courier.md), 2:c2 (stories/advertiser.txt)"),
        ("advertiser.txt:4:41", "E223", "give one of 2:c2 (stories/advertiser.txt), 2:c3 (stories/advertiser.txt)"),
        ("c33", "E222", "2:c3 (stories/advertiser.txt)"),
        ("3:c2", "E222", "1:c2 (stories/courier.md)"),
        ("bridge", "E222", "the nearest are 1:c2"),
        ("stories/courier.md", "E222", "1:c2"),
    ],
)
def test_other_names_are_told_what_there_is(several: dict[str, Any], name: str, code: str, step: str) -> None:
    with pytest.raises(ConfigError) as caught:
        find(several, name, "r.json")
    assert caught.value.code == code
    assert step in caught.value.step


def test_a_report_without_claims_says_so(empty: Report) -> None:
    with pytest.raises(ConfigError, match=r"\[E222\] r.json: has no claim;"):
        find(report_json.as_dict(empty), "c1", "r.json")


# -- other files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"[]", b"{}", b'{"schema": "urn:factcheck:report:2"}', b"[" * 100_000, b'{"a": NaN}', b"9" * 5000, b"\xff\xfe\x00"],
)
def test_what_is_no_report(data: bytes) -> None:
    with pytest.raises(ConfigError) as caught:
        read(data, "notes.json")
    assert caught.value.code == "E221"
    assert caught.value.problem.startswith("notes.json: ")


def test_a_report_rewritten_by_another_system_is_read() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert read(json.dumps(full_report(), ensure_ascii=False).encode(encoding), "r.json") == full_report()


def test_an_older_report_is_not_half_explained() -> None:
    report = plain_report()
    del report["articles"][0]["claims"][0]["considered"]
    with pytest.raises(ConfigError, match=r"\[E221\] report.json: does not say which passages were considered"):
        the_trail(report)


def test_a_damaged_report_is_never_an_internal_error() -> None:
    """Each field in turn is made something else: the report is explained all the same, or named as damaged."""
    rng = random.Random(31)
    codes = []
    for path in _places(full_report(), ()):
        report = full_report()
        _put(report, path, rng.choice((None, -1, 10**400, True, "x", [], {}, [1])))
        try:
            shown(the_trail(report))
        except ConfigError as err:
            codes.append(err.code)
    assert set(codes) <= {"E221", "E222"}
    assert len(codes) > 20


def _places(value: object, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [p for key, v in inner for p in ((*path, key), *_places(v, (*path, key)))]


def _put(report: Any, path: tuple[Any, ...], junk: object) -> None:
    for key in path[:-1]:
        report = report[key]
    report[path[-1]] = copy.deepcopy(junk)
