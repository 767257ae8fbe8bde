"""The printed profile: the same content as PDF and web page, whatever the names are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import typst

import lpipgeo as lg
from lpipgeo.area_profile import read_profile
from lpipgeo.citation import is_local
from lpipgeo.errors import SelectionError, UnknownAreaError
from lpipgeo.headlines import RULE
from lpipgeo.printed import pdf
from lpipgeo.printed.address import draw_qr, page_address
from lpipgeo.printed.content import Sheet, make_sheet, make_sheets
from lpipgeo.printed.web_page import make_web_page

DUDLEY, SMETHWICK = "E08000027", "E01010046"
HEREFORDSHIRE, REGION, ENGLAND = "E06000019", "E12000005", "E92000001"
HOSTILE = '#pagebreak() $x^2$ *b* _i_ \\ <l> @r `raw` = h [c] // no "q" {{ 7 }} </h1>'


@pytest.fixture(scope="module")
def dudley() -> Sheet:
    return make_sheet(DUDLEY)


def query(sheet: Sheet, selector: str) -> list[dict[str, Any]]:
    """Return the elements of the PDF's document as typst describes them."""
    found = typst.query(
        pdf.TEMPLATE.read_bytes(),
        selector,
        sys_inputs=pdf._inputs([sheet]),
        font_paths=pdf._fonts(),
    )
    return list(json.loads(found))


def texts(element: Any) -> list[str]:
    """Return all texts inside an element, in order."""
    if isinstance(element, dict):
        own = [element["text"]] if isinstance(element.get("text"), str) else []
        return own + [t for v in element.values() for t in texts(v)]
    if isinstance(element, list):
        return [t for v in element for t in texts(v)]
    return []


def count_pages(sheets: list[Sheet]) -> int:
    return len(re.findall(rb"/Type/Page\b", pdf.make_pdf(sheets)))


def lines_of(sheet: Sheet):
    return [ln for sec in sheet.sections for part in sec.parts for ln in part.lines]


def without_tags(page: str) -> str:
    return re.sub(r"<[^>]*>", " ", page)


def test_pdf_has_every_indicator_of_the_profile_with_its_value(dudley):
    said = {t for table in query(dudley, "table") for t in texts(table)}
    rows = read_profile(DUDLEY).rows
    assert {row.indicator.short_title for row in rows} <= said
    assert {line.value for line in lines_of(dudley)} <= said
    assert {line.outcome for line in lines_of(dudley)} <= said


def test_web_page_has_every_indicator_of_the_profile_with_its_value(dudley):
    page = make_web_page([dudley])
    for line in lines_of(dudley):
        (row,) = re.findall(rf'<tr id="{DUDLEY}-{line.indicator_id}">.*?</tr>', page,
                            re.S)  # fmt: skip
        assert f'<td class="number">{line.value}' in row
        assert line.period in row
    assert len(lines_of(dudley)) == len(read_profile(DUDLEY).rows)


def test_headings_go_from_name_to_theme_to_subtheme(dudley):
    found = [(e["level"], *texts(e["body"])) for e in query(dudley, "heading")]
    assert found[0] == (1, "Dudley")
    assert (2, "In short") in found
    assert (3, "Challenges") in found
    assert found.index((2, "Inclusive growth")) < found.index((3, "Skills"))
    assert [level for level, *_ in found].count(1) == 1


def test_every_picture_of_the_pdf_says_what_it_shows(dudley):
    pictures = query(dudley, "image")
    assert len(pictures) > len([ln for ln in lines_of(dudley) if ln.spine])
    assert all(picture["alt"] for picture in pictures)


def test_pdf_is_tagged_and_in_british_english(dudley):
    made = pdf.make_pdf([dudley])
    assert made.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"Area profile: Dudley" in made
    assert b"en-GB" in made


@pytest.mark.parametrize("code", [DUDLEY, SMETHWICK, HEREFORDSHIRE, REGION])
def test_profile_takes_two_to_four_pages(code):
    assert 2 <= count_pages([make_sheet(code)]) <= 4


def test_each_reason_for_no_test_is_named_once_and_numbered_in_its_rows(dudley):
    reasons = [ln.outcome_note for ln in lines_of(dudley) if ln.outcome == "not tested"]
    assert "no margin of error published" in reasons
    assert set(dudley.untested) == set(reasons)
    assert len(dudley.untested) == len(set(dudley.untested))


def test_same_profile_is_the_same_file(dudley):
    assert pdf.make_pdf([dudley]) == pdf.make_pdf([dudley])


def test_several_areas_are_one_document_each_once():
    sheets = make_sheets([DUDLEY, "e08000027 ", REGION])
    assert [sheet.code for sheet in sheets] == [DUDLEY, REGION]
    alone = [count_pages([sheet]) for sheet in sheets]
    assert count_pages(sheets) == sum(alone)
    assert make_web_page(sheets).count("<h1 ") == 2


