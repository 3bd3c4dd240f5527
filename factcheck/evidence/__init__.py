"""Evidence: passages of the other articles, found by their words; copies told from sources of their own."""

from factcheck.evidence.independence import copies
from factcheck.evidence.passages import Passage, passages
from factcheck.evidence.retrieval import Retriever

__all__ = ["Passage", "Retriever", "copies", "passages"]
