"""What is taken away from the map: a page that opens alone, and pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from tests.browser.driving import COLOURS_AT, FIRST, PAINTED, open_map, wait_until_idle

pytestmark = pytest.mark.browser

QUERY = "?indicator=no_qualifications&level=lad24&overlays=museums"


def take(page: Page, name: str) -> Path:
    """Download one of the offers and return its file."""
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path())


def test_pictures_table_and_web_page_of_what_the_map_shows(
    page: Page, tmp_path: Path
) -> None:
    open_map(page, QUERY)
    svg = take(page, "SVG").read_text(encoding="utf-8")
    assert re.search(r"<text[^>]*>Residents with no qualifications", svg)
    page.keyboard.press("Escape")
    # Else the next press would close the popover that is still there, or its content
    # would be what was there before it was closed.
    expect(page.get_by_role("button", name="SVG", exact=True)).to_be_hidden()
    wait_until_idle(page)
    assert take(page, "PNG").read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename.startswith("no_qualifications_lad24_")
    table = pd.read_csv(download.value.path())
    assert table["area_code"].tolist() == read_areas().codes("lad24")
    saved = tmp_path / "map.html"
    with page.expect_download() as download:
        page.get_by_role("button", name="Web page", exact=True).click()
    saved.write_bytes(Path(download.value.path()).read_bytes())
    page.get_by_role("link", name="Other areas and periods").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Residents with no qualifications, by district, newest figures"
    )
    assert_opens_from_disk(page, saved)


def assert_opens_from_disk(page: Page, saved: Path) -> None:
    """A saved page has the colours, names and overlays of the map."""
    page.goto(saved.as_uri())
    page.wait_for_function(f"({PAINTED}) !== ''")
    choropleth = make_choropleth("no_qualifications", "lad24")
    expect(page.get_by_role("heading")).to_have_text(choropleth.title)
    expect(page.locator(".lp-overlays")).to_contain_text("Museums")
    areas = read_areas().by_code
    codes = choropleth.table["area_code"].tolist()[:5]
    places = [[areas[code].lat, areas[code].lon] for code in codes]
    expected = [choropleth.colours[c] for c in choropleth.classes.class_of[:5]]
    assert page.evaluate(COLOURS_AT, [places, FIRST]) == expected
