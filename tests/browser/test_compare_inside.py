"""Inside the compared areas, and one figure among all peers, as a person uses them."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.browser.driving import open_map

pytestmark = pytest.mark.browser


def test_the_inside_of_areas_is_drawn_said_and_taken_away(page, console_errors):
    open_map(page, "?compare=E08000028,E08000029&indicator=no_qualifications")
    page.get_by_role("link", name="Compare", exact=True).first.click()
    page.get_by_role("tab", name="Inside the areas").click()
    chart = page.locator("[data-testid=stVegaLiteChart]")
    expect(chart).to_be_visible()
    for words in ("Sandwell: 28.9", "Solihull: 17.6", "England 18.1"):
        expect(chart).to_contain_text(words)
    expect(page.get_by_text("lie between these two districts")).to_be_visible()
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="PNG", exact=True).click()
    assert taken.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as taken:
        page.get_by_role("button", name="SVG", exact=True).click()
    assert "Solihull" in taken.value.path().read_text(encoding="utf-8")
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = csv.DictReader(
        io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))
    )
    assert {row["inside_area"] for row in rows} == {"Sandwell", "Solihull"}
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="One figure").click()
    peers = page.locator("[data-testid=stVegaLiteChart]").last
    expect(peers).to_contain_text("30 districts of the West Midlands region")
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV", exact=True).click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 30
    assert sum(row["compared"] == "True" for row in rows) == 2
    assert console_errors == []
