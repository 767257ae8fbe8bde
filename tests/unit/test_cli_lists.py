"""Commands that list: the catalogue, areas, their peers, and overlays."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest

import lpipgeo
from lpipgeo.cli import OK, USAGE
from tests.unit.csv_reading import rows


def test_catalogue_lists_every_indicator(run):
    code, out, err = run("catalogue")
    ids = [row["indicator_id"] for row in rows(out)]
    assert (code, err) == (OK, "")
    assert ids == lpipgeo.catalogue()["indicator_id"].tolist()


def test_catalogue_of_one_theme_holds_only_that(run):
    _, out, _ = run("catalogue", "--theme", "green_economy", "--format", "json")
    assert {row["theme"] for row in json.loads(out)} == {"green_economy"}


def test_catalogue_of_an_unknown_theme_is_refused(run):
    assert run("catalogue", "--theme", "green") == (
        USAGE,
        "",
        "No indicator has the theme 'green'.\n",
    )


def test_areas_are_listed_with_their_larger_areas(run):
    code, out, _ = run("areas", "--level", "lad24")
    found = {row["area_code"]: row for row in rows(out)}
    assert (code, len(found)) == (OK, 30)
    assert found["E08000025"]["subregion"] == "WMS000001"


def test_areas_may_reach_beyond_the_region(run):
    _, out, _ = run("areas", "--level", "rgn", "--all-england")
    assert len(rows(out)) == 9


def test_peers_of_a_district_are_listed_nearest_first(run):
    code, out, err = run("peers", "E08000028", "--kind", "demographic")
    found = rows(out)
    assert (code, err, len(found)) == (OK, "", 20)
    assert [row["rank"] for row in found] == [str(rank) for rank in range(1, 21)]
    assert {row["in_data"] for row in found} <= {"True", "False"}
    _, default, _ = run("peers", "E08000028", "--format", "json")
    first = lpipgeo.peers("E08000028", "global").loc[0, "peer_code"]
    assert json.loads(default)[0]["peer_code"] == first


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["E08000028", "--kind", "economy"], "Unknown kind of peers 'economy'."),
        (["E99999999"], "Unknown area 'E99999999'."),
        (["E01008881"], "Yardley 067A (E01008881) is no district of the region"),
    ],
    ids=["kind", "area", "neighbourhood"],
)
def test_peers_that_cannot_be_told_are_a_sentence(run, arguments, sentence):
    code, out, err = run("peers", *arguments)
    assert (code, out) == (USAGE, "")
    assert err.startswith(sentence)


def test_overlays_are_listed_and_one_is_written(run, tmp_path):
    _, out, _ = run("overlays")
    assert "museums" in {row["overlay_id"] for row in rows(out)}

    _, out, _ = run("overlays", "--id", "museums")
    first = rows(out)[0]
    assert 51.8 < float(first["lat"]) < 53.3

    path = tmp_path / "museums.geojson"
    run("overlays", "--id", "museums", "--format", "geojson", "-o", path)
    assert len(gpd.read_file(path)) == len(lpipgeo.overlay("museums"))


def test_overlay_that_is_unknown_or_unnamed_is_told(run):
    code, _, err = run("overlays", "--id", "musems")
    assert (code, "'museums'" in err) == (USAGE, True)

    for unknown in ("foo", ""):
        code, out, err = run("overlays", "--id", unknown)
        assert (code, out) == (USAGE, "")
        assert err.startswith(f"Unknown overlay '{unknown}'. Use: ")
        assert "Museums (museums)" in err

    code, _, err = run("overlays", "--format", "geojson")
    assert (code, "add --id" in err) == (USAGE, True)
