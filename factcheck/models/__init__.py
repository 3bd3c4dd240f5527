"""NLI models: the embedded one, local folders, and Hugging Face cross-encoders, behind one method."""

from factcheck.models.loading import load
from factcheck.models.protocol import LABELS, NLIModel

__all__ = ["LABELS", "NLIModel", "load"]
