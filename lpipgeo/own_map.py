"""A person's own figures as a map: classes and colours as for any indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import Choropleth
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator, Source
from lpipgeo.own_figures import OwnFigures
from lpipgeo.styles import Figures, Style, class_colours, classify
from lpipgeo.tables import OBSERVATION_COLUMNS

OWN_ID = "own_figures"
_SHORT = 40
_LONGEST_UNIT = 24
_MOST_DECIMALS = 3


@dataclass(frozen=True)
class OwnChoropleth(Choropleth):
    """A map of own figures: they have no period and no benchmark."""

    @property
    def period_text(self) -> str:
        """Whose figures they are, where others have a period."""
        return "your own figures"

    @property
    def title(self) -> str:
        """What the map shows, as a sentence without a full stop."""
        level = LEVELS[self.level].in_text
        return f"{self.indicator.title}, by {level}"


def own_indicator(own: OwnFigures, unit: str = "") -> Indicator:
    """Return a record of own figures, as far as a map needs one.

    It is in no catalogue and was not checked: its source names the file, and its titles
    say whose figures they are wherever they stand.

    Parameters
    ----------
    unit : as the person calls it, such as "%"; "" for none
    """
    source = Source.model_construct(
        publisher=f"your own file {own.file}, not checked by us", title=own.file
    )
    whole = own.table["value"].dropna().to_numpy(dtype=float)
    return Indicator.model_construct(
        id=OWN_ID,
        title=f"{own.name}, your own figures",
        short_title=f"{own.name[:_SHORT]} (yours)",
        theme=read_catalogue().themes.themes[0].id,
        unit=" ".join(unit.split())[:_LONGEST_UNIT],
        decimals=_decimals(whole),
        value_type="index",
        polarity="unknown",
        aggregation="none",
        bands={},
        class_names=(),
        series_breaks=(),
        scheme="quantiles",
        k=5,
        sources=(source,),
    )


def _decimals(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    """Return how many decimals the figures need, up to three."""
    for decimals in range(_MOST_DECIMALS):
        if np.allclose(values, np.round(values, decimals), rtol=0, atol=1e-9):
            return decimals
    return _MOST_DECIMALS


def make_own_choropleth(own: OwnFigures, unit: str = "") -> OwnChoropleth:
    """Return own figures as a map of their level; areas without one have no colour."""
    indicator, style = own_indicator(own, unit), Style()
    codes = read_areas().codes(own.level)
    values = own.table.set_index("area_code")["value"].reindex(codes)
    table = pd.DataFrame(dict.fromkeys(OBSERVATION_COLUMNS), index=range(len(codes)))
    table["indicator_id"], table["area_code"], table["period"] = OWN_ID, codes, ""
    table["value"] = values.to_numpy(dtype=float)
    table["status"] = np.where(values.isna(), "not_available", "own")
    what = Figures(indicator, own.level, own.level, "")
    classes = classify(values.to_numpy(dtype=float), what, style)
    ramp = read_catalogue().theme(indicator.theme).ramp
    colours = class_colours(style, ramp, what, classes)
    return OwnChoropleth(
        indicator, own.level, "", own.level, table, classes, colours, ()
    )
