"""Files for the browser: addresses that follow the content, and nothing else."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.boundary_sets import find_boundary_set
from lpipgeo.browser_files import (
    FONT,
    STYLES,
    all_files,
    decode_arcs,
    find_file,
    geometry_file,
    labels_file,
    names_file,
    outline_file,
    points_of,
    rings_of,
    static_file,
)
from lpipgeo.levels import MAPPED_LEVELS


def test_every_address_holds_the_hash_of_its_body():
    wrong = [
        file.address
        for file in all_files()
        if hashlib.sha256(file.body).hexdigest()[:10] not in file.address
    ]
    assert wrong == []


def test_every_file_is_found_by_its_address():
    files = list(all_files())
    assert [find_file(file.address) for file in files] == files
    assert len({file.address for file in files}) == len(files)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "geo/",
        "geo/lsoa21.json",
        "assets/map.js",
        "assets/../dashboard.py",
        "geo/../../etc/passwd",
        "/etc/passwd",
        "data/areas/areas.parquet",
        "geo/%2e%2e/boundaries.toml",
        "geo/boundaries.toml",
        "geo/\x00",
    ],
)
def test_nothing_else_is_found(address):
    assert find_file(address) is None


def test_compressed_body_is_the_same_body():
    file = geometry_file("lad24")
    assert gzip.decompress(file.gzipped) == file.body
    assert file.gzipped is file.gzipped


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (geometry_file("lad24"), "application/json"),
        (static_file("lpipgeo/map.js"), "text/javascript"),
        (static_file("lpipgeo/map.css"), "text/css"),
        (static_file(FONT), "font/woff2"),
    ],
    ids=["geometry", "script", "style", "font"],
)
def test_content_type_is_what_browsers_expect(file, kind):
    assert file.content_type == kind


def test_styles_name_the_font_by_its_own_address():
    bodies = b"".join(static_file(name).body for name in STYLES)
    font = static_file(FONT).address.removeprefix("assets/")
    assert font.encode() in bodies
    assert Path(FONT).name.encode() not in bodies


@pytest.mark.parametrize("level", MAPPED_LEVELS)
def test_names_stand_in_the_order_of_the_shapes(level):
    topology = json.loads(geometry_file(level).body)
    codes = [shape["id"] for shape in topology["objects"]["areas"]["geometries"]]
    index = read_areas()
    assert json.loads(names_file(level).body) == [
        [index.by_code[code].name, index.place_line(code)] for code in codes
    ]


def test_labels_show_the_most_important_first():
    rows = json.loads(labels_file().body)
    ranks = [rank for _, rank, *_ in rows]
    assert ranks == sorted(ranks)
    zooms = {rank: zoom for _, rank, _, _, zoom in rows}
    assert list(zooms.values()) == sorted(zooms.values())


@pytest.mark.parametrize("level", ["lad24", "lsoa21", "context"])
def test_arcs_are_decoded_within_the_box(level):
    west, south, east, north = find_boundary_set(level).bbox
    points = [p for arc in decode_arcs(_topology(level)) for p in arc]
    lons, lats = zip(*points, strict=True)
    assert (min(lons), max(lons)) == pytest.approx((west, east), abs=2e-4)
    assert (min(lats), max(lats)) == pytest.approx((south, north), abs=2e-4)


def test_decoded_rings_close():
    topology = _topology("lad24")
    arcs = decode_arcs(topology)
    areas = topology["objects"]["areas"]["geometries"]
    rings = [points_of(ring, arcs) for area in areas for ring in rings_of(area)]
    assert [ring[0] for ring in rings if ring[0] != ring[-1]] == []


def test_outline_has_one_line_per_arc():
    collection = json.loads(outline_file("lad24").body)
    lines = collection["features"][0]["geometry"]["coordinates"]
    assert len(lines) == len(_topology("lad24")["arcs"])


def _topology(level):
    return json.loads(geometry_file(level).body)
