"""Two figures at once: the pixels, the words and the links between two maps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

import lpipgeo as lg
from lpipgeo.area_index import Area, read_areas
from lpipgeo.bivariate import in_thirds, make_bivariate
from lpipgeo.browser_files import area_box
from lpipgeo.choropleth import Choropleth, make_choropleth
from lpipgeo.styles import Style
from tests.browser.driving import (
    FIRST,
    SECOND,
    MapPage,
    expect_parameter,
    open_map,
    open_map_alone,
)

pytestmark = pytest.mark.browser

SIDE = "?indicator=no_car&level=msoa21&together=side_by_side&second_level=lad24"
OUTSIDE = "#E9ECEF"
HEREFORDSHIRES_END = (51.83, -2.6)


def places(choropleth: Choropleth, step: int = 1) -> dict[str, tuple[float, float]]:
    index = read_areas()
    codes = choropleth.table["area_code"].tolist()[::step]
    return {c: (index.by_code[c].lat, index.by_code[c].lon) for c in codes}


def colours(choropleth: Choropleth, codes: list[str]) -> list[str]:
    table = choropleth.table["area_code"]
    number = dict(zip(table, choropleth.classes.class_of, strict=True))
    return [choropleth.colours[number[code]] for code in codes]


def near(choropleth: Choropleth, middle: Area) -> dict[str, tuple[float, float]]:
    """Return the areas around a place, which are large enough on a near map."""
    return {
        code: (lat, lon)
        for code, (lat, lon) in places(choropleth).items()
        if abs(lat - middle.lat) < 0.03 and abs(lon - middle.lon) < 0.04
    }


def district(name: str) -> Area:
    return next(a for a in read_areas().of_level("lad24") if a.name == name)


def point_at(site: MapPage, area: Area) -> None:
    site.page.mouse.move(*site.point_at(area.lat, area.lon))


def test_two_maps_show_their_own_figures_of_the_same_places(page: Page) -> None:
    site = open_map_alone(page, SIDE)
    by_msoa = make_choropleth("no_car", "msoa21")
    by_district = make_choropleth("no_car", "lad24")
    coarse = places(by_district)
    assert site.colours_at(coarse.values(), SECOND) == colours(
        by_district, list(coarse)
    )
    dudley = district("Dudley")
    fine = near(by_msoa, dudley)
    site.look_at(dudley.lat, dudley.lon, 12)

    assert len(fine) > 5
    assert site.colours_at(fine.values()) == colours(by_msoa, list(fine))
    # The second map has followed the first.
    expected = colours(by_district, [dudley.code])
    assert site.colours_at([(dudley.lat, dudley.lon)], SECOND) == expected


def test_two_maps_are_free_of_words_and_are_read_and_clicked_as_one(page: Page) -> None:
    site = open_map(page, SIDE)
    for slot in (FIRST, SECOND):  # fitted again when the heights are known
        site.frame.wait_for_function(
            """([slot, south]) => {
              const box = name => document.querySelector(name).getBoundingClientRect();
              const legend = box(`${slot} .lp-legend`);
              const end = box('#map_div').top + map.latLngToContainerPoint(south).y;
              return end < legend.top && legend.bottom <= box('.lp-credit').top + 1;
            }""",
            arg=[slot, HEREFORDSHIRES_END],
        )
    dudley = district("Dudley")
    point_at(site, dudley)
    value = lg.table("no_car", areas=dudley.code)["value"].iloc[0]
    tip = site.frame.locator(f"{SECOND} .lp-tip")
    expect(tip).to_contain_text("Dudley")
    expect(tip).to_contain_text(f"{value:.1f}")
    expect(site.frame.locator("#map_div .lp-tip")).to_contain_text("Dudley")

    page.mouse.click(*site.point_at(dudley.lat, dudley.lon))
    expect(page).to_have_url(re.compile("area=E02"))
    code = re.search(r"area=(\w+)", page.url)
    assert code
    assert read_areas().parent(code[1], "lad24") == dudley


def test_every_way_leads_to_every_other(page: Page, console_errors: list[str]) -> None:
    """After each change the frame shows just what was chosen, and nothing fails."""
    site = open_map(page, f"{SIDE}&second=claimant_count_rate")
    page.get_by_role("button", name="Combine").click()
    second = site.frame.locator(SECOND)
    frame = site.frame.locator("body")
    for way, parts in (
        ("One figure", 1),
        ("Side by side", 2),
        ("Two in one", 1),
        ("Side by side", 2),
        ("One figure", 1),
    ):
        before = site.painted()
        page.get_by_text(way, exact=True).click()
        site.wait_for_change(before)
        expect(second).to_be_visible(visible=parts == 2)
        whole, left = frame.bounding_box(), site.frame.locator(FIRST).bounding_box()
        assert whole
        assert left
        assert left["width"] == pytest.approx(whole["width"] / parts, abs=2)
        assert site.frame.locator(".lp-legend").count() == parts
        tips = site.frame.locator(".lp-tip").count()
        assert tips == parts
    page.keyboard.press("Escape")
    for drawing in ("Equal area", "Flat"):
        before = site.painted()
        page.get_by_role("radio", name=drawing).click()
        site.wait_for_change(before)
    site.choose("Level", "Ward")
    assert console_errors == []


def test_a_raised_map_gives_way_to_two_and_back(page: Page) -> None:
    open_map(page, SIDE)
    frame = page.locator("iframe[title*=streamlit_folium]")
    page.get_by_role("radio", name="3D").click()
    expect(frame).to_have_count(0)
    page.get_by_role("radio", name="Flat").click()
    second = frame.content_frame.locator(SECOND)
    expect(second).to_be_visible()
    expect(second.locator(".lp-edges")).to_be_visible()


def test_two_figures_in_one_map_have_the_nine_colours(page: Page) -> None:
    site = open_map_alone(
        page, "?indicator=no_car&level=msoa21&together=bivariate&second=works_from_home"
    )
    style = in_thirds(Style())
    both = make_bivariate(
        make_choropleth("no_car", "msoa21", style=style),
        make_choropleth("works_from_home", "msoa21", style=style),
    )
    dudley = district("Dudley")
    sampled = near(both.across, dudley)
    codes = both.across.table["area_code"].tolist()
    expected = [both.colours[both.class_of[codes.index(code)]] for code in sampled]
    site.look_at(dudley.lat, dudley.lon, 12)

    assert site.colours_at(sampled.values()) == expected
    # The words stand at the cells that they are about: top right, bottom left.
    cells = site.frame.locator(".lp-cells > span:not([class])")
    last = [cells.nth(i).bounding_box() for i in (2, 6)]
    high, low = (site.frame.locator(f".lp-{word}") for word in ("high", "low"))
    expect(high).to_have_text("high in both")
    expect(low).to_have_text("low in both")
    top_right, bottom_left, by_high, by_low = (
        *last,
        high.bounding_box(),
        low.bounding_box(),
    )
    assert top_right and bottom_left and by_high and by_low  # noqa: PT018
    assert by_high["x"] >= top_right["x"] + top_right["width"]
    assert by_high["y"] < top_right["y"] + top_right["height"]
    assert by_low["x"] < bottom_left["x"] + bottom_left["width"]
    assert by_low["y"] >= bottom_left["y"] + bottom_left["height"]
    code, (lat, lon) = next(iter(sampled.items()))
    page.mouse.move(*site.point_at(lat, lon))
    tip = site.frame.locator("#map_div .lp-tip")
    for choropleth in (both.across, both.up):
        value = choropleth.table.set_index("area_code").loc[code, "value"]
        expect(tip).to_contain_text(f"{value:.1f}")


def test_circles_stand_above_and_say_what_they_are(page: Page) -> None:
    site = open_map_alone(
        page,
        "?indicator=no_car&level=lsoa21&together=circles&second=claimant_count_rate"
        "&second_level=lad24",
    )
    site.frame.wait_for_function("document.documentElement.dataset.circles === '30'")
    hereford = district("Herefordshire")
    point_at(site, hereford)
    value = lg.table("claimant_count_rate", areas=hereford.code, level="lad24")
    tip = site.frame.locator("#map_div .lp-tip")
    expect(tip).to_contain_text(f"Circle: Claimant count, {value['value'].iloc[0]:.1f}")
    expect(site.frame.locator(".lp-circles")).to_contain_text("twice the area")


def test_change_is_coloured_around_no_change(page: Page) -> None:
    site = open_map_alone(
        page,
        "?indicator=claimants_neighbourhood&level=lad24&together=change"
        "&second_period=2013-01-01/P1Y",
    )
    change = make_choropleth(
        "claimants_neighbourhood", "lad24", earlier="2013-01-01/P1Y"
    )
    clear = (change.table["status"] == "change").to_numpy()
    sampled = {
        code: place
        for (code, place), is_clear in zip(places(change).items(), clear, strict=True)
        if is_clear
    }

    assert len(sampled) > 10
    assert site.colours_at(sampled.values()) == colours(change, list(sampled))
    expect(page.locator("h1")).to_contain_text("2013 to 2022")
    expect(site.frame.locator(".lp-edges")).to_contain_text("+")


def test_only_one_part_is_drawn_and_the_rest_does_not_speak(page: Page) -> None:
    part_only = "?indicator=no_car&level=msoa21&within=E08000027&only=yes"
    site = open_map_alone(page, part_only)
    part = make_choropleth("no_car", "msoa21", within="E08000027")
    inside = places(part, 3)
    walsall = next(
        a
        for a in read_areas().of_level("msoa21")
        if read_areas().parent(a.code, "lad24") == district("Sandwell")
    )

    assert site.colours_at(inside.values()) == colours(part, list(inside))
    assert site.colours_at([(walsall.lat, walsall.lon)]) == [OUTSIDE]
    point_at(site, walsall)
    expect(site.frame.locator("#map_div .lp-tip")).to_be_hidden()
    west, _, east, _ = site.frame.evaluate(
        "window.map.getBounds().toBBoxString().split(',').map(Number)"
    )
    assert east - west < 1  # of the region's 2.1 degrees


def test_ways_are_chosen_by_keyboard(page: Page) -> None:
    site = open_map(page, "?indicator=no_car&level=msoa21")
    page.get_by_role("button", name="Combine").press("Enter")
    before = site.painted()
    page.get_by_role("radio", name="One figure").focus()
    page.keyboard.press("ArrowUp")  # from the first to the last
    page.keyboard.press("ArrowUp")
    site.wait_for_change(before)

    expect(site.page).to_have_url(re.compile("together="))


def test_time_is_played_from_the_first_period_to_the_last(page: Page) -> None:
    # Many periods, so that it still plays when a busy machine looks at it late.
    open_map(page, "?indicator=gdhi_per_head&level=lad24")
    page.get_by_role("button", name="Play").press("Enter")
    expect_parameter(page, "over_time", "yes")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    first = re.search(r"period=([^&]+)", page.url)
    page.wait_for_url(
        lambda url: (
            (re.search(r"period=([^&]+)", url) or first) is not first
            and (re.search(r"period=([^&]+)", url) or [""])[0] != (first or [""])[0]
        )
    )
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_two_maps_stand_one_above_the_other_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    site = open_map_alone(page, SIDE)
    first, second = (
        site.frame.locator(slot).bounding_box() for slot in ("#map_div", SECOND)
    )
    assert first
    assert second
    assert first["x"] == second["x"]
    assert second["y"] >= first["y"] + first["height"]


@pytest.mark.parametrize("path", ["/map", "/embed/map/"])
def test_legend_lies_below_the_areas_on_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{path}?indicator=fuel_poverty&level=lad24")
    frame = page.main_frame
    if path == "/map":
        page.locator("iframe[title*=streamlit_folium]").wait_for()
        frame = next(f for f in page.frames if "streamlit_folium" in f.url)
    frame.wait_for_function("document.documentElement.dataset.painted")
    frame.wait_for_function(  # fitted again when the height of the legend is known
        """south => map.latLngToContainerPoint(south).y
          < document.querySelector('.lp-legend').getBoundingClientRect().top
            - map.getContainer().getBoundingClientRect().top""",
        arg=HEREFORDSHIRES_END,
    )


def test_two_maps_open_and_close_where_the_one_looked(page):
    site = open_map(page, "?indicator=no_qualifications&level=msoa21&within=E08000027")
    west, south, east, north = area_box("E08000027")
    part = [[south, west], [north, east]]
    one_map = site.view()
    for way, slots in (("Side by side", 2), ("One figure", 1)):
        before = site.painted()
        page.get_by_role("button", name="Combine").click()
        page.get_by_text(way, exact=True).click()
        site.wait_for_change(before)
        page.keyboard.press("Escape")
        expect(site.frame.locator(".leaflet-container")).to_have_count(slots)
        assert site.frame.evaluate(
            "part => window.map.getBounds().contains(part)", part
        ), way
    assert site.view() == pytest.approx(one_map, abs=0.01)

    site.look_at(52.2, -1.6, 11)  # by hand, so nothing is fitted any more
    before = site.painted()
    page.get_by_role("button", name="Combine").click()
    page.get_by_text("Side by side", exact=True).click()
    site.wait_for_change(before)
    assert site.view() == pytest.approx([52.2, -1.6, 11], abs=0.01)
