"""The Map page without a browser: it opens, searches and survives odd addresses."""

from __future__ import annotations

import re
from html import unescape

import pytest

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import MAPPED_LEVELS
from tests.app.opening import (
    MAP,
    PROFILE,
    address,
    html_of,
    open_page,
    read_page,
    text_of,
    title_of,
)

TITLE = "<h1>Households in fuel poverty, 2022, by neighbourhood</h1>"


def test_map_page_opens_on_its_first_view_and_says_it_in_the_url():
    app = read_page(MAP)
    assert title_of(app) == TITLE
    assert address(app) == {"indicator": "fuel_poverty", "level": "lsoa21"}
    assert list(app.info) == []
    assert list(app.error) == []


@pytest.mark.parametrize("level", [lv for lv in MAPPED_LEVELS if lv != "pcon24"])
def test_map_page_opens_at_every_level(level):
    app = read_page(MAP, indicator="imd_score", level=level, area="E08000025")
    assert list(app.error) == []
    assert address(app)["level"] == level


def test_bad_url_is_explained_and_the_map_is_there():
    app = read_page(
        MAP, indicator="fuel_povrty", level="village", area="<b>x</b>", classes="99"
    )
    note = app.info[0].value
    assert "Did you mean Households in fuel poverty?" in note
    assert "'village' is no level. Shown instead" in note
    assert "\\<b\\>x" in note
    assert "A map has 3 to 9 classes, not '99'." in note
    assert title_of(app) == TITLE


def test_odd_parts_of_an_address_are_said_and_the_rest_is_kept():
    odd = {"period": "1999", "area": "E06000058", "scheme": "clever", "classes": "2"}
    app = read_page(MAP, indicator="imd_score", level="subregion", **odd)
    said = text_of(app)
    for sentence in (
        "'1999'",
        "The newest one is shown.",
        "is outside the West Midlands region",
        "'clever' is no class method.",
        "A map has 3 to 9 classes, not '2'.",
    ):
        assert sentence in said
    assert address(app) == {"indicator": "imd_score", "level": "subregion"}


def test_an_old_code_is_said_and_its_largest_part_of_today_selected():
    app = read_page(MAP, indicator="imd_score", level="subregion", area="E01008914")
    assert "E01008914 is an old code." in text_of(app)
    assert address(app)["area"] == "E01034930"
    assert address(app)["level"] == "subregion"


def test_url_is_mended_after_a_bad_one():
    app = read_page(MAP, indicator="fuel_povrty", level="village", ref="mail")
    assert address(app) == {
        "indicator": "fuel_poverty",
        "level": "lsoa21",
        "ref": "mail",
    }


def test_inherited_map_says_so():
    app = read_page(MAP, indicator="employment_rate", level="msoa21")
    assert title_of(app).endswith("district figures drawn by MSOA</h1>")


def test_search_for_one_place_selects_it():
    app = open_page(MAP)
    app.text_input(key="find_place").set_value("B66 4BH").run()
    assert list(app.exception) == []
    assert address(app)["area"] == "E01009927"


def test_place_found_on_another_page_first_is_there_on_the_map():
    app = open_page(PROFILE)
    app.text_input(key="find_place").set_value("E08000028").run()
    app.switch_page(MAP).run()
    assert list(app.exception) == []
    assert address(app)["area"] == "E08000028"


def test_search_outside_or_for_nothing_says_so_and_keeps_the_map():
    app = open_page(MAP, indicator="imd_score", level="lad24")
    title = title_of(app)
    for text, sentence in (
        ("SW1A 1AA", "SW1A 1AA is not in our list of postcodes (2024) of the West"),
        ("Manchester", "Manchester is outside the West Midlands region"),
        ("E99999999", "No area of the region has the code E99999999"),
        ("<b id=x>y</b> **z**", "called “&lt;b id=x&gt;y&lt;/b&gt; **z**”"),
    ):
        app.text_input(key="find_place").set_value(text).run()
        assert list(app.exception) == []
        assert sentence in html_of(app)
        keys = [button.key or "" for button in app.button]
        assert not [key for key in keys if key.startswith("find_place_")]
    assert "area" not in address(app)
    assert title_of(app) == title


def test_search_for_a_misspelt_place_asks_and_finds_it():
    app = open_page(MAP)
    app.text_input(key="find_place").set_value("Smethick").run()
    assert "Did you mean Smethwick?" in html_of(app)
    app.button(key="find_place_try_Smethwick").click().run()
    assert app.text_input(key="find_place").value == "Smethwick"
    assert "The best 8 of 25:" in html_of(app)
    assert "MSOAs, about 8,000 people each" in html_of(app)


def test_search_with_many_results_shows_them_all_when_asked():
    app = open_page(MAP)
    app.text_input(key="find_place").set_value("Smethwick").run()
    app.button(key="find_place_all").click().run()
    shown = [b for b in app.button if (b.key or "").startswith("find_place_E0")]
    assert len(shown) == 25
    app.text_input(key="find_place").set_value("Dudley").run()
    assert app.button(key="find_place_all").label.startswith("Show all")


