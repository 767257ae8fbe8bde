"""The place in England: a share of areas that have a lower value."""

from __future__ import annotations

import pytest

from lpipgeo.england import place_in_england
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
