"""Tables of the committed data that several modules look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
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


@pytest.fixture(scope="package")
def read_indicator(data_dir: Path) -> Callable[[str], pd.DataFrame]:
    """Read an indicator as the build made it; do not change it."""

    @cache
    def read(indicator: str) -> pd.DataFrame:
        table = pd.read_parquet(data_dir / f"indicators/{indicator}.parquet")
        return table.astype({"status": object})

    return read
