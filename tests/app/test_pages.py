"""The pages, run without a browser: they open, answer choices and survive bad URLs."""

from __future__ import annotations

import re
from html import escape, unescape
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from lpipgeo.formatting import format_value
from lpipgeo.headlines import RULE
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import MAPPED_LEVELS, REGION, UNITED_KINGDOM
from lpipgeo.observation_table import read_values
from lpipgeo.paths import PROJECT
from lpipgeo.ui.help_view import read_answers

FRAME = PROJECT / "lpipgeo/ui/frame.py"
OVERVIEW = str(PROJECT / "pages/overview.py")
MAP = str(PROJECT / "pages/map.py")
PROFILE = str(PROJECT / "pages/area_profile.py")
SOURCES = str(PROJECT / "pages/sources_and_methods.py")
HELP = str(PROJECT / "pages/help.py")
TIPTON = "E02002057"  # an MSOA in Sandwell


TITLE = "<h1>Households in fuel poverty, 2022, by neighbourhood</h1>"


def open_page(page=MAP, **parameters):
    """Return the app as it stands after one visit."""
    app = AppTest.from_file(FRAME, default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(page)
    app.run()
    assert list(app.exception) == []
    return app


def headings(app):
    return [text.value for text in app.markdown if text.value.startswith("#")]


def html_of(app):
    """Return all that the page drew as HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


def map_title(app):
    """Return the heading of the Map page, which is one HTML element."""
    return next(line for line in html_of(app).splitlines() if line.startswith("<h1>"))


def address(app):
    """Return the URL's parameters as the visitor sees them."""
    found = {name: app.query_params[name] for name in app.query_params}
    return {k: v[0] if isinstance(v, list) else v for k, v in found.items()}


def test_map_page_opens_on_its_first_view():
    app = open_page()
    assert map_title(app) == TITLE
    assert list(app.info) == []
    assert list(app.error) == []


def test_map_page_says_its_view_in_the_url():
    assert address(open_page()) == {"indicator": "fuel_poverty", "level": "lsoa21"}


@pytest.mark.parametrize("level", [lv for lv in MAPPED_LEVELS if lv != "pcon24"])
def test_map_page_opens_at_every_level(level):
    app = open_page(indicator="imd_score", level=level, area="E08000025")
    assert list(app.error) == []
    assert address(app)["level"] == level


@pytest.mark.parametrize("period", ["", "2019-01-01/P1Y"])
def test_place_inside_a_district_has_the_districts_figure_and_is_told_so(period):
    chosen = {"indicator": "modelled_unemployment", "level": "lad24"}
    app = open_page(**chosen, area=TIPTON, **({"period": period} if period else {}))
    drawn = html_of(app)
    assert re.search(
        r'<p class="lp-figure lp-long">Published for districts: Sandwell [\d.]+\s%</p>',
        drawn,
    )
    assert "The figure of the district that this area lies in; it was not meas" in drawn
    assert "Estimated by the publisher&#x27;s model" in drawn
    assert "No data" not in drawn.split("lp-card")[1].split("</section>")[0]


def test_bad_url_is_explained_and_the_map_is_there():
    app = open_page(
        indicator="fuel_povrty", level="village", area="<b>x</b>", classes="99"
    )
    note = app.info[0].value
    assert "Did you mean 'fuel\\_poverty' (Households in fuel poverty)?" in note
    assert "Unknown level 'village'." in note
    assert "\\<b\\>x" in note
    assert "A map has 3 to 9 classes, not '99'." in note
    assert map_title(app) == TITLE


def test_url_is_mended_after_a_bad_one():
    app = open_page(indicator="fuel_povrty", level="village", ref="mail")
    assert address(app) == {
        "indicator": "fuel_poverty",
        "level": "lsoa21",
        "ref": "mail",
    }


def test_inherited_map_says_so():
    app = open_page(indicator="employment_rate", level="msoa21")
    assert map_title(app).endswith("district figures drawn by MSOA</h1>")


def test_search_for_one_place_selects_it():
    app = open_page()
    app.text_input(key="find_place").set_value("B66 4BH").run()
    assert list(app.exception) == []
    assert address(app)["area"] == "E01009927"


def test_place_found_on_another_page_first_is_there_on_the_map():
    app = open_page(PROFILE)
    app.text_input(key="find_place").set_value("E08000028").run()
    app.switch_page(MAP).run()
    assert list(app.exception) == []
    assert address(app)["area"] == "E08000028"


def test_search_for_nothing_known_is_answered():
    app = open_page()
    app.text_input(key="find_place").set_value("zzz<i>qqq").run()
    assert list(app.exception) == []
    assert "Nothing in the region is called “zzz&lt;i&gt;qqq”" in html_of(app)


def test_search_for_a_misspelt_place_asks_and_finds_it():
    app = open_page()
    app.text_input(key="find_place").set_value("Smethick").run()
    assert "Did you mean Smethwick?" in html_of(app)
    app.button(key="find_place_try_Smethwick").click().run()
    assert app.text_input(key="find_place").value == "Smethwick"
    assert "The best 8 of 25:" in html_of(app)
    assert "MSOAs, about 8,000 people each" in html_of(app)


def test_search_with_many_results_shows_them_all_when_asked():
    app = open_page()
    app.text_input(key="find_place").set_value("Smethwick").run()
    app.button(key="find_place_all").click().run()
    shown = [b for b in app.button if (b.key or "").startswith("find_place_E0")]
    assert len(shown) == 25
    app.text_input(key="find_place").set_value("Dudley").run()
    assert app.button(key="find_place_all").label.startswith("Show all")


@pytest.mark.parametrize(
    ("area", "heading"),
    [
        ("E01008881", "# Yardley 067A"),
        ("E02001827", "# Hill Hook"),
        ("E08000025", "# Birmingham"),
        ("WMS000001", "# Birmingham and Solihull"),
        ("E47000007", "# West Midlands Combined Authority"),
        (REGION, "# West Midlands"),
    ],
)
def test_profile_opens_for_areas_of_all_sizes(area, heading):
    app = open_page(PROFILE, area=area)
    assert headings(app)[0] == heading
    drawn = html_of(app)
    for theme in read_catalogue().themes.themes:
        assert f"<h2 id='{theme.id}'>" in drawn
    assert "Strengths</h2>" in drawn
    assert "Challenges</h2>" in drawn


def profile_row(app, indicator):
    """Return the table row of one indicator, as a reader sees it."""
    title = escape(read_catalogue().find(indicator).title)
    rows = re.findall(r"<tr>.*?</tr>", html_of(app).split("lp-rows", 1)[1])
    return unescape(next(r for r in rows if f"<summary>{title}</summary>" in r))


def test_profile_says_what_is_worse_beyond_the_margins_of_error():
    row = profile_row(open_page(PROFILE, area="E08000027"), "no_qualifications")
    assert "<b>23.1\u202f%</b>" in row
    assert "▼ worse" in row
    assert "England: 18.1\u202f%" in row
    assert 'class="lp-spine lp-worse"' in row
    assert re.search(r"<td>\d+th of 30", row)


def test_profile_says_that_a_figure_is_inherited_and_draws_it_nowhere():
    row = profile_row(open_page(PROFILE, area="E01008881"), "employment_rate")
    assert "inherited: the figure of Birmingham" in row
    assert ">not tested</span><small>figure of a larger area</small>" in row
    assert "lp-spine" not in row
    assert "<b>" not in row


def test_profile_of_the_headlines_names_the_rule():
    drawn = html_of(open_page(PROFILE, area="E08000027"))
    assert "<b>No qualifications</b>: 23.1\u202f% here, higher than in England" in drawn
    assert escape(RULE) in drawn


def test_profile_compares_with_the_benchmark_of_the_address():
    app = open_page(PROFILE, area="E08000027", benchmark="subregion")
    row = profile_row(app, "no_qualifications")
    assert "the Black Country: " in row
    assert address(app)["benchmark"] == "subregion"


def test_profile_compares_with_similar_districts():
    app = open_page(PROFILE, area="E08000027", benchmark="similar")
    assert re.search(r"of 1\d similar: \d+ better, \d+ worse", html_of(app))


def test_profile_with_a_benchmark_that_the_area_lacks_says_so():
    app = open_page(PROFILE, area="E08000027", benchmark="lad24")
    assert "England is the benchmark." in html_of(app)
    assert "England: 18.1\u202f%" in profile_row(app, "no_qualifications")


def test_choosing_a_benchmark_changes_the_address():
    app = open_page(PROFILE, area="E08000027")
    app.selectbox(key="benchmark_E08000027").set_value("rgn").run()
    assert list(app.exception) == []
    assert address(app)["benchmark"] == "rgn"
    app.selectbox(key="benchmark_E08000027").set_value("ctry").run()
    assert "benchmark" not in address(app)


def test_the_rest_of_a_profile_waits_only_where_another_one_is_sent(monkeypatch):
    waits = []
    clock = SimpleNamespace(sleep=waits.append)
    monkeypatch.setattr("lpipgeo.ui.profile_view.time", clock)
    app = open_page(PROFILE, area="E08000027")
    assert len(waits) == 1
    app.selectbox(key="closer").select_index(3).run()
    assert len(waits) == 1
    app.selectbox(key="benchmark_E08000027").set_value("rgn").run()
    assert len(waits) == 2


FIVE = "E08000025,E08000027,E08000028,E08000030,E08000031"
OF_THE_SET = re.compile(r"of 4 in the set: \d better, \d worse")


def benchmarks(app, area="E08000027"):
    """Return the names of what may be chosen to compare with."""
    return app.selectbox(key=f"benchmark_{area}").options


def test_comparison_set_is_a_benchmark_and_stays_in_the_address():
    app = open_page(PROFILE, area="E08000027", compare=FIVE)
    assert "The comparison set (4 areas)" in benchmarks(app)
    app.selectbox(key="benchmark_E08000027").set_value(FIVE).run()
    assert list(app.exception) == []
    assert address(app)["benchmark"] == FIVE
    drawn = html_of(app)
    assert OF_THE_SET.search(drawn)
    assert "in the middle half of the comparison set" in drawn
    assert "Birmingham, Sandwell, Walsall and Wolverhampton." in drawn
    assert f"data-query='?benchmark={FIVE.replace(',', '%2C')}'" in drawn


def test_set_without_four_others_of_the_level_is_not_offered():
    few = FIVE.replace("E08000025,", "")
    for area in ("E08000027", "E01008881"):
        app = open_page(PROFILE, area=area, compare=few)
        assert not [n for n in benchmarks(app, area) if n.startswith("The comparison")]
        assert "Sandwell" in benchmarks(app, area)


def test_comparison_set_holds_for_other_areas_where_it_can():
    app = open_page(PROFILE, area="E06000019", benchmark=FIVE)
    assert "of 5 in the set: " in html_of(app)
    app = open_page(PROFILE, area="E01008881", benchmark=FIVE)
    assert "a group needs at least 4" in html_of(app)
    assert "England is the benchmark." in html_of(app)
    assert address(app)["benchmark"] == FIVE


def test_set_that_was_changed_since_is_still_the_benchmark_and_told_apart():
    now = FIVE.replace("E08000031", "E08000029")
    app = open_page(PROFILE, area="E08000027", compare=now, benchmark=FIVE)
    assert "The comparison set (4 areas)" in benchmarks(app)
    assert app.selectbox(key="benchmark_E08000027").value == FIVE
    assert "Another set (4 areas)" in benchmarks(app)


def test_presented_profile_says_which_group_it_is_compared_with():
    app = open_page(PROFILE, area="E08000027", benchmark=FIVE, present="3")
    assert "the middle half of the comparison set" in html_of(app)


def test_options_of_a_presentation_keep_the_theme_on_the_screen():
    app = open_page(PROFILE, area="E08000028", present="4")
    assert "<h1>Pride in place" in html_of(app)
    app.session_state["slide_options"] = True  # the popover is opened
    app.run()
    app.toggle(key="slide_figures").set_value(True).run()
    assert list(app.exception) == []
    assert "<h1>Pride in place" in html_of(app)
    assert address(app)["figures"] == "all"


@pytest.mark.parametrize(
    ("benchmark", "is_said"),
    [("WMS000001,WMS000003,WMS000004,WMS000005", True), (None, False)],
)
def test_districts_inside_are_printed_though_the_set_is_not_of_districts(
    benchmark, is_said
):
    given = {"benchmark": benchmark} if benchmark else {}
    app = open_page(PROFILE, area="WMS000002", **given)
    app.session_state["print"] = True  # the popover is opened
    app.run()
    assert ("They are compared with England." in html_of(app)) is is_said
    app.button(key="make_districts").click().run(timeout=120)
    assert list(app.exception) == []
    assert list(app.error) == []


def test_profile_leads_to_the_places_inside():
    app = open_page(PROFILE, area="E08000028")
    app.session_state["places_inside"] = True  # the popover is opened
    app.run()
    boxes = {box.label: box for box in app.selectbox}
    assert "MSOAs (39)" in boxes
    assert "Neighbourhoods (190)" in boxes
    box = boxes["Wards (24)"]
    assert box.options == sorted(box.options)
    box.set_value("E05001288" if "E05001288" in box.options else box.options[0]).run()
    assert list(app.exception) == []
    assert address(app)["area"].startswith("E05")


def test_nothing_lies_inside_a_neighbourhood():
    app = open_page(PROFILE, area="E01009927")
    assert not any("places_inside" in str(block.proto) for block in app.get("popover"))


def test_profile_names_the_programmes_of_an_area():
    drawn = html_of(open_page(PROFILE, area="E08000027"))
    assert "Towns Fund places in it: Brierley Hill High Street, Dudley." in drawn
    drawn = html_of(open_page(PROFILE, area="E01014211"))
    assert "Left-behind areas (this area is one, or lies in one)" in drawn


def test_profile_shows_how_neighbourhoods_differ_and_every_scale():
    app = open_page(PROFILE, area="E08000027", indicator="no_qualifications")
    drawn = html_of(app)
    assert re.search(r"of 203 neighbourhoods, one in ten has [\d.]+\u202f%", drawn)
    assert "percentage points" in drawn
    scales = drawn.split("lp-scales", 1)[1]
    for name in ("Dudley", "The Black Country", "West Midlands", "England"):
        assert f"<th scope='row'>{name}<small" in scales


def test_profile_of_a_neighbourhood_has_nothing_inside():
    drawn = html_of(open_page(PROFILE, area="E01008881"))
    assert "Inside this area" not in drawn
    assert "From here to the country" in drawn


def test_profile_of_a_district_lists_its_peers_and_links_those_in_the_region():
    app = open_page(PROFILE, area="E08000025")
    drawn = html_of(app)
    for peer in ("<p>1 Bradford</p>", "<p>4 Nottingham</p>", "<p>3 Barnet</p>"):
        assert peer in drawn
    assert "Source: ONS, Clustering of local authorities" in drawn
    labels = [link.proto.label for link in app.get("page_link")]
    assert {"3 Wolverhampton", "2 Wolverhampton", "6 Sandwell"} <= {*labels}


def test_profile_of_a_county_has_no_similar_districts():
    assert "## Similar districts" not in headings(open_page(PROFILE, area="E10000028"))


def test_profile_of_a_neighbourhood_says_what_kind_it_is():
    drawn = html_of(open_page(PROFILE, area="E01008881"))
    assert "Urban: Nearer to a major town or city (rural–urban class)." in drawn


def test_names_of_classes_of_people_are_folded_and_said_to_be_not_ours():
    app = open_page(PROFILE, area="E01008881")
    (folded,) = [e for e in app.expander if e.label == "Classifications"]
    said = "".join(element.proto.body for element in folded.get("html"))
    name = "group “Challenged Multicultural Communities and Students”"
    assert not folded.proto.expanded
    assert 0 < said.index("The names are theirs") < said.index(name)
    assert html_of(app).count("Challenged Multicultural") == 1


def test_first_page_says_for_whom_it_was_made():
    said = "Made for a West Midlands Local Policy Innovation Partnership"
    assert said in html_of(open_page(OVERVIEW))


def test_profile_of_an_msoa_has_no_class_of_neighbourhoods():
    assert "rural–urban class" not in html_of(open_page(PROFILE, area="E02001827"))


def test_profile_without_an_area_is_that_of_the_region():
    assert headings(open_page(PROFILE))[0] == "# West Midlands"


def test_profile_writes_the_kinds_of_an_area_as_people_do():
    app = open_page(PROFILE, area="E02001827")
    assert ">MSOA · E02001827" in html_of(app)
    app = open_page(PROFILE, area="E08000025")
    assert ">District and county or unitary · " in html_of(app)


def test_map_of_constituencies_opens_where_figures_are_by_constituency():
    app = open_page(indicator="turnout_2024", level="lsoa21")
    assert "by constituency" in map_title(app)
    assert address(app)["level"] == "pcon24"


def test_profile_of_a_constituency_has_its_figures():
    row = profile_row(open_page(PROFILE, area="E14001096"), "turnout_2024")
    assert "\u202f%" in row


def test_profile_of_an_unknown_area_shows_the_region_and_says_why():
    app = open_page(PROFILE, area="E0800025")
    assert app.info[0].value.startswith("Unknown area 'E0800025'. Did you mean")
    assert headings(app)[0] == "# West Midlands"


def test_profile_shows_the_figure_of_the_uk_by_name_where_england_has_none():
    app = open_page(PROFILE, area="E08000028")
    poverty = read_catalogue().find("children_in_poverty")
    period = read_catalogue().latest(poverty.id, "lad24")
    uk, _ = read_values(poverty.id, [UNITED_KINGDOM], period)[UNITED_KINGDOM]
    text = format_value(uk, poverty, "ctry")
    assert f"United Kingdom: {text}" in profile_row(app, poverty.id)
    assert "England: " in profile_row(app, "employment_rate")


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        ("imd_rank", r"\d+\u202f% of England's neighbourhoods are more deprived\."),
        ("imd_score", r"Higher than in \d+\u202f% of England's neighbourhoods\."),
    ],
)
def test_place_in_england_reads_the_right_way_round(indicator, sentence):
    """In a rank, 1 is the most deprived, so a lower number is no better place."""
    app = open_page(indicator=indicator, level="lsoa21", area="E01009927")
    drawn = unescape(html_of(app))
    assert re.search(sentence, drawn)
    assert ("Higher than" in drawn) == (indicator == "imd_score")


