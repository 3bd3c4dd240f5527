"""`factcheck train syntax` and `factcheck train syntax-scores`."""

from __future__ import annotations

from pathlib import Path

import click

_data = click.option(
    "--data", type=click.Path(path_type=Path, exists=True), required=True, help="Folder with syntax/ (treebanks) and ner/ (names)."
)


@click.command("syntax")
@click.option("--recipe", type=click.Path(path_type=Path), required=True, help="The recipe: models/syntax-en/recipe.toml.")
@_data
@click.option("--base", type=click.Path(path_type=Path, exists=True), help="Base checkpoint.  [default: the installed one]")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Run folder: checkpoint, metrics, and the model at the end.")
@click.option("--threads", type=int, help="CPU threads.")
def syntax(recipe: Path, data: Path, base: Path | None, out: Path, threads: int | None) -> None:
    """Train the syntax model. A run that was stopped goes on where it was: give the same --out."""
    from factcheck.claims.training.loop import read_syntax_recipe
    from factcheck.claims.training.run import train_syntax_from_recipe
    from factcheck.networks.bases import base_folder
    from factcheck.networks.memory import keep_freed_memory

    keep_freed_memory()
    folder = train_syntax_from_recipe(
        read_syntax_recipe(recipe),
        data=data,
        base=base or base_folder(),
        out=out,
        threads=threads,
        tell=lambda line: click.echo(line, err=True),
    )
    click.echo(folder)


@click.command("syntax-scores")
@click.option("--model", "folder", type=click.Path(path_type=Path, exists=True), required=True, help="A syntax model's folder.")
@_data
@click.option("--treebank", "treebanks", multiple=True, help="File under syntax/.")
@click.option("--genre", help="Only documents whose name holds this.")
@click.option("--names", "named_files", multiple=True, help="File under ner/.")
def scores(folder: Path, data: Path, treebanks: tuple[str, ...], genre: str | None, named_files: tuple[str, ...]) -> None:
    """Measure a syntax model on raw text: F1 of words, sentences, tags, lemmas, arcs (uas, las) and names; and words a second."""
    import json
    import time

    from factcheck.claims.syntax import Syntax
    from factcheck.claims.training.examples import named
    from factcheck.claims.training.raw import name_scores, treebank_scores
    from factcheck.claims.training.treebank import non_commercial, read_treebank

    model = Syntax(folder)
    table = data / "syntax" / "gum-docs.tsv"
    leave_out = non_commercial(table) if table.exists() else frozenset[str]()
    for name in treebanks:
        path = data / "syntax" / name
        sentences = [s for s in read_treebank(path, leave_out=leave_out) if genre is None or genre in s.document]
        start = time.perf_counter()
        figures = treebank_scores(model.parse, sentences)
        figures["words_a_second"] = round(sum(map(len, sentences)) / (time.perf_counter() - start))
        click.echo(json.dumps({"treebank": name, **({"genre": genre} if genre else {}), **figures}))
    for name in named_files:
        click.echo(json.dumps({"names": name, **name_scores(model.parse, list(named(data / "ner" / name)))}))


@click.command("splitter-scores")
@click.option("--whole", is_flag=True, help="Take each sentence as one claim: what a splitter must beat.")
@click.argument("files", nargs=-1, required=True, metavar="FACTS...", type=click.Path(path_type=Path))
def splitter_scores(files: tuple[Path, ...], whole: bool) -> None:
    """Measure the splitter on FACTS: JSON lines, gzip, with a sentence and the claims that people made of it."""
    import json

    from factcheck.claims import as_article, read_claims
    from factcheck.claims.training.facts import fact_scores

    def split(sentence: str) -> list[str]:
        return [sentence] if whole else [c.text for c in read_claims(as_article(sentence)).claims]

    for file in files:
        click.echo(json.dumps({"facts": file.name, **fact_scores(file, split)}))


@click.command("gap-scores")
@click.argument("file", metavar="GAP", type=click.Path(path_type=Path))
def gap_scores(file: Path) -> None:
    """Measure how pronouns are resolved on GAP: JSON lines, gzip, with a text, a pronoun and two candidates."""
    import json

    from factcheck.claims.syntax import load_syntax
    from factcheck.claims.training.gap import gap_score

    click.echo(json.dumps({"gap": file.name, **gap_score(file, load_syntax().parse)}))
