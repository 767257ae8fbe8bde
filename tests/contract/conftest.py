"""Tables of the committed geography that several modules look at."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="package")
def areas(data_dir: Path) -> pd.DataFrame:
    """Every area with its name and levels; read it, do not change it."""
    return pd.read_parquet(data_dir / "areas/areas.parquet")


@pytest.fixture(scope="package")
def parents(data_dir: Path) -> pd.DataFrame:
    """Which larger areas every area lies in; read it, do not change it."""
    return pd.read_parquet(data_dir / "areas/parents.parquet")