def test_profile_shows_bands_where_exact_figures_are_advised_against():
    row = profile_row(open_page(PROFILE, area="E01008881"), "fuel_poverty")
    shown = re.search(r"<b>(.*?)</b>", row)[1]
    assert " to " in shown or "or more" in shown
    assert "lp-spine" not in row  # a dot would give the exact figure away
    assert "Margin of error" not in row


# One of each theme and kind of number; the records themselves have their own tests.
KINDS = {(i.theme, i.value_type): i.id for i in read_catalogue().indicators.values()}


@pytest.mark.parametrize("indicator", KINDS.values())
def test_sources_page_tells_of_every_kind_of_indicator(indicator):
    app = open_page(SOURCES, indicator=indicator)
    record = read_catalogue().find(indicator)
    assert headings(app)[0].startswith("## ")
    text = html_of(app)
    for part in (record.definition, record.sources[0].attribution):
        assert escape(part) in text


def test_sources_page_searches_and_says_when_nothing_fits():
    app = open_page(SOURCES)
    app.text_input(key="sources_text").set_value("zzz").run()
    assert [info.value for info in app.info] == [
        "No indicator fits. Take away a word or a filter."
    ]
    app.text_input(key="sources_text").set_value("fuel poverty").run()
    assert "fuel_poverty" in html_of(app)


