"""The Data page without a browser: what is chosen, pasted, odd or empty."""

from __future__ import annotations

from html import unescape

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.errors import SelectionError
from lpipgeo.ui.table_choice import MAX_LISTED, read_pasted
from tests.app.opening import DATA, address, open_page, read_page, text_of


def test_an_address_says_the_whole_table():
    app = read_page(
        DATA,
        indicators="claimant_count_rate,employment_rate",
        areas="E08000028,E08000029",
        periods="2015..2019",
        shape="wide",
    )
    assert "2 rows" in text_of(app)
    assert "Claimant count and 1 more, Sandwell and Solihull" in text_of(app)
    head = app.dataframe[0].value
    assert head["area_code"].tolist() == ["E08000028", "E08000029"]
    assert "employment_rate_2019_status" in head.columns


def test_the_size_is_said_before_anything_is_made():
    app = read_page(
        DATA, indicators="no_qualifications", level="lsoa21", inside="E08000028"
    )
    assert "190 rows, about" in text_of(app)


def test_a_choice_is_kept_in_the_address():
    app = open_page(DATA, indicators="no_qualifications", level="lad24")
    app.selectbox(key="table_inside").select("E47000007").run()
    assert address(app)["inside"] == "E47000007"
    assert "7 rows" in text_of(app)
    assert address(app)["indicators"] == "no_qualifications"


def test_the_comparison_set_gives_its_areas():
    app = read_page(
        DATA,
        indicators="no_qualifications",
        areas="compared",
        compare="E08000028,E12000005",
    )
    assert "2 rows" in text_of(app)


def test_nothing_that_fits_is_said_and_files_still_have_headers():
    app = read_page(
        DATA, indicators="no_qualifications", level="lad24", periods="1950..1960"
    )
    assert "No rows" in text_of(app)
    assert "No figure fits these choices" in text_of(app)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("indicators", "no_qualifications,fuel_povrty", "in fuel poverty?"),
        ("areas", "E99999999", "E99999999"),
        ("inside", "Nowhere", "Nowhere"),
        ("periods", "someday", "someday"),
        ("statuses", "made_up", "made_up"),
        ("shape", "tall", "tall"),
        ("sort", "valeu", "value"),
        ("indicators", "<script>alert(1)</script>", "script"),
    ],
)
def test_an_odd_part_of_the_address_gets_a_sentence_and_the_rest_stays(
    name, value, said
):
    app = read_page(DATA, **{"level": "lad24", "compare": "E08000028", name: value})
    told = [*app.info, *app.error]
    assert any(said in text.value.replace("\\", "") for text in told)
    assert address(app)["compare"] == "E08000028"


def test_a_pasted_list_takes_codes_postcodes_and_old_codes():
    found = read_pasted("E08000028, b66 4bh\nE01009989;E08000028\tnowhere")
    assert found.codes[0] == "E08000028"
    assert len(found.codes) == 3
    assert "E01009989" in found.codes
    assert any("B66 4BH" in note.upper() for note in found.notes)
    assert any("nowhere" in note for note in found.notes)


def test_a_pasted_list_is_kept_in_the_address_and_what_is_odd_is_said():
    app = open_page(DATA, indicators="no_qualifications", level="lad24")
    app.segmented_control(key="table_way").set_value("A list").run()
    app.session_state["table_paste"] = True  # the popover is opened
    app.run()
    app.text_area[0].set_value("E08000028\nB66 4BH\nnowhere")
    (use,) = [button for button in app.button if button.label == "Use these"]
    use.click().run()
    assert list(app.exception) == []
    assert "2 rows, about" in text_of(app)
    assert "'nowhere' is no area code or postcode" in unescape(text_of(app))
    assert address(app)["areas"] == "E08000028,E01009927"


def test_an_old_code_stands_for_its_successor():
    found = read_pasted("E07000190")  # Taunton Deane, outside; and a district of before
    assert found.codes == ()
    assert found.notes


def test_too_long_a_list_is_refused_with_a_way_on():
    with pytest.raises(SelectionError, match="command line"):
        read_pasted("\n".join(["E08000028"] * (MAX_LISTED + 1)))


