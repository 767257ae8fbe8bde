"""The sheet to take away: it says what the page says, and every area is drawn."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from lpipgeo.choropleth import make_choropleth
from lpipgeo.maps.still_map import Sheet, still_png, still_svg

DAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


def words(svg: ElementTree.Element) -> str:
    return " ".join(node.text or "" for node in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("indicator", "level"),
    [
        ("no_qualifications", "lad24"),
        ("fuel_poverty", "lsoa21"),
        ("heat_risk", "msoa21"),
    ],
)
def test_title_classes_sources_and_day_are_on_the_sheet(
    indicator: str, level: str
) -> None:
    choropleth = make_choropleth(indicator, level)
    said = words(ElementTree.fromstring(still_svg([Sheet(choropleth)], DAY)))

    assert choropleth.title in said
    for number in range(choropleth.classes.k):
        assert choropleth.class_text(number) in said
    assert choropleth.indicator.sources[0].publisher in said
    assert "23 November 2026" in said


def test_values_not_measured_here_are_dotted_and_explained() -> None:
    choropleth = make_choropleth("employment_rate", "msoa21")
    text = still_svg([Sheet(choropleth)], DAY)

    assert text.count("url(#dotted)") > choropleth.classes.k
    assert "Inherited (736)" in words(ElementTree.fromstring(text))


def test_hexagons_can_be_drawn() -> None:
    choropleth = make_choropleth("imd_score", "msoa21")

    flat, equal = (
        still_svg([Sheet(choropleth, hexagons=h)], DAY) for h in (False, True)
    )
    assert ElementTree.fromstring(equal).attrib["aria-label"] == choropleth.title
    assert flat != equal


def test_picture_is_large_enough_for_print() -> None:
    png = still_png([Sheet(make_choropleth("no_qualifications", "lad24"))], DAY)

    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 2400
