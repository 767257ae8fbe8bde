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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.boundary_sets import HEX, read_register
from lpipgeo.overlay_catalogue import overlay_path, read_overlays
from lpipgeo.paths import PROJECT
from lpipgeo.store import open_store

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


@lru_cache(maxsize=4)
def _geometry(folder: Path) -> dict[str, BrowserFile]:
    store = open_store(folder)
    return {
        level: BrowserFile(
            f"geo/{entry.file}", store.path(f"boundaries/{entry.file}").read_bytes()
        )
        for level, entry in read_register(folder).items()
    }


def geometry_file(level: str, data: str | Path | None = None) -> BrowserFile:
    """Return the TopoJSON file of a level."""
    return _geometry(open_store(data).folder)[level]


@lru_cache(maxsize=32)
def _names(folder: Path, level: str) -> BrowserFile:
    index = read_areas(folder)
    pairs = [(area.name, index.place_line(area.code)) for area in index.of_level(level)]
    return _hashed("geo", f"{level}.names", ".json", _as_json(pairs))


def names_file(level: str, data: str | Path | None = None) -> BrowserFile:
    """Return the names of a level's areas: [name, where it lies], order of code."""
    return _names(open_store(data).folder, level)


@lru_cache(maxsize=4)
def _labels(folder: Path) -> BrowserFile:
    places = open_store(folder).table("areas/places.parquet")
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


def labels_file(data: str | Path | None = None) -> BrowserFile:
    """Return place names for orientation: [name, rank, lat, lon, from zoom]."""
    return _labels(open_store(data).folder)


@lru_cache(maxsize=16)
def _area_labels(folder: Path, level: str) -> BrowserFile:
    zoom = _ZOOM_OF_LEVEL.get(level, 0)
    index = read_areas(folder)
    rows: list[tuple[str, Label]] = []
    for area in index.of_level(level):
        place = (round(area.lat, 4), round(area.lon, 4))
        rows.append((area.code, (area.name, _RANK_OF_AREAS, *place, zoom)))
    labels = _largest_first(rows, index)
    return _hashed("geo", f"{level}.labels", ".json", _as_json(labels))


@lru_cache(maxsize=16)
def _boxes(folder: Path, level: str) -> dict[str, Box]:
    topology = json.loads(_geometry(folder)[level].body)
    arcs = decode_arcs(topology)
    found = {}
    for area in topology["objects"]["areas"]["geometries"]:
        is_single = area["type"] == "Polygon"
        polygons = [area["arcs"]] if is_single else area["arcs"]
        used = [max(arc, ~arc) for rings in polygons for ring in rings for arc in ring]
        xs, ys = zip(*(point for arc in used for point in arcs[arc]), strict=True)
        found[area["id"]] = (min(xs), min(ys), max(xs), max(ys))
    return found


def area_box(area_code: str, data: str | Path | None = None) -> Box | None:
    """Return the box around an area as it is drawn: west, south, east, north, degrees.

    None where no level that the area has is drawn.

    Raises
    ------
    UnknownAreaError
    """
    folder = open_store(data).folder
    for level in read_areas(data).find(area_code).levels:
        if level in read_register(folder):
            box = _boxes(folder, level).get(area_code)
            if box:
                return box
    return None


def _largest_first(rows: list[tuple[str, Label]], index: AreaIndex) -> list[Label]:
    """Return labels by residents: a name on the map gives way to those before it."""
    residents = index.table["residents"].fillna(0)
    return [row for _, row in sorted(rows, key=lambda pair: -residents.loc[pair[0]])]


@lru_cache(maxsize=16)
def _centres(folder: Path, level: str) -> BrowserFile:
    areas = read_areas(folder).of_level(level)
    places = [(round(area.lat, 4), round(area.lon, 4)) for area in areas]
    return _hashed("geo", f"{level}.centres", ".json", _as_json(places))


def centres_file(level: str, data: str | Path | None = None) -> BrowserFile:
    """Return a point inside each area of a level: [lat, lon], in order of code."""
    return _centres(open_store(data).folder, level)


@lru_cache(maxsize=4)
def _hexagon_labels(folder: Path) -> BrowserFile:
    """Names of districts in the middle of their hexagons."""
    index = read_areas(folder)
    rows: list[tuple[str, Label]] = []
    for code, (west, south, east, north) in _boxes(folder, f"lad24{HEX}").items():
        lon, lat = (west + east) / 2, (south + north) / 2
        name = index.by_code[code].name
        place = (round(lat, 4), round(lon, 4))
        rows.append((code, (name, _RANK_OF_AREAS, *place, 0)))
    labels = _largest_first(rows, index)
    return _hashed("geo", f"lad24{HEX}.labels", ".json", _as_json(labels))


