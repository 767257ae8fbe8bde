"""A Choropleth as a folium layer that recolours shapes already in the browser.

Leaflet and our layer script are served by us, so no other host is asked. What
travels per switch is one class letter and a few packed letters per area, and the
legend's texts; geometry and names are fetched once by their hashed addresses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import folium
import numpy as np
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.boundary_sets import HEX, find_boundary_set, read_register
from lpipgeo.browser_files import (
    STYLES,
    area_labels_file,
    geometry_file,
    hexagon_labels_file,
    labels_file,
    names_file,
    overlay_file,
    script_bundle,
    static_file,
)
from lpipgeo.choropleth import Choropleth
from lpipgeo.formatting import unit_affixes
from lpipgeo.levels import LEVELS
from lpipgeo.observation_table import explain_status
from lpipgeo.overlay_catalogue import Overlay, find_overlay
from lpipgeo.palettes import DISTRICT_LINE, SUBREGION_LINE
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES

# The map's frame lives at /component/<name>/index.html below the app's root.
ROOT = "../../"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
CLASS_LETTERS = "0123456789"
_ABOUT_HEXAGONS = " Each hexagon is one MSOA, of about 8,000 people."
_STEPS_OF_HISTOGRAM = 30


class LocalMap(folium.Map):
    """A folium map without tiles whose scripts are all served by this app."""

    default_js = [("map-frame", ROOT + script_bundle().address)]  # noqa: RUF012
    default_css = [(name, ROOT + static_file(name).address) for name in STYLES]  # noqa: RUF012


class ChoroplethLayer(JSCSSMixin, Layer):
    """Hand one view to ``lpipgeo.show`` in the map's frame.

    Parameters
    ----------
    view : JSON text as `view_json` returns it
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        lpipgeo.show(map_div, {{ this.view }});
        {% endmacro %}
        """
    )

    def __init__(self, view: str) -> None:
        super().__init__(name="choropleth", control=False, show=False)
        self._name = "ChoroplethLayer"
        self.view = view


@dataclass(frozen=True)
class Focus:
    """A request to bring a box (west, south, east, north) into view, once per id."""

    id: str
    box: tuple[float, float, float, float]


def base_map() -> LocalMap:
    """Return the map that stays the same between all reruns."""
    return LocalMap(
        location=(52.45, -2.1),
        zoom_start=8,
        tiles=None,
        prefer_canvas=True,
        zoom_snap=0.1,
        zoom_delta=0.5,
        min_zoom=7,
        max_zoom=16,
        bounce_at_zoom_limits=False,
    )


def layer_group(view: str) -> folium.FeatureGroup:
    """Return the feature group to hand to st_folium for a view."""
    group = folium.FeatureGroup(name="view", control=False)
    group.add_child(ChoroplethLayer(view))
    return group


def pack_values(values: NDArray[np.float64], decimals: int) -> dict[str, Any]:
    """Pack values, rounded as shown, into letters of a 64-letter alphabet.

    Returns
    -------
    dict: text (`width` letters per value, zero where missing), low (smallest value
    times scale), scale, width. The browser turns it back (static/lpipgeo/map.js).
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


def make_view(
    choropleth: Choropleth,
    *,
    hexagons: bool = False,
    data: str | Path | None = None,
) -> dict[str, Any]:
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
    letters = np.array([*CLASS_LETTERS, "-"])
    status_ids = list(choropleth.status_counts)
    number = {status: i for i, status in enumerate(status_ids)}
    runs = groupby(number[status] for status in choropleth.table["status"])
    indicator = choropleth.indicator
    prefix, suffix = unit_affixes(indicator.unit)
    bands = indicator.bands.get(choropleth.source_level)
    drawn = f"{level}{HEX}" if hexagons else level
    register = find_boundary_set(drawn, data)
    return {
        "level": level,
        "drawing": "hexagons" if hexagons else "areas",
        "geometry": ROOT + geometry_file(drawn, data).address,
        "names": ROOT + names_file(level, data).address,
        "labels": None if hexagons else ROOT + labels_file(data).address,
        "home": list(find_boundary_set(drawn if hexagons else "rgn", data).bbox),
        "classes": "".join(letters[choropleth.classes.class_of]),
        "values": pack_values(_shown_values(choropleth), indicator.decimals),
        "statuses": [_status(status, choropleth) for status in status_ids],
        "statusRuns": [[item, len(list(run))] for item, run in runs],
        "colours": list(choropleth.colours),
        "edges": list(choropleth.classes.edges),
        "format": {
            "prefix": prefix,
            "suffix": suffix,
            "decimals": indicator.decimals,
            "bands": list(bands) if bands else None,
            "names": list(indicator.class_names),
        },
        "period": period_label(choropleth.period),
        "title": f"Map: {choropleth.title}",
        "legend": _legend(choropleth, hexagons),
        "attribution": f"{source_line(choropleth)} Boundaries: {register.credit}",
    }


