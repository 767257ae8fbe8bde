"""Errors: what they say, and how far they help."""

from __future__ import annotations

import re

import pytest

from lpipgeo import errors
from lpipgeo.errors import (
    MAX_LISTED_PROBLEMS,
    MetadataError,
    Problem,
    UnknownIndicatorError,
    UnknownLevelError,
    suggest,
)


def test_unknown_name_suggests_the_nearest():
    error = UnknownIndicatorError("fuel_povrty", ["fuel_poverty", "no2"])
    assert str(error) == (
        "Unknown indicator 'fuel_povrty'. Did you mean 'fuel_poverty'?"
    )


def test_suggested_ids_are_shown_with_their_names():
    error = UnknownIndicatorError("fuel_povrty", {"fuel_poverty": "Fuel poverty"})
    assert str(error) == (
        "Unknown indicator 'fuel_povrty'. Did you mean 'fuel_poverty' (Fuel poverty)?"
    )


def test_unknown_name_lists_several_suggestions_as_people_do():
    error = UnknownLevelError("lad2", ["lad24", "lad25", "lad26"])
    listed = r"Did you mean 'lad2\d', 'lad2\d' or 'lad2\d'\?$"
    assert re.search(listed, str(error))


def test_unknown_name_without_a_near_one_does_not_guess():
    assert str(UnknownIndicatorError("xyz", ["fuel_poverty"])) == (
        "Unknown indicator 'xyz'."
    )


def test_suggestions_ignore_case_and_keep_the_known_spelling():
    assert suggest("e08000025", ["E08000025", "E12000005"])[0] == "E08000025"


def test_check_error_carries_all_problems_and_lists_ten():
    problems = [Problem("a.toml", "id", str(i), "other") for i in range(13)]
    error = MetadataError("Wrong:", problems)
    lines = str(error).splitlines()
    assert len(error.problems) == 13
    assert len(lines) == 1 + MAX_LISTED_PROBLEMS + 1
    assert lines[-1] == "  … and 3 more"


def test_problem_says_where_what_and_how_to_repair_it():
    problem = Problem("a.toml", "unit", "nothing", "a unit", "Add unit = '%'.")
    assert str(problem) == (
        "a.toml: unit: found nothing; expected a unit. Add unit = '%'."
    )


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("MetadataError", ValueError),
        ("TableError", ValueError),
        ("SelectionError", ValueError),
        ("PeriodError", ValueError),
        ("ClassificationError", ValueError),
        ("DataMissingError", LookupError),
        ("UnknownAreaError", LookupError),
        ("UnknownPeriodError", LookupError),
    ],
)
def test_errors_can_be_caught_as_the_builtin_ones_too(name, builtin):
    kind = getattr(errors, name)
    assert issubclass(kind, errors.LpipgeoError)
    assert issubclass(kind, builtin)
