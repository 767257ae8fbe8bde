"""What is read in advance while a profile is looked at."""

from __future__ import annotations

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.ui import read_ahead as ahead

SMETHWICK, SANDWELL = "E01010013", "E08000028"


@pytest.fixture
def read(monkeypatch):
    """Return the areas and benchmarks whose tables were read, in order."""
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


def test_district_sub_region_authority_and_region_are_read(read):
    names = [read_areas().find(code).name for code, _ in read(SMETHWICK)]
    assert names[0] == "Sandwell"
    assert set(names[1:]) == {
        "The Black Country",
        "West Midlands Combined Authority",
        "West Midlands",
    }


def test_benchmark_is_the_one_that_each_larger_area_would_have(read):
    of = dict(read(SMETHWICK, SANDWELL))
    assert of[SANDWELL] is None  # England: a district is not compared with itself
    assert of["E12000005"] == SANDWELL


def test_nothing_is_read_for_the_region(read):
    assert read("E12000005") == []
