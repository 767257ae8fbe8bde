"""Friends of the Earth compilations: energy certificates, flood and heat risk."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.levels import ENGLAND
from lpipgeo.metadata import Indicator

EPC_PERIOD = "2025-04-01/P1M"
FLOOD_PERIOD = "2025-01-01/P1Y"
HEAT_PERIOD = "2022-01-01/P1Y"
_EPC = {
    "msoa21": ("foe/epc-bands-by-msoa21-April25.csv", "msoa21"),
    "lad24": ("foe/epc-bands-by-oslaua-April25.csv", "oslaua"),
}
_INSULATION = "foe/epc-ins-recommendations-by-msoa21-April25.csv"
_HEAT = "foe/heat-risk-MSOA21.csv"
_FLOOD = {
    "lsoa21": ("foe/lsoa21-properties-flooding-rivers-seas.csv", "lsoa21"),
    "lad24": ("foe/oslaua-properties-flooding-rivers-seas.csv", "oslaua"),
}


def _read_english(
    sources: Sources, file: str, code: str, columns: list[str]
) -> pd.DataFrame:
    table = read_csv(sources, file, [code, *columns])
    # Properties that the compilers could not place stand under an empty code.
    table = table.loc[table[code].fillna("").str.startswith("E")]
    require_unique(file, table, [code])
    return table.rename(columns={code: "area_code"})


def read_epc(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read shares of energy certificates; `[build]`: `numerator`, `denominator`."""
    names = [record.build["numerator"], record.build["denominator"]]
    tables = []
    for level, (file, code) in _EPC.items():
        table = _read_english(sources, file, code, names)
        numerator, denominator = table[names[0]], table[names[1]]
        tables.append(
            native_table(
                {
                    "level": level,
                    "area_code": table["area_code"],
                    "period": EPC_PERIOD,
                    "value": record.multiplier * numerator / denominator,
                    "numerator": numerator,
                    "denominator": denominator,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def read_flood(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read counts of properties at risk; `[build]`: `column`."""
    column = record.build["column"]
    tables = []
    for level, (file, code) in _FLOOD.items():
        table = _read_english(sources, file, code, [column])
        tables.append(
            native_table(
                {
                    "level": level,
                    "area_code": table["area_code"],
                    "period": FLOOD_PERIOD,
                    "value": table[column],
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def read_insulation(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read recommendations of certificates; `[build]`: `numerator`, `denominator`.

    The numerator is a list of columns to add up. The source has MSOAs only: districts
    and England are added up here, for their MSOAs outside the region are known.
    """
    wanted, base = record.build["numerator"], record.build["denominator"]
    table = _read_english(sources, _INSULATION, "msoa21", [*wanted, base])
    counts = pd.DataFrame(
        {
            "level": "msoa21",
            "area_code": table["area_code"],
            "numerator": table[wanted].sum(axis=1, skipna=False),
            "denominator": table[base],
            "status": "published",
        }
    )
    msoas = frame.neighbourhoods.drop_duplicates("msoa21").set_index("msoa21")
    parents = {
        "lad24": counts["area_code"].map(msoas["lad24"]),
        "ctry": counts["area_code"].isin(msoas.index).map({True: ENGLAND}),
    }
    tables = [counts]
    for level, parent in parents.items():
        sums = counts.groupby(parent)[["numerator", "denominator"]].sum().reset_index()
        sums.columns = pd.Index(["area_code", "numerator", "denominator"])
        tables.append(sums.assign(level=level, status="aggregated"))
    found = pd.concat(tables, ignore_index=True)
    share = found["numerator"] / found["denominator"].where(found["denominator"] > 0)
    found = found.assign(value=record.multiplier * share)
    found["status"] = found["status"].mask(found["value"].isna(), "not_available")
    return native_table({**found, "period": EPC_PERIOD})


def read_heat(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the class of heat risk as a number: 1 is the record's first class name."""
    table = _read_english(sources, _HEAT, "msoa21", ["heat_vuln_risk"])
    numbers = {name: i for i, name in enumerate(record.class_names, start=1)}
    found = table["heat_vuln_risk"].dropna()
    strange = sorted(set(found) - set(numbers))
    if strange:
        problem = Problem(_HEAT, "heat_vuln_risk", str(strange), str(list(numbers)))
        raise SourceError("There are classes that the record does not name:", [problem])
    return native_table(
        {
            "level": "msoa21",
            "area_code": table["area_code"],
            "period": HEAT_PERIOD,
            "value": table["heat_vuln_risk"].map(numbers),
        }
    )
