"""The picture that a person sees: pixels of the page, not of one canvas alone."""

from __future__ import annotations

import numpy as np
import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.palettes import DISTRICT_LINE, SUBREGION_LINE
from tests.browser.driving import COLOURS_AT, MapPage, open_map
from tests.browser.pixels import (
    Pixels,
    colour_at,
    colours_found,
    share_changed,
    share_of,
    wait_until_still,
)

pytestmark = pytest.mark.browser

# Whether the canvas of place names leaves a point free.
FREE_OF_NAMES = """places => {
  const canvas = document.querySelector('canvas.lp-labels');
  const pen = canvas.getContext('2d');
  return places.map(([lat, lon]) => {
    const at = window.map.latLngToContainerPoint([lat, lon]);
    const patch = pen.getImageData(at.x - 2, at.y - 2, 5, 5).data;
    return patch.every(channel => channel === 0);
  });
}"""

# Note what each frame shows at some places, from now until `stopWatching`.
WATCH_FRAMES = f"""places => {{
  const look = {COLOURS_AT};
  window.seen = new Set();
  window.watching = true;
  const next = () => {{
    window.seen.add(look(places).join(' '));
    if (window.watching) requestAnimationFrame(next);
  }};
  requestAnimationFrame(next);
}}"""
FRAMES_SEEN = "() => { window.watching = false; return [...window.seen]; }"

# The dotted pattern repeats every 6 pixels and the hatched one every 7.
PATCH = 8


def expected_colours(choropleth) -> dict[str, str]:
    codes, classes = choropleth.table["area_code"], choropleth.classes.class_of
    pairs = zip(codes, classes, strict=True)
    return {code: choropleth.colours[number] for code, number in pairs}


def points(codes) -> list[tuple[float, float]]:
    areas = read_areas().by_code
    return [(areas[code].lat, areas[code].lon) for code in codes]


def picture_of(shown: MapPage) -> Pixels:
    return wait_until_still(shown.page.locator("iframe[title*=streamlit_folium]"))


def pixels_of_places(shown: MapPage, places) -> list[tuple[int, int]]:
    """Return x and y of places in a picture of the map's frame, with its border."""
    frame = shown.page.locator("iframe[title*=streamlit_folium]").bounding_box()
    assert frame is not None
    found = [shown.point_at(lat, lon) for lat, lon in places]
    # point_at leaves out the frame's border of one pixel
    return [(round(x - frame["x"]) + 1, round(y - frame["y"]) + 1) for x, y in found]


def test_seen_colours_of_districts_are_those_of_the_library(page, console_errors):
    shown = open_map(page, "?indicator=no_qualifications&level=lad24")
    colours = expected_colours(make_choropleth("no_qualifications", "lad24"))
    picture = picture_of(shown)
    places = points(colours)
    free = shown.frame.evaluate(FREE_OF_NAMES, [list(place) for place in places])
    at = pixels_of_places(shown, places)
    seen = {
        code: colour_at(picture, x, y)
        for code, (x, y), is_free in zip(colours, at, free, strict=True)
        if is_free
    }
    assert len(seen) >= 20
    assert seen == {code: colours[code] for code in seen}
    assert console_errors == []


def test_neighbourhoods_show_the_whole_ramp_below_the_outlines(page):
    shown = open_map(page, "?indicator=imd_score&level=lsoa21")
    picture = picture_of(shown)
    ramp = make_choropleth("imd_score", "lsoa21").colours
    assert colours_found(picture, ramp, least=0.005) == list(ramp)
    for line in (DISTRICT_LINE, SUBREGION_LINE):
        assert share_of(picture, line, tolerance=24) > 0.001


def test_level_there_and_back_gives_the_same_picture(page):
    shown = open_map(page, "?indicator=imd_score&level=lsoa21")
    before = picture_of(shown)
    shown.choose("Level", "District")
    between = picture_of(shown)
    districts = set(expected_colours(make_choropleth("imd_score", "lad24")).values())
    assert share_changed(before, between) > 0.05
    assert set(colours_found(between, tuple(districts), least=0.005)) == districts
    shown.choose("Level", "Neighbourhood")
    assert share_changed(before, picture_of(shown)) == 0


