"""Old areas and those that came after them, with their shares of the residents."""

from __future__ import annotations

import pandas as pd
import pytest

from lpipgeo.build.geography.areas import residents_of_districts
from lpipgeo.build.geography.successors import make_successors

PEOPLE = pd.Series({"N1": 300.0, "N2": 100.0, "N3": 500.0, "N4": 700.0, "M9": 1.0})


def successors() -> pd.DataFrame:
    changes = pd.DataFrame(
        [
            ("O1", "N1", "S"),
            ("O1", "N2", "S"),
            ("O2", "N3", "M"),
            ("O3", "N3", "M"),
            ("N4", "N4", "U"),
            ("O4", "N4", "X"),
        ],
        columns=["old_code", "new_code", "change"],
    )
    unchanged = pd.DataFrame(
        {"old_code": ["M9"], "new_code": ["M9"], "change": ["U"]}, dtype="str"
    )
    wards = pd.DataFrame(
        {
            "ward24": ["V1", "V1"],
            "ward25": ["W1", "W2"],
            "residents": [30.0, 10.0],
        }
    )
    return make_successors(changes, unchanged, wards, PEOPLE)


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("O1", "N1", 0.75),
        ("O1", "N2", 0.25),
        ("O2", "N3", 1.0),
        ("O3", "N3", 1.0),
        ("V1", "W1", 0.75),
        ("E07000026", "E06000063", 1.0),
    ],
)
def test_share_is_the_part_of_the_old_areas_residents(
    old: str, new: str, share: float
) -> None:
    table = successors().set_index(["old_code", "new_code"])

    assert table.loc[(old, new), "share"] == pytest.approx(share)


def test_share_of_a_change_that_no_lookup_tells_is_unknown() -> None:
    table = successors().set_index("old_code")

    assert pd.isna(table.loc["O4", "share"])


@pytest.mark.parametrize("code", ["N4", "M9"])
def test_unchanged_codes_have_no_successors(code: str) -> None:
    assert code not in set(successors()["old_code"])


def test_new_unitary_has_the_residents_of_its_old_districts() -> None:
    # Census 2021 TS001: Mendip, Sedgemoor, South Somerset, Somerset West and Taunton.
    old = {
        "E07000187": 116_089.0,
        "E07000188": 125_343.0,
        "E07000189": 172_671.0,
        "E07000246": 157_445.0,
    }

    found = residents_of_districts(pd.Series(old))

    assert found["E06000066"] == 571_548
    assert pd.isna(found["E06000063"])