def test_searching_the_sources_leaves_the_map_as_it_was():
    app = open_page(SOURCES, indicator="no_car")
    app.text_input(key="sources_text").set_value("fuel poverty").run()

    assert app.session_state["selection"].indicator == "no_car"


def test_sources_page_lists_corrections_above_the_changes():
    app = open_page(SOURCES)
    app.session_state["sources_tabs"] = "Changes in the data"
    app.run()
    assert not app.exception
    assert headings(app)[:2] == [
        "## Corrections to the publishers' figures",
        "## Unreleased",
    ]
    text = html_of(app)
    for part in (
        "Basic dataset for libraries",
        "Name: Erdington Library",
        "Easting: 404785.67",
        "Easting: 411202",
        "October 2011 to September 2012",
        "uci_95: nothing",
    ):
        assert part in text


def test_first_page_shows_real_figures_and_ways_on():
    app = open_page(OVERVIEW)
    drawn = html_of(app)
    assert "<h1>How places in the West Midlands compare</h1>" in drawn
    for name in ("The Black Country", "Coventry and Warwickshire"):
        assert drawn.count(name) >= 2  # on the map and in the table
    headlines = [n for t in read_catalogue().themes.themes for n in t.headlines]
    assert len(headlines) == 9
    for name in headlines:
        assert escape(read_catalogue().find(name).title) in drawn
    assert "New in the data" in drawn
    table = drawn.split("lp-compare", 1)[1].split("</thead>")[0]
    assert table.count("Sub-region") == 1
    assert list(app.query_params) == []


