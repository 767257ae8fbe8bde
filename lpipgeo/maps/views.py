"""What the browser needs to draw a map: addresses, classes, packed values, texts.

What travels per switch is one class letter and a few packed letters per area, and the
legend's texts; geometry and names are fetched once by their hashed addresses.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from lpipgeo.area_index import read_areas
from lpipgeo.bivariate import Bivariate
from lpipgeo.boundary_sets import HEX, find_boundary_set, read_register
from lpipgeo.browser_files import (
    area_labels_file,
    centres_file,
    geometry_file,
    hexagon_labels_file,
    labels_file,
    names_file,
    overlay_file,
)
from lpipgeo.choropleth import Choropleth
from lpipgeo.formatting import publishers_of, unit_affixes, with_unit
from lpipgeo.levels import LEVELS
from lpipgeo.maps.packing import class_letters, figures_part, statuses_part
from lpipgeo.observation_table import explain_status
from lpipgeo.overlay_catalogue import Overlay, find_overlay
from lpipgeo.palettes import DISTRICT_LINE, SUBREGION_LINE
from lpipgeo.paths import DataFolder
from lpipgeo.statuses import STATUSES
from lpipgeo.symbols import Symbols

# The map's frame lives at /component/<name>/index.html below the app's root.
ROOT = "../../"
_NAMED_LEVELS = ("lad24", "utla", "subregion")  # large enough to bear their names
_ABOUT_HEXAGONS = " Each hexagon is one MSOA, of about 8,000 people."
_STEPS_OF_HISTOGRAM = 30


@dataclass(frozen=True)
class Focus:
    """A request to bring a box (west, south, east, north) into view, once per id."""

    id: str
    box: tuple[float, float, float, float]


_ORDER = list(STATUSES).index


def make_view(choropleth: Choropleth, *, hexagons: bool = False) -> dict[str, Any]:
    """Return what the browser needs to draw a choropleth, but for the selection.

    Parameters
    ----------
    hexagons : draw each MSOA as a hexagon of the same size; only for level "msoa21"

    Returns
    -------
    dict for JSON: class letters ("-" where there is none), packed values, status
    runs, colours, legend texts and the addresses of geometry, names and labels
    """
    level = choropleth.level
    drawn = f"{level}{HEX}" if hexagons else level
    register = find_boundary_set(drawn)
    return {
        "level": level,
        "drawing": "hexagons" if hexagons else "areas",
        "geometry": ROOT + geometry_file(drawn).address,
        "names": ROOT + names_file(level).address,
        "labels": None if hexagons else ROOT + labels_file().address,
        "home": list(find_boundary_set(drawn if hexagons else "rgn").bbox),
        "classes": class_letters(choropleth.classes.class_of, choropleth),
        **figures_part(choropleth),
        "colours": list(choropleth.colours),
        "edges": list(choropleth.classes.edges),
        "title": f"Map: {choropleth.title}",
        "heading": choropleth.title,
        "legend": _legend(choropleth, hexagons),
        "attribution": f"{source_line(choropleth)} Boundaries: {register.credit}",
    }


def make_bivariate_view(
    bivariate: Bivariate, *, hexagons: bool = False
) -> dict[str, Any]:
    """Return what the browser needs to draw two figures crossed; as `make_view`."""
    across, up = bivariate.across, bivariate.up
    view = make_view(across, hexagons=hexagons)
    publishers = publishers_of([across.indicator, up.indicator])
    boundaries = find_boundary_set(across.level).credit
    return {
        **view,
        "classes": class_letters(bivariate.class_of, across),
        **statuses_part(bivariate.statuses, across),
        "colours": list(bivariate.colours),
        "edges": [],
        "title": f"Map: {bivariate.title}",
        "heading": bivariate.title,
        "label": across.indicator.short_title,
        "second": {
            **figures_part(up),
            "label": up.indicator.short_title,
        },
        "legend": {
            **view["legend"],
            "unit": "",
            "method": bivariate.method,
            "edges": [],
            "histogram": [],
            "marks": [],
            "keys": _keys(Counter(bivariate.statuses), across),
            "square": {
                "across": across.indicator.short_title,
                "up": up.indicator.short_title,
                "cells": [
                    f"{bivariate.class_text(i)}: {count:,}"
                    for i, count in enumerate(bivariate.counts)
                ],
            },
        },
        "attribution": f"Figures: {publishers}. Boundaries: {boundaries}",
    }


def circles_part(symbols: Symbols) -> dict[str, Any]:
    """Return what the browser needs to draw circles above a choropleth."""
    choropleth = symbols.choropleth
    return {
        **figures_part(choropleth),
        "points": ROOT + centres_file(choropleth.level).address,
        "names": ROOT + names_file(choropleth.level).address,
        "title": f"{unit_line(choropleth)}, {choropleth.period_text}",
        "label": choropleth.indicator.short_title,
        "level": LEVELS[choropleth.level].plural_in_text,
        "largest": symbols.largest,
        "reach": symbols.reach,
        "examples": [
            (value, choropleth.value_text(value, "rgn")) for value in symbols.examples
        ],
        "publishers": source_line(choropleth),
    }


def view_json(
    view: dict[str, Any],
    *,
    selected: str | None = None,
    focus: Focus | None = None,
    outline: str | None = None,
    overlays: Sequence[str] = (),
    circles: dict[str, Any] | None = None,
    beside: dict[str, Any] | None = None,
    data: DataFolder = None,
) -> str:
    """Return a view with its selection as JSON text, with an id of its content.

    Parameters
    ----------
    view : as `make_view` or `make_bivariate_view` returns it
    selected : code of the selected area
    outline : a level whose areas are outlined and named over the choropleth
    overlays : ids of the overlays drawn above it
    circles : as `circles_part` returns it; drawn above all
    beside : a second view, drawn beside the first and moved with it
    """
    chosen = (selected, outline, overlays, data)
    full = _with_extras(view, focus, *chosen)
    full["circles"] = circles
    if circles:
        full["attribution"] += f" {circles['publishers'].replace('Figures', 'Circles')}"
    full["beside"] = None
    if beside:
        second = _with_extras(beside, None, *chosen)
        full["attribution"] = _joined(full, second)  # one line for both
        full["beside"] = {**second, "id": _digest(second)}
    return json.dumps({"id": _digest(full), **full}, **_COMPACT)


_COMPACT: dict[str, Any] = {"ensure_ascii": True, "separators": (",", ":")}


def _digest(view: dict[str, Any]) -> str:
    """Return an id of a view's content."""
    text = json.dumps(view, **_COMPACT)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _joined(first: dict[str, Any], beside: dict[str, Any]) -> str:
    """Return the attributions of two maps, whose figures may be of one publisher."""
    texts = dict.fromkeys((first["attribution"], beside["attribution"]))
    return " ".join(texts)


