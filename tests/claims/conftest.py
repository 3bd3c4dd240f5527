"""What several tests of the syntax network share."""

from __future__ import annotations

import pytest

from factcheck.claims.parsing.layout import Layout

from .toy import word_pieces


@pytest.fixture(scope="module")
def layout() -> Layout:
    return Layout(word_pieces())
