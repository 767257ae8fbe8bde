"""From small source files to features, and what stops the build."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, Polygon

from lpipgeo.build.overlays import to_geojson, write_overlays
from lpipgeo.build.overlays.shapes import in_title_case
from lpipgeo.build.placing import POLYGONS
from lpipgeo.build.rules.overlays import check_overlays
from lpipgeo.build.sources import Sources
from lpipgeo.errors import MetadataError, SourceError
from lpipgeo.overlay_catalogue import Overlay, load_features
from tests.build_factories import write_sources
from tests.factories import make_areas, make_boundaries, overlay_fields
from tests.tiny_data import write_tiny_data, write_toml

SITES = {
    "reader": "sites",
    "file": "posts.csv",
    "name": "name",
    "kind": "made of",
    "value": "height",
    "x": "lon",
    "y": "lat",
    "crs": "EPSG:4326",
}
POSTS = """\
name,made of,height,lon,lat,state
Old  post,OAK:sessile,"1,200.5",-1.995,52.515,up
New post,iron,,-1.975,52.505,up
Lost post,iron,3,-1.975,52.505,down
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_tiny_data(tmp_path / "data")


def make(data: Path, files: dict[str, str | bytes], **changes: Any) -> gpd.GeoDataFrame:
    """Write one overlay from source files and read it back."""
    fields = {**overlay_fields(), **changes}
    fields["sources"][0]["files"] = list(files)
    fields = {name: value for name, value in fields.items() if value is not None}
    record = Overlay.model_validate(fields)
    squares = make_boundaries("lsoa21").rename(columns={"area_code": "LSOA21CD"})
    squares.to_parquet(data.parent / "squares.parquet")
    contents = {
        name: text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }
    contents[POLYGONS] = (data.parent / "squares.parquet").read_bytes()
    sources = Sources(write_sources(data.parent / "sources", contents))
    write_overlays(sources, {record.id: record}, data)
    write_toml(data / f"overlays/{record.id}.toml", fields)
    return load_features(data / f"overlays/{record.id}.geojson").set_index("name")


def test_sites_are_read_placed_and_said_in_words(data: Path) -> None:
    build = {
        **SITES,
        "until": ":",
        "kind_words": {"OAK": "Oak"},
        "factor": 2,
        "keep": {"state": ["up"]},
    }
    posts = make(data, {"posts.csv": POSTS}, build=build)

    assert list(posts.index) == ["New post", "Old post"]
    assert posts.loc["Old post", "kind"] == "Oak"
    assert posts.loc["Old post", "value"] == 2401.0
    assert pd.isna(posts.loc["New post", "value"])
    assert posts["area_code"].to_dict() == {
        "Old post": "E01900001",
        "New post": "E01900006",
    }
    assert check_overlays(data, make_areas()) == []


def test_writing_again_gives_the_same_bytes(data: Path) -> None:
    make(data, {"posts.csv": POSTS}, build=SITES)
    first = (data / "overlays/tiny_posts.geojson").read_bytes()
    make(data, {"posts.csv": POSTS}, build=SITES)

    assert (data / "overlays/tiny_posts.geojson").read_bytes() == first


def test_site_outside_the_region_stops_the_build(data: Path) -> None:
    far = POSTS + "Far post,iron,1,-1.5,52.5,up\n"

    with pytest.raises(SourceError, match="Far post"):
        make(data, {"posts.csv": far}, build=SITES)


def test_site_that_is_said_to_lie_outside_is_left_out(data: Path) -> None:
    far = POSTS + "Far post,iron,1,-1.5,52.5,up\n"
    posts = make(data, {"posts.csv": far}, build={**SITES, "outside": ["Far post"]})

    assert "Far post" not in posts.index
    with pytest.raises(SourceError, match="Far post"):
        make(data, {"posts.csv": POSTS}, build={**SITES, "outside": ["Far post"]})


def test_site_without_coordinates_stops_the_build(data: Path) -> None:
    with pytest.raises(SourceError, match="Nowhere"):
        make(data, {"posts.csv": POSTS + "Nowhere,iron,1,,,up\n"}, build=SITES)


def test_text_to_keep_that_is_gone_stops_the_build(data: Path) -> None:
    build = {**SITES, "keep": {"state": ["up", "leaning"]}}

    with pytest.raises(SourceError, match="leaning"):
        make(data, {"posts.csv": POSTS}, build=build)


def test_only_the_regions_districts_are_kept(data: Path) -> None:
    posts = (
        "name,made of,height,lon,lat,lad\n"
        "Here,iron,1,-1.995,52.515,E07900001\n"
        "Wales,iron,1,-3,52,W06000001\n"
    )
    found = make(data, {"posts.csv": posts}, build={**SITES, "district": "lad"})

    assert list(found.index) == ["Here"]


