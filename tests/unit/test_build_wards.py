"""Which ward a neighbourhood belongs to, and which district a ward lies in."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from lpipgeo.build.geography.wards import best_fit, district_of_wards, ward_of_points
from lpipgeo.errors import BoundaryError
from tests.unit.geography_inputs import EAST, METRES, NORTH, codes_of, square, table_of


@pytest.mark.parametrize(
    ("east", "ward"),
    [(500, "V"), (1500, "W"), (1000, "V"), (-300, "V"), (2400, "W")],
    ids=["inside", "inside the second", "on the edge", "left of all", "right of all"],
)
def test_point_belongs_to_the_ward_around_or_nearest(east: int, ward: str) -> None:
    wards = table_of({"W": square(1, 0), "V": square(0, 0)})
    points = gpd.GeoSeries([Point(EAST + east, NORTH + 500)], index=["P"], crs=METRES)

    assert ward_of_points(points, wards).to_dict() == {"P": ward}


def test_best_fit_is_the_ward_with_most_postcodes() -> None:
    postcodes = pd.DataFrame(
        {"lsoa21": ["L1"] * 3, "ward25": ["W1", "W2", "W2"]}, dtype="str"
    )

    found = best_fit(postcodes, codes_of({"L1": "W9"}))

    assert found.to_dict() == {"L1": "W2"}


def test_best_fit_breaks_ties_by_code() -> None:
    postcodes = pd.DataFrame(
        {"lsoa21": ["L1"] * 4, "ward25": ["W2", "W1", "W1", "W2"]}, dtype="str"
    )

    assert best_fit(postcodes, codes_of({"L1": "W9"}))["L1"] == "W1"


def test_best_fit_falls_back_where_there_are_no_postcodes() -> None:
    postcodes = pd.DataFrame({"lsoa21": ["L1"], "ward25": ["W1"]}, dtype="str")

    found = best_fit(postcodes, codes_of({"L1": "W9", "L2": "W8"}))

    assert found.to_dict() == {"L1": "W1", "L2": "W8"}


def test_ward_lies_in_the_district_that_it_overlaps_most() -> None:
    wards = table_of({"V": square(0, 0), "W": square(1, 0)}).assign(lad24=["L", "M"])
    districts = table_of({"L": square(0, 0), "M": square(1, 0)})

    assert district_of_wards(wards, districts).to_dict() == {"V": "L", "W": "M"}


def test_wards_across_districts_are_all_named() -> None:
    across = table_of(
        {"V": square(0, 0), "W": box(EAST, NORTH, EAST + 2000, NORTH + 9)}
    )
    districts = table_of({"L": square(0, 0), "M": square(1, 0)})

    with pytest.raises(BoundaryError) as raised:
        district_of_wards(across.assign(lad24=["M", "L"]), districts)

    assert [problem.found for problem in raised.value.problems] == [
        "0% in district M",
        "50% in district L",
    ]
