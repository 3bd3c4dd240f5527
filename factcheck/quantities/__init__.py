"""Quantities of a text: counts, percentages, money, measures, durations, ages, dates and times, with exact spans and normal values."""

from factcheck.quantities.compare import same
from factcheck.quantities.finding import find
from factcheck.quantities.quantity import Hedge, Kind, Quantity

__all__ = ["Hedge", "Kind", "Quantity", "find", "same"]
