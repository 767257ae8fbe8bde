"""The Map page in a Chromium that can reach nothing else: pixels and data compared."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.maps.views import unit_line
from lpipgeo.styles import Style
from tests.browser.driving import (
    MapPage,
    box_of,
    expect_parameter,
    open_map,
    open_map_alone,
    wait_until_idle,
)

pytestmark = pytest.mark.browser
BEARWOOD = "E01009927"


def places_of(codes):
    index = read_areas()
    return [(index.by_code[code].lat, index.by_code[code].lon) for code in codes]


def colours_expected(choropleth, codes):
    """Return the library's colour of each area."""
    order = {code: i for i, code in enumerate(choropleth.table["area_code"])}
    classes = choropleth.classes.class_of
    return [choropleth.colours[classes[order[code]]] for code in codes]


def largest_neighbourhoods(count=200):
    table = read_areas().table
    chosen = table[table["in_region"] & (table["levels"] == "lsoa21")]
    return list(chosen.nlargest(count, "area_km2").index)


def assert_coloured(shown, choropleth):
    """Every area of a map has the library's colour."""
    codes = list(choropleth.table["area_code"])
    assert shown.colours_at(places_of(codes)) == colours_expected(choropleth, codes)


def share_equal(found, expected):
    return float(np.mean([a == b for a, b in zip(found, expected, strict=True)]))


def test_map_paints_neighbourhoods_in_their_class_colours(page):
    shown = open_map_alone(page, "?indicator=imd_score&level=lsoa21")
    codes = largest_neighbourhoods()
    expected = colours_expected(make_choropleth("imd_score", "lsoa21"), codes)
    # A point inside a thin area may lie on a neighbour's pixel at this scale.
    assert share_equal(shown.colours_at(places_of(codes)), expected) > 0.97


def test_districts_have_class_colours_and_another_choice_keeps_map_and_view(
    page, console_errors
):
    shown = open_map(page, "?indicator=no_qualifications&level=lad24")
    assert_coloured(shown, make_choropleth("no_qualifications", "lad24"))
    before = shown.view()
    shown.frame.evaluate("window.keptAcrossReruns = true")
    shown.choose("Indicator", "Level 4 or above")
    assert_coloured(shown, make_choropleth("level_4_plus", "lad24"))
    assert shown.view() == before
    shown.choose("Indicator", "Claimants, by neighbourhood")
    shown.choose("Period", "2013")
    period = "2013-01-01/P1Y"
    assert_coloured(shown, make_choropleth("claimants_neighbourhood", "lad24", period))
    expect_parameter(page, "period", "2013-01-01%2FP1Y")
    assert shown.frame.evaluate("window.keptAcrossReruns") is True
    assert console_errors == []


def test_zoom_survives_a_rerun_and_a_return_to_the_page(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24")
    shown.frame.evaluate("window.map.setView([52.5, -2.0], 11, {animate: false})")
    shown.choose("Level", "MSOA")
    assert shown.view() == pytest.approx([52.5, -2.0, 11], abs=0.01)
    page.get_by_role("link", name="Area profile").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("West Midlands")
    page.get_by_role("link", name="Map").first.click()
    page.locator("iframe[title*=streamlit_folium]").wait_for()
    again = open_frame(page)
    assert again.view() == pytest.approx([52.5, -2.0, 11], abs=0.01)
    expect_parameter(page, "level", "msoa21")


def open_frame(page):
    """Return the map of a page that is being shown again."""
    for _ in range(200):
        frames = [f for f in page.frames if "streamlit_folium" in f.url]
        if frames and frames[-1].evaluate("!!document.documentElement.dataset.painted"):
            return MapPage(page, frames[-1])
        page.wait_for_timeout(50)
    raise AssertionError("the map did not come back")


def test_legend_is_a_ruler_of_the_map(page):
    shown = open_map(page, f"?indicator=no_qualifications&level=lsoa21&area={BEARWOOD}")
    choropleth = make_choropleth("no_qualifications", "lsoa21")
    assert shown.text_of(".lp-unit") == unit_line(choropleth)
    edges = shown.frame.locator(".lp-edges span").all_inner_texts()
    assert tuple(edges) == choropleth.edge_texts
    assert shown.text_of(".lp-method") == choropleth.method
    left = "node => parseFloat(node.style.left)"
    for mark in choropleth.marks:
        node = shown.frame.locator(".lp-mark", has_text=mark.label)
        assert node.evaluate(left) == pytest.approx(
            ruler(choropleth, mark.value), abs=0.1
        )
    row = choropleth.table.set_index("area_code").loc[BEARWOOD]
    selected = shown.frame.locator(".lp-selected-mark")
    expected = ruler(choropleth, row["value"])
    assert selected.evaluate(left) == pytest.approx(expected, abs=1)


def ruler(choropleth, value):
    """Return where a value stands on a ruler of equally wide classes, in per cent."""
    edges = choropleth.classes.edges
    i = min(int(np.searchsorted(edges[1:-1], value)), choropleth.classes.k - 1)
    share = (value - edges[i]) / (edges[i + 1] - edges[i])
    return 100 * (i + share) / choropleth.classes.k


def test_classes_change_the_legend_and_reset(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24")
    before = shown.painted()
    page.get_by_role("button", name="Classes").click()
    page.get_by_text("Equal steps", exact=True).click()
    expect_parameter(page, "scheme", "equal_interval")
    shown.wait_for_change(before)
    choropleth = make_choropleth("imd_score", "lad24", style=Style("equal_interval"))
    edges = shown.frame.locator(".lp-edges span").all_inner_texts()
    assert tuple(edges) == choropleth.edge_texts
    page.get_by_role("button", name="Reset").click()
    expect(page).not_to_have_url(re.compile("scheme="))


def test_address_without_a_part_opens_on_the_whole_region_in_a_used_tab(page):
    site = open_map(page, "?indicator=no_car&level=lad24&within=E08000027")
    site.frame.wait_for_function("window.map.getZoom() > 9")

    site = open_map(page, "?indicator=good_health&level=lad24")
    opened = site.view()
    assert opened[2] < 9
    site.frame.get_by_role("button", name="Show the whole region").press("Enter")
    site.wait_for_paint()
    assert site.view() == pytest.approx(opened, abs=0.02)


def test_embedded_map_opens_on_the_part_that_was_zoomed_to(page):
    part = "within=E08000027&only=yes"
    page.goto(f"/embed/map/?indicator=no_car&level=msoa21&{part}")
    page.wait_for_function("document.documentElement.dataset.painted")
    for _ in range(2):
        west, east = page.evaluate(
            "[map.getBounds().getWest(), map.getBounds().getEast()]"
        )
        assert east - west < 1  # of the region's 2.1 degrees
        page.reload()
        page.wait_for_function("document.documentElement.dataset.painted")


def test_nothing_moves_when_a_list_opens(page):
    open_map(page, "?indicator=children_in_poverty&level=lad24")
    wait_until_idle(page)
    watched = (".st-key-choices", ".st-key-map iframe", ".st-key-layers_popover")
    before = [box_of(page, selector) for selector in watched]
    for label in ("Indicator", "Level", "Period", "Zoom to"):
        page.get_by_label(label, exact=True).click()
        expect(page.get_by_role("listbox")).to_be_visible()
        assert [box_of(page, selector) for selector in watched] == before, label
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)
