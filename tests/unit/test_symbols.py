"""Circles: their sizes are honest, and what they cannot show is refused in words."""

from __future__ import annotations

import pytest

from lpipgeo.choropleth import make_choropleth
from lpipgeo.errors import SelectionError
from lpipgeo.maps.views import circles_part
from lpipgeo.symbols import make_symbols


def test_the_largest_value_is_the_largest_circle():
    symbols = make_symbols("claimant_count_rate", "lad24")
    assert symbols.largest == symbols.choropleth.table["value"].max()
    assert all(0 < value <= symbols.largest for value in symbols.examples)
    assert symbols.examples[0] > symbols.examples[1]


@pytest.mark.parametrize(
    ("indicator", "level", "said"),
    [
        ("claimant_count_rate", "lsoa21", "no figures of its own for neighbourhoods"),
        ("fuel_poverty", "lsoa21", "given in bands"),
    ],
)
def test_what_circles_cannot_show_is_refused(indicator, level, said):
    with pytest.raises(SelectionError, match=said):
        make_symbols(indicator, level)


def test_only_circles_within_the_part_are_sent():
    part = circles_part(make_symbols("population", "lad24", within="WMS000002"))
    shown = [status["texture"] for status in part["statuses"]]
    assert "masked" in shown


def test_title_names_both_figures():
    symbols = make_symbols("claimant_count_rate", "lad24", "2024-01-01/P1Y")
    title = symbols.title_above(make_choropleth("no_car", "lsoa21"))
    assert title.startswith("Households without a car or van")
    assert title.endswith("with claimant count (2024) as circles")
