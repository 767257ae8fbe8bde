"""The registry of statuses: its rules agree with each other and with the data."""

from __future__ import annotations

import lpipgeo
from lpipgeo.maps.svg_marks import TEXTURE_PATTERNS
from lpipgeo.paths import PROJECT
from lpipgeo.statuses import STATUSES


def test_status_is_listed_under_its_own_id():
    assert {key: status.id for key, status in STATUSES.items()} == {
        key: key for key in STATUSES
    }


def test_only_a_value_may_be_ranked():
    ranked = {status.id for status in STATUSES.values() if status.is_ranked}
    with_value = {status.id for status in STATUSES.values() if status.has_value}
    assert ranked <= with_value


def test_no_two_ways_in_which_a_value_came_about_look_the_same():
    marked = [s.texture for s in STATUSES.values() if s.texture != "plain"]
    assert len(set(marked)) == len(marked)
    plain = {s.id for s in STATUSES.values() if s.texture == "plain"}
    # A map of a person's own figures shows no others.
    assert plain == {"published", "aggregated", "provisional", "change", "own"}


def test_every_texture_can_be_drawn_in_the_browser_and_on_paper():
    script = (PROJECT / "static/lpipgeo/map_textures.js").read_text()
    textures = {s.texture for s in STATUSES.values()} - {"plain", "outline"}
    assert textures == set(TEXTURE_PATTERNS)
    for texture in textures:
        assert f"    {texture}(pen" in script


def test_every_status_has_words_of_its_own():
    assert len({status.label for status in STATUSES.values()}) == len(STATUSES)
    assert [s.id for s in STATUSES.values() if not s.about.endswith(".")] == []


def test_shipped_values_are_null_exactly_where_their_status_says_so():
    ids = lpipgeo.catalogue()["indicator_id"]
    table = lpipgeo.observations(ids, level="lsoa21", periods="all")
    has_value = table["status"].map({s.id: s.has_value for s in STATUSES.values()})
    wrong = table[has_value != table["value"].notna()]
    assert wrong["area_code"].tolist() == []