def test_progress_is_told_after_each_area():
    told = []
    lg.profile_html([DUDLEY, REGION], progress=lambda n, of: told.append((n, of)))
    assert told == [(1, 2), (2, 2)]


def hostile(sheet: Sheet) -> Sheet:
    """Return a sheet with signs of every markup in every kind of text."""
    section = sheet.sections[0]
    part = section.parts[0]
    line = replace(
        part.lines[0], short_title=HOSTILE, title=HOSTILE, unit=HOSTILE, period=HOSTILE
    )
    part = replace(part, name=HOSTILE, lines=(line,))
    section = replace(section, name=HOSTILE, about=HOSTILE, parts=(part,))
    return replace(
        sheet,
        name=HOSTILE,
        benchmark=HOSTILE,
        facts=(("Name", HOSTILE),),
        strengths=(HOSTILE,),
        attributions=(HOSTILE,),
        sections=(section,),
    )


def test_texts_are_never_read_as_typst_markup(dudley):
    sheet = hostile(dudley)
    headings = [texts(found["body"]) for found in query(sheet, "heading")]
    assert headings.count([HOSTILE]) == 3
    said = [t for table in query(sheet, "table") for t in texts(table)]
    assert said.count(HOSTILE) == 5  # benchmark, subtheme, title, period and unit
    assert pdf.make_pdf([sheet]).startswith(b"%PDF-")


def test_texts_are_never_read_as_html(dudley):
    page = make_web_page([hostile(dudley)])
    assert "<l>" not in page
    assert page.count("&lt;l&gt;") >= 9
    assert "{{ 7 }}" in page


def test_nothing_is_fetched(dudley):
    page = make_web_page([dudley])
    assert not re.search(r"<(script|link|img|iframe|object)\b|@import|\bsrc=", page)
    assert set(re.findall(r"url\(([^:)]*)", page)) == {"data"}
    template = pdf.TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(r"@preview|#import|#include|read\(", template)


def test_pictures_are_well_formed_and_named(dudley):
    pictures = [line.spine for line in lines_of(dudley) if line.spine]
    pictures += [line.trend_line for line in lines_of(dudley) if line.trend_line]
    there = make_sheet(DUDLEY, address="https://places.example.org")
    pictures += [there.qr.svg, dudley.locator.svg]
    for svg in pictures:
        assert ElementTree.fromstring(svg).attrib["aria-label"]


def test_rule_methods_and_publishers_are_on_it(dudley):
    said = without_tags(make_web_page([dudley]))
    assert RULE in said
    assert "Office for National Statistics" in said
    assert "Open Government Licence v3.0" in said
    assert re.search(r"publishers up to \d+ \w+ 20\d\d\.", said)


def test_day_of_printing_is_named_where_it_is_given():
    page = lg.profile_html(DUDLEY, printed_on=date(2026, 3, 5))
    assert "Made on 5 March 2026." in page
    assert "Made on" not in lg.profile_html(DUDLEY)


def test_address_leads_to_the_profile_of_the_area(dudley):
    there = make_sheet(DUDLEY, address="https://places.example.org/wm/")
    assert there.address == (
        f"https://places.example.org/wm/area_profile?area={DUDLEY}"
    )
    assert there.address_note == ""
    assert [found["dest"] for found in query(there, "link")] == [there.address]
    assert is_local(dudley.address)
    assert "computer" in dudley.address_note
    assert there.qr is not None
    assert dudley.qr is None  # a phone could not follow it
    assert pdf.make_pdf([there]).startswith(b"%PDF-")
    assert "QR code of the address" in make_web_page([there])
    assert "QR code of the address" not in make_web_page([dudley])


@pytest.mark.parametrize(
    "base", ["places", "javascript:alert(1)", "http://", "https://a b", "http://[", "x"]
)
def test_address_that_is_none_is_refused_kindly(base):
    with pytest.raises(SelectionError, match="not the address of a dashboard"):
        page_address(DUDLEY, base)


def test_qr_code_has_its_three_corners():
    svg = draw_qr(page_address(DUDLEY), "QR")
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1", svg)}
    for corner in ((2, 2), (size - 9, 2), (2, size - 9)):
        ring = {(corner[0] + i, corner[1]) for i in range(7)}
        assert ring <= dark


def test_inherited_figures_are_marked_with_their_origin_and_have_no_place():
    sheet = make_sheet(SMETHWICK)
    inherited = [line for line in lines_of(sheet) if line.status == "inherited"]
    assert inherited
    assert {line.mark for line in inherited} == {"I"}
    assert {"district", "MSOA"} <= {line.origin for line in inherited}
    assert {line.spine for line in inherited} == {""}
    assert "Inherited" in [word for _, word, _ in sheet.marks]


def test_pdf_has_the_trend_line_and_the_rank_with_its_range(dudley):
    lines = lines_of(dudley)
    drawn = [line.trend_line_alt for line in lines if line.trend_line]
    assert len(drawn) > 20
    shown = [picture["alt"] for picture in query(dudley, "image")]
    assert [alt for alt in shown if alt.startswith("From ")] == drawn
    said = [t for table in query(dudley, "table") for t in texts(table)]
    for line in lines:
        assert not line.rank or line.rank in said
        assert not line.rank_range or line.rank_range in said


