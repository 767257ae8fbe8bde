"""The raised map, drawn with WebGL in software and with the network cut."""

from __future__ import annotations

import pytest

from lpipgeo.choropleth import make_choropleth
from tests.browser.driving import open_map
from tests.browser.pixels import colours_found, wait_until_still

pytestmark = pytest.mark.browser


def test_raised_map_paints_columns_offline(webgl_page):
    open_map(webgl_page, "?indicator=imd_score&level=lad24")
    webgl_page.get_by_text("3D", exact=True).click()
    canvas = webgl_page.locator(".stDeckGlJsonChart canvas").first
    canvas.wait_for()
    picture = wait_until_still(canvas, seconds=30, pause=1)
    assert len(set(map(tuple, picture.reshape(-1, 3)[::50].tolist()))) > 10
    choropleth = make_choropleth("imd_score", "lad24")
    key = webgl_page.locator(".lp-key")
    key.wait_for()
    assert colours_found(wait_until_still(key), choropleth.colours, 0.002) == list(
        choropleth.colours
    )
