"""A choropleth as a small still picture: SVG from the same shared arcs."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from math import cos, radians
from typing import Any

from lpipgeo.browser_files import decode_arcs, geometry_file
from lpipgeo.choropleth import Choropleth
from lpipgeo.palettes import RULE

_NO_VALUE = "#FFFFFF"
_FINE = 2  # drawn on a lattice of so many steps a pixel


def svg_map(choropleth: Choropleth, width: int = 320) -> str:
    """Return a choropleth as an SVG element with a title for screen readers.

    Areas of one class are one path; a map of 736 areas takes 250 kB (38 kB
    compressed). Areas without a figure are white with a grey edge.
    """
    shapes, height = _shapes(choropleth.level, width)
    paths: dict[int, list[str]] = {}
    pairs = zip(choropleth.table["area_code"], choropleth.classes.class_of, strict=True)
    for code, number in pairs:
        paths.setdefault(int(number), []).append(shapes[code])
    body = "".join(
        _path("".join(parts), choropleth.colours[number] if number >= 0 else None)
        for number, parts in sorted(paths.items())
    )
    title = escape(f"Map: {choropleth.title}")
    return (
        f'<svg role="img" aria-label="{title}" '
        f'viewBox="0 0 {width * _FINE} {height * _FINE}" width="{width}" '
        f'height="{height}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{title}</title>{body}</svg>"
    )


def _path(shape: str, colour: str | None) -> str:
    edge = colour or RULE
    return (
        f'<path d="{shape}" fill="{colour or _NO_VALUE}" stroke="{edge}" '
        'stroke-width="1" fill-rule="evenodd"/>'
    )


@lru_cache(maxsize=16)
def _shapes(level: str, width: int) -> tuple[dict[str, str], int]:
    """Return an SVG path per area code, and the picture's height in pixels."""
    topology = json.loads(geometry_file(level).body)
    arcs = decode_arcs(topology)
    points = [point for arc in arcs for point in arc]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))  # a degree of longitude is shorter
    scale = (width - 2) / ((east - west) * narrow)

    def pixel(x: float, y: float) -> tuple[int, int]:
        across = 1 + (x - west) * narrow * scale
        down = 1 + (north - y) * scale
        return round(across * _FINE), round(down * _FINE)

    drawn = [[pixel(x, y) for x, y in arc] for arc in arcs]
    shapes = {
        area["id"]: "".join(_ring(ring, drawn) for ring in _rings(area))
        for area in topology["objects"]["areas"]["geometries"]
    }
    return shapes, round((north - south) * scale) + 2


def _rings(area: dict[str, Any]) -> list[list[int]]:
    if area["type"] == "Polygon":
        return list(area["arcs"])
    return [ring for polygon in area["arcs"] for ring in polygon]


def _ring(ring: list[int], arcs: list[list[tuple[int, int]]]) -> str:
    """Return a closed ring as steps between points that differ."""
    points = [
        point for arc in ring for point in (arcs[~arc][::-1] if arc < 0 else arcs[arc])
    ]
    (x, y), steps = points[0], []
    text = f"M{x} {y}"
    for to_x, to_y in points[1:]:
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x} {to_y - y}")
            x, y = to_x, to_y
    return f"{text}l{' '.join(steps)}z" if len(steps) > 1 else ""
