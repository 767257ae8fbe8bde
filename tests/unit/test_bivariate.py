"""Two figures in one map: thirds crossed, and nothing claimed where one is missing."""

from __future__ import annotations

import numpy as np
import pytest
from coloraide import Color

from lpipgeo.bivariate import crossed_colours, in_thirds, make_bivariate
from lpipgeo.choropleth import Choropleth, make_choropleth
from lpipgeo.classify import NO_CLASS
from lpipgeo.errors import SelectionError
from lpipgeo.styles import Style


def thirds(indicator: str, level: str = "lsoa21", **more) -> Choropleth:
    return make_choropleth(indicator, level, style=in_thirds(Style()), **more)


def test_classes_cross_the_thirds_of_both():
    both = make_bivariate(thirds("no_car"), thirds("no_qualifications"))
    cars, skills = both.across.values, both.up.values
    low, high = np.quantile(cars, [1 / 3, 2 / 3])
    assert set(both.class_of[cars < low * 0.99] % 3) == {0}
    assert set(both.class_of[cars > high * 1.01] % 3) == {2}
    low, high = np.quantile(skills, [1 / 3, 2 / 3])
    assert set(both.class_of[skills < low * 0.99] // 3) == {0}
    assert sum(both.counts) == 3574
    assert both.class_text(8) == (
        "highest third of No car or van, highest third of No qualifications"
    )


def test_area_without_one_of_the_two_has_no_class():
    both = make_bivariate(thirds("median_gas_use"), thirds("no_qualifications"))
    missing = np.isnan(both.across.values)
    assert missing.any()
    assert set(both.class_of[missing]) == {NO_CLASS}
    assert {both.statuses[i] for i in np.flatnonzero(missing)} == {"not_available"}


def test_thirds_of_a_part_come_from_the_region_unless_asked():
    part = make_bivariate(
        thirds("no_car", within="E08000025"),
        thirds("no_qualifications", within="E08000025"),
    )
    of_region = make_bivariate(thirds("no_car"), thirds("no_qualifications"))
    inside = of_region.across.table["area_code"].isin(part.across.table["area_code"])
    assert part.class_of.tolist() == of_region.class_of[inside.to_numpy()].tolist()


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("no_car", "fuel_poverty"), "given in bands"),
        (("no_car", "imd_decile"), None),
    ],
)
def test_figures_that_have_no_thirds_are_refused(pair, said):
    first, second = (thirds(i) for i in pair)
    if said is None:
        assert make_bivariate(first, second).counts
        return
    with pytest.raises(SelectionError, match=said):
        make_bivariate(first, second)


def test_areas_must_be_the_same():
    with pytest.raises(SelectionError, match="same areas"):
        make_bivariate(thirds("no_car"), thirds("no_car", "lad24"))


def test_nine_colours_differ_and_the_corners_strongly():
    colours = crossed_colours()
    assert len(set(colours)) == 9
    light, dark = Color(colours[0]), Color(colours[8])
    assert light.contrast(dark) > 7
    assert min(light.contrast(Color(colours[i])) for i in (2, 6)) > 2.5
