"""What a person reads on the Map page: hover, card, legend and table."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

import lpipgeo
from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.formatting import format_value
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.palettes import ACCENT
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.styles import Style
from tests.browser.driving import expect_parameter, open_map, open_map_alone
from tests.browser.pixels import rgb, share_of, wait_until_still

pytestmark = pytest.mark.browser

# What hovering says at places, as name, value and note.
HOVER = """places => {
  const map = window.map;
  const text = name => document.querySelector('.lp-tip ' + name).textContent;
  return places.map(([lat, lng]) => {
    const latlng = L.latLng(lat, lng);
    const originalEvent = {target: map.getContainer()};
    const containerPoint = map.latLngToContainerPoint(latlng);
    map.fire('mousemove', {latlng, containerPoint, originalEvent});
    return [text('strong'), text('.lp-value'), text('.lp-note')];
  });
}"""


def hover_texts(choropleth, row) -> list[str]:
    """Return name, value and note as the library has them for a row."""
    name = read_areas().by_code[row.area_code].name
    source = choropleth.source_level
    value = format_value(row.value, choropleth.indicator, source, row.status)
    note = period_label(choropleth.period)
    if not np.isnan(row.value):
        words = STATUSES[row.status].label.lower()
        if row.status == "inherited" and source != choropleth.level:
            words = f"inherited from the {LEVELS[source].in_text}"
        note = f"{note} · {words}"
    return [name, value, note]


@pytest.mark.parametrize(
    ("indicator", "level"),
    [
        ("fuel_poverty", "lsoa21"),  # bands only
        ("distance_to_green_space", "lsoa21"),  # converted, inherited, missing
    ],
)
def test_hover_says_what_the_library_says(page, indicator, level, console_errors):
    shown = open_map_alone(page, f"?indicator={indicator}&level={level}")
    choropleth = make_choropleth(indicator, level)
    rows = list(choropleth.table.itertuples())
    rare = choropleth.table.groupby("status", observed=True).head(12).index
    numbers = sorted({*range(0, len(rows), 9), *(int(i) for i in rare)})
    expected = [hover_texts(choropleth, rows[i]) for i in numbers]
    areas = [read_areas().by_code[rows[i].area_code] for i in numbers]
    places = [[area.lat, area.lon] for area in areas]
    assert shown.frame.evaluate(HOVER, places) == expected
    assert console_errors == []


def test_click_shows_the_figures_of_the_library_and_an_outline(page):
    shown = open_map(page, "?indicator=claimants_neighbourhood&level=msoa21")
    frame = page.locator("iframe[title*=streamlit_folium]")
    before = share_of(wait_until_still(frame), ACCENT)
    index = read_areas()
    table = index.table
    msoas = table[table["in_region"] & (table["levels"] == "msoa21")]
    area = index.by_code[str(msoas["area_km2"].idxmax())]
    painted = shown.painted()
    page.mouse.click(*shown.point_at(area.lat, area.lon))
    expect_parameter(page, "area", area.code)
    shown.wait_for_change(painted)

    larger = [index.parent(area.code, lv) for lv in ("lad24", "subregion", "rgn")]
    found = lpipgeo.observations(
        "claimants_neighbourhood", areas=[area.code, *(a.code for a in larger)]
    ).set_index("area_code")
    indicator = read_catalogue().find("claimants_neighbourhood")
    texts = [
        format_value(found.loc[a.code, "value"], indicator, a.level)
        for a in (area, *larger)
    ]
    card = page.get_by_role("region", name="Selected area")
    expect(card.locator(".lp-figure")).to_have_text(texts[0])
    assert card.locator("td").all_inner_texts()[:3] == texts[1:]
    expect(card.get_by_role("heading")).to_have_text(area.name)
    district, part, _ = larger
    names = card.locator("th").all_inner_texts()
    assert names[:3] == [district.name, part.name, "West Midlands region"]
    link = page.get_by_role("link", name="Area profile").last
    expect(link).to_have_attribute("href", re.compile(f"area={area.code}"))
    expect(shown.frame.locator(".leaflet-lp-top-pane path")).not_to_have_count(0)
    page.mouse.move(5, 5)
    assert share_of(wait_until_still(frame), ACCENT) > before + 0.0005

    page.get_by_role("button", name="Clear").click()
    expect(page).not_to_have_url(re.compile("area="))
    expect(card).to_have_count(0)
    expect(shown.frame.locator(".leaflet-lp-top-pane path")).to_have_count(0)
    assert share_of(wait_until_still(frame), ACCENT) == before


def boxes(locator) -> list[dict[str, float]]:
    found = [item.bounding_box() for item in locator.all() if item.is_visible()]
    return [box for box in found if box]


def overlaps(found: list[dict[str, float]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(found[:i])
        if a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    ]


@pytest.mark.parametrize(
    ("opened", "query"),
    [
        (open_map, "indicator=population_density&level=ward25&classes=9"),
        (open_map_alone, "indicator=homes_at_flood_risk&level=msoa21&classes=9"),
        (open_map_alone, "indicator=ghg_per_head&level=lad24"),
    ],
)
def test_legend_is_readable_and_stands_over_its_bar(page, opened, query):
    shown = opened(page, f"?{query}")
    # The legend is drawn anew once its typeface has arrived.
    shown.frame.evaluate("document.fonts.ready.then(() => true)")
    wait_until_still(shown.element)
    legend = shown.frame.locator(".lp-legend")
    for part in (".lp-edges span", ".lp-mark"):
        assert overlaps(boxes(legend.locator(part))) == [], part
    (bar,), (marks,) = (boxes(legend.locator(p)) for p in (".lp-bar", ".lp-marks"))
    assert (marks["x"], marks["width"]) == (bar["x"], bar["width"])
    outer = boxes(legend)[0]
    for box in boxes(legend.locator(".lp-edges span, .lp-mark")):
        assert outer["x"] <= box["x"]
        assert box["x"] + box["width"] <= outer["x"] + outer["width"]
    given = dict(pair.split("=") for pair in query.split("&"))
    k = int(given["classes"]) if "classes" in given else None
    colours = make_choropleth(
        given["indicator"], given["level"], style=Style(k=k)
    ).colours
    cells = legend.locator(".lp-bar > span[style*=background]")
    said = cells.evaluate_all("cells => cells.map(c => getComputedStyle(c).background)")
    assert len(said) == len(colours)
    for text, colour in zip(said, colours, strict=True):
        assert "rgb({}, {}, {})".format(*rgb(colour)) in text


def cells_of(page) -> list[list[str]]:
    """Return the texts of the table's rows that are drawn now, with their number."""
    return page.locator("table[role=grid] tbody tr").evaluate_all(
        """rows => rows.map(row => [row.getAttribute('aria-rowindex'),
             ...[...row.querySelectorAll('[role=gridcell]')].map(c => c.textContent)])
        """
    )