def test_map_of_constituencies_opens_where_figures_are_by_constituency():
    app = read_page(MAP, indicator="turnout_2024", level="lsoa21")
    assert "by constituency" in title_of(app)
    assert address(app)["level"] == "pcon24"


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        ("imd_rank", r"\d+\u202f% of England's neighbourhoods are more deprived\."),
        ("imd_score", r"Higher than in \d+\u202f% of England's neighbourhoods\."),
    ],
)
def test_place_in_england_reads_the_right_way_round(indicator, sentence):
    """In a rank, 1 is the most deprived, so a lower number is no better place."""
    app = read_page(MAP, indicator=indicator, level="lsoa21", area="E01009927")
    drawn = unescape(html_of(app))
    assert re.search(sentence, drawn)
    assert ("Higher than" in drawn) == (indicator == "imd_score")


def test_a_level_that_the_app_changes_is_said():
    app = open_page(MAP, indicator="no_qualifications", level="lsoa21")
    key = "indicator_choice"
    app.selectbox(key=key).set_value("employment_rate").run()
    assert address(app)["level"] == "lad24"
    said = " has no figures of its own for neighbourhoods; districts are shown."
    assert [note.value.endswith(said) for note in app.info] == [True]


def test_leaving_hexagons_returns_to_the_level_before():
    app = open_page(MAP, indicator="imd_score", level="lad24")
    for drawing, level in (("equal", "msoa21"), ("flat", "lad24")):
        app.segmented_control(key="drawing_choice").set_value(drawing).run()
        assert list(app.exception) == []
        assert address(app)["level"] == level
        assert address(app).get("drawing", "flat") == drawing


def test_through_time_the_classes_stay():
    app = open_page(MAP, indicator="claimants_neighbourhood", level="lad24")
    edges = []
    for period in ("2021-01-01/P1Y", "2020-01-01/P1Y"):
        app.select_slider(key="moment_choice").set_value(period).run()
        assert list(app.exception) == []
        assert address(app)["period"] == period
        drawn = app.get("component_instance")[0].proto.json_args.replace("\\", "")
        assert "of the region in all periods" in drawn
        edges += re.findall(r'"edges":\[[^"\]]+\]', drawn)
    assert len(edges) == 2
    assert edges[0] == edges[1]


def test_zoom_says_that_the_map_is_around_a_place_and_leads_back_to_the_region():
    app = open_page(MAP, area="E01010062")
    zoom = app.selectbox(key="within_choice")
    assert zoom.options[:2] == ["The whole region", "Around Smethwick East 040A"]
    assert zoom.value == "around"
    zoom.set_value("").run()
    zoom = app.selectbox(key="within_choice")
    assert zoom.value == ""
    assert "Around Smethwick East 040A" not in zoom.options


def test_indicators_of_other_themes_can_be_found_and_bring_their_theme():
    app = open_page(MAP, indicator="fuel_poverty", level="lad24")
    box = app.selectbox(key="indicator_choice")
    assert box.options[0] == read_catalogue().of_theme("green_economy")[0].short_title
    name = "Unemployment (modelled) (Inclusive growth)"
    assert name in box.options
    assert not any("(Green economy)" in option for option in box.options)
    box.select(name).run()
    assert list(app.exception) == []
    assert address(app)["indicator"] == "modelled_unemployment"
    assert app.session_state["theme"] == "inclusive_growth"
    assert "Unemployment (modelled)" in app.selectbox(key="indicator_choice").options


@pytest.mark.parametrize("period", ["", "2019-01-01/P1Y"])
def test_place_inside_a_district_has_the_districts_figure_and_is_told_so(period):
    chosen = {"indicator": "modelled_unemployment", "level": "lad24"}
    given = {"period": period} if period else {}
    drawn = html_of(open_page(MAP, **chosen, area="E02002057", **given))
    assert re.search(
        r'<p class="lp-figure lp-long">Published for districts: Sandwell [\d.]+\s%</p>',
        drawn,
    )
    assert "The figure of the district that this area lies in; it was not meas" in drawn
    assert "Estimated by the publisher&#x27;s model" in drawn
    assert "No data" not in drawn.split("lp-card")[1].split("</section>")[0]


@pytest.mark.parametrize("drawing", ["equal", "3d"])
def test_drawing_that_leaves_overlays_out_says_so(drawing):
    left_out = "Overlays are drawn on the flat map only."
    app = open_page(MAP, level="msoa21", overlays="museums")
    assert not app.info
    app.segmented_control(key="drawing_choice").set_value(drawing).run()
    assert [note.value for note in app.info] == [left_out]
    linked = read_page(MAP, level="msoa21", overlays="museums", drawing=drawing)
    assert [note.value for note in linked.info] == [left_out]
