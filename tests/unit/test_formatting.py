"""Values as people read them."""

from __future__ import annotations

import pytest

from lpipgeo.formatting import THIN_SPACE, band_text, format_number, format_value
from tests.factories import make_indicator

BANDS = (0.0, 5.0, 10.0, 15.0, 100.0)


def shown(value, status="published", level="lad24", **fields):
    return format_value(value, make_indicator(**fields), level, status)


@pytest.mark.parametrize(
    ("unit", "decimals", "text"),
    [
        ("%", 1, f"1,234.5{THIN_SPACE}%"),
        ("% of households", 1, f"1,234.5{THIN_SPACE}% of households"),
        ("£", 0, "£1,234"),
        ("£ a year", 0, "£1,234 a year"),
        ("people per km²", 0, "1,234 people per km²"),
        ("score", 2, "1,234.50"),
        ("score 0–10", 2, "1,234.50 of 10"),
        ("index", 1, "1,234.5"),
    ],
)
def test_value_stands_with_its_unit(unit, decimals, text):
    assert shown(1234.5, unit=unit, decimals=decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-2.25, 2, "−2.25"),
        (-1234.0, 0, "−1,234"),
        (-0.04, 1, "0.0"),
        (0.0, 0, "0"),
        (1_000_000.0, 0, "1,000,000"),
    ],
)
def test_number_has_commas_a_true_minus_and_no_negative_zero(value, decimals, text):
    assert format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0 to 5"),
        (4.99, "0 to 5"),
        (5.0, "5 to 10"),
        (14.96, "10 to 15"),
        (15.0, "15 or more"),
        (100.0, "15 or more"),
    ],
)
def test_band_holds_its_lower_edge(value, text):
    assert band_text(value, BANDS) == text


def test_banded_level_shows_the_band_and_others_the_figure():
    fields = {"bands": {"lsoa21": BANDS}}
    assert shown(14.96, level="lsoa21", **fields) == f"10 to 15{THIN_SPACE}%"
    assert shown(14.96, level="lad24", **fields) == f"15.0{THIN_SPACE}%"


@pytest.mark.parametrize("value", [None, float("nan")])
@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("suppressed", "Suppressed"),
        ("not_available", "No data"),
        ("of tomorrow", "No data"),
    ],
)
def test_missing_value_is_the_word_for_why(value, status, words):
    assert shown(value, status) == words
