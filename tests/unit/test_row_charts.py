"""The chart of one row: what it says, and what it does not give away."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from PIL import Image

import lpipgeo as lg
from lpipgeo.area_profile import read_profile
from lpipgeo.errors import SelectionError
from lpipgeo.row_charts import draw_row, row_chart, title_of

SANDWELL, NEIGHBOURHOOD = "E08000028", "E01009989"


def find_row(code, indicator_id, benchmark=None):
    profile = read_profile(code, benchmark)
    rows = {row.indicator.id: row for row in profile.rows}
    return profile, rows[indicator_id]


def test_a_tested_finding_is_the_title():
    profile, row = find_row(SANDWELL, "no_qualifications")
    assert title_of(profile, row).startswith("No qualifications: 28.9")
    assert "higher than in the Black Country" in title_of(profile, row)


def test_what_was_not_tested_has_its_subject_as_title():
    profile, row = find_row(SANDWELL, "fuel_poverty")
    assert title_of(profile, row) == "Households in fuel poverty, Sandwell, 2022"


def test_worst_is_left_and_the_benchmark_has_its_name():
    spec = row_chart(*find_row(SANDWELL, "no_qualifications")).to_dict()
    (strip, *_) = spec["vconcat"]
    scales = [layer["encoding"]["x"]["scale"] for layer in strip["layer"]]
    assert all(scale["reverse"] for scale in scales)  # fewer without is better
    assert "England 18.1" in json.dumps(spec["datasets"], ensure_ascii=False)


def test_three_figures_make_a_line():
    assert len(row_chart(*find_row(SANDWELL, "fuel_poverty")).vconcat) == 2
    assert len(row_chart(*find_row(SANDWELL, "no_qualifications")).vconcat) == 1


def test_line_does_not_lead_across_a_missing_year():
    spec = row_chart(*find_row(SANDWELL, "fuel_poverty")).to_dict()
    rows = [r for data in spec["datasets"].values() for r in data if "part" in r]
    parts = {row["day"][:4]: row["part"] for row in rows}
    assert parts == {"2019": 0, "2021": 1, "2022": 1}


@pytest.mark.parametrize(
    ("code", "indicator_id"),
    [
        (NEIGHBOURHOOD, "fuel_poverty"),  # bands only, as the publisher advises
        (NEIGHBOURHOOD, "economic_inactivity"),  # its district's figure
        (SANDWELL, "population"),  # a number of people
    ],
)
def test_what_may_not_be_drawn_is_refused_and_said(code, indicator_id):
    profile, row = find_row(code, indicator_id)
    assert not row.can_be_drawn
    with pytest.raises(SelectionError, match=r"Take the table\."):
        draw_row(profile, row)


def test_the_title_is_drawn_into_the_picture():
    png = draw_row(*find_row(SANDWELL, "no_qualifications"), "png")
    with Image.open(io.BytesIO(png)) as picture:
        top = picture.convert("L").crop((0, 0, picture.width, 100))
        assert top.getextrema()[0] < 60, "the title is missing: is its font known?"


def test_texts_of_the_data_are_no_markup():
    profile, row = find_row(SANDWELL, "fuel_poverty")
    odd = row.indicator.model_copy(update={"title": "<script>x</script> & so"})
    svg = draw_row(profile, replace(row, indicator=odd)).decode()
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_the_library_gives_a_chart_and_explains_odd_formats():
    svg = lg.profile_chart(SANDWELL, "no_qualifications", "rgn")
    assert svg.startswith(b"<svg")
    assert b"West Midlands region" in svg
    with pytest.raises(SelectionError, match="A row is taken as csv, svg, png"):
        lg.profile_chart(SANDWELL, "no_qualifications", file_format="pdf")


@pytest.mark.parametrize(
    ("benchmark", "name"),
    [
        ("similar", "middle half of similar districts"),
        (
            "E08000025,E08000027,E08000029,E08000030,E08000031",
            "middle half of the comparison set",
        ),
    ],
)
def test_a_group_is_a_frame_with_its_name_and_never_one_figure(benchmark, name):
    profile, row = find_row(SANDWELL, "economic_inactivity", benchmark)
    spec = row_chart(profile, row).to_dict()
    rows = [r for data in spec["datasets"].values() for r in data]
    ends = (row.benchmark.lower, row.benchmark.upper)
    assert ends in [(r["value"], r["to"]) for r in rows if "to" in r]
    assert [r["name"] for r in rows if "name" in r] == [name]
    assert row.outcome.word == "similar"
    assert f"similar to the {name}" in " ".join(spec["title"]["subtitle"])
