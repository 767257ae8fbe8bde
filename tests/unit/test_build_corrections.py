"""Corrections in the build: applied while they fit, and never longer."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from lpipgeo.build import pipeline
from lpipgeo.build.correcting import apply_corrections
from lpipgeo.build.frame import FRAME_FILES
from lpipgeo.build.geography.inputs import GEOGRAPHY_FILES
from lpipgeo.build.ods import read_ods_sheet
from lpipgeo.build.readers import energy_meters
from lpipgeo.build.sources import (
    Sources,
    open_sources,
    read_csv,
    read_parquet,
    read_sheet,
)
from lpipgeo.build.trial import try_indicator
from lpipgeo.errors import MetadataError, SourceError
from tests import factories
from tests.build_factories import make_frame, write_sources
from tests.factories import correction_fields, make_correction
from tests.tiny_data import write_corrections, write_tiny_data

SQUARES = b"code,name,value,note\nE01,One,1,\nE02,Two,7,x\nE03,Three,7,\n"


def read_squares(
    folder: Path,
    *corrections: dict[str, Any],
    columns: tuple[str, ...] = ("code", "value"),
    content: bytes = SQUARES,
) -> pd.DataFrame:
    """Read the squares with corrections, each told by its differences."""
    made = [make_correction(**fields) for fields in corrections]
    sources = Sources(write_sources(folder, {"squares.csv": content}), made)
    return read_csv(sources, "squares.csv", columns)


def values(table: pd.DataFrame) -> list[Any]:
    return table.set_index("code")["value"].to_list()


# ---- applied ----------------------------------------------------------------------


def test_cell_is_read_as_corrected(tmp_path: Path) -> None:
    assert values(read_squares(tmp_path, {})) == [1, 2, 7]


def test_without_corrections_cells_are_as_published(tmp_path: Path) -> None:
    assert values(read_squares(tmp_path)) == [1, 7, 7]


def test_correction_of_another_file_changes_nothing(tmp_path: Path) -> None:
    assert values(read_squares(tmp_path, {"file": "circles.csv"})) == [1, 7, 7]


def test_every_selected_row_is_corrected(tmp_path: Path) -> None:
    several = {"where": {"value": 7}, "rows": 2}
    assert values(read_squares(tmp_path, several)) == [1, 2, 2]


def test_empty_text_is_no_value(tmp_path: Path) -> None:
    found = read_squares(tmp_path, {"corrected": {"value": ""}})
    assert found["value"].isna().to_list() == [False, True, False]


def test_empty_text_selects_and_finds_empty_cells(tmp_path: Path) -> None:
    change = {
        "where": {"code": "E03", "note": ""},
        "found": {"note": ""},
        "corrected": {"note": "y"},
    }
    found = read_squares(tmp_path, change, columns=("code", "note"))
    assert found["note"].fillna("").to_list() == ["", "x", "y"]


def test_columns_that_nobody_asked_for_are_read_and_dropped(tmp_path: Path) -> None:
    change = {"where": {"name": "Two"}}
    found = read_squares(tmp_path, change, columns=("value", "code"))
    assert list(found.columns) == ["code", "value"]
    assert values(found) == [1, 2, 7]


def test_columns_that_nobody_asked_for_are_guarded_too(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="note: found x in the row"):
        read_squares(tmp_path, {"found": {"value": 7, "note": "y"}})


def test_two_corrections_of_a_file_are_both_applied(tmp_path: Path) -> None:
    other = {"where": {"code": "E03"}, "corrected": {"value": 3.5}}
    assert values(read_squares(tmp_path, {}, other)) == [1, 2, 3.5]


def test_corrections_are_held_against_the_file_not_against_each_other(
    tmp_path: Path,
) -> None:
    """The first makes a row that the second would select."""
    first = {"where": {"code": "E01"}, "found": {"value": 1}, "corrected": {"value": 7}}
    second = {"where": {"value": 7}, "rows": 2}
    assert values(read_squares(tmp_path, first, second)) == [7, 2, 2]


@pytest.mark.parametrize(
    ("column", "found", "corrected", "expected"),
    [
        ([1, 7], 7, 2, [1, 2]),
        ([1, 7], 7, 2.5, [1, 2.5]),
        ([1, 7], "7", "c", [1, "c"]),
        ([0.1, 404785.67], 404785.67, 5, [0.1, 5.0]),
        (["c", "\t7.0"], 7, 2, ["c", "2"]),
        (["c", "7"], "7", "8", ["c", "8"]),
    ],
)
def test_kind_of_the_column_stays_where_it_can(
    column: list[Any], found: Any, corrected: Any, expected: list[Any]
) -> None:
    table = pd.DataFrame({"code": ["E01", "E02"], "value": column})
    fields = {"found": {"value": found}, "corrected": {"value": corrected}}
    made = apply_corrections("squares.csv", table, [make_correction(**fields)])
    assert made["value"].to_list() == expected
    assert table["value"].to_list() == column


def test_polygons_keep_their_places() -> None:
    boundaries = factories.make_boundaries().assign(code="E02", value=[7, *range(5)])
    change = make_correction(where={"value": 7})
    made = apply_corrections("squares.parquet", boundaries, [change])
    assert isinstance(made, gpd.GeoDataFrame)
    assert made.crs == boundaries.crs
    assert made["value"].iloc[0] == 2


# ---- the guard --------------------------------------------------------------------


def test_value_that_the_publisher_repaired_stops_the_build(tmp_path: Path) -> None:
    repaired = SQUARES.replace(b"Two,7", b"Two,2")
    with pytest.raises(SourceError) as caught:
        read_squares(tmp_path, {}, content=repaired)
    (problem,) = caught.value.problems
    assert (problem.where, problem.field) == ("squares.csv", "value")
    assert "found 2 in the row with code 'E02'; expected 7" in str(problem)
    assert "take the correction away from data/corrections.toml" in problem.hint


def test_row_that_vanished_stops_the_build(tmp_path: Path) -> None:
    gone = SQUARES.replace(b"E02", b"E09")
    with pytest.raises(SourceError, match=r"0 rows with code 'E02'; expected 1\."):
        read_squares(tmp_path, {}, content=gone)


def test_two_rows_instead_of_one_stop_the_build(tmp_path: Path) -> None:
    twice = SQUARES.replace(b"E03", b"E02")
    with pytest.raises(SourceError, match=r"2 rows with code 'E02'; expected 1\."):
        read_squares(tmp_path, {}, content=twice)


def test_one_repaired_row_of_several_stops_the_build(tmp_path: Path) -> None:
    change = {"where": {"note": ""}, "rows": 2}
    with pytest.raises(SourceError, match="found 1 in the row with note ''"):
        read_squares(tmp_path, change)


def test_column_that_vanished_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a correction looks at it"):
        read_squares(tmp_path, {"where": {"town": "Two"}})


def test_all_corrections_of_a_file_that_do_not_fit_are_in_one_report(
    tmp_path: Path,
) -> None:
    with pytest.raises(SourceError) as caught:
        read_squares(
            tmp_path,
            {"found": {"value": 8, "note": "y"}},
            {"where": {"code": "E09"}},
            {"where": {"code": "E03"}},
        )
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["value", "note", "code"]


# ---- every kind of table ----------------------------------------------------------

TABLE = pd.DataFrame({"code": ["E01", "E02"], "name": ["One", "Two"], "value": [1, 7]})


def test_parquet_is_corrected_by_columns_and_whole(tmp_path: Path) -> None:
    body = io.BytesIO()
    TABLE.to_parquet(body)
    change = make_correction(file="squares.parquet", where={"name": "Two"})
    folder = write_sources(tmp_path, {"squares.parquet": body.getvalue()})
    sources = Sources(folder, [change])
    some = read_parquet(sources, "squares.parquet", ["value", "code"])
    whole = read_parquet(sources, "squares.parquet")
    assert some.to_dict("list") == {"value": [1, 2], "code": ["E01", "E02"]}
    assert list(whole.columns) == ["code", "name", "value"]
    assert whole["value"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("file", "engine"), [("book.xlsx", "openpyxl"), ("book.ods", "odf")]
)
def test_sheet_is_corrected_and_others_are_not(
    tmp_path: Path, file: str, engine: Any
) -> None:
    body = io.BytesIO()
    with pd.ExcelWriter(body, engine=engine) as book:
        for sheet in ("Table 2", "Table 3"):
            TABLE.to_excel(book, sheet_name=sheet, index=False)
    change = make_correction(
        file=file, sheet="Table 3", where={"name": "Two"}, corrected={"value": ""}
    )
    sources = Sources(write_sources(tmp_path, {file: body.getvalue()}), [change])
    read = read_sheet if engine == "openpyxl" else read_ods_sheet
    found = {
        sheet: read(sources, file, sheet, 0, ["code", "value"])
        for sheet in ("Table 2", "Table 3")
    }
    texts = {
        sheet: table["value"].fillna("").astype(str).to_list()
        for sheet, table in found.items()
    }
    assert [len(text) for text in texts["Table 2"]] == [1, 1]
    assert texts["Table 3"][1] == ""
    assert list(found["Table 3"].columns) == ["code", "value"]


def test_compressed_meters_are_corrected(tmp_path: Path) -> None:
    code = energy_meters._CODE
    text = f'{code},Median use\nE01000001,"1,000"\nE01000002,"9,000"\n'
    file = "desnz_energy_lsoa/LSOA_GAS_2019.csv.gz"
    change = make_correction(
        file=file,
        where={code: "E01000002"},
        found={"Median use": 9_000},
        corrected={"Median use": 2_000},
    )
    body = gzip.compress(text.encode("latin-1"), mtime=0)
    sources = Sources(write_sources(tmp_path, {file: body}), [change])
    record = factories.make_indicator(build={"reader": "energy_meters", "fuel": "GAS"})
    found = energy_meters.read(record, sources, make_frame())
    assert found["value"].to_list() == [1_000, 2_000]


# ---- the whole build --------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_tiny_data(tmp_path / "data")


@pytest.fixture
def all_sources(tmp_path: Path) -> Path:
    files = [*FRAME_FILES, *GEOGRAPHY_FILES, "squares.csv", "circles.csv"]
    return write_sources(tmp_path / "sources", dict.fromkeys(files, SQUARES))


def test_sources_are_opened_with_the_corrections_of_the_records(
    data: Path, all_sources: Path
) -> None:
    write_corrections(data, correction_fields())
    sources = open_sources(all_sources, data)
    assert values(read_csv(sources, "squares.csv", ["code", "value"])) == [1, 2, 7]
    assert sources.unapplied == ()


def test_sources_without_corrections_file_are_refused(
    data: Path, all_sources: Path
) -> None:
    (data / "corrections.toml").unlink()
    with pytest.raises(MetadataError, match=r"corrections\.toml"):
        open_sources(all_sources, data)


def test_correction_of_a_file_that_nothing_uses_stops_the_build(
    data: Path, all_sources: Path
) -> None:
    write_corrections(data, correction_fields(file="circles.csv"))
    with pytest.raises(MetadataError, match=r"circles\.csv; expected a file"):
        pipeline.build(all_sources, data)


def test_correction_that_no_reader_applied_stops_the_build(
    data: Path, all_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "build_geography", lambda *_: None)
    monkeypatch.setattr(pipeline, "_write_indicators", lambda *_: None)
    monkeypatch.setattr(pipeline, "check", lambda folder: [])
    write_corrections(data, correction_fields())
    with pytest.raises(MetadataError, match="no reader reads as a table"):
        pipeline.build(all_sources, data)
    assert (data / "areas/areas.parquet").exists()


def test_trial_needs_the_corrections_too(data: Path, all_sources: Path) -> None:
    (data / "corrections.toml").unlink()
    with pytest.raises(MetadataError, match=r"corrections\.toml"):
        try_indicator(all_sources, data, "tiny_share")
