"""The Compare page: the set in the address, on every page, and the table of it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import expect_parameter, open_map

pytestmark = pytest.mark.browser


def table(page):
    return page.locator(".lp-compare")


def test_a_table_is_taken_away_and_its_areas_added_and_taken_out(page):
    page.goto("/compare?compare=E08000028,E08000029")
    expect(table(page)).to_contain_text("Solihull")
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    names = {"Sandwell", "Solihull", "England"}  # the columns of the table
    assert {row["area_name"] for row in rows} == names
    assert len({row["indicator_id"] for row in rows}) == 18
    assert all(row["licence"] for row in rows)
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Add or choose").click()
    page.get_by_label("Add an area").fill("E47000007")
    page.keyboard.press("Enter")
    expect(table(page)).to_contain_text("West Midlands Combined Authority")
    expect_parameter(page, "compare", "E08000028%2CE08000029%2CE47000007")
    page.reload()
    expect(table(page)).to_contain_text("West Midlands Combined Authority")
    page.get_by_role("button", name="Solihull").click()
    expect(table(page)).not_to_contain_text("Solihull")
    expect(page).not_to_have_url(re.compile("E08000029"))


def test_an_area_is_put_into_the_set_from_map_and_profile(page):
    open_map(page, "?level=lad24&area=E08000028")
    page.get_by_role("button", name="Add to comparison").click()
    expect_parameter(page, "compare", "E08000028")
    page.get_by_role("link", name="Area profile").last.click()
    page.get_by_role("link", name="Region: West Midlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("West Midlands")
    page.get_by_role("button", name="Add to comparison").click()
    expect_parameter(page, "compare", "E08000028%2CE12000005")
    page.get_by_role("link", name="Compare", exact=True).first.click()
    expect(table(page).locator("thead th")).to_have_count(4)


def test_one_figure_is_drawn_with_its_margins_and_as_a_table(page):
    page.goto("/compare?compare=E08000025,E08000027&indicator=economic_inactivity")
    page.get_by_role("tab", name="One figure").click()
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    expect(chart).to_be_visible()
    expect(chart).to_contain_text("England")
    page.get_by_label("Indicator").click()
    page.keyboard.type("Population density")
    page.get_by_role("option", name="Population density").first.click()
    expect_parameter(page, "indicator", "population_density")


def test_two_figures_are_set_against_each_other_and_a_point_is_an_area(page):
    page.goto("/compare?view=two&indicator=no_qualifications&level=lad24")
    expect(page.get_by_role("heading", level=2)).to_contain_text(
        "Districts with a higher figure for no qualifications often have a higher one"
    )
    expect(page.get_by_text("rank correlation 0.")).to_be_visible()
    page.get_by_text("Table of 30 districts").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_text("Table of 30 districts").click()
    page.locator(".stVegaLiteChart .mark-symbol path").nth(5).click()
    expect(page.get_by_role("link", name="On the map")).to_be_visible()
    expect(page).to_have_url(re.compile("area=E0"))
    page.get_by_role("link", name="On the map").click()
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
