"""Indices of Deprivation 2025: scores and underlying rates of neighbourhoods.

District averages come from MHCLG's own summaries where the record names a column.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.errors import MetadataError, Problem
from lpipgeo.metadata import Indicator

PERIOD = "2025-01-01/P1Y"
_FILES = {
    "scores": "mhclg_iod2025/iod2025_scores_ranks_deciles_lsoa21.parquet",
    "underlying": "mhclg_iod2025/iod2025_underlying_indicators_lsoa21.parquet",
    "subdomains": "mhclg_iod2025/iod2025_subdomains_lsoa21.parquet",
}
_EDITIONS = (
    (
        "mhclg_iod2019/iod2019_ranks_deciles_lsoa11.parquet",
        "lsoa11_code",
        "lsoa11",
        "2019-01-01/P1Y",
    ),
    (_FILES["scores"], "lsoa21_code", "lsoa21", PERIOD),
)
_SUMMARIES = "mhclg_iod2025/iod2025_summaries_lad24.parquet"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one column.

    `[build]`: `file` ("scores", "underlying", "subdomains"), `column`, `factor`
    (default 1), `lad_column` (of the district summaries; may be left out), `is_lad`
    (true where every neighbourhood only repeats its district's figure).
    """
    arguments = record.build
    factor = float(arguments.get("factor", 1))
    file, column = _FILES[arguments["file"]], arguments["column"]
    parts = [("lsoa21", file, "lsoa21_code", column)]
    if "lad_column" in arguments:
        parts.append(("lad24", _SUMMARIES, "ltla24_code", arguments["lad_column"]))
    tables = []
    for level, name, code, wanted in parts:
        table = read_parquet(sources, name, [code, wanted])
        require_unique(name, table, [code])
        if arguments.get("is_lad", False):
            level, table = "lad24", _one_per_district(name, table, code, wanted, frame)
        tables.append(
            native_table(
                {
                    "level": level,
                    "area_code": table[code].astype(object),
                    "period": PERIOD,
                    "value": table[wanted] * factor,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def read_editions(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read a rank or decile of 2019 and 2025; `[build]`: `column`.

    Scores of the two editions cannot be compared, so they are not read here.
    """
    column = record.build["column"]
    if not column.endswith(("_rank", "_decile")):
        problem = Problem(
            f"{record.id}.toml", "build.column", column, "a rank or a decile"
        )
        raise MetadataError("Scores of two editions cannot be compared:", [problem])
    tables = []
    for file, code, level, period in _EDITIONS:
        table = read_parquet(sources, file, [code, column])
        require_unique(file, table, [code])
        tables.append(
            native_table(
                {
                    "level": level,
                    "area_code": table[code].astype(object),
                    "period": period,
                    "value": table[column],
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _one_per_district(
    file: str, table: pd.DataFrame, code: str, column: str, frame: Frame
) -> pd.DataFrame:
    """Return one row per district; raise when its neighbourhoods differ."""
    districts = table[code].map(frame.neighbourhoods["lad24"])
    rows = table.assign(**{code: districts}).drop_duplicates()
    require_unique(file, rows, [code])
    return rows