def open_table(page) -> None:
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("table[role=grid] [role=gridcell]").first).not_to_be_empty()


def test_table_has_every_district_as_the_map_has_it(page):
    open_map(page, "?indicator=employment_rate&level=lad24")
    open_table(page)
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    rows: dict[str, list[str]] = {}
    for _ in range(30):
        rows |= {row[0]: row[1:] for row in cells_of(page)}
        if len(rows) == 30:
            break
        grid.hover()
        page.mouse.wheel(0, 200)
        page.wait_for_function(
            "last => [...document.querySelectorAll('table[role=grid] tbody tr')]"
            ".some(row => Number(row.getAttribute('aria-rowindex')) > last)",
            arg=max(int(number) for number in rows),
        )
    shown = [rows[number] for number in sorted(rows, key=int)]
    expected = lpipgeo.table("employment_rate", level="lad24").set_index("area_code")
    assert {row[-1] for row in shown} == set(expected.index)
    for name, value, *_, status, code in shown:
        assert name == expected.loc[code, "area_name"]
        assert float(value) == round(expected.loc[code, "value"], 1)
        assert status == STATUSES[expected.loc[code, "status"]].label
    values = [float(row[1]) for row in shown]
    assert values == sorted(values, reverse=True)


WRITTEN = """() => {
  const pen = CanvasRenderingContext2D.prototype;
  const {fillText} = pen;
  window.written = [];
  pen.fillText = function (text, x, y) {
    const half = this.measureText(text).width / 2;
    window.written.push([text, x - half, y - 6, x + half, y + 6]);
    fillText.call(this, text, x, y);
  };
}"""


def test_the_pointers_label_and_names_stay_clear_of_edge_and_source_line(page):
    shown = open_map(page, "?indicator=fuel_poverty&level=lsoa21&area=E01010062")
    frame = page.locator("iframe").first.bounding_box()
    low = frame["y"] + frame["height"] - 70
    page.mouse.move(frame["x"] + 700, low)
    tip = shown.frame.locator(".lp-tip")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box["y"] + box["height"] < low
    orders = [
        int(shown.frame.evaluate(f"getComputedStyle({node}).zIndex"))
        for node in ("document.querySelector('.lp-tip')", "map._controlCorners.topleft")
    ]
    assert orders[0] > orders[1]

    page.mouse.move(5, 5)
    shown.frame.wait_for_function("document.fonts.check('13px \"Source Sans\"')")
    wait_until_still(shown.element)
    shown.frame.evaluate(WRITTEN)
    shown.look_at(52.4967, -1.98, 13)
    names = shown.frame.evaluate("window.written")
    width, height = shown.frame.evaluate("[map.getSize().x, map.getSize().y]")
    credit = shown.frame.locator(".leaflet-control-attribution").bounding_box()
    credit_left, credit_top = credit["x"] - frame["x"], credit["y"] - frame["y"]
    assert len(names) > 10
    for name, left, top, right, bottom in names:
        assert left >= 0, name
        assert top >= 0, name
        assert right <= width, name
        assert bottom <= height, name
        assert right <= credit_left or bottom <= credit_top, name
