"""The locator map: where an area lies in the region, and in its district, as SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

from lpipgeo.area_index import Area, read_areas
from lpipgeo.boundary_sets import read_register
from lpipgeo.browser_files import decode_arcs, geometry_file, points_of, rings_of
from lpipgeo.palettes import ACCENT, SECONDARY_TEXT, TEXT
from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder

GROUND = "lad24"
SIZE = 300  # of a panel, in units of the picture
MARGIN = 150  # beside a key map, for names
_LETTER = 7.2  # units that a letter of a name takes up, on a telephone
_GAP = 24
_LAND, _EDGE = "#F0F1F3", "#8A93A0"

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class LocatorMap:
    """A drawn locator map.

    Attributes
    ----------
    svg : an SVG element
    alt : what it shows, in a sentence
    levels : whose boundaries are drawn
    """

    svg: str
    alt: str
    levels: tuple[str, ...]


def draw_locator(area: Area, *, data: DataFolder = None) -> LocatorMap | None:
    """Return where an area lies, or None for one whose boundary we do not hold.

    One panel shows the region with its districts; areas smaller than a district have
    a second one, their district at a larger scale.
    """
    index, register = read_areas(data), read_register(data)
    level = next((lv for lv in area.levels if lv in register), None)
    if level is None or GROUND not in register:
        return None
    own = _rings(level, data).get(area.code)
    if own is None:
        return None
    region, land = _region(data)
    district = index.parent(area.code, GROUND)
    if district is None or district.code == area.code:
        body, width = land + _place(region.path(own)), SIZE
        alt = f"Map of the region with {area.name} marked."
    else:
        outline = _rings(GROUND, data)[district.code]
        near = _Frame.around(outline, SIZE + _GAP)
        body = land + _place(region.path(outline)) + _lead()
        body += _land(near.path(outline)) + _place(near.path(own))
        width = 2 * SIZE + _GAP
        alt = (
            f"Two maps: the region with {district.name} marked, and {district.name} "
            f"with {area.name} marked."
        )
    svg = _svg(body, width, alt)
    return LocatorMap(svg, alt, tuple(dict.fromkeys((GROUND, level))))


@dataclass(frozen=True)
class KeyMap:
    """Areas beside each other, for their names to be laid above.

    Attributes
    ----------
    svg : an SVG element without text
    alt : what it shows, in a sentence
    places : per area code where its name belongs, in hundredths of width and height:
        the middle of one that lies inside its area, else the middle of its left side
    beside : codes of the areas whose names stand beside the map, with a line to each
    """

    svg: str
    alt: str
    places: dict[str, tuple[float, float]]
    beside: frozenset[str]


def draw_key_map(
    areas: Sequence[Area], colours: Sequence[str], *, data: DataFolder = None
) -> KeyMap:
    """Return areas of one level in the region, each in a pale tint of its colour.

    Parameters
    ----------
    areas : of a level whose boundaries are held
    colours : one for each
    """
    frame, land = _region(data)
    rings = _rings(areas[0].level, data)
    shapes = "".join(
        f'<path d="{frame.path(rings[area.code])}" fill="{colour}" fill-opacity="0.35" '
        f'stroke="#FFFFFF" stroke-width="2" stroke-linejoin="round"/>'
        for area, colour in zip(areas, colours, strict=True)
    )
    spots = {area.code: frame.at(area.lon, area.lat) for area in areas}
    beside = [a.code for a in areas if not _has_room(a.name, rings[a.code], frame)]
    beside.sort(key=lambda code: spots[code][1])
    leads = ""
    for number, code in enumerate(beside):
        x, y = spots[code]
        spots[code] = SIZE + 8, SIZE * (number + 0.5) / len(beside)
        leads += _lead_to(x, y, *spots[code])
    wide = SIZE + MARGIN if beside else SIZE
    places = {
        code: (round(100 * x / wide, 1), round(100 * y / SIZE, 1))
        for code, (x, y) in spots.items()
    }
    alt = f"Map of {', '.join(area.name for area in areas)}."
    svg = _svg(land + shapes + leads, wide, alt)
    return KeyMap(svg, alt, places, frozenset(beside))


def _has_room(name: str, rings: list[Ring], frame: _Frame) -> bool:
    """Return whether an area is wide enough for its name, with a sign before it."""
    across = [frame.at(*point)[0] for ring in rings for point in ring]
    return max(across) - min(across) > _LETTER * (len(name) + 2)


def _lead_to(x: float, y: float, to_x: float, to_y: float) -> str:
    """Return a line from a point in an area to its name beside the map."""
    return (
        f'<path d="M{x:g} {y:g}L{to_x - 3:g} {to_y:g}" fill="none" stroke="{TEXT}" '
        f'stroke-width="0.8"/><circle cx="{x:g}" cy="{y:g}" r="2.2" fill="{TEXT}"/>'
    )


def _svg(body: str, width: int, alt: str) -> str:
    said = escape(alt, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" '
        f'viewBox="0 0 {width} {SIZE}" width="{width}" height="{SIZE}">{body}</svg>'
    )


def _lead() -> str:
    """Return the arrow from the region to the district."""
    x, y = SIZE + 2, SIZE / 2
    return (
        f'<path d="M{x} {y:g}h16m-6 -6l6 6l-6 6" fill="none" '
        f'stroke="{SECONDARY_TEXT}" stroke-width="2"/>'
    )


def _land(path: str) -> str:
    return f'<path d="{path}" fill="{_LAND}" stroke="{_EDGE}" stroke-width="1"/>'


def _place(path: str) -> str:
    return (
        f'<path d="{path}" fill="{ACCENT}" stroke="{TEXT}" stroke-width="2" '
        'stroke-linejoin="round" fill-rule="evenodd"/>'
    )


@dataclass(frozen=True)
class _Frame:
    """Where degrees fall in a panel.

    Attributes
    ----------
    west, north : its corner in degrees
    narrow : length of a degree of longitude, in degrees of latitude
    scale : units per degree of latitude
    across, down : where the corner falls
    """

    west: float
    north: float
    narrow: float
    scale: float
    across: float
    down: float

    @staticmethod
    def around(rings: list[Ring], left: float) -> _Frame:
        """Return the frame of a panel that these rings fill."""
        points = [point for ring in rings for point in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        narrow = cos(radians((south + north) / 2))
        wide, high = (east - west) * narrow, north - south
        scale = (SIZE - 8) / max(wide, high)
        across, down = left + (SIZE - wide * scale) / 2, (SIZE - high * scale) / 2
        return _Frame(west, north, narrow, scale, across, down)

    def path(self, rings: list[Ring]) -> str:
        """Return rings as one SVG path."""
        return "".join(_closed([self.at(*point) for point in r]) for r in rings)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place in degrees falls."""
        across = self.across + (x - self.west) * self.narrow * self.scale
        down = self.down + (self.north - y) * self.scale
        return round(across, 1), round(down, 1)


@once_per_folder
def _region(data: DataFolder) -> tuple[_Frame, str]:
    """Return the frame of the whole region, and its districts drawn in it."""
    rings = [ring for found in _rings(GROUND, data).values() for ring in found]
    frame = _Frame.around(rings, 0)
    return frame, _land(frame.path(rings))


def _closed(points: list[tuple[float, float]]) -> str:
    """Return a ring without steps shorter than half a unit."""
    kept = [points[0]]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 1:
            kept.append((x, y))
    if len(kept) < 3:
        kept = points
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "z"


@once_per_folder
def _rings(level: str, data: DataFolder) -> dict[str, list[Ring]]:
    """Return the rings of every area of a level, in degrees, by code."""
    topology = json.loads(geometry_file(level, data).body)
    arcs = [[(x, y) for x, y in arc] for arc in decode_arcs(topology)]
    return {
        area["id"]: [points_of(ring, arcs) for ring in rings_of(area)]
        for area in topology["objects"]["areas"]["geometries"]
    }
