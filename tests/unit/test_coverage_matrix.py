"""The coverage matrix: what is there, and what is missing, in few words."""

from __future__ import annotations

import pytest

from lpipgeo.coverage_matrix import coverage_matrix, periods_text
from lpipgeo.indicator_catalogue import read_catalogue


@pytest.mark.parametrize(
    ("periods", "text"),
    [
        (("2021-03-21/P1D",), "2021"),
        (("2019-01-01/P1Y", "2025-01-01/P1Y"), "2019, 2025"),
        (("2023-04-01/P1Y", "2024-04-01/P1Y"), "2023/24, 2024/25"),
        (tuple(f"{y}-01-01/P1Y" for y in range(2013, 2023)), "2013–2022"),
        (
            ("2019-01-01/P1Y", "2021-01-01/P1Y", "2022-01-01/P1Y"),
            "2019–2022, 3 of 4 years",
        ),
        (("2021-01-01/P3Y",), "2021 to 2023"),
        (("2018-04-01/P53M",), "April 2018 to August 2022"),
        (("2024-04-01/P3M",), "2024"),
        (
            tuple(f"{y}-01-01/P3Y" for y in range(2011, 2022)),
            "2011 to 2013 … 2021 to 2023",
        ),
    ],
)
def test_periods_in_few_words(periods, text):
    assert periods_text(periods) == text


def test_matrix_has_a_row_per_indicator_and_empty_cells_for_gaps():
    matrix = coverage_matrix()
    active = [i.id for i in read_catalogue().indicators.values() if i.state == "active"]
    assert list(matrix.index) == active
    assert matrix.loc["claimants_neighbourhood", "lsoa21"] == "2013–2022"
    assert matrix.loc["claimants_neighbourhood", "ctry"] == ""
    assert matrix.loc["no2", "lsoa21"] == "2021 to 2023"
    assert matrix.loc["distance_to_green_space", "lsoa21"] == "2020; 99 % of areas"


def test_matrix_agrees_with_the_catalogue():
    catalogue, matrix = read_catalogue(), coverage_matrix()
    for name, row in matrix.iterrows():
        assert [lv for lv in matrix if row[lv]] == catalogue.levels(name)
