"""What a profile is compared with: chosen, held in the address, named everywhere."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from tests.app.opening import PROFILE, address, html_of, open_page, read_page, row_of

FIVE = "E08000025,E08000027,E08000028,E08000030,E08000031"
OF_THE_SET = re.compile(r"of 4 in the set: \d better, \d worse")


def benchmarks(app, area="E08000027"):
    """Return the names of what may be chosen to compare with."""
    return app.selectbox(key=f"benchmark_{area}").options


def test_profile_compares_with_the_benchmark_of_the_address():
    app = read_page(PROFILE, area="E08000027", benchmark="subregion")
    row = row_of(app, "no_qualifications")
    assert "the Black Country: " in row
    assert address(app)["benchmark"] == "subregion"


def test_profile_compares_with_similar_districts():
    app = read_page(PROFILE, area="E08000027", benchmark="similar")
    assert re.search(r"of 1\d similar: \d+ better, \d+ worse", html_of(app))


def test_profile_with_a_benchmark_that_the_area_lacks_says_so():
    app = read_page(PROFILE, area="E08000027", benchmark="lad24")
    assert "England is the benchmark." in html_of(app)
    assert "England: 18.1\u202f%" in row_of(app, "no_qualifications")


def test_choosing_a_benchmark_changes_the_address():
    app = open_page(PROFILE, area="E08000027")
    app.selectbox(key="benchmark_E08000027").set_value("rgn").run()
    assert list(app.exception) == []
    assert address(app)["benchmark"] == "rgn"
    app.selectbox(key="benchmark_E08000027").set_value("ctry").run()
    assert "benchmark" not in address(app)


def test_the_rest_of_a_profile_waits_only_where_another_one_is_sent(monkeypatch):
    waits = []
    clock = SimpleNamespace(sleep=waits.append)
    monkeypatch.setattr("lpipgeo.ui.profile_view.time", clock)
    app = open_page(PROFILE, area="E08000027")
    assert len(waits) == 1
    app.selectbox(key="closer").select_index(3).run()
    assert len(waits) == 1
    app.selectbox(key="benchmark_E08000027").set_value("rgn").run()
    assert len(waits) == 2


def test_comparison_set_is_a_benchmark_and_stays_in_the_address():
    app = open_page(PROFILE, area="E08000027", compare=FIVE)
    assert "The comparison set (4 areas)" in benchmarks(app)
    app.selectbox(key="benchmark_E08000027").set_value(FIVE).run()
    assert list(app.exception) == []
    assert address(app)["benchmark"] == FIVE
    drawn = html_of(app)
    assert OF_THE_SET.search(drawn)
    assert "in the middle half of the comparison set" in drawn
    assert "Birmingham, Sandwell, Walsall and Wolverhampton." in drawn
    assert f"data-query='?benchmark={FIVE.replace(',', '%2C')}'" in drawn


def test_set_without_four_others_of_the_level_is_not_offered():
    few = FIVE.replace("E08000025,", "")
    for area in ("E08000027", "E01008881"):
        app = read_page(PROFILE, area=area, compare=few)
        assert not [n for n in benchmarks(app, area) if n.startswith("The comparison")]
        assert "Sandwell" in benchmarks(app, area)


def test_comparison_set_holds_for_other_areas_where_it_can():
    app = read_page(PROFILE, area="E06000019", benchmark=FIVE)
    assert "of 5 in the set: " in html_of(app)
    app = read_page(PROFILE, area="E01008881", benchmark=FIVE)
    assert "a group needs at least 4" in html_of(app)
    assert "England is the benchmark." in html_of(app)
    assert address(app)["benchmark"] == FIVE


def test_set_that_was_changed_since_is_still_the_benchmark_and_told_apart():
    now = FIVE.replace("E08000031", "E08000029")
    app = read_page(PROFILE, area="E08000027", compare=now, benchmark=FIVE)
    assert "The comparison set (4 areas)" in benchmarks(app)
    assert app.selectbox(key="benchmark_E08000027").value == FIVE
    assert "Another set (4 areas)" in benchmarks(app)


def test_presented_profile_says_which_group_it_is_compared_with():
    app = read_page(PROFILE, area="E08000027", benchmark=FIVE, present="3")
    assert "the middle half of the comparison set" in html_of(app)


@pytest.mark.parametrize(
    ("benchmark", "is_said"),
    [("WMS000001,WMS000003,WMS000004,WMS000005", True), (None, False)],
)
def test_districts_inside_are_printed_though_the_set_is_not_of_districts(
    benchmark, is_said
):
    given = {"benchmark": benchmark} if benchmark else {}
    app = open_page(PROFILE, area="WMS000002", **given)
    app.session_state["print"] = True  # the popover is opened
    app.run()
    assert ("They are compared with England." in html_of(app)) is is_said
    app.button(key="make_districts").click().run(timeout=120)
    assert list(app.exception) == []
    assert list(app.error) == []
