"""axe on the pages and on the map's frame: no serious finding of our making."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lpipgeo.ui.choices import COMPARE_VIEWS
from tests.browser.driving import expect_parameter, open_map, wait_until_settled

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")


def grave_findings(target, part=None) -> list[str]:
    """Return serious findings in a page or frame as "rule: element: what is wrong".

    Parameters
    ----------
    part : selectors of what to look at; all of it when left out
    """
    context = {"include": [[selector] for selector in part]} if part else None
    found = []
    for violation in Axe().run(target, context=context).response["violations"]:
        for node in violation["nodes"]:
            if node["impact"] in GRAVE:
                where = f"{node['target']} {node['html'][:160]}"
                found.append(f"{violation['id']}: {where}: {violation['help']}")
    return found


def popover_findings(page, name) -> list[str]:
    """Return the findings while a popover is open; close it again."""
    page.get_by_test_id("stPopover").get_by_role("button", name=name).first.click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body.locator("button, input, code").first).to_be_visible()
    wait_until_settled(page)
    opened = ["[data-testid=stPopoverBody]", "[data-testid=stPopover]"]
    found = grave_findings(page, opened)  # the rest has been looked at
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    return found


def test_map_page_with_selected_area_popovers_table_results_and_notes(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24&area=E08000025&classes=99")
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    assert grave_findings(page) == []
    assert grave_findings(shown.frame) == []
    for name in ("Combine", "Overlays", "Classes", "Download", "Share"):
        assert (name, popover_findings(page, name)) == (name, [])
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "31")
    shown.search("Smethwick")
    expect(page.locator(".st-key-hits button").first).to_be_visible()
    assert grave_findings(page) == []


def test_area_profile(page):
    page.goto("/area_profile?area=E08000025")
    expect(page.get_by_role("heading", level=1)).to_have_text("Birmingham")
    expect(page.get_by_role("heading", level=2).last).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []
    for name in ("Inside", "Print"):
        assert (name, popover_findings(page, name)) == (name, [])


def test_presented_profile_with_its_options_asked_and_revealed(page):
    for place in ("1", "2", "3.2"):
        page.goto(f"/area_profile?area=E08000025&guess=yes&present={place}")
        expect(page.get_by_role("button", name="Leave")).to_be_visible()
        wait_until_settled(page)
        assert (place, grave_findings(page)) == (place, [])
    assert popover_findings(page, "Options") == []


def test_first_page(page):
    page.goto("/")
    expect(page.locator(".lp-news")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


def test_trends_and_their_sharing(page):
    page.goto("/trends?indicator=healthy_life_expectancy_male")
    expect(page.locator(".stVegaLiteChart svg").first).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []
    assert popover_findings(page, "Share") == []


def test_data(page):
    page.goto("/data?indicators=no_qualifications,good_health&level=lad24")
    expect(page.locator(".lp-count")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []
    assert popover_findings(page, "More") == []


def test_compare_and_its_views(page):
    compared = "compare=E08000025,E08000028,E01009989"
    page.goto(f"/compare?{compared}&indicator=no_qualifications&level=lad24")
    expect(page.locator(".lp-compare")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []
    for name in ("Add or choose", "Download"):
        assert (name, popover_findings(page, name)) == (name, [])
    page.get_by_label("Shaded by").click()
    page.get_by_role("option", name="Place among areas").click()
    expect_parameter(page, "shade", "place")
    wait_until_settled(page)
    assert grave_findings(page) == []
    for view in ("figure", "inside", "two", "balance"):
        tab = COMPARE_VIEWS[view]
        assert (tab, findings_of_tab(page, tab, ".stVegaLiteChart svg")) == (tab, [])
    assert popover_findings(page, "Weights") == []


def test_sources_and_methods(page):
    page.goto("/sources_and_methods?indicator=imd_score")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    for tab, holds in (
        ("Coverage", "[data-testid=stDataFrame]"),
        ("Priorities", ".lp-record h3"),
        ("Licences", "[data-testid=stDataFrame]"),
        ("Indicators", ".lp-record"),
    ):
        assert (tab, findings_of_tab(page, tab, holds)) == (tab, [])


def test_help(page):
    page.goto("/help")
    for tab, holds in (
        ("How to", "h2"),
        ("Words", "table"),
        ("Accessibility", "h2"),
        ("Privacy", "li"),
    ):
        assert (tab, findings_of_tab(page, tab, holds)) == (tab, [])


def findings_of_tab(page, tab, holds) -> list[str]:
    """Return the findings once a tab is open and has what it holds."""
    page.get_by_role("tab", name=tab, exact=True).click()
    panel = page.get_by_role("tabpanel", name=tab, exact=True)
    expect(panel.locator(holds).first).to_be_visible()
    wait_until_settled(page)
    return grave_findings(page)


@pytest.mark.parametrize(
    "path", ["map/?indicator=no2&level=lad24", "chart/?area=E08000028&indicator=no_car"]
)
def test_what_other_sites_show(page, path):
    page.goto(f"/embed/{path}")
    expect(page.locator("canvas, svg").first).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []
