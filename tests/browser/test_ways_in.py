"""Ways to a view: a pasted address, search, the keyboard alone, a phone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from lpipgeo.area_index import read_areas
from tests.browser.driving import (
    expect_parameter,
    open_map,
    wait_until_idle,
    wait_until_settled,
)
from tests.browser.pixels import share_changed, take, wait_until_still

pytestmark = pytest.mark.browser

# Elements of a document that reach over the right edge of the window.
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(node => {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (!box.width || !box.height || style.visibility === 'hidden') return false;
    for (let up = node.parentElement; up; up = up.parentElement) {
      const held = getComputedStyle(up).overflowX;
      if (held !== 'visible' && up.tagName !== 'BODY') return false;
    }
    return box.right > innerWidth + 1;
  })
  .map(node => node.tagName + '.' + node.className)"""


def parameters(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_address_of_one_visitor_gives_the_same_view_to_another(
    page, new_visitor, console_errors
):
    style = "scheme=natural_breaks&classes=7"
    shown = open_map(page, f"?indicator=imd_score&level=msoa21&{style}")
    shown.choose("Indicator", "Claimants, by neighbourhood")
    shown.choose("Period", "2016")
    area = read_areas().by_code["E02002906"]
    before = shown.painted()
    page.mouse.click(*shown.point_at(area.lat, area.lon))
    shown.wait_for_change(before)
    card = page.get_by_role("region", name="Selected area")
    said = card.inner_text()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode").first).to_contain_text("area=")
    address = page.locator("[data-testid=stCode] code").first.inner_text()
    page.keyboard.press("Escape")

    other = new_visitor()
    again = open_map(other, "?" + address.split("?")[1])
    assert parameters(other.url) == parameters(page.url)
    assert other.get_by_role("region", name="Selected area").inner_text() == said
    expect(other.get_by_role("heading", level=1)).to_contain_text("2016, by MSOA")
    assert again.frame.locator(".lp-bar > span[style*=background]").count() == 7
    assert "natural gaps" in again.text_of(".lp-method")
    for one in (shown, again):  # the address was copied before
        one.page.mouse.move(5, 5)
        one.look_at(52.5, -2.2, 9)
    frame = "iframe[title*=streamlit_folium]"
    pictures = [wait_until_still(p.locator(frame)) for p in (page, other)]
    assert share_changed(*pictures) == 0
    assert console_errors == []


def test_moved_map_is_in_the_address_and_the_whole_region_is_not(
    page, new_visitor, console_errors
):
    shown = open_map(page, "?indicator=imd_score&level=lad24&area=E08000028")
    # The area says where the map is.
    expect(page).not_to_have_url(re.compile("[?&]at="))
    shown.look_at(52.41, -1.51, 11.5)
    expect_parameter(page, "at", "52.4100%2C-1.5100%2C11.5")
    shown.choose("Indicator", "Claimants, by neighbourhood")
    expect_parameter(page, "indicator", "claimants_neighbourhood")
    expect_parameter(page, "at", "52.4100%2C-1.5100%2C11.5")

    other = new_visitor()
    again = open_map(other, f"?{urlsplit(page.url).query}")
    assert again.view() == pytest.approx([52.41, -1.51, 11.5], abs=0.01)
    again.frame.get_by_role("button", name="Show the whole region").click()
    expect(other).not_to_have_url(re.compile("[?&]at="))
    whole = again.view()
    elsewhere = open_map(other, "?level=lad24&at=999,-1e9,99")
    assert elsewhere.view() == pytest.approx(whole, abs=0.01)
    expect(other).not_to_have_url(re.compile("[?&]at="))
    assert console_errors == []


def test_markup_in_an_address_is_said_and_not_obeyed(page, console_errors):
    scheme = "[go](javascript:window.ran=1)<b id=inserted>x</b>**bold** $x^2$"
    area = '<img src=x onerror="window.ran=1">'
    odd = f"scheme={quote(scheme)}&area={quote(area)}&overlays=%3Cscript%3E,museums"
    shown = open_map(page, f"?level=subregion&{odd}")
    notes = page.get_by_test_id("stAlert").get_by_role("status")
    for sentence in (scheme, "<img src=x onerror=", "'<script>' is no overlay"):
        expect(notes).to_contain_text(sentence)
    expect_parameter(page, "level", "subregion")
    assert page.locator("#inserted").count() == 0
    assert notes.locator("a, strong, .katex").count() == 0
    assert page.evaluate("window.ran") is None
    assert shown.frame.locator(".lp-message").is_hidden()
    assert console_errors == []


def test_every_kind_of_place_is_found_and_selected(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24")
    card = page.get_by_role("region", name="Selected area")
    hits = page.locator(".st-key-hits")
    for text, label, code in (
        ("the black country", None, "WMS000002"),
        ("Smethwick East", "Smethwick East · MSOA, Sandwell", "E02006943"),
        ("Aston", "Aston · Ward, Birmingham", "E05011121"),
        ("Birmingham", "Birmingham · District, West Midlands", "E08000025"),
        ("b66", "Smethwick North & West · MSOA, Sandwell", "E02002065"),
        ("e01010000", None, "E01010000"),
        ("B66 4BH", None, "E01009927"),
    ):
        shown.search(text)
        if label:
            hits.get_by_role("button", name=label, exact=True).click()
        expect_parameter(page, "area", code)
        area = read_areas().by_code[code]
        # While the page changes, the card of the place before may still stand there.
        expect(card.get_by_role("heading", name=area.name, exact=True)).to_be_visible()
        expect(card).to_have_count(1)
        # The place is brought into view, drawn at this level or not.
        shown.frame.wait_for_function(
            "at => window.map.getBounds().contains(at) && window.map.getZoom() > 8",
            arg=[area.lat, area.lon],
        )
        expect(shown.frame.locator(".leaflet-lp-top-pane path")).not_to_have_count(0)


def tab_to(page, wanted: str) -> None:
    """Press Tab until a script says that the focused element is the wanted one."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"(node => {wanted})(document.activeElement)"):
            return
    raise AssertionError(f"Tab never reached the element where {wanted}")


def looks_focused(page, locator) -> bool:
    """Whether the focused element looks different from how it looks without focus."""
    box = locator.bounding_box()
    assert box is not None
    around = {
        "x": box["x"] - 6,
        "y": box["y"] - 6,
        "width": box["width"] + 12,
        "height": box["height"] + 12,
    }
    style = "* { caret-color: transparent !important; }"

    def picture() -> bytes:
        return page.screenshot(clip=around, style=style)

    focused = picture()
    locator.evaluate("node => node.blur()")
    without = picture()
    locator.focus()
    return focused != without


def test_whole_way_by_keyboard_alone(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24")
    indicator = page.get_by_label("Indicator", exact=True)
    tab_to(page, "node.getAttribute('aria-label') === 'Indicator'")
    assert looks_focused(page, indicator)
    before = shown.painted()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    shown.wait_for_change(before)
    expect(page).not_to_have_url(re.compile("indicator=imd_score"))

    tab_to(page, "node.getAttribute('aria-label') === 'Find a place'")
    assert looks_focused(page, page.get_by_label("Find a place"))
    page.keyboard.type("Smethwick")
    page.keyboard.press("Enter")
    hit = page.locator(".st-key-hits").get_by_role("button").first
    expect(hit).to_be_visible()
    tab_to(page, "!!node.closest('.st-key-hits')")
    assert looks_focused(page, hit)
    before = shown.painted()
    page.keyboard.press("Enter")
    shown.wait_for_change(before)
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
    expect(page).to_have_url(re.compile("area=E0"))

    tab_to(page, "node.getAttribute('role') === 'tab'")
    assert looks_focused(page, page.get_by_role("tab", name="About this figure"))
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Table")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "31")


def test_map_is_moved_by_keyboard_and_its_focus_is_seen(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24")
    container = shown.frame.locator(".leaflet-container")
    frame = page.locator("iframe[title*=streamlit_folium]")
    without = wait_until_still(frame)
    container.focus()
    page.keyboard.press("Shift")  # a key, so that the focus ring is for keys
    assert share_changed(without, wait_until_still(frame)) > 0.001
    _, lon, zoom = shown.view()
    page.keyboard.press("+")
    shown.frame.wait_for_function("z => window.map.getZoom() > z", arg=zoom)
    wait_until_still(frame)
    page.keyboard.press("ArrowRight")
    shown.frame.wait_for_function("x => window.map.getCenter().lng > x", arg=lon)
    wait_until_still(frame)
    shown.frame.get_by_role("button", name="Show the whole region").focus()
    page.keyboard.press("Enter")
    shown.frame.wait_for_function(
        "z => Math.abs(window.map.getZoom() - z) < 0.01", arg=zoom
    )


# A phone, and a laptop's 1280 × 720 zoomed to 200 per cent.
SIZES = ((390, 844), (640, 360))


def test_map_is_not_too_wide_for_a_visitor_who_touches(new_visitor):
    """With an empty cache too, as somebody comes from a link in a message."""
    page = new_visitor(has_touch=True)
    resize(page, SIZES[0])
    query = "?indicator=population_density&level=lsoa21&classes=9&area=E02002906"
    shown = open_map(page, query)
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
    for size in SIZES:
        assert_nothing_too_wide(page, size)
        shown.wait_for_paint()
        assert shown.frame.evaluate(TOO_WIDE) == []
        assert len(set(map(tuple, take(shown.element).reshape(-1, 3)))) > 50


@pytest.mark.parametrize("path", ["/area_profile?area=E02002906", "/", "/compare"])
def test_page_is_not_too_wide_for_a_phone_or_a_large_zoom(page, path):
    resize(page, SIZES[0])
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".lp-compare, .lp-rows").first).to_be_visible()
    for size in SIZES:
        assert_nothing_too_wide(page, size)


def resize(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})


def assert_nothing_too_wide(page, size):
    resize(page, size)
    wait_until_settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert page.evaluate(TOO_WIDE) == []


def test_map_comes_back_when_geometry_can_be_had_again(page, console_errors):
    pattern = "**/geo/lad24_*"
    page.route(pattern, lambda route: route.abort())
    page.goto("/map?indicator=imd_score&level=lad24")
    frame = page.frame_locator("iframe[title*=streamlit_folium]")
    message = frame.locator(".lp-message")
    expect(message).to_contain_text("The map could not be loaded.")
    open_tab = page.get_by_role("tab", name="Table")
    open_tab.click()
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "31")
    assert console_errors  # the cause is there for those who look
    page.unroute(pattern)
    page.get_by_label("Indicator", exact=True).click()
    page.keyboard.type("No qualifications")
    page.get_by_role("option", name="No qualifications", exact=True).click()
    expect(message).to_be_hidden()
    expect(frame.locator("html")).to_have_attribute(
        "data-painted", re.compile("[0-9a-f]{12}")
    )


def test_tabs_of_several_areas_are_told_apart_by_their_titles(page):
    page.goto("/area_profile?area=E08000027")
    expect(page).to_have_title("Dudley · West Midlands places")
    page.get_by_role("link", name="Trends", exact=True).click()
    expect(page).to_have_title("Trends · West Midlands places")
    page.get_by_role("link", name="West Midlands places", exact=True).click()
    expect(page).to_have_title("West Midlands places")


def test_the_link_to_the_place_before_is_followed(page):
    page.goto("/area_profile?area=E08000028")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Sandwell")
    box = page.get_by_role("textbox", name="Find a place")
    box.fill("E01010013")
    box.press("Enter")
    expect_parameter(page, "area", "E01010013")
    page.get_by_role("link", name="District: Sandwell").click()
    expect(heading).to_have_text("Sandwell")
    expect_parameter(page, "area", "E08000028")


def test_focus_goes_on_when_the_button_pressed_is_gone(page):
    page.goto("/map?indicator=imd_score&level=lad24")
    box = page.get_by_label("Find a place", exact=True)
    box.fill("Smethwick")
    box.press("Enter")
    page.locator(".st-key-hits button").first.wait_for()
    wait_until_idle(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
    expect(box).to_be_focused()

    offer = page.get_by_role("button", name="Show me round")
    offer.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-tour_next button")).to_be_focused()
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(offer).to_be_focused()


def test_tabs_below_the_map_stay_in_place_while_another_is_opened(page):
    page.goto("/map?indicator=fuel_poverty&level=lsoa21")
    table = page.get_by_role("tab", name="Table")
    expect(page.get_by_role("heading", name="What it is")).to_be_visible()
    table.evaluate("node => node.scrollIntoView()")  # to the top of the window
    wait_until_settled(page)
    before = table.bounding_box()["y"]
    # As while a slow machine changes from one to another.
    panels = page.locator(".st-key-details [role=tabpanel]")
    panels.evaluate_all("all => all.forEach(one => { one.style.display = 'none'; })")
    assert table.bounding_box()["y"] == pytest.approx(before, abs=8)
    panels.evaluate_all("all => all.forEach(one => { one.style.display = ''; })")
    for name in ("Overlays", "Table"):  # one is short, the other long to make
        page.get_by_role("tab", name=name).click()
        wait_until_idle(page)
        assert table.bounding_box()["y"] == pytest.approx(before, abs=8), name


def test_on_a_phone_every_control_has_its_word_and_themes_begin_at_the_left(
    new_visitor,
):
    page = new_visitor(has_touch=True, is_mobile=True)
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, "?indicator=fuel_poverty&level=lsoa21")
    for name in ("Classes", "Share", "Download", "Overlays", "Combine"):
        word = page.get_by_role("button", name=name).get_by_text(name, exact=True)
        box = word.bounding_box()
        assert box["width"] > 30, name
        assert box["x"] + box["width"] <= 390, name
    for theme in page.locator(".st-key-theme [role=radio]").all():
        box = theme.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    expect(page.get_by_text("Tap an area on the map")).to_be_visible()
    expect(page.get_by_text("Point at the map")).to_be_hidden()


def test_line_of_periods_is_seen_under_a_map_of_most_of_the_window(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    open_map(page, "?indicator=claimant_count_rate&level=lad24")
    frame = page.locator("iframe").first.bounding_box()
    line = page.locator(".st-key-moments").bounding_box()
    assert frame["height"] >= 0.62 * 720
    assert line["y"] >= frame["y"] + frame["height"]
    assert line["y"] + line["height"] <= 720
