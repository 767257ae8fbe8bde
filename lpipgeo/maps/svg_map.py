"""Small still pictures: a choropleth or an overlay as SVG, from the map's own arcs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import cos, radians
from typing import TYPE_CHECKING, Any

from lpipgeo.area_index import read_areas
from lpipgeo.bivariate import Bivariate
from lpipgeo.boundary_sets import HEX
from lpipgeo.browser_files import decode_arcs, geometry_file, points_of, rings_of
from lpipgeo.choropleth import Choropleth
from lpipgeo.maps.svg_marks import (
    TEXTURE_PATTERNS,
    TEXTURES,
    overlay_texture,
    shape,
    sign,
)
from lpipgeo.overlay_catalogue import Overlay, read_features
from lpipgeo.palettes import RULE
from lpipgeo.statuses import STATUSES
from lpipgeo.symbols import Symbols

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

_NO_VALUE = "#FFFFFF"
_EDGE, _MARK = "#AEB6C0", "#0B5A6E"
_UNDERLAY = "lad24"
_FINE = 2  # drawn on a lattice of so many steps a pixel


def svg_map(
    choropleth: Choropleth,
    width: int = 320,
    *,
    hexagons: bool = False,
    crossed: Bivariate | None = None,
    above: str = "",
) -> str:
    """Return a choropleth as an SVG element with a title for screen readers.

    Areas of one class and texture are one path; a map of 736 areas takes 250 kB (38 kB
    compressed). Each status has its texture, as on the map of the page. A map of a part
    of the region fills the picture with that part.

    Parameters
    ----------
    width : pixels
    hexagons : draw MSOAs as hexagons of equal size
    crossed : draw the nine classes of two figures; `choropleth` is its first
    above : more SVG, in the picture's own steps, as a `Canvas` gives it
    """
    canvas = Canvas(choropleth, width, hexagons=hexagons)
    classes = crossed.class_of if crossed else choropleth.classes.class_of
    colours = crossed.colours if crossed else choropleth.colours
    statuses = crossed.statuses if crossed else choropleth.table["status"]
    shapes = canvas.shapes()
    paths: dict[tuple[int, str], list[str]] = {}
    rows = zip(choropleth.table["area_code"], classes, statuses, strict=True)
    for code, number, status in rows:
        key = (int(number), STATUSES[status].texture)
        paths.setdefault(key, []).append(shapes[code])
    body = "".join(
        _path("".join(parts), colours[number] if number >= 0 else None, texture)
        for (number, texture), parts in sorted(paths.items())
    )
    has_texture = any(texture in TEXTURE_PATTERNS for _, texture in paths)
    ground = TEXTURES if has_texture else ""
    title = crossed.title if crossed else choropleth.title
    return _svg(f"{ground}{body}{above}", f"Map: {title}", width, canvas.lattice.height)


def _path(path: str, colour: str | None, texture: str) -> str:
    edge = colour or ("#5B6470" if texture == "outline" else RULE)
    plain = (
        f'<path d="{path}" fill="{colour or _NO_VALUE}" stroke="{edge}" '
        'stroke-width="1" fill-rule="evenodd"/>'
    )
    if texture not in TEXTURE_PATTERNS:
        return plain
    return f'{plain}<path d="{path}" fill="url(#{texture})" fill-rule="evenodd"/>'


class Canvas:
    """The paper of one choropleth: where its areas and everything above them fall.

    Parameters
    ----------
    choropleth : what is drawn; only a part of the region where it is limited to one
    width : pixels
    hexagons : draw MSOAs as hexagons of equal size
    """

    def __init__(
        self, choropleth: Choropleth, width: int, *, hexagons: bool = False
    ) -> None:
        self.ending = HEX if hexagons else ""
        self.level = f"{choropleth.level}{self.ending}"
        within = choropleth.within.code if choropleth.within else None
        self.key = (self.level, width, within)

    @property
    def lattice(self) -> Lattice:
        """Where degrees fall."""
        return _lattice(*self.key)

    def shapes(self) -> dict[str, str]:
        """Return an SVG path per area code."""
        return _shapes(*self.key)

    def lines(self, level: str, colour: str, weight: float) -> str:
        """Return a level's outlines as one SVG path."""
        _, arcs = _arcs(f"{level}{self.ending}")
        text = "".join(
            _open([self.lattice.pixel(x, y) for x, y in arc]) for arc in arcs
        )
        return (
            f'<path d="{text}" fill="none" stroke="{colour}" '
            f'stroke-width="{weight * _FINE:g}" stroke-linejoin="round"/>'
        )

    def circles(self, symbols: Symbols, largest: float) -> str:
        """Return proportional circles, the largest with a radius of so many pixels."""
        index = read_areas()
        table = symbols.choropleth.table
        rows = table[table["value"] > 0].sort_values("value", ascending=False)
        parts = []
        for code, value in zip(rows["area_code"], rows["value"], strict=True):
            area = index.by_code[code]
            x, y = self.lattice.pixel(area.lon, area.lat)
            r = largest * (value / symbols.largest) ** 0.5
            parts.append(circle(x, y, r * _FINE, _FINE))
        return "".join(parts)

    def overlay(self, record: Overlay) -> str:
        """Return an overlay's features with their signs, lines and textures.

        Where the map is limited to a part, only what lies in it.
        """
        features, within = read_features(record.id), self.key[2]
        is_point = features.geometry.geom_type == "Point"
        signs, drawn = features[is_point], features[~is_point]
        if within:
            inside = read_areas().codes_within("lsoa21", within)
            signs = signs[signs["area_code"].isin(inside)]
        shapes = "".join(
            shape(record.mark, record.colour, _polygon_path(one, self.lattice), _FINE)
            for one in drawn.geometry
        )
        if shapes and within:
            shapes = self._cut(shapes, within)
        points = [self.lattice.pixel(one.x, one.y) for one in signs.geometry]
        return "".join(
            [
                overlay_texture(record.mark, record.colour),
                shapes,
                *(sign(record.mark, record.colour, *at, 4.5 * _FINE) for at in points),
            ]
        )

    def _cut(self, shapes: str, within: str) -> str:
        """Return shapes without what lies outside a part of the region."""
        level = self.level.removesuffix(HEX)
        inside = read_areas().codes_within(level, within)
        paths = self.shapes()
        part = f"part-{self.level}-{within}"
        border = "".join(paths[code] for code in inside if code in paths)
        return (
            f'<clipPath id="{part}"><path d="{border}" clip-rule="evenodd"/></clipPath>'
            f'<g clip-path="url(#{part})">{shapes}</g>'
        )


