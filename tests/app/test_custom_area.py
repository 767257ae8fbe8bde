"""The tab for custom areas without a browser: put together, read, refused."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lpipgeo.area_index import read_areas
from lpipgeo.custom_area import MAX_NEIGHBOURHOODS, make_draft
from lpipgeo.custom_ground import codes_near, find_near
from lpipgeo.custom_packing import pack, to_file, unpack
from tests.app.opening import PATIENCE, address, text_of

SANDWELL = "E08000028"
CODES = read_areas().codes_within("lsoa21", SANDWELL)


def tab():
    # ruff: noqa: PLC0415  (AppTest runs the source of this function alone)
    from lpipgeo.ui import selection as selections
    from lpipgeo.ui.custom_area_view import show_custom_area
    from lpipgeo.ui.messages import page_guard, show_notes

    with page_guard():
        selection = selections.current()
        show_notes(selections.notes())
        show_custom_area(selection)
        selections.write_url()


def open_tab(**parameters):
    app = AppTest.from_function(tab, default_timeout=PATIENCE)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert list(app.exception) == []
    return app


def held(app):
    return unpack(address(app)["custom"])


def test_an_address_opens_its_area_with_figures():
    app = open_tab(custom=pack(make_draft(CODES[:20], "Here <b>&")))
    said = text_of(app)
    assert "20 neighbourhoods with" in said
    assert "Here &lt;b&gt;&amp;" in said
    assert "<b>&" not in said
    assert "divided by" in said
    assert {"▲", "▼"} & set(said)
    assert len(app.dataframe[0].value) > 50  # refused, each with its reason


def test_pasted_codes_are_added_and_odd_ones_said():
    app = open_tab(area=SANDWELL)
    app.text_area[0].set_value("E02002077 nonsense").run()
    app.button(key="custom_add").click().run()
    assert list(app.exception) == []
    assert "NONSENSE" in text_of(app)
    before = len(held(app).codes)
    app.button(key="custom_selected").click().run()
    assert len(held(app).codes) > before
    app.text_input[0].set_value("Mine").run()
    assert held(app).name == "Mine"
    app.button(key="custom_clear").click().run()
    assert "custom" not in app.query_params


def test_too_small_an_area_says_why_and_stays():
    app = open_tab(custom=pack(make_draft(CODES[:1])))
    assert "The area is too small: it has 1 neighbourhood" in text_of(app)
    assert held(app).codes == tuple(CODES[:1])


@pytest.mark.parametrize("text", ["a", "junk", "a<script>", "aeNrjdi4tLsnPVUgs"])
def test_a_damaged_address_is_answered_and_the_rest_kept(text):
    app = open_tab(custom=text, indicator="no_car")
    assert "cannot be read" in text_of(app)
    assert "Households without" in text_of(app)
    assert "custom" not in app.query_params


def test_the_areas_file_opens_again():
    draft = make_draft(CODES[:20], "Filed")
    app = open_tab()
    app.file_uploader[0].upload("area.json", to_file(draft), "application/json").run()
    assert list(app.exception) == []
    assert held(app) == draft


def around(app, place):
    app.segmented_control(key="custom_mode").set_value("near").run()
    app.text_input(key="custom_near_find").set_value(place).run()
    assert list(app.exception) == []
    return app


def test_an_area_around_a_place_is_made_with_words_and_numbers_alone():
    app = around(open_tab(), "B66 4BH")
    app.number_input(key="custom_near_km").set_value(1.5).run()
    said = text_of(app)
    count = len(codes_near("E01009927", 1.5))
    assert f"{count} neighbourhoods lie within 1.5 km of Bearwood" in said
    assert "need not be where most people live" in said
    app.button(key="custom_near_add").click().run()
    assert list(app.exception) == []
    assert held(app).codes == codes_near("E01009927", 1.5)
    share = 100 * find_near("E01009927", 1.5).share_covered
    taken = f"{count} neighbourhoods taken. They cover {share:.0f} % of the ground "
    assert f"{taken}within 1.5 km of Bearwood" in text_of(app)
    assert f"{count} neighbourhoods with" in text_of(app)  # its figures follow


def test_what_is_near_is_added_to_what_was_chosen():
    chosen = CODES[:3]
    app = around(open_tab(custom=pack(make_draft(chosen, "Mine"))), "E01008881")
    app.button(key="custom_near_add").click().run()
    assert set(held(app).codes) == {*chosen, *codes_near("E01008881", 1.0)}
    assert held(app).name == "Mine"


def test_the_selected_area_is_the_place_until_another_is_found():
    app = open_tab(area=SANDWELL)
    app.segmented_control(key="custom_mode").set_value("near").run()
    assert "within 1.0 km of Sandwell" in text_of(app)
    around(app, "Ludlow Town 038A")
    assert "within 1.0 km of Ludlow Town 038A" in text_of(app)


def test_without_a_place_nothing_can_be_added():
    app = open_tab()
    app.segmented_control(key="custom_mode").set_value("near").run()
    assert "Find a place first" in text_of(app)
    assert app.button(key="custom_near_add").disabled


def test_more_than_an_area_may_hold_is_refused_and_nothing_is_called_taken():
    index = read_areas()
    draft = make_draft(index.codes("lsoa21")[-MAX_NEIGHBOURHOODS:])
    app = around(open_tab(custom=pack(draft)), "E08000026")
    app.number_input(key="custom_near_km").set_value(3.0).run()
    assert set(codes_near("E08000026", 3.0)) - set(draft.codes)
    app.button(key="custom_near_add").click().run()
    assert "up to 1,500 neighbourhoods" in text_of(app)
    assert "taken" not in text_of(app)
    assert held(app) == draft
