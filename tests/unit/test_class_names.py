"""Ordered classes that a publisher gives instead of figures: shown by name only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from lpipgeo.choropleth import Choropleth, make_choropleth
from lpipgeo.formatting import format_value
from lpipgeo.maps.views import make_view
from lpipgeo.ui.details import equal_table
from tests.factories import CLASSES, OF_CLASSES, make_indicator


@pytest.mark.parametrize(("value", "name"), zip((1.0, 2.0, 3.0), CLASSES, strict=True))
def test_a_class_is_shown_by_its_name_without_unit(value: float, name: str) -> None:
    record = make_indicator(**OF_CLASSES)
    assert format_value(value, record, "msoa21") == name
    assert format_value(value, record, "lsoa21", "inherited") == name


def test_a_missing_class_is_the_word_for_why() -> None:
    assert (
        format_value(None, make_indicator(**OF_CLASSES), "msoa21", "not_available")
        == "No data"
    )


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ({"bands": {"msoa21": (1, 2, 3)}}, "bands"),
        ({"bands": {}}, "bands"),
        ({"class_names": ("Low", "Low", "High")}, "each name once"),
        ({"aggregation": "sum"}, "no sum or mean"),
    ],
)
def test_rules_of_classes(fault: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        make_indicator(**{**OF_CLASSES, **fault})


@pytest.fixture(scope="module")
def drawn() -> Choropleth:
    """Bands of the committed data, with class names in place of their edges."""
    banded = make_choropleth("fuel_poverty", "lsoa21")
    names = tuple(f"Class {n}" for n in range(1, banded.classes.k + 1))
    record = banded.indicator.model_copy(update={"class_names": names})
    edges = tuple(float(n) for n in range(1, len(names) + 2))
    return replace(
        banded, indicator=record, classes=replace(banded.classes, edges=edges)
    )


def test_classes_of_a_map_carry_their_names(drawn: Choropleth) -> None:
    assert [drawn.class_text(i) for i in range(drawn.classes.k)] == list(
        drawn.indicator.class_names
    )
    assert drawn.edge_texts == ()
    assert "publisher names them" in drawn.method


def test_names_travel_to_the_browser_in_place_of_edges(drawn: Choropleth) -> None:
    view = make_view(drawn)
    assert view["legend"]["names"] == list(drawn.indicator.class_names)
    assert view["format"]["names"] == list(drawn.indicator.class_names)
    assert view["legend"]["edges"] == []


def test_figures_have_no_names() -> None:
    view = make_view(make_choropleth("fuel_poverty", "lsoa21"))
    assert view["legend"]["names"] == view["format"]["names"] == []


def test_the_table_gives_the_number_and_the_name(drawn: Choropleth) -> None:
    table = equal_table(drawn)
    assert "From" not in table
    row = table.loc[table["Class number"].notna()].iloc[0]
    assert row["Class"] == f"Class {row['Class number']:.0f}"
