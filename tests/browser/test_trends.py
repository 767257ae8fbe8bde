"""The Trends page: lines of the set, a base in the address, and files of both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driving import expect_parameter

pytestmark = pytest.mark.browser

PAGE = "/trends?indicator=healthy_life_expectancy_male&compare=E08000028,E08000029"


def test_lines_have_names_are_taken_away_and_a_base_stays_in_the_address(page):
    page.goto(PAGE)
    chart = page.locator(".stVegaLiteChart svg")
    expect(chart).to_contain_text("Solihull")
    expect(chart).to_contain_text("England")
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    svg = Path(download.value.path()).read_text(encoding="utf-8")
    assert re.search("<text[^>]*>Healthy life expectancy, men", svg)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "E08000029,Solihull" in table
    assert "2011 to 2013" in table
    page.keyboard.press("Escape")

    page.get_by_label("Show", exact=True).click()
    page.get_by_role("option", name="2011 to 2013 = 100").click()
    expect(chart).to_contain_text("2011 to 2013 = 100")
    expect_parameter(page, "base", "2011-01-01%2FP3Y")
    page.reload()
    expect(chart).to_contain_text("2011 to 2013 = 100")
