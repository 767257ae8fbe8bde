"""Strips: neighbourhoods inside areas, all peers of a set, and charts as files."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from lpipgeo.area_profile import read_profile
from lpipgeo.chart_files import draw_chart, with_title
from lpipgeo.comparison import compare_profiles, default_codes
from lpipgeo.comparison_files import inside_rows, peer_rows
from lpipgeo.comparison_inside import inside_table, read_inside_set
from lpipgeo.comparison_strips import inside_strips, peer_strips
from lpipgeo.errors import SelectionError
from lpipgeo.export import to_bytes
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.palettes import COMPARED
from lpipgeo.strips import MAX_STROKES, Line, Marked, Strip, strip_chart

SANDWELL, SOLIHULL, NEIGHBOURHOOD = "E08000028", "E08000029", "E01009989"
AUTHORITY, REGION = "E47000007", "E12000005"


def rows_with(chart, *columns):
    """Return the data of the layers that have these columns."""
    found = chart.to_dict()["datasets"].values()
    return [row for data in found for row in data if set(columns) <= row.keys()]


def marks_of(chart):
    return {layer["mark"]["type"] for layer in chart.to_dict()["layer"]}


def make_strip(values, *, label="Here", marked=(), has_ends=False):
    names = [f"Square {n}" for n in range(len(values))]
    texts = [f"{value:.1f}" for value in values]
    return Strip(label, np.array(values, float), names, texts, marked, has_ends)


def test_few_values_are_strokes_and_many_are_a_hill():
    few = strip_chart([make_strip(range(MAX_STROKES))], "%", is_turned=False)
    many = strip_chart([make_strip(range(MAX_STROKES + 1))], "%", is_turned=False)
    assert "area" not in marks_of(few)
    assert "area" in marks_of(many)
    strokes = rows_with(few, "value", "name", "bottom")
    assert sorted(row["value"] for row in strokes) == list(range(MAX_STROKES))


def test_hills_of_a_chart_share_one_scale():
    """Twice as steep is twice as high: shares of each area, not of the highest hill."""
    flat, steep = np.linspace(0, 100, 400), np.r_[np.linspace(0, 100, 200), [50] * 200]
    chart = strip_chart([make_strip(flat), make_strip(steep)], "%", is_turned=False)
    tops = rows_with(chart, "value", "row", "bottom")
    height = {
        row: max(one["bottom"] - one["y"] for one in tops if one["row"] == row)
        for row in (0, 1)
    }
    assert height[1] > 5 * height[0]


def test_band_is_the_middle_half_and_ends_are_tenths():
    chart = strip_chart([make_strip(range(101), has_ends=True)], "%", is_turned=False)
    (band,) = rows_with(chart, "value", "to", "bottom")
    assert (band["value"], band["to"]) == pytest.approx((25, 75))
    (line,) = [r for r in rows_with(chart, "value", "to") if "bottom" not in r]
    assert (line["value"], line["to"]) == pytest.approx((10, 90))


def test_few_values_have_no_middle_half():
    chart = strip_chart([make_strip([1, 2, 3, 4], has_ends=True)], "%", is_turned=False)
    assert rows_with(chart, "value", "to") == []


@pytest.mark.parametrize(
    ("value", "is_turned", "side"),
    [(10, False, "left"), (90, False, "right"), (10, True, "right")],
)
def test_the_benchmarks_name_stands_where_there_is_room(value, is_turned, side):
    chart = strip_chart(
        [make_strip(range(101))],
        "%",
        is_turned=is_turned,
        line=Line("England", value),
    ).to_dict()
    texts = [
        layer["mark"]
        for layer in chart["layer"]
        if layer["encoding"].get("text", {}).get("field") == "name"
    ]
    assert [text["align"] for text in texts] == [side]


def test_a_missing_figure_has_no_sign():
    marked = (
        Marked("Here", "no figure", float("nan"), "#000000", "●"),
        Marked("There", "2 %", 2.0, "#000000", "■"),
    )
    chart = strip_chart([make_strip([1, 2, 3], marked=marked)], "%", is_turned=False)
    signs = rows_with(chart, "value", "sign")
    assert [row["name"] for row in signs] == ["There"]


def test_inside_the_sub_regions_each_has_its_sign_and_worst_is_left():
    codes = default_codes()
    found = read_inside_set(codes, "no_qualifications")
    chart = inside_strips(found, {code: place for place, code in enumerate(codes)})
    signs = rows_with(chart, "value", "sign", "colour")
    assert [(row["colour"], row["sign"]) for row in signs] == list(COMPARED[:6])
    assert [row["value"] for row in signs] == inside_table(found)["own"].tolist()
    labels = [row["label"] for row in rows_with(chart, "label", "sign")]
    assert labels[0] == "Birmingham and Solihull: 22.8\u202f%"
    scales = [
        layer["encoding"]["x"]["scale"]["reverse"]
        for layer in chart.to_dict()["layer"]
        if "scale" in layer["encoding"]["x"]
    ]
    assert scales
    assert all(scales)
    assert [row["name"] for row in rows_with(chart, "name", "y", "bottom")][-1:] == [
        "England 18.1\u202f%"
    ]


def peers_of(codes, indicator_id, **options):
    indicator = read_catalogue().find(indicator_id)
    found = compare_profiles([read_profile(code) for code in codes], [indicator])
    places = {code: place for place, code in enumerate(codes)}
    return peer_strips(found.rows[0], found.areas, places, **options)


def test_a_strip_for_each_kind_of_area_in_the_set():
    codes = [NEIGHBOURHOOD, SANDWELL, SOLIHULL, AUTHORITY, REGION]
    chart = peers_of(codes, "no_qualifications")
    labels = [row["label"] for row in rows_with(chart, "label", "sign")]
    assert labels == [  # there is but one combined authority
        "9 regions of England",
        "30 districts of the West Midlands region",
        "3,574 neighbourhoods of the West Midlands region",
    ]
    marked = {row["name"]: row["sign"] for row in rows_with(chart, "sign", "colour")
              if "name" in row}  # fmt: skip
    assert marked == {
        "West Midlands": COMPARED[4][1],
        "Sandwell": COMPARED[1][1],
        "Solihull": COMPARED[2][1],
        "Greets Green East 019C": COMPARED[0][1],
    }


def test_a_picture_that_stands_alone_explains_its_signs():
    codes = [SANDWELL, SOLIHULL, REGION]
    plain = peers_of(codes, "no_qualifications").to_dict()
    keyed = peers_of(codes, "no_qualifications", has_key=True)
    names = [
        row["name"]
        for row in rows_with(keyed, "name", "sign", "y")
        if "value" not in row
    ]
    assert sorted(names) == ["Sandwell", "Solihull", "West Midlands"]
    assert keyed.to_dict()["height"] > plain["height"]


def test_a_kind_with_missing_figures_says_how_many_there_are():
    chart = peers_of([SANDWELL, SOLIHULL], "economic_inactivity")
    (label,) = [row["label"] for row in rows_with(chart, "label", "sign")]
    assert label == "25 of 30 districts of the West Midlands region"


def test_the_table_of_the_inside_names_the_area_and_the_terms():
    found = read_inside_set([SANDWELL, "WMS000002"], "no_qualifications")
    rows = list(
        csv.DictReader(
            io.StringIO(to_bytes(inside_rows(found), "csv").decode("utf-8-sig"))
        )
    )
    counts = inside_table(found)["count"].tolist()
    assert len(rows) == sum(counts)
    assert {row["inside_area"] for row in rows} == {"Sandwell", "The Black Country"}
    assert all(row["unit"] == "%" and row["licence"] for row in rows)


def test_the_table_of_peers_says_who_was_compared():
    table = peer_rows(
        "no_qualifications", "2021-03-21/P1D", [SANDWELL, AUTHORITY], ["lad24"]
    )
    assert table.loc[table["compared"], "area_code"].tolist() == [SANDWELL, AUTHORITY]
    assert len(table) == 31
    assert table["area_code"].is_unique


def test_a_chart_is_drawn_with_title_and_source():
    strips = strip_chart([make_strip(range(9))], "%", is_turned=False)
    chart = with_title(strips, "A title", ["Source: Office for Tests"])
    svg = draw_chart(chart, "svg").decode()
    assert "A title" in svg
    assert "Source: Office for Tests" in svg
    small, large = ElementTree.fromstring(svg), draw_chart(chart, "png")
    with Image.open(io.BytesIO(large)) as picture:
        assert picture.width == pytest.approx(2 * float(small.get("width")), abs=2)


def test_other_formats_are_refused():
    strips = strip_chart([make_strip(range(9))], "%", is_turned=False)
    with pytest.raises(SelectionError, match="svg or png"):
        draw_chart(strips, "gif")
