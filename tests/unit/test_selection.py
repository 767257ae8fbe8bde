"""The selection in a URL: an odd value is said, and everything else is kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpipgeo.area_index import read_areas
from lpipgeo.classify import MAX_CLASSES, MIN_CLASSES, SCHEMES
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS, REGION
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.choices import PARAMETERS, Selection, usable_levels, view_key
from lpipgeo.ui.fitting import fit
from lpipgeo.ui.messages import plain
from lpipgeo.ui.selection_url import parse_selection

KEPT = Selection("no2", "lad24", area="E08000025", scheme="natural_breaks", classes=6)
MARKUP = "<script>alert(1)</script>"


def parse(kept=KEPT, **given):
    return parse_selection(given, kept, read_catalogue(), read_areas())


def test_good_url_is_followed_without_a_word():
    chosen, notes = parse(
        Selection(),
        indicator="fuel_poverty",
        level="lad24",
        period="2019-01-01/P1Y",
        area="E08000028",
        scheme="equal_interval",
        classes="7",
    )
    assert notes == []
    assert chosen == Selection(
        "fuel_poverty", "lad24", "2019-01-01/P1Y", "E08000028", "equal_interval", 7
    )


def test_overlays_come_in_the_catalogues_order_and_unknown_ones_are_told():
    chosen, notes = parse(Selection(), overlays="museums,nothing,libraries,museums")

    assert chosen.overlays == ("libraries", "museums")
    assert notes == ["'nothing' is no overlay. It is left out."]
    assert chosen.parameters()["overlays"] == "libraries,museums"


def test_own_breaks_are_read_and_written():
    chosen, notes = parse(Selection(), breaks="5, 10.5;20")

    assert (chosen.scheme, chosen.breaks, notes) == ("own", (5, 10.5, 20), [])
    assert chosen.parameters()["breaks"] == "5,10.5,20"


def test_outline_of_a_larger_level_is_followed():
    chosen, notes = parse(Selection(), outline="utla")

    assert (chosen.outline, notes) == ("utla", [])


@pytest.mark.parametrize(
    ("text", "benchmark"),
    [
        ("rgn", "rgn"),
        ("Similar", "similar"),
        ("e08000028", "E08000028"),
        ("ctry", None),
        ("e08000031, E08000027,E08000031", "E08000027,E08000031"),
        ("E08000028,", "E08000028"),
    ],
)
def test_benchmark_is_a_level_a_code_a_group_or_similar_areas(text, benchmark):
    chosen, notes = parse(Selection(), benchmark=text)

    assert (chosen.benchmark, notes) == (benchmark, [])
    assert chosen.parameters().get("benchmark") == benchmark


def test_odd_benchmark_becomes_england_with_a_sentence():
    chosen, notes = parse(Selection(benchmark="rgn"), benchmark="Atlantis")

    assert chosen.benchmark is None
    assert notes == ["'Atlantis' is nothing to compare with. England is the benchmark."]


@pytest.mark.parametrize(
    ("text", "named"),
    [("E08000027,E99999999", "'E99999999'"), (",", "','"), ("rgn,ctry", "'RGN'")],
)
def test_group_with_something_unknown_becomes_england_and_names_it(text, named):
    chosen, (note,) = parse(Selection(benchmark="rgn"), benchmark=text)
    assert chosen.benchmark is None
    assert note.startswith(f"{named} is nothing to compare with.")


def test_silence_keeps_the_selection():
    assert parse() == (KEPT, [])


def test_unknown_parameters_are_ignored():
    assert parse(utm_source="mail", embed="true") == (KEPT, [])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"indicator": "fuel_povrty"},
            "'fuel_povrty' is no indicator of this dashboard. Did you mean Households "
            "in fuel poverty? Shown instead: Nitrogen dioxide, annual mean.",
        ),
        (
            {"level": "village"},
            "'village' is no level. Shown instead: Districts.",
        ),
        ({"level": "rgn"}, None),
        ({"period": "2021"}, None),
        ({"scheme": "magic"}, None),
        ({"breaks": "10"}, None),
        ({"breaks": "30,20,10"}, None),
        ({"breaks": "10,nan,20"}, None),
        (
            {"breaks": "ten, twenty"},
            "'ten, twenty' are not breaks. Write 2 to 8 rising numbers with commas "
            "between, such as 10, 20, 30.",
        ),
        ({"palette": "rainbow"}, None),
        ({"outline": "village"}, None),
        ({"outline": "lsoa21"}, None),
        (
            {"overlays": "musems"},
            "'musems' is no overlay. Did you mean Museums? It is left out.",
        ),
        ({"overlay": "musems"}, "'musems' is no overlay. Did you mean Museums?"),
        ({"drawing": "cube"}, "'cube' is no drawing. Shown instead: Flat."),
        (
            {"only": "maybe"},
            "'maybe' is no answer to “only this area”. It is left out.",
        ),
        (
            {"period": "2020"},
            "'2020' is no period of this indicator. The newest one is shown.",
        ),
        (
            {"periods": "2020-13-01/P1Y"},
            "'2020-13-01/P1Y' is no year or range of years, such as 2015..2020. The "
            "newest figures are in the table.",
        ),
        ({"classes": "2"}, "A map has 3 to 9 classes, not '2'."),
        ({"classes": "99"}, "A map has 3 to 9 classes, not '99'."),
        ({"classes": "five"}, "A map has 3 to 9 classes, not 'five'."),
        ({"classes": "5.0"}, "A map has 3 to 9 classes, not '5.0'."),
        ({"classes": "٥"}, "A map has 3 to 9 classes, not '٥'."),
        ({"classes": ""}, "A map has 3 to 9 classes, not ''."),
    ],
    ids=str,
)
def test_odd_value_is_one_sentence_and_the_rest_is_kept(given, sentence):
    chosen, notes = parse(**given)
    assert chosen == KEPT
    assert len(notes) == 1
    assert sentence is None or notes[0].startswith(sentence)


def test_odd_area_is_said_and_no_area_is_selected():
    chosen, notes = parse(area="E0800025")
    assert (chosen.area, chosen.indicator, chosen.classes) == (None, "no2", 6)
    assert notes[0].startswith(
        "'E0800025' is no code of an area. Did you mean Birmingham (district)"
    )


def test_unknown_area_without_a_near_one_says_how_to_go_on():
    _, notes = parse(area="Atlantis")
    assert notes == [
        "'Atlantis' is no code of an area. No area is chosen. Find a place by its name "
        "or postcode."
    ]


def test_name_where_a_code_belongs_is_found_by_its_kind():
    _, notes = parse(area="Sandwell")
    assert notes == [
        "'Sandwell' is no code of an area. Did you mean Sandwell (district) or "
        "Sandwell (ITL 3 area)? No area is chosen."
    ]


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize(
    "odd",
    ["fuel_povrty", "lad2", "E0800025", "E07000026", "2020-13-01/P1Y", "publishd"],
)
def test_odd_value_is_answered_in_words_without_our_own_ids(name, odd):
    _, notes = parse(**{name: odd})
    said = " ".join(notes).replace(odd, "").replace("'", " ")
    ids = {*read_catalogue().indicators, *read_overlays(), *LEVELS, *SCHEMES, *STATUSES}
    ids = {word for word in ids if "_" in word or word[-1:].isdigit()} - {"no2"}
    assert ids & set(re.split(r"[\s,.()]+", said)) == set()
    assert re.findall(r"[EWK]\d{8}|\d{4}-\d\d-\d\d/P", said) == []


def test_code_and_period_may_be_written_as_people_do():
    chosen, notes = parse(
        indicator="fuel_poverty", level="lad24", period="2019", area="e08000028"
    )
    assert (chosen.period, chosen.area, notes) == ("2019-01-01/P1Y", "E08000028", [])


@pytest.mark.parametrize("drawn_over", [{"overlays": "museums"}, {"outline": "lad24"}])
@pytest.mark.parametrize("drawing", ["equal", "3d"])
def test_link_to_a_drawing_without_overlays_says_so(drawing, drawn_over):
    _, notes = parse(Selection(), level="msoa21", drawing=drawing, **drawn_over)
    assert notes == ["Overlays are drawn on the flat map only."]


def test_overlays_that_are_drawn_are_not_said_to_be_left_out():
    given = {"level": "lad24", "overlays": "museums"}
    assert parse(Selection(), drawing="flat", **given)[1] == []
    _, notes = parse(Selection(), drawing="equal", **given)
    assert notes == ["The equal-area drawing is of MSOAs only, so the map is flat."]


def test_overlay_of_a_link_may_be_one():
    chosen, notes = parse(Selection(), overlay="museums")
    assert (chosen.overlays, notes) == (("museums",), [])


def test_odd_values_are_each_said():
    chosen, notes = parse(indicator="x", level="y", period="z", area="?", classes="1")
    assert len(notes) == 5
    assert chosen == Selection("no2", "lad24", scheme="natural_breaks", classes=6)


def test_old_code_leads_to_its_largest_successor():
    chosen, notes = parse(area="e01008914")
    assert chosen.area == "E01034930"
    names = [read_areas().find(code).name for code in ("E01034930", "E01034929")]
    assert notes == [
        f"E01008914 is an old code. Today's areas are {names[0]} and {names[1]}. "
        f"{names[0]} is shown."
    ]


def test_old_code_with_one_successor_names_it():
    _, notes = parse(area="E05008136")
    assert notes[0].startswith("E05008136 is an old code. Today's area is ")
    assert notes[0].endswith(". It is shown.")


def test_old_code_of_many_parts_names_three_and_counts_the_others():
    index = read_areas()
    rows = index.successors_table["old_code"].value_counts()
    code = next(c for c in rows.index if len(index.successors(c)) > 3)
    parts = [index.find(c).name for c in index.successors(code)]
    chosen, notes = parse(area=code)
    assert index.find(chosen.area).name in parts
    assert ", ".join(parts[:3]) + f" and {len(parts) - 3} more. " in notes[0]


def test_area_outside_the_region_is_not_shown():
    chosen, notes = parse(area="E06000060")
    assert chosen.area is None
    assert notes == [
        "Buckinghamshire is outside the West Midlands region, so it is not shown."
    ]


def test_old_code_outside_the_region_names_todays_area():
    chosen, notes = parse(area="E07000026")
    assert chosen.area is None
    assert notes == [
        "E07000026 is an old code. Today's area is Cumberland. No area is chosen."
    ]


def test_region_itself_may_be_selected():
    assert parse(area=REGION)[0].area == REGION


def test_level_without_figures_moves_to_one_that_has_them():
    income = "household_income_after_housing"
    chosen, notes = parse(indicator=income, level="lad24")
    assert chosen.level == "msoa21"
    assert notes[0].endswith(" has no figures for districts; MSOAs are shown.")


def test_new_indicator_starts_at_its_newest_period():
    kept = Selection("fuel_poverty", "lad24", "2019-01-01/P1Y")
    assert parse(kept, indicator="no2")[0].period == "latest"


def test_period_of_another_level_falls_back_to_the_newest():
    chosen, notes = parse(
        Selection(), indicator="fuel_poverty", level="lsoa21", period="2019-01-01/P1Y"
    )
    assert chosen.period == "latest"
    assert notes[0].endswith("The newest one is shown.")


@pytest.mark.parametrize("name", PARAMETERS)
def test_markup_in_a_value_is_shown_and_never_obeyed(name):
    _, notes = parse(**{name: MARKUP})
    assert len(notes) == 1
    shown = plain(notes[0])
    assert "\\<script\\>" in shown
    assert "<script>" not in shown.replace("\\<", "").replace("\\>", "")


@pytest.mark.parametrize("name", PARAMETERS)
def test_very_long_value_is_survived_and_not_repeated_at_length(name):
    _, notes = parse(**{name: "E0" * 5_000})
    assert len(notes) == 1
    assert len(notes[0]) < 800


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=20)))
def test_any_url_gives_a_selection_that_can_be_drawn(given):
    catalogue = read_catalogue()
    chosen, notes = parse_selection(given, Selection(), catalogue, read_areas())
    chosen, _ = fit(chosen, catalogue)
    indicator, level, period, style, *_ = view_key(chosen, catalogue)
    assert period in catalogue.periods(indicator, level)
    assert level in usable_levels(catalogue, indicator)
    assert style.scheme is None or style.scheme in SCHEMES
    assert style.k is None or MIN_CLASSES <= style.k <= MAX_CLASSES
    assert [note for note in notes if not note] == []


@given(
    st.builds(
        Selection,
        st.sampled_from(["no2", "imd_score"]),
        st.sampled_from([level for level in MAPPED_LEVELS if level != "pcon24"]),
        st.just("latest"),
        st.sampled_from([None, REGION, "E08000025", "E01008881"]),
        st.sampled_from([None, *SCHEMES]),
        st.sampled_from([None, *range(MIN_CLASSES, MAX_CLASSES + 1)]),
    )
)
def test_selection_is_read_back_from_its_url(selection):
    assert parse(Selection(), **selection.parameters()) == (selection, [])


def test_level_that_an_indicator_lacks_becomes_the_next_larger_one():
    chosen, notes = parse(Selection(), indicator="ulev", level="lsoa21")
    assert chosen.level == "lad24"
    assert "districts are shown" in notes[0]
