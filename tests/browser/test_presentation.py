"""Presenting a profile: keys, guessing first, and an address that leads back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import expect_parameter, wait_until_idle

pytestmark = pytest.mark.browser

PROFILE = "/area_profile?area=E08000028"
GUESSED = "Households deprived in at least one dimension"


def heading(page):
    return page.locator(".st-key-slides").get_by_role("heading", level=1)


def press(page, key):
    """Press a key once the buttons that hear it are there, and the page is done."""
    wait_until_idle(page)
    names = {"Shift+ArrowRight": "next_area", "Shift+ArrowLeft": "previous_area"}
    name = names.get(key, key.removeprefix("Arrow"))
    button = page.locator(f".st-key-slide_{name} button").first
    expect(button).to_be_enabled()
    page.keyboard.press(key)


def row(page, name=GUESSED):
    return page.get_by_role("row", name=name)


def test_arrow_keys_go_through_the_themes_and_a_refresh_stays(page):
    page.goto(PROFILE)
    page.get_by_role("button", name="Present").click()
    expect(heading(page)).to_have_text("Sandwell")
    press(page, "ArrowRight")
    expect(heading(page)).to_contain_text("In short")
    press(page, "ArrowRight")
    expect(heading(page)).to_contain_text("Inclusive growth")
    expect(row(page)).to_contain_text("62.1\N{THIN SPACE}%")
    expect(row(page)).to_contain_text("▼ worse")
    expect_parameter(page, "present", "3")
    page.reload()
    expect(heading(page)).to_contain_text("Inclusive growth")
    expect(page.get_by_role("button", name="Leave")).to_be_visible()
    press(page, "ArrowLeft")
    expect(heading(page)).to_contain_text("In short")
    page.keyboard.press("Escape")
    expect(page.locator(".lp-rows").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("present"))


def test_a_remote_steps_and_a_timer_runs_only_where_somebody_chose_one(page):
    page.goto(f"{PROFILE}&present=1")
    expect(heading(page)).to_have_text("Sandwell")
    press(page, "PageDown")  # what a presenter's remote sends
    expect(heading(page)).to_contain_text("In short")
    press(page, "PageUp")
    expect(heading(page)).to_have_text("Sandwell")
    expect(page.get_by_role("timer")).to_have_count(0)
    page.goto(f"{PROFILE}&present=1&timer=60")
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile("0:5[0-6]"))
    press(page, "ArrowRight")
    expect(heading(page)).to_contain_text("In short")
    expect(timer).to_have_text(re.compile("1:00|0:5[789]"))


def test_timer_goes_on_after_a_refresh_and_begins_anew_with_another_area(page):
    page.goto(f"{PROFILE}&present=1&timer=60&compare=E08000028,E08000027")
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile("0:5[0-5]"), timeout=15_000)
    page.reload()
    expect(timer).to_have_text(re.compile("0:[345]"))
    assert int(timer.inner_text()[2:]) <= 55
    press(page, "Shift+ArrowRight")
    expect(heading(page)).to_have_text("Dudley")
    expect(timer).to_have_text(re.compile("1:00|0:5[6789]"))
    press(page, "Shift+ArrowLeft")
    expect(heading(page)).to_have_text("Sandwell")


def test_a_screen_fits_and_its_type_is_large(page):
    page.goto(f"{PROFILE}&present=4")
    expect(heading(page)).to_contain_text("Pride in place")
    title = page.locator(".lp-slide th[scope=row]").first
    expect(title).to_have_css("font-size", re.compile(r"^(2[4-9]|[3-9]\d)"))
    value = page.locator(".lp-slide td b").first
    expect(value).to_have_css("font-size", re.compile(r"^(3[2-9]|[4-9]\d)"))
    bottom = page.locator(".lp-credit").bounding_box()
    steps = page.locator(".st-key-slide_steps").bounding_box()
    assert bottom["y"] + bottom["height"] <= steps["y"]
    assert steps["y"] + steps["height"] <= 720