def test_questions_on_the_first_page_lead_to_views_without_a_complaint():
    questions = read_catalogue().themes.questions
    assert len(questions) == 3
    for question in questions:
        app = open_page(str(PROJECT / f"pages/{question.page}.py"), **question.query)
        assert list(app.info) == []
        shown = address(app)
        assert question.query.items() <= shown.items()


def test_links_to_the_map_from_before_the_first_page_still_lead_there():
    app = open_page(OVERVIEW, indicator="no2", level="lad24")
    assert map_title(app).startswith("<h1>Nitrogen dioxide")


TRENDS = str(PROJECT / "pages/trends.py")


def test_trends_show_what_changed_for_the_set_the_region_and_england():
    app = open_page(
        TRENDS, indicator="healthy_life_expectancy_male", compare="E08000028,E08000029"
    )
    table = app.dataframe[0].value.set_index("Area")
    assert list(table.index) == [
        "Sandwell",
        "Solihull",
        "West Midlands region",
        "England",
    ]
    assert table.loc["Sandwell", "To"] == "52.7 years in 2022 to 2024"
    assert table.loc["Sandwell", "What may be said"] == "within the margins of error"
    assert table.loc["England", "What may be said"] == "clear fall, for the worse"
    assert address(app)["compare"] == "E08000028,E08000029"


