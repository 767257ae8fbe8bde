"""Forced colours, as in high contrast: what colours and drawings tell is still told."""

from __future__ import annotations

import re

import pytest

from lpipgeo.palettes import ACCENT
from tests.browser.driving import open_map
from tests.browser.pixels import share_of, take, wait_until_still

pytestmark = pytest.mark.browser
BAND = "#D5DAE1"


def test_map_keeps_the_colours_of_its_legend_and_shows_what_is_chosen(page):
    page.emulate_media(forced_colors="active")
    shown = open_map(page, "?indicator=fuel_poverty&level=lsoa21&area=E01010062")
    wait_until_still(page.locator("iframe").first)
    bar = take(shown.frame.locator(".lp-bar"))
    for cell in shown.frame.locator(".lp-bar > span[style*=background]").all():
        style = cell.get_attribute("style") or ""
        red, green, blue = map(int, re.findall(r"\d+", style)[:3])
        assert share_of(bar, f"#{red:02X}{green:02X}{blue:02X}") > 0.05, style
    assert share_of(bar, ACCENT) > 0  # the mark of the selected area
    track = page.locator(".lp-track i").first
    assert track.evaluate("node => getComputedStyle(node).backgroundColor") != (
        page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor")
    )
    for group in (".st-key-drawing_choice", ".st-key-theme"):
        chosen, other = (
            page.locator(f"{group} [role=radio][aria-checked={state}]").first.evaluate(
                "node => getComputedStyle(node).backgroundColor"
            )
            for state in ("true", "false")
        )
        assert chosen != other, group


def test_drawings_of_a_profile_are_there_on_a_dark_ground(page):
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto("/area_profile?area=E08000028")
    drawing = page.locator(".lp-rows .lp-spine[style*='--line']").first
    drawing.scroll_into_view_if_needed()
    pixels = take(drawing)
    assert share_of(pixels, "#FFFFFF") > 0.4
    assert share_of(pixels, BAND) > 0.02
    line = pixels[3:6]  # above the band: England's line alone
    assert (line.max(axis=2) < 160).any()
