"""The Area profile page in a browser: reached from the map, links to larger areas."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import expect_parameter, open_map

pytestmark = pytest.mark.browser


def test_map_leads_to_the_profile_and_on_to_the_district(page, console_errors):
    open_map(page, "?indicator=imd_score&area=E01009927")
    page.get_by_role("link", name="Area profile").last.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Bearwood & Warley Woods 034F")
    expect_parameter(page, "area", "E01009927")
    page.get_by_role("link", name="District: Sandwell").click()
    expect(heading).to_have_text("Sandwell")
    assert console_errors == []


def test_peer_in_the_region_leads_to_its_profile(page):
    page.goto("/area_profile?area=E08000025")
    page.get_by_role("link", name="6 Sandwell").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandwell")
    expect_parameter(page, "area", "E08000028")


def test_unknown_area_is_explained(page):
    page.goto("/area_profile?area=E99999999")
    expect(page.get_by_role("status").first).to_contain_text("Unknown area 'E99999999'")
    expect(page.get_by_role("heading", level=1)).to_have_text("West Midlands")
