"""Files that the browser fetches once: geometry, names, labels, scripts.

Each has a hash of its content in its address, so that a browser or a proxy may keep
it for ever. Bodies are compressed once and kept.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.boundary_sets import HEX, read_register
from lpipgeo.overlay_catalogue import overlay_path, read_overlays
from lpipgeo.paths import PROJECT, DataFolder
from lpipgeo.store import once_per_folder, open_store

_Point = TypeVar("_Point")
Box = tuple[float, float, float, float]
Label = tuple[str, int, float, float, float]  # name, rank, lat, lon, from zoom
STATIC = PROJECT / "static"
SCRIPTS = (
    "vendor/leaflet/leaflet.js",
    "lpipgeo/area_canvas.js",
    "lpipgeo/place_canvas.js",
    "lpipgeo/circle_canvas.js",
    "lpipgeo/map_figures.js",
    "lpipgeo/map_textures.js",
    "lpipgeo/map_labels.js",
    "lpipgeo/map_legend.js",
    "lpipgeo/map_address.js",
    "lpipgeo/map.js",
)
STYLES = ("vendor/leaflet/leaflet.css", "lpipgeo/map.css")
RAISED_OUTLINE = "lad24"  # drawn under the raised map
FONT = "vendor/source-sans-3/source-sans-3-latin-wght-normal.woff2"
_HASH_AND_ENDING = re.compile(r"\.[0-9a-f]{10}(\.[a-z0-9]+)+$")
_ZOOM_OF_RANK = {1: 0, 2: 8.5, 3: 9.5, 4: 10.5}
_ZOOM_OF_MSOA = 12
_RANK_OF_MSOA = 5
_RANK_OF_AREAS = 0
_ZOOM_OF_LEVEL = {"lsoa21": 13, "msoa21": 11, "ward25": 11, "pcon24": 9}


@dataclass(frozen=True)
class BrowserFile:
    """A body with its address below the app's root."""

    address: str
    body: bytes

    @property
    def content_type(self) -> str:
        """MIME type, from the address."""
        guessed = mimetypes.guess_type(self.address)[0]
        return guessed or "application/octet-stream"

    @cached_property
    def gzipped(self) -> bytes:
        """The body compressed, made once; the same bytes every time."""
        return gzip.compress(self.body, 6, mtime=0)


def _hashed(folder: str, stem: str, suffix: str, body: bytes) -> BrowserFile:
    digest = hashlib.sha256(body).hexdigest()[:10]
    return BrowserFile(f"{folder}/{stem}.{digest}{suffix}", body)


def _as_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@once_per_folder
def geometry_file(level: str, data: DataFolder = None) -> BrowserFile:
    """Return the TopoJSON file of a level."""
    name = read_register(data)[level].file
    return BrowserFile(
        f"geo/{name}", open_store(data).path(f"boundaries/{name}").read_bytes()
    )


@once_per_folder
def names_file(level: str, data: DataFolder = None) -> BrowserFile:
    """Return the names of a level's areas: [name, where it lies], order of code."""
    index = read_areas(data)
    pairs = [(area.name, index.place_line(area.code)) for area in index.of_level(level)]
    return _hashed("geo", f"{level}.names", ".json", _as_json(pairs))


@once_per_folder
def labels_file(data: DataFolder = None) -> BrowserFile:
    """Return place names for orientation: [name, rank, lat, lon, from zoom]."""
    places = open_store(data).table("areas/places.parquet")
    rows = [
        _label(name, kind, int(rank), lat, lon)
        for name, kind, rank, lat, lon in places.sort_values(["rank", "name"])[
            ["name", "kind", "rank", "lat", "lon"]
        ].itertuples(index=False)
    ]
    rows.sort(key=lambda row: row[1])
    return _hashed("geo", "places", ".json", _as_json(rows))


def _label(name: str, kind: str, rank: int, lat: float, lon: float) -> Label:
    shown = _RANK_OF_MSOA if kind == "msoa" else rank
    zoom = _ZOOM_OF_RANK.get(shown, _ZOOM_OF_MSOA)
    return name, shown, round(lat, 4), round(lon, 4), zoom


@once_per_folder
def area_labels_file(level: str, data: DataFolder = None) -> BrowserFile:
    """Return the names of a level's areas at points inside them, like place names."""
    zoom = _ZOOM_OF_LEVEL.get(level, 0)
    index = read_areas(data)
    rows: list[tuple[str, Label]] = []
    for area in index.of_level(level):
        place = (round(area.lat, 4), round(area.lon, 4))
        rows.append((area.code, (area.name, _RANK_OF_AREAS, *place, zoom)))
    labels = _largest_first(rows, index)
    return _hashed("geo", f"{level}.labels", ".json", _as_json(labels))


@once_per_folder
def _boxes(level: str, data: DataFolder = None) -> dict[str, Box]:
    topology = json.loads(geometry_file(level, data).body)
    arcs = decode_arcs(topology)
    found = {}
    for area in topology["objects"]["areas"]["geometries"]:
        points = (point for ring in rings_of(area) for point in points_of(ring, arcs))
        xs, ys = zip(*points, strict=True)
        found[area["id"]] = (min(xs), min(ys), max(xs), max(ys))
    return found


def area_box(area_code: str) -> Box | None:
    """Return the box around an area as it is drawn: west, south, east, north, degrees.

    None where no level that the area has is drawn.

    Raises
    ------
    UnknownAreaError
    """
    for level in read_areas().find(area_code).levels:
        if level in read_register():
            box = _boxes(level).get(area_code)
            if box:
                return box
    return None


