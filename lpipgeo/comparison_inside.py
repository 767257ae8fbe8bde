"""Inside compared areas: how the neighbourhoods of each differ, and of them together.

An average hides who is left behind inside an area. Each area's neighbourhoods are those
of `area_inside`, all of one level and period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_inside import SMALL_LEVELS, Inside, read_inside
from lpipgeo.england import edge_of_last_tenth
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.levels import ENGLAND, LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import read_values
from lpipgeo.outcomes import NUMBER_IN_SET
from lpipgeo.paths import DataFolder

# Of these the publisher gives each neighbourhood's tenth of England itself.
PUBLISHED_TENTHS = dict.fromkeys(("imd_score", "imd_rank", "imd_decile"), "imd_decile")
HAS_ZERO = ("proportion", "rate", "ratio", "mean", "median", "concentration")


@dataclass(frozen=True)
class AreaInside:
    """One area of a set with its neighbourhoods.

    Attributes
    ----------
    area : of the set
    inside : its smaller areas, all of one level and period
    own : the area's own figure of this period; NaN where it has none
    in_tenth : the percentage of the smaller areas with a figure that are in England's
        worst (or highest) tenth; NaN where England's tenths are not known
    """

    area: Area
    inside: Inside
    own: float
    in_tenth: float

    @property
    def ratio(self) -> float:
        """Return the ninetieth as a multiple of the tenth percentile; NaN below 0."""
        return (
            self.inside.ninetieth / self.inside.tenth if self.inside.tenth > 0 else nan
        )


@dataclass(frozen=True)
class InsideSet:
    """The neighbourhoods of compared areas.

    Attributes
    ----------
    indicator : its record
    level, period : of all smaller areas; "" where `reason` is given
    areas : those with smaller areas inside, in the set's order
    england : England's figure of this period; NaN where there is none
    tenth : what is counted by `AreaInside.in_tenth`, such as "worst tenth"
    left_out : the other areas, each with a sentence that says why
    reason : why there is nothing to show; else ""
    """

    indicator: Indicator
    level: str = ""
    period: str = ""
    areas: tuple[AreaInside, ...] = ()
    england: float = nan
    tenth: str = ""
    left_out: tuple[tuple[Area, str], ...] = ()
    reason: str = ""

    @property
    def plural(self) -> str:
        """Return what the smaller areas are called inside a sentence."""
        return LEVELS[self.level].plural_in_text


def find_inside_level(indicator: Indicator, catalogue: Catalogue) -> str | None:
    """Return the finest level of small areas with exact figures; None where none is."""
    if indicator.value_type == "count":
        return None
    for level in SMALL_LEVELS:
        held = (indicator.id, level) in catalogue.periods_by_level
        if held and indicator.is_exact(level):
            return level
    return None


def read_inside_set(
    codes: Sequence[str], indicator_id: str, *, data: DataFolder = None
) -> InsideSet:
    """Return how the neighbourhoods inside each area of a set differ.

    Parameters
    ----------
    codes : area codes, in the order in which they are shown
    indicator_id : its newest figures at the finest level with exact figures are taken

    Raises
    ------
    UnknownAreaError, UnknownIndicatorError
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    indicator = catalogue.find(indicator_id)
    level = find_inside_level(indicator, catalogue)
    if level is None:
        return InsideSet(indicator, reason=_why_none(indicator, catalogue))
    period = catalogue.latest(indicator.id, level)
    own = read_values(indicator.id, [*codes, ENGLAND], period, data=data)
    tenth = _find_tenth(indicator, level, period, data)
    areas, left_out = [], []
    for code in codes:
        area = index.find(code)
        try:
            inside = read_inside(area.code, indicator.id, level, data=data)
        except SelectionError as error:
            left_out.append((area, _why_left_out(area, level, error)))
            continue
        share = tenth.share_of(inside.ranked)
        areas.append(AreaInside(area, inside, _own(own, area.code), share))
    return InsideSet(
        indicator,
        level,
        period,
        tuple(areas),
        _own(own, ENGLAND),
        tenth.name,
        tuple(left_out),
        "" if areas else "None of these areas has smaller areas inside.",
    )


