"""The profile of a custom area: every figure that can honestly be worked out for it.

Numbers are added up, shares and rates are made anew from their added parts, means are
weighted by residents: by the rule that the indicator's record states for larger areas.
What cannot be combined is refused with its reason: medians, scores, indices, ranks,
classes, models without counts, and figures that neighbourhoods do not have.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.combining import combine, rule_in_words
from lpipgeo.custom_area import NEIGHBOURHOOD, CustomArea, make_area
from lpipgeo.formatting import band_text
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.intervals import Figure, add_limits
from lpipgeo.levels import ENGLAND, LEVELS, REGION
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import read_at
from lpipgeo.outcomes import Outcome, compare
from lpipgeo.paths import DataFolder
from lpipgeo.periods import period_label

CODE = "custom"  # stands for the area's code in figures and tables
MIN_SHARE = 0.8  # of residents: with fewer, no figure is given
MAX_DISTRICTS = 3  # beside which a custom area is shown
# From the size of the smallest MSOAs on, bands of neighbourhoods no longer bind.
RESIDENTS_OF_AN_MSOA = 5_000
COVERED_RULE = (
    "A figure is given where neighbourhoods with at least 80 % of the residents have a "
    "figure of their own, and is marked converted where some have none. A number is "
    "given only where all have one, for a sum without a part would be too small."
)
_NOT_OWN = ("inherited",)


@dataclass(frozen=True, slots=True)
class Beside:
    """A larger area's figure of the same period, and what the comparison found."""

    area: Area
    figure: Figure | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CustomRow:
    """One indicator of a custom area.

    Attributes
    ----------
    figure : value, limits, period and status, which is never "published"
    level : whose rules for bands hold, by the number of residents
    numerator, denominator : what the value is made from; NaN where it has no parts
    share_covered : of residents who live in neighbourhoods with a figure, 0 to 1
    rule : how the figure was worked out, in words
    beside : its districts (where there are few), the region and England
    """

    indicator: Indicator
    figure: Figure
    level: str
    numerator: float
    denominator: float
    share_covered: float
    rule: str
    beside: tuple[Beside, ...]

    @property
    def band(self) -> str | None:
        """The band to quote where the publisher allows no exact figure, else None."""
        edges = self.indicator.bands.get(self.level)
        return band_text(self.figure.value, edges) if edges else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An indicator without a figure for a custom area, and the reason as a sentence."""

    indicator: Indicator
    reason: str


@dataclass(frozen=True, slots=True)
class CustomProfile:
    """All that is known of a custom area, in catalogue order."""

    area: CustomArea
    rows: tuple[CustomRow, ...]
    refused: tuple[Refusal, ...]

    def frame(self) -> pd.DataFrame:
        """Return one row per indicator with a figure, to take away.

        Returns
        -------
        DataFrame, key `indicator_id`: custom_area, neighbourhoods, residents (of the
        custom area), indicator_id, indicator, theme, period, period_label, value (null
        where only a band may be quoted, and so are its parts), band, unit, numerator,
        denominator, lower_ci, upper_ci, limits, status, share_covered (of residents),
        rule, england_value, england_outcome, region_value, region_outcome, districts
        (value and outcome of each as text; null where they are many), source, licence.
        Missing values are null.
        """
        return pd.DataFrame([self._cells(row) for row in self.rows])

    def _cells(self, row: CustomRow) -> dict[str, Any]:
        record, figure, band = row.indicator, row.figure, row.band
        larger = {one.area.code: one for one in row.beside}
        texts = [
            f"{one.area.name}: {_number(one)} ({one.outcome.word})"
            for one in row.beside
            if one.area.code not in (ENGLAND, REGION)
        ]
        sources = record.sources
        return {
            "custom_area": self.area.name,
            "neighbourhoods": len(self.area.codes),
            "residents": self.area.residents,
            "indicator_id": record.id,
            "indicator": record.title,
            "theme": record.theme,
            "period": figure.period,
            "period_label": period_label(figure.period),
            "value": math.nan if band else figure.value,
            "band": band,
            "unit": record.unit,
            "numerator": math.nan if band else row.numerator,
            "denominator": math.nan if band else row.denominator,
            "lower_ci": figure.lower,
            "upper_ci": figure.upper,
            "limits": figure.limits,
            "status": figure.status,
            "share_covered": row.share_covered,
            "rule": row.rule,
            **_larger("england", larger.get(ENGLAND)),
            **_larger("region", larger.get(REGION)),
            "districts": "; ".join(texts) or None,
            "source": "; ".join(f"{s.publisher}: {s.title}" for s in sources),
            "licence": record.licences,
        }

    def refusals(self) -> pd.DataFrame:
        """Return the indicators without a figure: indicator_id, indicator, reason."""
        rows = [(r.indicator.id, r.indicator.title, r.reason) for r in self.refused]
        return pd.DataFrame(rows, columns=["indicator_id", "indicator", "reason"])


def _number(beside: Beside) -> str:
    figure = beside.figure
    missing = figure is None or math.isnan(figure.value)
    return "no figure" if missing or figure is None else f"{figure.value:g}"


def _larger(name: str, beside: Beside | None) -> dict[str, Any]:
    figure = beside.figure if beside else None
    return {
        f"{name}_value": figure.value if figure else math.nan,
        f"{name}_outcome": beside.outcome.word if beside else None,
    }


def custom_profile(
    codes: Iterable[str],
    name: str = "Custom area",
    *,
    data: DataFolder = None,
) -> CustomProfile:
    """Return the figures of an area of chosen neighbourhoods, newest period each.

    Parameters
    ----------
    codes : of LSOAs (2021) of the region

    Raises
    ------
    UnknownAreaError
    SelectionError : too few or too many neighbourhoods; see `custom_area.make_area`
    """
    area = make_area(codes, name, data=data)
    catalogue = read_catalogue(data)
    records = catalogue.active
    reasons = {r.id: why_refused(r, catalogue) for r in records}
    usable = [record for record in records if not reasons[record.id]]
    periods = {r.id: catalogue.latest(r.id, NEIGHBOURHOOD) for r in usable}
    made = _combined(area, usable, periods, data)
    beside = _Larger(area, usable, periods, data)
    rows, refused = [], []
    for record in records:
        reason = reasons[record.id] or _why_missing(made, record)
        if reason:
            refused.append(Refusal(record, reason))
        else:
            rows.append(_row(area, record, made[record.id], beside))
    return CustomProfile(area, tuple(rows), tuple(refused))


def why_refused(record: Indicator, catalogue: Catalogue) -> str:
    """Return why no custom area has a figure of an indicator, or ""."""
    levels = catalogue.levels(record.id)
    if NEIGHBOURHOOD not in levels:
        finest = LEVELS[levels[0]].plural_in_text if levels else "no area"
        return f"Neighbourhoods have no figures of it; the finest are of {finest}."
    if record.class_names:
        return "The publisher gives classes, which cannot be added up or averaged."
    if record.value_type == "median":
        return (
            "It is a median: that of a larger area is not the average of the medians "
            "inside, so it cannot be worked out from them."
        )
    if record.value_type == "index":
        return (
            "It is a score, rank or index, made for comparing neighbourhoods; its "
            "points are no quantity that can be added up."
        )
    if record.aggregation == "none":
        return f"It cannot be worked out from neighbourhoods. {record.aggregation_note}"
    if record.aggregation == "weighted_mean" and record.value_status == "modelled":
        return (
            "It comes from a model that gives no counts, so there are no parts to add "
            "up."
        )
    if record.aggregation_weight == "households":
        return (
            "It would be a mean weighted by households, and their number in each "
            "neighbourhood is not held here."
        )
    return ""


def _combined(
    area: CustomArea,
    records: list[Indicator],
    periods: Mapping[str, str],
    data: DataFolder,
) -> dict[str, dict[str, Any]]:
    """Return figures by indicator: `combine` says the columns, and `add_limits`.

    `share_covered` is of residents, `whole` whether every neighbourhood has a figure.
    """
    if not records:
        return {}
    found = read_at(periods, area.codes, data=data)
    weights = read_areas(data).table["residents"]
    numbers = ["value", "numerator", "denominator"]
    found[numbers] = found[numbers].mask(found["status"].isin(_NOT_OWN))
    parts = []
    for record in records:
        own = found[found["indicator_id"] == record.id].assign(parent_code=CODE)
        sums = combine(own, record, weights).assign(indicator_id=record.id)
        statuses = own.loc[own["value"].notna(), "status"]
        parts.append(sums.assign(parts_statuses=" ".join(sorted(set(statuses)))))
    made = pd.concat(parts, ignore_index=True).rename(columns={"parent_code": "code"})
    made["share_covered"] = (made["weight"] / area.residents).fillna(0.0)
    made["whole"] = made["parts"] == len(area.codes)
    pairs = zip(made["parts_statuses"], made["whole"], strict=True)
    made["status"] = [_status(set(texts.split()), whole) for texts, whole in pairs]
    made = made.assign(lower_ci=math.nan, upper_ci=math.nan)
    with_limits = add_limits(made, {record.id: record for record in records})
    rows = with_limits.to_dict("records")
    return {
        str(row["indicator_id"]): {str(k): v for k, v in row.items()} for row in rows
    }


def _status(parts: set[str], whole: bool) -> str:
    """Return the status of a figure made from parts of these: the most careful one."""
    for status in ("not_ranked", "modelled"):
        if status in parts:
            return status
    if not whole or "converted" in parts:
        return "converted"
    return "provisional" if "provisional" in parts else "aggregated"


def _why_missing(made: dict[str, dict[str, Any]], record: Indicator) -> str:
    """Return why one area has no figure, though the indicator allows it, or ""."""
    found = made.get(record.id)
    if found is None or math.isnan(found["value"]):
        return "None of its neighbourhoods has a figure of its own."
    if record.aggregation == "sum" and not found["whole"]:
        return (
            "Some of its neighbourhoods have no figure of their own, and a sum without "
            "them would be too small."
        )
    if found["share_covered"] < MIN_SHARE:
        percent = math.floor(100 * found["share_covered"])
        return (
            f"Only {percent} % of its residents live in neighbourhoods with a figure "
            f"of their own; at least {100 * MIN_SHARE:.0f} % are needed."
        )
    return ""


class _Larger:
    """Figures of the larger areas beside which a custom area is shown."""

    def __init__(
        self,
        area: CustomArea,
        records: list[Indicator],
        periods: Mapping[str, str],
        data: DataFolder,
    ) -> None:
        index = read_areas(data)
        districts = [code for code, _, _ in area.districts]
        codes = [*(districts if len(districts) <= MAX_DISTRICTS else ()), REGION]
        self.areas = [index.find(code) for code in [*codes, ENGLAND]]
        found = read_at(periods, [a.code for a in self.areas], data=data)
        found = add_limits(found, {record.id: record for record in records})
        self.figures: dict[tuple[str, str, str], Figure] = {}
        for row in found.to_dict("records"):
            figure = _figure(str(row["area_code"]), row)
            key = (str(row["indicator_id"]), figure.area_code, figure.period)
            self.figures[key] = figure

    def beside(self, record: Indicator, level: str, here: Figure) -> tuple[Beside, ...]:
        """Return each larger area with its figure of the same period."""
        found = []
        for area in self.areas:
            there = self.figures.get((record.id, area.code, here.period))
            outcome = compare(record, level, here, there)
            found.append(Beside(area, there, outcome))
        return tuple(found)


def _figure(code: str, row: Mapping[Any, Any]) -> Figure:
    """Return a row of a table with limits as a figure."""
    numbers = (float(row[name]) for name in ("value", "lower_ci", "upper_ci"))
    value, lower, upper = numbers
    period, status = str(row["period"]), str(row["status"])
    return Figure(code, period, value, lower, upper, status, str(row["limits"]))


def _row(
    area: CustomArea, record: Indicator, made: dict[str, Any], larger: _Larger
) -> CustomRow:
    level = NEIGHBOURHOOD if area.residents < RESIDENTS_OF_AN_MSOA else "msoa21"
    figure = _figure(CODE, made)
    rule = rule_in_words(record)
    if not made["whole"]:
        percent = math.floor(100 * made["share_covered"])
        rule += (
            f" Neighbourhoods with {percent} % of the residents have a figure of their "
            "own; the others are left out."
        )
    return CustomRow(
        record,
        figure,
        level,
        float(made["numerator"]),
        float(made["denominator"]),
        float(made["share_covered"]),
        rule,
        larger.beside(record, level, figure),
    )
