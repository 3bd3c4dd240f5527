"""Whatever the words of a claim and a passage: comparing them ends in an answer, never in an error."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.quantities import find
from factcheck.verdicts.aligned import compare_figures
from factcheck.verdicts.figures import figures
from factcheck.verdicts.kinds import kind_of
from factcheck.verdicts.missing import missing
from factcheck.verdicts.outdated import outdated
from factcheck.verdicts.rules import no_support
from factcheck.verdicts.witness import witness

_EXAMPLES = int(os.environ.get("FACTCHECK_EXAMPLES", "200"))

_PIECES = st.sampled_from(
    "1 2 05 12:30 99:99 3.5 1,200 5'100 2026 1998 ² ½ ፩ ٣ Ⅻ ① % $ € £ per cent million bn m km °C kg May march Monday June 31 32 "
    "0 -7 – - / x about more than at least up to between and from to or half twice dozen first third two-thirds people seats the "
    "Mayor Anna Holt said denied may will not no all some only “ ” ' ’ ( ) [ ] . , ; : ? ! … "
    "\x00 \x85 \u202e \ud800 \U0010ffff é e\u0301 ﬁ ß İ".split(" ")
)
_TEXTS = st.builds(str.join, st.sampled_from((" ", "")), st.lists(_PIECES | st.text(max_size=6), max_size=14))


@settings(max_examples=_EXAMPLES, derandomize=_EXAMPLES == 200, database=None, deadline=None)
@given(_TEXTS, _TEXTS, _TEXTS)
def test_any_two_texts_can_be_compared(claim: str, before: str, passage: str) -> None:
    context = f"{before} {passage}"
    assert all(text == text[: q.start] + text[q.start : q.end] + text[q.end :] for text in (claim, context) for q in find(text))
    figures(claim)
    compare_figures(claim, passage, context)
    kind_of(claim, passage)
    missing(claim, [passage, context])
    outdated(claim, passage, dt.date(2026, 5, 1), dt.date(2026, 5, 3))
    no_support(claim, passage, context)
    assert all(value == value and abs(value) < 1e6 for value in witness(claim, passage, context))


@pytest.mark.parametrize("row", ["9" * 5_000, "1," * 300, "12:" * 300, "1 12:30 " * 50, "½" * 200, "two " * 200, "May 1 " * 200])
def test_a_long_row_of_figures_can_be_compared(row: str) -> None:
    test_any_two_texts_can_be_compared.hypothesis.inner_test(row, "On 1 May ", row + " people")  # type: ignore[attr-defined]
