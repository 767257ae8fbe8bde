"""The Area profile page in a browser: reached from the map, links to larger areas."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.driving import expect_parameter, open_map

pytestmark = pytest.mark.browser


def test_map_and_profile_lead_to_each_other_and_on_to_the_district(
    page, console_errors
):
    open_map(page, "?indicator=imd_score&area=E01009927")
    page.get_by_role("main").get_by_role("link", name="Area profile").last.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Bearwood & Warley Woods 034F")
    expect(page.locator(".lp-rows").first).to_be_visible()
    expect_parameter(page, "area", "E01009927")
    page.go_back()
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
    assert urlsplit(page.url).path == "/map"
    page.get_by_role("main").get_by_role("link", name="Area profile").last.click()
    page.get_by_role("link", name="District: Sandwell").click()
    expect(heading).to_have_text("Sandwell")
    assert console_errors == []


def test_a_row_is_taken_with_the_benchmark_chosen_and_leads_to_the_map(page):
    page.goto("/area_profile?area=E08000027")
    table = page.get_by_role("table", name="compared with the Black Country").first
    expect(page.locator(".lp-scales")).to_be_visible()
    expect(table).to_be_hidden()
    row = page.get_by_role("row", name="Residents with no qualifications").first
    expect(row).to_contain_text("▼ worse")
    expect(row.get_by_role("link", name="On the map")).to_be_hidden()
    page.get_by_label("Compare with").click()
    page.get_by_role("option", name="The Black Country").click()
    expect(table).to_be_visible()
    expect_parameter(page, "benchmark", "subregion")
    row.locator("summary").press("Enter")
    with page.expect_download() as download:
        row.get_by_role("link", name="Table (CSV)").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "E08000027,Dudley" in table
    assert "Black Country" in table
    with page.expect_download() as download:
        row.get_by_role("link", name="Chart (SVG)").click()
    assert download.value.suggested_filename == "E08000027_no_qualifications.svg"
    assert "Dudley" in Path(download.value.path()).read_text(encoding="utf-8")
    row.get_by_role("link", name="On the map").click()
    expect_parameter(page, "indicator", "no_qualifications")
    expect_parameter(page, "area", "E08000027")
    expect(page.get_by_role("heading", level=1)).to_contain_text("no qualifications")


def test_on_a_phone_links_lead_to_themes_and_nothing_scrolls_sideways(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/area_profile?area=E08000027")
    expect(page.locator(".lp-scales")).to_be_visible()
    theme = page.get_by_role("heading", level=2, name="Green economy")
    expect(theme).not_to_be_in_viewport()
    themes = page.get_by_role("navigation", name="Themes")
    themes.get_by_role("link", name="Green economy").click()
    expect(theme).to_be_in_viewport()
    page.locator(".lp-rows summary").nth(2).click()
    wider = page.evaluate(
        """() => [...document.querySelectorAll('.stMain, .stMain *')]
          .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
            && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
          .map(e => e.className)"""
    )
    assert wider == []
    right = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('.lp-rows *')]
          .map(e => e.getBoundingClientRect().right))"""
    )
    assert right <= 390


def test_a_row_that_cannot_be_read_says_so_and_is_asked_for_again(page):
    page.goto("/area_profile?area=E08000028")
    summary = page.locator(".lp-rows summary").first
    expect(summary).to_be_visible()
    page.route("**/rows/**", lambda route: route.abort())
    summary.click()
    refused = page.get_by_text("This could not be read: the server did not answer.")
    expect(refused).to_be_visible()
    page.unroute("**/rows/**")
    summary.click()
    summary.click()
    expect(refused).to_have_count(0)
    expect(page.get_by_role("link", name="Table (CSV)").first).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/area_profile?area=E08000027", "/compare?compare=E08000027,E08000028"]
)
def test_heads_of_a_long_table_stay_below_the_pages_own(page, address):
    page.goto(address)
    row = page.locator(".lp-rows, .lp-compare").first.locator("tbody tr").nth(12)
    row.scroll_into_view_if_needed()
    row.evaluate("node => node.scrollIntoView({block: 'center'})")
    head = page.get_by_role("columnheader", name="Indicator").first
    bar = page.get_by_test_id("stHeader").bounding_box()
    page.wait_for_function(
        "([node, top]) => Math.abs(node.getBoundingClientRect().top - top) < 2",
        arg=[head.element_handle(), bar["y"] + bar["height"]],
    )