SANDWELL, SOLIHULL, BLACK_COUNTRY = "E08000028", "E08000029", "WMS000002"


def open_own(**parameters):
    """Open the part for own figures with a file of all districts: 0, 1, 2 …"""
    rows = [f"{c},{n}" for n, c in enumerate(read_areas().codes("lad24"))]
    body = "\n".join(["code,Visits", *rows]).encode()
    app = open_page(DATA, tab="own", **parameters)
    app.file_uploader(key="own_file").upload("visits.csv", body, "text/csv").run()
    assert list(app.exception) == []
    return app


def own_tables(app):
    """Return the tables of the map, of the areas side by side, and of the scatter."""
    found = [table.value for table in app.dataframe]
    return dict(zip(("map", "compared", "scatter"), found, strict=True))


def test_own_figures_of_the_compared_areas_stand_beside_one_another():
    app = open_own(compare=f"{SOLIHULL},{SANDWELL},{BLACK_COUNTRY}")
    said = text_of(app)
    assert "The areas compared" in said
    assert "Your file is of districts. The Black Country is of another kind" in said
    table = own_tables(app)["compared"]
    assert table["Area"].tolist() == ["Solihull", "Sandwell"]
    figures = dict(zip(read_areas().codes("lad24"), range(30), strict=True))
    held = table["Visits (yours)"].tolist()
    assert held == [figures[SOLIHULL], figures[SANDWELL]]
    assert "● Solihull · ■ Sandwell" in said  # the signs in the scatter
    assert not {"better", "worse"} & set(said.lower().split())


def test_without_a_set_the_highest_and_the_lowest_own_figures_are_shown():
    app = open_own()
    said = text_of(app)
    assert "The highest and the lowest" in said
    assert "The 5 highest and the 5 lowest of 30 districts." in said
    held = own_tables(app)["compared"]["Visits (yours)"].tolist()
    assert held == [*range(29, 24, -1), *range(4, -1, -1)]
    assert address(app)["tab"] == "own"
    assert "compare" not in app.query_params


def test_an_area_taken_out_of_the_set_leaves_the_own_figures_too():
    app = open_own(compare=f"{SOLIHULL},{SANDWELL}")
    app.button(key="chip_0").click().run()
    assert list(app.exception) == []
    table = own_tables(app)["compared"]
    assert table["Area"].tolist() == ["Sandwell"]
    assert address(app)["compare"] == SANDWELL


def test_every_table_that_can_be_taken_away_says_whose_figures_they_are():
    """Streamlit's own tables have a button that saves them as they are shown."""
    app = open_own(compare=f"{SOLIHULL},{SANDWELL}")
    for name, table in own_tables(app).items():
        assert "Visits (yours)" in table.columns, name
        assert "Visits" not in table.columns, name


def test_a_range_of_years_can_be_moved_and_the_page_used_on():
    app = open_page(
        DATA, indicators="employment_rate", level="lad24", periods="2015..2020"
    )
    slider = app.select_slider(key="table_years")
    assert slider.value == (2015, 2020)
    slider.set_range(2016, 2018).run()
    assert list(app.exception) == []
    assert address(app)["periods"] == "2016..2018"
    app.selectbox(key="table_inside").select("E47000007").run()
    assert list(app.exception) == []
    assert address(app)["periods"] == "2016..2018"


def test_a_file_that_cannot_be_read_is_answered_with_a_sentence():
    app = open_page(DATA, tab="own")
    picture = b"\x89PNG\x00\x00"
    app.file_uploader(key="own_file").upload("picture.csv", picture, "text/csv").run()
    assert list(app.exception) == []
    assert "is no text. Save it as CSV or XLSX" in text_of(app)
    assert len(app.dataframe) == 0


def test_a_damaged_area_in_the_address_is_answered_and_its_tab_is_there():
    app = read_page(DATA, tab="area", custom="a!!!")
    assert "cannot be read" in text_of(app)
    assert app.text_area(key="custom_pasted").label == "Add by code or postcode"