def hexagon_labels_file(data: str | Path | None = None) -> BrowserFile:
    """Return the names of districts for the equal-area drawing, like place names."""
    return _hexagon_labels(open_store(data).folder)


def area_labels_file(level: str, data: str | Path | None = None) -> BrowserFile:
    """Return the names of a level's areas at points inside them, like place names."""
    return _area_labels(open_store(data).folder, level)


@lru_cache(maxsize=32)
def _overlay(folder: Path, overlay_id: str) -> BrowserFile:
    body = overlay_path(overlay_id, folder).read_bytes()
    return _hashed("geo", f"{overlay_id}.overlay", ".json", body)


def overlay_file(overlay_id: str, data: str | Path | None = None) -> BrowserFile:
    """Return the features of an overlay as GeoJSON."""
    return _overlay(open_store(data).folder, overlay_id)


@lru_cache(maxsize=64)
def static_file(name: str) -> BrowserFile:
    """Return a script, style or picture of ``static/`` with its hash."""
    path = STATIC / name
    body = path.read_bytes()
    if path.suffix == ".css":  # the style names its font by the font's own address
        font = static_file(FONT).address.removeprefix("assets/")
        body = body.replace(Path(FONT).name.encode(), font.encode())
    return _hashed("assets", path.stem, path.suffix, body)


@lru_cache(maxsize=8)
def _outline(folder: Path, level: str) -> BrowserFile:
    topology = json.loads(_geometry(folder)[level].body)
    lines = {"type": "MultiLineString", "coordinates": decode_arcs(topology)}
    feature = {"type": "Feature", "properties": {}, "geometry": lines}
    collection = {"type": "FeatureCollection", "features": [feature]}
    return _hashed("geo", f"{level}.outline", ".json", _as_json(collection))


def outline_file(level: str, data: str | Path | None = None) -> BrowserFile:
    """Return the edges of a level as GeoJSON lines, for drawers without TopoJSON."""
    return _outline(open_store(data).folder, level)


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


@lru_cache(maxsize=1)
def script_bundle() -> BrowserFile:
    """Return the map frame's scripts as one file, in the order in which they need.

    The frame loads its scripts one after the other, so each file costs a round trip.
    """
    body = b"\n;\n".join((STATIC / name).read_bytes() for name in SCRIPTS)
    return _hashed("assets", "map-frame", ".js", body)


@lru_cache(maxsize=4)
def _makers(folder: Path) -> dict[str, Callable[[], BrowserFile]]:
    """Return what makes each file that a browser may fetch, by `_stem` of its address.

    Files are made when one is asked for: a first visit does not wait for the others.
    """
    register = read_register(folder)
    found: dict[str, Callable[[], BrowserFile]] = {
        _stem(f"geo/{entry.file}"): partial(geometry_file, level, folder)
        for level, entry in register.items()
    }
    for level in register:
        if level != "context" and not level.endswith(HEX):
            found[f"geo/{level}.names"] = partial(_names, folder, level)
            found[f"geo/{level}.labels"] = partial(_area_labels, folder, level)
            found[f"geo/{level}.centres"] = partial(_centres, folder, level)
    if f"lad24{HEX}" in register:
        found[f"geo/lad24{HEX}.labels"] = partial(_hexagon_labels, folder)
    for name in read_overlays(folder):
        found[f"geo/{name}.overlay"] = partial(_overlay, folder, name)
    found["geo/places"] = partial(_labels, folder)
    found[f"geo/{RAISED_OUTLINE}.outline"] = partial(_outline, folder, RAISED_OUTLINE)
    found["assets/map-frame"] = script_bundle
    for name in (*STYLES, FONT):
        found[f"assets/{Path(name).stem}"] = partial(static_file, name)
    return found


def _stem(address: str) -> str:
    """Return an address without hash and ending: "geo/lsoa21.names"."""
    return _HASH_AND_ENDING.sub("", address)


def all_files(data: str | Path | None = None) -> Iterable[BrowserFile]:
    """Yield every file that the browser may fetch."""
    for make in _makers(open_store(data).folder).values():
        yield make()


def find_file(address: str, data: str | Path | None = None) -> BrowserFile | None:
    """Return the file with this address, or None; nothing else is ever served."""
    make = _makers(open_store(data).folder).get(_stem(address))
    file = make() if make else None
    return file if file is not None and file.address == address else None
