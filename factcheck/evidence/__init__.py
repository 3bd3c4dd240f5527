"""Evidence: passages of the other articles, found by their words; copies told from sources of their own."""

from factcheck.evidence.independence import Origins, Tie, copies
from factcheck.evidence.passages import Passage, passages
from factcheck.evidence.retrieval import Retriever
from factcheck.evidence.together import Pair, pairs

__all__ = ["Origins", "Pair", "Passage", "Retriever", "Tie", "copies", "pairs", "passages"]
