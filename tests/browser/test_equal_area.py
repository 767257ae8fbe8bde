"""Hexagons of equal size: same colours, same hover, same click."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from lpipgeo.area_index import read_areas
from lpipgeo.browser_files import decode_arcs, geometry_file, points_of, rings_of
from lpipgeo.choropleth import make_choropleth
from tests.browser.driving import expect_parameter, open_map

pytestmark = pytest.mark.browser

QUERY = "?indicator=imd_score&level=msoa21&drawing=equal"


def middles() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of the middle of each hexagon."""
    topology = json.loads(geometry_file("msoa21_hex").body)
    arcs = decode_arcs(topology)
    found = {}
    for area in topology["objects"]["areas"]["geometries"]:
        lons, lats = zip(*points_of(rings_of(area)[0], arcs), strict=True)
        found[area["id"]] = (
            (min(lats) + max(lats)) / 2,
            (min(lons) + max(lons)) / 2,
        )
    return found


def test_hexagons_have_the_colours_hover_and_click_of_their_msoas(page: Page) -> None:
    choropleth = make_choropleth("imd_score", "msoa21")
    site = open_map(page, QUERY)
    places = middles()
    codes = choropleth.table["area_code"].tolist()[::15]
    classes = dict(
        zip(choropleth.table["area_code"], choropleth.classes.class_of, strict=True)
    )
    expected = [choropleth.colours[classes[code]] for code in codes]
    assert site.colours_at([places[code] for code in codes]) == expected

    code = "E02002046"
    at = site.point_at(*places[code])
    page.mouse.move(*at)
    name = read_areas().by_code[code].name
    expect(site.frame.locator(".lp-tip")).to_contain_text(name)
    page.mouse.click(*at)
    expect_parameter(page, "area", code)


def test_choosing_hexagons_changes_to_msoas_says_what_is_not_shown_and_goes_back(
    page: Page,
) -> None:
    query = "?indicator=fuel_poverty&level=lsoa21&area=E01010062&overlays=libraries"
    site = open_map(page, query)
    before = site.painted()
    page.get_by_text("Equal area", exact=True).click()
    site.wait_for_change(before)
    expect_parameter(page, "drawing", "equal")
    expect_parameter(page, "level", "msoa21")
    expect(site.frame.locator(".lp-method")).to_contain_text("one MSOA")
    said = page.get_by_test_id("stAlert")
    expect(said).to_contain_text("draws MSOAs, not neighbourhoods")
    expect(said).to_contain_text("The MSOA that Smethwick East 040A lies in is")
    expect(said).to_contain_text("Overlays are drawn on the flat map only.")
    expect(site.frame.locator(".leaflet-lp-top-pane path")).to_have_count(2)

    site.choose("Level", "District")
    expect(page).not_to_have_url(re.compile("drawing=equal"))
