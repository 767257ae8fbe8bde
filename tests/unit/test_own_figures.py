"""A person's own file: what is read, what is matched, and what is refused kindly."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpipgeo import uploads
from lpipgeo.area_index import read_areas
from lpipgeo.association import associate_values
from lpipgeo.errors import LpipgeoError, SelectionError
from lpipgeo.maps.views import make_view
from lpipgeo.own_figures import (
    code_columns,
    match_figures,
    number_columns,
    own_table,
    parse_number,
    report_sentences,
)
from lpipgeo.own_map import make_own_choropleth, own_indicator
from lpipgeo.uploads import read_upload

DISTRICTS = 'code,name,visits\nE08000028,Sandwell,1200\nE08000029,Solihull,"1,500.5"\n'


def match(text, name="visits.csv", **more):
    upload = read_upload(name, text.encode() if isinstance(text, str) else text)
    code = code_columns(upload)[0]
    return match_figures(upload, code, number_columns(upload, code)[0], **more)


def outcomes(own):
    return dict(zip(own.report["given"], own.report["outcome"], strict=True))


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_ways_in_which_spreadsheets_write_csv_are_read(encoding, delimiter):
    rows = [["Côde", "Naïve £"], ["E08000028", "12"], ["E08000029", "15"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    own = match(text.encode(encoding))
    assert own.table["value"].tolist() == [12, 15]
    assert own.name == "Naïve £"


def test_a_workbook_is_read_with_numbers_as_numbers():
    own = match(
        workbook([["LAD code", "Rate"], ["E08000028", 12.5], ["E08000029", 15]]),
        "rates.xlsx",
    )
    assert own.table["value"].tolist() == [12.5, 15]
    assert (own.level, own.file) == ("lad24", "rates.xlsx")


def test_every_row_is_accounted_for():
    text = (
        "place,n\nE08000028,1\ne08000029,2\nE07000240,3\nE06000001,4\n"
        "nowhere,5\nE08000025,many\nE01009989,7\n"
    )
    own = match(text)
    assert outcomes(own) == {
        "E08000028": "matched",
        "e08000029": "matched",
        "E07000240": "outside",
        "E06000001": "outside",
        "nowhere": "unknown",
        "E08000025": "no number",
        "E01009989": "another level",
    }
    assert own.level == "lad24"
    assert sum(own.counts.values()) == 7
    assert report_sentences(own)[0] == "2 districts have a figure, from 7 rows."


def test_postcodes_stand_for_their_neighbourhood():
    own = match("postcode,calls\nB66 4BH,3\nb664bh,4\n", join="sum")
    assert own.level == "lsoa21"
    assert own.table.to_dict("records") == [{"area_code": "E01009927", "value": 7.0}]


def test_an_old_code_is_used_only_when_a_person_says_so():
    index = read_areas()
    table = index.successors_table
    sizes = table.groupby("old_code")["new_code"].agg(["size", "first"])
    inside = sizes["first"].map(
        lambda c: c in index.by_code and index.by_code[c].in_region
    )
    old = sizes[(sizes["size"] == 1) & inside].index[0]
    split = sizes[(sizes["size"] > 1) & inside].index[0]
    text = f"code,n\n{old},5\n{split},6\nE01009989,7\nE01009927,8\n"
    assert outcomes(match(text))[old] == "old code"
    used = match(text, use_successors=True)
    assert outcomes(used)[old] == "matched"
    assert outcomes(used)[split] == "split"


def test_several_rows_of_one_area_need_a_way_to_join_them():
    text = "code,n\nE08000028,10\nE08000028,20\n"
    with pytest.raises(SelectionError, match="Sandwell"):
        match(text)
    assert match(text, join="sum").table["value"].tolist() == [30]
    assert match(text, join="mean").table["value"].tolist() == [15]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234),
        ("12 %", 12),
        ("£5.50", 5.5),
        ("\N{MINUS SIGN}3", -3),
        ("1.5e3", 1500),
        ("1,23", None),
        ("=1+1", None),
        ("about 7", None),
        ("1e999", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("empty.csv", b"", "has no rows"),
        ("header.csv", b"code,n\n", "has no rows"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "no text"),
        ("old.xls", b"\xd0\xcf\x11\xe0" * 40, "no XLSX workbook"),
        ("half.xlsx", workbook([["a", "b"], ["E08000028", 1]])[:900], "damaged"),
        ("names.csv", b"place,n\nSandwell,1\nSolihull,2\n", "area codes"),
        ("words.csv", b"code,n\nE08000028,lots\nE08000029,few\n", "numbers"),
        ("formula.csv", b"code,n\nE08000028,=A1\nE08000029,=A2\n", "Formulas"),
        ("far.csv", b"code,n\nE06000047,1\nE07000240,2\n", "outside"),
        ("formula.xlsx", workbook([["c", "n"], ["E08000028", "=1+1"]]),
         "formula without its result"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_a_way_on(name, body, said):
    with pytest.raises(SelectionError) as raised:
        match(body, name)
    assert said in str(raised.value)


def test_a_zip_bomb_is_not_opened():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (uploads.MAX_UNPACKED + 1))
    assert len(buffer.getvalue()) < 1_000_000
    with pytest.raises(SelectionError, match="unpack"):
        read_upload("bomb.xlsx", buffer.getvalue())


def test_a_file_that_is_too_large_is_refused_with_its_size():
    with pytest.raises(SelectionError, match="200 MB"):
        read_upload("large.csv", bytes(200_000_000))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "", "../../x"]))
def test_whatever_is_in_a_file_the_answer_is_ours(body, name):
    for start in (b"", b"PK\x03\x04", b"code,n\nE08000028,"):
        with suppress(LpipgeoError):
            match(start + body, name)


def test_the_map_says_whose_figures_they_are():
    choropleth = make_own_choropleth(match(DISTRICTS))
    view = make_view(choropleth)
    assert "your own figures" in view["heading"]
    assert "your own file visits.csv, not checked by us" in view["attribution"]
    assert choropleth.status_counts == {"own": 2, "not_available": 28}
    assert view["legend"]["marks"] == []


def test_a_download_names_the_file_in_every_row():
    found = own_table(match(DISTRICTS))
    assert found["source"].unique().tolist() == [
        "Your own figures (visits.csv); not checked by us"
    ]
    assert found["area_name"].tolist() == ["Sandwell", "Solihull"]


def test_own_figures_equal_to_an_indicator_go_with_it_entirely():
    import lpipgeo as lg  # noqa: PLC0415

    table = lg.observations("no_qualifications", level="lad24")
    text = table[["area_code", "value"]].to_csv(index=False)
    own = match(text)
    found = associate_values(
        own_indicator(own), own.table, "no_qualifications", "lad24"
    )
    assert found.correlation == pytest.approx(1)
    assert len(found.table) == 30
    assert isinstance(found.table, pd.DataFrame)