def circle(x: float, y: float, r: float, weight: float) -> str:
    """Return one proportional circle as an SVG element."""
    at = f'cx="{x:g}" cy="{y:g}" r="{r:.1f}"'
    return (
        f'<circle {at} fill="#FFFFFF" fill-opacity="0.3" stroke="#FFFFFF" '
        f'stroke-width="{5 * weight:g}"/>'
        f'<circle {at} fill="none" stroke="#1C2330" stroke-width="{1.6 * weight:g}"/>'
    )


def _open(points: list[tuple[int, int]]) -> str:
    """Return a line as steps between points that differ."""
    (x, y), steps = points[0], []
    text = f"M{x} {y}"
    for to_x, to_y in points[1:]:
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x} {to_y - y}")
            x, y = to_x, to_y
    return f"{text}l{' '.join(steps)}" if steps else ""


def svg_overlay(features: gpd.GeoDataFrame, title: str, width: int = 320) -> str:
    """Return an overlay as an SVG element over the outlines of districts.

    Parameters
    ----------
    features : points or polygons in EPSG:4326
    title : what the picture shows, for screen readers
    """
    lattice = _lattice(_UNDERLAY, width, None)
    districts = _shapes(_UNDERLAY, width, None)
    ground = "".join(
        f'<path d="{path}" fill="{_NO_VALUE}" stroke="{_EDGE}" stroke-width="1"/>'
        for path in districts.values()
    )
    marks = "".join(_mark(feature, lattice) for feature in features.geometry)
    return _svg(ground + marks, title, width, lattice.height)


def _mark(feature: BaseGeometry, lattice: Lattice) -> str:
    if feature.geom_type == "Point":
        x, y = lattice.pixel(feature.x, feature.y)
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{_MARK}"/>'
    path = _polygon_path(feature, lattice)
    return (
        f'<path d="{path}" fill="{_MARK}" stroke="{_MARK}" stroke-width="2" '
        'fill-rule="evenodd"/>'
    )


def _polygon_path(polygon: BaseGeometry, lattice: Lattice) -> str:
    polygons = getattr(polygon, "geoms", [polygon])
    rings = [ring for p in polygons for ring in (p.exterior, *p.interiors)]
    return "".join(
        _closed([lattice.pixel(x, y) for x, y in ring.coords]) for ring in rings
    )


def _svg(body: str, title: str, width: int, height: int) -> str:
    said = escape(title, quote=True)
    return (
        f'<svg role="img" aria-label="{said}" '
        f'viewBox="0 0 {width * _FINE} {height * _FINE}" width="{width}" '
        f'height="{height}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{said}</title>{body}</svg>"
    )


@dataclass(frozen=True)
class Lattice:
    """Where degrees fall in a picture; a pixel has `_FINE` steps.

    Attributes
    ----------
    west, north : the picture's corner in degrees
    narrow : length of a degree of longitude, in degrees of latitude
    scale : pixels per degree of latitude
    height : of the picture, in pixels
    """

    west: float
    north: float
    narrow: float
    scale: float
    height: int

    def pixel(self, x: float, y: float) -> tuple[int, int]:
        """Return where a longitude and latitude fall, in steps."""
        across = 1 + (x - self.west) * self.narrow * self.scale
        down = 1 + (self.north - y) * self.scale
        return round(across * _FINE), round(down * _FINE)


@lru_cache(maxsize=16)
def _arcs(level: str) -> tuple[dict[str, Any], list[list[list[float]]]]:
    topology = json.loads(geometry_file(level).body)
    return topology, decode_arcs(topology)


@lru_cache(maxsize=32)
def _lattice(level: str, width: int, within: str | None) -> Lattice:
    """Return where degrees fall; the areas drawn fill the width."""
    topology, arcs = _arcs(level)
    areas = topology["objects"]["areas"]["geometries"]
    if within:
        inside = set(read_areas().codes_within(level.removesuffix(HEX), within))
        areas = [area for area in areas if area["id"] in inside]
    used = {max(arc, ~arc) for area in areas for ring in rings_of(area) for arc in ring}
    points = [point for arc in used for point in arcs[arc]]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = (width - 2) / ((east - west) * narrow)
    return Lattice(west, north, narrow, scale, round((north - south) * scale) + 2)


@lru_cache(maxsize=32)
def _shapes(level: str, width: int, within: str | None) -> dict[str, str]:
    """Return an SVG path per area code."""
    topology, arcs = _arcs(level)
    lattice = _lattice(level, width, within)
    drawn = [[lattice.pixel(x, y) for x, y in arc] for arc in arcs]
    return {
        area["id"]: "".join(_closed(points_of(ring, drawn)) for ring in rings_of(area))
        for area in topology["objects"]["areas"]["geometries"]
    }


def _closed(points: list[tuple[int, int]]) -> str:
    """Return a closed ring as steps between points that differ."""
    line = _open(points)
    return f"{line}z" if line.count(" ") > 2 else ""
