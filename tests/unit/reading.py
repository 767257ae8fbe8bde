"""Run one reader on files that are made up for a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import Reader
from lpipgeo.build.sources import Sources
from tests.build_factories import write_sources
from tests.factories import make_indicator


def read(
    reader: Reader,
    folder: Path,
    frame: Frame,
    contents: dict[str, bytes],
    fields: dict[str, Any] | None = None,
    **build: object,
) -> pd.DataFrame:
    sources = Sources(write_sources(folder, contents))
    shape = {"aggregation": "none", "build": {"reader": "any", **build}}
    record = make_indicator(**(shape | (fields or {})))
    return reader(record, sources, frame).set_index("area_code")
