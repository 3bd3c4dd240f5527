"""Verdicts: pure functions from scores to supported, contradicted, disputed or unsupported."""

from factcheck.verdicts.combine import Combiner
from factcheck.verdicts.decide import Judged, Thresholds, decide
from factcheck.verdicts.scouting import Scouting

__all__ = ["Combiner", "Judged", "Scouting", "Thresholds", "decide"]