def _largest_first(rows: list[tuple[str, Label]], index: AreaIndex) -> list[Label]:
    """Return labels by residents: a name on the map gives way to those before it."""
    residents = index.table["residents"].fillna(0)
    return [row for _, row in sorted(rows, key=lambda pair: -residents.loc[pair[0]])]


@once_per_folder
def centres_file(level: str, data: DataFolder = None) -> BrowserFile:
    """Return a point inside each area of a level: [lat, lon], in order of code."""
    areas = read_areas(data).of_level(level)
    places = [(round(area.lat, 4), round(area.lon, 4)) for area in areas]
    return _hashed("geo", f"{level}.centres", ".json", _as_json(places))


@once_per_folder
def hexagon_labels_file(data: DataFolder = None) -> BrowserFile:
    """Return the names of districts in their hexagons' middle, like place names."""
    index = read_areas(data)
    rows: list[tuple[str, Label]] = []
    for code, (west, south, east, north) in _boxes(f"lad24{HEX}", data).items():
        lon, lat = (west + east) / 2, (south + north) / 2
        name = index.by_code[code].name
        place = (round(lat, 4), round(lon, 4))
        rows.append((code, (name, _RANK_OF_AREAS, *place, 0)))
    labels = _largest_first(rows, index)
    return _hashed("geo", f"lad24{HEX}.labels", ".json", _as_json(labels))


@once_per_folder
def overlay_file(overlay_id: str, data: DataFolder = None) -> BrowserFile:
    """Return the features of an overlay as GeoJSON."""
    body = overlay_path(overlay_id, data).read_bytes()
    return _hashed("geo", f"{overlay_id}.overlay", ".json", body)


@lru_cache(maxsize=64)
def static_file(name: str) -> BrowserFile:
    """Return a script, style or picture of ``static/`` with its hash."""
    path = STATIC / name
    body = path.read_bytes()
    if path.suffix == ".css":  # the style names its font by the font's own address
        font = static_file(FONT).address.removeprefix("assets/")
        body = body.replace(Path(FONT).name.encode(), font.encode())
    return _hashed("assets", path.stem, path.suffix, body)


@once_per_folder
def outline_file(level: str, data: DataFolder = None) -> BrowserFile:
    """Return the edges of a level as GeoJSON lines, for drawers without TopoJSON."""
    topology = json.loads(geometry_file(level, data).body)
    lines = {"type": "MultiLineString", "coordinates": decode_arcs(topology)}
    feature = {"type": "Feature", "properties": {}, "geometry": lines}
    collection = {"type": "FeatureCollection", "features": [feature]}
    return _hashed("geo", f"{level}.outline", ".json", _as_json(collection))


def decode_arcs(topology: dict[str, Any]) -> list[list[list[float]]]:
    """Return the arcs of a quantised TopoJSON as lists of [lon, lat], EPSG:4326."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (move_x, move_y) = topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append(
                [round(x * scale_x + move_x, 5), round(y * scale_y + move_y, 5)]
            )
        lines.append(line)
    return lines


def rings_of(area: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a TopoJSON area, outer and inner, by their arcs' numbers."""
    polygons = [area["arcs"]] if area["type"] == "Polygon" else area["arcs"]
    return [ring for rings in polygons for ring in rings]


def points_of(ring: Iterable[int], arcs: Sequence[list[_Point]]) -> list[_Point]:
    """Return the points along a ring; a negative number is an arc run backwards."""
    parts = (arcs[~arc][::-1] if arc < 0 else arcs[arc] for arc in ring)
    return [point for part in parts for point in part]


@lru_cache(maxsize=1)
def script_bundle() -> BrowserFile:
    """Return the map frame's scripts as one file, in the order in which they need.

    The frame loads its scripts one after the other, so each file costs a round trip.
    """
    body = b"\n;\n".join((STATIC / name).read_bytes() for name in SCRIPTS)
    return _hashed("assets", "map-frame", ".js", body)


@once_per_folder
def _makers(data: DataFolder) -> dict[str, Callable[[], BrowserFile]]:
    """Return what makes each file that a browser may fetch, by `_stem` of its address.

    Files are made when one is asked for: a first visit does not wait for the others.
    """
    register = read_register(data)
    found: dict[str, Callable[[], BrowserFile]] = {
        _stem(f"geo/{entry.file}"): partial(geometry_file, level, data)
        for level, entry in register.items()
    }
    for level in register:
        if level != "context" and not level.endswith(HEX):
            found[f"geo/{level}.names"] = partial(names_file, level, data)
            found[f"geo/{level}.labels"] = partial(area_labels_file, level, data)
            found[f"geo/{level}.centres"] = partial(centres_file, level, data)
    if f"lad24{HEX}" in register:
        found[f"geo/lad24{HEX}.labels"] = partial(hexagon_labels_file, data)
    for name in read_overlays(data):
        found[f"geo/{name}.overlay"] = partial(overlay_file, name, data)
    found["geo/places"] = partial(labels_file, data)
    found[f"geo/{RAISED_OUTLINE}.outline"] = partial(outline_file, RAISED_OUTLINE, data)
    found["assets/map-frame"] = script_bundle
    for name in (*STYLES, FONT):
        found[f"assets/{Path(name).stem}"] = partial(static_file, name)
    return found


def _stem(address: str) -> str:
    """Return an address without hash and ending: "geo/lsoa21.names"."""
    return _HASH_AND_ENDING.sub("", address)


def all_files(data: DataFolder = None) -> Iterable[BrowserFile]:
    """Yield every file that the browser may fetch."""
    for make in _makers(data).values():
        yield make()


def find_file(address: str, data: DataFolder = None) -> BrowserFile | None:
    """Return the file with this address, or None; nothing else is ever served."""
    make = _makers(data).get(_stem(address))
    file = make() if make else None
    return file if file is not None and file.address == address else None
