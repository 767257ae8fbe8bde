"""The first page: a place is found, a question opened, and nothing is fetched."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import (
    expect_parameter,
    wait_until_idle,
    wait_until_settled,
)

pytestmark = pytest.mark.browser


def test_a_place_that_is_found_opens_its_profile(page):
    page.goto("/")
    box = page.get_by_label("Find your place")
    box.fill("B66 4BH")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect_parameter(page, "area", "E01009927")


def test_a_name_on_the_map_is_seen_and_leads_to_its_profile(page):
    page.goto("/")
    names = page.locator(".lp-key-map a")
    expect(names).to_have_count(6)
    expect(names.first).to_have_css("position", "absolute")  # its style is there
    wait_until_idle(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        wait_until_settled(page)
        assert_apart_and_inside(page, names)
    names.filter(has_text="The Black Country").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Black Country")


def assert_apart_and_inside(page, names):
    boxes = [name.bounding_box() for name in names.all()]
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = (
                one["x"] >= other["x"] + other["width"]
                or other["x"] >= one["x"] + one["width"]
                or one["y"] >= other["y"] + other["height"] - 1
                or other["y"] >= one["y"] + one["height"] - 1
            )
            assert apart, "two names hide each other"
    picture = page.locator(".lp-key-map").bounding_box()
    for box in boxes:  # nothing spills over, on a phone neither
        assert box["x"] >= picture["x"] - 1
        assert box["x"] + box["width"] <= picture["x"] + picture["width"] + 1


def test_on_a_phone_the_menu_closes_over_the_page_that_was_chosen(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    page.get_by_role("button", name="Menu", exact=True).click()
    drawer = page.get_by_role("navigation", name="App pages")
    drawer.get_by_role("link", name="Map").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("fuel poverty")
    expect(drawer).not_to_be_in_viewport()
    menu = page.get_by_role("button", name="Menu", exact=True)
    expect(menu).to_be_focused()
    menu.press("Enter")
    expect(drawer.get_by_role("link", name="Map")).to_be_focused()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_in_viewport()


def test_the_frame_says_whose_pages_these_are_and_leads_home_and_on(page):
    page.goto("/help")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    home = page.get_by_role("link", name="West Midlands places", exact=True)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        expect(home).to_be_in_viewport()
    home.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("How places in")
    page.get_by_role("link", name="How do Sandwell and Solihull differ?").click()
    expect(heading).to_contain_text("Sandwell, Solihull and West Midlands Combined")
    expect_parameter(page, "compare", "E08000028%2CE08000029%2CE47000007")
