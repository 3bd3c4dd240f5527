"""`factcheck run` as a user runs it: in a process of its own, on files, with the embedded model, cut off from the network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent.parent
FREELANDER = ROOT / "claims" / "freelander"

#: Refuses every connection and every look-up of a host name, then runs the command.
OFFLINE = """
import socket, sys
def refuse(*a, **k):
    print("NETWORK USED", a, file=sys.stderr)
    raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from factcheck.cli.main import main
main()
"""


def factcheck(*args: str | Path, stdin: bytes | None = None) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", OFFLINE, *map(str, args)], input=stdin, capture_output=True, timeout=300)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "NETWORK USED" not in err
    assert "Traceback" not in err, err
    return done.returncode, out, err


STATION = "Station opens\n\nThe new station in Aldermoor opened on Monday. It has five platforms. The mayor of Aldermoor cut the ribbon.\n"
RIVAL = "Station news\n\nThe new station in Aldermoor has not opened and is still closed. It has nine platforms, the builder said.\n"


@pytest.fixture(scope="module")
def freelander(tmp_path_factory: pytest.TempPathFactory) -> dict:  # type: ignore[type-arg]
    out = tmp_path_factory.mktemp("run") / "report.json"
    status, _, err = factcheck("run", FREELANDER, "-f", f"json={out}")
    assert status == 1, err
    return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def collide(report: dict, mine: tuple[str, str], theirs: tuple[str, str]) -> bool:  # type: ignore[type-arg]
    """Whether some alarm has ``mine`` (file, words) in its quote and ``theirs`` in a denying quote, or the other way round."""
    sides = {mine, theirs}
    for article in report["articles"]:
        for claim in article["claims"]:
            for evidence in claim["evidence"]:
                if evidence["relation"] == "contradicts":
                    said, denied = (Path(article["path"]).name, claim["quote"]), (Path(evidence["path"]).name, evidence["quote"])
                    if all(any(f == file and w in words for file, words in (said, denied)) for f, w in sides):
                        return True
    return False


BRAND = (("b.md", "Land Rover?"), ("b.md", "standalone brand"), ("a.html", "brand in its own right"), ("d.txt", "brand separate"))
CHINA_FIRST = (("a.html", "China gets the car first"), ("d.txt", "China is the launch market"))
EUROPE_FIRST = (("c.json", "European customers will be served before anyone else"), ("c.json", "Europe gets it first"))
MODEL = (("c.json", "Land Rover has added a new model"), ("c.json", "Land Rover’s new Freelander"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BRAND, MODEL),
        ((("c.json", "five seats"),), (("a.html", "six and seven seats"), ("d.txt", "six or seven people"))),
        ((("c.json", "fully electric"),), (("b.md", "plug-in hybrid"), ("a.html", "plug-in hybrid"))),
        (CHINA_FIRST, EUROPE_FIRST),
        ((("b.md", "249,800 yuan"),), (("c.json", "299,800 yuan"),)),
        ((("b.md", "150 kilometres"),), (("c.json", "620 kilometres"),)),
    ],
    ids=["brand or model", "five or six seats", "electric or hybrid", "China or Europe first", "price", "range"],
)
def test_the_conflicts_of_the_demo_are_named_with_both_quotes(freelander, one, other) -> None:  # type: ignore[no-untyped-def]
    assert any(collide(freelander, mine, theirs) for mine in one for theirs in other)


def test_the_report_is_valid_and_every_quote_is_in_its_article(freelander: dict) -> None:  # type: ignore[type-arg]
    schema = json.loads(factcheck("schema")[1])
    jsonschema.Draft202012Validator(schema).validate(freelander)
    assert freelander["passed_over"] == [str(FREELANDER / "gold.json")]
    for article in freelander["articles"]:
        path = Path(article["path"])
        if path.suffix in (".txt", ".md"):
            text = path.read_text(encoding="utf-8")
            for claim in article["claims"]:
                assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert article["claims"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    (tmp_path / "b.txt").write_text(RIVAL)
    first, second = (factcheck("run", tmp_path, "-f", "json")[1] for _ in range(2))
    assert first == second


def test_the_terminal_report_names_both_sides(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    (tmp_path / "b.txt").write_text(RIVAL)
    status, out, err = factcheck("run", tmp_path)
    assert status in (0, 1)
    assert "2 articles" in out
    assert "five platforms" in out
    assert err == ""


def test_against_checks_only_the_draft(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(STATION)
    (tmp_path / "source.txt").write_text(RIVAL)
    out = factcheck("run", tmp_path / "draft.txt", "--against", tmp_path / "source.txt", "-f", "json")[1]
    draft, source = json.loads(out)["articles"]
    assert (draft["source_only"], source["source_only"]) == (False, True)
    assert draft["claims"]
    assert not source["claims"]


def test_an_article_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text(RIVAL)
    out = factcheck("run", "-", "--against", tmp_path / "source.txt", "-f", "json", stdin=STATION.encode())[1]
    assert json.loads(out)["articles"][0]["path"] == "-"


BIG = b"<html><body><article>" + b"<p>The same words again and again.</p>" * 560_000

#: name, content (None: not written), code
BAD_FILES = [
    ("empty.txt", b"", "E103"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "E104"),
    ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "E104"),
    ("huge.html", BIG, "E105"),
    ("settings.json", b'{"theme": "dark"}', "E107"),
    ("broken.json", b'{"title": {"rendered": "x"', "E107"),
    ("gone.txt", None, "E101"),
    ("navigation.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "E109"),
]


def test_bad_inputs_are_listed_with_their_codes_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    (tmp_path / "b.txt").write_text(RIVAL)
    for name, content, _ in BAD_FILES:
        if content is not None:
            (tmp_path / name).write_bytes(content)
    status, out, _ = factcheck("run", *(tmp_path / n for n in ("a.txt", "b.txt", *(name for name, _, _ in BAD_FILES))), "-f", "json")
    report = json.loads(out)
    assert status == 3
    assert {(Path(f["path"]).name, f["code"]) for f in report["failures"]} == {(name, code) for name, _, code in BAD_FILES}
    assert len(report["articles"]) == 2
    assert all(f["problem"] and f["step"] for f in report["failures"])


def test_a_truncated_page_and_a_guessed_encoding_are_read_and_told(tmp_path: Path) -> None:
    page = "<html><head><title>Station</title></head><body><article><h1>Station</h1><p>" + STATION.replace("\n", " ") * 3
    (tmp_path / "cut.html").write_text(page)
    (tmp_path / "old.txt").write_bytes(
        "Café news\n\nThe café at the station in Aldermoor is closed – for good, says its “owner”.\n".encode("cp1252")
    )
    status, out, _ = factcheck("run", tmp_path, "-f", "json")
    report = json.loads(out)
    assert status in (0, 1)
    assert {Path(a["path"]).name: a["encoding_source"] for a in report["articles"]}["old.txt"] == "guessed"
    assert "café" in next(a for a in report["articles"] if a["path"].endswith("old.txt"))["claims"][0]["text"]


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    status, out, _ = factcheck("run", tmp_path)
    assert status == 3
    assert "E108" in out


def test_one_article_alone_clears_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    status, out, _ = factcheck("run", tmp_path / "a.txt", "-f", "json")
    report = json.loads(out)
    assert {c["verdict"] for c in report["articles"][0]["claims"]} == {"unsupported"}
    assert [f["code"] for f in report["failures"]] == ["E111"]
    assert status == 3


def test_two_copies_of_one_article_are_one_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    (tmp_path / "b.txt").write_text(STATION)
    status, out, _ = factcheck("run", tmp_path, "-f", "json")
    report = json.loads(out)
    assert status == 3
    assert {f["code"] for f in report["failures"]} == {"E111"}
    assert {c["verdict"] for a in report["articles"] for c in a["claims"]} == {"unsupported"}
    assert any("same text" in n for n in report["notes"])


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["run"], ""),
        (["run", "x.txt", "-f", "jsn"], "E220"),
        (["run", "x.txt", "-f", "json", "-f", "terminal"], "E211"),
        (["run", "x.txt", "-f", "json=r", "-f", "csv=./r"], "E211"),
        (["run", "x.txt", "--model", "no/such-model"], "E305"),
        (["run", "x.txt", "--fail-on", "rumour"], ""),
        (["frobnicate"], ""),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(args: list[str], code: str) -> None:
    status, out, err = factcheck(*args)
    assert (status, out) == (2, "")
    assert code in err


def test_an_article_without_a_claim_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    (tmp_path / "b.txt").write_text("Station questions\n\nWould you use it? Who pays? I think it is ugly.\n")
    status, out, _ = factcheck("run", tmp_path, "-f", "json")
    assert status == 3
    assert [f["code"] for f in json.loads(out)["failures"]] == ["E112"]


def test_a_reader_that_goes_away_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION)
    (tmp_path / "b.txt").write_text(RIVAL)
    command = [sys.executable, "-c", OFFLINE, "run", str(tmp_path), "-f", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=300) == 141


def test_an_output_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    status, out, err = factcheck("run", tmp_path, "-f", f"json={tmp_path}/none/report.json")
    assert (status, out) == (2, "")
    assert "E212" in err


def test_hostile_titles_reach_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title \x1b]0;owned\x07 [red]x[/nope]\n\n" + STATION)
    (tmp_path / "b.txt").write_text(RIVAL)
    status, out, _ = factcheck("run", tmp_path)
    assert status in (0, 1)
    assert "\x1b" not in out
    assert "\x07" not in out
