"""ONS Explore Local Statistics: one CSV per topic, districts and larger areas.

Codes of other nations are left out, as are areas we do not keep. A few rows come
twice under two geographies with the same figures; different figures for one key
stop the build. A district that got a new code without new borders to speak of is
read under the code that we know.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import level_of, native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.corrections import CORRECTIONS
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

_COLUMNS = (
    "areacd",
    "indicator",
    "period",
    "observation",
    "measure",
    "lci_95",
    "uci_95",
    "status",
    "notes",
)
_ITL1_TO_GSS = {
    "TLB": "E92000001",
    "TLC": "E12000001",
    "TLD": "E12000002",
    "TLE": "E12000003",
    "TLF": "E12000004",
    "TLG": "E12000005",
    "TLH": "E12000006",
    "TLI": "E12000007",
    "TLJ": "E12000008",
    "TLK": "E12000009",
}
_MAX_NAMED = 5
_NUMBERS = ["observation", "lci_95", "uci_95"]


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one series; `[build]`: `dataset`, `indicator`, `measure`.

    May be left out: `days_are_months` (a single day stands for its month),
    `provisional` (periods that the publisher may revise), `not_ranked` (codes of areas
    whose figures mislead).
    """
    name = record.build["dataset"]
    file = f"ons_els/{name}/{name}.csv"
    table = read_csv(sources, file, _COLUMNS)
    chosen = (table["indicator"] == record.build["indicator"]) & (
        table["measure"] == record.build["measure"]
    )
    if not chosen.any():
        wanted = f"{record.build['indicator']!r} as {record.build['measure']!r}"
        found = sorted(set(table["indicator"] + " / " + table["measure"]))
        problem = Problem(file, "indicator, measure", str(found), wanted)
        raise SourceError("A series is not in its file:", [problem])
    table = table.loc[chosen].assign(
        areacd=lambda rows: rows["areacd"].replace(_ITL1_TO_GSS)
    )
    table = _keep_known(_take_recoded(table, frame), record, frame)
    table = table.drop_duplicates(["areacd", "period", *_NUMBERS, "status"])
    require_unique(file, table, ["areacd", "period"])
    return _to_native(table.assign(period=_periods(table, record)), file, record)


def _take_recoded(table: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Read districts that got a new code under the old one, which wins where both."""
    districts = frame.successors["old_level"].eq("lad")
    recoded = frame.successors.loc[districts & frame.successors["change"].eq("X")]
    names = recoded.set_index("old_code")["new_code"]
    is_new = table["areacd"].isin(names.index)
    renamed = table.assign(areacd=table["areacd"].replace(names.to_dict()))
    keys = pd.MultiIndex.from_frame(renamed[["areacd", "period"]])
    return renamed.loc[~is_new | ~keys.isin(keys[~is_new])]


def _keep_known(table: pd.DataFrame, record: Indicator, frame: Frame) -> pd.DataFrame:
    levels = level_of(table["areacd"])
    known = table["areacd"].isin(frame.areas["area_code"]) & levels.notna()
    if record.finest_level == "utla":
        # Unitary districts of the region are upper-tier areas too; of the rest of
        # England we hold districts only.
        upper = table["areacd"].isin(frame.codes("utla"))
        levels = levels.mask(upper, "utla")
        known &= levels.ne("lad24")
    return table.assign(level=levels).loc[known]


def _periods(table: pd.DataFrame, record: Indicator) -> pd.Series[str]:
    periods = table["period"]
    single_day = periods.str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    if record.build.get("days_are_months"):
        return periods.where(~single_day, periods.str.slice(stop=8) + "01/P1M")
    return periods.where(~single_day, periods + "/P1D")


def _to_native(table: pd.DataFrame, file: str, record: Indicator) -> pd.DataFrame:
    numbers = table[_NUMBERS].apply(pd.to_numeric)
    value, lower, upper = (numbers[name] for name in _NUMBERS)
    _check_limits(file, table, value, lower, upper)
    return native_table(
        {
            "level": table["level"],
            "area_code": table["areacd"].astype(object),
            "period": table["period"],
            "value": value,
            "lower_ci": lower.where(value.notna()),
            "upper_ci": upper.where(value.notna()),
            "status": _statuses(table, value, file, record),
        }
    )


def _check_limits(
    file: str,
    table: pd.DataFrame,
    value: pd.Series[float],
    lower: pd.Series[float],
    upper: pd.Series[float],
) -> None:
    """Raise where a value has limits and does not lie between them."""
    has_limits = value.notna() & (lower.notna() | upper.notna())
    outside = has_limits & ~(lower.le(value) & upper.ge(value))
    if outside.any():
        keys = (table["areacd"] + " " + table["period"]).loc[outside]
        problem = Problem(
            file,
            "lci_95, uci_95",
            ", ".join(keys.head(_MAX_NAMED)),
            "limits on both sides of the figure",
            f"If they are a mistake, write a correction in data/{CORRECTIONS}",
        )
        raise SourceError("Limits do not enclose their figure:", [problem])


def _statuses(
    table: pd.DataFrame, value: pd.Series[float], file: str, record: Indicator
) -> pd.Series[str]:
    notes = table["notes"].astype(str)
    provisional = notes.str.contains("provisional", case=False)
    provisional |= table["period"].isin(record.build.get("provisional", []))
    # The publisher's own warning of samples of three to nine people.
    unreliable = notes.str.contains("unreliable", case=False)
    named = record.build.get("not_ranked", [])
    absent = sorted(set(named) - set(table.loc[value.notna(), "areacd"]))
    if absent:
        problem = Problem(file, "areacd", "no figure", ", ".join(absent))
        raise SourceError("An area that is not to be ranked has no figure:", [problem])
    status = pd.Series("published", index=table.index).mask(provisional, "provisional")
    status = status.mask(unreliable | table["areacd"].isin(named), "not_ranked")
    withheld = notes.str.contains("suppress", case=False)
    missing = withheld.map({True: "suppressed", False: "not_available"})
    return status.mask(value.isna(), missing)
