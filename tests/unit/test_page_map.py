"""The map as one file: it carries everything and asks for nothing."""

from __future__ import annotations

import json
import re

from lpipgeo.choropleth import make_choropleth
from lpipgeo.maps.page_map import page_html
from lpipgeo.maps.views import make_view, view_json


def page(**extras) -> str:
    view = make_view(make_choropleth("no_qualifications", "lad24"))
    return page_html(view_json(view, **extras), "Title <b>")


def test_every_file_of_the_view_is_inside() -> None:
    text = page(overlays=["museums"], outline="utla", selected="E08000028")
    found = re.search(r"lpipgeoFiles = (\{.*?\});\n", text)
    assert found is not None
    files = json.loads(found[1].replace("<\\/", "</"))

    assert {name.split("/")[-1].split(".")[0] for name in files} >= {
        "museums",
        "places",
        "utla",
        "utla_2024",
        "lad24",
        "lad24_2024",
    }


def test_nothing_is_asked_of_a_network() -> None:
    text = page()

    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", text) == []
    assert "data:font/woff2" in text


def test_title_is_text() -> None:
    assert "<title>Title &lt;b&gt;</title>" in page()