def view_json(
    view: dict[str, Any],
    *,
    selected: str | None = None,
    focus: Focus | None = None,
    outline: str | None = None,
    overlays: Sequence[str] = (),
    data: str | Path | None = None,
) -> str:
    """Return a view with its selection as JSON text, with an id of its content.

    Parameters
    ----------
    view : as `make_view` returns it
    selected : code of the selected area
    outline : a level whose areas are outlined and named over the choropleth
    overlays : ids of the overlays drawn above it
    """
    if view["drawing"] == "hexagons":  # where nothing else has a place
        extras = {
            "outlines": _hexagon_outlines(data),
            "areaLabels": ROOT + hexagon_labels_file(data).address,
            "overlays": [],
            "selected": _selected(selected, data, HEX) if selected else None,
            "focus": None,
        }
    else:
        drawn = [find_overlay(name, data) for name in overlays]
        labels = ROOT + area_labels_file(outline, data).address if outline else None
        extras = {
            "outlines": outlines(view["level"], outline, data),
            "areaLabels": labels,
            "overlays": [_overlay(record, data) for record in drawn],
            "attribution": f"{view['attribution']}{_overlay_line(drawn)}",
            "selected": _selected(selected, data) if selected else None,
            "focus": vars(focus) if focus else None,
        }
    full = {**view, **extras}
    text = json.dumps(full, ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f'{{"id":"{digest}",{text[1:]}'


def _selected(
    code: str, data: str | Path | None, ending: str = ""
) -> dict[str, str | None]:
    """Return an area's code and the geometry of its own level, if it is drawn."""
    level = read_areas(data).find(code).level + ending
    drawn = level in read_register(data)
    address = ROOT + geometry_file(level, data).address if drawn else None
    return {"code": code, "geometry": address}


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


def _legend(choropleth: Choropleth, hexagons: bool) -> dict[str, Any]:
    keys = []
    for status, count in choropleth.status_counts.items():
        if STATUSES[status].texture != "plain":
            source = choropleth.source_level
            label = f"{STATUSES[status].label} ({count:,})"
            about = explain_status(status, choropleth.level, source)
            texture = STATUSES[status].texture
            keys.append({"texture": texture, "label": label, "about": about})
    return {
        "unit": unit_line(choropleth),
        "method": choropleth.method + (_ABOUT_HEXAGONS if hexagons else ""),
        "edges": list(choropleth.edge_texts),
        "names": _class_names(choropleth),
        "histogram": _histogram(choropleth),
        "marks": [vars(mark) for mark in choropleth.marks],
        "keys": keys,
    }


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
    publishers = dict.fromkeys(s.publisher for s in choropleth.indicator.sources)
    return f"Figures: {'; '.join(publishers)}."


def unit_line(choropleth: Choropleth) -> str:
    """Return the line over the legend: title and, where it is short, the unit."""
    indicator = choropleth.indicator
    return f"{indicator.short_title}, {indicator.unit}"


def _overlay_line(overlays: Sequence[Overlay]) -> str:
    """Return who published the overlays; their full terms stand below the map."""
    publishers = dict.fromkeys(s.publisher for o in overlays for s in o.sources)
    return f" Overlays: {'; '.join(publishers)}." if publishers else ""


def _overlay(record: Overlay, data: str | Path | None) -> dict[str, Any]:
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
    level: str, chosen: str | None = None, data: str | Path | None = None
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


def _hexagon_outlines(data: str | Path | None) -> list[dict[str, Any]]:
    lines = [
        (f"lad24{HEX}", DISTRICT_LINE, 1.4),
        (f"subregion{HEX}", SUBREGION_LINE, 2.4),
    ]
    return _lines(lines, data)


def _lines(
    lines: Sequence[tuple[str, str, float]], data: str | Path | None
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