def test_no_frame_is_blank_while_indicator_and_level_change(page):
    shown = open_map(page, "?indicator=no_qualifications&level=lad24")
    element = page.locator("iframe[title*=streamlit_folium]")
    element.evaluate("node => { node.isTheFirst = true; }")
    old = expected_colours(make_choropleth("no_qualifications", "lad24"))
    new = expected_colours(make_choropleth("level_4_plus", "lad24"))
    codes = [code for code in old if old[code] != new[code]][:8]
    assert codes
    places = [list(place) for place in points(codes)]
    shown.frame.evaluate(WATCH_FRAMES, places)
    shown.choose("Indicator", "Level 4 or above")
    page.wait_for_function("() => true")
    shown.frame.wait_for_function("() => window.seen.size > 1")
    seen = set(shown.frame.evaluate(FRAMES_SEEN))
    # Nothing but the old picture and the new one, all places at once.
    assert seen == {" ".join(old[c] for c in codes), " ".join(new[c] for c in codes)}

    shown.frame.evaluate(WATCH_FRAMES, places)
    shown.choose("Level", "MSOA")
    shown.frame.wait_for_function("() => window.seen.size > 1")
    colours = set(" ".join(shown.frame.evaluate(FRAMES_SEEN)).split())
    ramps = {*new.values(), *make_choropleth("level_4_plus", "msoa21").colours}
    assert colours <= ramps
    assert element.evaluate("node => node.isTheFirst") is True


def patch_around(picture: Pixels, x: int, y: int) -> Pixels:
    half = PATCH // 2
    return picture[y - half : y + half, x - half : x + half]


def largest_of_status(choropleth, status: str) -> str:
    codes = choropleth.table.loc[choropleth.table["status"] == status, "area_code"]
    return str(read_areas().table["area_km2"].loc[list(codes)].idxmax())


@pytest.mark.parametrize(
    ("status", "texture"),
    [("not_available", "hatched"), ("inherited", "dotted"), ("converted", "dotted")],
)
def test_textures_are_seen_on_the_map_as_in_the_legend(page, status, texture):
    choropleth = make_choropleth("distance_to_green_space", "lsoa21")
    code = largest_of_status(choropleth, status)
    shown = open_map(page, "?indicator=distance_to_green_space&level=lsoa21")
    place = points([code])[0]
    shown.frame.evaluate(
        "place => window.map.setView(place, 14, {animate: false})", list(place)
    )
    (at,) = pixels_of_places(shown, [place])
    patch = patch_around(picture_of(shown), *at)
    shares = {colour: share_of(patch, colour) for colour in choropleth.colours}
    if texture == "hatched":
        assert share_of(patch, "#FFFFFF") > 0.1
        assert max(shares.values()) == 0
    else:
        own = expected_colours(choropleth)[code]
        assert 0.5 < shares[own] < 0.99
        assert sum(share for c, share in shares.items() if c != own) < 0.05
    assert len(np.unique(patch.reshape(-1, 3), axis=0)) > 1
    swatch = shown.frame.locator(f".lp-swatch.lp-{texture}").first
    assert len(np.unique(wait_until_still(swatch).reshape(-1, 3), axis=0)) > 3


def test_zoom_by_the_buttons_survives_another_indicator(page):
    shown = open_map(page, "?indicator=no_qualifications&level=lsoa21")
    for _ in range(3):
        before = shown.view()[2]
        shown.frame.get_by_role("button", name="Zoom in").click()
        shown.frame.wait_for_function("z => window.map.getZoom() > z", arg=before)
    picture_of(shown)  # until the zoom has ended
    view = shown.view()
    shown.choose("Indicator", "Level 4 or above")
    assert shown.view() == view
    area = read_areas().by_code["E08000025"]
    box = shown.frame.evaluate("window.map.getBounds().toBBoxString()")
    west, south, east, north = map(float, box.split(","))
    table = read_areas().table
    inside = table[
        (table["levels"] == "lsoa21")
        & table["lon"].between(west + 0.1, east - 0.1)
        & table["lat"].between(south + 0.1, north - 0.1)
    ].nlargest(40, "area_km2")
    assert len(inside) == 40, area.name
    colours = expected_colours(make_choropleth("level_4_plus", "lsoa21"))
    found = shown.colours_at(points(inside.index))
    same = [a == colours[code] for a, code in zip(found, inside.index, strict=True)]
    assert np.mean(same) > 0.95
