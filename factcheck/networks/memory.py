"""Memory while training."""

from __future__ import annotations

import ctypes
import sys


def keep_freed_memory() -> None:
    """Tell glibc's allocator to keep large freed blocks: mapping them anew each step costs speed. Elsewhere: nothing."""
    if not sys.platform.startswith("linux"):
        return
    try:
        libc = ctypes.CDLL("libc.so.6")
        trim_threshold, mmap_threshold = -1, -3  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of <malloc.h>
        libc.mallopt(trim_threshold, 2**31 - 1)
        libc.mallopt(mmap_threshold, 2**25)  # the most it takes
    except (OSError, AttributeError):
        return
