"""Areas side by side: which figures of them may be compared, and which may not and why.

Made from profiles, so that a comparison says of an area what its profile says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.intervals import Figure
from lpipgeo.level_figures import read_level
from lpipgeo.levels import COMBINED_AUTHORITY
from lpipgeo.metadata import Indicator
from lpipgeo.outcomes import NOT_COMPARED, NUMBER_IN_SET, Outcome
from lpipgeo.periods import period_label
from lpipgeo.similar_districts import read_peers

MAX_AREAS = 10
ITSELF = Outcome(NOT_COMPARED, reason="The others are compared with this area.")
_DEPRIVATION = "income_deprivation"


@dataclass(frozen=True, slots=True)
class Preset:
    """A set of areas that is compared often.

    Attributes
    ----------
    name : for the button
    codes : at most `MAX_AREAS`, in shown order
    """

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One indicator of all areas of a set.

    Attributes
    ----------
    indicator : its record
    period : of all figures
    cells : one per area, in the set's order; None where the area has no figure of its
        own
    """

    indicator: Indicator
    period: str
    cells: tuple[ProfileRow | None, ...]

    @property
    def benchmark(self) -> Figure | None:
        """The figure of what the areas are compared with; None where there is none."""
        return next((c.benchmark for c in self.cells if c and c.benchmark), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Indicators of a set of areas.

    Attributes
    ----------
    areas : in the set's order
    rows : those that can be compared, in the order asked for
    left_out : the other indicators, each with a sentence that says why
    """

    areas: tuple[Area, ...]
    rows: tuple[ComparedRow, ...]
    left_out: tuple[tuple[Indicator, str], ...]

    def in_order_of(self, indicator_id: str) -> Comparison:
        """Return the same with the areas in order of one figure, the highest first.

        Areas without this figure come last. Unchanged where the indicator is no row.
        """
        row = next((r for r in self.rows if r.indicator.id == indicator_id), None)
        if row is None:
            return self

        def key(place: int) -> tuple[bool, float]:
            cell = row.cells[place]
            return cell is None, -cell.figure.value if cell else 0.0

        order = sorted(range(len(self.areas)), key=key)
        rows = tuple(
            ComparedRow(r.indicator, r.period, tuple(r.cells[i] for i in order))
            for r in self.rows
        )
        return Comparison(tuple(self.areas[i] for i in order), rows, self.left_out)


def compare_profiles(
    profiles: Sequence[Profile], indicators: Sequence[Indicator]
) -> Comparison:
    """Return the figures of several areas that can be compared.

    A figure is shown where it is the area's own. An indicator is left out, with the
    reason, where fewer than two areas have one (of several), where their periods
    differ, and where it is a number that grows with the size of the area.

    Parameters
    ----------
    profiles : of different areas, each compared with the same benchmark
    indicators : in the order in which they are shown
    """
    areas = tuple(profile.area for profile in profiles)
    found = [{row.indicator.id: row for row in profile.rows} for profile in profiles]
    rows, left_out = [], []
    for indicator in indicators:
        cells = tuple(_own(rows_by_id.get(indicator.id)) for rows_by_id in found)
        reason = _why_not(indicator, areas, cells)
        if reason:
            left_out.append((indicator, reason))
        else:
            period = next(cell.figure.period for cell in cells if cell)
            rows.append(ComparedRow(indicator, period, cells))
    return Comparison(areas, tuple(rows), tuple(left_out))


def without_benchmark(profile: Profile) -> Profile:
    """Return the profile of the benchmark itself: it is compared with nothing."""
    rows = tuple(replace(r, outcome=ITSELF, benchmark=None) for r in profile.rows)
    return replace(profile, comparator=None, rows=rows)


def _own(row: ProfileRow | None) -> ProfileRow | None:
    """Return a row only where it holds a figure of the area itself."""
    if row is None or row.figure.status == "inherited" or isnan(row.figure.value):
        return None
    return row


def _why_not(
    indicator: Indicator, areas: Sequence[Area], cells: Sequence[ProfileRow | None]
) -> str:
    known = [cell for cell in cells if cell is not None]
    if indicator.value_type == "count":
        return NUMBER_IN_SET
    if len(known) < min(2, len(cells)):  # one by itself stands beside the benchmark
        without = [a.name for a, cell in zip(areas, cells, strict=True) if not cell]
        some = ", ".join(without[:3]) + (" and others" if len(without) > 3 else "")
        return f"There is no figure of its own for {some}."
    periods = sorted({cell.figure.period for cell in known})
    if len(periods) > 1:
        names = " and ".join(period_label(period) for period in periods)
        return f"The newest figures are of different periods: {names}."
    return ""


def find_ties(row: ComparedRow) -> list[tuple[str, ...]]:
    """Return sets of areas whose margins of error all overlap: their order is open.

    Each is as large as it can be, in order of value, the lowest first; an area may be
    in several. Areas without a margin are in none.
    """
    known = [
        (cell.figure, cell.figure.area_code)
        for cell in row.cells
        if cell is not None and cell.figure.has_limits
    ]
    known.sort(key=lambda pair: pair[0].value)
    ties: list[tuple[str, ...]] = []
    # At the lower end of each margin, those that reach it overlap one another.
    for here, _ in known:
        codes = tuple(
            code for figure, code in known if figure.lower <= here.lower <= figure.upper
        )
        if len(codes) > 1 and not any(set(codes) <= set(tie) for tie in ties):
            ties = [tie for tie in ties if not set(tie) <= set(codes)] + [codes]
    return ties


def default_codes() -> tuple[str, ...]:
    """Return the sub-regions: what is compared until somebody chooses."""
    return tuple(read_areas().codes("subregion"))


def _spread_inside(district: str) -> tuple[str, ...]:
    """Return ten neighbourhoods at even steps in the order of income deprivation.

    Empty where the district has fewer, or the figures are not held.
    """
    level = read_level("lsoa21")
    column = level.columns.get(_DEPRIVATION)
    rows = level.rows_of(read_areas().codes_within("lsoa21", district))
    if column is None or len(rows) < MAX_AREAS or np.isnan(column.value[rows]).any():
        return ()
    ordered = level.codes[rows][np.argsort(column.value[rows], kind="stable")]
    steps = np.linspace(0, len(ordered) - 1, MAX_AREAS).round().astype(int)
    return tuple(str(code) for code in ordered[steps])


def find_presets(area: Area | None = None) -> tuple[Preset, ...]:
    """Return sets of areas that are compared often, and those around one area.

    Parameters
    ----------
    area : a district gives itself with the ONS's most similar districts, and ten of
        its neighbourhoods; a larger area its districts, a smaller one the district in
        which it lies and the neighbourhoods of its MSOA
    """
    index = read_areas()
    authority = tuple(index.codes_within("lad24", COMBINED_AUTHORITY))
    found = [
        Preset("The six sub-regions", default_codes()),
        Preset("The seven districts of the combined authority", authority),
    ]
    if area is None:
        return tuple(found)
    is_district = "lad24" in area.levels
    district = area if is_district else index.parent(area.code, "lad24")
    if district is not None:
        peers = read_peers(district.code)
        near = [str(code) for code in peers.loc[peers["in_data"], "peer_code"]]
        codes = (district.code, *near[: MAX_AREAS - 1])
        name = f"{district.name} and the districts most like it"
        found.append(Preset(name, codes))
    for level in ("subregion", "utla"):
        parent = area if level in area.levels else index.parent(area.code, level)
        inside = index.codes_within("lad24", parent.code) if parent else []
        if parent and 1 < len(inside) <= MAX_AREAS:
            found.append(Preset(f"The districts of {parent.name}", tuple(inside)))
    msoa = area if "msoa21" in area.levels else index.parent(area.code, "msoa21")
    inside = index.codes_within("lsoa21", msoa.code) if msoa else []
    if msoa and 1 < len(inside) <= MAX_AREAS:
        found.append(Preset(f"The neighbourhoods of {msoa.name}", tuple(inside)))
    spread = _spread_inside(district.code) if district else ()
    if district is not None and spread:
        name = f"Ten neighbourhoods of {district.name}, by income deprivation"
        found.append(Preset(name, spread))
    return tuple({preset.codes: preset for preset in found}.values())


def find_company(area: Area) -> tuple[tuple[Area, ...], tuple[Preset, ...]]:
    """Return what an area that is alone may stand beside.

    Returns
    -------
    larger areas that it lies in, near to far, and the presets that hold it
    """
    index = read_areas()
    parents = (
        index.parent(area.code, level)
        for level in ("lad24", "subregion", "cauth", "rgn")
    )
    larger = tuple(p for p in parents if p is not None and p.code != area.code)
    presets = find_presets(area)
    return larger, tuple(one for one in presets if area.code in one.codes)
