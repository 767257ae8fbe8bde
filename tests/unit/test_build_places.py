"""Names as people say them, and the places that search finds by name."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from lpipgeo.build.geography.names import neighbourhood_names, plain_names, town_names
from lpipgeo.build.geography.places import make_places
from tests.unit.geography_inputs import METRES, square, table_of


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Herefordshire, County of", "Herefordshire"),
        ("Bristol, City of", "Bristol"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
    ],
)
def test_plain_name_turns_inverted_names(official: str, plain: str) -> None:
    assert plain_names(pd.Series([official]))[0] == plain


def test_neighbourhood_is_named_after_its_msoa() -> None:
    found = neighbourhood_names(
        pd.Series(["Smethwick High Street"]), pd.Series(["Sandwell 008B"])
    )

    assert found[0] == "Smethwick High Street 008B"


@pytest.mark.parametrize(
    ("official", "plain"),
    [("Dudley (Dudley) BUASD", "Dudley"), ("Wem BUA", "Wem")],
)
def test_town_name_drops_what_only_statisticians_say(official: str, plain: str) -> None:
    assert town_names(pd.Series([official]))[0] == plain


@pytest.fixture
def places() -> pd.DataFrame:
    towns = table_of({"T1": square(0, 0), "T2": square(9, 9)})
    towns["area_name"] = ["Wem BUA", "Far BUA"]
    districts = table_of({"D1": square(0, 0, 2000), "D2": square(1, 0, 2000)})
    districts["area_name"] = ["Shropshire", "Coventry"]
    people = gpd.GeoDataFrame(
        {"residents": [5_000.0, 300_000.0]},
        geometry=[square(0, 0).centroid, square(2, 0).centroid],
        crs=METRES,
    )
    msoas = pd.DataFrame(
        {
            "area_code": ["M1"],
            "area_name": ["High Street"],
            "lat": [52.0],
            "lon": [-2.0],
        }
    )
    return make_places(towns, districts, people, msoas)


def test_places_come_most_important_first(places: pd.DataFrame) -> None:
    assert places["name"].tolist() == ["Coventry", "Wem", "High Street"]
    assert places["kind"].tolist() == ["city", "town", "msoa"]
    assert places["rank"].tolist() == [1, 4, 5]


def test_place_names_the_area_that_it_is(places: pd.DataFrame) -> None:
    codes = places.set_index("name")["area_code"]

    assert codes["Coventry"] == "D2"
    assert pd.isna(codes["Wem"])
