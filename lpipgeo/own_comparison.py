"""A person's own figures side by side: of a set of areas, else the highest and lowest.

They are a row as of any comparison, without margins of error and without a benchmark:
nothing is known of them from which better or worse could be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import NO_BENCHMARK, ProfileRow
from lpipgeo.comparison import ComparedRow
from lpipgeo.errors import join_words
from lpipgeo.intervals import Figure
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.own_figures import OwnFigures
from lpipgeo.own_map import own_indicator
from lpipgeo.standing import Standing
from lpipgeo.trends import Trend

ENDS = 5  # of the highest, and of the lowest, where no set is chosen


@dataclass(frozen=True, slots=True)
class OwnComparison:
    """Own figures of a few areas.

    Attributes
    ----------
    areas : in the set's order, or the highest first
    row : their figures, all known, in the same order
    is_set : whether they are those of the set
    notes : sentences on areas of the set that are not among them, and on what is shown
        instead
    """

    areas: tuple[Area, ...]
    row: ComparedRow
    is_set: bool
    notes: tuple[str, ...]


def compare_own(own: OwnFigures, codes: Sequence[str], unit: str = "") -> OwnComparison:
    """Return own figures of the areas of a set, else the `ENDS` highest and lowest.

    Parameters
    ----------
    codes : of the set, of any level; empty where nobody chose one
    unit : see `own_indicator`
    """
    index = read_areas()
    values = dict(zip(own.table["area_code"], own.table["value"], strict=True))
    chosen = [index.find(code) for code in codes]
    here = [area for area in chosen if area.code in values]
    notes = _left_out(own, [area for area in chosen if area.code not in values])
    is_set = bool(here)
    if not is_set:
        ordered = sorted(values, key=lambda code: (-values[code], code))
        every = LEVELS[own.level].counted(len(ordered))
        if len(ordered) > 2 * ENDS:
            ordered = [*ordered[:ENDS], *ordered[-ENDS:]]
            notes.append(f"The {ENDS} highest and the {ENDS} lowest of {every}.")
        else:
            all_of = "The only" if len(ordered) == 1 else "All"
            notes.append(f"{all_of} {every.removeprefix('1 ')} of your file.")
        here = [index.by_code[code] for code in ordered]
    record = own_indicator(own, unit)
    cells = tuple(_cell(record, own.level, a.code, values[a.code]) for a in here)
    return OwnComparison(
        tuple(here), ComparedRow(record, "", cells), is_set, tuple(notes)
    )


def _left_out(own: OwnFigures, areas: Sequence[Area]) -> list[str]:
    """Return sentences on areas without an own figure, and why they have none."""
    missing = [area.name for area in areas if own.level in area.levels]
    others = [area.name for area in areas if own.level not in area.levels]
    notes = []
    if missing:
        notes.append(f"Your file has no figure for {join_words(missing)}.")
    if others:
        verb, them = ("is", "it is") if len(others) == 1 else ("are", "they are")
        notes.append(
            f"Your file is of {LEVELS[own.level].plural_in_text}. {join_words(others)} "
            f"{verb} of another kind, so {them} left out."
        )
    return notes


def _cell(record: Indicator, level: str, code: str, value: float) -> ProfileRow:
    figure = Figure(code, "", value, nan, nan, "own")
    return ProfileRow(
        record, level, figure, "", {}, {}, None, NO_BENCHMARK, None,
        Standing(), Trend(""), (),
    )  # fmt: skip
