"""Verdicts: pure functions from scores to supported, contradicted, disputed or unsupported."""

from factcheck.verdicts.combine import Combiner
from factcheck.verdicts.decide import Judged, Thresholds, decide

__all__ = ["Combiner", "Judged", "Thresholds", "decide"]
