"""The sheet to take away: it says what the page says, and every area is drawn."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.bivariate import in_thirds, make_bivariate
from lpipgeo.choropleth import make_choropleth
from lpipgeo.maps.still_map import Sheet, still_png, still_svg
from lpipgeo.overlay_catalogue import read_features
from lpipgeo.styles import Style
from lpipgeo.symbols import make_symbols

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


def test_second_figure_overlays_and_part_are_on_the_sheet() -> None:
    sheet = Sheet(
        make_choropleth("no_car", "lsoa21", within="E08000027"),
        circles=make_symbols("population", "msoa21", within="E08000027"),
        overlays=("libraries", "green_belt"),
        outline="ward25",
    )
    text = still_svg([sheet], DAY)
    said = words(ElementTree.fromstring(text))

    assert "in Dudley" in said
    assert "as circles" in said
    assert "Green belt" in said
    assert "Arts Council England" in said
    assert text.count("<circle") > 40


def test_two_figures_in_one_map_are_explained_by_their_square() -> None:
    style = in_thirds(Style())
    both = make_bivariate(
        make_choropleth("no_car", "msoa21", style=style),
        make_choropleth("works_from_home", "msoa21", style=style),
    )
    text = still_svg([Sheet(both.across, crossed=both)], DAY)
    svg = ElementTree.fromstring(text)
    said = words(svg)
    cells = {
        node.attrib["fill"]: (float(node.attrib["x"]), float(node.attrib["y"]))
        for node in svg.iter(f"{SVG}rect")
        if node.attrib.get("width") == "46"
    }
    low = next(n for n in svg.iter(f"{SVG}text") if n.text == "low in both")
    x, y = cells[both.colours[0]]

    for colour in both.colours:
        assert colour in text
    assert x < float(low.attrib["x"]) < x + 46  # below the cell at the lower left
    assert y + 46 < float(low.attrib["y"]) < y + 92
    assert "high in both" in said
    assert "Upwards: more Working from home" in said


def test_two_maps_side_by_side_are_two_sheets_in_one_file() -> None:
    sheets = [Sheet(make_choropleth("no_car", level)) for level in ("lad24", "utla")]
    svg = ElementTree.fromstring(still_svg(sheets, DAY))

    heights = [
        float(ElementTree.fromstring(still_svg([sheet], DAY)).attrib["height"])
        for sheet in sheets
    ]
    assert float(svg.attrib["height"]) == sum(heights)
    assert all(sheet.title in words(svg) for sheet in sheets)


def test_overlays_on_a_map_of_a_part_are_those_of_the_part() -> None:
    whole = make_choropleth("no_car", "msoa21")
    part = make_choropleth("no_car", "msoa21", within="E08000028")
    overlays = ("libraries", "pride_in_place_neighbourhoods")
    all_of_it, of_part = (
        still_svg([Sheet(c, overlays=overlays)], DAY) for c in (whole, part)
    )
    inside = set(read_areas().codes_within("lsoa21", "E08000028"))
    outside = ~read_features("libraries")["area_code"].isin(inside)

    signs = all_of_it.count("translate(") - of_part.count("translate(")
    assert signs >= int(outside.sum())
    assert "clip-path" in of_part
    assert "clip-path" not in all_of_it
