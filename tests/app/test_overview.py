"""The first page without a browser: real figures, and ways on."""

from __future__ import annotations

from html import escape

from lpipgeo.indicator_catalogue import read_catalogue
from tests.app.opening import OVERVIEW, address, html_of, read_page, script, title_of


def test_first_page_says_for_whom_it_was_made():
    said = "Made for a West Midlands Local Policy Innovation Partnership"
    assert said in html_of(read_page(OVERVIEW))


def test_first_page_shows_real_figures_and_ways_on():
    app = read_page(OVERVIEW)
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
        app = read_page(script(question.page), **question.query)
        assert list(app.info) == []
        shown = address(app)
        assert question.query.items() <= shown.items()


def test_links_to_the_map_from_before_the_first_page_still_lead_there():
    app = read_page(OVERVIEW, indicator="no2", level="lad24")
    assert title_of(app).startswith("<h1>Nitrogen dioxide")
