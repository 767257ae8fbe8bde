"""The HTTP API, asked as a program would: tables, pages, tags, and what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import re

import pandas as pd
import pytest

import lpipgeo as lg
from lpipgeo.api.answers import Answer
from lpipgeo.api.cache import AnswerCache
from lpipgeo.api.description import BASE, ROUTES
from lpipgeo.api.openapi import describe_api
from lpipgeo.api.page import describe_page, example_of
from lpipgeo.cli import main
from lpipgeo.paths import PROJECT
from tests.asking import ask

DISTRICTS = f"{BASE}/observations?indicator=no_qualifications&level=lad24"


def rows_of(answer):
    return json.loads(answer.body)["rows"]


def error_of(answer):
    return json.loads(answer.body)["error"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.id)
def test_the_example_of_every_route_works(route):
    answer = ask(example_of(route))
    assert answer.status == 200
    assert len(answer.body) > 100


README = (PROJECT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", re.findall(r"^/api/v1/\S+$", README, re.MULTILINE))
def test_the_addresses_of_the_readme_work(path):
    assert ask(path).status == 200


def test_a_published_figure_arrives():
    answer = ask(f"{DISTRICTS}&area=E08000028")
    (row,) = rows_of(answer)
    # Census 2021, table TS067 (ONS): 76,839 of 266,028 residents aged 16 and over.
    assert (row["numerator"], row["denominator"]) == (76839, 266028)
    assert row["value"] == pytest.approx(28.88, abs=0.01)
    assert (row["status"], row["area_name"]) == ("published", "Sandwell")


def test_csv_is_that_of_the_command_line(tmp_path):
    file = tmp_path / "table.csv"
    given = [
        "--indicator",
        "imd_rank,no2",
        "--level",
        "lsoa21",
        "--within",
        "E08000028",
    ]
    assert main(["table", *given, "-o", str(file)]) == 0
    path = f"{BASE}/observations?indicator=imd_rank,no2&level=lsoa21&within=E08000028"
    answer = ask(f"{path}&format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.body == file.read_bytes()


def test_pages_together_are_the_whole_table():
    path, found = f"{DISTRICTS}&limit=12", []
    while path:
        answer = ask(path)
        found += rows_of(answer)
        assert answer.headers["x-total-count"] == "30"
        path = answer.headers.get("link", "").partition(">")[0].removeprefix("<")
    assert [r["area_code"] for r in found] == lg.areas("lad24")["area_code"].tolist()


def test_an_answer_held_already_is_not_sent_again():
    first = ask(DISTRICTS)
    again = ask(DISTRICTS, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(f"{DISTRICTS}&limit=5").headers["etag"] != first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]


def test_answers_are_compressed_where_the_program_can_read_it():
    plain, packed = ask(DISTRICTS), ask(DISTRICTS, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["vary"] == "Accept-Encoding"


def test_geojson_has_polygons_and_figures():
    found = json.loads(ask(f"{DISTRICTS}&format=geojson").body)
    assert len(found["features"]) == 30
    assert found["features"][0]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert "value" in found["features"][0]["properties"]
    shapes = json.loads(ask(f"{BASE}/boundaries/lsoa21?within=E08000028").body)
    assert len(shapes["features"]) == 190


def test_areas_inside_a_larger_one():
    rows = rows_of(ask(f"{BASE}/areas?level=lad24&within=E47000007"))
    assert len(rows) == 7


def test_overlays_are_those_of_the_library_with_their_terms():
    listed = json.loads(ask(f"{BASE}/overlays").body)["rows"]
    assert [one["overlay_id"] for one in listed] == [*lg.overlays()["overlay_id"]]
    assert "" not in {one["attribution"] for one in listed}
    for one in listed:
        shown = json.loads(ask(f"{BASE}/overlays/{one['overlay_id']}").body)
        assert len(shown["features"]) == one["features"]
    assert error_of(ask(f"{BASE}/overlays/musems"))["suggestions"] == ["museums"]


def test_a_profile_is_that_of_the_library():
    rows = rows_of(ask(f"{BASE}/areas/E08000028/profile?benchmark=rgn"))
    own = lg.profile("E08000028", "rgn")
    assert [row["indicator_id"] for row in rows] == own["indicator_id"].tolist()
    assert [row["outcome"] for row in rows] == own["outcome"].tolist()


def test_a_profile_is_compared_with_a_group_of_areas():
    group = "E08000025,E08000027,E08000030,E08000031"
    rows = rows_of(ask(f"{BASE}/areas/E08000028/profile?benchmark={group}"))
    own = lg.profile("E08000028", group)
    assert [row["outcome"] for row in rows] == own["outcome"].tolist()
    assert {row["compared"] for row in rows} >= {4}


def test_wide_and_sorted_tables_are_given():
    answer = ask(
        f"{DISTRICTS}&shape=wide&sort=-no_qualifications_21_march_2021&format=csv"
    )
    values = pd.read_csv(io.BytesIO(answer.body))["no_qualifications_21_march_2021"]
    assert values.is_monotonic_decreasing


@pytest.mark.parametrize(
    ("path", "parameter", "suggestion"),
    [
        ("observations?level=lad24", "indicator", None),
        ("observations?indicator=no_qualfications&level=lad24", "indicator",
         "no_qualifications"),
        ("observations?indicator=no2&level=lad42", "level", "lad24"),
        ("observations?indicator=no2&levle=lad24", "levle", "level"),
        ("observations?indicator=no2&level=lad24&level=rgn", "level", None),
        ("observations?indicator=no2&area=E99999999", "area", None),
        ("observations?indicator=no2&level=lad24&limit=0", "limit", None),
        ("observations?indicator=no2&level=lad24&limit=50001", "limit", None),
        ("observations?indicator=no2&level=lad24&offset=-1", "offset", None),
        ("observations?indicator=no2&level=lad24&format=xml", "format", None),
        ("observations?indicator=no2&level=lad24&period=1066", "period", None),
        ("observations?indicator=no2&level=lad24&sort=valeu", None, None),
        ("observations?indicator=pm25&area=E08000028,rgn&format=geojson", "area", None),
        ("observations?indicator=%00%01&level=lad24", "indicator", None),
        ("catalogue?theme=green_econmy", None, None),
        ("areas?level=lad42", "level", "lad24"),
        ("areas/E08000028/profile?benchmark=E99999999", "benchmark", None),
        ("areas/E08000028/profile?benchmark=E08000025,E99999999", "benchmark", None),
        ("areas/E08000028/profile?benchmark=E08000025,E08000027", None, None),
        ("areas/E08000028/profile?benchmark=E08000025,%3Cb%3E", "benchmark", None),
        ("boundaries/lad42", "level", "lad24"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_parameter_and_what_was_meant(
    path, parameter, suggestion
):
    answer = ask(f"{BASE}/{path}")
    assert answer.status == 400
    said = error_of(answer)
    assert said["message"].endswith((".", "?"))
    assert said["parameter"] == parameter
    assert suggestion is None or suggestion in said["suggestions"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("areas/E99999999/profile", 404), ("overlays/musems", 404), ("observation", 404)],
)
def test_what_is_not_there_is_404_with_a_way_on(path, status):
    answer = ask(f"{BASE}/{path}")
    assert answer.status == status
    assert error_of(answer)["message"]


def test_only_reading_is_allowed():
    assert ask(DISTRICTS, method="POST").status == 405
    head = ask(DISTRICTS, method="HEAD")
    assert head.status == 200
    assert head.headers["x-total-count"] == "30"


def test_very_long_values_are_refused_kindly():
    answer = ask(f"{BASE}/observations?level=lad24&indicator={'x' * 30_000}")
    assert answer.status == 400
    assert len(answer.body) < 1_000


def test_the_page_for_people_needs_no_other_host_and_escapes():
    page = ask(BASE).body.decode()
    assert ask(f"{BASE}/").body.decode() == page
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    for route in ROUTES:
        assert f"id='{route.id}'" in page


def test_the_cache_forgets_the_longest_unused_first():
    cache, made = AnswerCache(most=4_000), []

    def ask_for(name):
        def make():
            made.append(name)
            return Answer(name.encode() * 400, "text/plain")

        return cache.get((name,), make)

    for name in ("a", "b", "a", "c", "d", "e", "f", "g", "h", "i", "j", "k"):
        ask_for(name)
    ask_for("k")
    assert made.count("a") == made.count("k") == 1
    ask_for("b")
    assert made.count("b") == 2


def test_names_of_the_data_pages_address_are_taken_too():
    short = "indicator=no2&area=E08000028&period=all&status=aggregated,published"
    on_the_page = (
        "indicators=no2&areas=E08000028&periods=all&statuses=aggregated,published"
    )
    answer = ask(f"{BASE}/observations?{on_the_page}")
    assert rows_of(answer) == rows_of(ask(f"{BASE}/observations?{short}")) != []
    inside = ask(f"{BASE}/observations?indicators=no2&level=lad24&inside=E47000007")
    assert len(rows_of(inside)) == 7


def test_a_parameter_under_both_its_names_is_there_twice():
    answer = ask(f"{DISTRICTS}&period=latest&periods=all")
    assert answer.status == 400
    assert error_of(answer)["parameter"] == "period"


def test_other_names_are_described_to_people_and_programs():
    assert "periods, as on the page Data, is the same." in describe_page()
    parameters = describe_api()["paths"][f"{BASE}/observations"]["get"]["parameters"]
    period = next(one for one in parameters if one["name"] == "period")
    assert period["description"].endswith("; periods, as on the page Data, is the same")
