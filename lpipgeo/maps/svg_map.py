"""Small still pictures: a choropleth or an overlay as SVG, from the map's own arcs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import cos, radians
from typing import TYPE_CHECKING, Any

from lpipgeo.boundary_sets import HEX
from lpipgeo.browser_files import decode_arcs, geometry_file
from lpipgeo.choropleth import Choropleth
from lpipgeo.palettes import RULE
from lpipgeo.statuses import STATUSES

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

_NO_VALUE = "#FFFFFF"
_EDGE, _MARK = "#AEB6C0", "#0B5A6E"
_UNDERLAY = "lad24"
_FINE = 2  # drawn on a lattice of so many steps a pixel


def svg_map(choropleth: Choropleth, width: int = 320, *, hexagons: bool = False) -> str:
    """Return a choropleth as an SVG element with a title for screen readers.

    Areas of one class and texture are one path; a map of 736 areas takes 250 kB (38 kB
    compressed). Values not measured here are dotted, missing ones hatched, suppressed
    ones outlined, as on the map of the page.

    Parameters
    ----------
    width : pixels
    hexagons : draw MSOAs as hexagons of equal size
    """
    level = f"{choropleth.level}{HEX}" if hexagons else choropleth.level
    shapes, height = _shapes(level, width)
    paths: dict[tuple[int, str], list[str]] = {}
    rows = zip(
        choropleth.table["area_code"],
        choropleth.classes.class_of,
        choropleth.table["status"],
        strict=True,
    )
    for code, number, status in rows:
        key = (int(number), STATUSES[status].texture)
        paths.setdefault(key, []).append(shapes[code])
    body = "".join(
        _path(
            "".join(parts), choropleth.colours[number] if number >= 0 else None, texture
        )
        for (number, texture), parts in sorted(paths.items())
    )
    has_texture = any(texture in ("dotted", "hatched") for _, texture in paths)
    ground = TEXTURES if has_texture else ""
    return _svg(ground + body, f"Map: {choropleth.title}", width, height)


# Dots for values not measured here, lines for missing ones; used by `fill`.
TEXTURES = (
    '<defs><pattern id="dotted" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<circle cx="3" cy="3" r="1.3" fill="#1C2330" fill-opacity="0.75"/></pattern>'
    '<pattern id="hatched" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<path d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6" stroke="#9AA1AB" stroke-width="1.2"/>'
    "</pattern></defs>"
)


def _path(shape: str, colour: str | None, texture: str) -> str:
    edge = colour or ("#5B6470" if texture == "outline" else RULE)
    plain = (
        f'<path d="{shape}" fill="{colour or _NO_VALUE}" stroke="{edge}" '
        'stroke-width="1" fill-rule="evenodd"/>'
    )
    if texture not in ("dotted", "hatched"):
        return plain
    return f'{plain}<path d="{shape}" fill="url(#{texture})" fill-rule="evenodd"/>'


def svg_lines(level: str, width: int, colour: str, weight: float, over: str) -> str:
    """Return a level's outlines, to lie over `svg_map` of the level `over`."""
    lattice = _lattice(over, width)
    _, arcs = _arcs(level)
    text = "".join(_open([lattice.pixel(x, y) for x, y in arc]) for arc in arcs)
    return (
        f'<path d="{text}" fill="none" stroke="{colour}" '
        f'stroke-width="{weight * _FINE:g}" stroke-linejoin="round"/>'
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
    lattice = _lattice(_UNDERLAY, width)
    districts, _ = _shapes(_UNDERLAY, width)
    ground = "".join(
        f'<path d="{shape}" fill="{_NO_VALUE}" stroke="{_EDGE}" stroke-width="1"/>'
        for shape in districts.values()
    )
    marks = "".join(_mark(shape, lattice) for shape in features.geometry)
    return _svg(ground + marks, title, width, lattice.height)


def _mark(shape: BaseGeometry, lattice: Lattice) -> str:
    if shape.geom_type == "Point":
        x, y = lattice.pixel(shape.x, shape.y)
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{_MARK}"/>'
    polygons = getattr(shape, "geoms", [shape])
    rings = [ring for p in polygons for ring in (p.exterior, *p.interiors)]
    path = "".join(
        _closed([lattice.pixel(x, y) for x, y in ring.coords]) for ring in rings
    )
    return (
        f'<path d="{path}" fill="{_MARK}" stroke="{_MARK}" stroke-width="2" '
        'fill-rule="evenodd"/>'
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


@lru_cache(maxsize=16)
def _lattice(level: str, width: int) -> Lattice:
    points = [point for arc in _arcs(level)[1] for point in arc]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = (width - 2) / ((east - west) * narrow)
    return Lattice(west, north, narrow, scale, round((north - south) * scale) + 2)


@lru_cache(maxsize=16)
def _shapes(level: str, width: int) -> tuple[dict[str, str], int]:
    """Return an SVG path per area code, and the picture's height in pixels."""
    topology, arcs = _arcs(level)
    lattice = _lattice(level, width)
    drawn = [[lattice.pixel(x, y) for x, y in arc] for arc in arcs]
    shapes = {
        area["id"]: "".join(_ring(ring, drawn) for ring in _rings(area))
        for area in topology["objects"]["areas"]["geometries"]
    }
    return shapes, lattice.height


def _rings(area: dict[str, Any]) -> list[list[int]]:
    if area["type"] == "Polygon":
        return list(area["arcs"])
    return [ring for polygon in area["arcs"] for ring in polygon]


def _ring(ring: list[int], arcs: list[list[tuple[int, int]]]) -> str:
    """Return a closed ring as steps between points that differ."""
    points = [
        point for arc in ring for point in (arcs[~arc][::-1] if arc < 0 else arcs[arc])
    ]
    return _closed(points)


def _closed(points: list[tuple[int, int]]) -> str:
    line = _open(points)
    return f"{line}z" if line.count(" ") > 2 else ""
