"""Proportional symbols: circles whose area stands for a value, at points in areas."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

import numpy as np

from lpipgeo.choropleth import Choropleth, make_choropleth
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import in_sentence
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS

# Radius in pixels of the largest circle when the whole region is in view.
_REACH = {"subregion": 34, "utla": 26, "lad24": 20, "pcon24": 15}
_REACH_OF_SMALL = 7
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Symbols:
    """Circles for one indicator at one level.

    Attributes
    ----------
    choropleth : the figures; its classes are not used
    largest : the value of the largest circle
    reach : radius of that circle in pixels, with the whole region in view
    examples : round values for the legend, largest first
    """

    choropleth: Choropleth
    largest: float
    reach: int
    examples: tuple[float, ...]

    def title_above(self, choropleth: Choropleth) -> str:
        """Return what a choropleth with these circles above it shows, in words."""
        name = in_sentence(self.choropleth.indicator.short_title)
        period = self.choropleth.period_text
        return f"{choropleth.title}, with {name} ({period}) as circles"


def make_symbols(
    indicator_id: str,
    level: str,
    period: str = "latest",
    *,
    within: str | None = None,
) -> Symbols:
    """Return circles for an indicator: twice the value is twice the circle's area.

    Raises
    ------
    SelectionError : the indicator has no figures of its own at this level, only bands,
        or figures below zero
    """
    catalogue = read_catalogue()
    indicator = catalogue.find(indicator_id)
    plural = LEVELS[level].plural_in_text
    if level not in catalogue.levels(indicator_id):
        raise SelectionError(
            f"{indicator.title} has no figures of its own for {plural}."
        )
    if level in indicator.bands:
        raise SelectionError(
            f"{indicator.title} is given in bands for {plural}, and the size of a "
            "circle needs a figure."
        )
    choropleth = make_choropleth(indicator_id, level, period, within=within)
    values = choropleth.values
    known = values[~np.isnan(values)]
    if not len(known) or known.min() < 0 or known.max() <= 0:
        raise SelectionError(
            f"{indicator.title} has no figures above zero, or some below it, and the "
            "size of a circle cannot show those."
        )
    largest = float(known.max())
    reach = _REACH.get(level, _REACH_OF_SMALL)
    return Symbols(choropleth, largest, reach, _examples(largest))


def _examples(largest: float) -> tuple[float, ...]:
    """Return the largest round number below a value, and about a quarter of it."""
    power = 10.0 ** floor(log10(largest))
    first = max(step * power for step in _ROUND if step * power <= largest)
    quarter = first / 4
    power = 10.0 ** floor(log10(quarter))
    second = max(step * power for step in _ROUND if step * power <= quarter)
    return first, second
