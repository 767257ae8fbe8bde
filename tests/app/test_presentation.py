"""Presenting a profile without a browser: guessing, options, odd places."""

from __future__ import annotations

import re

from tests.app.opening import (
    PROFILE,
    address,
    html_of,
    open_page,
    read_page,
    row_of,
    text_of,
)

GUESSED = "deprived_households"


def test_options_of_a_presentation_keep_the_theme_on_the_screen():
    app = open_page(PROFILE, area="E08000028", present="4")
    assert "<h1>Pride in place" in html_of(app)
    app.session_state["slide_options"] = True  # the popover is opened
    app.run()
    app.toggle(key="slide_figures").set_value(True).run()
    assert list(app.exception) == []
    assert "<h1>Pride in place" in html_of(app)
    assert address(app)["figures"] == "all"


def test_people_guess_before_a_figure_is_revealed():
    app = open_page(PROFILE, area="E08000028", present="1")
    app.session_state["slide_options"] = True  # the popover is opened
    app.run()
    app.toggle(key="slide_guess").set_value(True).run()
    assert address(app)["guess"] == "yes"
    assert app.button(key="slide_Right").label == "Next"
    app.button(key="slide_Right").click().run()
    row = row_of(app, GUESSED)
    assert "More or less here?" in row
    assert "England: 51.6" in row
    assert "62.1" not in row
    assert app.button(key="slide_Right").label == "Reveal"
    app.button(key="slide_Right").click().run()
    assert list(app.exception) == []
    assert "62.1" in row_of(app, GUESSED)
    said = text_of(app).split("role='status'>")[1]
    assert re.match(r"[^<]*62.1\s%, worse, England: 51.6", said)
    assert address(app)["present"] == "2.1"


def test_what_was_revealed_is_there_when_the_address_is_opened_again():
    app = read_page(PROFILE, area="E08000028", guess="yes", present="2.1")
    assert "62.1" in row_of(app, GUESSED)
    assert html_of(app).count("class='lp-asked'") == 1


def test_an_odd_place_is_explained_and_the_first_screen_shown():
    app = read_page(PROFILE, area="E08000028", present="soon")
    assert "'soon' is no screen to present." in text_of(app)
    assert "<h1>Sandwell</h1>" in html_of(app)


def test_a_place_beyond_the_end_is_the_last_screen():
    app = read_page(PROFILE, area="E08000028", present="99")
    assert "<h1>Context" in html_of(app)


def test_next_area_of_the_comparison_set_is_shown_on_the_same_screen():
    dudley, sandwell, outside = "E08000027", "E08000028", "E06000060"
    compare = f"{sandwell},{outside},{dudley}"
    app = open_page(PROFILE, area=sandwell, present="4", compare=compare)
    assert app.button(key="slide_next_area").label == "Dudley"
    app.button(key="slide_next_area").click().run()
    assert list(app.exception) == []
    assert "<h1>Pride in place" in html_of(app)
    assert address(app)["area"] == dudley
    app.button(key="slide_previous_area").click().run()
    assert address(app)["area"] == sandwell


def test_area_outside_the_comparison_set_is_followed_by_its_first():
    compare = "E08000028,E08000027,E08000031"
    app = read_page(PROFILE, area="E08000025", present="1", compare=compare)
    assert app.button(key="slide_next_area").label == "Sandwell"
    assert app.button(key="slide_previous_area").label == "Wolverhampton"


def test_there_is_no_next_area_without_a_comparison_set():
    app = read_page(PROFILE, area="E08000028", present="1", compare="E08000028")
    assert "slide_next_area" not in [button.key for button in app.button]