def _with_extras(
    view: dict[str, Any],
    focus: Focus | None,
    selected: str | None,
    outline: str | None,
    overlays: Sequence[str],
    data: DataFolder,
) -> dict[str, Any]:
    """Return a view with outlines, names, overlays and selection."""
    if view["drawing"] == "hexagons":  # where nothing else has a place
        extras = {
            "outlines": _hexagon_outlines(data),
            "areaLabels": ROOT + hexagon_labels_file(data).address,
            "overlays": [],
            "selected": _selected_hexagon(selected, data) if selected else None,
            "focus": None,
        }
    else:
        drawn = [find_overlay(name, data) for name in overlays]
        named = outline or (view["level"] if view["level"] in _NAMED_LEVELS else None)
        labels = ROOT + area_labels_file(named, data).address if named else None
        extras = {
            "outlines": outlines(view["level"], outline, data),
            "areaLabels": labels,
            "overlays": [_overlay(record, data) for record in drawn],
            "attribution": f"{view['attribution']}{_overlay_line(drawn)}",
            "selected": _selected(selected, data) if selected else None,
            "focus": vars(focus) if focus else None,
        }
    return {**view, **extras}


def _selected_hexagon(code: str, data: DataFolder) -> dict[str, str | None]:
    """Return the hexagon that stands for an area, or for the MSOA that it lies in."""
    around = read_areas(data).parent(code, "msoa21")
    return _selected(around.code if around else code, data, HEX)


def _selected(code: str, data: DataFolder, ending: str = "") -> dict[str, str | None]:
    """Return an area's code and the geometry of its own level, if it is drawn."""
    level = read_areas(data).find(code).level + ending
    drawn = level in read_register(data)
    address = ROOT + geometry_file(level, data).address if drawn else None
    return {"code": code, "geometry": address}


def _legend(choropleth: Choropleth, hexagons: bool) -> dict[str, Any]:
    return {
        "unit": unit_line(choropleth),
        "method": choropleth.method + (_ABOUT_HEXAGONS if hexagons else ""),
        "edges": list(choropleth.edge_texts),
        "names": _class_names(choropleth),
        "histogram": _histogram(choropleth),
        "marks": [vars(mark) for mark in choropleth.marks],
        "keys": _keys(choropleth.status_counts, choropleth),
    }


