"""The second figure: whatever a link asks for, what is shown can be drawn."""

from __future__ import annotations

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui.choices import Selection, second_key, view_key
from lpipgeo.ui.fitting import fit
from lpipgeo.ui.selection_url import parse_selection


def read(**given: str) -> tuple[Selection, list[str]]:
    catalogue = read_catalogue()
    chosen, notes = parse_selection(given, Selection(), catalogue, read_areas())
    chosen, more = fit(chosen, catalogue)
    return chosen, [*notes, *more]


@pytest.mark.parametrize("way", ["circles", "side_by_side", "bivariate", "change"])
@pytest.mark.parametrize("level", ["lsoa21", "msoa21", "ward25", "lad24", "pcon24"])
@pytest.mark.parametrize("indicator", ["no_car", "fuel_poverty", "employment_rate"])
def test_every_way_finds_something_to_show_or_says_why_not(indicator, level, way):
    chosen, notes = read(indicator=indicator, level=level, together=way)
    if chosen.together is None:
        assert notes
        return
    catalogue = read_catalogue()
    key = second_key(chosen, catalogue)
    if chosen.together == "change":
        assert view_key(chosen, catalogue).earlier in catalogue.periods(
            chosen.indicator, chosen.level
        )
    else:
        assert catalogue.source_level(key.indicator, key.level)
        assert key.period in catalogue.periods(key.indicator, key.level)


def test_side_by_side_begins_with_the_same_figure_at_a_larger_level():
    chosen, _ = read(indicator="no_car", level="lsoa21", together="side_by_side")
    assert (chosen.second, chosen.second_level) == ("no_car", "lad24")


def test_bands_are_shown_side_by_side_instead_of_crossed():
    chosen, notes = read(
        indicator="fuel_poverty", together="bivariate", second="no_car"
    )
    assert (chosen.together, chosen.second) == ("side_by_side", "no_car")
    assert "no exact figures" in notes[0]


def test_two_periods_side_by_side_have_the_same_classes():
    chosen, _ = read(
        indicator="claimants_neighbourhood",
        together="side_by_side",
        second="claimants_neighbourhood",
        second_level="lsoa21",
        second_period="2013-01-01/P1Y",
    )
    catalogue = read_catalogue()
    first, second = view_key(chosen, catalogue), second_key(chosen, catalogue)
    assert first.style.over_time
    assert first.style == second.style
    assert first.period != second.period


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"together": "twins"}, "way to show two figures"),
        ({"together": "circles", "second": "no_carr"}, "without a car or van"),
        ({"together": "circles", "second_level": "lsoa2"}, "level"),
        ({"together": "circles", "second_period": "3000"}, "3000"),
        ({"within": "E01008881"}, "no district or larger area"),
        ({"within": "<script>"}, "no district or larger area"),
        (
            {"within": "E08000027", "only": "yes", "level": "pcon24"},
            "do not lie as a whole within Dudley",
        ),
        ({"together": "change", "indicator": "no_car"}, "no earlier period"),
    ],
)
def test_odd_value_gets_a_sentence_and_the_rest_is_kept(given, said):
    chosen, notes = read(palette="grey", **given)
    assert said in " ".join(notes)
    assert chosen.palette == "grey"


def test_leaving_a_part_of_the_region_gives_up_its_mask():
    chosen, _ = read(within="E08000027", only="yes", reclass="yes")
    assert chosen.mask == "E08000027"
    assert chosen.style.from_within
    chosen, _ = read(only="yes", reclass="yes")
    assert (chosen.only, chosen.reclass) == (None, None)


def test_choice_of_two_is_read_back_from_its_url():
    chosen, _ = read(
        indicator="no_car",
        together="circles",
        second="claimant_count_rate",
        within="WMS000002",
        only="yes",
    )
    assert read(**chosen.parameters()) == (chosen, [])
