"""The registry of levels: names inside sentences, and how levels nest."""

from __future__ import annotations

import pytest

from lpipgeo.errors import UnknownLevelError
from lpipgeo.levels import LEVELS, MAPPED_LEVELS, find_level

ORDER = list(LEVELS)


def test_level_is_listed_under_its_own_id():
    assert [level.id for level in LEVELS.values()] == ORDER


@pytest.mark.parametrize("level", LEVELS.values(), ids=lambda level: level.id)
def test_levels_nest_in_known_larger_levels_nearest_first(level):
    places = [ORDER.index(parent) for parent in level.nests_in]
    assert places == sorted(places)
    assert min(places, default=len(ORDER)) > ORDER.index(level.id)


def test_map_offers_neighbourhoods_first_and_constituencies_last():
    assert MAPPED_LEVELS[0] == "lsoa21"
    assert MAPPED_LEVELS[-2:] == ("subregion", "pcon24")


@pytest.mark.parametrize(
    ("level", "word", "words"),
    [
        ("lad24", "district", "districts"),
        ("msoa21", "MSOA", "MSOAs"),
        ("itl3", "ITL 3 area", "ITL 3 areas"),
        ("utla", "county or unitary", "counties and unitaries"),
    ],
)
def test_names_stand_in_sentences_as_people_write_them(level, word, words):
    assert (LEVELS[level].in_text, LEVELS[level].plural_in_text) == (word, words)


def test_unknown_level_is_answered_with_all_levels():
    with pytest.raises(UnknownLevelError, match=r"Did you mean 'lsoa21'.*Levels are: "):
        find_level("lsoa11")
