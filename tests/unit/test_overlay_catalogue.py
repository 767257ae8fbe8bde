"""Overlay records and features: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lpipgeo as lg
from lpipgeo.errors import DataMissingError, MetadataError, UnknownOverlayError
from lpipgeo.metadata import Themes
from lpipgeo.overlay_catalogue import (
    find_overlay,
    load_features,
    read_features,
    read_overlay_records,
    read_overlays,
)
from tests.factories import THEMES, overlay_fields
from tests.tiny_data import write_toml


def problem_of(folder: Path, **changes: Any) -> str:
    """Return what is said of a valid record with some changes."""
    fields = {**overlay_fields(), **changes}
    fields = {name: value for name, value in fields.items() if value is not None}
    write_toml(folder / "tiny_posts.toml", fields)
    with pytest.raises(MetadataError) as caught:
        read_overlay_records(folder, Themes.model_validate(THEMES))
    return str(caught.value)


def test_shipped_overlays_come_by_theme_and_title() -> None:
    records = list(read_overlays().values())

    assert len(records) == 10
    assert records[0].theme == "pride_in_place"
    assert [r.title for r in records[:7]] == sorted(r.title for r in records[:7])


def test_features_are_in_degrees_and_say_where_they_lie() -> None:
    museums = read_features("museums")

    assert museums.crs.to_epsg() == 4326
    assert museums["feature_id"].is_unique
    assert set(museums["area_code"]) <= set(lg.areas("lsoa21")["area_code"])


def test_a_caller_cannot_spoil_the_features_of_the_next() -> None:
    read_features("museums").drop(columns="name", inplace=True)

    assert "name" in read_features("museums")


def test_frame_counts_the_features() -> None:
    frame = lg.overlays().set_index("overlay_id")

    assert frame.loc["museums", "features"] == len(lg.overlay("museums"))
    assert frame["attribution"].str.len().gt(10).all()


def test_unknown_overlay_names_the_nearest() -> None:
    with pytest.raises(UnknownOverlayError, match="'libraries'"):
        find_overlay("library")


def test_damaged_features_are_said_kindly(tmp_path: Path) -> None:
    path = tmp_path / "torn.geojson"
    path.write_text('{"type":"FeatureCollection","feat', encoding="utf-8")

    with pytest.raises(DataMissingError, match="git checkout"):
        load_features(path)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"size": 3}, "size"),
        ({"id": "other_posts"}, "tiny_posts"),
        ({"theme": "no_such"}, "tiny_theme"),
        ({"shape": "lines"}, "shape"),
        ({"mark": "hatched"}, "mark"),
        ({"colour": "red"}, "colour"),
        ({"period": "last year"}, "period"),
        ({"unit": None}, "unit"),
        ({"sources": []}, "sources"),
        ({"build": {"file": "posts.csv"}}, "reader"),
        ({"short_title": "x" * 41}, "short_title"),
    ],
)
def test_broken_record_is_refused_and_named(
    tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
    assert named in problem_of(tmp_path, **changes)