def test_web_page_has_the_trend_line_and_the_rank_with_its_range(dudley):
    page = make_web_page([dudley])
    assert page.count('aria-label="From ') == len(
        [line for line in lines_of(dudley) if line.trend_line]
    )
    (row,) = re.findall(rf'<tr id="{DUDLEY}-economic_inactivity">.*?</tr>', page, re.S)
    standing = read_profile(DUDLEY, indicators=["economic_inactivity"]).rows[0].standing
    assert standing.rank_low < standing.rank_high
    assert f"{standing.rank} of {standing.of}" in row
    assert f"{standing.rank_low} to {standing.rank_high}" in row


def test_ranks_are_explained_in_the_pdf_too(dudley):
    said = " ".join(t for found in query(dudley, "par") for t in texts(found))
    assert "Rank 1 is the best" in said


def test_figures_with_bands_have_no_place_on_the_spine():
    (line,) = [
        ln for ln in lines_of(make_sheet(SMETHWICK)) if ln.indicator_id ==
        "fuel_poverty"
    ]  # fmt: skip
    assert " to " in line.value
    assert (line.spine, line.margin, line.trend_line) == ("", "", "")


def test_only_marks_that_occur_are_explained(dudley):
    used = {line.mark for line in lines_of(dudley)} - {""}
    assert {mark for mark, _, _ in dudley.marks} == used


def test_order_says_which_end_is_which():
    lines = {ln.indicator_id: ln for ln in lines_of(make_sheet(SMETHWICK))}
    assert lines["imd_rank"].unit == "(1 = most deprived)"
    assert lines["heat_risk"].unit == ""


def test_uk_stands_in_by_name_where_england_has_no_figure(dudley):
    lines = {ln.indicator_id: ln for ln in lines_of(dudley)}
    assert lines["children_in_poverty"].benchmark.startswith("UK ")


def test_similar_areas_are_a_span_and_are_explained():
    sheet = make_sheet(DUDLEY, "similar")
    lines = {ln.indicator_id: ln for ln in lines_of(sheet)}
    assert sheet.benchmark == "Similar districts"
    assert "20 districts" in sheet.benchmark_about
    assert " to " in lines["no_qualifications"].benchmark
    assert "Frame: the middle half of similar districts." in sheet.spine_key


def test_comparison_set_is_a_span_with_a_frame_and_its_areas_named():
    sheet = make_sheet(DUDLEY, "E08000025,E08000028,E08000030,E08000031")
    lines = {ln.indicator_id: ln for ln in lines_of(sheet)}
    assert sheet.benchmark == "The comparison set"
    assert "Birmingham, Sandwell, Walsall and Wolverhampton" in sheet.benchmark_about
    assert re.fullmatch(r"[\d.]+ to [\d.]+", lines["no_qualifications"].benchmark)
    assert "Frame: the middle half of the comparison set." in sheet.spine_key
    assert any("in the middle half of the comparison set" in said
               for said in (*sheet.strengths, *sheet.challenges))  # fmt: skip
    assert 2 <= count_pages([sheet]) <= 4


def test_similar_areas_have_no_exact_span_where_only_bands_are_allowed():
    lines = {ln.indicator_id: ln for ln in lines_of(make_sheet(SMETHWICK, "similar"))}
    assert lines["fuel_poverty"].benchmark == "–"
    assert " to " in lines["no_qualifications"].benchmark


def test_small_areas_have_a_map_of_their_district_too(dudley):
    assert "Sandwell" in make_sheet(SMETHWICK).locator.alt
    assert dudley.locator.alt == "Map of the region with Dudley marked."


def test_country_has_neither_map_nor_benchmark():
    sheet = make_sheet(ENGLAND)
    assert sheet.locator is None
    assert sheet.benchmark == "No comparison"
    assert {line.outcome for line in lines_of(sheet)} == {"not tested"}
    assert pdf.make_pdf([sheet]).startswith(b"%PDF-")


def test_area_without_figures_says_so():
    sheet = make_sheet("TLG37")
    assert sheet.empty == "There are no figures for ITL 3 areas yet."
    assert (lines_of(sheet), sheet.spine_key) == ([], "")
    assert sheet.empty in make_web_page([sheet])
    assert count_pages([sheet]) == 1


def test_area_without_others_of_its_kind_has_no_key_of_places():
    assert make_sheet("E47000007").spine_key == ""
    assert "regions of England" in make_sheet(REGION).spine_key


def test_unknown_areas_and_empty_lists_are_refused_before_any_work():
    told = []
    with pytest.raises(UnknownAreaError):
        lg.profile_pdf([DUDLEY, "E99999999"], progress=lambda *n: told.append(n))
    assert told == []
    with pytest.raises(SelectionError, match="at least one area"):
        lg.profile_pdf([])
