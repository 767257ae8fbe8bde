"""What is read in advance while a profile is looked at."""

from __future__ import annotations

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.ui import read_ahead as ahead

SMETHWICK, SANDWELL = "E01010013", "E08000028"


@pytest.fixture
def read(monkeypatch):
    """Return the areas and benchmarks whose tables were read, in order."""
    ahead._worker.submit(bool).result()  # what other tests left to read
    found = []
    monkeypatch.setattr(
        ahead,
        "load_theme_table",
        lambda area_code, benchmark, theme: found.append((area_code, benchmark)),
    )

    def wait(area_code, benchmark=None):
        ahead.read_ahead(read_areas().find(area_code), benchmark)
        ahead._worker.submit(bool).result()
        return list(dict.fromkeys(found))

    return wait


def test_the_district_around_is_read(read):
    assert read(SMETHWICK) == [(SANDWELL, None)]


@pytest.mark.parametrize(
    ("benchmark", "held"),
    [
        ("rgn", "rgn"),
        (SANDWELL, None),  # England: a district is not compared with itself
    ],
)
def test_benchmark_is_the_one_that_the_district_would_have(read, benchmark, held):
    assert read(SMETHWICK, benchmark) == [(SANDWELL, held)]


@pytest.mark.parametrize("area", [SANDWELL, "E12000005"])
def test_nothing_is_read_for_a_district_or_the_region(read, area):
    assert read(area) == []