def test_trends_of_one_period_say_so_and_offer_others():
    app = open_page(TRENDS, indicator="no_qualifications")
    assert "fewer than two periods" in app.info[0].value
    assert "Households in fuel poverty" in app.selectbox(key="trends_indicator").options


@pytest.mark.parametrize("base", ["soon", "1950-01-01/P1Y"])
def test_an_odd_base_is_explained_and_the_figures_are_shown(base):
    app = open_page(TRENDS, indicator="fuel_poverty", base=base)
    said = " ".join([html_of(app), *(note.value for note in app.info)])
    assert re.search("is no period|cannot be set to 100", said)
    assert len(app.dataframe[0].value) == 8


@pytest.mark.parametrize("indicator", ["no_qualifications", "good_health"])
def test_on_the_line_of_scales_the_worse_figure_is_left(indicator):
    # Sandwell has more without qualifications than England, and fewer in good health.
    drawn = html_of(open_page(PROFILE, area="E08000028", indicator=indicator))
    scales = drawn.split("lp-scales", 1)[1].split("</table>")[0]
    dots = [float(x) for x in re.findall(r"--dot:([\d.]+)%", scales)]
    names = re.findall(r"<th scope='row'>([^<]+)<", scales)
    place = dict(zip(names, dots, strict=True))
    assert place["Sandwell"] < place["England"]


