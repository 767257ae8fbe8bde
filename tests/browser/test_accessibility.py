"""axe on the pages and on the map's frame: no serious finding of our making."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.driving import open_map, wait_until_settled

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")


def grave_findings(target) -> list[str]:
    """Return serious findings in a page or frame as "rule: element: what is wrong"."""
    found = []
    for violation in Axe().run(target).response["violations"]:
        for node in violation["nodes"]:
            if node["impact"] in GRAVE:
                where = f"{node['target']} {node['html'][:160]}"
                found.append(f"{violation['id']}: {where}: {violation['help']}")
    return found


def test_map_page_with_a_selected_area(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24&area=E08000025")
    expect(page.get_by_role("region", name="Selected area")).to_be_visible()
    assert grave_findings(page) == []
    assert grave_findings(shown.frame) == []


def test_map_page_with_table_results_and_notes(page):
    shown = open_map(page, "?indicator=imd_score&level=lad24&classes=99")
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "31")
    shown.search("Smethwick")
    expect(page.locator(".st-key-hits button").first).to_be_visible()
    page.get_by_role("button", name="Classes").click()
    expect(page.get_by_role("slider", name="Number of classes")).to_be_visible()
    assert grave_findings(page) == []


def test_area_profile(page):
    page.goto("/area_profile?area=E08000025")
    expect(page.get_by_role("heading", level=1)).to_have_text("Birmingham")
    expect(page.get_by_role("heading", level=2).last).to_be_visible()
    assert grave_findings(page) == []


@pytest.mark.parametrize("place", ["1", "2", "3.2"])
def test_presented_profile(page, place):
    page.goto(f"/area_profile?area=E08000025&guess=yes&present={place}")
    expect(page.get_by_role("button", name="Leave")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


def test_first_page(page):
    page.goto("/")
    expect(page.locator(".lp-news")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


def test_trends(page):
    page.goto("/trends?indicator=healthy_life_expectancy_male")
    expect(page.locator(".stVegaLiteChart svg").first).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


def test_data(page):
    page.goto("/data?indicators=no_qualifications,good_health&level=lad24")
    expect(page.locator(".lp-count")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


@pytest.mark.parametrize("view", ["figure", "inside", "two", "balance"])
def test_views_of_a_comparison(page, view):
    page.goto(f"/compare?view={view}&indicator=no_qualifications&level=lad24")
    expect(page.locator(".stVegaLiteChart svg").first).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


@pytest.mark.parametrize("shade", ["", "&shade=place"])
def test_compare(page, shade):
    page.goto(f"/compare?compare=E08000025,E08000028,E01009989{shade}")
    expect(page.locator(".lp-compare")).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


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


def test_shared_view(page):
    page.goto("/trends?indicator=employment_rate")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode").last).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (
            "/map?indicator=imd_score&level=lad24",
            ["Combine", "Overlays", "Classes", "Download", "Share"],
        ),
        ("/area_profile?area=E08000027", ["Inside", "Print"]),
        ("/area_profile?area=E08000027&present=1", ["Options"]),
        ("/compare?compare=E08000025,E08000028", ["Add or choose", "Download"]),
        ("/compare?view=balance&compare=E08000025,E08000028", ["Weights"]),
        ("/data?indicators=no_qualifications&level=lad24", ["More"]),
    ],
)
def test_what_popovers_hold(page, path, names):
    page.goto(path)
    for name in names:
        page.get_by_test_id("stPopover").get_by_role("button", name=name).first.click()
        body = page.get_by_test_id("stPopoverBody")
        expect(body.locator("button, input, code").first).to_be_visible()
        wait_until_settled(page)
        assert (name, grave_findings(page)) == (name, [])
        page.keyboard.press("Escape")
        expect(body).to_be_hidden()


@pytest.mark.parametrize(
    "path", ["map/?indicator=no2&level=lad24", "chart/?area=E08000028&indicator=no_car"]
)
def test_what_other_sites_show(page, path):
    page.goto(f"/embed/{path}")
    expect(page.locator("canvas, svg").first).to_be_visible()
    wait_until_settled(page)
    assert grave_findings(page) == []
