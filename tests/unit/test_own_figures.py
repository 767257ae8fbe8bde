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
from lpipgeo.association_charts import association_chart, mark_areas
from lpipgeo.comparison_charts import dot_chart
from lpipgeo.errors import LpipgeoError, SelectionError
from lpipgeo.maps.views import make_view
from lpipgeo.own_comparison import compare_own
from lpipgeo.own_figures import (
    NO_NUMBER,
    code_columns,
    match_figures,
    number_columns,
    own_table,
    parse_number,
    report_sentences,
)
from lpipgeo.own_map import make_own_choropleth, own_indicator
from lpipgeo.palettes import COMPARED
from lpipgeo.uploads import read_upload
from tests.example_counts import examples

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


def test_one_row_is_told_of_in_the_singular():
    own = match("place,n\nE08000028,1\n")
    assert report_sentences(own) == ["1 district has a figure, from 1 row."]
    assert compare_own(own, []).notes == ("The only district of your file.",)


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
        ("0,250", None),
        ("1e16", None),
        ("=1+1", None),
        ("about 7", None),
        ("1e999", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert parse_number(text) == value


def test_a_comma_that_may_be_a_decimal_mark_is_no_number():
    text = "code;score\nE08000025;1,500\nE08000026;12,345\n"
    with pytest.raises(SelectionError, match="In a file with semicolons use points"):
        match(text)
    assert match(text.replace(",", ".")).table["value"].tolist() == [1.5, 12.345]


def test_decimal_commas_in_a_file_with_semicolons_are_read_and_told():
    own = match("area;value\nE08000025;12,5\nE08000026;7\nE08000027;0,125\n")
    assert own.table["value"].tolist() == [12.5, 7, 0.125]
    assert "Commas were read as decimal marks." in report_sentences(own)


def test_a_number_that_may_be_thousands_is_left_out_beside_decimal_commas():
    own = match("area;value\nE08000025;12,5\nE08000026;1,500\nE08000027;7\n")
    assert own.table["value"].tolist() == [12.5, 7]
    assert outcomes(own)["E08000026"] == NO_NUMBER


@pytest.mark.parametrize("other", ["1.234,5", "1.500", "1,234,567"])
def test_commas_beside_points_or_many_commas_are_not_guessed(other):
    text = f"area;value\nE08000025;12,5\nE08000026;{other}\nE08000027;3,5\n"
    with pytest.raises(SelectionError, match="In a file with semicolons use points"):
        match(text)


def test_commas_in_other_files_part_thousands_as_before():
    own = match('area,value\nE08000025,"1,500"\nE08000026,7.5\n')
    assert own.table["value"].tolist() == [1500, 7.5]
    assert "Commas were read as decimal marks." not in report_sentences(own)


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


@settings(max_examples=examples(60))
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


SANDWELL, SOLIHULL, BLACK_COUNTRY = "E08000028", "E08000029", "WMS000002"


def every_district(**values):
    """Return a file with a figure for each district: 0, 1, 2 … in order of code."""
    codes = read_areas().codes("lad24")
    rows = {code: values.get(code, place) for place, code in enumerate(codes)}
    text = "\n".join(f"{code},{value}" for code, value in rows.items() if value != "")
    return match(f"code,visits\n{text}\n")


def test_the_areas_of_the_set_are_compared_in_its_order():
    found = compare_own(match(DISTRICTS), (SOLIHULL, SANDWELL))
    assert [area.code for area in found.areas] == [SOLIHULL, SANDWELL]
    assert [cell.figure.value for cell in found.row.cells] == [1500.5, 1200]
    assert found.is_set
    assert found.notes == ()


def test_areas_of_the_set_that_are_of_another_kind_or_lack_a_figure_are_named():
    own = every_district(**{SOLIHULL: ""})
    found = compare_own(own, (SANDWELL, SOLIHULL, BLACK_COUNTRY, "E01009989"))
    assert [area.code for area in found.areas] == [SANDWELL]
    said = " ".join(found.notes)
    names = [read_areas().by_code[c].name for c in (BLACK_COUNTRY, "E01009989")]
    assert f"{names[0]} and {names[1]} are of another kind" in said
    assert "Your file is of districts" in said
    assert "no figure for Solihull" in said


def test_a_unitary_county_is_a_district_too():
    index = read_areas()
    both = next(a.code for a in index.of_level("lad24") if "utla" in a.levels)
    found = compare_own(every_district(), (both, SANDWELL))
    assert [area.code for area in found.areas] == [both, SANDWELL]


@pytest.mark.parametrize("codes", [(), (BLACK_COUNTRY,)])
def test_without_a_set_that_fits_the_highest_and_the_lowest_are_shown(codes):
    found = compare_own(every_district(), codes)
    assert [cell.figure.value for cell in found.row.cells] == [
        *(29, 28, 27, 26, 25),
        *(4, 3, 2, 1, 0),
    ]
    assert not found.is_set
    assert found.notes[-1] == "The 5 highest and the 5 lowest of 30 districts."


def test_a_short_file_is_shown_whole():
    found = compare_own(match(DISTRICTS), ())
    assert [area.name for area in found.areas] == ["Solihull", "Sandwell"]
    assert found.notes == ("All 2 districts of your file.",)


def drawn(chart):
    """Return the rows of all data of a chart."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def areas_drawn(chart):
    """Return the rows that stand for areas, by their code."""
    return {row["code"]: row for row in drawn(chart) if "code" in row}


def test_the_dot_plot_of_own_figures_judges_nothing_and_has_no_margins():
    own = match(DISTRICTS)
    found = compare_own(own, (SOLIHULL, SANDWELL), "visits")
    places = {SOLIHULL: 0, SANDWELL: 1}
    chart = dot_chart(found.row, found.areas, places, None)
    rows = areas_drawn(chart)
    assert (rows[SANDWELL]["colour"], rows[SANDWELL]["sign"]) == COMPARED[1]
    assert rows[SANDWELL]["text"] == "1,200.0 visits"
    assert rows[SANDWELL]["limits"] == "none"
    # Else the page takes title and axis out of the height, and rows lie on each other.
    assert chart.to_dict()["autosize"]["type"] == "fit-x"
    title = chart.to_dict()["title"]
    assert title["text"] == ["visits, your own figures"]
    said = " ".join(title["subtitle"])
    assert said == "There are no margins of error, so the order may be chance."
    assert {cell.outcome.word for cell in found.row.cells} == {"not_compared"}
    # No empty layer of whiskers: a screen reader would meet a picture without words.
    assert {layer["mark"]["type"] for layer in chart.to_dict()["layer"]} == {"text"}
    assert not chart.to_dict()["layer"][-1]["encoding"]["x"]["scale"]["reverse"]


def test_areas_outside_the_set_have_none_of_its_colours():
    found = compare_own(match(DISTRICTS), ())
    rows = areas_drawn(dot_chart(found.row, found.areas, {}, None)).values()
    looks = {(row["colour"], row["sign"]) for row in rows}
    assert len(rows) == 2
    assert not looks & set(COMPARED)


def test_places_of_one_name_keep_a_row_each():
    index = read_areas()
    castles = [a.code for a in index.of_level("ward25") if a.name == "Castle"]
    assert len(castles) == 2
    own = match("code,n\n" + "\n".join(f"{code},{n}" for n, code in enumerate(castles)))
    found = compare_own(own, ())
    rows = areas_drawn(dot_chart(found.row, found.areas, {}, None)).values()
    assert len({row["y"] for row in rows}) == 2
    names = {row["name"] for row in rows}
    assert names == {f"Castle, {index.place_line(code)}" for code in castles}
    assert len(names) == 2


def test_the_scatter_marks_the_areas_of_the_set_that_have_both_figures():
    own = every_district(**{SOLIHULL: ""})
    found = associate_values(
        own_indicator(own), own.table, "no_qualifications", "lad24"
    )
    codes = (BLACK_COUNTRY, SOLIHULL, SANDWELL)
    marks, without = mark_areas(found, codes, "E08000025", found.pair)
    assert [mark.name for mark in marks] == ["Sandwell", "Birmingham"]
    assert (marks[0].colour, marks[0].sign) == COMPARED[2]
    assert marks[0].across == own.table.set_index("area_code")["value"][SANDWELL]
    assert without == [read_areas().by_code[BLACK_COUNTRY].name, "Solihull"]
    rows = drawn(association_chart(found, marks, None))
    assert {row["colour"] for row in rows if row.get("sign")} >= {COMPARED[2][0]}


def test_every_chart_and_legend_says_whose_figures_they_are():
    own = match(DISTRICTS)
    indicator = own_indicator(own)
    assert indicator.short_title == "visits (yours)"
    assert indicator.title == "visits, your own figures"
    heading = "visits, your own figures, by district"
    assert make_view(make_own_choropleth(own))["heading"] == heading


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
