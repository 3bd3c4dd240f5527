"""The server as `factcheck lsp` starts it, with a model that judges by a rule instead of a network."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np

from factcheck.config import Config
from factcheck.errors import ModelError
from factcheck.judging import Judge
from factcheck.lsp.checking import Checker
from factcheck.lsp.server import serve
from factcheck.models.protocol import Scores
from factcheck.quantities import find, same
from factcheck.text import terms
from factcheck.types import ModelInfo


class Rule:
    """Sentences that share most words tell of one thing: they state it if their figures agree, else they deny it.

    On standard error, a line a call: how many pairs it read. A claim about slow things takes a second.
    """

    info = ModelInfo("rule", "0", "float32")
    verdict_settings = None

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        sys.stderr.write(f"READ {len(pairs)}\n")
        if any("slow" in claim for _, claim in pairs):
            time.sleep(1.5)
        if any("crash" in claim for _, claim in pairs):
            raise RuntimeError("the model is broken")
        return np.array([self.row(*pair) for pair in pairs], dtype=np.float32)

    def row(self, premise: str, claim: str) -> tuple[float, float, float]:
        mine, theirs = set(terms(claim)), set(terms(premise))
        if len(mine & theirs) < 0.5 * len(mine):
            return 0.01, 0.98, 0.01
        agree = [same(q, p) for q in find(claim) for p in find(premise) if same(q, p) is not None]
        return (0.01, 0.01, 0.98) if agree and not any(agree) else (0.98, 0.01, 0.01)


def open_judge(config: Config) -> Judge:
    if config.model == "none":
        raise ModelError("E305", "no such model", "name another")
    return Judge(Rule())


if __name__ == "__main__":
    serve(Checker({}, {}, open_judge), sys.stdin.buffer, sys.stdout.buffer, delay_s=0.1)
