"""The registry of statuses: its rules agree with each other and with the data."""

from __future__ import annotations

import lpipgeo
from lpipgeo.statuses import STATUSES


def test_status_is_listed_under_its_own_id():
    assert {key: status.id for key, status in STATUSES.items()} == {
        key: key for key in STATUSES
    }


def test_only_a_value_may_be_ranked():
    ranked = {status.id for status in STATUSES.values() if status.is_ranked}
    with_value = {status.id for status in STATUSES.values() if status.has_value}
    assert ranked <= with_value


def test_nothing_there_never_looks_like_a_figure():
    looks = {s.texture for s in STATUSES.values() if not s.has_value}
    figures = {s.texture for s in STATUSES.values() if s.has_value}
    assert looks == {"outline", "hatched"}
    assert figures == {"plain", "dotted"}


def test_every_status_has_words_of_its_own():
    assert len({status.label for status in STATUSES.values()}) == len(STATUSES)
    assert [s.id for s in STATUSES.values() if not s.about.endswith(".")] == []


def test_shipped_values_are_null_exactly_where_their_status_says_so():
    ids = lpipgeo.catalogue()["indicator_id"]
    table = lpipgeo.observations(ids, level="lsoa21", periods="all")
    has_value = table["status"].map({s.id: s.has_value for s in STATUSES.values()})
    wrong = table[has_value != table["value"].notna()]
    assert wrong["area_code"].tolist() == []
