"""Measuring the whole tool: reports against gold clusters, and claims against documents with known answers."""
