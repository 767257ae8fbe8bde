"""Where the data lives: one place, one override.

The folder is the argument given, else the environment's ``LPIPGEO_DATA``, else
``data/`` beside the package.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

# What functions take as `data`: a folder as people write it, or None as said above.
DataFolder: TypeAlias = str | Path | None
PROJECT = Path(__file__).resolve().parent.parent
_SHIPPED = PROJECT / "data"


def data_dir(override: DataFolder = None) -> Path:
    """Return the folder that holds areas, boundaries and indicators."""
    if override is not None:
        return Path(override)
    named = os.environ.get("LPIPGEO_DATA")
    return Path(named) if named else _SHIPPED