def test_source_that_the_record_does_not_name_is_told(data: Path) -> None:
    record = Overlay.model_validate({**overlay_fields(), "build": SITES})
    squares = make_boundaries("lsoa21").rename(columns={"area_code": "LSOA21CD"})
    squares.to_parquet(data.parent / "squares.parquet")
    polygons = (data.parent / "squares.parquet").read_bytes()
    files = {"posts.csv": POSTS.encode(), POLYGONS: polygons}
    sources = Sources(write_sources(data.parent / "sources", files))

    with pytest.raises(MetadataError, match=r"posts\.csv"):
        write_overlays(sources, {"tiny_posts": record}, data)


def test_outlines_become_points_inside_them(data: Path) -> None:
    ring = Polygon([(-1.999, 52.511), (-1.991, 52.511), (-1.991, 52.519)])
    lawn = gpd.GeoDataFrame(
        {"NAME": ["THE LAWN"]}, geometry=[ring], crs="EPSG:4326"
    ).to_json()
    build = {"reader": "shapes", "file": "lawn.geojson", "name": "NAME"}
    found = make(
        data,
        {"lawn.geojson": lawn},
        build={**build, "id": "NAME"},
        **dict.fromkeys(["kind_label", "value_label", "unit"]),
    )

    assert ring.contains(found.loc["The Lawn"].geometry)
    assert found.loc["The Lawn", "area_code"] == "E01900001"


def test_programme_areas_get_our_outlines_and_names(data: Path) -> None:
    areas = "code,chosen\nE01900002,True\nE01900003,False\nW01000001,True\n"
    build = {"reader": "areas", "file": "a.csv", "code": "code", "level": "lsoa21"}
    found = make(
        data,
        {"a.csv": areas},
        build={**build, "flag": "chosen"},
        shape="polygons",
        mark="outline",
        **dict.fromkeys(["kind_label", "value_label", "unit"]),
    )

    assert found["area_code"].to_dict() == {"Square 2": "E01900002"}
    ours = make_boundaries("lsoa21").set_index("area_code")
    assert found.geometry.iloc[0].equals_exact(ours.geometry["E01900002"], 1e-9)


def test_grants_stand_in_the_middle_of_their_town(data: Path) -> None:
    grants = "code,place,fund,gbp\nA,Westborough high street,Fund,5\n"
    build = {
        "reader": "towns",
        "file": "g.csv",
        "id": "code",
        "name": "place",
        "kind": "fund",
        "value": "gbp",
        "towns": {"Westborough high street": "Westborough"},
    }
    found = make(data, {"g.csv": grants}, build=build)

    assert found.geometry.iloc[0] == Point(-1.99, 52.51)
    with pytest.raises(SourceError, match="Westborough high street"):
        make(data, {"g.csv": grants}, build={**build, "towns": {}})


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("LADY HERBERT'S GARDEN", "Lady Herbert's Garden"),
        ("GARDEN OF THE REST", "Garden of the Rest"),
        ("STOKE-ON-TRENT PARK", "Stoke-On-Trent Park"),
        ("Hewell Grange", "Hewell Grange"),
    ],
)
def test_capitals_become_a_title(given: str, shown: str) -> None:
    assert in_title_case(given) == shown


def features(**columns: Any) -> gpd.GeoDataFrame:
    fields: dict[str, Any] = {
        "feature_id": ["1"],
        "name": ["Post"],
        "kind": ["Iron"],
        "value": [1.0],
        "area_code": ["E01900001"],
        "geometry": [Point(-1.995, 52.515)],
    }
    return gpd.GeoDataFrame({**fields, **columns}, crs="EPSG:4326")


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"name": [" "]}, "name"),
        ({"area_code": ["E01000001"]}, "area_code"),
        ({"geometry": [Point(2.3, 48.9)]}, "in or near the region"),
        ({"geometry": [Point(-1.9, 52.5).buffer(0.01)]}, "points"),
        ({"detail": ["leaning"]}, "no label"),
        ({"kind": [None]}, "Material"),
    ],
)
def test_broken_features_are_named(
    data: Path, columns: dict[str, Any], named: str
) -> None:
    write_toml(data / "overlays/tiny_posts.toml", overlay_fields())
    path = data / "overlays/tiny_posts.geojson"
    path.write_text(to_geojson(features(**columns)), encoding="utf-8")

    problems = check_overlays(data, make_areas())

    assert len(problems) == 1
    assert named in str(problems[0])


def test_features_without_record_and_record_without_features_are_told(
    data: Path,
) -> None:
    write_toml(data / "overlays/tiny_posts.toml", overlay_fields())
    (data / "overlays/stray.geojson").write_text("{}", encoding="utf-8")

    told = " ".join(str(problem) for problem in check_overlays(data, make_areas()))

    assert "stray.geojson" in told
    assert "tiny_posts.geojson" in told


def test_text_of_a_source_stays_text(data: Path) -> None:
    posts = POSTS.replace("Lost post", "<script>alert(1)</script>")
    make(data, {"posts.csv": posts}, build=SITES)
    text = (data / "overlays/tiny_posts.geojson").read_text(encoding="utf-8")

    names = [f["properties"]["name"] for f in json.loads(text)["features"]]
    assert "<script>alert(1)</script>" in names
