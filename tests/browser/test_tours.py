"""Guided tours: each stop is about something to see, and they can be sent away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from lpipgeo.ui.tour import COOKIE, read_tours
from tests.browser.driving import wait_until_idle
from tests.browser.test_accessibility import grave_findings

pytestmark = pytest.mark.browser
PATHS = {
    "overview": "/",
    "map": "/map",
    "area_profile": "/area_profile?area=E08000027",
    "compare": "/compare",
    "trends": "/trends",
    "data": "/data",
    "sources": "/sources_and_methods",
}
LAPTOP, PHONE = (1280, 720), (390, 844)


def test_every_tour_has_its_page():
    assert read_tours().keys() == PATHS.keys()


@pytest.mark.parametrize("name", PATHS)
def test_every_stop_is_about_something_that_is_seen(page, name):
    """Walked on a phone, where room is short; its things are there on a laptop too."""
    steps = read_tours()[name]
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    page.goto(PATHS[name])
    page.get_by_role("button", name="Show me round").click()
    card = page.locator(".st-key-tour")
    for number, step in enumerate(steps, start=1):
        expect(card.get_by_role("heading")).to_have_text(step.title)
        wait_until_idle(page)
        expect(page.locator(step.at).first).to_be_in_viewport()
        box = card.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] < height / 2
        if number == 1:  # test_accessibility.py sees the pages wide
            assert grave_findings(page) == []
        if number == len(steps):
            see_wide(page, steps)
        card.get_by_role("button", name="Next").or_(
            card.get_by_role("button", name="Done")
        ).click()
    expect(card).to_have_count(0)


def see_wide(page, steps):
    """Look at the last stop, and for the things of all, in a laptop's window."""
    width, height = LAPTOP
    page.set_viewport_size({"width": width, "height": height})
    for step in steps:
        expect(page.locator(step.at).first).to_be_visible()
    page.locator(steps[-1].at).first.scroll_into_view_if_needed()
    box = page.locator(".st-key-tour").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["height"] < height / 2


def test_a_tour_is_taken_and_ended_by_keyboard(page):
    page.goto("/compare")
    page.get_by_role("button", name="Show me round").focus()
    page.keyboard.press("Enter")
    card = page.locator(".st-key-tour")
    following = card.get_by_role("button", name="Next")
    expect(following).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_role("heading")).to_have_text(read_tours()["compare"][1].title)
    wait_until_idle(page)
    following.focus()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_tours_that_were_sent_away_stay_away_until_they_are_wanted(page):
    page.goto("/help")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Offer the tours again")).to_have_count(0)
    page.goto("/compare")
    offer = page.get_by_role("button", name="Show me round")
    offer.click()
    page.get_by_role("button", name="Never offer again").click()
    page.wait_for_function(f"document.cookie.includes('{COOKIE}=off')")
    expect(offer).to_have_count(0)
    page.goto("/trends")
    expect(page.locator(".st-key-trends_choices")).to_be_visible()
    wait_until_idle(page)
    expect(offer).to_have_count(0)
    page.goto("/help")
    again = page.get_by_role("button", name="Offer the tours again")
    again.click()
    page.wait_for_function(f"!document.cookie.includes('{COOKIE}=off')")
    page.goto("/compare")
    expect(offer).to_be_visible()