def test_help_begins_with_common_tasks_each_with_its_page():
    app = open_page(HELP)
    assert [tab.label for tab in app.tabs][:2] == ["How to", "Words"]
    tasks = [heading for heading in headings(app) if "\n\n" in heading]
    assert tasks[0].startswith("## Find my ward or neighbourhood\n\nType its name")
    # One link is the name of the product in the frame.
    links = [link.proto.label for link in app.get("page_link")]
    assert len(links) == len(tasks) + 1 == 10


def test_buttons_that_help_names_are_there():
    text = " ".join(answer.text for answer in read_answers())
    sources = "".join(p.read_text() for p in (PROJECT / "lpipgeo/ui").glob("*.py"))
    for name in re.findall('"([^"]+)"', text.replace("\n", " ")):
        assert f'"{name}"' in sources or name in ("Better", "worse")


def test_indicators_of_other_themes_can_be_found_and_bring_their_theme():
    app = open_page(indicator="fuel_poverty", level="lad24")
    box = app.selectbox(key="indicator_choice")
    assert box.options[0] == read_catalogue().of_theme("green_economy")[0].short_title
    name = "Unemployment (modelled) (Inclusive growth)"
    assert name in box.options
    assert not any("(Green economy)" in option for option in box.options)
    box.select(name).run()
    assert not app.exception
    assert address(app)["indicator"] == "modelled_unemployment"
    assert app.session_state["theme"] == "inclusive_growth"
    assert "Unemployment (modelled)" in app.selectbox(key="indicator_choice").options


def test_a_level_that_the_app_changes_is_said():
    app = open_page(indicator="no_qualifications", level="lsoa21")
    key = "indicator_choice"
    app.selectbox(key=key).set_value("employment_rate").run()
    assert address(app)["level"] == "lad24"
    said = " has no figures of its own for neighbourhoods; districts are shown."
    assert [note.value.endswith(said) for note in app.info] == [True]