def _keys(counts: Mapping[str, int], choropleth: Choropleth) -> list[dict[str, str]]:
    """Return what the textures mean, with the number of areas of each."""
    level, source = choropleth.level, choropleth.source_level
    return [
        {
            "texture": STATUSES[status].texture,
            "label": f"{STATUSES[status].label} ({count:,})",
            "about": explain_status(choropleth.indicator, status, level, source),
        }
        for status, count in sorted(counts.items(), key=lambda pair: _ORDER(pair[0]))
        if STATUSES[status].texture != "plain"
    ]


def _histogram(choropleth: Choropleth) -> list[tuple[int, int]]:
    """Return how many areas lie in each step of the ruler below, and the step's class.

    The steps are equal inside a class, as on the ruler, where all classes are equally
    wide. Empty where values may only be read in bands, or are all the same.
    """
    edges = choropleth.classes.edges
    if choropleth.classes.scheme == "bands" or not edges[0] < edges[-1]:
        return []
    known = choropleth.values[~np.isnan(choropleth.values)]
    each = _STEPS_OF_HISTOGRAM // choropleth.classes.k
    inside = [np.linspace(*pair, each, endpoint=False) for pair in pairwise(edges)]
    steps = np.concatenate([*inside, [edges[-1]]])
    # Classes hold their upper edge, so steps do too.
    places = np.clip(np.searchsorted(steps, known, side="left") - 1, 0, len(steps) - 2)
    counts = np.bincount(places, minlength=len(steps) - 1)
    return [(count, i // each) for i, count in enumerate(counts.tolist())]


def _class_names(choropleth: Choropleth) -> list[str]:
    """Return the names of the classes drawn; none where classes are of figures."""
    named = choropleth.indicator.class_names
    return [choropleth.class_text(i) for i in range(choropleth.classes.k) if named]


def source_line(choropleth: Choropleth) -> str:
    """Return who published the figures, as it stands under the map."""
    return f"Figures: {publishers_of([choropleth.indicator])}."


def unit_line(choropleth: Choropleth) -> str:
    """Return the line over the legend: title and, where it is short, the unit."""
    return with_unit(choropleth.indicator.short_title, choropleth.indicator.unit)


def _overlay_line(overlays: Sequence[Overlay]) -> str:
    """Return who published the overlays; their full terms stand below the map."""
    return f" Overlays: {publishers_of(overlays)}." if overlays else ""


def _overlay(record: Overlay, data: DataFolder) -> dict[str, Any]:
    """Return how an overlay is drawn and read, and where its features are."""
    prefix, suffix = unit_affixes(record.unit) if record.unit else ("", "")
    return {
        "geometry": ROOT + overlay_file(record.id, data).address,
        "title": record.short_title,
        "one": record.one,
        "mark": record.mark,
        "colour": record.colour,
        "prefix": prefix,
        "suffix": suffix,
        "decimals": record.decimals,
        "gradeLabel": record.kind_label if record.shape == "polygons" else None,
    }


def outlines(
    level: str, chosen: str | None = None, data: DataFolder = None
) -> list[dict[str, Any]]:
    """Return the outlines drawn with a level: context below, larger areas above.

    Parameters
    ----------
    level : what the choropleth is drawn by
    chosen : a level that a person wants outlined too, above the others
    """
    lines = [("context", "#D3D8DE", 1.0), ("subregion", SUBREGION_LINE, 1.8)]
    if level != "subregion":
        lines.insert(1, ("lad24", DISTRICT_LINE, 0.9))
    if chosen:
        lines += [(chosen, "rgba(255,255,255,.8)", 5.0), (chosen, SUBREGION_LINE, 2.4)]
    return _lines(lines, data)


def _hexagon_outlines(data: DataFolder) -> list[dict[str, Any]]:
    lines = [
        (f"lad24{HEX}", DISTRICT_LINE, 1.4),
        (f"subregion{HEX}", SUBREGION_LINE, 2.4),
    ]
    return _lines(lines, data)


def _lines(
    lines: Sequence[tuple[str, str, float]], data: DataFolder
) -> list[dict[str, Any]]:
    return [
        {
            "geometry": ROOT + geometry_file(drawn, data).address,
            "colour": colour,
            "weight": weight,
            "under": drawn == "context",
        }
        for drawn, colour, weight in lines
    ]
