"""Two indicators in one map: thirds of the one crossed with thirds of the other.

Nine classes, three by three. Each third holds about equally many areas, so the map
says where an area stands in both, not how much it has of either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from coloraide import Color
from numpy.typing import NDArray

from lpipgeo.choropleth import Choropleth
from lpipgeo.classify import NO_CLASS
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import in_sentence
from lpipgeo.levels import LEVELS
from lpipgeo.statuses import STATUSES
from lpipgeo.styles import Style

THIRDS = 3
THIRD_WORDS = ("lowest third", "middle third", "highest third")
# Blue and red darken to violet where both are high, also for colour-blind eyes: the
# two ends differ in lightness from the middle of both ramps.
_ACROSS, _UP, _LIGHT = "#2B8CBE", "#C2477F", "#EDEFF2"
# The status that a pair shows is the one of the two that needs more care.
_CARE = tuple(STATUSES)


@dataclass(frozen=True)
class Bivariate:
    """Two choropleths of the same areas, crossed.

    Attributes
    ----------
    across, up : each in thirds; `across` grows to the right of the legend, `up` upwards
    class_of : 3 × third of `up` + third of `across`, in order of area_code; `NO_CLASS`
        where either value is missing
    statuses : per area, of the two the one that needs more care
    """

    across: Choropleth
    up: Choropleth
    class_of: NDArray[np.int8]
    statuses: tuple[str, ...]

    @property
    def colours(self) -> tuple[str, ...]:
        """Nine colours in order of the classes."""
        return crossed_colours()

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of areas per class."""
        return tuple(int((self.class_of == i).sum()) for i in range(THIRDS**2))

    @property
    def title(self) -> str:
        """What the map shows, as a sentence without a full stop."""
        where = f" in {self.across.within.name}" if self.across.within else ""
        level = LEVELS[self.across.level].in_text
        across, up = self.across.indicator.title, in_sentence(self.up.indicator.title)
        periods = [c.period_text for c in (self.across, self.up)]
        if periods[0] == periods[1]:
            return f"{across} and {up}, {periods[0]}, by {level}{where}"
        return f"{across} ({periods[0]}) and {up} ({periods[1]}), by {level}{where}"

    @property
    def method(self) -> str:
        """One sentence on how the classes were made."""
        areas = LEVELS[self.across.level].plural_in_text
        return (
            f"Each figure in thirds, with about equally many {areas} of "
            f"{self.across.base}."
        )

    def class_text(self, number: int) -> str:
        """Return a class as words, such as "highest third of A, lowest third of B"."""
        up, across = divmod(number, THIRDS)
        return (
            f"{THIRD_WORDS[across]} of {self.across.indicator.short_title}, "
            f"{THIRD_WORDS[up]} of {self.up.indicator.short_title}"
        )


def in_thirds(style: Style) -> Style:
    """Return a style with thirds for classes, from the same base."""
    return replace(style, scheme="quantiles", k=THIRDS, breaks=(), over_time=False)


def make_bivariate(across: Choropleth, up: Choropleth) -> Bivariate:
    """Return two choropleths of the same areas crossed.

    Parameters
    ----------
    across, up : both made with a style of `in_thirds`

    Raises
    ------
    SelectionError : levels or areas differ, or a figure is given in bands or has too
        few different values for thirds
    """
    codes = [c.table["area_code"].tolist() for c in (across, up)]
    if across.level != up.level or codes[0] != codes[1]:
        raise SelectionError("Two figures in one map must be of the same areas.")
    for choropleth in (across, up):
        _check_thirds(choropleth)
    first, second = (c.classes.class_of.astype(int) for c in (across, up))
    missing = (first == NO_CLASS) | (second == NO_CLASS)
    class_of = np.where(missing, NO_CLASS, THIRDS * second + first).astype(np.int8)
    pairs = zip(across.table["status"], up.table["status"], strict=True)
    statuses = tuple(max(pair, key=_CARE.index) for pair in pairs)
    return Bivariate(across, up, class_of, statuses)


def _check_thirds(choropleth: Choropleth) -> None:
    title = choropleth.indicator.short_title
    if choropleth.classes.scheme == "bands":
        raise SelectionError(
            f"{title} is given in bands at this level, so thirds cannot be made. "
            "Show the two side by side instead."
        )
    if choropleth.classes.k < THIRDS:
        raise SelectionError(
            f"{title} has too few different values at this level for thirds. Show the "
            "two side by side instead."
        )


@lru_cache(maxsize=1)
def crossed_colours() -> tuple[str, ...]:
    """Return the nine colours: two ramps from light, laid over each other."""
    light = Color(_LIGHT)
    found = []
    for up in range(THIRDS):
        for across in range(THIRDS):
            a = light.mix(Color(_ACROSS), across / (THIRDS - 1), space="oklab")
            b = light.mix(Color(_UP), up / (THIRDS - 1), space="oklab")
            both = Color.layer([a, b], blend="multiply", space="srgb")
            found.append(both.convert("srgb").to_string(hex=True, fit=True).upper())
    return tuple(found)
