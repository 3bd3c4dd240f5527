"""`factcheck run`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from factcheck.cli.main import ExitStatus, standard_input
from factcheck.cli.output import standard_output
from factcheck.config import FAIL_ON, load_config
from factcheck.errors import ConfigError
from factcheck.reports import RENDERERS
from factcheck.types import ALARMS, PRECISIONS, Report


@click.command("run")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--against", multiple=True, metavar="PATH", help="Check the claims against these only. May be given several times.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"One of {', '.join(RENDERERS)}; to standard output, or to FILE. May be given several times.  [default: terminal]",
)
@click.option("--model", metavar="NAME|DIR", help="NLI model: a folder or a hub name, owner/name[@revision].  [default: the embedded one]")
@click.option("--download", is_flag=True, help="Let --model fetch a hub model. Nothing else ever uses the network.")
@click.option("--precision", type=click.Choice(PRECISIONS), help="Arithmetic of the model.  [default: mixed]")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Mildest verdict that gives exit code 1.  [default: contradicted]")
@click.option("--passages", type=click.IntRange(1, 1000), help="Passages of each article that a claim is compared with.  [default: 4]")
@click.option("--false-alarms", type=click.IntRange(0, 1000), metavar="N", help="Expect at most N false alarms in 50 articles.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Findings that stand in FILE are known: no alarms.")
@click.option("--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Write the findings of this run as a baseline.")
@click.option("--reviewer", metavar="NAME", help="The newsroom that answers for ClaimReview drafts (-f claimreview).")
@click.option("-v", "--verbose", is_flag=True, help="Show supported, known and ignored claims and skipped text too.")
@click.option("-q", "--quiet", is_flag=True, help="No progress display.")
def command(
    paths: Sequence[str],
    against: Sequence[str],
    formats: Sequence[str],
    model: str | None,
    download: bool,
    precision: str | None,
    fail_on: str | None,
    passages: int | None,
    false_alarms: int | None,
    baseline: Path | None,
    write_baseline: Path | None,
    reviewer: str | None,
    verbose: bool,
    quiet: bool,
) -> int:
    r"""Check every claim of the articles against the other articles.

    A PATH is an article (text, Markdown, HTML, WordPress REST JSON; - for standard input) or a folder of articles. Without --against
    every article is checked against the others.

    \b
    factcheck run claims/freelander
    factcheck run draft.md --against sources/ -f terminal -f json=report.json
    """
    from factcheck import baseline as known
    from factcheck.cli.progress import Display
    from factcheck.ignores import mark_ignored
    from factcheck.judging import Judge
    from factcheck.pipeline import check

    flags = {"model": model, "precision": precision, "fail_on": fail_on, "passages": passages, "false_alarms": false_alarms}
    config = load_config(Path.cwd(), os.environ, **flags)
    if "-" in paths and "-" in against:
        raise ConfigError("E215", "standard input stands on both sides", "name - once")
    if not download:
        # For the libraries: they read it when they are imported.
        os.environ["HF_HUB_OFFLINE"] = "1"
    outputs = _outputs(formats, reviewer)
    if write_baseline is not None:
        _check_place(write_baseline)
    before = known.read(baseline) if baseline is not None else ()
    with Display(quiet=quiet) as display:
        display("load", 0, 1)
        judge = Judge.open(None, config, download=download)
        display("load", 1, 1)
        stdin = standard_input([*paths, *against])
        sources = list(against) if against else None
        report = check(list(paths), against=sources, model=judge, config=config, stdin=stdin, progress=display)
    report = known.mark_known(mark_ignored(report, config.ignore), before)
    for name, file in outputs:
        options = {"reviewer": reviewer} if name == "claimreview" else {}
        _write(report, name, file, verbose=verbose, **options)
    if write_baseline is not None:
        _replace(write_baseline, known.text(known.entries(report, before)))
    return _status(report, config.fail_on)


def _outputs(formats: Sequence[str], reviewer: str | None) -> list[tuple[str, Path | None]]:
    """(format, file) pairs, standard output (None) first, so that a file that cannot be written costs nobody the report."""
    from factcheck.reports import unknown_format

    out: list[tuple[str, Path | None]] = []
    for given in formats or ("terminal",):
        name, _, file = given.partition("=")
        if name not in RENDERERS:
            raise unknown_format(name)
        if name == "claimreview":
            from factcheck.reports.claimreview import require_reviewer

            require_reviewer(reviewer)  # now: the run may take minutes
        out.append((name, Path(file) if file not in ("", "-") else None))
    places = [place for _, place in out if place is not None]
    for place in places:
        _check_place(place)
    files = [place.resolve() for place in places if place.is_file() or not place.exists()]
    if len(set(files)) < len(files):
        raise ConfigError("E211", "two formats for one file", "give each a file of its own")
    if sum(place is None for _, place in out) > 1:
        raise ConfigError("E211", "two formats for standard output", "give files to all but one: -f json=report.json")
    return sorted(out, key=lambda output: output[1] is not None)


def _check_place(file: Path) -> None:
    """Before the work: raise ConfigError E212 for a file that cannot be written because there is no such folder."""
    if file.is_dir() or not file.resolve().parent.is_dir():
        raise ConfigError("E212", f"{file}: cannot be written: no such folder", "choose another place")


def _write(report: Report, name: str, file: Path | None, *, verbose: bool, **options: object) -> None:
    from factcheck.reports import render

    if name == "vale":
        _tell_left_out(report)
    if file is not None:
        _replace(file, render(name, report, verbose=verbose, **options))
    elif name == "terminal":
        from factcheck.reports.terminal import print_to

        print_to(standard_output(), report, verbose=verbose)
    else:
        sys.stdout.write(render(name, report, verbose=verbose, **options))


def _tell_left_out(report: Report) -> None:
    """On standard error: Vale's format has no place to say it."""
    from factcheck.reports.clean import terminal as clean
    from factcheck.reports.vale import left_out

    for checked in left_out(report):
        click.echo(f"note: {clean(checked.article.path)}: not in the vale format, which needs lines of a plain text file", err=True)


def _replace(file: Path, text: str) -> None:
    """Write to a temporary file in the same folder, then rename: nobody ever sees half a report under the final name.

    Line ends stay as the format has them, whatever the system's own are. A link stays a link; a pipe or a device (/dev/stdout, /dev/null)
    is written to as it is: put in its place, a file would end it for everybody.
    """
    try:
        if file.exists() and not file.is_file():
            with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                stream.write(text)
            return
        target = file.resolve()
        with tempfile.NamedTemporaryFile(
            "w", dir=target.parent, encoding="utf-8", errors="backslashreplace", newline="", delete=False
        ) as part:
            part.write(text)
        try:
            Path(part.name).chmod(0o644)
            Path(part.name).replace(target)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise
    except OSError as err:
        raise ConfigError("E212", f"{file}: cannot be written: {err.strerror}", "choose another place") from err


def _status(report: Report, fail_on: str) -> int:
    """3 beats 1: a run that lost an input must not look like a finished one."""
    if report.failures:
        return ExitStatus.SOME_FAILED
    alarming = {
        "contradicted": ALARMS,
        "disputed": ALARMS,
        "unsupported": (*ALARMS, "unsupported"),
        "never": (),
    }[fail_on]
    found = any(f.verdict in alarming and not f.set_aside for article in report.articles for f in article.findings)
    return ExitStatus.FINDINGS if found else ExitStatus.OK