def has_true_zero(indicator: Indicator) -> bool:
    """Return whether twice the figure is twice as much, unlike with a score."""
    return indicator.value_type in HAS_ZERO and indicator.valid_range[0] >= 0


def _why_none(indicator: Indicator, catalogue: Catalogue) -> str:
    if indicator.value_type == "count":
        return NUMBER_IN_SET
    held = [lv for lv in catalogue.levels(indicator.id) if lv in SMALL_LEVELS]
    if held:
        plural = LEVELS[held[0]].plural_in_text
        return f"The publisher allows no exact figures of {plural}."
    both = " or ".join(LEVELS[level].plural_in_text for level in SMALL_LEVELS)
    return f"There are no figures of {both}."


def _why_left_out(area: Area, level: str, error: SelectionError) -> str:
    if level in area.levels:
        return f"It is itself one of the {LEVELS[level].plural_in_text}."
    if area.in_region and area.level in SMALL_LEVELS:
        return f"These figures are of {LEVELS[level].plural_in_text}, which are larger."
    return str(error)


def _own(values: dict[str, tuple[float, str]], code: str) -> float:
    value, status = values.get(code, (nan, "not_available"))
    return nan if status == "inherited" else value


@dataclass(frozen=True)
class _Tenth:
    """England's worst or highest tenth: from an edge on, or the areas themselves."""

    name: str = ""
    edge: float = nan
    is_highest: bool = True
    codes: frozenset[str] | None = None

    def share_of(self, known: pd.DataFrame) -> float:
        """Return the percentage of areas that are in this tenth; NaN for unknown."""
        if not self.name or not len(known):
            return nan
        if self.codes is not None:
            return 100 * float(known["area_code"].isin(self.codes).mean())
        values = known["value"]
        found = values >= self.edge if self.is_highest else values <= self.edge
        return 100 * float(found.mean())


def _find_tenth(
    indicator: Indicator, level: str, period: str, data: DataFolder
) -> _Tenth:
    catalogue, published = read_catalogue(data), PUBLISHED_TENTHS.get(indicator.id, "")
    if period in catalogue.periods_by_level.get((published, level), ()):
        codes = read_areas(data).codes(level)
        tenths = read_values(published, codes, period, data=data)
        first = frozenset(code for code, (tenth, _) in tenths.items() if tenth == 1)
        return _Tenth("most deprived tenth", codes=first)
    is_highest = indicator.polarity != "higher_is_better"
    edge = edge_of_last_tenth(
        indicator.id, level, period, highest=is_highest, data=data
    )
    if edge is None:
        return _Tenth()
    return _Tenth(
        "worst tenth" if indicator.is_judged else "highest tenth", edge, is_highest
    )


def inside_table(found: InsideSet) -> pd.DataFrame:
    """Return what the chart shows as numbers: one row per area, in the set's order.

    Returns
    -------
    DataFrame, key area_code: area_name, own, count (smaller areas with figures), tenth,
    median, ninetieth, gap (ninetieth less tenth; NaN with all percentiles for fewer
    than five), ratio (ninetieth by tenth; NaN without a true zero or from 0 or less),
    in_tenth (percentage in England's worst or highest tenth; NaN where not known). All
    but count, ratio and in_tenth are in the indicator's unit
    """
    has_ratio = has_true_zero(found.indicator)
    rows = [
        {
            "area_name": one.area.name,
            "own": one.own,
            "count": one.inside.known,
            "tenth": one.inside.tenth,
            "median": one.inside.median,
            "ninetieth": one.inside.ninetieth,
            "gap": one.inside.gap,
            "ratio": one.ratio if has_ratio else nan,
            "in_tenth": one.in_tenth,
            "area_code": one.area.code,
        }
        for one in found.areas
    ]
    return pd.DataFrame(rows)


def describe_left_out(found: InsideSet) -> str:
    """Return which areas are not shown and why, in one line; "" where all are."""
    told = [f"{area.name}: {reason}" for area, reason in found.left_out]
    return " ".join(["Not shown.", *told]) if told else ""
