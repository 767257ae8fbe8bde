"""The picture that a person sees: pixels of the page, not of one canvas alone."""

from __future__ import annotations

import numpy as np
import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.palettes import DISTRICT_LINE, SUBREGION_LINE
from tests.browser.driving import COLOURS_AT, FIRST, MapPage, open_map, open_map_alone
from tests.browser.pixels import (
    Pixels,
    colours_found,
    share_of,
    take,
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

NONE = "#000000"  # of the canvas outside the region, or outside the canvas

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
    return wait_until_still(shown.element)


def pixels_of_places(shown: MapPage, places) -> list[tuple[int, int]]:
    """Return x and y of places in a picture of the map's frame, with its border."""
    frame = shown.element.bounding_box()
    assert frame is not None
    found = [shown.point_at(lat, lon) for lat, lon in places]
    return [(round(x - frame["x"]), round(y - frame["y"])) for x, y in found]


def test_neighbourhoods_show_the_whole_ramp_below_the_outlines(page):
    shown = open_map_alone(page, "?indicator=imd_score&level=lsoa21")
    picture = picture_of(shown)
    ramp = make_choropleth("imd_score", "lsoa21").colours
    assert colours_found(picture, ramp, least=0.0005) == list(ramp)
    for line in (DISTRICT_LINE, SUBREGION_LINE):
        assert share_of(picture, line, tolerance=24) > 0.001


def test_no_frame_is_blank_while_indicator_and_level_change(page):
    shown = open_map(page, "?indicator=no_qualifications&level=lad24")
    element = page.locator("iframe[title*=streamlit_folium]")
    element.evaluate("node => { node.isTheFirst = true; }")
    old = expected_colours(make_choropleth("no_qualifications", "lad24"))
    new = expected_colours(make_choropleth("level_4_plus", "lad24"))
    codes = [code for code in old if old[code] != new[code]][:8]
    assert codes
    places = [list(place) for place in points(codes)]
    shown.frame.evaluate(WATCH_FRAMES, [places, FIRST])
    shown.choose("Indicator", "Level 4 or above")
    shown.frame.wait_for_function("() => window.seen.size > 1")
    seen = set(shown.frame.evaluate(FRAMES_SEEN))
    # Nothing but the old picture and the new one, all places at once.
    before, after = (" ".join(colours[c] for c in codes) for colours in (old, new))
    assert seen == {before, after}

    shown.frame.evaluate(WATCH_FRAMES, [places, FIRST])
    shown.choose("Level", "MSOA")
    shown.frame.wait_for_function("() => window.seen.size > 1")
    seen = set(shown.frame.evaluate(FRAMES_SEEN))
    assert seen == {after, " ".join(shown.colours_at(points(codes)))}
    assert element.evaluate("node => node.isTheFirst") is True


def patch_around(picture: Pixels, x: int, y: int) -> Pixels:
    half = PATCH // 2
    return picture[y - half : y + half, x - half : x + half]


def largest_of_status(choropleth, status: str) -> str:
    codes = choropleth.table.loc[choropleth.table["status"] == status, "area_code"]
    return str(read_areas().table["area_km2"].loc[list(codes)].idxmax())


def test_textures_are_seen_on_the_map_as_in_the_legend(page):
    choropleth = make_choropleth("distance_to_green_space", "lsoa21")
    colours = expected_colours(choropleth)
    shown = open_map_alone(page, "?indicator=distance_to_green_space&level=lsoa21")
    for status in ("not_available", "inherited", "converted"):
        code = largest_of_status(choropleth, status)
        place = points([code])[0]
        shown.look_at(*place, 14)
        (at,) = pixels_of_places(shown, [place])
        patch = patch_around(picture_of(shown), *at)
        shares = {colour: share_of(patch, colour) for colour in choropleth.colours}
        if status == "not_available":
            assert share_of(patch, "#FFFFFF") > 0.1
            assert max(shares.values()) == 0
        else:
            own = colours[code]
            assert 0.5 < shares[own] < 0.99, status
            assert sum(share for c, share in shares.items() if c != own) < 0.05
        assert len(np.unique(patch.reshape(-1, 3), axis=0)) > 1
    for texture in ("hatched", "dotted"):
        swatch = shown.frame.locator(f".lp-swatch.lp-{texture}").first
        assert len(np.unique(take(swatch).reshape(-1, 3), axis=0)) > 3
