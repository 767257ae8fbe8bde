"""Overlays on the map: drawn where they are, named under the pointer, counted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

import lpipgeo as lg
from lpipgeo.area_index import read_areas
from tests.browser.driving import MapPage, expect_parameter, open_map, open_map_alone
from tests.browser.pixels import share_of, take, wait_until_still

pytestmark = pytest.mark.browser

DRAWN = "titles => document.documentElement.dataset.overlays === titles"
TINY = "?indicator=population&level=lad24"


def open_with(page: Page, query: str, titles: str) -> MapPage:
    site = open_map_alone(page, query)
    site.frame.wait_for_function(DRAWN, arg=titles)
    return site


def share_around(site: MapPage, lat: float, lon: float, colour: str) -> float:
    """Return the share of a colour in a small patch around a place."""
    x, y = site.point_at(lat, lon)
    left, top = round(x) - 12, round(y) - 12
    return share_of(take(site.page)[top : top + 24, left : left + 24], colour)


def test_signs_stand_where_the_library_says(page: Page) -> None:
    museums = lg.overlay("museums").set_index("name")
    point = museums.geometry["Lunt Roman Fort"]
    site = open_with(page, f"{TINY}&overlays=museums", "Museums")
    site.look_at(point.y, point.x, 13)
    expect(site.frame.locator(".lp-overlays")).to_contain_text("in view")

    assert share_around(site, point.y, point.x, "#D55E00") > 0.1
    assert share_around(site, point.y + 0.01, point.x, "#D55E00") == 0


def test_pointer_over_a_sign_names_it_and_still_the_area(page: Page) -> None:
    libraries = lg.overlay("libraries").set_index("name")
    point = libraries.geometry["Acocks Green Library"]
    site = open_with(page, f"{TINY}&overlays=libraries", "Libraries")
    site.look_at(point.y, point.x, 13)
    page.mouse.move(*site.point_at(point.y, point.x))

    tip = site.frame.locator(".lp-tip")
    expect(tip).to_contain_text("Acocks Green Library")
    expect(tip).to_contain_text("Library · Run by the council · 35 hours")
    expect(tip).to_contain_text("Birmingham")


def test_overlay_chosen_by_hand_is_drawn_counted_and_listed(page: Page) -> None:
    overlay = lg.overlay("towns_fund_places")
    site = open_map(page, TINY)
    page.get_by_role("button", name="Overlays").click()
    page.get_by_role("button", name="Towns Fund places", exact=True).click()
    site.frame.wait_for_function(DRAWN, arg="Towns Fund places")
    expect_parameter(page, "overlays", "towns_fund_places")
    page.keyboard.press("Escape")
    count = site.frame.locator(".lp-overlays .lp-count")
    expect(count).to_have_text(str(len(overlay)))

    hereford = read_areas().by_code["E06000019"]
    site.look_at(hereford.lat, hereford.lon, 11)

    expect(count).to_have_text(f"1 of {len(overlay)} in view")
    page.get_by_role("tab", name="Overlays").click()
    expect(page.get_by_role("heading", name="Towns Fund places")).to_be_visible()


def test_outlines_of_programmes_are_drawn(page: Page) -> None:
    places = lg.overlay("pride_in_place_neighbourhoods").set_index("name")
    border = places.geometry["Friar Park"].exterior
    middle = places.geometry["Friar Park"].representative_point()
    query = f"{TINY}&overlays=pride_in_place_neighbourhoods"
    site = open_with(page, query, "Pride in Place neighbourhoods")
    site.look_at(middle.y, middle.x, 14)

    on_line = border.interpolate(0.4, normalized=True)
    assert share_around(site, on_line.y, on_line.x, "#D55E00") > 0.02


def test_chosen_level_is_outlined_and_named(page: Page) -> None:
    shares = {}
    for outline in ("", "&outline=utla"):
        site = open_map_alone(page, f"?indicator=imd_score&level=lsoa21{outline}")
        site.look_at(52.19, -1.9, 10)  # the border of Worcestershire and Warwickshire
        shares[outline] = share_of(wait_until_still(site.element), "#1C2330")

    assert shares["&outline=utla"] > 1.3 * shares[""]


def test_overlays_end_where_the_map_is_limited_to_a_part(page: Page) -> None:
    sandwell = read_areas().by_code["E08000028"]
    inside = set(read_areas().codes_within("lsoa21", sandwell.code))
    libraries = lg.overlay("libraries")
    is_inside = libraries["area_code"].isin(inside)
    part = f"?indicator=no_car&level=msoa21&within={sandwell.code}&only=yes"
    site = open_with(page, f"{part}&overlays=libraries", "Libraries")

    count = site.frame.locator(".lp-overlays .lp-count")
    expect(count).to_have_text(str(int(is_inside.sum())))
    away = libraries[~is_inside & libraries["name"].eq("Harborne Library")].geometry
    site.look_at(away.iloc[0].y, away.iloc[0].x, 13)
    assert share_around(site, away.iloc[0].y, away.iloc[0].x, "#E69F00") == 0


def test_outlines_of_programmes_are_cut_at_the_part(page: Page) -> None:
    """Friar Park is in Sandwell, so a map of Walsall alone does not know it."""
    query = "?indicator=no_car&level=msoa21&within={}&only=yes"
    query += "&overlays=pride_in_place_neighbourhoods"
    places = lg.overlay("pride_in_place_neighbourhoods").set_index("name")
    middle = places.geometry["Friar Park"].representative_point()
    named = {}
    for name in ("E08000028", "E08000030"):
        site = open_with(page, query.format(name), "Pride in Place neighbourhoods")
        site.look_at(middle.y, middle.x, 14)
        page.mouse.move(*site.point_at(middle.y, middle.x))
        site.wait_for_paint()
        tip = site.frame.locator(".lp-tip")
        named[name] = tip.is_visible() and "Friar Park" in tip.inner_text()
    assert named == {"E08000028": True, "E08000030": False}


def test_a_shape_with_its_middle_out_of_sight_is_counted(page: Page) -> None:
    query = "?indicator=fuel_poverty&level=lad24&area=E01010062&overlays=green_belt"
    site = open_map(page, query)  # around the selected area
    site.frame.wait_for_function(DRAWN, arg="Green belt")

    count = site.frame.locator(".lp-overlays .lp-count")
    expect(count).to_have_text("1 of 11 in view")
    site.look_at(52.4967, -1.98, 16)
    expect(count).to_have_text("0 of 11 in view")
