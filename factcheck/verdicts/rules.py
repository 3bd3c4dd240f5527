"""What keeps a passage from supporting a claim, whatever a model makes of it: hedges, other figures, tampered quotations."""

from __future__ import annotations

from factcheck.types import Rule
from factcheck.verdicts.aligned import another_figure, compare_figures
from factcheck.verdicts.modality import weakens
from factcheck.verdicts.quantifiers import narrower
from factcheck.verdicts.quotes import compare_quotes
from factcheck.verdicts.saying import unproven


def no_support(claim: str, passage: str, context: str) -> Rule | None:
    """Why ``passage`` (in its ``context``) cannot support ``claim``; None if nothing speaks against it.

    A denial is only silenced where the passage speaks of another time: what may be or is only said can still stand against what was stated.
    """
    figures = compare_figures(claim, passage, context)
    if figures is not None and figures.another_time:
        return "speaks of another time"
    if another_figure(claim, passage, context):
        return "has another figure"
    match = compare_quotes(claim, context)
    if match is not None and match.fidelity == "altered":
        return "quotes it with other words"
    if match is not None and match.moved:
        return "gives the words to another speaker"
    if weakens(claim, passage):
        return "says only that it may be or is planned"
    if narrower(claim, passage):
        return "says it of some of them only"
    return "only reports what somebody says" if unproven(claim, passage) else None
