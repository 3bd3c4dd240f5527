"""Verdicts: pure functions from scores to supported, contradicted, disputed or unsupported."""

from factcheck.verdicts.decide import Judged, Thresholds, decide

__all__ = ["Judged", "Thresholds", "decide"]
