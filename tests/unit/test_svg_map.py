"""The still map: every area in its class's colour, nothing that runs."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.maps.svg_map import svg_map, svg_overlay
from lpipgeo.overlay_catalogue import read_features

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def picture():
    choropleth = make_choropleth("no_qualifications", "lad24")
    return choropleth, ElementTree.fromstring(svg_map(choropleth, 300))


def test_it_is_named_for_people_who_cannot_see_it(picture):
    choropleth, svg = picture
    assert svg.attrib["aria-label"] == f"Map: {choropleth.title}"
    assert svg.find(f"{SVG}title").text == f"Map: {choropleth.title}"


def test_each_class_is_one_path_in_its_colour(picture):
    choropleth, svg = picture
    colours = [path.attrib["fill"] for path in svg.iter(f"{SVG}path")]
    assert colours == list(choropleth.colours)


def test_every_part_of_every_area_is_drawn(picture):
    choropleth, svg = picture
    outlines = sum(path.attrib["d"].count("M") for path in svg.iter(f"{SVG}path"))
    assert outlines >= len(read_areas().codes("lad24")) == len(choropleth.table)


def test_shapes_fill_the_picture(picture):
    _, svg = picture
    width = float(svg.attrib["viewBox"].split()[2])
    starts = [
        float(x)
        for path in svg.iter(f"{SVG}path")
        for x in re.findall(r"M(-?\d+)", path.attrib["d"])
    ]
    assert 0 <= min(starts) < max(starts) <= width


def test_overlay_marks_every_point_over_the_districts():
    museums = read_features("museums")
    svg = ElementTree.fromstring(svg_overlay(museums, 'Map: <b> "Museums"', 300))

    assert svg.attrib["aria-label"] == 'Map: <b> "Museums"'
    assert len(list(svg.iter(f"{SVG}circle"))) == len(museums)
    assert len(list(svg.iter(f"{SVG}path"))) == len(read_areas().codes("lad24"))


def test_overlay_of_outlines_draws_each():
    parks = read_features("registered_parks_and_gardens")
    svg = ElementTree.fromstring(svg_overlay(parks, "Map: parks", 300))

    districts = len(read_areas().codes("lad24"))
    assert len(list(svg.iter(f"{SVG}path"))) == districts + len(parks)
