"""Area profiles without a browser: what is said of areas of every kind."""

from __future__ import annotations

import re
from html import escape

import pytest

from lpipgeo.formatting import format_value
from lpipgeo.headlines import RULE
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import REGION, UNITED_KINGDOM
from lpipgeo.observation_table import read_values
from tests.app.opening import (
    PROFILE,
    address,
    headings,
    html_of,
    open_page,
    read_page,
    row_of,
)


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
    app = read_page(PROFILE, area=area)
    assert headings(app)[0] == heading
    drawn = html_of(app)
    for theme in read_catalogue().themes.themes:
        assert f"<h2 id='{theme.id}'>" in drawn
    assert "Strengths</h2>" in drawn
    assert "Challenges</h2>" in drawn


def test_profile_says_what_is_worse_beyond_the_margins_of_error():
    row = row_of(read_page(PROFILE, area="E08000027"), "no_qualifications")
    assert "<b>23.1\u202f%</b>" in row
    assert "▼ worse" in row
    assert "England: 18.1\u202f%" in row
    assert 'class="lp-spine lp-worse"' in row
    assert re.search(r"<td>\d+th of 30", row)


def test_profile_says_that_a_figure_is_inherited_and_draws_it_nowhere():
    row = row_of(read_page(PROFILE, area="E01008881"), "employment_rate")
    assert "inherited: the figure of Birmingham" in row
    assert ">not tested</span><small>figure of a larger area</small>" in row
    assert "lp-spine" not in row
    assert "<b>" not in row


def test_profile_of_the_headlines_names_the_rule():
    drawn = html_of(read_page(PROFILE, area="E08000027"))
    assert "<b>No qualifications</b>: 23.1\u202f% here, higher than in England" in drawn
    assert escape(RULE) in drawn


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
    app = read_page(PROFILE, area="E01009927")
    assert not any("places_inside" in str(block.proto) for block in app.get("popover"))


def test_profile_names_the_programmes_of_an_area():
    drawn = html_of(read_page(PROFILE, area="E08000027"))
    assert "Towns Fund places in it: Brierley Hill High Street, Dudley." in drawn
    drawn = html_of(read_page(PROFILE, area="E01014211"))
    assert "Left-behind areas (this area is one, or lies in one)" in drawn


def test_profile_shows_how_neighbourhoods_differ_and_every_scale():
    app = read_page(PROFILE, area="E08000027", indicator="no_qualifications")
    drawn = html_of(app)
    assert re.search(r"of 203 neighbourhoods, one in ten has [\d.]+\u202f%", drawn)
    assert "percentage points" in drawn
    scales = drawn.split("lp-scales", 1)[1]
    for name in ("Dudley", "The Black Country", "West Midlands", "England"):
        assert f"<th scope='row'>{name}<small" in scales


def test_profile_of_a_neighbourhood_has_nothing_inside():
    drawn = html_of(read_page(PROFILE, area="E01008881"))
    assert "Inside this area" not in drawn
    assert "From here to the country" in drawn


def test_profile_of_a_district_lists_its_peers_and_links_those_in_the_region():
    app = read_page(PROFILE, area="E08000025")
    drawn = html_of(app)
    for peer in ("<p>1 Bradford</p>", "<p>4 Nottingham</p>", "<p>3 Barnet</p>"):
        assert peer in drawn
    assert "Source: ONS, Clustering of local authorities" in drawn
    links = {link.proto.label: link.proto for link in app.get("page_link")}
    assert {"3 Wolverhampton", "2 Wolverhampton", "6 Sandwell"} <= links.keys()
    assert links["6 Sandwell"].page == "area_profile"
    assert "area=E08000028" in links["6 Sandwell"].query_string


def test_profile_of_a_county_has_no_similar_districts():
    assert "## Similar districts" not in headings(read_page(PROFILE, area="E10000028"))


def test_profile_of_a_neighbourhood_says_what_kind_it_is():
    drawn = html_of(read_page(PROFILE, area="E01008881"))
    assert "Urban: Nearer to a major town or city (rural–urban class)." in drawn


def test_names_of_classes_of_people_are_folded_and_said_to_be_not_ours():
    app = read_page(PROFILE, area="E01008881")
    (folded,) = [e for e in app.expander if e.label == "Classifications"]
    said = "".join(element.proto.body for element in folded.get("html"))
    name = "group “Challenged Multicultural Communities and Students”"
    assert not folded.proto.expanded
    assert 0 < said.index("The names are theirs") < said.index(name)
    assert html_of(app).count("Challenged Multicultural") == 1


def test_profile_of_an_msoa_has_no_class_of_neighbourhoods():
    assert "rural–urban class" not in html_of(read_page(PROFILE, area="E02001827"))


def test_profile_without_an_area_is_that_of_the_region():
    assert headings(read_page(PROFILE))[0] == "# West Midlands"


def test_profile_writes_the_kinds_of_an_area_as_people_do():
    app = read_page(PROFILE, area="E02001827")
    assert ">MSOA · E02001827" in html_of(app)
    app = read_page(PROFILE, area="E08000025")
    assert ">District and county or unitary · " in html_of(app)


def test_profile_of_a_constituency_has_its_figures():
    row = row_of(read_page(PROFILE, area="E14001096"), "turnout_2024")
    assert "\u202f%" in row


def test_profile_of_an_unknown_area_shows_the_region_and_says_why():
    app = read_page(PROFILE, area="E0800025")
    note = app.info[0].value
    assert note.startswith(
        "'E0800025' is no code of an area. Did you mean Birmingham (district)"
    )
    assert note.endswith(" No area is chosen.")
    assert headings(app)[0] == "# West Midlands"


def test_profile_shows_the_figure_of_the_uk_by_name_where_england_has_none():
    app = read_page(PROFILE, area="E08000028")
    poverty = read_catalogue().find("children_in_poverty")
    period = read_catalogue().latest(poverty.id, "lad24")
    uk, _ = read_values(poverty.id, [UNITED_KINGDOM], period)[UNITED_KINGDOM]
    text = format_value(uk, poverty, "ctry")
    assert f"United Kingdom: {text}" in row_of(app, poverty.id)
    assert "England: " in row_of(app, "employment_rate")


def test_profile_shows_bands_where_exact_figures_are_advised_against():
    row = row_of(read_page(PROFILE, area="E01008881"), "fuel_poverty")
    shown = re.search(r"<b>(.*?)</b>", row)[1]
    assert " to " in shown or "or more" in shown
    assert "lp-spine" not in row  # a dot would give the exact figure away
    assert "Margin of error" not in row


@pytest.mark.parametrize("indicator", ["no_qualifications", "good_health"])
def test_on_the_line_of_scales_the_worse_figure_is_left(indicator):
    # Sandwell has more without qualifications than England, and fewer in good health.
    drawn = html_of(read_page(PROFILE, area="E08000028", indicator=indicator))
    scales = drawn.split("lp-scales", 1)[1].split("</table>")[0]
    dots = [float(x) for x in re.findall(r"--dot:([\d.]+)%", scales)]
    names = re.findall(r"<th scope='row'>([^<]+)<", scales)
    place = dict(zip(names, dots, strict=True))
    assert place["Sandwell"] < place["England"]
