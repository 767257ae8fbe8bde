"""How many inputs Hypothesis makes up for a test: few by default, more on demand."""

from __future__ import annotations

import os

TIMES = int(os.environ.get("LPIPGEO_EXAMPLES", "1"))


def examples(few: int) -> int:
    """Return a number of examples: `few`, times what LPIPGEO_EXAMPLES says."""
    return few * TIMES
