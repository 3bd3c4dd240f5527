"""Evidence: passages of the other articles, found by their words; copies told from sources of their own."""

from factcheck.evidence.independence import Origins, Tie, copies
from factcheck.evidence.passages import Passage, passages
from factcheck.evidence.retrieval import Retriever

__all__ = ["Origins", "Passage", "Retriever", "Tie", "copies", "passages"]
