"""The pre-commit hook and the GitHub Action: what they run are commands that exist, and no input of theirs can become one."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from factcheck.cli.run import command
from factcheck.config import FAIL_ON
from factcheck.reports import RENDERERS
from factcheck.sources.reading import SUFFIXES

ROOT = Path(__file__).parent.parent
HOSTILE = ["a b.md", "--model=evil", "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", '"', "*", "€ é.md"]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def parsed(arguments: list[str]) -> dict[str, Any]:
    """What ``factcheck run`` makes of its arguments; fails for an option that it does not have."""
    with command.make_context("run", list(arguments)) as context:
        return context.params


# -- pre-commit --------------------------------------------------------------------------------------------------------------------


def test_the_hook_runs_the_check_on_a_folder() -> None:
    (hook,) = load(".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["id"], hook["language"]) == ("factcheck", "python")
    tool, subcommand, *rest = shlex.split(hook["entry"])
    assert (tool, subcommand) == ("factcheck", "run")
    options = parsed([*rest, *hook["args"]])
    assert options["paths"] == ("articles",)
    assert (options["fail_on"], options["quiet"]) == ("contradicted", True)


def test_the_hook_is_not_given_the_changed_files_alone() -> None:
    (hook,) = load(".pre-commit-hooks.yaml")
    assert hook["pass_filenames"] is False, "one article alone can be checked against nothing"
    assert hook["require_serial"] is True, "two runs would load the model twice"
    assert "text" not in hook["types_or"], "to pre-commit every source file is a text"
    # In pre-commit's words: the kinds of files that a folder's articles may be.
    assert set(hook["types_or"]) == {"plain-text" if kind == "text" else kind for kind in SUFFIXES.values()}


# -- GitHub Action -----------------------------------------------------------------------------------------------------------------


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load("action.yml")["runs"]["steps"]
    return found


def test_no_expression_stands_in_a_script() -> None:
    assert load("action.yml")["runs"]["using"] == "composite"
    for step in steps():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "what it stands for would be run as part of the script"


def test_every_input_is_told_and_used() -> None:
    inputs, used = load("action.yml")["inputs"], {v for step in steps() for v in step.get("env", {}).values()}
    assert used == {f"${{{{ inputs.{name} }}}}" for name in inputs}
    assert all(told["description"] for told in inputs.values())
    assert {name for name, told in inputs.items() if "default" not in told} == {
        name for name, told in inputs.items() if told.get("required")
    }
    assert inputs["fail-on"]["default"] in FAIL_ON


def run_step(folder: Path, *, code: int = 0, **environment: str) -> tuple[int, list[str]]:
    """The action's check in a bash of its own with a ``factcheck`` that only writes down its arguments: exit code and arguments."""
    stub = folder / "runner" / "factcheck" / "bin" / "factcheck"
    stub.parent.mkdir(parents=True)
    record = f"import sys; open({str(folder / 'told')!r}, 'w', encoding='utf-8').write('\\0'.join(sys.argv[1:])); sys.exit({code})"
    stub.write_text(f"#!{sys.executable} -I\n{record}\n", encoding="utf-8")
    stub.chmod(0o755)
    script = folder / "script.sh"
    script.write_text(steps()[-1]["run"], encoding="utf-8")
    given = {"AGAINST": "", "FAIL_ON": "contradicted", "SARIF": "factcheck.sarif", "FORMATS": ""} | environment
    runner = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(folder / "runner"), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], cwd=folder, env=given | runner, check=False, timeout=30
    )
    return done.returncode, (folder / "told").read_text(encoding="utf-8").split("\0")


@pytest.mark.skipif(os.name != "posix", reason="the action runs in bash")
def test_the_action_asks_for_what_its_inputs_say(tmp_path: Path) -> None:
    code, told = run_step(
        tmp_path,
        ARTICLES="drafts/bridge.md\ndrafts/ferry.md\n",
        AGAINST="sources\nwire.html",
        FAIL_ON="unsupported",
        FORMATS="html=page.html\n",
    )
    options = parsed(told[1:])
    assert (code, told[0]) == (0, "run")
    assert options["paths"] == ("drafts/bridge.md", "drafts/ferry.md")
    assert options["against"] == ("sources", "wire.html")
    assert (options["fail_on"], options["quiet"]) == ("unsupported", True)
    assert options["formats"] == ("github", "sarif=factcheck.sarif", f"markdown={tmp_path / 'summary.md'}", "html=page.html")
    assert all(given.partition("=")[0] in RENDERERS for given in options["formats"])


@pytest.mark.skipif(os.name != "posix", reason="the action runs in bash")
def test_what_the_inputs_hold_stays_an_argument(tmp_path: Path) -> None:
    _, told = run_step(tmp_path, ARTICLES="\n".join(HOSTILE), AGAINST="\n".join(HOSTILE))
    options = parsed(told[1:])
    assert options["paths"] == tuple(HOSTILE)
    assert options["against"] == tuple(HOSTILE)
    assert options["model"] is None
    assert not (tmp_path / "pwned").exists()


@pytest.mark.skipif(os.name != "posix", reason="the action runs in bash")
def test_the_step_fails_as_the_check_does_and_for_no_articles_at_all(tmp_path: Path) -> None:
    assert run_step(tmp_path / "found", code=1, ARTICLES="a.md")[0] == 1
    _, told = run_step(tmp_path / "none", ARTICLES="\n\n")
    assert told[-1] == "--"
    with pytest.raises(click.MissingParameter):
        parsed(told[1:])


# -- the README's examples -----------------------------------------------------------------------------------------------------------


def examples() -> list[Any]:
    """The YAML of README's section on newsrooms' repositories."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## In a newsroom's repository\n")[2].partition("\n## ")[0]
    code = [textwrap.dedent(part) for part in re.findall(r"(?:^(?: {4}.*)?\n)+", section, re.MULTILINE) if ":\n" in part]
    return [yaml.safe_load(part) for part in code]


def test_the_readme_s_examples_name_what_there_is() -> None:
    config, workflow = examples()
    (hook,) = config["repos"][0]["hooks"]
    assert hook["id"] == load(".pre-commit-hooks.yaml")[0]["id"]
    assert parsed(hook["args"])["paths"] == ("stories/harbour-bridge",)
    (job,) = workflow["jobs"].values()
    ours = next(step for step in job["steps"] if "/factcheck@" in step.get("uses", ""))
    inputs = load("action.yml")["inputs"]
    assert {name for name, told in inputs.items() if "default" not in told} <= set(ours["with"]) <= set(inputs)
    assert job["steps"][-1]["with"]["sarif_file"] == inputs["sarif"]["default"]
    assert job["steps"][-1]["if"] == "always()", "a failed check has the most to tell"


def test_the_readme_s_pictures_are_there_and_ask_for_nothing() -> None:
    named = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [Path(name).name for name in named] == ["terminal.svg", "page.png"]
    assert all((ROOT / name).stat().st_size <= 300_000 for name in named)
    svg = (ROOT / named[0]).read_text(encoding="utf-8")
    assert not re.search(r"url\((?!#)|<script|<image|href=|@import", svg)
