"""The arithmetic of a network's matrix products."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from factcheck.errors import ModelError
from factcheck.types import PRECISIONS


def known_precision(name: str) -> str:
    """``name``, if it is one of :data:`factcheck.types.PRECISIONS`. Raises ModelError E300."""
    if name not in PRECISIONS:
        raise ModelError("E300", f"unknown precision {name!r}", f"use {', '.join(PRECISIONS[:-1])} or {PRECISIONS[-1]}")
    return name


@contextmanager
def products(precision: str) -> Iterator[None]:
    """Let torch multiply float32 matrices as ``precision`` allows.

    "mixed": the processor's bf16 matrix units round the factors and add up in float32; without such units nothing changes. Faster than
    float32 for large networks (reports/quality.md), and how pairs are batched moves a score far less than where all is bf16.
    Anything else: exact float32 products.
    """
    import torch

    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium" if precision == "mixed" else "highest")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)
