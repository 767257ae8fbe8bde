"""The place in England: a share of areas that have a lower value."""

from __future__ import annotations

import pytest

import lpipgeo
from lpipgeo.england import edge_of_last_tenth, place_in_england
from tests import factories


@pytest.mark.parametrize(
    ("value", "place"),
    [(0.0, 0), (1.0, 0), (1.5, 1), (50.0, 49), (50.5, 50), (99.5, 99), (1e9, 99)],
)
def test_place_is_the_share_of_areas_below(tiny_data, value, place):
    assert place == place_in_england(
        "tiny_share", "lsoa21", factories.PERIOD, value, data=tiny_data
    )


@pytest.mark.parametrize(
    ("level", "period", "value"),
    [
        ("lsoa21", factories.PERIOD, float("nan")),
        ("lad24", factories.PERIOD, 10.0),
        ("lsoa21", "1999-01-01/P1Y", 10.0),
    ],
)
def test_there_is_no_place_without_value_or_distribution(
    tiny_data, level, period, value
):
    assert place_in_england("tiny_share", level, period, value, data=tiny_data) is None


def test_value_that_many_areas_share_has_no_place():
    homes = "homes_at_flood_risk", "lsoa21", "2025-01-01/P1Y"
    assert place_in_england(*homes, 0.0) is None
    assert place_in_england(*homes, 1e6) == 99


def test_tenths_of_england_are_those_of_the_indices_of_deprivation():
    """But for one on the edge: a tenth of 33,755 is no whole number."""
    period = "2025-01-01/P1Y"
    scores, deciles = (
        lpipgeo.observations(name, "lsoa21").set_index("area_code")["value"]
        for name in ("imd_score", "imd_decile")
    )
    edge = edge_of_last_tenth("imd_score", "lsoa21", period, highest=True)
    ours, theirs = set(scores.index[scores >= edge]), set(deciles.index[deciles == 1])
    assert len(theirs) > 300
    assert len(ours ^ theirs) <= 1
    edge = edge_of_last_tenth("imd_score", "lsoa21", period, highest=False)
    ours, theirs = set(scores.index[scores <= edge]), set(deciles.index[deciles == 10])
    assert len(ours ^ theirs) <= 1


def test_there_is_no_tenth_where_too_many_share_its_value(tiny_data):
    homes = "homes_at_flood_risk", "lsoa21", "2025-01-01/P1Y"
    assert edge_of_last_tenth(*homes, highest=False) is None
    unknown = "tiny_share", "lsoa21", "1999-01-01/P1Y"
    assert edge_of_last_tenth(*unknown, highest=True, data=tiny_data) is None
