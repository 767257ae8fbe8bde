"""The pages Sources and methods and Help without a browser."""

from __future__ import annotations

import re
from html import escape

import pytest

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import PROJECT
from lpipgeo.ui.help_view import read_answers
from tests.app.opening import HELP, SOURCES, headings, html_of, open_page, read_page

# One of each kind of number; the records themselves have their own tests.
KINDS = {i.value_type: i.id for i in read_catalogue().indicators.values()}


@pytest.mark.parametrize("indicator", KINDS.values())
def test_sources_page_tells_of_every_kind_of_indicator(indicator):
    app = read_page(SOURCES, indicator=indicator)
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


def test_help_begins_with_common_tasks_each_with_its_page():
    app = read_page(HELP)
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
