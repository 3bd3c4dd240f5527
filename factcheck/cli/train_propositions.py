"""`factcheck train propositions`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("propositions")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True, help="Folder that gets propositions.json."
)
@click.argument("clusters", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def propositions(out: Path, clusters: Path) -> None:
    """Train the network that ranks what a sentence may state, on marked propositions: gzip JSON lines of CLUSTERS as in PropSegmEnt.

    Prints its precision, recall and F1 in cross-validation by cluster; the weights are then fitted on all.
    """
    import json

    import numpy as np

    from factcheck.claims.fine.ranking import FILE
    from factcheck.claims.training.propositions import cross_validated, examples, read_marked, trained
    from factcheck.networks.files import write_manifest

    found = examples(read_marked(clusters))
    figures = cross_validated(found, tell=lambda line: click.echo(line, err=True))
    ranker = trained(found, np.ones(len(found.right), dtype=np.bool_))
    values = {**ranker.as_dict(), "fitted_on": clusters.name, "held_out": {k: round(v, 2) for k, v in figures.items()}}
    (out / FILE).write_text(json.dumps(values, separators=(",", ":")) + "\n", encoding="utf-8")
    if (out / "manifest.json").exists():
        write_manifest(out)
    click.echo(json.dumps(values["held_out"]))
