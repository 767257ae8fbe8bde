"""Corrections as data: the rules of the file, and how they are told."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lpipgeo.corrections import (
    corrections_table,
    read_corrections,
    works_of_files,
)
from lpipgeo.errors import DataMissingError, MetadataError
from lpipgeo.ui.corrections_view import corrections_html
from tests.factories import correction_fields, make_correction, make_indicator
from tests.tiny_data import write_corrections


def test_corrections_are_read_in_order(tmp_path: Path) -> None:
    second = correction_fields(where={"code": "E03"}, rows=2)
    write_corrections(tmp_path, correction_fields(), second)

    found = read_corrections(tmp_path)

    assert [correction.where for correction in found] == [
        {"code": "E02"},
        {"code": "E03"},
    ]
    assert [correction.rows for correction in found] == [1, 2]
    assert found[0].noted_on == date(2026, 1, 1)


def test_cells_keep_their_kind(tmp_path: Path) -> None:
    where = {"code ": " E02", "year": 2021, "share": 0.5}
    write_corrections(tmp_path, correction_fields(where=where))
    assert read_corrections(tmp_path)[0].where == where


def test_data_without_corrections_say_so(tmp_path: Path) -> None:
    write_corrections(tmp_path)
    assert read_corrections(tmp_path) == ()


def test_lost_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match=r"corrections\.toml"):
        read_corrections(tmp_path)


# One change, and a word by which the report names it.
BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"colour": "blue"}, "colour"),
    ({"where": {}}, "where"),
    ({"found": {}}, "found"),
    ({"corrected": {}}, "corrected"),
    ({"where": {"code": True}}, "a text or a number"),
    ({"where": {"code": date(2026, 1, 1)}}, "a text or a number"),
    ({"where": {"code": ["E02"]}}, "a text or a number"),
    ({"corrected": {"rate": 2}}, "lacks 'rate'"),
    ({"corrected": {"value": 7}}, "as it was found"),
    ({"rows": 0}, "rows"),
    ({"reason": " "}, "reason"),
    ({"evidence": " "}, "evidence"),
    ({"noted_on": "last week"}, "noted_on"),
    ({"sheet": "Table 1"}, "sheet"),
    ({"file": "book.xlsx"}, "sheet"),
]


@pytest.mark.parametrize(("change", "named"), BROKEN)
def test_broken_rule_is_refused_and_named(
    tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    write_corrections(tmp_path, correction_fields(**change))
    with pytest.raises(MetadataError, match=named):
        read_corrections(tmp_path)


def test_every_problem_comes_at_once(tmp_path: Path) -> None:
    first = correction_fields(colour="blue", rows=0)
    second = correction_fields(corrected={"value": 7})
    write_corrections(tmp_path, first, correction_fields(), second)
    with pytest.raises(MetadataError) as caught:
        read_corrections(tmp_path)
    assert {problem.field for problem in caught.value.problems} == {
        "corrections.0.colour",
        "corrections.0.rows",
        "corrections.2",
    }


def test_same_rows_are_corrected_once(tmp_path: Path) -> None:
    write_corrections(tmp_path, correction_fields(), correction_fields(rows=2))
    with pytest.raises(MetadataError, match="two corrections of the same rows"):
        read_corrections(tmp_path)


def test_table_tells_cells_line_by_line() -> None:
    correction = make_correction(
        where={"code": "E02", "year": 2021},
        found={"value": 7.5, "period": "2012-05-15/P1Y", "limit": 6},
        corrected={"period": "2011-10-01/P1Y", "limit": ""},
        rows=3,
    )
    row = corrections_table([correction], {"squares.csv": ("Office", "Squares")}).loc[0]
    assert row.to_dict() == {
        "Publisher": "Office",
        "Work": "Squares",
        "Why": "The square has the value of its neighbour.",
        "How we know": "The publisher's map says 2.",
        "Noted on": "1 January 2026",
        "Where": "code: E02\nyear: 2021\n3 rows",
        "It said": "value: 7.5\nperiod: May 2012 to May 2013\nlimit: 6",
        "We read": "period: October 2011 to September 2012\nlimit: nothing",
    }


def test_table_of_no_corrections_has_its_columns() -> None:
    table = corrections_table([], {})
    assert table.empty
    assert "We read" in table


def test_works_are_named_by_records_before_provenance(tmp_path: Path) -> None:
    entries = [
        f'[[files]]\nfile = "{file}"\npublisher = "ONS"\ntitle = "{file}"\n'
        for file in ("squares.csv", "circles.csv")
    ]
    (tmp_path / "provenance.toml").write_text("".join(entries))
    assert works_of_files(tmp_path, [make_indicator()]) == {
        "squares.csv": ("Office for Tests", "Squares 2021"),
        "circles.csv": ("ONS", "circles.csv"),
    }


def test_works_without_provenance_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataMissingError, match="provenance"):
        works_of_files(tmp_path, [])


# ---- as the page shows them -------------------------------------------------------


def test_page_never_runs_what_publishers_wrote() -> None:
    attack = "<img src=x onerror=alert(1)>"
    fields = {
        "where": {attack: attack},
        "found": {attack: attack},
        "corrected": {attack: "x'\"<b>"},
        "reason": f"Why {attack}",
        "evidence": f"How {attack}",
    }
    works = {"squares.csv": (attack, attack)}
    html = corrections_html(corrections_table([make_correction(**fields)], works))
    assert "<img" not in html
    assert "<b>" not in html


def test_page_joins_corrections_with_one_reason() -> None:
    corrections = [
        make_correction(),
        make_correction(where={"code": "E{}3"}),
        make_correction(reason="Another reason."),
    ]
    html = corrections_html(corrections_table(corrections, {}))
    assert re.findall(r"rowspan='(\d)'", html) == ["2", "1"]
    assert html.count("<td data-label='It said'><div>value: 7</div></td>") == 3
    assert html.count("<strong>squares.csv</strong>") == 2
    assert "code: E{}3" in html
