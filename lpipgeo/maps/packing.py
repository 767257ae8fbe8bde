"""Figures as they travel to the browser: a letter per area, and packed values."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import Choropleth
from lpipgeo.formatting import unit_affixes
from lpipgeo.levels import LEVELS
from lpipgeo.statuses import STATUSES

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
CLASS_LETTERS = "0123456789"
_NO_CLASS, _MASKED = "-", "."  # no figure; outside the area that is shown
_OUTSIDE = {"label": "Not shown", "texture": "masked", "hover": "", "ranked": False}


def pack_values(values: NDArray[np.float64], decimals: int) -> dict[str, Any]:
    """Pack values, rounded as shown, into letters of a 64-letter alphabet.

    Returns
    -------
    dict: text (`width` letters per value, zero where missing), low (smallest value
    times scale), scale, width. The browser turns it back (map_figures.js).
    """
    scale = 10**decimals
    known = ~np.isnan(values)
    whole = np.zeros(len(values), dtype=np.int64)
    # Python's own round, as in the texts: 7.45 is the same number in card and map.
    shown = np.array([round(value, decimals) for value in values[known].tolist()])
    whole[known] = np.rint(shown * scale).astype(np.int64)
    low = int(whole[known].min()) if known.any() else 0
    number = np.where(known, whole - low + 1, 0)
    width = 1
    while 64**width <= int(number.max(initial=0)):
        width += 1
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    digits = [letters[(number // 64**i) % 64] for i in range(width - 1, -1, -1)]
    text = np.column_stack(digits).tobytes().decode()
    return {"text": text, "low": low, "scale": scale, "width": width}


def figures_part(choropleth: Choropleth) -> dict[str, Any]:
    """Return values, statuses and how to write them, for every area of the level."""
    indicator = choropleth.indicator
    prefix, suffix = unit_affixes(indicator.unit)
    bands = indicator.bands.get(choropleth.source_level)
    values = np.full(len(read_areas().codes(choropleth.level)), np.nan)
    values[_places(choropleth)] = _shown_values(choropleth)
    return {
        "values": pack_values(values, indicator.decimals),
        **statuses_part(choropleth.table["status"], choropleth),
        "format": {
            "prefix": prefix,
            "suffix": suffix,
            "decimals": indicator.decimals,
            "bands": list(bands) if bands else None,
            "names": list(indicator.class_names),
            "signed": choropleth.earlier is not None,
        },
        "period": choropleth.period_text,
    }


def _places(choropleth: Choropleth) -> NDArray[np.intp]:
    """Return where the areas drawn stand among all areas of the level."""
    codes = read_areas().codes(choropleth.level)
    return np.searchsorted(codes, choropleth.table["area_code"].tolist())


def class_letters(class_of: NDArray[np.int8], choropleth: Choropleth) -> str:
    """Return one letter per area of the level: its class, none, or masked."""
    letters = np.array([*CLASS_LETTERS, _NO_CLASS])
    found = np.full(len(read_areas().codes(choropleth.level)), _MASKED)
    found[_places(choropleth)] = letters[class_of]
    return "".join(found)


def statuses_part(statuses: Iterable[str], choropleth: Choropleth) -> dict[str, Any]:
    """Return the statuses that occur, and runs of them over all areas of the level."""
    given = list(statuses)
    ids = [status for status in STATUSES if status in given]
    number = {status: i for i, status in enumerate(ids)}
    of_area = np.full(len(read_areas().codes(choropleth.level)), len(ids))
    of_area[_places(choropleth)] = [number[status] for status in given]
    shown = [_status(status, choropleth) for status in ids]
    if choropleth.within:
        shown.append(_OUTSIDE)
    runs = [[item, len(list(run))] for item, run in groupby(of_area.tolist())]
    return {"statuses": shown, "statusRuns": runs}


def _shown_values(choropleth: Choropleth) -> NDArray[np.float64]:
    """Return the values that travel: of banded ones only the band's lower edge.

    So no exact figure reaches the browser that the publisher advises against, and
    14.96 stays in "10 to 15" though it would be rounded to 15.0.
    """
    classes = choropleth.classes
    if classes.scheme != "bands":
        return choropleth.values
    return np.array([*classes.edges[:-1], np.nan])[classes.class_of]  # NO_CLASS is -1


def _status(status: str, choropleth: Choropleth) -> dict[str, Any]:
    record = STATUSES[status]
    hover = record.label.lower()
    if status == "inherited" and choropleth.is_inherited:
        hover = f"inherited from the {LEVELS[choropleth.source_level].in_text}"
    return {
        "label": record.label,
        "texture": record.texture,
        "hover": hover,
        "ranked": record.is_ranked,
    }
