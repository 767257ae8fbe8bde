"""The map without a mouse: through the areas by value, to neighbours, and choose."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

import lpipgeo as lg
from tests.browser.driving import MapPage, expect_parameter, open_map

pytestmark = pytest.mark.browser

QUERY = "?indicator=no_qualifications&level=lad24"


@pytest.fixture
def site(page: Page) -> MapPage:
    opened = open_map(page, QUERY)
    opened.frame.locator(".leaflet-container").focus()
    return opened


def said(site: MapPage) -> object:
    return site.frame.locator(".lp-unseen[role=status]")


def test_page_down_goes_through_the_areas_from_the_highest_value(
    page: Page, site: MapPage
) -> None:
    table = lg.table("no_qualifications", level="lad24")
    names = table.sort_values("value", ascending=False)["area_name"].tolist()
    for place, name in enumerate(names[:3], start=1):
        page.keyboard.press("PageDown")
        expect(said(site)).to_contain_text(
            re.compile(rf"^{re.escape(name)}.*number {place} of 30 from the highest")
        )
    page.keyboard.press("PageUp")
    expect(said(site)).to_contain_text(names[1])


def test_enter_selects_the_area_that_was_read(page: Page, site: MapPage) -> None:
    page.keyboard.press("PageDown")
    expect(site.frame.locator(".lp-tip")).to_contain_text("Sandwell")
    page.keyboard.press("Enter")

    expect_parameter(page, "area", "E08000028")


def test_shift_with_an_arrow_goes_to_the_neighbour(page: Page, site: MapPage) -> None:
    page.keyboard.press("PageDown")  # Sandwell
    page.keyboard.press("Shift+ArrowRight")
    expect(said(site)).to_contain_text("Birmingham")
    page.keyboard.press("Shift+ArrowLeft")
    expect(said(site)).not_to_contain_text("Birmingham")


def test_inherited_figures_are_never_said_to_be_ranked(page: Page) -> None:
    site = open_map(page, "?indicator=employment_rate&level=msoa21")
    site.frame.locator(".leaflet-container").focus()
    page.keyboard.press("PageDown")

    expect(said(site)).to_contain_text("inherited")
    expect(said(site)).not_to_contain_text("from the highest")


def test_first_enter_reads_the_area_in_the_middle_and_the_next_selects_it(
    page: Page, site: MapPage
) -> None:
    page.keyboard.press("Enter")
    expect(site.frame.locator(".lp-tip")).to_be_visible()
    expect(said(site)).to_contain_text("from the highest")
    page.keyboard.press("Enter")

    expect(said(site)).to_contain_text("is selected")
    expect(page).to_have_url(re.compile("area=E"))


def test_keys_are_shown_while_the_map_has_the_focus_of_the_keyboard(page: Page) -> None:
    site = open_map(page, QUERY)
    hint = site.frame.locator(".lp-hint")
    expect(hint).to_be_hidden()
    site.frame.locator(".leaflet-container").focus()
    page.keyboard.press("ArrowRight")
    expect(hint).to_contain_text("Page Up/Down by value")
    page.mouse.click(*site.point_at(52.45, -2.1))
    expect(hint).to_be_hidden()
