"""The map without a mouse: through the areas by value, to neighbours, and choose."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

import lpipgeo as lg
from tests.browser.driving import MapPage, expect_parameter, open_map, open_map_alone

pytestmark = pytest.mark.browser

QUERY = "?indicator=no_qualifications&level=lad24"


# Whether the map is there as soon as it is moved, and as soon as it is zoomed.
AT_ONCE = """async () => {
  const { map } = window;
  const wait = (time) => new Promise(done => setTimeout(done, time));
  const isSeen = () => document.querySelector('.leaflet-zoom-anim') !== null;
  map.panBy([80, 0]);
  const east = map.getCenter().lng;
  await wait(600);
  const isMoved = map.getCenter().lng === east;
  map.zoomIn(0.5);
  let isZooming = false;
  for (let frame = 0; frame < 10; frame += 1) {
    await wait(20);
    isZooming ||= isSeen();
  }
  return [isMoved, !isZooming];
}"""


def said(site: MapPage) -> Locator:
    return site.frame.locator(".lp-unseen[role=status]")


def focus(site: MapPage) -> None:
    site.frame.locator(".leaflet-container").focus()


def test_keys_go_by_value_and_to_neighbours_and_enter_selects(page: Page) -> None:
    site = open_map(page, QUERY)
    focus(site)
    table = lg.table("no_qualifications", level="lad24")
    names = table.sort_values("value", ascending=False)["area_name"].tolist()
    for place, name in enumerate(names[:3], start=1):
        page.keyboard.press("PageDown")
        expect(said(site)).to_contain_text(
            re.compile(rf"^{re.escape(name)}.*number {place} of 30 from the highest")
        )
    page.keyboard.press("PageUp")
    expect(said(site)).to_contain_text(names[1])
    page.keyboard.press("PageUp")
    expect(site.frame.locator(".lp-tip")).to_contain_text("Sandwell")
    page.keyboard.press("Shift+ArrowRight")
    expect(said(site)).to_contain_text("Birmingham")
    page.keyboard.press("Enter")
    expect_parameter(page, "area", "E08000025")
    page.keyboard.press("Shift+ArrowLeft")
    expect(said(site)).not_to_contain_text("Birmingham")


def test_inherited_figures_are_never_said_to_be_ranked(page: Page) -> None:
    site = open_map_alone(page, "?indicator=employment_rate&level=msoa21")
    focus(site)
    page.keyboard.press("PageDown")

    expect(said(site)).to_contain_text("inherited")
    expect(said(site)).not_to_contain_text("from the highest")


def test_first_enter_reads_the_area_in_the_middle_and_the_next_selects_it(
    page: Page,
) -> None:
    site = open_map(page, QUERY)
    focus(site)
    page.keyboard.press("Enter")
    expect(site.frame.locator(".lp-tip")).to_be_visible()
    expect(said(site)).to_contain_text("from the highest")
    page.keyboard.press("Enter")

    expect(said(site)).to_contain_text("is selected")
    expect(page).to_have_url(re.compile("area=E"))


def test_keys_are_shown_while_the_map_has_the_focus_of_the_keyboard(page: Page) -> None:
    site = open_map_alone(page, QUERY)
    hint = site.frame.locator(".lp-hint")
    expect(hint).to_be_hidden()
    focus(site)
    page.keyboard.press("ArrowRight")
    expect(hint).to_contain_text("Page Up/Down by value")
    page.mouse.click(*site.point_at(52.45, -2.1))
    expect(hint).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "at_once"),
    [("reduce", [True, True]), ("no-preference", [False, False])],
)
def test_map_is_moved_at_once_where_less_movement_is_asked_for(
    page: Page, asked: Literal["reduce", "no-preference"], at_once: list[bool]
) -> None:
    page.emulate_media(reduced_motion=asked)
    site = open_map_alone(page, QUERY)

    assert site.frame.evaluate(AT_ONCE) == at_once
