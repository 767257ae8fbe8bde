"""The check: a sound folder passes, and all problems of another come at once."""

from __future__ import annotations

from pathlib import Path

from lpipgeo.build.check import check
from lpipgeo.errors import Problem
from tests.unit.breaking import (
    AREAS,
    CORRECTIONS,
    PARENTS,
    PROVENANCE,
    SQUARE,
    TABLE,
    change,
    remove,
)


def test_sound_data_has_no_problems(data: Path) -> None:
    assert check(data) == []


def test_all_problems_come_at_once(data: Path) -> None:
    for break_it in (
        change(TABLE, SQUARE, "value", 101.0),
        remove(PROVENANCE),
        change(PARENTS, SQUARE, "basis", "guess"),
    ):
        break_it(data)
    assert {problem.where for problem in check(data)} >= {TABLE, PROVENANCE, PARENTS}


def test_an_empty_folder_is_reported_not_raised(tmp_path: Path) -> None:
    problems = check(tmp_path)
    assert all(isinstance(problem, Problem) for problem in problems)
    assert {"themes.toml", AREAS, PROVENANCE, CORRECTIONS} <= {
        p.where for p in problems
    }


def test_check_changes_nothing(data: Path) -> None:
    before = {p: p.read_bytes() for p in data.rglob("*") if p.is_file()}
    check(data)
    assert {p: p.read_bytes() for p in data.rglob("*") if p.is_file()} == before
